// The column of conversations.

function history_(root, { current, open, renamed, removed, exported }) {
    const column = root.querySelector(".history");
    const list = column.querySelector(".conversations");

    const idOf = (button) => button.closest("li").dataset.id;

    function show() {
        const conversations = store.list();
        list.replaceChildren(...conversations.map(entry));
        column.querySelector(".nothing").hidden = conversations.length > 0;
    }

    function entry({ id, title }) {
        const item = copyOf(column, "conversation");
        item.dataset.id = id;
        item.querySelector(".open").textContent = title;
        if (id === current()) item.querySelector(".open").setAttribute("aria-current", "true");
        for (const tool of item.querySelectorAll(".icon-button")) {
            tool.setAttribute("aria-label", `${tool.title}, ${title}`);
        }
        return item;
    }

    actions.open = (button) => {
        if (medium.matches) toggle(false);
        open(idOf(button));
    };

    actions.rename = (button) => {
        const id = idOf(button);
        const title = list.querySelector(`[data-id="${CSS.escape(id)}"] .open`);
        const box = Object.assign(document.createElement("input"), {
            className: "rename",
            value: title.textContent,
            ariaLabel: tell("rename"),
        });
        let over = false;
        const finish = (keep) => {
            if (over) return;
            over = true;
            const conversation = store.read(id);
            if (keep && conversation && box.value.trim()) renamed({ ...conversation, title: box.value.trim() });
            show();
            list.querySelector(`[data-id="${CSS.escape(id)}"] .open`)?.focus();
        };
        box.addEventListener("keydown", (event) => {
            if (event.key === "Enter" || event.key === "Escape") {
                event.preventDefault();
                event.stopPropagation();
                finish(event.key === "Enter");
            }
        });
        box.addEventListener("blur", () => finish(true));
        title.replaceWith(box);
        box.select();
    };

    actions.delete = (button) => {
        const conversation = store.read(idOf(button));
        store.remove(conversation.id);
        removed(conversation);
        show();
        notify(tell("deleted", { title: conversation.title }), () => {
            store.write(conversation);
            show();
        });
    };

    actions.export = (button) => exported(button.closest("li")?.dataset.id ?? current());

    const isOpen = () => root.dataset.history === "open";
    function toggle(opened = !isOpen()) {
        root.dataset.history = opened ? "open" : "closed";
        document.querySelector(".masthead [data-do=history]")?.setAttribute("aria-expanded", opened);
    }
    actions.history = () => toggle();
    toggle(!medium.matches);

    addEventListener("storage", show); // another window wrote
    show();
    return { show, toggle, isOpen };
}

// The column of conversations.

import { around, copyOf, find, findAll } from "./dom.js";
import { actions, medium, notify, tell } from "./page.js";
import { store } from "./store.js";

/** @import { Conversation } from "./store.js" */

/**
 * @param {HTMLElement} root
 * @param {object} desk what becomes of it there
 * @param {() => string} desk.current id of the conversation shown
 * @param {(id: string) => void} desk.open
 * @param {(changed: Conversation) => void} desk.renamed
 * @param {(gone: Conversation) => void} desk.removed
 * @param {(id: string) => void} desk.exported
 */
export function historyColumn(root, { current, open, renamed, removed, exported }) {
    const column = find(root, ".history");
    const list = find(column, ".conversations");

    /** @param {HTMLElement} button */
    const idOf = (button) => String(around(button, "li").dataset.id);
    /** @param {string} id */
    const openerOf = (id) => list.querySelector(`[data-id="${CSS.escape(id)}"] .open`);

    function show() {
        const conversations = store.list();
        list.replaceChildren(...conversations.map(entry));
        find(column, ".nothing").hidden = conversations.length > 0;
    }

    /** @param {Conversation} conversation */
    function entry({ id, title }) {
        const item = copyOf(column, "conversation");
        item.dataset.id = id;
        find(item, ".open").textContent = title;
        if (id === current()) find(item, ".open").setAttribute("aria-current", "true");
        for (const tool of findAll(item, ".icon-button")) {
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
        const title = /** @type {HTMLElement} */ (openerOf(id));
        const box = Object.assign(document.createElement("input"), {
            className: "rename",
            value: title.textContent,
            ariaLabel: tell("rename"),
        });
        let over = false;
        const finish = (/** @type {boolean} */ keep) => {
            if (over) return;
            over = true;
            const conversation = store.read(id);
            if (keep && conversation && box.value.trim()) renamed({ ...conversation, title: box.value.trim() });
            show();
            /** @type {HTMLElement?} */ (openerOf(id))?.focus();
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
        const conversation = /** @type {Conversation} */ (store.read(idOf(button)));
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
        document.querySelector(".masthead [data-do=history]")?.setAttribute("aria-expanded", String(opened));
    }
    actions.history = () => toggle();
    toggle(!medium.matches);

    addEventListener("storage", show); // another window wrote
    show();
    return { show, toggle, isOpen };
}

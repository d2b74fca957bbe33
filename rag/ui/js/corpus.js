// The view of the documents: adding, changing and removing them.

const documents = { changed() {}, listed() {} }; // what the desk does when they change, or are listed

function corpusView({ element, props, watch, server, upload, add }) {
    const calls = Object.fromEntries(Object.entries(server).map(([name, call]) => [name, safely(call)]));
    const root = element.querySelector(".frame");
    root.innerHTML = props.frames[lang];
    const panel = root.querySelector(".corpus-panel");
    const list = panel.querySelector(".corpus-list");
    const dialog = panel.querySelector("dialog");
    const adding = panel.querySelector(".adding");
    let pending = []; // {file, item}
    let batch = null; // the files that are being added

    const rows = () => [...list.querySelectorAll("tr[data-source]")];
    const rowOf = (id) => rows().find((row) => row.dataset.source === id);

    // --- listing ---

    // Shows the list that an answer brings, or what it says instead; tells whether it was one.
    function showList(given, said) {
        if (given?.html) {
            list.innerHTML = given.html;
            documents.listed();
        }
        if (said) said.innerHTML = given ? (given.error ?? "") : "";
        if (!given) notify(tell("no_server"));
        else if (given.error && !said) notify(fragment(given.error).textContent);
        return Boolean(given?.html);
    }

    const refresh = async () => showList(await calls.documents({}));

    // --- changing ---

    actions["edit-source"] = (button) => {
        const row = button.closest("tr");
        const form = dialog.querySelector("form");
        dialog.dataset.source = row.dataset.source;
        for (const input of form.querySelectorAll(".fields input")) input.value = row.dataset[input.name];
        const same = rows().filter((other) => row.dataset.side && other.dataset.side === row.dataset.side).length;
        form.whole_side.checked = false;
        form.whole_side.parentElement.hidden = same < 2;
        form.whole_side.nextElementSibling.textContent = tell("whole_side", { count: same, side: row.dataset.side });
        dialog.querySelector(".said").replaceChildren();
        dialog.showModal();
    };

    const busy = (is) => {
        dialog.querySelector(".busy").hidden = !is;
        dialog.querySelector("[type=submit]").disabled = is;
    };

    dialog.querySelector("form").addEventListener("submit", async (event) => {
        event.preventDefault();
        const { source } = dialog.dataset;
        const fields = Object.fromEntries([...dialog.querySelectorAll(".fields input")].map((input) => [input.name, input.value]));
        busy(true);
        const whole_side = dialog.querySelector("[name=whole_side]").checked;
        const done = showList(await calls.describe_source({ source, fields, whole_side }), dialog.querySelector(".said"));
        busy(false);
        if (!done) return;
        dialog.close();
        rowOf(source)?.querySelector("[data-do=edit-source]").focus();
        documents.changed();
    });

    actions["close-edit"] = () => dialog.close();

    // --- removing ---

    actions["remove-source"] = async (button) => {
        const row = button.closest("tr");
        button.disabled = true;
        const given = await calls.remove_source({ source: row.dataset.source });
        button.disabled = false;
        if (!showList(given)) return;
        panel.querySelector("h2").focus();
        documents.changed();
        notify(given.said, async () => {
            showList(await calls.restore_source({ token: given.token }));
            documents.changed();
        });
    };

    // --- adding ---

    if (adding) {
        const chooser = adding.querySelector("#corpus-files");
        const waiting = adding.querySelector(".pending-list");
        const said = adding.querySelector(".adding-results");
        const progress = adding.querySelector(".adding-progress");
        const drop = adding.querySelector(".drop");

        function choose(files) {
            said.replaceChildren();
            for (const file of files) {
                const item = copyOf(panel, "pending");
                item.querySelector("legend").textContent = file.name;
                waiting.append(item);
                pending.push({ file, item });
            }
            chooser.value = "";
            settle();
            waiting.lastElementChild?.querySelector("input").focus();
        }

        function settle() {
            adding.querySelector(".adding-tools").hidden = !pending.length || Boolean(batch);
            waiting.hidden = Boolean(batch);
            progress.hidden = !batch;
            adding.setAttribute("aria-busy", Boolean(batch));
        }

        function forget(item) {
            pending = pending.filter((one) => one.item !== item);
            item.remove();
            settle();
            chooser.focus();
        }

        chooser.addEventListener("change", () => choose(chooser.files));
        actions["forget-file"] = (button) => forget(button.closest("li"));
        actions["forget-files"] = () => pending.forEach(({ item }) => forget(item));

        for (const name of ["dragenter", "dragover"]) {
            panel.addEventListener(name, (event) => {
                if (![...event.dataTransfer.types].includes("Files")) return;
                event.preventDefault();
                drop.classList.add("over");
            });
        }
        for (const name of ["dragleave", "drop"]) {
            panel.addEventListener(name, (event) => {
                if (name === "dragleave" && panel.contains(event.relatedTarget)) return;
                event.preventDefault();
                drop.classList.remove("over");
                if (name === "drop" && !batch) choose(event.dataTransfer.files);
            });
        }

        function show(stage, done, total) {
            progress.lastElementChild.textContent = stage;
            const bar = progress.querySelector("progress");
            total ? Object.assign(bar, { max: total, value: done }) : bar.removeAttribute("value");
        }

        adding.addEventListener("submit", async (event) => {
            event.preventDefault();
            if (batch || !pending.length) return;
            batch = String(Math.random());
            said.replaceChildren();
            settle();
            show(tell("stage_upload"), 0, pending.length);
            const files = [];
            const refused = [];
            for (const [i, { file, item }] of pending.entries()) {
                const fields = Object.fromEntries([...item.querySelectorAll(".fields input")].map((input) => [input.name, input.value]));
                try {
                    files.push({ ...fields, path: (await upload(file)).path, name: file.name });
                } catch {
                    refused.push(file.name);
                }
                show(tell("stage_upload"), i + 1, pending.length);
            }
            pending = [];
            waiting.replaceChildren();
            for (const name of refused) {
                const line = Object.assign(document.createElement("p"), { className: "error" });
                line.textContent = tell("not_sent", { name });
                said.append(line);
            }
            files.length ? add({ lang, batch, files }) : finish();
        });

        function finish(update) {
            batch = null;
            settle();
            if (update) {
                said.append(fragment(update.results));
                if (update.html) showList(update);
                documents.changed();
            }
            chooser.focus();
        }

        watch("value", () => {
            const update = props.value;
            if (!batch || update?.batch !== batch) return;
            update.finished ? finish(update) : show(update.stage, update.done, update.total);
        });
    }

    viewOpened.corpus = () => {
        refresh();
        panel.querySelector("h2").focus();
    };
}

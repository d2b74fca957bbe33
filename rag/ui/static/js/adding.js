// Adding documents: files chosen or dropped, pasted text, pages of the web; looked at, described, read by the server.

import { around, find, findAll, fragment } from "./dom.js";
import { newItem, note, notSent, showSaid, written } from "./pending.js";
import { actions, tell } from "./page.js";
import { stream } from "./server.js";

/**
 * @import { Calls } from "./server.js"
 *
 * @typedef {(file: File) => Promise<{path: string}>} Upload
 *
 * @typedef {object} Waiting a document that is to be added
 * @property {HTMLElement} item
 * @property {string} name
 * @property {Promise<object | undefined>} [sent] where the server keeps it; nothing where it could not be sent
 * @property {() => Promise<object | undefined>} [send] sends it once more
 */

/**
 * @param {HTMLElement} panel
 * @param {HTMLFormElement} form
 * @param {{calls: Calls, upload: Upload}} server
 * @param {(update: any) => void} added what to do with what the server says in the end
 */
export function addingForm(panel, form, { calls, upload }, added) {
    /** @type {HTMLInputElement} */
    const chooser = find(panel, "#corpus-files");
    const list = find(form, ".pending-list");
    const said = find(form, ".adding-results");
    const progress = find(form, ".adding-progress");
    const drop = find(panel, ".drop");
    /** @type {Waiting[]} */
    let waiting = [];
    /** @type {string | null} */
    let batch = null; // the documents that are being added
    let line = Promise.resolve(); // files are sent and looked at one after the other

    // --- what waits ---

    /** @param {Waiting} one */
    function wait(one) {
        said.replaceChildren();
        list.append(one.item);
        waiting.push(one);
        settle();
        return one;
    }

    // The controls, as things now are.
    function settle() {
        find(form, ".adding-tools").hidden = !waiting.length || Boolean(batch);
        find(form, ".meanings").hidden = !waiting.length || Boolean(batch);
        list.hidden = Boolean(batch);
        progress.hidden = !batch;
        form.setAttribute("aria-busy", String(Boolean(batch)));
    }

    /** @param {HTMLElement} item */
    function forget(item) {
        const one = waiting.find((other) => other.item === item);
        waiting = waiting.filter((other) => other !== one);
        item.remove();
        one?.sent?.then((sent) => sent && calls.forget_upload(sent));
        settle();
        chooser.focus();
    }

    actions["forget-file"] = (button) => forget(around(button, "li"));
    actions["forget-files"] = () => waiting.forEach(({ item }) => forget(item));

    // --- files ---

    /** @param {Iterable<File>} files */
    function choose(files) {
        const before = waiting.length;
        for (const file of files) {
            const item = newItem(panel, "pending", file.name);
            const sent = line.then(() => send(file, item));
            line = sent.then((path) => path && waiting.some((one) => one.item === item) ? look(item, path) : undefined);
            wait({ item, name: file.name, sent, send: () => send(file, item) });
        }
        chooser.value = "";
        waiting[before]?.item.querySelector("input")?.focus();
    }

    /**
     * @param {File} file
     * @param {HTMLElement} item
     */
    async function send(file, item) {
        note(item, tell("stage_upload"));
        try {
            return { path: (await upload(file)).path, name: file.name };
        } catch {
            note(item, notSent(file.name), true);
            return undefined;
        }
    }

    /**
     * @param {HTMLElement} item
     * @param {object} sent
     */
    async function look(item, sent) {
        note(item, tell("peeking"));
        const given = await calls.peek(sent);
        if (given?.fields) showSaid(item, given, false);
        else note(item, given?.error ? String(fragment(given.error).textContent) : "", true);
    }

    chooser.addEventListener("change", () => choose(chooser.files ?? []));

    for (const name of /** @type {const} */ (["dragenter", "dragover"])) {
        panel.addEventListener(name, (event) => {
            if (!event.dataTransfer?.types.includes("Files")) return;
            event.preventDefault();
            drop.classList.add("over");
        });
    }
    for (const name of /** @type {const} */ (["dragleave", "drop"])) {
        panel.addEventListener(name, (event) => {
            if (name === "dragleave" && panel.contains(/** @type {Node?} */ (event.relatedTarget))) return;
            event.preventDefault();
            drop.classList.remove("over");
            if (name === "drop" && !batch) choose(event.dataTransfer?.files ?? []);
        });
    }

    // --- text and pages ---

    actions["paste-text"] = () => {
        if (batch) return;
        const { item } = wait({ item: newItem(panel, "text", tell("pasted_text")), name: tell("pasted_text") });
        find(item, "[name=title]").setAttribute("required", "");
        find(item, "textarea").focus();
    };

    /** @type {HTMLFormElement | null} */
    const fetching = panel.querySelector(".fetching"); // none where pages are not asked for
    fetching?.addEventListener("submit", async (event) => {
        event.preventDefault();
        /** @type {HTMLInputElement} */
        const field = find(fetching, "input");
        const [button, told] = [find(fetching, "button"), find(fetching, ".fetch-said")];
        if (!field.value.trim() || batch) return field.focus();
        button.toggleAttribute("disabled", true);
        told.textContent = tell("fetching");
        const given = await calls.fetch_page({ address: field.value });
        button.toggleAttribute("disabled", false);
        if (!given?.sent) {
            told.replaceChildren(given ? fragment(given.error) : tell("no_server"));
            return field.focus();
        }
        const { sent: path, name, address, retrieved } = given;
        const item = newItem(panel, "pending", name);
        Object.assign(find(item, ".from"), { textContent: address, hidden: false });
        wait({ item, name, sent: Promise.resolve({ path, name, address, retrieved }) });
        showSaid(item, given, true);
        field.value = "";
        told.textContent = tell("fetched");
        find(item, "input").focus();
    });

    // --- adding ---

    /**
     * @param {string} stage
     * @param {number} done
     * @param {number} total
     */
    function show(stage, done, total) {
        /** @type {HTMLElement} */ (progress.lastElementChild).textContent = stage;
        /** @type {HTMLProgressElement} */
        const bar = find(progress, "progress");
        if (total) Object.assign(bar, { max: total, value: done });
        else bar.removeAttribute("value");
    }

    form.addEventListener("submit", async (event) => {
        event.preventDefault();
        if (batch || !waiting.length) return;
        batch = String(Math.random());
        said.replaceChildren();
        if (fetching) find(fetching, ".fetch-said").replaceChildren();
        settle();
        show(tell("stage_upload"), 0, waiting.length);
        const files = [];
        /** @type {Waiting[]} */
        const left = []; // what did not arrive can be sent again
        for (const [i, one] of waiting.entries()) {
            /** @type {HTMLTextAreaElement[]} */
            const [text] = findAll(one.item, "textarea");
            const where = text ? { text: text.value } : await one.sent;
            if (where) files.push({ ...where, ...written(one.item) });
            else {
                left.push(one);
                say(notSent(one.name));
            }
            show(tell("stage_upload"), i + 1, waiting.length);
        }
        /** @type {any} */
        let last = null;
        const whole = !files.length || await stream("page_add", { batch, files }, (update) => {
            last = update;
            if (!update.finished) show(update.stage, update.done, update.total);
        });
        if (!whole) say(tell("not_added"));
        finish(whole ? left : waiting, whole ? last : null);
    });

    /** @param {string} error */
    function say(error) {
        said.append(Object.assign(document.createElement("p"), { className: "error", textContent: error }));
    }

    /**
     * @param {Waiting[]} left
     * @param {any} update
     */
    function finish(left, update) {
        batch = null;
        waiting = left;
        for (const one of left) one.sent = one.send?.() ?? one.sent;
        list.replaceChildren(...left.map(({ item }) => item));
        settle();
        if (update?.finished) {
            said.append(fragment(update.results));
            added(update);
        }
        chooser.focus();
    }
}

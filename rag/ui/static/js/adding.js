// Adding documents: files are chosen or dropped, described, sent, and read by the server.

import { around, copyOf, find, findAll, fragment } from "./dom.js";
import { actions, tell } from "./page.js";
import { lang } from "./settings.js";

/**
 * @import { Component } from "./page.js"
 *
 * @typedef {(file: File) => Promise<{path: string}>} Upload
 * @typedef {(asked: {lang: string, batch: string, files: object[]}) => void} Add
 */

/**
 * @param {HTMLElement} panel
 * @param {HTMLFormElement} form
 * @param {Pick<Component, "props" | "watch"> & {upload: Upload, add: Add}} component
 * @param {(update: any) => void} added what to do with what the server says in the end
 */
export function addingForm(panel, form, { props, watch, upload, add }, added) {
    /** @type {HTMLInputElement} */
    const chooser = find(form, "#corpus-files");
    const waiting = find(form, ".pending-list");
    const said = find(form, ".adding-results");
    const progress = find(form, ".adding-progress");
    const drop = find(form, ".drop");
    /** @type {{file: File, item: HTMLElement}[]} */
    let pending = [];
    /** @type {string | null} */
    let batch = null; // the files that are being added

    // --- choosing ---

    /** @param {Iterable<File>} files */
    function choose(files) {
        said.replaceChildren();
        for (const file of files) {
            const item = copyOf(panel, "pending");
            find(item, "legend").textContent = file.name;
            waiting.append(item);
            pending.push({ file, item });
        }
        chooser.value = "";
        settle();
        waiting.lastElementChild?.querySelector("input")?.focus();
    }

    // The controls, as things now are.
    function settle() {
        find(form, ".adding-tools").hidden = !pending.length || Boolean(batch);
        waiting.hidden = Boolean(batch);
        progress.hidden = !batch;
        form.setAttribute("aria-busy", String(Boolean(batch)));
    }

    /** @param {HTMLElement} item */
    function forget(item) {
        pending = pending.filter((one) => one.item !== item);
        item.remove();
        settle();
        chooser.focus();
    }

    chooser.addEventListener("change", () => choose(chooser.files ?? []));
    actions["forget-file"] = (button) => forget(around(button, "li"));
    actions["forget-files"] = () => pending.forEach(({ item }) => forget(item));

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

    // --- sending ---

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
        if (batch || !pending.length) return;
        batch = String(Math.random());
        said.replaceChildren();
        settle();
        show(tell("stage_upload"), 0, pending.length);
        const files = [];
        const refused = [];
        for (const [i, { file, item }] of pending.entries()) {
            /** @type {HTMLInputElement[]} */
            const inputs = findAll(item, ".fields input");
            const fields = Object.fromEntries(inputs.map((input) => [input.name, input.value]));
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
        if (files.length) add({ lang, batch, files });
        else finish();
    });

    /** @param {any} [update] */
    function finish(update) {
        batch = null;
        settle();
        if (update) {
            said.append(fragment(update.results));
            added(update);
        }
        chooser.focus();
    }

    watch("value", () => {
        const update = props.value;
        if (!batch || update?.batch !== batch) return;
        if (update.finished) finish(update);
        else show(update.stage, update.done, update.total);
    });
}

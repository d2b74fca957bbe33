// The switcher: the dialog that lists the debates, makes, renames, copies, removes and shares them. To change to
// another debate is to load the page at its address.

import { download, fileName } from "./clipboard.js";
import { around, find, findAll, fragment } from "./dom.js";
import { actions, framed, notify, tell, titled } from "./page.js";
import { gone, safely } from "./server.js";
import { debate } from "./settings.js";
import { dossierStore } from "./store.js";

/**
 * @import { Upload } from "./adding.js"
 * @import { Component } from "./page.js"
 */

/** @param {string} name */
const addressOf = (name) => (name ? `?${new URLSearchParams({ debate: name })}` : location.pathname);

/** @param {Component & {upload: Upload}} component */
export function debates({ element, props, server, upload }) {
    const calls = safely(server);
    /** @type {HTMLDialogElement} */
    const dialog = find(framed(element, props), "dialog.debates");
    const list = find(dialog, ".debate-list");
    const said = find(dialog, ".said");
    /** @type {HTMLFormElement | null} */
    const form = dialog.querySelector(".debate-form"); // none where nothing may be changed

    /**
     * Shows the list that an answer brings, or says what is wrong; tells whether it was one.
     * @param {any} given
     */
    function took(given) {
        said.innerHTML = given?.error ?? "";
        if (!given) said.textContent = tell("no_server");
        if (given?.html === undefined) return false;
        list.innerHTML = given.html;
        for (const tool of findAll(list, ".icon-button")) {
            tool.setAttribute("aria-label", `${tool.title}, ${tool.dataset.about}`);
        }
        if (given.title) find(document, ".switcher .debate-title").textContent = given.title;
        titled();
        return true;
    }

    const refresh = async () => took(await calls.list_debates({}));

    async function open() {
        if (!dialog.open) dialog.showModal();
        await refresh();
        find(dialog, "h2").focus();
    }

    actions.debates = open;
    actions["close-debates"] = () => dialog.close();
    const say = async (/** @type {string} */ html) => {
        if (dialog.open) return;
        await open();
        said.innerHTML = html;
    };
    gone.say = (html) => void say(html);

    // --- making, renaming, copying ---

    /** @type {(button: HTMLElement) => DOMStringMap} */
    const rowOf = (button) => around(button, "li").dataset;

    /**
     * @param {string} kind
     * @param {DOMStringMap} row
     */
    function fill(kind, row = {}) {
        if (!form) return;
        Object.assign(form.dataset, { kind, name: row.name ?? "" });
        for (const head of findAll(form, "[data-for]")) head.hidden = head.dataset.for !== kind;
        find(form, "[name=motion]").closest("label")?.toggleAttribute("hidden", kind === "copy");
        /** @type {HTMLInputElement} */ (find(form, "[name=title]")).value = row.title ?? "";
        /** @type {HTMLInputElement} */ (find(form, "[name=motion]")).value = row.motion ?? "";
        if (row.title) /** @type {HTMLInputElement} */ (find(form, "[name=title]")).select();
    }

    actions["rename-debate"] = (button) => fill("rename", rowOf(button));
    actions["copy-debate"] = (button) => fill("copy", rowOf(button));
    actions["cancel-debate"] = () => fill("new");

    form?.addEventListener("submit", async (event) => {
        event.preventDefault();
        const { kind, name } = form.dataset;
        const given = await calls.save_debate({ kind, name, ...Object.fromEntries(new FormData(form)) });
        if (given?.go !== undefined) return enter(given.go);
        if (took(given)) fill("new");
        return undefined;
    });

    /**
     * A new debate opens where its documents are.
     * @param {string} name
     */
    function enter(name) {
        location.assign(`${addressOf(name)}#/corpus`);
    }

    // --- removing ---

    actions["remove-debate"] = async (button) => {
        const { name } = rowOf(button);
        const given = await calls.remove_debate({ name });
        if (!took(given)) return;
        find(dialog, "h2").focus();
        const line = Object.assign(document.createElement("p"), { textContent: given.said });
        const undo = Object.assign(document.createElement("button"), { textContent: tell("undo"), className: "act" });
        undo.addEventListener("click", async () => took(await calls.restore_debate({ token: given.token })));
        said.replaceChildren(line, undo);
        undo.focus();
    };

    // --- sharing ---

    actions["export-debate"] = async (button) => {
        const { name, title } = rowOf(button);
        const dossier = name === debate ? dossierStore.read() : null; // those of others are in other windows
        said.textContent = tell("debate_exporting");
        const given = await calls.export_debate({ name, dossier });
        said.innerHTML = given?.error ?? "";
        if (!given?.data) return given || notify(tell("no_server"));
        const bytes = Uint8Array.from(atob(given.data), (byte) => byte.charCodeAt(0));
        return download(`${fileName(String(title))}.replique`, bytes, "application/octet-stream");
    };

    /** @type {HTMLInputElement | null} */
    const chooser = dialog.querySelector("input[type=file]");
    actions["import-debate"] = () => chooser?.click();
    chooser?.addEventListener("change", async () => {
        const file = chooser.files?.[0];
        if (!file) return;
        chooser.value = "";
        said.textContent = tell("debate_importing");
        try {
            const given = await calls.import_debate({ path: (await upload(file)).path });
            if (given?.go !== undefined) enter(given.go);
            else said.replaceChildren(given ? fragment(given.error) : tell("no_server"));
        } catch {
            said.textContent = tell("not_sent", { name: file.name });
        }
    });

    refresh();
}

// The view of the documents: changing and removing them. Adding some is adding.js's.

import { addingForm } from "./adding.js";
import { around, find, findAll, fragment } from "./dom.js";
import { finding } from "./finding.js";
import { actions, framed, notify, tell, whenOpened } from "./page.js";
import { connection, safely } from "./server.js";
import { fieldsOf, fill, offerSides } from "./pending.js";

/**
 * @import { Component } from "./page.js"
 * @import { Upload } from "./adding.js"
 * @import { Place } from "./marks.js"
 */

// What the desk does when they change, or are listed.
export const documents = {
    changed() {},
    listed() {},
    find() {},
    read: /** @type {(source: string) => void} */ (() => {}),
    look: /** @type {(place: Place & {sha256: string}) => void} */ (() => {}),
};

/** @param {Component & {upload: Upload}} component */
export function documentsView({ element, props, server, upload }) {
    const calls = safely(server);
    const panel = find(framed(element, props), ".corpus-panel");
    const list = find(panel, ".corpus-list");
    /** @type {HTMLDialogElement} */
    const dialog = find(panel, "dialog.edit-source");
    /** @type {HTMLFormElement} */
    const form = find(dialog, "form");
    const said = find(dialog, ".said");
    const finder = finding(panel, calls, (place) => documents.look(place));
    documents.find = finder.focus;

    /** @type {() => HTMLTableRowElement[]} */
    const rows = () => findAll(list, "tr[data-source]");

    // --- listing ---

    /**
     * Shows the list that an answer brings, or what it says instead; tells whether it was one.
     * @param {any} given
     * @param {HTMLElement} [place] where it is said, instead of in a short message
     */
    function showList(given, place) {
        if (given?.html) {
            list.innerHTML = given.html;
            documents.listed();
            finder.offer();
        }
        if (place) place.innerHTML = given ? (given.error ?? "") : "";
        if (!given) notify(tell("no_server"));
        else if (given.error && !place) notify(fragment(given.error).textContent);
        return Boolean(given?.html);
    }

    async function refresh() {
        const given = await calls.documents({});
        if (!given) connection.whenBack(refresh);
        return showList(given);
    }

    // --- changing ---

    /** @type {HTMLElement} */
    const voices = find(form, ".voice-sides");

    actions["edit-source"] = (button) => {
        const { dataset } = around(button, "tr");
        dialog.dataset.source = dataset.source;
        for (const field of fieldsOf(form)) field.value = field.dataset.found = ""; // of the one before
        fill(form, dataset, dataset.editorial?.split(" "));
        offerSides(form);
        const same = rows().filter((other) => dataset.side && other.dataset.side === dataset.side).length;
        const spoken = around(button, "tr").querySelector(".t-voices");
        voices.innerHTML = spoken?.innerHTML ?? "";
        voices.hidden = !spoken;
        form.whole_side.checked = false;
        form.whole_side.parentElement.hidden = same < 2;
        form.whole_side.nextElementSibling.textContent = tell("whole_side", { count: same, side: String(dataset.side) });
        said.replaceChildren();
        dialog.showModal();
    };

    const busy = (/** @type {boolean} */ is) => {
        find(dialog, ".busy").hidden = !is;
        find(dialog, "[type=submit]").toggleAttribute("disabled", is);
    };

    form.addEventListener("submit", async (event) => {
        event.preventDefault();
        const { source } = dialog.dataset;
        const fields = Object.fromEntries(fieldsOf(form).map((field) => [field.name, field.value]));
        /** @type {HTMLInputElement[]} */
        const sided = findAll(voices, "input");
        const speakers = sided
            .filter((input) => input.value !== input.defaultValue)
            .map((input) => [input.dataset.speaker, input.value]);
        busy(true);
        const given = await calls.describe_source({ source, fields, speakers, whole_side: form.whole_side.checked });
        const done = showList(given, said);
        busy(false);
        if (!done) return;
        dialog.close();
        const row = rows().find((one) => one.dataset.source === source);
        if (row) find(row, "[data-do=edit-source]").focus();
        documents.changed();
        if (given.tokens.length) takeBack(given.said, "describe_back", { tokens: given.tokens });
    });

    /**
     * Says what was done, with a way to take it back.
     * @param {string} text
     * @param {string} call that takes it back
     * @param {object} asked
     */
    const takeBack = (text, call, asked) => notify(text, async () => {
        showList(await calls[call](asked));
        documents.changed();
    });

    actions["close-edit"] = () => dialog.close();

    // --- how one was read ---

    /** @type {HTMLDialogElement} */
    const reading = find(panel, "dialog.reading");

    actions.reading = async (button) => {
        const given = await calls.reading({ source: button.dataset.source });
        if (!given?.html) return notify(given ? String(fragment(given.error).textContent) : tell("no_server"));
        find(reading, ".reading-body").replaceChildren(fragment(given.html));
        reading.showModal();
        find(reading, "h3").focus();
    };
    actions["close-reading"] = () => reading.close();
    actions["read-source"] = ({ dataset }) => {
        reading.close();
        documents.read(String(dataset.source));
    };

    // --- removing ---

    actions["remove-source"] = async (button) => {
        const row = around(button, "tr");
        button.toggleAttribute("disabled", true);
        const given = await calls.remove_source({ source: row.dataset.source });
        button.toggleAttribute("disabled", false);
        if (!showList(given)) return;
        find(panel, "h2").focus();
        documents.changed();
        takeBack(given.said, "restore_source", { token: given.token });
    };

    // --- adding ---

    /** @type {HTMLFormElement | null} */
    const adding = panel.querySelector(".adding"); // none where the page is read only
    if (adding) {
        addingForm(panel, adding, { calls, upload }, (update) => {
            if (update.html) showList(update);
            documents.changed();
            if (update.added) takeBack(update.said, "remove_added", { sources: update.added });
        });
    }

    whenOpened("corpus", () => {
        refresh();
        find(panel, "h2").focus();
    });
}

// One document that waits to be added: its fields, filled in with what it says of itself, and the sides there are.

import { around, copyOf, find, findAll } from "./dom.js";
import { actions, tell } from "./page.js";

/**
 * @typedef {HTMLInputElement | HTMLSelectElement} Field
 * @typedef {{fields: Record<string, string>, opening: string}} Said by a document of itself
 */

/** @type {(form: ParentNode) => Field[]} */
export const fieldsOf = (form) => findAll(form, ".fields :is(input, select):not([data-speaker])");

/**
 * Fills in what is known; what was written by hand stays.
 * @param {ParentNode} form
 * @param {Record<string, string | undefined>} known by name of the field
 * @param {string[]} [given] names of those that were given by hand before
 */
export function fill(form, known, given = []) {
    for (const field of fieldsOf(form)) {
        const value = known[field.name] ?? "";
        const untouched = field.value === (field.dataset.found ?? "");
        if (field instanceof HTMLSelectElement && value && ![...field.options].some((one) => one.value === value)) {
            field.add(new Option(value, value));
        }
        field.dataset.found = value;
        field.dataset.given = given.includes(field.name) ? "yes" : "";
        if (untouched) field.value = value;
        if (untouched && field === document.activeElement && field instanceof HTMLInputElement) field.select();
        mark(field);
    }
}

/**
 * Says of a field that it is given by hand, as cites will.
 * @param {Field} field
 */
function mark(field) {
    const words = /** @type {HTMLElement?} */ (around(field, ".fields > div").querySelector(".by-hand"));
    const changed = field.value !== (field.dataset.found ?? "");
    if (words) words.hidden = !field.value || !(changed || field.dataset.given === "yes");
}

document.addEventListener("input", ({ target }) => {
    if (target instanceof Element && target.matches(".fields > div [name]:not([data-speaker])")) mark(/** @type {Field} */ (target));
});

/**
 * What was written or cleared by hand.
 * @param {ParentNode} form
 */
export const written = (form) =>
    Object.fromEntries(
        fieldsOf(form)
            .filter((field) => field.value !== (field.dataset.found ?? ""))
            .map((field) => [field.name, field.value]),
    );

/**
 * Offers the sides that there are, each by a button.
 * @param {ParentNode} form
 */
export function offerSides(form) {
    const offers = find(form, ".side-offers");
    /** @type {HTMLOptionElement[]} */
    const sides = findAll(document, "#corpus-sides option");
    for (const old of findAll(offers, "button")) old.remove();
    for (const { value, className } of sides) {
        const button = Object.assign(document.createElement("button"), { type: "button", textContent: value });
        button.className = `chip ${className}`;
        button.dataset.do = "take-side";
        offers.append(" ", button);
    }
    offers.hidden = !sides.length;
}

actions["take-side"] = (button) => {
    /** @type {HTMLInputElement} */
    const field = find(around(button, "fieldset, form"), "[name=side]");
    field.value = String(button.textContent);
    mark(field);
    field.focus();
};

/**
 * A new item of the list of those that wait.
 * @param {ParentNode} panel
 * @param {"pending" | "text"} kind
 * @param {string} name
 */
export function newItem(panel, kind, name) {
    const item = copyOf(panel, kind);
    find(item, "legend").textContent = name;
    offerSides(item);
    return item;
}

/**
 * Shows what the server read of a document, or why it cannot be.
 * @param {HTMLElement} item
 * @param {Said} said
 * @param {boolean} open whether its beginning is shown at once
 */
export function showSaid(item, said, open) {
    fill(item, said.fields);
    find(item, ".opening").textContent = said.opening;
    /** @type {HTMLDetailsElement} */
    const begins = find(item, ".begins");
    begins.hidden = !said.opening;
    begins.open = open;
    note(item, "");
}

/**
 * @param {HTMLElement} item
 * @param {string} text
 * @param {boolean} [isError]
 */
export function note(item, text, isError = false) {
    const line = find(item, ".peeked");
    line.textContent = text;
    line.classList.toggle("error", isError);
}

/** @param {string} name */
export const notSent = (name) => tell("not_sent", { name });

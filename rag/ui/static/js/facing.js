// The sides face to face: which two of them stand side by side. All are there; the others are hidden.

import { find, findAll } from "./dom.js";
import { tell } from "./page.js";

/** @param {HTMLElement} tool */
export function facing(tool) {
    /** @type {Record<string, string>} */
    let chosen = {};

    const lists = () => /** @type {HTMLSelectElement[]} */ (findAll(tool, ".face-side"));
    const read = () => Object.fromEntries(lists().map((list) => [String(list.dataset.place), list.value]));

    tool.addEventListener("change", ({ target }) => {
        if (!(target instanceof HTMLSelectElement) || !target.matches(".face-side")) return;
        const place = String(target.dataset.place);
        const other = lists().find((list) => list !== target);
        if (other?.value === target.value) other.value = chosen[place]; // they change places
        chosen = read();
        findAll(tool, ".point").forEach(show);
        const [first, second] = lists().map((list) => list.selectedOptions[0].text);
        find(tool, ".tool-said").textContent = tell("face_pair", { first, second });
    });

    /** @param {HTMLElement} point */
    function show(point) {
        const pair = [chosen.first, chosen.second];
        const columns = find(point, ".facing");
        /** @param {string} side */
        const cell = (side) => find(columns, `[data-side="${side}"]`);
        columns.prepend(...pair.map(cell)); // read and reached by keyboard in this order
        for (const part of findAll(point, ":is(.cell, .stated, .other)[data-side]")) {
            const isOne = pair.includes(String(part.dataset.side));
            part.hidden = part.matches(".cell") ? !isOne : isOne;
        }
    }

    return {
        asked: () => ({}),
        shown() {
            chosen = read();
        },
    };
}

// Cards of the dossier dragged to another place: before or after another card, whose heading is not theirs for
// that, or onto a heading, under which they come.

import { cardOf } from "./cards.js";

/**
 * @typedef {{beside: string, after: boolean} | {under: string[], beside: string, after: false}} Landing
 */

/**
 * @param {HTMLElement} list
 * @param {(id: string, where: Landing) => void} move
 */
export function dragging(list, move) {
    /** @type {string | null} */
    let dragged = null; // id of a card

    /**
     * @param {DragEvent} event
     * @returns {{element: HTMLElement, where: Landing} | null}
     */
    function landing(event) {
        if (!dragged) return null;
        const target = /** @type {Element} */ (event.target);
        const heading = /** @type {HTMLElement?} */ (target.closest("[data-heading]"));
        if (heading) {
            const under = JSON.parse(String(heading.dataset.heading));
            return { element: heading, where: { under, beside: String(heading.dataset.before), after: false } };
        }
        const card = cardOf(target);
        if (!card || card.dataset.card === dragged) return null;
        const box = card.getBoundingClientRect();
        const after = event.clientY > box.top + box.height / 2;
        return { element: card, where: { beside: String(card.dataset.card), after } };
    }

    const unmark = () => list.querySelectorAll("[data-landing]").forEach((one) => one.removeAttribute("data-landing"));

    list.addEventListener("dragstart", (event) => {
        const card = cardOf(event.target);
        dragged = card?.dataset.card ?? null;
        if (!card || !event.dataTransfer) return;
        event.dataTransfer.setData("text/plain", "");
        event.dataTransfer.effectAllowed = "move";
        event.dataTransfer.setDragImage(card, 10, 10);
    });
    list.addEventListener("dragover", (event) => {
        const found = landing(event);
        unmark();
        if (!found) return;
        event.preventDefault();
        const { after } = found.where;
        found.element.dataset.landing = "under" in found.where ? "under" : after ? "after" : "before";
    });
    list.addEventListener("drop", (event) => {
        const found = landing(event);
        if (!found || !dragged) return;
        event.preventDefault();
        move(dragged, found.where);
    });
    list.addEventListener("dragend", () => {
        dragged = null;
        unmark();
    });
}

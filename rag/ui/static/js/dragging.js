// Cards of the dossier dragged to another place, before or after another card.

import { cardOf } from "./cards.js";

/**
 * @param {HTMLElement} list
 * @param {(id: string, where: {beside: string, after: boolean}) => void} move
 */
export function dragging(list, move) {
    /** @type {string | null} */
    let dragged = null; // id of a card

    /** @param {DragEvent} event */
    function landing(event) {
        const card = dragged && cardOf(event.target);
        if (!card || card.dataset.card === dragged) return null;
        const box = card.getBoundingClientRect();
        return { card, after: event.clientY > box.top + box.height / 2 };
    }

    const unmark = () => list.querySelectorAll("[data-landing]").forEach((card) => card.removeAttribute("data-landing"));

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
        found.card.dataset.landing = found.after ? "after" : "before";
    });
    list.addEventListener("drop", (event) => {
        const found = landing(event);
        if (!found || !dragged) return;
        event.preventDefault();
        move(dragged, { beside: String(found.card.dataset.card), after: found.after });
    });
    list.addEventListener("dragend", () => {
        dragged = null;
        unmark();
    });
}

// The marks of a card: words of its quote, selected with the mouse or by keyboard, that are to be read out; and
// those that are only suggested.

import { around, find } from "./dom.js";
import { actions, notify, tell } from "./page.js";
import { moveSelection, selectSlice, selectedIn } from "./selecting.js";

/** @import { Card } from "./store.js" */

/**
 * @param {HTMLElement} list of the cards
 * @param {object} dossier
 * @param {HTMLElement} dossier.scroller
 * @param {(id: string) => Card | undefined} dossier.card
 * @param {(id: string) => HTMLElement?} dossier.elementOf
 * @param {(asked: object) => Promise<unknown>} dossier.change
 */
export function cardMarks(list, { scroller, card, elementOf, change }) {
    const idOf = (/** @type {Element} */ inside) => String(around(inside, ".dossier-card").dataset.card);

    /**
     * Changes a card; it can be had back as it was.
     * @param {string} id
     * @param {object} asked
     * @param {(before: Card, after: Card) => string} said
     */
    async function changed(id, asked, said) {
        const before = card(id);
        if (!before || !(await change({ ...asked, card: id }))) return;
        const after = card(id);
        if (!after) return;
        notify(said(before, after), () => change({ do: "put_in_place", cards: [before] }));
    }

    const marked = (/** @type {Card} */ { quote: { highlights = [] } }) =>
        highlights.reduce((sum, [start, end]) => sum + end - start, 0);

    /** @param {string} id */
    async function mark(id) {
        const text = elementOf(id)?.querySelector(".card-text");
        const slice = text && selectedIn(text);
        if (!slice) return notify(tell("mark_nothing"));
        const { start, end } = slice;
        await changed(id, { do: "mark", start, end }, (before, after) =>
            tell(marked(after) < marked(before) ? "mark_unset" : "mark_set"));
        const drawn = /** @type {HTMLElement?} */ (elementOf(id)?.querySelector(".card-text"));
        if (drawn) selectSlice(drawn, slice); // so that it can be taken back, or more be taken
        return drawn?.focus({ preventScroll: true });
    }

    /** @param {string} id */
    const take = async (id) => {
        await changed(id, { do: "take" }, () => tell("marks_taken"));
        const drawn = elementOf(id);
        if (drawn) find(drawn, ".card-text").focus({ preventScroll: true }); // the button that was pressed is gone
    };

    actions["card-mark"] = (button) => mark(idOf(button));
    actions["card-take"] = (button) => take(idOf(button));
    actions["card-dismiss"] = async (button) => {
        const id = idOf(button);
        await changed(id, { do: "dismiss" }, () => tell("marks_dismissed"));
        const drawn = elementOf(id);
        if (drawn) find(drawn, ".card-text").focus({ preventScroll: true });
    };

    list.addEventListener("pointerdown", (event) => {
        const { target } = event;
        if (target instanceof Element && target.closest("[data-do=card-mark]")) event.preventDefault(); // the selection stays
    });
    list.addEventListener("keydown", (event) => {
        const text = /** @type {HTMLElement} */ (event.target);
        if (!text.matches(".card-text") || event.ctrlKey || event.metaKey || event.altKey) return;
        const key = event.key.toLowerCase();
        if (key === "m") mark(idOf(text));
        else if (key === "s" && around(text, ".dossier-card").querySelector(".card-suggests")) take(idOf(text));
        else if (!moveSelection(text, event, scroller)) return;
        event.preventDefault();
        event.stopPropagation();
    });
}

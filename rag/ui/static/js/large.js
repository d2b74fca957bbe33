// Cards in large print, to read from: one at a time, by key, the time in sight.

import { find, fragment } from "./dom.js";
import { dossier } from "./dossier.js";
import { actions, narrow, tell } from "./page.js";
import { settings } from "./settings.js";

/** @typedef {{id: string, html: string}} LargeCard */

const SIZES = [1.5, 2, 2.5, 3, 3.5, 4, 5, 6, 8]; // of the letters, in rem
const USUAL = { wide: 4, narrow: 2 };

/** @param {HTMLElement} tool */
export function largePrint(tool) {
    /** @type {HTMLDialogElement} */
    const dialog = find(tool, "dialog");
    const body = find(dialog, ".large-body");
    /** @type {LargeCard[]} */
    let cards = [];
    let at = 0;
    /** @type {(id: string) => void} */
    let passed = () => {};

    const size = () => Number(settings.get("large")) || (narrow.matches ? USUAL.narrow : USUAL.wide);

    function show() {
        body.replaceChildren(fragment(cards[at].html));
        body.scrollTop = 0;
        find(dialog, ".large-place").textContent = tell("large_place", { number: at + 1, count: cards.length });
        find(dialog, "[data-do=large-previous]").toggleAttribute("disabled", at === 0);
        find(dialog, "[data-do=large-next]").toggleAttribute("disabled", at === cards.length - 1);
        find(body, "h2").focus({ preventScroll: true });
    }

    /** @param {number} by */
    function turn(by) {
        if (by > 0) passed(cards[at].id); // it is read
        if (!cards[at + by]) return;
        at += by;
        show();
    }

    // A page of a long card, then the next one.
    function goOn() {
        const below = body.scrollHeight - body.clientHeight - body.scrollTop;
        if (below > 2) body.scrollBy({ top: body.clientHeight * 0.85 });
        else turn(1);
    }

    /** @param {number} by steps */
    function resize(by) {
        const now = SIZES.findIndex((each) => each >= size());
        settings.set("large", String(SIZES[Math.min(Math.max(now + by, 0), SIZES.length - 1)]));
        dialog.style.fontSize = `${size()}rem`;
    }

    /** @type {Record<string, () => void>} */
    const keys = {
        ArrowRight: () => turn(1),
        ArrowLeft: () => turn(-1),
        " ": goOn,
        "+": () => resize(1),
        "=": () => resize(1),
        "-": () => resize(-1),
        "−": () => resize(-1),
    };

    dialog.addEventListener("keydown", (event) => {
        event.stopPropagation(); // none is for the page behind
        const does = event.ctrlKey || event.metaKey || event.altKey ? undefined : keys[event.key];
        const pressed = event.target instanceof HTMLButtonElement && event.key === " ";
        if (!does || pressed) return;
        event.preventDefault();
        does();
    });

    actions["large-next"] = () => turn(1);
    actions["large-previous"] = () => turn(-1);
    actions["large-larger"] = () => resize(1);
    actions["large-smaller"] = () => resize(-1);
    actions["large-close"] = () => dialog.close();

    return {
        isOpen: () => dialog.open,
        /**
         * @param {LargeCard[]} chosen one at least
         * @param {(id: string) => void} readOut told of each that was gone on from
         */
        open(chosen, readOut) {
            dossier.close(); // else Escape would be for it
            [cards, at, passed] = [chosen, 0, readOut];
            resize(0);
            dialog.showModal();
            show();
        },
    };
}

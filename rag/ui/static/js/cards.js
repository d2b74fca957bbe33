// The cards of the dossier as elements, and the quotes on the page that they are made of.

import { around, find, findAll } from "./dom.js";

/** @import { Card, Place } from "./store.js" */

/** @param {Place} place */
export const placeOf = ({ source, sha256, start, end }) => [source, sha256, start, end].join();

/**
 * The place of a card's quote.
 * @param {Card} card
 */
export const placeOfCard = ({ quote: { source, start, end } }) =>
    placeOf({ source: source.id, sha256: source.sha256, start, end });

/**
 * The quote that a button stands beside.
 * @param {HTMLElement} button
 */
export function quoteOf(button) {
    const { source, sha256, start, end, highlights } = find(around(button, "figure"), "blockquote").dataset;
    return {
        source: String(source),
        sha256: String(sha256),
        start: Number(start),
        end: Number(end),
        highlights: JSON.parse(String(highlights)),
        tag: /** @type {HTMLElement?} */ (button.closest("[data-tag]"))?.dataset.tag ?? "", // else its first words
    };
}

/**
 * Each quote on the page says whether it is in the dossier, now and when it comes to be there.
 * @param {() => Card[]} cards
 * @returns {(where: ParentNode) => void} says it again
 */
export function markedQuotes(cards) {
    /** @param {ParentNode} where */
    function mark(where) {
        const inside = new Set(cards().map(placeOfCard));
        for (const button of findAll(where, "[data-do=add-card]")) {
            button.toggleAttribute("data-in", inside.has(placeOf(quoteOf(button))));
        }
    }

    new MutationObserver((changes) => {
        for (const { addedNodes } of changes) {
            for (const node of addedNodes) {
                if (node instanceof Element && node.querySelector("[data-do=add-card]")) mark(node);
            }
        }
    }).observe(document.body, { childList: true, subtree: true });
    return mark;
}

/** @param {EventTarget | null} element */
export const cardOf = (element) =>
    /** @type {HTMLElement?} */ (/** @type {Element} */ (element).closest(".dossier-card"));

/** @param {HTMLElement} element */
export const idOf = (element) => String(around(element, ".dossier-card").dataset.card);

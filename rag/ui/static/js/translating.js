// A quote in another language than the page's, translated by the model when asked; there is a button for it only
// where there is a model.

import { quoteOf } from "./cards.js";
import { around, find, findAll, fragment } from "./dom.js";
import { actions, notify, tell } from "./page.js";
import { lang } from "./settings.js";

/** @import { Calls } from "./server.js" */

/**
 * @param {HTMLElement} root
 * @param {Calls} calls
 */
export function translating(root, calls) {
    /** @type {HTMLTemplateElement | null} */
    const button = root.querySelector("template.t-translate");
    if (!button) return;

    /** @param {ParentNode} where */
    function offer(where) {
        for (const quote of findAll(where, "figure.card blockquote[lang]")) {
            const tools = find(around(quote, "figure"), ".actions");
            if (quote.lang !== lang && !tools.querySelector("[data-do=translate]")) {
                tools.append(button?.content.cloneNode(true) ?? "");
            }
        }
    }

    new MutationObserver((changes) => {
        for (const { addedNodes } of changes) {
            for (const node of addedNodes) if (node instanceof Element) offer(node);
        }
    }).observe(root, { childList: true, subtree: true });

    actions.translate = async (pressed) => {
        if (pressed.hasAttribute("aria-busy")) return null;
        pressed.setAttribute("aria-busy", "true");
        const given = await calls.translate(quoteOf(pressed));
        pressed.removeAttribute("aria-busy");
        if (!given?.html) return notify(given?.error ?? tell("no_server"));
        const said = /** @type {HTMLElement} */ (fragment(given.html).firstElementChild);
        find(around(pressed, "figure"), ".actions").before(said);
        pressed.remove();
        return said.focus();
    };
}

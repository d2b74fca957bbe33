// Words selected in the source that is shown: made a card, copied, or handed to the tools.

import { copy } from "./clipboard.js";
import { find, findAll, isTyping } from "./dom.js";
import { dossier } from "./dossier.js";
import { actions, narrow, notify, tell } from "./page.js";
import { moveSelection, selectedIn } from "./selecting.js";
import { handing } from "./tools.js";

/**
 * @import { Calls } from "./server.js"
 * @import { Slice } from "./selecting.js"
 *
 * @typedef {{source: string, sha256: string, title: string}} Shown
 */

const WORDS_TOLD = 90; // characters of the selection that are said

/**
 * @param {HTMLElement} column of the sources
 * @param {HTMLElement} body where a source is shown
 * @param {Calls} calls
 * @param {() => Shown | null} shown the source that is
 * @param {() => void} close the column, where it covers the tools
 */
export function selection(column, body, calls, shown, close) {
    const bar = find(column, ".selection-tools");
    const said = find(bar, ".selection-said");
    /** @type {Slice & Shown | null} */
    let chosen = null;
    let choosing = false; // by keyboard: the arrows are the selection's

    const view = () => body.querySelector(".source-text");

    /** @returns {Slice & Shown | null} */
    function look() {
        const [text, source] = [view(), shown()];
        const slice = text && source && selectedIn(text);
        return slice && source ? { ...slice, ...source } : null;
    }

    document.addEventListener("selectionchange", () => {
        const found = look();
        if (!found && bar.contains(document.activeElement)) return; // what it is of is kept while a button is used
        chosen = found;
        bar.hidden = !found;
        if (!found) return;
        const words = found.text.split(/\s+/u);
        const start = found.text.replace(/\s+/gu, " ").slice(0, WORDS_TOLD);
        said.textContent = tell("select_said", {
            count: words.length,
            words: start + (start.length < found.text.length ? "…" : ""),
        });
    });
    bar.addEventListener("pointerdown", (event) => event.preventDefault()); // the selection stays

    function end() {
        choosing = false;
        chosen = null;
        bar.hidden = true;
        getSelection()?.removeAllRanges();
    }

    body.addEventListener("keydown", (event) => {
        const text = view();
        if (!text || !shown() || isTyping(event.target)) return;
        const begins = event.target === body && event.key === "Enter" && !choosing && !chosen;
        if (begins) {
            choosing = true;
            moveSelection(text, new KeyboardEvent("keydown", { key: "ArrowDown", cancelable: true }), body);
        } else if (choosing && event.key === "Escape") {
            end();
        } else if (chosen && event.key === "Enter" && event.target === body) {
            findAll(bar, "button")[0].focus();
        } else if (!((choosing || (chosen && event.shiftKey)) && moveSelection(text, event, body))) return;
        event.preventDefault();
        event.stopPropagation(); // the arrows go through the quotes otherwise, and Escape closes
    });

    bar.addEventListener("keydown", (event) => {
        const buttons = findAll(bar, "button");
        const at = buttons.indexOf(/** @type {HTMLElement} */ (event.target));
        const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (by) buttons[(at + by + buttons.length) % buttons.length].focus();
        else if (event.key === "Escape") body.focus({ preventScroll: true });
        else return;
        event.preventDefault();
        event.stopPropagation();
    });

    /**
     * What the server has of the words; says so where it has them no more.
     * @param {Slice & Shown} slice
     */
    async function proved({ source, sha256, start, end: stop }) {
        const given = await calls.selected({ source, sha256, start, end: stop });
        if (given?.text) return given;
        notify(given?.error ?? tell("no_server"));
        return null;
    }

    /**
     * @param {string} action
     * @param {(slice: Slice & Shown) => unknown} done
     */
    function on(action, done) {
        actions[`select-${action}`] = () => chosen && done(chosen);
    }

    on("card", ({ source, sha256, start, end: stop }) => dossier.add({ source, sha256, start, end: stop, highlights: [] }));
    on("copy", async (slice) => {
        const given = await proved(slice);
        if (given) copy(`${given.text}\n— ${given.cite}`);
    });

    /**
     * Hands the words to a tool.
     * @param {Slice & Shown} slice
     * @param {string} name
     * @param {(given: {text: string, side: string}) => Record<string, string>} fields
     * @param {object} [extra]
     */
    async function hand(slice, name, fields, extra) {
        const given = await proved(slice);
        if (!given) return;
        if (narrow.matches) close();
        handing.open(name, fields(given), extra);
    }

    const asQuote = (/** @type {{text: string}} */ { text }) => ({ text, kind: "quote", attributed: "" });
    on("verify", (slice) => hand(slice, "verify", asQuote));
    on("elsewhere", (slice) => hand(slice, "verify", asQuote, { elsewhere: slice.source }));
    on("rebut", (slice) => hand(slice, "rebut", ({ text, side }) => ({ claim: text, side: side ? `=${side}` : "?" })));
}

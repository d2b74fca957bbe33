// What the reader thinks of an answer, or of one of its quotes: kept by the server, shown with the conversation.

import { around, find, findAll } from "./dom.js";
import { actions, notify, tell } from "./page.js";

/**
 * @import { Calls } from "./server.js"
 * @import { Conversation, Turn } from "./store.js"
 */

/**
 * @param {Calls} calls
 * @param {object} desk
 * @param {(article: HTMLElement) => {conversation: Conversation, turn: Turn, history: string[]}} desk.asked
 * @param {(changed: Conversation) => void} desk.save
 */
export function feedback(calls, { asked, save }) {
    /** @param {HTMLElement} button */
    function numberOf(button) {
        const figure = button.closest("figure");
        return figure && (Number(find(figure, ".quote").dataset.n) || null);
    }

    /**
     * The thumbs of a turn as they now stand; there are none before the answer is whole.
     * @param {HTMLElement} article
     * @param {Turn} turn
     */
    function show(article, turn) {
        article.classList.toggle("judgeable", Boolean(article.querySelector(".card, .not-in-sources")));
        const { answer = null, beside = [] } = turn.verdict ?? {};
        for (const button of findAll(article, "[data-do=judge]")) {
            const n = numberOf(button);
            button.setAttribute("aria-pressed", String(n ? beside.includes(n) : button.dataset.verdict === answer));
        }
    }

    actions.judge = async (button) => {
        const article = around(button, ".turn");
        const { turn: judged, history } = asked(article);
        const n = numberOf(button);
        const taken = button.getAttribute("aria-pressed") === "true";
        const verdict = String(taken ? "retracted" : button.dataset.verdict);
        const given = await calls.judge({ record: judged.record, history, verdict, n });
        if (!given?.said) return notify(given?.error ?? tell("no_server"));
        const { conversation, turn } = asked(article); // another window may have had a hand in it
        const { answer = null, beside = [] } = turn.verdict ?? {};
        const others = beside.filter((other) => other !== n);
        turn.verdict = n
            ? { answer, beside: taken ? others : [...others, n] }
            : { answer: taken ? null : verdict, beside };
        save(conversation);
        show(article, turn);
        return notify(given.said);
    };

    return { show };
}

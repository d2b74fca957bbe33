// A question on its way: sent, its answer growing in the transcript, stopped, cut off, or not answered.

import { partsOf, showParts } from "./chat.js";
import { bring, find } from "./dom.js";
import { stream } from "./server.js";

/**
 * @import { transcript } from "./chat.js"
 * @import { Conversation, Turn } from "./store.js"
 *
 * @typedef {object} Asking
 * @property {Conversation} conversation
 * @property {string} id of the turn
 * @property {HTMLElement} article
 * @property {AbortController} halt
 */

/**
 * @param {HTMLElement} chat
 * @param {ReturnType<typeof transcript>} shown
 * @param {object} desk
 * @param {(conversation: Conversation, turn: Turn, article: HTMLElement) => void} desk.answered
 * @param {(conversation: Conversation, turn: Turn, article: HTMLElement) => void} desk.unanswered the turn says why
 */
export function questions(chat, shown, { answered, unanswered }) {
    /** @type {Asking | null} */
    let asking = null;

    /**
     * Puts a question in its place, and sends it; one at a time.
     * @param {Conversation} conversation
     * @param {Turn} turn one of it
     * @param {object} about history and scope
     */
    async function ask(conversation, turn, about) {
        const { id, question } = turn;
        const article = shown.article(turn);
        const old = shown.articleOf(id);
        if (old) old.replaceWith(article);
        else shown.log.append(article);
        const mine = { conversation, id, article, halt: new AbortController() };
        asking = mine;
        for (const offer of shown.log.querySelectorAll(".suggestions")) offer.remove();
        settled();
        bring(shown.scroller, article, 0);
        /** @type {any} */
        let last = null;
        const take = (/** @type {any} */ update) => {
            if (asking !== mine) return;
            last = update;
            if (update.parts.length) showParts(article, update.parts);
        };
        const whole = await stream("page_ask", { turn: id, question, ...about }, take, mine.halt.signal);
        if (asking === mine) finish(mine, whole && last?.done ? last : null);
    }

    /**
     * @param {Asking} asked
     * @param {{record: object, failed?: boolean} | null} update none: the answer was cut off
     */
    function finish({ conversation, id, article }, update) {
        over();
        const turn = turnOf(conversation, id);
        if (update && !update.failed) {
            turn.record = update.record;
            answered(conversation, turn, article);
            return;
        }
        if (!update) cutOff(article, "lost");
        turn.ended = update ? "failed" : "lost";
        unanswered(conversation, turn, article);
    }

    // What stands of an answer is followed by why there is no more.
    function cutOff(/** @type {HTMLElement} */ article, /** @type {"lost" | "stopped"} */ why) {
        const begun = article.querySelector(".answer > .searching") ? [] : partsOf(article);
        showParts(article, [...begun, shown.note(begun.length && why === "stopped" ? "cut" : why)]);
    }

    // Gives what was being asked, if anything was.
    function stop() {
        if (!asking) return null;
        const { article, halt, conversation, id } = asking;
        asking = null; // first: what comes of the halt is not of interest
        halt.abort();
        cutOff(article, "stopped");
        settled();
        const turn = turnOf(conversation, id);
        turn.ended = "stopped";
        return { conversation, turn, article };
    }

    // Another window may have had a hand in the conversation: its turns are looked up.
    const turnOf = (/** @type {Conversation} */ conversation, /** @type {string} */ id) =>
        /** @type {Turn} */ (conversation.turns.find((turn) => turn.id === id));

    function over() {
        asking = null;
        settled();
    }

    // The controls, as things now are.
    function settled() {
        chat.dataset.empty = String(!shown.articles().length);
        find(chat, "#send").hidden = Boolean(asking);
        find(chat, "#stop").hidden = !asking;
        shown.log.setAttribute("aria-busy", String(Boolean(asking)));
    }

    // underWay gives the id of the turn whose question is.
    return { ask, stop, settled, underWay: () => asking && asking.id };
}

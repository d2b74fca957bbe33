// A question on its way: sent, its answer growing in the transcript, stopped, or not answered.

import { showParts } from "./chat.js";
import { bring, copyOf, find } from "./dom.js";
import { lang } from "./settings.js";

/**
 * @import { transcript } from "./chat.js"
 * @import { Component } from "./page.js"
 * @import { Conversation, Turn } from "./store.js"
 *
 * @typedef {(asked: object) => void} Send
 * @typedef {() => void} Halt
 *
 * @typedef {object} Asking
 * @property {string} turn what the updates of its answer bear
 * @property {Conversation} conversation
 * @property {number} index
 * @property {HTMLElement} article
 * @property {number} watchdog
 */

const PATIENCE = 20_000; // ms, until the server says anything

/**
 * @param {HTMLElement} chat
 * @param {ReturnType<typeof transcript>} shown
 * @param {Pick<Component, "props" | "watch"> & {send: Send, halt: Halt}} component
 * @param {object} desk
 * @param {(conversation: Conversation, turn: Turn, article: HTMLElement) => void} desk.answered
 * @param {(question: string) => void} desk.failed
 */
export function questions(chat, shown, { props, watch, send, halt }, { answered, failed }) {
    /** @type {Asking | null} */
    let asking = null;

    /**
     * Puts a question in its place, and sends it; one at a time.
     * @param {Conversation} conversation
     * @param {number} index
     * @param {string} question
     * @param {object} about history and scope
     */
    function ask(conversation, index, question, about) {
        const article = shown.article(question);
        const old = shown.articles()[index];
        if (old) old.replaceWith(article);
        else shown.log.append(article);
        conversation.turns[index] = { question, record: null };
        const turn = String(Math.random());
        asking = { turn, conversation, index, article, watchdog: setTimeout(unanswered, PATIENCE) };
        for (const offer of shown.log.querySelectorAll(".suggestions")) offer.remove();
        settled();
        bring(shown.scroller, article, 0);
        send({ lang, turn, question, ...about });
    }

    watch("value", () => {
        const update = props.value;
        if (!asking || update?.turn !== asking.turn) return;
        clearTimeout(asking.watchdog);
        if (update.parts.length) showParts(asking.article, update.parts);
        if (update.done) finish(asking, update);
    });

    /**
     * @param {Asking} asked
     * @param {{record: object, failed?: boolean}} update
     */
    function finish({ conversation, index, article }, update) {
        over();
        const turn = conversation.turns[index];
        if (update.failed) {
            conversation.turns[index] = { question: turn.question, record: null, failed: true };
            failed(turn.question);
        } else {
            turn.record = update.record;
            answered(conversation, turn, article);
        }
    }

    function unanswered() {
        if (!asking) return;
        const { article, conversation, index } = asking;
        find(article, ".answer").replaceChildren(copyOf(chat, "failed"));
        over();
        failed(conversation.turns[index].question);
    }

    function stop() {
        if (!asking) return;
        const { article, watchdog } = asking;
        halt();
        clearTimeout(watchdog);
        if (article.querySelector(".answer > .searching")) showParts(article, [shown.note("stopped")]);
        over();
    }

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

    return { ask, stop, settled, underWay: () => asking !== null };
}

// The conversation shown: kept in the browser, read back from it, and shared with the other windows that show it.

import { showParts } from "./chat.js";
import { copyOf, find } from "./dom.js";
import { notify, tell } from "./page.js";
import { connection } from "./server.js";
import { lastShown } from "./settings.js";
import { newId, store } from "./store.js";

/**
 * @import { transcript } from "./chat.js"
 * @import { Calls } from "./server.js"
 * @import { Conversation, Turn } from "./store.js"
 */

// Where there is no answer, what is said by how it ended; one that has not may be under way in another window.
const NOTES = { lost: "lost", failed: "stopped", stopped: "stopped", none: "waiting" };

/** @returns {Conversation} */
const blank = () => ({ id: newId(), title: "", updated: 0, turns: [] });

/**
 * @param {HTMLElement} chat
 * @param {Calls} calls
 * @param {ReturnType<typeof transcript>} shown
 * @param {object} desk
 * @param {() => void} desk.left before another one is opened
 * @param {() => void} desk.opened
 * @param {() => void} desk.kept
 * @param {() => void} desk.settled the transcript has changed
 * @param {() => string | null} desk.asking the turn whose question is under way
 * @param {(article: HTMLElement, turn: Turn) => void} desk.drawn an answer is there
 */
export function talk(chat, calls, shown, { left, opened, kept, settled, asking, drawn }) {
    let conversation = blank();
    /** @type {WeakMap<HTMLElement, string>} */
    const answers = new WeakMap(); // what stands in each article

    /** @param {Turn} turn */
    const answerOf = ({ question, record, ended }) => JSON.stringify([question, record, ended]);

    /** @param {Conversation} changed */
    function save(changed) {
        changed.updated = Date.now();
        changed.title = changed.title || changed.turns[0]?.question.slice(0, 80) || "";
        if (!store.write(changed)) notify(tell("quota"));
        if (changed === conversation) {
            lastShown.set(changed.id);
            draw();
        }
        kept();
    }

    /** @param {Conversation | null} found none: a new one */
    function open(found) {
        left();
        conversation = found ?? blank();
        lastShown.set(conversation.id);
        shown.log.replaceChildren();
        const read = draw();
        opened();
        return read.then(() => (shown.scroller.scrollTop = shown.scroller.scrollHeight));
    }

    /**
     * The answer of a turn, as it came from the server, stands in its article.
     * @param {HTMLElement} article
     * @param {Turn} turn
     */
    function stands(article, turn) {
        answers.set(article, answerOf(turn));
        if (turn.record) drawn(article, turn);
    }

    // The transcript has an article for each turn; those whose answers it does not have yet are read back.
    async function draw() {
        /** @type {[HTMLElement, Turn][]} */
        const unread = [];
        conversation.turns.forEach((turn, n) => {
            let article = shown.articleOf(turn.id);
            if (!article) {
                article = shown.article(turn);
                shown.log.insertBefore(article, shown.articles()[n] ?? null);
            }
            if (turn.id === asking()) return;
            if (answers.get(article) !== answerOf(turn)) unread.push([article, turn]);
            else if (turn.record) drawn(article, turn);
        });
        settled();
        if (unread.length) await readBack(conversation, unread);
    }

    /**
     * Answers that were kept, checked again by the server.
     * @param {Conversation} of
     * @param {[HTMLElement, Turn][]} unread
     */
    async function readBack(of, unread) {
        for (const [article, turn] of unread) {
            find(article, ".question-text").textContent = turn.question;
            answers.set(article, answerOf(turn));
            if (!turn.record) showParts(article, [shown.note(NOTES[turn.ended ?? "none"])]);
        }
        const answered = unread.filter(([, { record }]) => record);
        if (!answered.length) return;
        const all = await calls.restore({ records: answered.map(([, { record }]) => record) });
        if (of !== conversation) return;
        answered.forEach(([article, turn], n) => {
            if (all) showParts(article, all[n]);
            else showParts(article, [copyOf(chat, "failed").outerHTML]);
            drawn(article, turn);
        });
        if (!all) connection.whenBack(() => of === conversation && readBack(of, answered));
    }

    // Another window wrote: what it has is shown here too, and nothing else is touched.
    addEventListener("storage", ({ key }) => {
        if (!store.isOf(key)) return;
        if (store.meet(conversation)) draw();
        else {
            open(null);
            notify(tell("removed_elsewhere"));
        }
        kept();
    });

    return {
        save,
        open,
        stands,
        current: () => conversation,
        /** @param {string} id */
        turn: (id) => /** @type {Turn} */ (conversation.turns.find((turn) => turn.id === id)),
        /** @param {string} id of a turn; those asked before it and answered */
        before(id) {
            const end = conversation.turns.findIndex((turn) => turn.id === id);
            const earlier = end < 0 ? conversation.turns : conversation.turns.slice(0, end);
            return earlier.filter(({ record }) => record).map(({ question }) => question);
        },
    };
}

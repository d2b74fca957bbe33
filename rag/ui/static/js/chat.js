// The column of the conversation shown: its transcript, and the box that one types in.

import { around, copyOf, find, findAll, fragment } from "./dom.js";

/**
 * @import { Quoted } from "./evidence.js"
 * @import { Turn } from "./store.js"
 */

/** @param {HTMLElement} chat */
export function transcript(chat) {
    const log = find(chat, ".transcript");
    return {
        log,
        scroller: find(chat, ".scroll"),

        /** @param {Turn} turn */
        article({ id, question }) {
            const article = copyOf(chat, "turn");
            article.dataset.turn = id;
            find(article, ".question-text").textContent = question;
            return article;
        },

        // The article of each turn, in order.
        articles: () => /** @type {HTMLElement[]} */ ([...log.children]),

        /** @param {string} id of a turn */
        articleOf: (id) => /** @type {HTMLElement?} */ (log.querySelector(`[data-turn="${CSS.escape(id)}"]`)),

        /** @param {HTMLElement} element */
        idOf: (element) => String(around(element, ".turn").dataset.turn),

        /** @param {string} name */
        note: (name) => find(chat, `template.t-${name}`).innerHTML,
    };
}

/** @type {WeakMap<HTMLElement, string[]>} */
const shown = new WeakMap();

/**
 * Parts that have not changed are left alone, so that what is open, selected or being read stays so.
 * @param {HTMLElement} turn
 * @param {string[]} parts HTML
 */
export function showParts(turn, parts) {
    const answer = find(turn, ".answer");
    const before = shown.get(turn) ?? [];
    parts.forEach((html, i) => {
        if (before[i] === html) return;
        const node = /** @type {Element} */ (fragment(html).firstElementChild);
        if (answer.children[i]) answer.children[i].replaceWith(node);
        else answer.append(node);
    });
    while (answer.children.length > parts.length) answer.lastElementChild?.remove();
    shown.set(turn, [...parts]);
}

/** @param {HTMLElement} turn */
export const partsOf = (turn) => shown.get(turn) ?? [];

/**
 * The quotes of an answer or of what a tool found, and the other places of their words.
 * @param {HTMLElement} turn
 * @returns {(Quoted & {element: HTMLElement})[]}
 */
export const quotesOf = (turn) =>
    findAll(turn, ".quote, .near, .place").map((quote) => ({
        ...quote.dataset,
        source: String(quote.dataset.source),
        start: Number(quote.dataset.start),
        end: Number(quote.dataset.end),
        n: Number(quote.dataset.n),
        text: quote.dataset.text ?? quote.firstElementChild?.textContent,
        element: quote,
    }));

/**
 * The box, which also takes a question that is changed.
 * @param {HTMLElement} chat
 * @param {object} desk
 * @param {() => boolean} desk.busy nothing can be asked now
 * @param {(question: string, id?: string) => void} desk.ask again the question of that turn, or a new one
 */
export function composer(chat, { busy, ask }) {
    /** @type {HTMLTextAreaElement} */
    const box = find(chat, "#question");
    /** @type {string | null} */
    let editing = null; // id of the turn whose question is being changed

    /** @param {string} text */
    function write(text) {
        box.value = text;
        box.dispatchEvent(new Event("input", { bubbles: true }));
    }

    /** @param {string | null} id */
    function setEditing(id) {
        editing = id;
        find(chat, ".editing").hidden = id === null;
    }

    function submit() {
        const question = box.value.trim();
        if (!question || busy()) return;
        const id = editing ?? undefined;
        write("");
        setEditing(null);
        ask(question, id);
    }

    find(chat, ".composer").addEventListener("submit", (event) => {
        event.preventDefault();
        submit();
    });

    box.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
        event.preventDefault();
        submit();
    });

    box.addEventListener("input", () => {
        box.style.height = "auto";
        box.style.height = `${box.scrollHeight + 2}px`;
    });

    return {
        focus: () => box.focus(),
        isEditing: () => editing !== null,

        /**
         * @param {string} question
         * @param {string} id of its turn
         */
        edit(question, id) {
            setEditing(id);
            write(question);
            box.focus();
        },

        stopEditing: () => setEditing(null),

        cancel() {
            setEditing(null);
            write("");
            box.focus();
        },

        /**
         * A question that was not answered, unless something else is being written.
         * @param {string} question
         */
        giveBack(question) {
            if (!box.value.trim()) write(question);
        },
    };
}

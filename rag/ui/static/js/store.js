// What the browser keeps: conversations, one entry each, and the dossier. Other windows keep theirs in the same
// place: what they have written is taken up, and what they have removed is not written again.

import { both, either, same } from "./merging.js";

import { own } from "./settings.js";

/**
 * @typedef {{answer: string | null, beside: number[]}} Verdict numbers of quotes that are beside the point
 * @typedef {object} Turn
 * @property {string} id
 * @property {number} asked when, in ms
 * @property {number} [changed] when last
 * @property {string} question
 * @property {any} record of rag/ui/chat/record.py; null where there is no answer, or not all of it
 * @property {"failed" | "stopped" | "lost"} [ended] why there is none: the question, the reader, the server
 * @property {Verdict} [verdict]
 * @typedef {{sides: string[], sources: {id: string, title?: string}[], speakers?: string[]}} Scope
 * @typedef {{id: string, title: string, updated: number, turns: Turn[], scope?: Scope}} Conversation
 *
 * @typedef {{source: string, sha256: string, start: number, end: number}} Place
 * @typedef {{source: {id: string, sha256: string}, start: number, end: number, highlights?: [number, number][]}} CardQuote
 * @typedef {{id: string, quote: CardQuote}} Card
 * @typedef {{title: string, cards: Card[]}} Dossier the JSON of rag/dossier/file.py
 *
 * @typedef {[string, number, number]} Slice
 * @typedef {{arguments: string[], quotes: Slice[], headings: Record<string, string>, order: string[]}} Edits
 * @typedef {{motion: string, record: string, edits: Edits}} KeptBrief a record is rag/brief/kept.py's
 */

const PREFIX = own("conversation.");

/** @type {Map<string, Conversation>} */
const unsaved = new Map(); // what the browser would not take: kept for this visit
/** @type {Map<string, Conversation>} */
const known = new Map(); // each as this window has read or written it last

/**
 * @param {string} key
 * @returns {Conversation | null}
 */
function parsed(key) {
    try {
        const found = JSON.parse(localStorage.getItem(key) ?? "null");
        if (!Array.isArray(found?.turns) || typeof found.title !== "string") return null;
        // those kept before turns had an id are the same in every window
        found.turns.forEach((/** @type {Turn} */ turn, /** @type {number} */ n) => {
            turn.id ??= `${n}`;
            turn.asked ??= n;
        });
        return found;
    } catch {
        return null;
    }
}

/**
 * A conversation with what another window has made of it.
 * @param {Conversation | undefined} base
 * @param {Conversation} ours
 * @param {Conversation} theirs
 */
function merged(base, ours, theirs) {
    const turns = both(ours.turns, theirs.turns).sort((a, b) => a.asked - b.asked);
    const title = either(base?.title, ours.title, theirs.title) || ours.title || theirs.title;
    const scope = either(base?.scope, ours.scope, theirs.scope);
    return { ...ours, title, scope, turns, updated: Math.max(ours.updated, theirs.updated) };
}

export const newId = () => crypto.randomUUID?.() ?? String(Math.random()).slice(2);

/**
 * What is new in a conversation that another window has removed goes on in one of its own.
 * @param {Conversation} ours
 */
function setApart(ours) {
    const turns = known.get(PREFIX + ours.id)?.turns ?? [];
    ours.turns = ours.turns.filter((turn) => !turns.some((before) => same(before, turn)));
    ours.title = ours.turns[0]?.question.slice(0, 80) ?? "";
    ours.id = newId();
}

export const store = {
    // The last changed first.
    list() {
        /** @type {(Conversation | null)[]} */
        const found = [...unsaved.values()];
        try {
            for (const key of Object.keys(localStorage)) {
                if (key.startsWith(PREFIX) && !unsaved.has(key)) found.push(parsed(key));
            }
        } catch { /* no storage */ }
        return found.filter((one) => one !== null).sort((a, b) => b.updated - a.updated);
    },

    /** @param {string | null} id */
    read(id) {
        const found = unsaved.get(PREFIX + id) ?? parsed(PREFIX + id);
        if (found) known.set(PREFIX + id, structuredClone(found));
        return found;
    },

    /**
     * Takes what another window has written of a conversation into ours; false where it has removed it.
     * @param {Conversation} ours
     */
    take(ours) {
        const key = PREFIX + ours.id;
        const base = known.get(key);
        if (unsaved.has(key)) return true;
        const theirs = parsed(key);
        if (!theirs) return !base;
        Object.assign(ours, merged(base, ours, theirs));
        known.set(key, structuredClone(theirs));
        return true;
    },

    /**
     * After another window wrote: as `take`; what it had not seen of ours is put beside what it wrote.
     * @param {Conversation} ours
     */
    meet(ours) {
        const there = this.take(ours);
        const theirs = known.get(PREFIX + ours.id);
        if (there && theirs && !same(ours.turns, theirs.turns)) this.write(ours);
        return there;
    },

    /**
     * Whether the browser took it; what others have written of it is in it then.
     * @param {Conversation} conversation
     */
    write(conversation) {
        const before = new Map(known.get(PREFIX + conversation.id)?.turns.map((turn) => [turn.id, turn]));
        for (const turn of conversation.turns) {
            if (!same(before.get(turn.id), turn)) turn.changed = Date.now();
        }
        if (!this.take(conversation)) setApart(conversation);
        const key = PREFIX + conversation.id;
        try {
            localStorage.setItem(key, JSON.stringify(conversation));
            unsaved.delete(key);
            known.set(key, structuredClone(conversation));
            return true;
        } catch {
            unsaved.set(key, structuredClone(conversation));
            return false;
        }
    },

    /** @param {string} id */
    remove(id) {
        unsaved.delete(PREFIX + id);
        known.delete(PREFIX + id);
        try { localStorage.removeItem(PREFIX + id); } catch { /* no storage */ }
    },

    /** Whether an entry that another window wrote (null: any) is a conversation's. @param {string | null} key */
    isOf: (key) => key === null || key.startsWith(PREFIX),
};

export const DOSSIER = own("dossier");

/** @type {Dossier | null} */
let unsavedDossier = null;

export const dossierStore = {
    /** @returns {Dossier | null} */
    read() {
        if (unsavedDossier) return unsavedDossier;
        try { return JSON.parse(localStorage.getItem(DOSSIER) ?? "null"); } catch { return null; }
    },

    /**
     * Whether the browser took it.
     * @param {Dossier | null} dossier
     */
    write(dossier) {
        try {
            localStorage.setItem(DOSSIER, JSON.stringify(dossier));
            unsavedDossier = null;
            return true;
        } catch {
            unsavedDossier = dossier;
            return false;
        }
    },
};

const BRIEF = own("brief");

/** @type {Edits} */
export const NO_EDITS = { arguments: [], quotes: [], headings: {}, order: [] };

/** @type {KeptBrief | null} */
let shownBrief = null; // this window's, whatever another one keeps

export const briefStore = {
    /** @returns {KeptBrief | null} */
    read() {
        if (shownBrief) return shownBrief;
        try { shownBrief = JSON.parse(localStorage.getItem(BRIEF) ?? "null"); } catch { /* no storage */ }
        return shownBrief;
    },

    /** @param {KeptBrief} brief */
    write(brief) {
        shownBrief = brief;
        try { localStorage.setItem(BRIEF, JSON.stringify(brief)); } catch { /* then for this visit only */ }
    },
};

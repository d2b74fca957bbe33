// What the browser keeps: conversations, one entry each, so that two windows do not write over each other's; and
// the dossier.

/**
 * @typedef {{answer: string | null, beside: number[]}} Verdict numbers of quotes that are beside the point
 * @typedef {{question: string, record: any, failed?: boolean, verdict?: Verdict}} Turn a record is rag/ui/chat/record.py's
 * @typedef {{sides: string[], sources: {id: string, title?: string}[], speakers?: string[]}} Scope
 * @typedef {{id: string, title: string, updated: number, turns: Turn[], scope?: Scope}} Conversation
 *
 * @typedef {{source: string, sha256: string, start: number, end: number}} Place
 * @typedef {{id: string, quote: {source: {id: string, sha256: string}, start: number, end: number}}} Card
 * @typedef {{title: string, cards: Card[]}} Dossier the JSON of rag/dossier/file.py
 */

const PREFIX = "replique.conversation.";

/** @type {Map<string, Conversation>} */
const unsaved = new Map(); // what the browser would not take: kept for this visit

/**
 * @param {string} key
 * @returns {Conversation | null}
 */
function parsed(key) {
    try {
        const found = JSON.parse(localStorage.getItem(key) ?? "null");
        return Array.isArray(found?.turns) && typeof found.title === "string" ? found : null;
    } catch {
        return null;
    }
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
        return unsaved.get(PREFIX + id) ?? parsed(PREFIX + id);
    },

    /**
     * Whether the browser took it.
     * @param {Conversation} conversation
     */
    write(conversation) {
        const key = PREFIX + conversation.id;
        try {
            localStorage.setItem(key, JSON.stringify(conversation));
            unsaved.delete(key);
            return true;
        } catch {
            unsaved.set(key, structuredClone(conversation));
            return false;
        }
    },

    /** @param {string} id */
    remove(id) {
        unsaved.delete(PREFIX + id);
        try { localStorage.removeItem(PREFIX + id); } catch { /* no storage */ }
    },
};

export const DOSSIER = "replique.dossier";

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

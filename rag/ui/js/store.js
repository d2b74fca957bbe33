// Conversations in the browser, one entry each, so that two windows do not write over each other's.
// A conversation: {id, title, updated, turns: [{question, record}]}; a record is rag/ui/record.py's.

const PREFIX = "replique.conversation.";

const store = {
    unsaved: new Map(), // what the browser would not take: kept for this visit

    list() {
        const found = [...this.unsaved.values()];
        try {
            for (const key of Object.keys(localStorage)) {
                if (key.startsWith(PREFIX) && !this.unsaved.has(key)) found.push(this.parsed(key));
            }
        } catch { /* no storage */ }
        return found.filter(Boolean).sort((a, b) => b.updated - a.updated);
    },

    read(id) {
        return this.unsaved.get(PREFIX + id) ?? this.parsed(PREFIX + id);
    },

    parsed(key) {
        try {
            const found = JSON.parse(localStorage.getItem(key));
            return Array.isArray(found?.turns) && typeof found.title === "string" ? found : null;
        } catch {
            return null;
        }
    },

    // Whether the browser took it.
    write(conversation) {
        const key = PREFIX + conversation.id;
        try {
            localStorage.setItem(key, JSON.stringify(conversation));
            this.unsaved.delete(key);
            return true;
        } catch {
            this.unsaved.set(key, structuredClone(conversation));
            return false;
        }
    },

    remove(id) {
        this.unsaved.delete(PREFIX + id);
        try { localStorage.removeItem(PREFIX + id); } catch { /* no storage */ }
    },
};

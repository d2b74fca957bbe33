// What the browser keeps for the page besides conversations and dossier, where it lets us keep any.

// Small settings that outlive the visit.
export const settings = {
    /** @param {string} name */
    get(name) {
        try { return localStorage.getItem(`replique.${name}`); } catch { return null; }
    },
    /**
     * @param {string} name
     * @param {string} value
     */
    set(name, value) {
        try { localStorage.setItem(`replique.${name}`, value); } catch { /* then for this visit only */ }
    },
};

// Which conversation this window shows; a new window begins with the last one shown.
export const lastShown = {
    get() {
        try { return sessionStorage.getItem(own("current")) ?? localStorage.getItem(own("current")); } catch { return null; }
    },
    /** @param {string} id */
    set(id) {
        try {
            sessionStorage.setItem(own("current"), id);
            localStorage.setItem(own("current"), id);
        } catch { /* no storage */ }
    },
};

// The debate that this window works in, as its address says; empty for the server's own.
export const debate = new URLSearchParams(location.search).get("debate") ?? "";

/**
 * The key of what the browser keeps of this debate alone.
 * @param {string} name
 */
export const own = (name) => `replique.${debate && `@${debate}.`}${name}`;

export const lang = settings.get("language") || (/^fr/i.test(navigator.language) ? "fr" : "en");

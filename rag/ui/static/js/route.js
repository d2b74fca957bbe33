// The address of what is shown, told here alone:
//
//     #/face?motion=…                 a view, and what its form was sent with
//     #/face?motion=…&at=PLACE        and a passage open beside it
//     #PLACE                          a passage open beside the questions; PLACE is source:start-end, or
//                                     source:start-end/page where it is shown on its page
//
// What stands before the # (?debate=NAME, Gradio's ?view=api) is left alone.

/**
 * @typedef {{source: string, start: number, end: number, page: boolean}} Passage
 * @typedef {object} Route
 * @property {string} view
 * @property {Record<string, string>} asked fields of the view's form
 * @property {Passage | null} passage open beside it
 */

const FIRST = "chat";
const LONGEST = 1500; // characters of what was asked that an address holds

/**
 * @param {{source?: string, start?: number | string, end?: number | string}} place
 * @param {boolean} [page] shown on its page
 */
const inWords = ({ source, start, end }, page) =>
    `${encodeURIComponent(String(source))}:${start}-${end}${page ? "/page" : ""}`;

/**
 * @param {string} text
 * @returns {Passage | null}
 */
function passageOf(text) {
    const found = /^(.+):(\d+)-(\d+)(\/page)?$/.exec(text);
    if (!found) return null;
    try {
        const [source, start, end] = [decodeURIComponent(found[1]), Number(found[2]), Number(found[3])];
        return start < end ? { source, start, end, page: Boolean(found[4]) } : null;
    } catch {
        return null;
    }
}

/**
 * @param {string} hash
 * @returns {Route}
 */
function read(hash) {
    const named = /^#\/([\w-]+)(?:\?(.*))?$/s.exec(hash);
    if (!named) return { view: FIRST, asked: {}, passage: passageOf(hash.slice(1)) };
    const { at = "", ...asked } = Object.fromEntries(new URLSearchParams(named[2]));
    return { view: named[1], asked, passage: passageOf(at) };
}

/** @param {Route} route */
function written({ view, asked, passage }) {
    const at = passage && inWords(passage, passage.page);
    if (view === FIRST) return at ? `#${at}` : `#/${view}`;
    const fields = new URLSearchParams(asked);
    if (String(fields).length > LONGEST) for (const name of Object.keys(asked)) fields.delete(name);
    if (at) fields.set("at", at);
    return `#/${view}${String(fields) && `?${fields}`}`;
}

/** A hash alone would be taken as one of the page's base, which Gradio sets. @param {string} hash */
const whole = (hash) => location.pathname + location.search + hash;

let shown = read(location.hash);
/** @type {((route: Route) => unknown)[]} */
const followers = [];

/**
 * @param {Partial<Route>} change
 * @param {boolean} [step] one that Back takes back
 */
function set(change, step) {
    shown = { ...shown, ...change };
    const hash = written(shown);
    if (hash !== location.hash) history[step ? "pushState" : "replaceState"](null, "", whole(hash));
}

export const route = {
    now: () => shown,

    /**
     * Another view is shown.
     * @param {string} view
     * @param {Record<string, string>} [asked]
     */
    view(view, asked = {}) {
        if (view !== shown.view) set({ view, asked, passage: null }, true);
    },

    /**
     * The form of the view was sent.
     * @param {Record<string, string>} asked
     */
    asked: (asked) => set({ asked }),

    /**
     * A passage is open beside the view.
     * @param {{source?: string, start?: number | string, end?: number | string}} place
     * @param {boolean} page shown on its page
     */
    passage: (place, page) => set({ passage: passageOf(inWords(place, page)) }),

    /**
     * The address of a passage, to be sent to somebody: it opens beside the questions.
     * @param {{source?: string, start?: number | string, end?: number | string}} place
     * @param {boolean} page shown on its page
     */
    linkTo: (place, page) => location.origin + whole(`#${inWords(place, page)}`),

    /** The address of a view. @param {string} view */
    to: (view) => whole(written({ view, asked: {}, passage: null })),

    /**
     * Tells of each address that is gone to: Back, Forward, a link, one that is typed.
     * @param {(route: Route) => unknown} follower
     */
    follow: (follower) => followers.push(follower),
};

addEventListener("popstate", () => {
    shown = read(location.hash);
    for (const follower of followers) follower(shown);
});

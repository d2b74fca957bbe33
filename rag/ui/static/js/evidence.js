// The column of the sources: a source whole, with the quotes of an answer marked by their offsets.

import { copy } from "./clipboard.js";
import { bring, copyOf, find, fragment, isTyping } from "./dom.js";
import { dossier } from "./dossier.js";
import { paint } from "./marks.js";
import { pageView } from "./page-view.js";
import { actions, narrow, tell } from "./page.js";
import { route } from "./route.js";
import { connection } from "./server.js";
import { selection } from "./selection.js";

/**
 * @import { Calls } from "./server.js"
 * @import { Place } from "./marks.js"
 *
 * @typedef {Place & {text?: string, sha256?: string, title?: string, n?: number}} Quoted without text: a link to it
 * @typedef {{element: Element, sha256?: string, title?: string, pages?: boolean}} Source what the server gave, with its element
 */

/**
 * @param {HTMLElement} root
 * @param {Calls} calls
 * @param {() => void} listed what to do when the list of sources is shown
 */
export function evidence(root, calls, listed) {
    const column = find(root, ".evidence");
    /** @param {string} name */
    const part = (name) => find(column, name);
    const body = part(".evidence-body");
    /** @type {Map<string, Source>} */
    const sources = new Map(); // by id
    const told = new WeakMap(); // of each element of a source, what it is
    /** @type {Quoted[]} */
    let quotes = []; // those of the answer looked at
    let at = -1; // the one looked at
    /** @type {Element | null} */
    let opener = null; // where the focus goes back to
    let list = ""; // HTML of the list of sources
    let turn = 0; // a later request overtakes an earlier one
    let onPage = false; // quotes are shown on their pages, where these can be shown
    const pages = pageView(body, calls);

    selection(column, body, calls, () => {
        const found = body.firstElementChild && told.get(body.firstElementChild);
        return found ? { source: found.id, sha256: String(found.sha256), title: String(found.title) } : null;
    }, () => close());

    const isOpen = () => root.dataset.evidence === "open";

    /** @param {boolean} focus */
    function open(focus) {
        root.dataset.evidence = "open";
        if (focus) {
            dossier.close(); // it stands in the same place
            opener = document.activeElement;
            body.focus({ preventScroll: true });
        }
    }

    function close() {
        root.dataset.evidence = "closed";
        if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
        opener = null;
    }

    addEventListener("view", () => narrow.matches && isOpen() && close()); // the sheet lies over the views

    /**
     * @param {string} id
     * @param {string} [sha256]
     * @returns {Promise<Source>}
     */
    async function fetched(id, sha256) {
        const known = sources.get(id);
        if (known && (!sha256 || known.sha256 === sha256)) return known;
        const given = await calls.source({ source: id });
        if (!given) return { element: copyOf(column, "no_server") };
        const source = { ...given, element: fragment(given.html ?? given.error).firstElementChild };
        if (given.sha256) {
            sources.set(id, source);
            told.set(source.element, { ...given, id }); // the one that is shown, once the list is another as well
        }
        return source;
    }

    // The source that holds the quote; whether the quote stands in it, to the character.
    async function show(/** @type {number} */ index, { focus = false } = {}) {
        const quote = quotes[index];
        const mine = ++turn;
        at = index;
        steps();
        open(focus);
        const source = await fetched(quote.source, quote.sha256);
        if (mine !== turn) return false;
        tabs();
        if (!source.sha256) {
            connection.whenBack(() => mine === turn && show(index));
            return said(source.element);
        }
        if (quote.sha256 && quote.sha256 !== source.sha256) return said(copyOf(column, "source_changed"));
        ways(source);
        if (onPage && source.pages) return showPages(quote, source.sha256, mine);
        if (body.firstElementChild !== source.element) body.replaceChildren(source.element);
        // words may be quoted twice, and are marked once
        const beside = (/** @type {Quoted} */ { start, end }) => end <= quote.start || start >= quote.end;
        const marked = quotes.filter((other) => other.source === quote.source && (other === quote || beside(other)));
        const marks = paint(source.element, marked);
        const own = marks.get(quote) ?? [];
        const read = own.map((mark) => mark.textContent).join("");
        const whole = quote.text === undefined ? [...read].length === quote.end - quote.start : read === quote.text;
        if (!own.length || !whole) {
            paint(source.element, []);
            return said(copyOf(column, quote.text === undefined ? "source_gone" : "source_changed"));
        }
        own.forEach((mark) => mark.classList.add("current"));
        let times = 4; // what content-visibility had left out gets its true height, and what that brings into sight
        const scroll = () => {
            bring(body, own[0], 0.4);
            if (times--) requestAnimationFrame(scroll);
        };
        scroll();
        return true;
    }

    /**
     * @param {Quoted} quote
     * @param {string} sha256
     * @param {number} mine
     */
    async function showPages(quote, sha256, mine) {
        const given = await pages.show({ ...quote, sha256 }, () => mine === turn);
        if (mine !== turn) return false;
        if (!given) {
            connection.whenBack(() => mine === turn && show(at));
            return said(copyOf(column, "no_server"));
        }
        if (given.error) return said(/** @type {Element} */ (fragment(given.error).firstElementChild));
        return quote.text === undefined || quote.text === given.text || said(copyOf(column, "source_changed"));
    }

    /** @param {Source} [source] the one shown, with a quote of it */
    function ways(source) {
        const shown = Boolean(source?.pages);
        part("[data-do=page]").hidden = !shown || onPage;
        part("[data-do=text]").hidden = !shown || !onPage;
        root.dataset.page = shown && onPage ? "open" : "closed";
    }

    /** @param {Element} element */
    function said(element) {
        body.replaceChildren(element);
        return false;
    }

    function steps() {
        part(".evidence-steps").hidden = at < 0;
        if (at < 0) return;
        part(".position").textContent = tell(quotes[at].text === undefined ? "passage_linked" : "position", {
            n: at + 1,
            count: quotes.length,
        });
        part("[data-do=previous]").toggleAttribute("disabled", at === 0);
        part("[data-do=next]").toggleAttribute("disabled", at === quotes.length - 1);
    }

    // One tab a source of the answer, and one for the list of all.
    function tabs() {
        const ids = [...new Set(quotes.map((quote) => quote.source))];
        const nameOf = (/** @type {string} */ id) =>
            sources.get(id)?.title ?? quotes.find((quote) => quote.source === id)?.title ?? id;
        const all = tab(tell("all_sources"), null, at < 0);
        const own = ids.map((id) => tab(nameOf(id), id, at >= 0 && quotes[at].source === id));
        part(".source-tabs").replaceChildren(all, ...own);
    }

    /**
     * @param {string} name
     * @param {string | null} id
     * @param {boolean} chosen
     */
    function tab(name, id, chosen) {
        const button = Object.assign(document.createElement("button"), { type: "button", dir: "auto" });
        button.textContent = name;
        button.title = name;
        button.dataset.do = "tab";
        if (id !== null) button.dataset.source = id;
        if (chosen) button.setAttribute("aria-current", "true");
        return button;
    }

    function showList() {
        turn += 1;
        at = -1;
        steps();
        tabs();
        ways();
        body.replaceChildren(fragment(list));
        listed();
    }

    /**
     * Look at the quotes of an answer, the one given first.
     * @param {Quoted[]} found
     * @param {number} index
     * @param {{focus?: boolean, link?: boolean, page?: boolean}} options
     */
    function look(found, index, options = {}) {
        quotes = found;
        onPage = Boolean(options.page);
        const shown = show(index, options);
        if (options.link) route.passage(quotes[index], onPage);
        return shown;
    }

    /** @param {number} by */
    function step(by) {
        if (at < 0 || !quotes[at + by]) return;
        route.passage(quotes[at + by], onPage);
        show(at + by);
    }

    /** @param {string} id */
    async function openSource(id) {
        const mine = ++turn;
        const source = await fetched(id);
        if (mine !== turn) return;
        if (source.sha256) paint(source.element, []);
        else connection.whenBack(() => mine === turn && openSource(id));
        ways();
        body.replaceChildren(source.element);
        body.scrollTop = 0;
    }

    actions.tab = ({ dataset }) => {
        if (dataset.source === undefined) return showList();
        return show(quotes.findIndex((quote) => quote.source === dataset.source));
    };
    actions.source = ({ dataset }) => openSource(String(dataset.source));
    actions.previous = () => step(-1);
    actions.next = () => step(1);
    actions.close = close;
    actions.link = () => copy(route.linkTo(quotes[at], onPage));
    const turned = (/** @type {boolean} */ page) => () => {
        onPage = page;
        route.passage(quotes[at], onPage);
        body.focus({ preventScroll: true }); // the button that was pressed goes
        return show(at);
    };
    const goTo = (/** @type {string} */ name) => (/** @type {HTMLElement} */ { dataset }) => {
        const found = find(body, `.${name}[data-note="${dataset.note}"]`);
        bring(body, found, 0.4);
        found.focus({ preventScroll: true });
    };
    actions.note = goTo("note-back");
    actions["note-back"] = goTo("note-mark");
    actions.page = turned(true);
    actions.text = turned(false);

    function follow() {
        const { passage } = route.now();
        const now = quotes[at]; // Back leads to a view beside which it is open still
        const same = passage && now?.source === passage.source && now.start === passage.start && now.end === passage.end;
        if (passage && !(same && isOpen())) look([passage], 0, { page: passage.page });
    }
    route.follow(follow);

    document.addEventListener("keydown", (event) => {
        if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey || !isOpen()) return;
        if (event.key === "ArrowRight") step(1);
        if (event.key === "ArrowLeft") step(-1);
    });

    return {
        look, close, isOpen, follow,
        /** @param {string} html */
        setList(html) {
            list = html;
            sources.clear(); // the corpus may have changed
            if (at < 0 && !route.now().passage) showList();
        },
        /** @param {string} id of a source, shown whole */
        read(id) {
            quotes = [];
            showList();
            open(true);
            return openSource(id);
        },
        reset() {
            quotes = [];
            showList();
        },
    };
}

// A quote on the pages of its PDF: the server gives the places of its words, and each page as a picture when it
// comes into sight, as wide as it is shown.

import { bring, find, findAll, fragment } from "./dom.js";
import { actions } from "./page.js";

/**
 * @import { Calls } from "./server.js"
 * @import { Place } from "./marks.js"
 */

const ZOOMS = [1, 1.6, 2.5];
const PAUSE = 1500; // before asking again for what is still being read, in ms

/**
 * @param {HTMLElement} body where it is shown
 * @param {Calls} calls
 */
export function pageView(body, calls) {
    let zoom = 0;
    /** @type {IntersectionObserver | null} */
    let watcher = null;

    /**
     * What the server gives once it is there; asked for again while it is being read.
     * @param {string} name
     * @param {object} asked
     * @param {() => boolean} wanted
     * @param {(html: string) => void} [waiting] tells that it takes a while
     */
    async function patiently(name, asked, wanted, waiting) {
        for (;;) {
            const given = await calls[name](asked);
            if (!given?.waiting || !wanted()) return given;
            waiting?.(given.waiting);
            await new Promise((done) => setTimeout(done, PAUSE));
            if (!wanted()) return given;
        }
    }

    /**
     * Shows a quote on its pages; gives what the server gave.
     * @param {Place & {sha256: string}} place
     * @param {() => boolean} wanted whether it still is
     */
    async function show({ source, sha256, start, end }, wanted) {
        const waiting = (/** @type {string} */ html) => body.replaceChildren(fragment(html));
        const given = await patiently("quote_page", { source, sha256, start, end }, wanted, waiting);
        if (!wanted() || !given?.html) return given;
        const view = /** @type {HTMLElement} */ (fragment(given.html).firstElementChild);
        watcher?.disconnect();
        const options = { root: body, rootMargin: "600px" };
        watcher = new IntersectionObserver((seen) => {
            for (const { isIntersecting, target } of seen) {
                if (isIntersecting) draw(/** @type {HTMLElement} */ (target), { source, sha256 });
            }
        }, options);
        body.replaceChildren(view);
        resize(0);
        bring(body, find(view, ".page-mark"), 0.4);
        return given;
    }

    /**
     * @param {HTMLElement} figure
     * @param {{source: string, sha256: string}} of
     */
    async function draw(figure, of) {
        const width = Math.ceil(figure.clientWidth * (devicePixelRatio || 1));
        if (width <= Number(figure.dataset.drawn ?? 0)) return;
        figure.dataset.drawn = String(width);
        const wanted = () => figure.isConnected && figure.dataset.drawn === String(width);
        const given = await patiently("page_picture", { ...of, page: Number(figure.dataset.page), width }, wanted);
        if (!wanted()) return;
        /** @type {HTMLImageElement} */
        const picture = find(figure, "img");
        if (given?.picture) {
            picture.src = given.picture;
            picture.hidden = false;
        } else if (picture.hidden) {
            delete figure.dataset.drawn;
            find(figure, ".sheet").replaceChildren(fragment(given?.error ?? ""));
        }
    }

    /** @param {number} by */
    function resize(by) {
        zoom = Math.min(ZOOMS.length - 1, Math.max(0, zoom + by));
        const view = body.querySelector(".page-view");
        if (!view) return;
        find(view, ".pages").style.setProperty("--zoom", `${100 * ZOOMS[zoom]}%`);
        find(view, "[data-do=page-smaller]").toggleAttribute("disabled", zoom === 0);
        find(view, "[data-do=page-larger]").toggleAttribute("disabled", zoom === ZOOMS.length - 1);
        for (const figure of findAll(view, ".page")) {
            watcher?.unobserve(figure);
            watcher?.observe(figure); // it is looked at again, in its new size
        }
        if (by) toMark();
    }

    // Zoomed, the page is wider than its frame: the words stay in sight.
    function toMark() {
        const [frame, mark] = [find(body, ".pages-frame"), find(body, ".page-mark")];
        bring(body, mark, 0.4);
        const [outer, inner] = [frame.getBoundingClientRect(), mark.getBoundingClientRect()];
        frame.scrollLeft += inner.left - outer.left - 16;
    }

    actions["page-larger"] = () => resize(1);
    actions["page-smaller"] = () => resize(-1);

    return { show };
}

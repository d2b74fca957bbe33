// The brief: made by the server while it says how far it is, then shown; kept by the browser with what its debater
// wants otherwise, which the server makes each time anew.

import { download, fileName } from "./clipboard.js";
import { quoteOf } from "./cards.js";
import { around, bring, copyOf, find, findAll, fragment } from "./dom.js";
import { dossier } from "./dossier.js";
import { actions, narrow, notify, tell, whenOpened } from "./page.js";
import { briefStore, NO_EDITS } from "./store.js";

/**
 * @import { Calls } from "./server.js"
 * @import { Edits } from "./store.js"
 * @import { Heard } from "./tools.js"
 */

const EVERY = 400; // milliseconds between two questions how far it is
const PATIENCE = 20; // so many of them may go unanswered

/**
 * @param {HTMLElement} tool
 * @param {Calls} calls
 * @param {() => Promise<void>} offers what the debate offers to the forms
 * @param {Heard} among
 */
export function preparing(tool, calls, offers, among) {
    /** @type {HTMLFormElement} */
    const form = find(tool, "form");
    /** @type {HTMLInputElement} */
    const motion = find(form, "[name=motion]");
    const said = find(tool, ".tool-said");
    const results = find(tool, ".tool-results");
    const progress = find(tool, ".prepare-progress");
    /** @type {HTMLProgressElement} */
    const bar = find(progress, "progress");
    /** @type {string | null} */
    let job = null;
    let read = false; // whether what the browser has kept is shown

    // --- making it ---

    /** @param {string} stage */
    function working(stage, done = 0, total = 0) {
        progress.hidden = false;
        find(progress, ".stage").textContent = stage;
        if (total) Object.assign(bar, { max: total, value: done });
        else bar.removeAttribute("value");
        if (said.textContent !== stage) said.textContent = stage;
        find(progress, ".stage").hidden = true; // the line beside the button says it
    }

    function rest(words = "") {
        job = null;
        progress.hidden = true;
        said.textContent = words;
        results.setAttribute("aria-busy", "false");
    }

    async function begin() {
        if (job) calls.brief_stop({ job });
        results.setAttribute("aria-busy", "true");
        working(tell("searching"));
        const begun = await calls.brief_begin({ motion: motion.value, ...among.asked() });
        if (!begun?.job) return failed(begun);
        job = begun.job;
        return follow(begun.job);
    }

    /** @param {any} [given] */
    function failed(given) {
        rest();
        results.replaceChildren(given?.error ? fragment(given.error) : copyOf(tool, "failed"));
    }

    /** @param {string} own */
    async function follow(own) {
        let unanswered = 0;
        while (job === own) {
            await new Promise((done) => setTimeout(done, EVERY));
            const news = job === own ? await calls.brief_news({ job: own }) : null;
            if (job !== own) return;
            unanswered = news ? 0 : unanswered + 1;
            if (unanswered > PATIENCE || news?.error) return failed(news);
            if (news?.record) {
                briefStore.write({ motion: motion.value, record: news.record, edits: NO_EDITS });
                rest();
                show(news);
                find(results, ".brief-title").focus();
                return;
            }
            if (news) working(news.stage, news.done, news.total);
        }
    }

    actions["brief-stop"] = () => {
        if (job) calls.brief_stop({ job });
        rest(tell("prepare_stopped"));
        motion.focus();
    };

    form.addEventListener("submit", (event) => {
        event.preventDefault();
        begin();
    });

    // --- showing it, as it is wanted ---

    /** @param {{html: string, said: string}} given */
    function show(given) {
        results.replaceChildren(fragment(given.html));
        said.textContent = given.said;
        tool.classList.add("shown");
    }

    /**
     * @param {Partial<Edits>} wanted
     * @returns {Promise<boolean>}
     */
    async function edit(wanted) {
        const kept = briefStore.read();
        if (!kept) return false;
        const edits = { ...kept.edits, ...wanted };
        const given = await calls.brief_show({ record: kept.record, edits });
        if (!given?.html) {
            notify(given?.error ? String(fragment(given.error).textContent) : tell("no_server"));
            return false;
        }
        briefStore.write({ ...kept, edits });
        const at = tool.scrollTop;
        show(given);
        tool.scrollTop = at;
        return true;
    }

    /**
     * @param {Partial<Edits>} wanted
     * @param {string} words
     */
    async function takeOut(wanted, words) {
        const before = briefStore.read()?.edits ?? NO_EDITS;
        const at = findAll(results, ".brief-argument").findIndex((each) => each.contains(document.activeElement));
        if (!(await edit(wanted))) return;
        const next = findAll(results, ".brief-argument h5")[at] ?? find(results, ".brief-title");
        next.focus({ preventScroll: true });
        notify(words, () => edit(before));
    }

    const edits = () => briefStore.read()?.edits ?? NO_EDITS;
    /** @param {HTMLElement} button */
    const idOf = (button) => String(around(button, ".brief-argument").dataset.argument);
    /** @param {string} id */
    const elementOf = (id) => /** @type {HTMLElement?} */ (results.querySelector(`[data-argument="${CSS.escape(id)}"]`));

    actions["brief-drop"] = (button) =>
        takeOut({ arguments: [...edits().arguments, idOf(button)] }, tell("prepare_argument_out"));

    actions["brief-drop-quote"] = (button) => {
        const { source, start, end } = quoteOf(button);
        return takeOut({ quotes: [...edits().quotes, [source, start, end]] }, tell("prepare_quote_out"));
    };

    /**
     * @param {HTMLElement} button
     * @param {number} by
     */
    async function move(button, by) {
        const id = idOf(button);
        const own = findAll(around(button, ".brief-side"), ".brief-argument").map((each) => String(each.dataset.argument));
        const at = own.indexOf(id);
        if (at + by < 0 || at + by >= own.length) return;
        const order = findAll(results, ".brief-argument").map((each) => String(each.dataset.argument));
        const [one, other] = [order.indexOf(id), order.indexOf(own[at + by])];
        [order[one], order[other]] = [order[other], order[one]];
        if (!(await edit({ order }))) return;
        const moved = elementOf(id);
        if (!moved) return;
        bring(tool, moved, 0.2);
        find(moved, `[data-do=${button.dataset.do}]`).focus({ preventScroll: true });
        said.textContent = tell("prepare_moved", { n: at + by + 1, count: own.length });
    }

    actions["brief-up"] = (button) => move(button, -1);
    actions["brief-down"] = (button) => move(button, 1);

    actions["brief-rename"] = (button) => {
        const id = idOf(button);
        const heading = find(around(button, ".brief-argument"), "h5");
        const own = String(around(button, ".brief-argument").dataset.own);
        const words = own || String(find(heading, "bdi").textContent);
        const field = Object.assign(document.createElement("input"), { value: words, maxLength: 200, dir: "auto" });
        field.setAttribute("aria-label", tell("prepare_rename"));
        field.className = "rename-heading";
        heading.replaceChildren(field);
        field.select();
        let settled = false;

        /** @param {boolean} keep */
        async function settle(keep) {
            if (settled) return;
            settled = true;
            const given = field.value.trim();
            const headings = { ...edits().headings, [id]: keep && given !== words ? given : own };
            await edit({ headings }); // an empty one gives the source's words back
            const again = elementOf(id);
            if (again) find(again, "[data-do=brief-rename]").focus({ preventScroll: true });
        }
        field.addEventListener("keydown", (event) => {
            if (event.key !== "Enter" && event.key !== "Escape") return;
            event.preventDefault();
            event.stopPropagation();
            settle(event.key === "Enter");
        });
        field.addEventListener("blur", () => settle(true));
    };

    // --- going through it ---

    actions["brief-go"] = (pressed) => {
        const heading = results.querySelector(`[data-anchor="${CSS.escape(String(pressed.dataset.to))}"]`);
        if (!(heading instanceof HTMLElement)) return;
        bring(tool, heading, 0.05);
        heading.focus({ preventScroll: true });
    };
    results.addEventListener("click", (event) => {
        if (event.target instanceof Element && event.target.closest(".map-link")) event.preventDefault();
    });

    // --- taking it along ---

    const asked = () => ({ record: briefStore.read()?.record, edits: edits() });

    /** @param {string} format */
    async function exported(format) {
        const given = await calls.brief_export({ ...asked(), format });
        if (given?.data) return { bytes: Uint8Array.from(atob(given.data), (byte) => byte.charCodeAt(0)), said: given.said };
        notify(given?.error ?? tell("no_server"));
        return null;
    }

    actions["brief-export"] = async ({ dataset }) => {
        const format = String(dataset.format);
        const made = await exported(format);
        if (!made) return;
        const name = fileName(briefStore.read()?.motion || tell("view_prepare"));
        download(`${name}.${format}`, made.bytes, "application/octet-stream");
        notify(made.said);
    };

    actions["brief-print"] = async () => {
        const made = await exported("html");
        if (!made) return;
        const frame = document.createElement("iframe");
        frame.title = tell("prepare_print");
        frame.className = "unseen";
        frame.srcdoc = new TextDecoder().decode(made.bytes);
        frame.addEventListener("load", () => {
            frame.contentWindow?.addEventListener("afterprint", () => frame.remove());
            frame.contentWindow?.print();
        });
        document.body.append(frame);
    };

    actions["brief-cards"] = () => dossier.take({ do: "add_brief", ...asked() }, tell("prepare_cards_added"));

    // --- opening the view ---

    async function readBack() {
        read = true;
        const kept = briefStore.read();
        if (!kept || job) return;
        motion.value = kept.motion;
        said.textContent = tell("searching");
        const given = await calls.brief_show({ record: kept.record, edits: kept.edits });
        if (job) return;
        if (given?.html) show(given);
        else said.textContent = "";
    }

    whenOpened("prepare", async () => {
        (narrow.matches ? find(tool, "h2") : motion).focus();
        if (read) return;
        await readBack();
        offers();
    });
}

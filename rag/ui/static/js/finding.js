// The search in the documents: the words as they stand, and what is near in meaning, each list as it comes.

import { find, findAll, fragment } from "./dom.js";
import { actions, tell } from "./page.js";

/** @import { Calls } from "./server.js" */

const FIRST = { words: 20, meaning: 8 }; // hits that are shown at first
const MOST = 200;

/**
 * @param {HTMLElement} panel
 * @param {Calls} calls
 * @param {(place: {source: string, sha256: string, title?: string, start: number, end: number}) => void} look
 */
export function finding(panel, calls, look) {
    /** @type {HTMLFormElement} */
    const form = find(panel, ".finding");
    /** @type {HTMLInputElement} */
    const box = find(form, "[name=query]");
    const error = find(panel, ".finding-error");
    const names = /** @type {const} */ (["words", "meaning"]);
    const counts = { ...FIRST };
    let turn = 0; // a later search overtakes an earlier one

    /** @param {string} name */
    const listOf = (name) => find(panel, `.found-${name}`);

    /** @param {"words" | "meaning"} name */
    async function fill(name) {
        const mine = turn;
        const list = listOf(name);
        list.hidden = false;
        list.setAttribute("aria-busy", "true");
        find(list, ".found-said").textContent = tell("searching");
        const asked = { ...Object.fromEntries(new FormData(form)), count: counts[name] };
        const given = await calls[`find_${name}`](asked);
        if (mine !== turn) return;
        list.setAttribute("aria-busy", "false");
        find(list, ".found-said").textContent = given?.said ?? "";
        find(list, ".hits").replaceChildren(fragment(given?.html ?? ""));
        find(list, "[data-do=find-more]").hidden = !given?.more || counts[name] >= MOST;
        if (given?.html === undefined) {
            list.hidden = true;
            error.replaceChildren(given ? fragment(given.error) : tell("no_server"));
        }
    }

    function clear() {
        turn += 1;
        error.replaceChildren();
        for (const name of names) {
            counts[name] = FIRST[name];
            listOf(name).hidden = true;
            find(listOf(name), ".hits").replaceChildren();
        }
    }

    function search() {
        clear();
        if (box.value.trim()) names.forEach(fill);
    }

    form.addEventListener("submit", (event) => {
        event.preventDefault();
        search();
    });
    form.addEventListener("change", ({ target }) => target !== box && search()); // a filter
    box.addEventListener("input", () => !box.value && clear()); // the cross of the box, too

    actions["find-clear"] = () => {
        form.reset();
        clear();
        box.focus();
    };
    actions["find-more"] = async ({ dataset }) => {
        const name = dataset.list === "words" ? "words" : "meaning";
        const before = findAll(listOf(name), ".hit").length;
        counts[name] += counts[name];
        await fill(name);
        findAll(listOf(name), ".hit-open")[before]?.focus();
    };
    actions["open-hit"] = ({ dataset: { source, sha256, title, start, end } }) =>
        look({ source: String(source), sha256: String(sha256), title, start: Number(start), end: Number(end) });

    // From the box down through the hits and back.
    panel.addEventListener("keydown", (event) => {
        const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        const target = /** @type {HTMLElement} */ (event.target);
        if (!by || !(target === box || target.matches(".hit-open"))) return;
        const stops = [box, ...findAll(panel, ".hit-open")];
        const next = stops[stops.indexOf(target) + by];
        if (!next) return;
        event.preventDefault();
        next.focus();
    });

    return {
        focus: () => {
            box.focus();
            box.select();
        },
        // The filters offer what there is now; what was chosen stays where it still is.
        async offer() {
            const given = await calls.find_filters({});
            form.hidden = !given?.source; // there is nothing to search yet
            for (const [name, options] of Object.entries(given ?? {})) {
                /** @type {HTMLSelectElement | null} */
                const select = form.querySelector(`select[name="${CSS.escape(name)}"]`);
                if (!select) continue;
                const chosen = select.value;
                select.innerHTML = options;
                if ([...select.options].some(({ value }) => value === chosen)) select.value = chosen;
                /** @type {HTMLElement} */ (select.parentElement).hidden = select.options.length < 2;
            }
        },
    };
}

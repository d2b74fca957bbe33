// Training: the questions of a session one after the other, those not got once more at the end. What is to come
// back is remembered by this browser.

import { copyOf, find, findAll, fragment } from "./dom.js";
import { changing } from "./merging.js";
import { actions, notify, tell } from "./page.js";
import { own } from "./settings.js";

/** @import { Calls } from "./server.js" */

/**
 * @param {HTMLElement} tool
 * @param {Calls} calls
 */
export function training(tool, calls) {
    const results = find(tool, ".tool-results");
    /** @type {object | null} */
    let unsaved = null; // the state, where the browser keeps none
    /** @type {HTMLElement[]} */
    let queue = []; // articles still to be asked
    let done = 0;
    /** @type {HTMLElement | null} */
    let current = null;
    let score = "";
    let among = {}; // whom the session is about
    /** @type {Set<HTMLElement>} */
    const again = new Set();

    function remembered() {
        try { return JSON.parse(localStorage.getItem(own("drill")) ?? "null") ?? unsaved; } catch { return unsaved; }
    }

    /**
     * What the server makes of the state, as it is when that is kept: another window may train, too.
     * @param {(state: object) => Promise<any>} call
     */
    const graded = (call) => changing("drill", remembered, call, (given) => given?.state && took(given));

    /** @param {object} state */
    function remember(state) {
        unsaved = state;
        try { localStorage.setItem(own("drill"), JSON.stringify(state)); } catch { /* then for this visit only */ }
    }

    function next() {
        if (current) current.hidden = true;
        current = queue.shift() ?? null;
        if (!current) {
            const end = find(results, ".drill-score");
            end.innerHTML = score;
            end.focus();
            return;
        }
        done += 1;
        current.hidden = false;
        find(current, ".drill-answer").hidden = false;
        /** @type {HTMLTextAreaElement} */ (find(current, "textarea")).value = "";
        find(current, ".drill-grade").replaceChildren();
        const progress = tell("drill_progress", { number: done, count: done + queue.length });
        find(current, ".drill-progress").textContent = progress;
        find(current, "h3").focus();
    }

    /** @param {string} text */
    async function answer(text) {
        const asked = current;
        if (!asked) return;
        const grade = find(asked, ".drill-grade");
        const buttons = findAll(asked, ".drill-answer button");
        buttons.forEach((button) => button.toggleAttribute("disabled", true));
        const given = await graded((state) => calls.drill_grade({ ...among, state, id: asked.dataset.id, answer: text }));
        buttons.forEach((button) => button.toggleAttribute("disabled", false));
        if (asked !== current) return;
        grade.replaceChildren(given ? fragment(given.html ?? given.error) : copyOf(tool, "failed"));
        if (!given?.html) return;
        find(asked, ".drill-answer").hidden = true;
        find(grade, ".verdict").focus();
        if (given.verdict !== "got" && !again.has(asked)) queue.push(asked);
        again.add(asked);
    }

    /** @param {{state: object, score: string}} given */
    function took(given) {
        remember(given.state);
        score = given.score;
    }

    results.addEventListener("submit", (event) => {
        event.preventDefault();
        answer(/** @type {HTMLFormElement} */ (event.target).answer.value);
    });
    results.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
        /** @type {HTMLTextAreaElement} */ (event.target).form?.requestSubmit();
    });

    actions["drill-pass"] = () => answer("");
    actions["drill-next"] = next;
    actions["drill-overrule"] = async (button) => {
        const given = await graded((state) => calls.drill_overrule({ state, id: current?.dataset.id }));
        if (!given?.state) return notify(given?.error ? String(fragment(given.error).textContent) : tell("no_server"));
        queue = queue.filter((article) => article !== current);
        button.hidden = true;
        return next();
    };

    return {
        asked: () => ({ state: remembered() }),
        /**
         * @param {{state: object}} given
         * @param {object} heard
         */
        shown(given, heard) {
            among = heard;
            remember(given.state);
            queue = findAll(results, ".drill-question");
            [done, current, score] = [0, null, ""];
            again.clear();
            next();
        },
    };
}

// The views of the debate tools: each sends its form, and shows what comes of it. They stand in the desk, beside
// the column of the sources.

import { around, copyOf, find, findAll, fragment } from "./dom.js";
import { training } from "./drill.js";
import { actions, narrow, showView, tell, viewOpened } from "./page.js";

/** @import { Calls } from "./page.js" */

/**
 * @param {HTMLElement} root
 * @param {Calls} calls
 */
export function tools(root, calls) {
    const offers = async () => {
        const given = await calls.offers({});
        if (!given || given.error) return;
        find(root, "#attributed-names").innerHTML = given.names;
        for (const name of ["rebut", "drill"]) {
            /** @type {HTMLSelectElement} */
            const side = find(root, `[data-tool=${name}] [name=side]`);
            const chosen = side.value;
            side.innerHTML = given.sides[name];
            if ([...side.options].some(({ value, disabled }) => value === chosen && !disabled)) side.value = chosen;
        }
        for (const name of ["verify", "rebut"]) {
            find(root, `[data-tool=${name}] .tool-example`).innerHTML = given[name];
        }
    };

    /** @param {HTMLElement} tool */
    function prepare(tool) {
        const name = String(tool.dataset.tool);
        /** @type {HTMLFormElement} */
        const form = find(tool, "form");
        const said = find(tool, ".tool-said");
        const results = find(tool, ".tool-results");
        const own = name === "drill" ? training(tool, calls) : null;
        let turn = 0; // a later request overtakes an earlier one

        async function send() {
            const mine = ++turn;
            said.textContent = tell("searching");
            results.setAttribute("aria-busy", "true");
            const given = await calls[name]({ ...Object.fromEntries(new FormData(form)), ...own?.asked() });
            if (mine !== turn) return;
            said.textContent = given?.said ?? "";
            results.replaceChildren(given ? fragment(given.html ?? given.error) : copyOf(tool, "failed"));
            results.setAttribute("aria-busy", "false");
            tool.classList.toggle("shown", Boolean(given?.html));
            if (given?.html) own?.shown(given);
        }

        form.addEventListener("submit", (event) => {
            event.preventDefault();
            send();
        });
        form.addEventListener("keydown", (event) => {
            if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
        });
        viewOpened[name] = () => {
            offers();
            (narrow.matches ? find(tool, "h2") : /** @type {HTMLElement} */ (form.elements[0])).focus();
        };
    }

    actions.example = (button) => {
        /** @type {HTMLFormElement} */
        const form = find(around(button, ".tool"), "form");
        for (const [key, value] of Object.entries(button.dataset)) {
            const field = key.startsWith("field") && form.elements.namedItem(key.slice(5).toLowerCase());
            if (field) /** @type {HTMLInputElement} */ (field).value = String(value);
        }
        form.requestSubmit();
    };

    actions["open-face"] = ({ dataset }) => {
        /** @type {HTMLFormElement} */
        const form = find(root, "[data-tool=face] form");
        /** @type {HTMLInputElement} */
        const motion = find(form, "[name=motion]");
        motion.value = String(dataset.motion ?? "");
        showView("face");
        form.requestSubmit();
    };

    findAll(root, ".tool").forEach(prepare);
}

// The views of the debate tools: each sends its form, and shows what comes of it. They stand in the desk, beside
// the column of the sources.

import { answering } from "./counter.js";
import { around, copyOf, find, findAll, fragment } from "./dom.js";
import { training } from "./drill.js";
import { facing } from "./facing.js";
import { actions, narrow, showView, tell, whenOpened } from "./page.js";
import { preparing } from "./preparing.js";
import { route } from "./route.js";
import { connection } from "./server.js";

/**
 * @import { Route } from "./route.js"
 * @import { Calls } from "./server.js"
 */

/**
 * A field's value is set, as one that is written or chosen.
 * @param {HTMLFormElement} form
 * @param {Record<string, string>} fields
 */
function fill(form, fields) {
    for (const [name, value] of Object.entries(fields)) {
        const field = /** @type {HTMLInputElement | RadioNodeList | null} */ (form.elements.namedItem(name));
        if (field instanceof HTMLInputElement && field.type === "checkbox") field.checked = value === field.value;
        else if (field) field.value = value;
    }
}

/** @type {(a: Record<string, string>, b: Record<string, string>) => boolean} */
const same = (a, b) => String(new URLSearchParams(a)) === String(new URLSearchParams(b));

/** @typedef {{show: () => void, named: () => string[], heard: () => object, asked: () => object}} Heard whom the tools hear, of scope.js */

// For what hands words to a tool: fills in its form and sends it; `extra` is sent this once.
export const handing = {
    open: /** @type {(name: string, fields: Record<string, string>, extra?: object) => unknown} */ (() => {}),
};

/**
 * @param {HTMLElement} root
 * @param {Calls} calls
 * @param {Heard} asked
 */
export function tools(root, calls, asked) {
    let offered = Promise.resolve();

    const offers = async () => {
        const given = await calls.offers({});
        if (!given) connection.whenBack(offers);
        if (!given || given.error) return;
        find(root, "#attributed-names").innerHTML = given.names;
        /** @type {HTMLInputElement} */
        const motion = find(root, "[data-tool=prepare] [name=motion]");
        if (!motion.value && !motion.dataset.offered) motion.value = given.motion; // once: it may be emptied
        motion.dataset.offered = "yes";
        for (const name of ["rebut", "counter", "drill"]) {
            /** @type {HTMLSelectElement} */
            const side = find(root, `[data-tool=${name}] [name=side]`);
            const chosen = side.value;
            side.innerHTML = given.sides[name];
            if ([...side.options].some(({ value, disabled }) => value === chosen && !disabled)) side.value = chosen;
        }
        for (const name of ["verify", "face", "rebut"]) {
            find(root, `[data-tool=${name}] .tool-example`).innerHTML = given[name];
        }
        for (const choices of findAll(root, ".among-choices")) choices.innerHTML = given.among;
        asked.show();
    };

    /** @type {Record<string, (extra?: object) => unknown>} */
    const sends = {};

    /** @param {HTMLElement} tool */
    function prepare(tool) {
        const name = String(tool.dataset.tool);
        const scoped = tool.querySelector(".among") !== null;
        /** @type {HTMLFormElement} */
        const form = find(tool, "form");
        const said = find(tool, ".tool-said");
        const results = find(tool, ".tool-results");
        const trains = name === "drill";
        const own = trains ? training(tool, calls) : name === "face" ? facing(tool) : null;
        const speech = name === "counter" ? answering(tool, calls, asked) : null;
        let turn = 0; // a later request overtakes an earlier one
        /** @type {Record<string, string>} */
        let sent = {};
        const fields = () => /** @type {Record<string, string>} */ (Object.fromEntries(new FormData(form)));

        async function send(extra = {}) {
            const mine = ++turn;
            sent = fields();
            if (!trains) route.asked(sent); // a session of training is nobody else's
            const among = scoped ? { ...asked.heard(), ...extra } : extra;
            const names = scoped && !("elsewhere" in extra) ? asked.named() : [];
            said.textContent = tell("searching");
            results.setAttribute("aria-busy", "true");
            const given = await calls[name]({ ...sent, ...among, ...own?.asked() });
            if (mine !== turn) return;
            if (!given) connection.whenBack(() => mine === turn && send(extra));
            const summary = given?.said ?? "";
            said.textContent = names.length && given?.html ? tell("among_said", { said: summary, names: names.join(", ") }) : summary;
            results.replaceChildren(given ? fragment(given.html ?? given.error) : copyOf(tool, "failed"));
            results.setAttribute("aria-busy", "false");
            tool.classList.toggle("shown", Boolean(given?.html));
            if (given?.html) own?.shown(given, among);
        }
        sends[name] = send;

        form.addEventListener("submit", (event) => {
            event.preventDefault();
            if (speech) speech.whole();
            else send();
        });
        form.addEventListener("keydown", (event) => {
            if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
        });
        whenOpened(name, async (/** @type {Route} */ { asked: wanted }) => {
            speech?.opened();
            (narrow.matches ? find(tool, "h2") : /** @type {HTMLElement} */ (form.elements[0])).focus();
            offered = offers(); // sides to choose from
            const asks = Object.keys(wanted).length > 0;
            if (!asks && !trains) route.asked(sent); // as it still stands there
            if (!asks || trains || same(wanted, sent)) return;
            form.reset();
            await offered;
            fill(form, wanted);
            send();
        });
    }

    actions.example = (button) => {
        /** @type {HTMLFormElement} */
        const form = find(around(button, ".tool"), "form");
        for (const [key, value] of Object.entries(button.dataset)) {
            if (key.startsWith("field")) fill(form, { [key.slice(5).toLowerCase()]: String(value) });
        }
        form.requestSubmit();
    };

    actions["open-face"] = ({ dataset }) => {
        showView("face", { motion: String(dataset.motion ?? "") });
    };

    handing.open = async (name, fields, extra) => {
        showView(name);
        await offered; // the sides that the form can be given
        /** @type {HTMLFormElement} */
        const form = find(root, `[data-tool=${name}] form`);
        fill(form, fields);
        sends[name](extra);
    };

    for (const tool of findAll(root, ".tool")) {
        if (tool.dataset.tool === "prepare") preparing(tool, calls, offers, asked);
        else prepare(tool);
    }
}

// What is asked, only some sides or sources or all, and who writes the answer.

import { find, findAll } from "./dom.js";
import { actions } from "./page.js";
import { settings } from "./settings.js";

/** @import { Conversation, Scope } from "./store.js" */

/**
 * @param {HTMLElement} chat
 * @param {object} desk
 * @param {() => Conversation} desk.current the conversation shown, which remembers its scope
 * @param {(changed: Conversation) => void} desk.save
 */
export function scope(chat, { current, save }) {
    const chosen = () => (current().scope ??= { sides: [], sources: [] });

    function show() {
        const { sides, sources } = chosen();
        for (const button of findAll(document, "button[data-do=scope]")) {
            const { side, source } = button.dataset;
            const pressed = side ? sides.includes(side) : sources.some(({ id }) => id === source);
            button.setAttribute("aria-pressed", String(pressed));
        }
        find(chat, ".scoped").hidden = !sides.length && !sources.length;
        find(chat, ".scoped bdi").textContent = [...sides, ...sources.map(({ title }) => title)].join(", ");
    }

    /** @param {Scope} changed */
    function set(changed) {
        const conversation = current();
        conversation.scope = changed;
        if (conversation.turns.length) save(conversation);
        show();
    }

    actions.scope = ({ dataset: { side, source, title } }) => {
        const { sides, sources } = chosen();
        if (side) {
            set({ sources, sides: sides.includes(side) ? sides.filter((s) => s !== side) : [...sides, side] });
        } else if (source) {
            const others = sources.filter(({ id }) => id !== source);
            set({ sides, sources: others.length < sources.length ? others : [...sources, { id: source, title }] });
        }
    };
    actions["scope-all"] = () => set({ sides: [], sources: [] });

    // Who writes the answers: the model, or nobody; where there is no model there is no choice.
    /** @type {HTMLInputElement[]} */
    const writers = findAll(chat, ".who-writes input");
    for (const writer of writers) {
        if (settings.get("llm") !== null) writer.checked = writer.value === settings.get("llm");
        writer.addEventListener("change", () => settings.set("llm", writer.value));
    }

    return {
        show,
        // As the server is asked.
        asked() {
            const { sides, sources } = chosen();
            const llm = writers.find(({ checked }) => checked)?.value !== "0";
            return { sides, sources: sources.map(({ id }) => id), llm };
        },
    };
}

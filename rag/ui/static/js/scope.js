// What is asked, only some sides or sources or all, and who writes the answer.

import { find, findAll } from "./dom.js";
import { actions, tell } from "./page.js";
import { settings } from "./settings.js";

/** @import { Conversation, Scope } from "./store.js" */

/**
 * @param {HTMLElement} chat
 * @param {object} desk
 * @param {() => Conversation} desk.current the conversation shown, which remembers its scope
 * @param {(changed: Conversation) => void} desk.save
 */
export function scope(chat, { current, save }) {
    const chosen = () => {
        const { sides, sources, speakers = [] } = (current().scope ??= { sides: [], sources: [] });
        return { sides, sources, speakers };
    };

    function show() {
        const { sides, sources, speakers } = chosen();
        for (const button of findAll(document, "button[data-do=scope]")) {
            const { side, source, speaker } = button.dataset;
            const one = speaker ? speakers.includes(speaker) : sources.some(({ id }) => id === source);
            const pressed = side ? sides.includes(side) : one;
            button.setAttribute("aria-pressed", String(pressed));
        }
        const names = named();
        find(chat, ".scoped").hidden = !names.length;
        find(chat, ".scoped bdi").textContent = names.join(", ");
        for (const told of findAll(document, ".among > summary bdi")) {
            told.textContent = names.length ? names.join(", ") : tell("among_all");
        }
        dispatchEvent(new Event("scope"));
    }

    const named = () => {
        const { sides, sources, speakers } = chosen();
        return [...sides, ...speakers, ...sources.map(({ id, title }) => title ?? id)];
    };

    /** @param {Scope} changed */
    function set(changed) {
        const conversation = current();
        conversation.scope = changed;
        if (conversation.turns.length) save(conversation);
        show();
    }

    /** @type {(names: string[], name: string) => string[]} */
    const turned = (names, name) => (names.includes(name) ? names.filter((n) => n !== name) : [...names, name]);

    actions.scope = ({ dataset: { side, source, speaker, title } }) => {
        const { sides, sources, speakers } = chosen();
        if (side) {
            set({ sources, speakers, sides: turned(sides, side) });
        } else if (speaker) {
            set({ sides, sources, speakers: turned(speakers, speaker) });
        } else if (source) {
            const others = sources.filter(({ id }) => id !== source);
            const changed = others.length < sources.length ? others : [...sources, { id: source, title }];
            set({ sides, speakers, sources: changed });
        }
    };
    actions["scope-all"] = () => set({ sides: [], sources: [], speakers: [] });

    // Who writes the answers: the model, or nobody; where there is no model there is no choice.
    /** @type {HTMLInputElement[]} */
    const writers = findAll(chat, ".who-writes input");
    for (const writer of writers) {
        if (settings.get("llm") !== null) writer.checked = writer.value === settings.get("llm");
        writer.addEventListener("change", () => settings.set("llm", writer.value));
    }

    // Whom the tools hear, as the server is told.
    const heard = () => {
        const { sides, sources, speakers } = chosen();
        return { sides, sources: sources.map(({ id }) => id), speakers };
    };

    return {
        show,
        named,
        heard,
        // As the server is asked.
        asked: () => ({ ...heard(), llm: writers.find(({ checked }) => checked)?.value !== "0" }),
    };
}

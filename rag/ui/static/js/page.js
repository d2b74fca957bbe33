// The page as a whole: language, appearance, views, short messages. Python makes all the HTML and all the
// words; these scripts put them in their place.

import { find, findAll, fragment } from "./dom.js";
import { lang, settings } from "./settings.js";

/**
 * @typedef {Record<string, (asked: object) => Promise<any>>} Calls of the server
 *
 * @typedef {object} Component what Gradio gives the script of one
 * @property {HTMLElement} element
 * @property {any} props what Python gave it: `frames` by language, …; `value` changes
 * @property {(name: string, changed: () => void) => void} watch
 * @property {Calls} server
 */

/**
 * What is pressed: each button says in data-do which of these it stands for.
 * @type {Record<string, (pressed: HTMLElement) => unknown>}
 */
export const actions = {};
document.addEventListener("click", ({ target }) => {
    const pressed = /** @type {HTMLElement?} */ (target instanceof Element && target.closest("[data-do]"));
    if (pressed) actions[String(pressed.dataset.do)]?.(pressed);
});

document.documentElement.lang = lang; // Gradio says "en" whatever language the page is in

// As in the style sheets: where the sources are a sheet, and where the conversations are a drawer.
export const narrow = matchMedia("(max-width: 52rem)");
export const medium = matchMedia("(max-width: 75rem)");

/** @type {Record<string, string>} */
let words = {}; // the catalogue in the page's language

/** @param {Record<string, Record<string, string>>} catalogue by language */
export function learn(catalogue) {
    words = catalogue[lang];
}

/**
 * @param {string} key
 * @param {Record<string, string | number>} values
 */
export const tell = (key, values = {}) =>
    Object.entries(values).reduce((text, [name, value]) => text.replaceAll(`{${name}}`, String(value)), words[key]);

/**
 * The calls of the server, each giving undefined where there is no answer.
 * @param {Calls} server
 * @returns {Calls}
 */
export function safely(server) {
    /** @param {Calls[string]} call */
    const safe = (call) => async (/** @type {object} */ asked) => {
        try {
            return (await call({ lang, ...asked })) ?? undefined;
        } catch {
            return undefined;
        }
    };
    return Object.fromEntries(Object.entries(server).map(([name, call]) => [name, safe(call)]));
}

/**
 * A component's frame, filled in the page's language.
 * @param {HTMLElement} element
 * @param {any} props
 */
export function framed(element, props) {
    const frame = find(element, ".frame");
    frame.innerHTML = props.frames[lang];
    return frame;
}

// --- appearance and language ---

actions.theme = () => {
    settings.set("theme", document.body.classList.toggle("dark") ? "dark" : "light");
};

actions.language = ({ dataset }) => {
    settings.set("language", String(dataset.language));
    location.reload();
};

/**
 * @param {HTMLElement} element
 * @param {any} props
 */
export function masthead(element, props) {
    const theme = settings.get("theme");
    if (theme) document.body.classList.toggle("dark", theme === "dark");
    framed(element, props);
    element.append(fragment('<div class="toast" role="status"></div>')); // of all views
    showView("chat");
}

// Gradio's description of the API; its own way to it, a footer, is out of sight.
actions.api = () => find(document, "footer .show-api").click();

// --- views ---

/**
 * What to do when a view is opened.
 * @type {Record<string, () => unknown>}
 */
export const viewOpened = {};

/** @param {string} name */
export function showView(name) {
    document.body.dataset.view = name;
    for (const button of findAll(document, ".views button")) {
        button.setAttribute("aria-pressed", String(button.dataset.view === name));
    }
    const [nav, chosen] = [find(document, ".views"), find(document, `.views [data-view=${name}]`)];
    nav.scrollLeft = chosen.offsetLeft - (nav.clientWidth - chosen.offsetWidth) / 2; // on a phone they do not all fit
    viewOpened[name]?.();
}

actions.view = ({ dataset }) => showView(String(dataset.view));

// --- short messages ---

/** @type {number | undefined} */
let timer;

/**
 * Says something for a while, with a way to take back what was done.
 * @param {string} text
 * @param {() => void} [undo]
 */
export function notify(text, undo) {
    const note = find(document, ".toast");
    note.replaceChildren(Object.assign(document.createElement("span"), { textContent: text }));
    if (undo) {
        const button = Object.assign(document.createElement("button"), { textContent: tell("undo") });
        button.addEventListener("click", () => { undo(); note.replaceChildren(); });
        note.append(button);
    }
    clearTimeout(timer);
    timer = setTimeout(() => note.replaceChildren(), undo ? 12000 : 6000);
}

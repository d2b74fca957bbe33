// The page as a whole: language, appearance, views, short messages. Python makes all the HTML and all the
// words; these scripts put them in their place.

import { find, findAll, fragment } from "./dom.js";
import { route } from "./route.js";
import { connection, refused } from "./server.js";
import { lang, settings } from "./settings.js";

/**
 * @import { Route } from "./route.js"
 * @import { Calls } from "./server.js"
 *
 * @typedef {object} Component what Gradio gives the script of one
 * @property {HTMLElement} element
 * @property {any} props what Python gave it: `frames` by language, …
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
    Object.entries(values).reduce((text, [name, value]) => text.replaceAll(`{${name}}`, () => String(value)), words[key]);

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
    addressed(framed(element, props));
    element.append(fragment('<div class="toast" role="status"></div>')); // of all views
    present(route.now());
}

/**
 * @param {HTMLElement} element
 * @param {any} props
 */
export function footer(element, props) {
    addressed(framed(element, props));
    if (isThere(route.now().view) && route.now().view !== current()) present(route.now()); // a view of its own
}

actions["try-server"] = connection.look;

// Gradio's description of the API; its own way to it, a footer, is out of sight.
actions.api = () => find(document, "footer .show-api").click();

// --- views ---

const FIRST = "chat";
/** @type {Record<string, (route: Route) => unknown>} */
const opened = {};
const isThere = (/** @type {string} */ name) => document.querySelector(`a[data-view="${CSS.escape(name)}"]`) !== null;
const current = () => document.body.dataset.view;

/**
 * What to do when a view is opened, as the page may have been by its address.
 * @param {string} name
 * @param {(route: Route) => unknown} open
 */
export function whenOpened(name, open) {
    opened[name] = open;
    if (name === current()) open(route.now());
}

/** Links to views, which open in this window unless another is wanted. @param {HTMLElement} frame */
function addressed(frame) {
    for (const link of /** @type {HTMLAnchorElement[]} */ (findAll(frame, "a[data-view]"))) {
        link.href = route.to(String(link.dataset.view));
        link.addEventListener("click", (event) => {
            if (event.ctrlKey || event.metaKey || event.shiftKey) return;
            event.preventDefault();
            showView(String(link.dataset.view));
        });
    }
}

/** @param {Route} shown */
function present(shown) {
    const name = isThere(shown.view) ? shown.view : FIRST;
    document.body.dataset.view = name;
    for (const link of findAll(document, "a[data-view]")) {
        if (link.dataset.view === name) link.setAttribute("aria-current", "page");
        else link.removeAttribute("aria-current");
    }
    titled();
    opened[name]?.(shown);
    dispatchEvent(new CustomEvent("view")); // another is shown
}

/** The window is called after the view, the debate, the program. */
export function titled() {
    const named = [".masthead .debate-title", ".masthead h1"].map((name) => find(document, name).textContent);
    const view = find(document, `a[data-view=${current()}]`).textContent;
    document.title = [view, ...named].filter(Boolean).join(" · ");
}

/**
 * @param {string} name
 * @param {Record<string, string>} [asked] what its form is sent with
 */
export function showView(name, asked) {
    route.view(name, asked);
    present(route.now());
}

route.follow(present);

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

refused.say = notify;

// The page as a whole: language, appearance, views, short messages. Python makes all the HTML and all the
// words; these scripts put them in their place.

// What is pressed: each button says in data-do which of these it stands for.
const actions = {};
document.addEventListener("click", ({ target }) => {
    const pressed = target.closest?.("[data-do]");
    if (pressed) actions[pressed.dataset.do]?.(pressed);
});

// Small settings that outlive the visit, where the browser lets us keep any.
const settings = {
    get(name) {
        try { return localStorage.getItem(`replique.${name}`); } catch { return null; }
    },
    set(name, value) {
        try { localStorage.setItem(`replique.${name}`, value); } catch { /* then for this visit only */ }
    },
};

// Which conversation this window shows; a new window begins with the last one shown.
const lastShown = {
    get() {
        try { return sessionStorage.getItem("replique.current") ?? settings.get("current"); } catch { return null; }
    },
    set(id) {
        try { sessionStorage.setItem("replique.current", id); } catch { /* no storage */ }
        settings.set("current", id);
    },
};

const lang = settings.get("language") || (/^fr/i.test(navigator.language) ? "fr" : "en");
document.documentElement.lang = lang; // Gradio says "en" whatever language the page is in

// As in page.css: where the sources are a sheet, and where the conversations are a drawer.
const narrow = matchMedia("(max-width: 52rem)");
const medium = matchMedia("(max-width: 75rem)");

let words = {}; // the catalogue in the page's language
const tell = (key, values = {}) =>
    Object.entries(values).reduce((text, [name, value]) => text.replaceAll(`{${name}}`, value), words[key]);

// A call of the server that gives undefined where there is no answer.
const safely = (call) => async (asked) => {
    try {
        return (await call({ lang, ...asked })) ?? undefined;
    } catch {
        return undefined;
    }
};

function fragment(html) {
    const template = document.createElement("template");
    template.innerHTML = html;
    return template.content;
}

const copyOf = (root, name) =>
    root.querySelector(`template.t-${name}`).content.firstElementChild.cloneNode(true);

// scrollIntoView would move the page as well, which is to stay where it is.
function bring(scroller, element, part) {
    const [frame, box] = [scroller.getBoundingClientRect(), element.getBoundingClientRect()];
    scroller.scrollTop += box.top - frame.top - Math.max(0, frame.height - box.height) * part;
}

const isTyping = (element) => element.matches?.("input, textarea, select, [contenteditable]");

// --- appearance and language ---

actions.theme = () => {
    settings.set("theme", document.body.classList.toggle("dark") ? "dark" : "light");
};

actions.language = ({ dataset }) => {
    settings.set("language", dataset.language);
    location.reload();
};

function masthead(element, props) {
    const theme = settings.get("theme");
    if (theme) document.body.classList.toggle("dark", theme === "dark");
    element.querySelector(".frame").innerHTML = props.frames[lang];
    element.append(fragment('<div class="toast" role="status"></div>')); // of all views
    showView("chat");
}

// Gradio's description of the API; its own way to it, a footer, is out of sight.
actions.api = () => document.querySelector("footer .show-api").click();

// --- views ---

const viewOpened = {}; // what to do when a view is opened

function showView(name) {
    document.body.dataset.view = name;
    for (const button of document.querySelectorAll(".views button")) {
        button.setAttribute("aria-pressed", button.dataset.view === name);
    }
    const [nav, chosen] = [document.querySelector(".views"), document.querySelector(`.views [data-view=${name}]`)];
    nav.scrollLeft = chosen.offsetLeft - (nav.clientWidth - chosen.offsetWidth) / 2; // on a phone they do not all fit
    viewOpened[name]?.();
}

actions.view = ({ dataset }) => showView(dataset.view);

// --- short messages ---

// Says something for a while, with a way to take back what was done.
function notify(text, undo) {
    const note = document.querySelector(".toast");
    note.replaceChildren(Object.assign(document.createElement("span"), { textContent: text }));
    if (undo) {
        const button = Object.assign(document.createElement("button"), { textContent: tell("undo") });
        button.addEventListener("click", () => { undo(); note.replaceChildren(); });
        note.append(button);
    }
    clearTimeout(notify.timer);
    notify.timer = setTimeout(() => note.replaceChildren(), undo ? 12000 : 6000);
}

"""The page's JavaScript and templates."""

ON_LOAD = """
() => {
    // Gradio says "en" whatever language the page is in.
    document.documentElement.lang = /^fr/i.test(navigator.language) ? "fr" : "en";

    document.addEventListener("click", ({ target }) => {
        const chosen = target.closest(".views button");
        if (!chosen) return;
        document.body.dataset.view = chosen.dataset.view;
        for (const button of chosen.parentElement.children) {
            button.setAttribute("aria-pressed", button === chosen);
        }
    });
}
"""

TRANSCRIPT_TEMPLATE = '<div class="transcript" role="log" aria-live="polite" aria-label="Réplique"></div>'

TRANSCRIPT = """
// The value is a list of turns: {question, parts, failed}. A part is the HTML of one element.
// Parts that have not changed are left alone, so that what is open, selected or being read stays so.
const log = element.querySelector(".transcript");
const shown = [];

const box = () => document.querySelector("#question textarea");
const write = (text) => {
    box().value = text;
    box().dispatchEvent(new Event("input", { bubbles: true }));
};

function node(html) {
    const template = document.createElement("template");
    template.innerHTML = html;
    return template.content.firstElementChild;
}

function showParts(turn, article, before) {
    turn.parts.forEach((html, i) => {
        if (before[i] === html) return;
        const old = article.children[i];
        old ? old.replaceWith(node(html)) : article.append(node(html));
    });
    while (article.children.length > turn.parts.length) article.lastElementChild.remove();
}

// The box keeps the question until it stands in the conversation, and whatever was typed meanwhile;
// a question that could not be answered comes back.
function settleBox(turn, before) {
    const typed = box().value.trimStart();
    if (!before && typed.startsWith(turn.question)) write(typed.slice(turn.question.length).trimStart());
    else if (turn.failed && !before?.failed && !typed) write(turn.question);
}

function show() {
    const turns = props.value || [];
    while (log.children.length > turns.length) {
        log.lastElementChild.remove();
        shown.pop();
    }
    turns.forEach((turn, i) => {
        const before = shown[i];
        const article = log.children[i] || log.appendChild(node('<article class="turn"></article>'));
        showParts(turn, article, before ? before.parts : []);
        shown[i] = turn;
        settleBox(turn, before);
        if (!before && i > 0) article.scrollIntoView({ block: "start" });
    });
}

show();
watch("value", show);
"""

ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E"
    "%3Crect width='32' height='32' rx='7' fill='%231f3a5f'/%3E"
    "%3Cpath d='M8 10h6v6c0 4-2 6-5 7v-3c1.500-.7 2-2 2-4H8zm10 0h6v6c0 4-2 6-5 7v-3c1.500-.7 2-2 2-4h-3z' "
    "fill='white'/%3E%3C/svg%3E"
)
HEAD = f'<link rel="icon" type="image/svg+xml" href="{ICON}">'

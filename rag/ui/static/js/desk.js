// The desk: the conversation shown, and how its columns and views work together.

import { questions } from "./asking.js";
import { composer, quotesOf, showParts, transcript } from "./chat.js";
import { download, fileName } from "./clipboard.js";
import { documents } from "./documents.js";
import { around, bring, copyOf, find, fragment, isTyping } from "./dom.js";
import { dossier } from "./dossier.js";
import { evidence } from "./evidence.js";
import { feedback } from "./feedback.js";
import { historyColumn } from "./history.js";
import { actions, framed, learn, medium, narrow, notify, safely, showView, tell, viewOpened } from "./page.js";
import { scope } from "./scope.js";
import { lastShown } from "./settings.js";
import { store } from "./store.js";
import { tools } from "./tools.js";

/**
 * @import { Halt, Send } from "./asking.js"
 * @import { Component } from "./page.js"
 * @import { Conversation, Turn } from "./store.js"
 */

/** @returns {Conversation} */
const blank = () => ({ id: crypto.randomUUID?.() ?? String(Math.random()).slice(2), title: "", updated: 0, turns: [] });

/** @param {Component & {send: Send, halt: Halt}} component */
export function desk({ element, props, watch, server, send, halt }) {
    const calls = safely(server);
    learn(props.words);
    const root = framed(element, props);
    const chat = find(root, ".chat");

    let conversation = blank();
    let autoOpen = !narrow.matches; // show the first quote in its source when an answer is there

    const shown = transcript(chat);
    const box = composer(chat, { busy: () => question.underWay(), ask });
    const asked = scope(chat, { current: () => conversation, save });
    const sources = evidence(root, calls, asked.show);
    const question = questions(chat, shown, { props, watch, send, halt }, { answered, failed: box.giveBack });
    const past = historyColumn(root, {
        current: () => conversation.id,
        open: (id) => open(store.read(id)),
        renamed(changed) {
            if (changed.id === conversation.id) conversation.title = changed.title;
            save(changed);
        },
        removed: (gone) => gone.id === conversation.id && open(null),
        exported: exportMarkdown,
    });
    const thumbs = feedback(calls, {
        save,
        asked(article) {
            const index = shown.indexOf(article);
            return { conversation, turn: conversation.turns[index], history: historyBefore(index) };
        },
    });

    // --- keeping ---

    /** @param {Conversation} changed */
    function save(changed) {
        changed.updated = Date.now();
        changed.title = changed.title || changed.turns[0]?.question.slice(0, 80) || "";
        if (!store.write(changed)) notify(tell("quota"));
        past.show();
    }

    /** @param {Conversation | null} found none: a new one */
    function open(found) {
        question.stop();
        conversation = found ?? blank();
        lastShown.set(conversation.id);
        shown.log.replaceChildren(...conversation.turns.map((turn) => shown.article(turn.question)));
        box.stopEditing();
        past.show();
        asked.show();
        sources.reset();
        question.settled();
        return readBack(conversation);
    }

    /**
     * The answers that were kept, checked again by the server.
     * @param {Conversation} opened
     */
    async function readBack(opened) {
        const articles = shown.articles();
        for (const [i, turn] of opened.turns.entries()) {
            if (!turn.record) showParts(articles[i], [shown.note("stopped")]);
        }
        const kept = [...opened.turns.entries()].filter(([, turn]) => turn.record);
        if (!kept.length) return;
        const all = await calls.restore({ records: kept.map(([, turn]) => turn.record) });
        if (opened !== conversation) return;
        kept.forEach(([i, turn], n) => {
            if (all) showParts(articles[i], all[n]);
            else find(articles[i], ".answer").replaceChildren(copyOf(chat, "failed"));
            thumbs.show(articles[i], turn);
        });
        shown.scroller.scrollTop = shown.scroller.scrollHeight;
    }

    /** @param {string} id */
    async function exportMarkdown(id) {
        const chosen = id === conversation.id ? conversation : store.read(id);
        if (!chosen) return;
        const text = await calls.export({ title: chosen.title, turns: chosen.turns });
        if (text === undefined) notify(tell("no_server"));
        else download(`${fileName(chosen.title)}.md`, text);
    }

    // --- asking ---

    /** @param {number} index */
    const historyBefore = (index) =>
        conversation.turns.slice(0, index).filter(({ record }) => record).map((turn) => turn.question);

    /**
     * @param {string} text
     * @param {number} index
     */
    function ask(text, index = conversation.turns.length) {
        if (question.underWay()) return;
        question.ask(conversation, index, text, { history: historyBefore(index), ...asked.asked() });
    }

    /**
     * @param {Conversation} whole
     * @param {Turn} turn
     * @param {HTMLElement} article
     */
    function answered(whole, turn, article) {
        thumbs.show(article, turn);
        lastShown.set(whole.id);
        save(whole);
        setTimeout(() => suggest(turn, article), 500);
        if (!autoOpen) return;
        if (article.querySelector(".quote")) sources.look(quotesOf(article), 0);
        else sources.reset();
    }

    /**
     * Further questions, once the answer stands and unless another was asked meanwhile.
     * @param {Turn} turn
     * @param {HTMLElement} article
     */
    async function suggest({ record }, article) {
        if (question.underWay() || article !== shown.log.lastElementChild) return;
        const html = await calls.suggest({ record, history: historyBefore(conversation.turns.length) });
        if (html && article === shown.log.lastElementChild) article.append(fragment(html));
    }

    // --- what is pressed ---

    // From a card of an answer or of a tool, another place of its words, or a number in the prose.
    actions.show = (button) => look(button, false);
    actions["show-page"] = (button) => look(button, true);

    /**
     * @param {HTMLElement} button
     * @param {boolean} page on its page, not in the text
     */
    function look(button, page) {
        const quotes = quotesOf(around(button, ".turn, .tool"));
        const own = button.matches(".place") ? button : button.closest("figure")?.querySelector(".quote, .near");
        const index = quotes.findIndex((quote) => (own ? quote.element === own : quote.n === Number(button.dataset.n)));
        if (!own) bring(shown.scroller, around(quotes[index].element, "figure"), 0.3);
        autoOpen = !narrow.matches;
        sources.look(quotes, index, { focus: true, link: true, page });
    }
    actions.ask = (button) => ask(String(button.textContent));
    actions.stop = question.stop;
    actions.retry = (button) => {
        const index = shown.indexOf(button);
        ask(conversation.turns[index].question, index);
    };
    actions.edit = (button) => {
        const index = shown.indexOf(button);
        box.edit(conversation.turns[index].question, index);
    };
    actions["cancel-edit"] = box.cancel;
    actions.new = () => {
        if (medium.matches) past.toggle(false);
        open(null);
        box.focus();
    };
    actions.clear = () => {
        const before = structuredClone(conversation);
        store.remove(conversation.id);
        open(null);
        box.focus();
        notify(tell("cleared"), () => {
            store.write(before);
            open(before);
        });
    };
    actions.reload = () => location.reload();

    document.addEventListener("keydown", (event) => {
        if (event.key === "/" && !isTyping(event.target) && !event.ctrlKey && !event.metaKey) {
            event.preventDefault();
            showView("chat");
            box.focus();
        } else if (event.key === "Escape") {
            if (box.isEditing()) box.cancel();
            else if (medium.matches && past.isOpen()) past.toggle(false);
            else if (sources.isOpen()) {
                sources.close();
                autoOpen = false;
            } else question.stop();
        }
    });

    // --- beginning ---

    async function greet() {
        const given = await calls.greet({});
        const welcome = find(chat, ".welcome");
        if (!given) {
            welcome.replaceChildren(copyOf(chat, "failed"));
            return;
        }
        find(document, ".masthead .corpus").innerHTML = given.corpus;
        welcome.innerHTML = given.welcome;
        sources.setList(given.sources);
        if (!given.sources || welcome.querySelector(".suggestions")) return;
        const html = await calls.suggest({});
        if (html) welcome.firstElementChild?.append(fragment(html));
    }

    let greeting = Promise.resolve();
    viewOpened.chat = () => (greeting = greet()); // the corpus may have changed meanwhile
    const changed = () => Promise.all([greet(), dossier.refresh()]);
    const read = async (/** @type {string} */ source) => {
        showView("chat"); // where the sources are
        await greeting; // it lists them
        sources.read(source);
    };
    Object.assign(documents, { changed, listed: asked.show, read });

    viewOpened.evaluation = async () => {
        const html = await calls.report({});
        find(document, "#report .frame").replaceChildren(html ? fragment(html) : copyOf(chat, "failed"));
    };

    tools(root, calls);

    root.dataset.evidence = narrow.matches ? "closed" : "open";
    greet();
    open(store.read(lastShown.get())).then(() => sources.followHash());
    if (!narrow.matches) box.focus();
}

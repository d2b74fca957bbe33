// The desk: how the conversation, its columns and its views work together.

import { questions } from "./asking.js";
import { composer, quotesOf, transcript } from "./chat.js";
import { download, fileName } from "./clipboard.js";
import { documents } from "./documents.js";
import { around, bring, copyOf, find, fragment, isTyping } from "./dom.js";
import { dossier } from "./dossier.js";
import { evidence } from "./evidence.js";
import { feedback } from "./feedback.js";
import { historyColumn } from "./history.js";
import { actions, framed, learn, medium, narrow, notify, showView, tell, whenOpened } from "./page.js";
import { scope } from "./scope.js";
import { connection, safely } from "./server.js";
import { lastShown } from "./settings.js";
import { newId, store } from "./store.js";
import { talk } from "./talk.js";
import { tools } from "./tools.js";
import { translating } from "./translating.js";

/**
 * @import { Component } from "./page.js"
 * @import { Place } from "./marks.js"
 * @import { Conversation, Turn } from "./store.js"
 */

/** @param {Component} component */
export function desk({ element, props, server }) {
    const calls = safely(server);
    learn(props.words);
    const root = framed(element, props);
    const chat = find(root, ".chat");

    let autoOpen = !narrow.matches; // show the first quote in its source when an answer is there

    const shown = transcript(chat);
    const box = composer(chat, { busy: () => question.underWay() !== null, ask });
    const kept = talk(chat, calls, shown, {
        left: stop,
        opened() {
            box.stopEditing();
            past.show();
            asked.show();
            sources.reset();
        },
        kept: () => past.show(),
        settled: () => question.settled(),
        asking: () => question.underWay(),
        drawn: (article, turn) => thumbs.show(article, turn),
    });
    const asked = scope(chat, { current: kept.current, save: kept.save });
    const sources = evidence(root, calls, asked.show);
    const question = questions(chat, shown, { answered, unanswered });
    const past = historyColumn(root, {
        current: () => kept.current().id,
        open: (id) => kept.open(store.read(id)),
        renamed(changed) {
            if (changed.id === kept.current().id) kept.current().title = changed.title;
            kept.save(changed);
        },
        removed: (gone) => gone.id === kept.current().id && kept.open(null),
        exported: exportMarkdown,
    });
    const thumbs = feedback(calls, {
        save: kept.save,
        asked(article) {
            const turn = kept.turn(shown.idOf(article));
            return { conversation: kept.current(), turn, history: kept.before(turn.id) };
        },
    });
    translating(root, calls);

    /** @param {string} id */
    async function exportMarkdown(id) {
        const chosen = id === kept.current().id ? kept.current() : store.read(id);
        if (!chosen) return;
        const text = await calls.export({ title: chosen.title, turns: chosen.turns });
        if (text === undefined) notify(tell("no_server"));
        else download(`${fileName(chosen.title)}.md`, text);
    }

    // --- asking ---

    /**
     * @param {string} text
     * @param {string} [id] of the turn whose question it is, again or changed
     */
    function ask(text, id) {
        if (question.underWay()) return;
        const conversation = kept.current();
        const again = conversation.turns.find((turn) => turn.id === id);
        const turn = again ?? { id: newId(), asked: Date.now(), question: text, record: null };
        if (again) Object.assign(again, { question: text, record: null, ended: undefined, verdict: undefined });
        else conversation.turns.push(turn);
        question.ask(conversation, turn, { history: kept.before(turn.id), ...asked.asked() });
        kept.save(conversation); // the page may be left before there is an answer
    }

    /**
     * @param {Conversation} whole
     * @param {Turn} turn
     * @param {HTMLElement} article
     */
    function answered(whole, turn, article) {
        kept.stands(article, turn);
        kept.save(whole);
        setTimeout(() => suggest(turn, article), 500);
        if (!autoOpen) return;
        if (article.querySelector(".quote")) sources.look(quotesOf(article), 0);
        else sources.reset();
    }

    /**
     * @param {Conversation} whole
     * @param {Turn} turn
     * @param {HTMLElement} article
     */
    function unanswered(whole, turn, article) {
        kept.stands(article, turn);
        kept.save(whole);
        if (turn.ended === "failed") box.giveBack(turn.question);
    }

    function stop() {
        const stopped = question.stop();
        if (stopped) unanswered(stopped.conversation, stopped.turn, stopped.article);
    }

    /**
     * Further questions, once the answer stands and unless another was asked meanwhile.
     * @param {Turn} turn
     * @param {HTMLElement} article
     */
    async function suggest({ record }, article) {
        if (question.underWay() || article !== shown.log.lastElementChild) return;
        const html = await calls.suggest({ record, history: kept.before("") });
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
    actions.stop = stop;
    actions.retry = (button) => {
        const { id, question: text } = kept.turn(shown.idOf(button));
        ask(text, id);
    };
    actions.edit = (button) => {
        const { id, question: text } = kept.turn(shown.idOf(button));
        box.edit(text, id);
    };
    actions["cancel-edit"] = box.cancel;
    actions.new = () => {
        if (medium.matches) past.toggle(false);
        kept.open(null);
        box.focus();
    };
    actions.clear = () => {
        const before = structuredClone(kept.current());
        store.remove(before.id);
        kept.open(null);
        box.focus();
        notify(tell("cleared"), () => {
            store.write(before);
            kept.open(before);
        });
    };
    actions.reload = () => location.reload();

    document.addEventListener("keydown", (event) => {
        if (event.key === "/" && !isTyping(event.target) && !event.ctrlKey && !event.metaKey) {
            event.preventDefault();
            if (document.body.dataset.view === "corpus") return documents.find();
            showView("chat");
            box.focus();
        } else if (event.key === "Escape") {
            if (box.isEditing()) box.cancel();
            else if (medium.matches && past.isOpen()) past.toggle(false);
            else if (sources.isOpen()) {
                sources.close();
                autoOpen = false;
            } else stop();
        }
    });

    // --- beginning ---

    async function greet() {
        const given = await calls.greet({});
        const welcome = find(chat, ".welcome");
        if (!given) {
            welcome.replaceChildren(copyOf(chat, "failed"));
            connection.whenBack(greet);
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
    whenOpened("chat", () => {
        greeting = greet(); // the corpus may have changed meanwhile
        if (!narrow.matches) box.focus();
    });
    const changed = () => Promise.all([greet(), dossier.refresh()]);
    const read = async (/** @type {string} */ source) => {
        showView("chat"); // where the sources are
        await greeting; // it lists them
        sources.read(source);
    };
    const lookAt = async (/** @type {Place} */ place, page = false) => {
        showView("chat");
        await greeting;
        sources.look([place], 0, { focus: true, link: true, page });
    };
    Object.assign(documents, { changed, listed: asked.show, read, look: lookAt });
    dossier.look = (place, page) => sources.look([place], 0, { focus: true, link: true, page });

    async function report() {
        const html = await calls.report({});
        find(document, "#report .frame").replaceChildren(html ? fragment(html) : copyOf(chat, "failed"));
        if (html) find(document, "#report h2").focus();
        else connection.whenBack(report);
    }
    whenOpened("evaluation", report);

    tools(root, calls, asked);

    root.dataset.evidence = narrow.matches ? "closed" : "open";
    if (document.body.dataset.view !== "chat") greeting = greet();
    kept.open(store.read(lastShown.get())).then(sources.follow);
}

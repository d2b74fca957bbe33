// The answer to a speech: while it is typed or once it is pasted, each finished sentence is sent, and its result
// appears in its place. What was answered is kept; a sentence that was changed is asked again.

import { placeOf, placeOfCard, quoteOf } from "./cards.js";
import { copyOf, find, findAll, fragment, isTyping } from "./dom.js";
import { largePrint } from "./large.js";
import { actions, notify, tell } from "./page.js";
import { settings } from "./settings.js";
import { dossierStore } from "./store.js";
import { stopwatch, timer } from "./timer.js";

/**
 * @import { Calls } from "./server.js"
 * @import { Heard } from "./tools.js"
 *
 * @typedef {{html: string, error?: string, best: {strength: number, place: string, html: string} | null}} Answer
 * @typedef {{key: string, text: string, side: string, among: object}} Sentence
 */

const PAUSE = 500; // milliseconds after a key before what is typed is sent
const STRONGEST = 3;
const LETTERS = [..."abcdefghijklmnopqrstuvwxyz"];

/**
 * @param {HTMLElement} tool
 * @param {Calls} calls
 * @param {Heard} asked
 */
export function answering(tool, calls, asked) {
    /** @type {HTMLFormElement} */
    const form = find(tool, "form");
    /** @type {HTMLTextAreaElement} */
    const area = find(form, "textarea");
    /** @type {HTMLSelectElement} */
    const side = find(form, "[name=side]");
    const said = find(tool, ".tool-said");
    const results = find(tool, ".tool-results");
    const print = largePrint(tool);

    /** @type {Map<string, Answer>} */
    const answers = new Map();
    /** @type {Map<string, HTMLElement>} */
    const shown = new Map(); // by key of the sentence, the n-th of the same words apart
    /** @type {Set<string>} */
    const failed = new Set(); // not asked again until the form is sent
    /** @type {Sentence[]} */
    let wanted = [];
    let working = false;
    let turn = 0; // a later text overtakes an earlier one
    let last = { whole: false, heard: "" }; // how the text was read last, and among whom
    let top = ""; // the strongest replies as they are shown

    // --- asking ---

    /** @param {boolean} whole the last sentence, too, though no mark ends it */
    async function read(whole) {
        const mine = ++turn;
        const text = area.value;
        const among = asked.heard();
        const heard = JSON.stringify(among);
        last = { whole, heard };
        if (!text.trim()) {
            wanted = [];
            answers.clear();
            layOut();
            said.textContent = whole ? tell("counter_first") : "";
            return;
        }
        const given = await calls.speech_sentences({ text, whole });
        if (mine !== turn) return;
        if (!given?.sentences) {
            if (whole || given) results.replaceChildren(given ? fragment(given.error) : copyOf(tool, "failed"));
            shown.clear();
            top = "";
            return;
        }
        /** @type {Map<string, number>} */
        const times = new Map();
        wanted = [];
        for (const words of given.sentences) {
            const same = `${heard}\n${side.value}\n${words}`;
            times.set(same, (times.get(same) ?? 0) + 1);
            wanted.push({ key: `${same}\n${times.get(same)}`, text: words, side: side.value, among });
        }
        for (const key of answers.keys()) {
            if (!wanted.some((each) => each.key === key)) answers.delete(key);
        }
        layOut();
        work();
    }

    async function work() {
        if (working) return;
        working = true;
        for (let next; (next = wanted.find(({ key }) => !answers.has(key) && !failed.has(key))); ) {
            progress();
            const { key, text, among } = next;
            const given = await calls.counter_sentence({ text, side: next.side, ...among });
            if (given?.html) answers.set(key, given);
            else failed.add(key);
            show(key, given ? fragment(given.html ?? given.error) : copyOf(tool, "failed"));
            rank();
        }
        working = false;
        progress();
    }

    function progress() {
        const done = wanted.filter(({ key }) => answers.has(key)).length;
        const words = wanted.length ? tell("counter_progress", { done, count: wanted.length }) : "";
        const names = words ? asked.named().join(", ") : "";
        said.textContent = names ? tell("among_said", { said: words, names }) : words;
    }

    // --- showing ---

    // The sentences in their order: those that were answered as they are, the others waiting.
    function layOut() {
        tool.classList.toggle("shown", wanted.length > 0);
        if (!wanted.length) {
            results.replaceChildren();
            shown.clear();
            top = "";
            return;
        }
        if (!results.querySelector(".spoken-list")) {
            shown.clear();
            top = "";
            /** @type {HTMLTemplateElement} */
            const frame = find(tool, "template.t-results");
            results.replaceChildren(frame.content.cloneNode(true));
        }
        const list = find(results, ".spoken-list");
        const keys = new Set(wanted.map(({ key }) => key));
        for (const [key, element] of shown) {
            if (keys.has(key)) continue;
            element.remove();
            shown.delete(key);
        }
        wanted.forEach(({ key, text }, n) => {
            let element = shown.get(key);
            if (!element) {
                element = copyOf(tool, "spoken");
                find(element, "h3").textContent = text;
                shown.set(key, element);
            }
            if (list.children[n] !== element) list.insertBefore(element, list.children[n] ?? null);
        });
        rank();
    }

    /**
     * @param {string} key
     * @param {Node} content
     */
    function show(key, content) {
        const old = shown.get(key);
        if (!old) return; // the sentence is no longer there
        const holder = document.createElement("div");
        holder.append(content);
        const element = /** @type {HTMLElement} */ (holder.firstElementChild);
        if (!element.matches(".spoken")) {
            element.classList.add("spoken");
            failed.add(key);
        }
        old.replaceWith(element);
        shown.set(key, element);
    }

    // The strongest replies to the whole, each quote once.
    function rank() {
        if (!wanted.length) return;
        const best = wanted.map(({ key }) => answers.get(key)?.best).filter((each) => each !== null && each !== undefined);
        best.sort((a, b) => b.strength - a.strength);
        const kept = best.filter(({ place }, n) => best.findIndex((other) => other.place === place) === n);
        const chosen = kept.slice(0, STRONGEST);
        const now = chosen.map(({ html }) => html).join("");
        if (now !== top) find(results, ".strongest-list").innerHTML = top = now;
        find(results, ".strongest-none").hidden = chosen.length > 0 || answers.size < wanted.length;
        giveKeys();
    }

    // --- one key a reply ---

    function giveKeys() {
        const buttons = findAll(results, "[data-do=add-card]");
        const taken = new Set(buttons.map(({ dataset }) => dataset.key));
        const free = LETTERS.filter((letter) => !taken.has(letter));
        let number = 0;
        for (const button of buttons) {
            const above = button.closest(".strongest");
            const key = above ? String(++number) : button.dataset.key ?? free.shift();
            if (!key || button.dataset.key === key) continue;
            button.dataset.key = key;
            button.setAttribute("aria-keyshortcuts", key);
            button.append(Object.assign(document.createElement("kbd"), { textContent: key }));
        }
    }

    document.addEventListener("keydown", (event) => {
        if (document.body.dataset.view !== "counter" || isTyping(event.target) || print.isOpen()) return;
        if (event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1) return;
        const button = results.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
        if (button instanceof HTMLElement) button.click();
    });

    area.addEventListener("keydown", (event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation(); // the sources stay open
        (results.querySelector("h3") ?? find(tool, "h2")).focus();
    });

    // --- the timer, and what is left to read ---

    const clock = timer(tool);
    /** @type {Set<string>} */
    const read_out = new Set(); // ids of cards
    /** @type {{id: string, html: string, seconds: number}[]} */
    let cards = [];
    const reading = find(tool, ".timer-reading");

    async function count() {
        if (document.body.dataset.view !== "counter") return;
        const pace = Number(settings.get("pace")) || undefined;
        const given = await calls.read_out({ dossier: dossierStore.read(), pace });
        if (!given?.cards) return;
        cards = given.cards;
        left();
    }

    function left() {
        const waiting = cards.filter(({ id }) => !read_out.has(id));
        const seconds = waiting.reduce((sum, card) => sum + card.seconds, 0);
        const over = Math.round(seconds - clock.left());
        const time = (/** @type {number} */ each) => stopwatch(each);
        const words = waiting.length
            ? tell("reading_left", { cards: waiting.length, time: time(seconds) })
            : tell("reading_none");
        const more = waiting.length && over > 0 ? ` ${tell("reading_over", { time: time(over) })}` : "";
        if (reading.textContent !== words + more) reading.textContent = words + more;
        reading.classList.toggle("over", Boolean(more));
    }

    clock.ticked = left;
    addEventListener("dossier", count);

    /** @param {(id: string) => boolean} chosen */
    async function open(chosen, /** @type {string} */ none) {
        await count();
        const found = cards.filter(({ id }) => chosen(id));
        if (!found.length) notify(tell(none));
        else print.open(found, (id) => { read_out.add(id); left(); });
    }

    actions["large-dossier"] = () => open(() => true, "large_empty");
    actions["large-chosen"] = () => {
        const replies = findAll(results, ":is(.strongest, .against) [data-do=add-card]"); // none that bears it out
        const here = new Set(replies.map((button) => placeOf(quoteOf(button))));
        const own = (dossierStore.read()?.cards ?? []).filter((card) => here.has(placeOfCard(card)));
        const ids = new Set(own.map(({ id }) => id));
        return open((id) => ids.has(id), "large_unchosen");
    };

    // --- what is typed ---

    /** @type {number | undefined} */
    let pause;
    area.addEventListener("input", (event) => {
        const pasted = /** @type {InputEvent} */ (event).inputType === "insertFromPaste";
        clearTimeout(pause);
        pause = setTimeout(() => read(pasted), pasted ? 0 : PAUSE);
    });
    side.addEventListener("change", () => read(false));

    // Others are to be heard: what they have to it is asked while it is looked at.
    function heardAnew() {
        const shows = document.body.dataset.view === "counter" && wanted.length > 0;
        if (shows && last.heard !== JSON.stringify(asked.heard())) read(last.whole);
    }
    addEventListener("scope", heardAnew);

    return {
        whole() {
            clearTimeout(pause);
            failed.clear();
            read(true);
        },
        opened() {
            heardAnew();
            return count();
        },
    };
}

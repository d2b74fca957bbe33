// The dossier: a column beside every view. The browser keeps it; whatever is done to it is done by the server, which
// checks every card again, and comes back as JSON and HTML.

import { cardMarks } from "./card-marks.js";
import { cardOf, idOf, markedQuotes, placeOf, placeOfCard, quoteOf } from "./cards.js";
import { around, bring, find, findAll, isTyping } from "./dom.js";
import { dossierFiles } from "./dossier-files.js";
import { dragging } from "./dragging.js";
import { both, changing } from "./merging.js";
import { actions, framed, notify, showView, tell } from "./page.js";
import { connection, safely } from "./server.js";
import { settings } from "./settings.js";
import { DOSSIER, dossierStore } from "./store.js";

/**
 * @import { Component } from "./page.js"
 * @import { Landing } from "./dragging.js"
 * @import { Place } from "./marks.js"
 * @import { Dossier } from "./store.js"
 */

// For the other views.
export const dossier = {
    close() {},
    refresh() {},
    look: /** @type {(place: Place, page: boolean) => void} */ (() => {}),
    add: /** @type {(quote: Place & {sha256: string, highlights: [number, number][]}) => unknown} */ (() => {}),
    /**
     * Changes it, so that the change can be taken back.
     * @param {object} asked
     * @param {string} said
     */
    // eslint-disable-next-line no-unused-vars
    take(asked, said) {},
};

/** @param {HTMLElement} area */
function fit(area) {
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight + 2}px`;
}

/** @param {Component} component */
export function dossierPanel({ element, props, server }) {
    const calls = safely(server);
    const panel = find(framed(element, props), ".dossier");
    /**
     * @template {HTMLElement} [T=HTMLElement]
     * @param {string} name
     * @returns {T}
     */
    const part = (name) => find(panel, name);
    const list = part(".dossier-cards");
    /** @type {HTMLSelectElement} */
    const pace = part(".pace");
    /** @type {HTMLElement | null} */
    let opener = null; // where the focus goes back to
    /** @type {{html: string, length: string, unverified?: string} | null} */
    let shown = null; // what the server gave last
    /** @type {Promise<{dossier: Dossier} | null>} */
    let waiting = Promise.resolve(null); // one change after the other

    const cards = () => dossierStore.read()?.cards ?? [];
    const markQuotes = markedQuotes(cards);
    /** @param {string} id */
    const elementOf = (id) => /** @type {HTMLElement?} */ (list.querySelector(`[data-card="${CSS.escape(id)}"]`));
    /** @param {string} id */
    const positionOf = (id) => cards().findIndex((card) => card.id === id);

    // A button that is being pressed is not drawn anew meanwhile: what leaves a field changes the card, and the
    // press would come to nothing.
    /** @type {Promise<void>} */
    let pressed = Promise.resolve();
    panel.addEventListener("pointerdown", () => {
        pressed = new Promise((done) => {
            for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => setTimeout(done), { once: true });
        });
    });

    // --- changing it ---

    /** @param {object} asked */
    function change(asked) {
        waiting = waiting.then(async () => {
            const made = (/** @type {Dossier | null} */ kept) =>
                calls.change_dossier({ dossier: kept, pace: Number(pace.value), ...asked });
            const given = await changing("dossier", dossierStore.read, made, (done) => done?.dossier && keep(done.dossier));
            if (given?.dossier) shown = given;
            else notify(given?.error ?? tell("no_server"));
            if (!given) connection.whenBack(refresh);
            await pressed;
            show();
            return given?.dossier ? given : null;
        });
        return waiting;
    }

    /** @param {Dossier | null} kept */
    function keep(kept) {
        if (!dossierStore.write(kept)) notify(tell("dossier_quota"));
    }

    const refresh = () => change({ do: "show" });

    // --- showing it ---

    function show() {
        const empty = !cards().length;
        const back = focused();
        const at = part(".dossier-body").scrollTop;
        list.innerHTML = shown?.html ?? "";
        const title = /** @type {HTMLInputElement} */ (part(".dossier-title"));
        if (title !== document.activeElement) title.value = dossierStore.read()?.title ?? ""; // else it is being written
        part(".dossier-length").hidden = part(".dossier-files").hidden = empty;
        part(".dossier-length span").textContent = shown?.length ?? "";
        part(".error").textContent = shown?.unverified ?? "";
        part(".error").hidden = !shown?.unverified;
        part(".dossier-empty").hidden = !empty;
        findAll(list, "textarea").forEach(fit);
        part(".dossier-body").scrollTop = at;
        back();
        badge();
        markQuotes(document);
        dispatchEvent(new Event("dossier"));
    }

    // The field or button of a card that has the focus, and what is being written there.
    function focused() {
        const active = /** @type {HTMLTextAreaElement?} */ (document.activeElement);
        const id = active && list.contains(active) && cardOf(active)?.dataset.card;
        if (!id) return () => {};
        const { field } = active.dataset;
        const own = active.matches(".card-text") ? ".card-text" : `[data-do=${active.dataset.do}]`;
        const name = field ? `[data-field=${field}]` : own;
        const written = field && active.value !== active.defaultValue ? active.value : null;
        const { selectionStart, selectionEnd } = active;
        return () => {
            const found = /** @type {HTMLTextAreaElement?} */ (elementOf(id)?.querySelector(name));
            if (!found) return;
            if (written !== null) found.value = String(written);
            found.focus({ preventScroll: true });
            if (field) found.setSelectionRange(selectionStart, selectionEnd);
        };
    }

    function badge() {
        const button = find(document, ".masthead [data-do=dossier]");
        find(button, ".count").textContent = String(cards().length || "");
        button.classList.toggle("alarmed", Boolean(shown?.unverified));
        button.title = shown?.unverified ?? "";
    }

    // --- opening and closing ---

    const isOpen = () => document.body.dataset.dossier === "open";

    /** @param {boolean} opened */
    function toggle(opened) {
        if (opened) opener = /** @type {HTMLElement?} */ (document.activeElement);
        else if (panel.contains(document.activeElement)) opener?.focus(); // first: what is being written is kept
        document.body.dataset.dossier = opened ? "open" : "closed";
        find(document, ".masthead [data-do=dossier]").setAttribute("aria-expanded", String(opened));
        if (!opened) return null;
        part("h2").focus({ preventScroll: true });
        findAll(list, "textarea").forEach(fit);
        return refresh();
    }

    actions.dossier = () => toggle(!isOpen());
    actions["dossier-close"] = () => toggle(false);
    Object.assign(dossier, { close: () => isOpen() && toggle(false), refresh: () => cards().length && refresh(), add });

    // Before the other columns hear of it.
    addEventListener("keydown", (event) => {
        if (event.key !== "Escape" || !isOpen()) return;
        if (isTyping(event.target) && !panel.contains(/** @type {Node} */ (event.target))) return;
        event.stopPropagation();
        toggle(false);
    }, true);

    // --- cards ---

    actions["add-card"] = async (button) => {
        const quote = quoteOf(button);
        if (button.hasAttribute("data-in")) {
            await toggle(true);
            const own = cards().find((card) => placeOfCard(card) === placeOf(quote));
            if (own) reach(own.id);
            return;
        }
        await add(quote);
    };

    /** @param {Place} quote */
    async function add(quote) {
        const before = new Set(cards().map(({ id }) => id));
        if (!(await change({ do: "add", quote }))) return;
        const made = cards().find(({ id }) => !before.has(id));
        notify(tell("card_is_added"), () => change({ do: "remove", card: made?.id }));
    }

    cardMarks(list, {
        scroller: part(".dossier-body"),
        card: (id) => cards().find((one) => one.id === id),
        elementOf,
        change,
    });

    /** @param {string} id */
    function reach(id) {
        const found = elementOf(id);
        if (!found) return;
        bring(part(".dossier-body"), found, 0.3);
        find(found, "[data-field=tag]").focus({ preventScroll: true });
    }

    panel.addEventListener("change", ({ target }) => {
        const { dataset, value } = /** @type {HTMLInputElement} */ (target);
        const { field } = dataset;
        if (field) change({ do: "describe", field, text: value, card: cardOf(target)?.dataset.card });
    });

    panel.addEventListener("input", ({ target }) => target instanceof HTMLTextAreaElement && fit(target));

    /**
     * @param {string} id
     * @param {Landing | {by: number}} where
     */
    async function move(id, where) {
        if (!(await change({ do: "move", card: id, ...where }))) return;
        bring(part(".dossier-body"), /** @type {HTMLElement} */ (elementOf(id)), 0.4);
        const said = { n: positionOf(id) + 1, count: cards().length };
        if ("under" in where) notify(tell("card_is_under", { ...said, heading: where.under.join(" / ") }));
        else notify(tell("card_is_moved", said));
    }

    actions["card-up"] = (button) => move(idOf(button), { by: -1 });
    actions["card-down"] = (button) => move(idOf(button), { by: 1 });
    dragging(list, move);

    panel.addEventListener("keydown", (event) => {
        const target = /** @type {HTMLElement} */ (event.target);
        const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
        if (by && event.altKey && cardOf(target)) {
            event.preventDefault();
            move(idOf(target), { by });
        } else if (event.key === "Enter" && target.matches(".tag")) {
            event.preventDefault(); // a tag is one line
            target.blur();
        }
    });

    actions["card-remove"] = async (button) => {
        const id = idOf(button);
        const position = positionOf(id);
        const card = cards()[position];
        if (!(await change({ do: "remove", card: id }))) return;
        const next = cards()[Math.min(position, cards().length - 1)];
        const nextElement = next && elementOf(next.id);
        (nextElement ? find(nextElement, "[data-do=card-remove]") : part("h2")).focus();
        notify(tell("card_removed"), () => change({ do: "put_back", card, position }));
    };

    actions["card-show"] = (button) => lookAt(button, false);
    actions["card-page"] = (button) => lookAt(button, true);

    /**
     * @param {HTMLElement} button
     * @param {boolean} page on its page, not in the text
     */
    function lookAt(button, page) {
        const { source, start, end } = find(around(button, ".dossier-card"), "blockquote").dataset;
        toggle(false);
        if (find(document, "#desk").offsetParent === null) showView("chat"); // where the sources are
        dossier.look({ source: String(source), start: Number(start), end: Number(end) }, page);
    }

    // --- pace ---

    pace.value = settings.get("pace") ?? pace.value;
    pace.addEventListener("change", () => {
        settings.set("pace", pace.value);
        refresh();
    });

    // --- the whole of it ---

    // Instead of the one there is, which can be had back, with what another window has added meanwhile.
    async function replace(/** @type {object} */ asked, /** @type {string} */ said) {
        await waiting;
        const before = dossierStore.read();
        const done = await change(asked);
        if (!done) return;
        const own = new Set(done.dossier.cards.map(({ id }) => id));
        notify(said, () => {
            const later = cards().filter(({ id }) => !own.has(id));
            keep({ ...(before ?? done.dossier), cards: both(before?.cards ?? [], later) });
            refresh();
        });
    }

    actions["cards-take"] = () => replace({ do: "take" }, tell("marks_taken"));
    dossier.take = replace;
    actions["cards-renew"] = () => replace({ do: "renew" }, tell("cards_renewed"));
    actions["dossier-new"] = () => replace({ do: "new" }, tell("dossier_started"));
    dossierFiles(part(".dossier-file"), {
        replace,
        exported: (format) =>
            calls.export_dossier({ dossier: dossierStore.read(), pace: Number(pace.value), format }),
        settled: () => waiting,
    });

    addEventListener("storage", ({ key }) => key === DOSSIER && refresh()); // another window wrote

    document.body.dataset.dossier = "closed";
    if (cards().length) refresh();
    else if (!dossierStore.read()) handedOver();

    // One that came with the debate, such as one that was imported.
    async function handedOver() {
        const found = await calls.change_dossier({ do: "show", dossier: null, pace: Number(pace.value) });
        if (!found?.dossier?.cards.length || dossierStore.read()) return;
        keep(found.dossier);
        refresh();
    }
}

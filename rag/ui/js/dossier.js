// The dossier: a column beside every view. The browser keeps it, as the JSON of rag/dossier/file.py; whatever is
// done to it is done by the server, which checks every card again, and comes back as JSON and HTML.

const DOSSIER = "replique.dossier";

const keeping = {
    unsaved: null, // what the browser would not take: kept for this visit

    read() {
        if (this.unsaved) return this.unsaved;
        try { return JSON.parse(localStorage.getItem(DOSSIER)); } catch { return null; }
    },

    // Whether the browser took it.
    write(dossier) {
        try {
            localStorage.setItem(DOSSIER, JSON.stringify(dossier));
            this.unsaved = null;
            return true;
        } catch {
            this.unsaved = dossier;
            return false;
        }
    },
};

const dossier = { close() {}, refresh() {} }; // for the other views

function dossierPanel({ element, props, server }) {
    const calls = Object.fromEntries(Object.entries(server).map(([name, call]) => [name, safely(call)]));
    const root = element.querySelector(".frame");
    root.innerHTML = props.frames[lang];
    const panel = root.querySelector(".dossier");
    const part = (name) => panel.querySelector(name);
    const list = part(".dossier-cards");
    const pace = part(".pace");
    const opening = part(".dossier-file");
    let opener = null; // where the focus goes back to
    let shown = null; // what the server gave last
    let waiting = Promise.resolve(); // one change after the other

    const cards = () => keeping.read()?.cards ?? [];
    const placeOf = ({ source, sha256, start, end }) => [source, sha256, start, end].join();
    const quoted = ({ quote: { source, start, end } }) => placeOf({ source: source.id, sha256: source.sha256, start, end });
    const cardOf = (element) => element.closest(".dossier-card");
    const elementOf = (id) => list.querySelector(`[data-card="${CSS.escape(id)}"]`);
    const positionOf = (id) => cards().findIndex((card) => card.id === id);

    // A button that is being pressed is not drawn anew meanwhile: what leaves a field changes the card, and the
    // press would come to nothing.
    let pressed = Promise.resolve();
    panel.addEventListener("pointerdown", () => {
        pressed = new Promise((done) => {
            for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => setTimeout(done), { once: true });
        });
    });

    // --- changing it ---

    function change(asked) {
        waiting = waiting.then(async () => {
            const given = await calls.change_dossier({ dossier: keeping.read(), pace: Number(pace.value), ...asked });
            if (given?.dossier) {
                keep(given.dossier);
                shown = given;
            } else notify(given?.error ?? tell("no_server"));
            await pressed;
            show();
            return given?.dossier ? given : null;
        });
        return waiting;
    }

    function keep(kept) {
        if (!keeping.write(kept)) notify(tell("dossier_quota"));
    }

    const refresh = () => change({ do: "show" });

    // --- showing it ---

    function show() {
        const empty = !cards().length;
        const back = focused();
        const at = part(".dossier-body").scrollTop;
        list.innerHTML = shown?.html ?? "";
        part(".dossier-title").value = keeping.read()?.title ?? "";
        part(".dossier-length").hidden = part(".dossier-files").hidden = empty;
        part(".dossier-length span").textContent = shown?.length ?? "";
        part(".error").textContent = shown?.unverified ?? "";
        part(".error").hidden = !shown?.unverified;
        part(".dossier-empty").hidden = !empty;
        list.querySelectorAll("textarea").forEach(fit);
        part(".dossier-body").scrollTop = at;
        back();
        badge();
        markButtons(document);
    }

    // The field or button of a card that has the focus, and what is being written there.
    function focused() {
        const active = document.activeElement;
        const id = list.contains(active) && cardOf(active)?.dataset.card;
        if (!id) return () => {};
        const name = active.dataset.field ? `[data-field=${active.dataset.field}]` : `[data-do=${active.dataset.do}]`;
        const written = active.dataset.field && active.value !== active.defaultValue ? active.value : null;
        const { selectionStart, selectionEnd } = active;
        return () => {
            const found = elementOf(id)?.querySelector(name);
            if (!found) return;
            if (written !== null) found.value = written;
            found.focus({ preventScroll: true });
            if (active.dataset.field) found.setSelectionRange(selectionStart, selectionEnd);
        };
    }

    function fit(area) {
        area.style.height = "auto";
        area.style.height = `${area.scrollHeight + 2}px`;
    }

    function badge() {
        const button = document.querySelector(".masthead [data-do=dossier]");
        button.querySelector(".count").textContent = cards().length || "";
        button.classList.toggle("alarmed", Boolean(shown?.unverified));
        button.title = shown?.unverified ?? "";
    }

    // Each quote on the page says whether it is in the dossier.
    function markButtons(where) {
        const inside = new Set(cards().map(quoted));
        for (const button of where.querySelectorAll("[data-do=add-card]")) {
            button.toggleAttribute("data-in", inside.has(placeOf(quoteOf(button))));
        }
    }

    new MutationObserver((changes) => {
        for (const { addedNodes } of changes) {
            for (const node of addedNodes) if (node.querySelector?.("[data-do=add-card]")) markButtons(node);
        }
    }).observe(document.body, { childList: true, subtree: true });

    function quoteOf(button) {
        const { source, sha256, start, end, highlights } = button.closest("figure").querySelector("blockquote").dataset;
        return { source, sha256, start: Number(start), end: Number(end), highlights: JSON.parse(highlights) };
    }

    // --- opening and closing ---

    const isOpen = () => document.body.dataset.dossier === "open";

    function toggle(opened) {
        if (opened) opener = document.activeElement;
        else if (panel.contains(document.activeElement)) opener.focus(); // first: what is being written is kept
        document.body.dataset.dossier = opened ? "open" : "closed";
        document.querySelector(".masthead [data-do=dossier]").setAttribute("aria-expanded", opened);
        if (!opened) return null;
        part("h2").focus({ preventScroll: true });
        list.querySelectorAll("textarea").forEach(fit);
        return refresh();
    }

    actions.dossier = () => toggle(!isOpen());
    actions["dossier-close"] = () => toggle(false);
    Object.assign(dossier, { close: () => isOpen() && toggle(false), refresh: () => cards().length && refresh() });

    // Before the other columns hear of it.
    addEventListener("keydown", (event) => {
        if (event.key !== "Escape" || !isOpen()) return;
        if (isTyping(event.target) && !panel.contains(event.target)) return;
        event.stopPropagation();
        toggle(false);
    }, true);

    // --- cards ---

    actions["add-card"] = async (button) => {
        const quote = quoteOf(button);
        if (button.hasAttribute("data-in")) {
            await toggle(true);
            const own = cards().find((card) => quoted(card) === placeOf(quote));
            if (own) reach(own.id);
            return;
        }
        const before = new Set(cards().map(({ id }) => id));
        if (!(await change({ do: "add", quote }))) return;
        const made = cards().find(({ id }) => !before.has(id));
        notify(tell("card_is_added"), () => change({ do: "remove", card: made.id }));
    };

    function reach(id) {
        const found = elementOf(id);
        bring(part(".dossier-body"), found, 0.3);
        found.querySelector("[data-field=tag]").focus({ preventScroll: true });
    }

    panel.addEventListener("change", ({ target }) => {
        const { field } = target.dataset;
        if (field) change({ do: "describe", field, text: target.value, card: cardOf(target)?.dataset.card });
    });

    panel.addEventListener("input", ({ target }) => target.matches("textarea") && fit(target));

    async function move(id, where) {
        if (!(await change({ do: "move", card: id, ...where }))) return;
        bring(part(".dossier-body"), elementOf(id), 0.4);
        notify(tell("card_moved", { n: positionOf(id) + 1, count: cards().length }));
    }

    const step = (element, by) => move(cardOf(element).dataset.card, { by });
    actions["card-up"] = (button) => step(button, -1);
    actions["card-down"] = (button) => step(button, 1);

    panel.addEventListener("keydown", (event) => {
        const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
        if (by && event.altKey && cardOf(event.target)) {
            event.preventDefault();
            step(event.target, by);
        } else if (event.key === "Enter" && event.target.matches(".tag")) {
            event.preventDefault(); // a tag is one line
            event.target.blur();
        }
    });

    actions["card-remove"] = async (button) => {
        const { card: id } = cardOf(button).dataset;
        const position = positionOf(id);
        const card = cards()[position];
        if (!(await change({ do: "remove", card: id }))) return;
        const next = cards()[Math.min(position, cards().length - 1)];
        next ? elementOf(next.id).querySelector("[data-do=card-remove]").focus() : part("h2").focus();
        notify(tell("card_removed"), () => change({ do: "put_back", card, position }));
    };

    actions["card-show"] = (button) => {
        const place = cardOf(button).querySelector("blockquote").dataset;
        toggle(false);
        if (document.querySelector("#desk").offsetParent === null) showView("chat"); // where the sources are
        history.replaceState(null, "", hashOf(place));
        dispatchEvent(new HashChangeEvent("hashchange"));
        document.querySelector(".evidence-body").focus({ preventScroll: true });
    };

    // --- dragging ---

    let dragged = null; // id of a card

    function landing(event) {
        const card = dragged && cardOf(event.target);
        if (!card || card.dataset.card === dragged) return null;
        const box = card.getBoundingClientRect();
        return { card, after: event.clientY > box.top + box.height / 2 };
    }

    const unmark = () => list.querySelectorAll("[data-landing]").forEach((card) => card.removeAttribute("data-landing"));

    list.addEventListener("dragstart", (event) => {
        dragged = cardOf(event.target)?.dataset.card ?? null;
        event.dataTransfer.setData("text/plain", "");
        event.dataTransfer.effectAllowed = "move";
        event.dataTransfer.setDragImage(cardOf(event.target), 10, 10);
    });
    list.addEventListener("dragover", (event) => {
        const found = landing(event);
        unmark();
        if (!found) return;
        event.preventDefault();
        found.card.dataset.landing = found.after ? "after" : "before";
    });
    list.addEventListener("drop", (event) => {
        const found = landing(event);
        if (!found) return;
        event.preventDefault();
        move(dragged, { beside: found.card.dataset.card, after: found.after });
    });
    list.addEventListener("dragend", () => {
        dragged = null;
        unmark();
    });

    // --- pace ---

    pace.value = settings.get("pace") ?? pace.value;
    pace.addEventListener("change", () => {
        settings.set("pace", pace.value);
        refresh();
    });

    // --- files ---

    actions["dossier-export"] = async ({ dataset: { format } }) => {
        await waiting;
        const given = await calls.export_dossier({ dossier: keeping.read(), pace: Number(pace.value), format });
        if (!given?.data) return notify(given?.error ?? tell("no_server"));
        const bytes = Uint8Array.from(atob(given.data), (byte) => byte.charCodeAt(0));
        download(`${fileName(keeping.read().title || tell("dossier"))}.${format}`, bytes, "application/octet-stream");
        notify(given.said);
    };

    actions["dossier-save"] = async () => {
        await waiting;
        const kept = keeping.read();
        download(`${fileName(kept.title || tell("dossier"))}.json`, `${JSON.stringify(kept, null, 1)}\n`, "application/json");
    };

    // Instead of the one there is, which can be had back.
    async function replace(asked, said) {
        await waiting;
        const before = keeping.read();
        if (await change(asked)) {
            notify(said, () => {
                keep(before);
                refresh();
            });
        }
    }

    actions["dossier-open"] = () => opening.click();
    opening.addEventListener("change", async () => {
        const [file] = opening.files;
        if (!file) return;
        const text = await file.text();
        opening.value = "";
        replace({ do: "open", dossier: null, text, name: file.name }, tell("dossier_opened"));
    });
    actions["dossier-new"] = () => replace({ do: "show", dossier: null }, tell("dossier_started"));

    addEventListener("storage", ({ key }) => key === DOSSIER && refresh()); // another window wrote

    document.body.dataset.dossier = "closed";
    if (cards().length) refresh();
}

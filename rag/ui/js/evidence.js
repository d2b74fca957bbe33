// The column of the sources: a source whole, with the quotes of an answer marked by their offsets.

// The element whose data-start.. data-end is the whole slice of a source: paint() cuts its text by counting code
// points, as Python does. Nothing is ever searched for.
function pieces(text, start, spans) {
    const points = [...text];
    const cut = (from, to) => points.slice(Math.max(0, from - start), Math.max(0, to - start)).join("");
    const found = [];
    let at = start;
    for (const span of spans) {
        const from = Math.max(at, span.start);
        const to = Math.min(start + points.length, span.end);
        if (from >= to) continue;
        found.push(cut(at, from), { span, text: cut(from, to) });
        at = to;
    }
    return [...found, cut(at, start + points.length)];
}

// Marks spans in a source's text; gives the marks of each span, in order.
function paint(view, spans) {
    for (const block of view.querySelectorAll("[data-painted]")) {
        block.replaceChildren(block.textContent);
        delete block.dataset.painted;
    }
    const sorted = [...spans].sort((a, b) => a.start - b.start);
    const marks = new Map(spans.map((span) => [span, []]));
    const blocks = [...view.querySelectorAll("[data-start]")];
    blocks.forEach((block, i) => {
        const start = Number(block.dataset.start);
        const end = i + 1 < blocks.length ? Number(blocks[i + 1].dataset.start) : Infinity;
        const inside = sorted.filter((span) => span.start < end && span.end > start);
        if (!inside.length) return;
        block.dataset.painted = "";
        block.replaceChildren(...pieces(block.textContent, start, inside).map((piece) => {
            if (typeof piece === "string") return piece;
            const mark = Object.assign(document.createElement("mark"), { textContent: piece.text });
            if (piece.span.n > 0) mark.dataset.n = piece.span.n;
            marks.get(piece.span).push(mark);
            return mark;
        }));
    });
    return marks;
}

const hashOf = ({ source, start, end }) => `#${encodeURIComponent(source)}:${start}-${end}`;

function fromHash(hash) {
    const found = /^#(.+):(\d+)-(\d+)$/.exec(hash);
    if (!found) return null;
    try {
        const [source, start, end] = [decodeURIComponent(found[1]), Number(found[2]), Number(found[3])];
        return start < end ? { source, start, end } : null;
    } catch {
        return null;
    }
}

function evidence(root, calls, listed) {
    const column = root.querySelector(".evidence");
    const part = (name) => column.querySelector(name);
    const body = part(".evidence-body");
    const sources = new Map(); // by id: what the server gave, with its element
    let quotes = []; // those of the answer looked at: {source, start, end, sha256, text, n}
    let at = -1; // the one looked at
    let opener = null; // where the focus goes back to
    let list = ""; // HTML of the list of sources
    let turn = 0; // a later request overtakes an earlier one

    const isOpen = () => root.dataset.evidence === "open";

    function open(focus) {
        root.dataset.evidence = "open";
        if (focus) {
            dossier.close(); // it stands in the same place
            opener = document.activeElement;
            body.focus({ preventScroll: true });
        }
    }

    function close() {
        root.dataset.evidence = "closed";
        if (opener?.isConnected) opener.focus();
        opener = null;
    }

    async function fetched(id, sha256) {
        const known = sources.get(id);
        if (known && (!sha256 || known.sha256 === sha256)) return known;
        const given = await calls.source({ source: id });
        if (!given) return { element: copyOf(column, "no_server") };
        const source = { ...given, element: fragment(given.html ?? given.error).firstElementChild };
        if (given.sha256) sources.set(id, source);
        return source;
    }

    // The source that holds the quote; whether the quote stands in it, to the character.
    async function show(index, { focus = false } = {}) {
        const quote = quotes[index];
        const mine = ++turn;
        at = index;
        steps();
        open(focus);
        const source = await fetched(quote.source, quote.sha256);
        if (mine !== turn) return false;
        tabs();
        if (!source.sha256) return said(source.element);
        if (quote.sha256 && quote.sha256 !== source.sha256) return said(copyOf(column, "source_changed"));
        if (body.firstElementChild !== source.element) body.replaceChildren(source.element);
        const marks = paint(source.element, quotes.filter((other) => other.source === quote.source));
        const own = marks.get(quote);
        const read = own.map((mark) => mark.textContent).join("");
        const whole = quote.text === undefined ? [...read].length === quote.end - quote.start : read === quote.text;
        if (!own.length || !whole) {
            paint(source.element, []);
            return said(copyOf(column, quote.text === undefined ? "source_gone" : "source_changed"));
        }
        own.forEach((mark) => mark.classList.add("current"));
        const scroll = () => bring(body, own[0], 0.4);
        scroll();
        requestAnimationFrame(scroll); // what content-visibility had left out has its true height now
        return true;
    }

    function said(element) {
        body.replaceChildren(element);
        return false;
    }

    function steps() {
        part(".evidence-steps").hidden = at < 0;
        if (at < 0) return;
        part(".position").textContent = tell(quotes[at].text === undefined ? "passage_linked" : "position", {
            n: at + 1,
            count: quotes.length,
        });
        part("[data-do=previous]").disabled = at === 0;
        part("[data-do=next]").disabled = at === quotes.length - 1;
    }

    // One tab a source of the answer, and one for the list of all.
    function tabs() {
        const ids = [...new Set(quotes.map((quote) => quote.source))];
        const names = ids.map((id) => [sources.get(id)?.title ?? quotes.find((q) => q.source === id).title ?? id, id]);
        part(".source-tabs").replaceChildren(tab(tell("all_sources"), null, at < 0), ...names.map(([name, id]) =>
            tab(name, id, at >= 0 && quotes[at].source === id)));
    }

    function tab(name, id, chosen) {
        const button = Object.assign(document.createElement("button"), { type: "button", dir: "auto" });
        button.textContent = name;
        button.title = name;
        button.dataset.do = "tab";
        if (id !== null) button.dataset.source = id;
        if (chosen) button.setAttribute("aria-current", "true");
        return button;
    }

    function showList() {
        turn += 1;
        at = -1;
        steps();
        tabs();
        body.replaceChildren(fragment(list));
        listed(body);
    }

    // Look at the quotes of an answer, the one given first.
    function look(found, index, options = {}) {
        quotes = found;
        const shown = show(index, options);
        if (options.link) history.replaceState(null, "", hashOf(quotes[index]));
        return shown;
    }

    function step(by) {
        if (at < 0 || !quotes[at + by]) return;
        history.replaceState(null, "", hashOf(quotes[at + by]));
        show(at + by);
    }

    async function openSource(id) {
        const mine = ++turn;
        const source = await fetched(id);
        if (mine !== turn) return;
        if (source.sha256) paint(source.element, []);
        body.replaceChildren(source.element);
        body.scrollTop = 0;
    }

    actions.tab = ({ dataset }) => {
        if (dataset.source === undefined) return showList();
        show(quotes.findIndex((quote) => quote.source === dataset.source));
    };
    actions.source = ({ dataset }) => openSource(dataset.source);
    actions.previous = () => step(-1);
    actions.next = () => step(1);
    actions.close = close;
    actions.link = () => copy(location.href.replace(/#.*$/, "") + hashOf(quotes[at]));

    function followHash() {
        const linked = fromHash(location.hash);
        if (linked) look([linked], 0);
        return Boolean(linked);
    }
    addEventListener("hashchange", followHash);

    document.addEventListener("keydown", (event) => {
        if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey || !isOpen()) return;
        if (event.key === "ArrowRight") step(1);
        if (event.key === "ArrowLeft") step(-1);
    });

    return {
        look, close, isOpen, followHash,
        setList(html) {
            list = html;
            sources.clear(); // the corpus may have changed
            if (at < 0 && !fromHash(location.hash)) showList();
        },
        reset() {
            quotes = [];
            showList();
        },
    };
}

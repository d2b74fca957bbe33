// The desk: the conversation shown, what asks, and how its three columns work together.

function desk({ element, props, watch, server, send, halt }) {
    const calls = Object.fromEntries(Object.entries(server).map(([name, call]) => [name, safely(call)]));
    const root = element.querySelector(".frame");
    words = props.words[lang];
    root.innerHTML = props.frames[lang];
    const chat = root.querySelector(".chat");
    const log = chat.querySelector(".transcript");
    const scroller = chat.querySelector(".scroll");
    const box = chat.querySelector("#question");

    let conversation = blank();
    let asking = null; // {turn, conversation, index, watchdog}: the question being answered
    let editing = null; // index of the turn whose question is being changed
    let autoOpen = !narrow.matches; // show the first quote in its source when an answer is there

    const sources = evidence(root, calls, showScope);
    const past = history_(root, {
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
            const index = indexOf(article);
            return { conversation, turn: conversation.turns[index], history: historyBefore(index) };
        },
    });

    function blank() {
        return { id: crypto.randomUUID?.() ?? String(Math.random()).slice(2), title: "", updated: 0, turns: [] };
    }

    // --- keeping ---

    function save(changed) {
        changed.updated = Date.now();
        const title = changed.title || changed.turns[0]?.question.slice(0, 80) || "";
        if (!store.write(Object.assign(changed, { title }))) notify(tell("quota"));
        past.show();
    }

    function open(found) {
        if (asking) stop();
        conversation = found ?? blank();
        lastShown.set(conversation.id);
        log.replaceChildren(...conversation.turns.map(({ question }) => article(question)));
        setEditing(null);
        past.show();
        showScope();
        sources.reset();
        settled();
        return readBack();
    }

    // The answers that were kept, checked again by the server.
    async function readBack() {
        const shown = conversation;
        const waiting = shown.turns.map((turn, i) => [turn, log.children[i]]).filter(([turn]) => turn.record);
        for (const [i, turn] of shown.turns.entries()) if (!turn.record) showParts(log.children[i], [turnNote("stopped")]);
        if (!waiting.length) return;
        const all = await calls.restore({ records: waiting.map(([turn]) => turn.record) });
        if (shown !== conversation) return;
        waiting.forEach(([kept, turn], i) => {
            all ? showParts(turn, all[i]) : turn.querySelector(".answer").replaceChildren(copyOf(chat, "failed"));
            thumbs.show(turn, kept);
        });
        scroller.scrollTop = scroller.scrollHeight;
    }

    async function exportMarkdown(id) {
        const chosen = id === conversation.id ? conversation : store.read(id);
        const text = await calls.export({ title: chosen.title, turns: chosen.turns });
        if (text === undefined) return notify(tell("no_server"));
        download(`${fileName(chosen.title)}.md`, text);
    }

    // --- what is asked: only some sides or sources, or all ---

    const scope = () => (conversation.scope ??= { sides: [], sources: [] }); // sources: {id, title}

    function showScope() {
        const { sides, sources: only } = scope();
        for (const button of document.querySelectorAll("button[data-do=scope]")) {
            const { side, source } = button.dataset;
            button.setAttribute("aria-pressed", side ? sides.includes(side) : only.some(({ id }) => id === source));
        }
        chat.querySelector(".scoped").hidden = !sides.length && !only.length;
        chat.querySelector(".scoped bdi").textContent = [...sides, ...only.map(({ title }) => title)].join(", ");
    }

    function setScope(changed) {
        conversation.scope = changed;
        if (conversation.turns.length) save(conversation);
        showScope();
    }

    actions.scope = ({ dataset: { side, source, title } }) => {
        const { sides, sources: only } = scope();
        if (side) {
            setScope({ sources: only, sides: sides.includes(side) ? sides.filter((s) => s !== side) : [...sides, side] });
        } else {
            const others = only.filter(({ id }) => id !== source);
            setScope({ sides, sources: others.length < only.length ? others : [...only, { id: source, title }] });
        }
    };
    actions["scope-all"] = () => setScope({ sides: [], sources: [] });

    // Who writes the answers: the model, or nobody; where there is no model there is no choice.

    const writers = chat.querySelectorAll(".who-writes input");
    const whoWrites = () => [...writers].find(({ checked }) => checked)?.value;
    for (const writer of writers) {
        if (settings.get("llm") !== null) writer.checked = writer.value === settings.get("llm");
        writer.addEventListener("change", () => settings.set("llm", writer.value));
    }

    // --- the transcript ---

    function article(question) {
        const turn = copyOf(chat, "turn");
        turn.querySelector(".question-text").textContent = question;
        return turn;
    }

    const turnNote = (name) => chat.querySelector(`template.t-${name}`).innerHTML;

    // Parts that have not changed are left alone, so that what is open, selected or being read stays so.
    function showParts(turn, parts) {
        const answer = turn.querySelector(".answer");
        turn.shown ??= [];
        parts.forEach((html, i) => {
            if (turn.shown[i] === html) return;
            const old = answer.children[i];
            const node = fragment(html).firstElementChild;
            old ? old.replaceWith(node) : answer.append(node);
        });
        while (answer.children.length > parts.length) answer.lastElementChild.remove();
        turn.shown = [...parts];
    }

    const quotesOf = (turn) =>
        [...turn.querySelectorAll(".quote, .near")].map((quote) => ({
            ...quote.dataset,
            start: Number(quote.dataset.start),
            end: Number(quote.dataset.end),
            n: Number(quote.dataset.n),
            text: quote.firstElementChild.textContent,
            element: quote,
        }));

    // From a card of an answer or of a tool, or from a number in the prose.
    actions.show = (button) => {
        const quotes = quotesOf(button.closest(".turn, .tool"));
        const own = button.closest("figure")?.querySelector(".quote, .near");
        const index = quotes.findIndex((quote) => (own ? quote.element === own : quote.n === Number(button.dataset.n)));
        if (!own) bring(scroller, quotes[index].element.closest("figure"), 0.3);
        autoOpen = !narrow.matches;
        sources.look(quotes, index, { focus: true, link: true });
    };

    // --- asking ---

    const historyBefore = (index) =>
        conversation.turns.slice(0, index).filter(({ record }) => record).map((past) => past.question);

    function ask(question, index = conversation.turns.length) {
        if (asking) return;
        const turn = article(question);
        index < log.children.length ? log.children[index].replaceWith(turn) : log.append(turn);
        conversation.turns[index] = { question, record: null };
        asking = { turn: String(Math.random()), conversation, index, article: turn, watchdog: setTimeout(unanswered, 20000) };
        const history = historyBefore(index);
        for (const old of log.querySelectorAll(".suggestions")) old.remove();
        settled();
        bring(scroller, turn, 0);
        const { sides, sources: only } = scope();
        const llm = whoWrites() !== "0";
        send({ lang, turn: asking.turn, question, history, sides, sources: only.map(({ id }) => id), llm });
    }

    watch("value", () => {
        const update = props.value;
        if (!asking || update?.turn !== asking.turn) return;
        clearTimeout(asking.watchdog);
        if (update.parts.length) showParts(asking.article, update.parts);
        if (update.done) finish(update);
    });

    function finish({ record, failed }) {
        const { conversation: asked, index, article: turn } = asking;
        asking = null;
        settled();
        const { question } = asked.turns[index];
        if (failed) {
            asked.turns.splice(index, 1, { question, record: null, failed: true });
            if (!box.value.trim()) write(question);
            return;
        }
        asked.turns[index].record = record;
        thumbs.show(turn, asked.turns[index]);
        lastShown.set(asked.id);
        save(asked);
        const quotes = quotesOf(turn);
        setTimeout(() => suggest(turn, record), 500);
        if (!autoOpen) return;
        turn.querySelector(".quote") ? sources.look(quotes, 0) : sources.reset();
    }

    // Further questions, once the answer stands and unless another was asked meanwhile.
    async function suggest(turn, record) {
        if (asking || turn !== log.lastElementChild) return;
        const html = await calls.suggest({ record });
        if (html && turn === log.lastElementChild) turn.append(fragment(html));
    }

    function stop() {
        halt();
        clearTimeout(asking.watchdog);
        const { article: turn } = asking;
        asking = null;
        if (turn.querySelector(".answer > .searching")) showParts(turn, [turnNote("stopped")]);
        settled();
    }

    function unanswered() {
        asking.article.querySelector(".answer").replaceChildren(copyOf(chat, "failed"));
        const { conversation: asked, index } = asking;
        asking = null;
        settled();
        if (!box.value.trim()) write(asked.turns[index].question);
    }

    // The controls, as things now are.
    function settled() {
        chat.dataset.empty = log.children.length === 0;
        chat.querySelector("#send").hidden = Boolean(asking);
        chat.querySelector("#stop").hidden = !asking;
        log.setAttribute("aria-busy", Boolean(asking));
    }

    function write(text) {
        box.value = text;
        box.dispatchEvent(new Event("input", { bubbles: true }));
    }

    function setEditing(index) {
        editing = index;
        chat.querySelector(".editing").hidden = index === null;
    }

    function submit() {
        const question = box.value.trim();
        if (!question || asking) return;
        const index = editing ?? undefined;
        write("");
        setEditing(null);
        ask(question, index);
    }

    const indexOf = (element) => [...log.children].indexOf(element.closest(".turn"));

    actions.ask = (button) => ask(button.textContent);
    actions.stop = stop;
    actions.retry = (button) => ask(conversation.turns[indexOf(button)].question, indexOf(button));
    actions.edit = (button) => {
        setEditing(indexOf(button));
        write(conversation.turns[editing].question);
        box.focus();
    };
    actions["cancel-edit"] = () => {
        setEditing(null);
        write("");
        box.focus();
    };
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

    // --- keyboard ---

    chat.querySelector(".composer").addEventListener("submit", (event) => {
        event.preventDefault();
        submit();
    });

    box.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
        event.preventDefault();
        submit();
    });

    box.addEventListener("input", () => {
        box.style.height = "auto";
        box.style.height = `${box.scrollHeight + 2}px`;
    });

    document.addEventListener("keydown", (event) => {
        if (event.key === "/" && !isTyping(event.target) && !event.ctrlKey && !event.metaKey) {
            event.preventDefault();
            showView("chat");
            box.focus();
        } else if (event.key === "Escape") {
            if (editing !== null) actions["cancel-edit"]();
            else if (medium.matches && past.isOpen()) past.toggle(false);
            else if (sources.isOpen()) {
                sources.close();
                autoOpen = false;
            } else if (asking) stop();
        }
    });

    // --- beginning ---

    async function greet() {
        const given = await calls.greet({});
        const welcome = chat.querySelector(".welcome");
        if (!given) return welcome.replaceChildren(copyOf(chat, "failed"));
        document.querySelector(".masthead .corpus").innerHTML = given.corpus;
        welcome.innerHTML = given.welcome;
        sources.setList(given.sources);
        if (!given.sources || welcome.querySelector(".suggestions")) return;
        const html = await calls.suggest({});
        if (html) welcome.firstElementChild.append(fragment(html));
    }

    viewOpened.chat = greet; // the corpus may have changed meanwhile
    const changed = () => Promise.all([greet(), dossier.refresh()]);
    Object.assign(documents, { changed, listed: showScope });

    viewOpened.evaluation = async () => {
        const html = await calls.report({});
        document.querySelector("#report .frame").replaceChildren(html ? fragment(html) : copyOf(chat, "failed"));
    };

    tools(root, calls);

    root.dataset.evidence = narrow.matches ? "closed" : "open";
    greet();
    open(store.read(lastShown.get())).then(() => sources.followHash());
    if (!narrow.matches) box.focus();
}

window.replique = { desk, masthead, corpusView, dossierPanel };

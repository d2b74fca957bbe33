// What the reader thinks of an answer, or of one of its quotes: kept by the server, shown with the conversation.
// A turn of a conversation has verdict: {answer: "good" | "wrong" | null, beside: [numbers of quotes]}.

// asked: {conversation, turn, history} of an article.
function feedback(calls, { asked, save }) {
    const buttons = (article) => article.querySelectorAll("[data-do=judge]");
    const numberOf = (button) => Number(button.closest("figure")?.querySelector(".quote").dataset.n) || null;

    // The thumbs of a turn as they now stand; there are none before the answer is whole.
    function show(article, turn) {
        article.classList.toggle("judgeable", Boolean(article.querySelector(".card, .not-in-sources")));
        const { answer = null, beside = [] } = turn.verdict ?? {};
        for (const button of buttons(article)) {
            const n = numberOf(button);
            button.setAttribute("aria-pressed", n ? beside.includes(n) : button.dataset.verdict === answer);
        }
    }

    actions.judge = async (button) => {
        const article = button.closest(".turn");
        const { conversation, turn, history } = asked(article);
        const n = numberOf(button);
        const taken = button.getAttribute("aria-pressed") === "true";
        const verdict = taken ? "retracted" : button.dataset.verdict;
        const given = await calls.judge({ record: turn.record, history, verdict, n });
        if (!given?.said) return notify(given?.error ?? tell("no_server"));
        const { answer = null, beside = [] } = turn.verdict ?? {};
        const others = beside.filter((other) => other !== n);
        turn.verdict = n
            ? { answer, beside: taken ? others : [...others, n] }
            : { answer: taken ? null : verdict, beside };
        save(conversation);
        show(article, turn);
        notify(given.said);
    };

    return { show };
}

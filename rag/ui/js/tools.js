// The views of the debate tools: each sends its form, and shows what comes of it. They stand in the desk, beside
// the column of the sources.

function tools(root, calls) {
    const offers = async () => {
        const given = await calls.offers({});
        if (!given || given.error) return;
        root.querySelector("#attributed-names").innerHTML = given.names;
        for (const name of ["rebut", "drill"]) {
            const side = root.querySelector(`[data-tool=${name}] [name=side]`);
            const chosen = side.value;
            side.innerHTML = given.sides[name];
            if ([...side.options].some(({ value, disabled }) => value === chosen && !disabled)) side.value = chosen;
        }
        for (const name of ["verify", "rebut"]) {
            root.querySelector(`[data-tool=${name}] .tool-example`).innerHTML = given[name];
        }
    };

    function prepare(tool) {
        const name = tool.dataset.tool;
        const form = tool.querySelector("form");
        const said = tool.querySelector(".tool-said");
        const results = tool.querySelector(".tool-results");
        const own = name === "drill" ? training(tool, calls) : {};
        let turn = 0; // a later request overtakes an earlier one

        async function send() {
            const mine = ++turn;
            said.textContent = tell("searching");
            results.setAttribute("aria-busy", "true");
            const given = await calls[name]({ ...Object.fromEntries(new FormData(form)), ...own.asked?.() });
            if (mine !== turn) return;
            said.textContent = given?.said ?? "";
            results.replaceChildren(given ? fragment(given.html ?? given.error) : copyOf(tool, "failed"));
            results.setAttribute("aria-busy", "false");
            tool.classList.toggle("shown", Boolean(given?.html));
            if (given?.html) own.shown?.(given);
        }

        form.addEventListener("submit", (event) => {
            event.preventDefault();
            send();
        });
        form.addEventListener("keydown", (event) => {
            if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
        });
        viewOpened[name] = () => {
            offers();
            (narrow.matches ? tool.querySelector("h2") : form.elements[0]).focus();
        };
    }

    actions.example = (button) => {
        const form = button.closest(".tool").querySelector("form");
        for (const [key, value] of Object.entries(button.dataset)) {
            if (key.startsWith("field")) form.elements[key.slice(5).toLowerCase()].value = value;
        }
        form.requestSubmit();
    };

    root.querySelectorAll(".tool").forEach(prepare);
}

// Training: the questions of a session one after the other, those not got once more at the end. What is to come
// back is remembered by this browser.

function training(tool, calls) {
    const results = tool.querySelector(".tool-results");
    let unsaved = null; // the state, where the browser keeps none
    let queue = []; // articles still to be asked
    let done = 0;
    let current = null;
    let score = "";
    const again = new Set();

    function remembered() {
        try { return JSON.parse(settings.get("drill")) ?? unsaved; } catch { return unsaved; }
    }

    function remember(state) {
        unsaved = state;
        settings.set("drill", JSON.stringify(state));
    }

    function next() {
        if (current) current.hidden = true;
        current = queue.shift() ?? null;
        const end = results.querySelector(".drill-score");
        if (!current) {
            end.innerHTML = score;
            return end.focus();
        }
        done += 1;
        current.hidden = false;
        current.querySelector(".drill-answer").hidden = false;
        current.querySelector("textarea").value = "";
        current.querySelector(".drill-grade").replaceChildren();
        current.querySelector(".drill-progress").textContent = tell("drill_progress", { number: done, count: done + queue.length });
        current.querySelector("h3").focus();
    }

    async function answer(text) {
        const asked = current;
        const grade = asked.querySelector(".drill-grade");
        const buttons = asked.querySelectorAll(".drill-answer button");
        buttons.forEach((button) => { button.disabled = true; });
        const given = await calls.drill_grade({ state: remembered(), id: asked.dataset.id, answer: text });
        buttons.forEach((button) => { button.disabled = false; });
        if (asked !== current) return;
        grade.replaceChildren(given ? fragment(given.html ?? given.error) : copyOf(tool, "failed"));
        if (!given?.html) return;
        took(given);
        asked.querySelector(".drill-answer").hidden = true;
        grade.querySelector(".verdict").focus();
        if (given.verdict !== "got" && !again.has(asked)) queue.push(asked);
        again.add(asked);
    }

    function took(given) {
        remember(given.state);
        score = given.score;
    }

    results.addEventListener("submit", (event) => {
        event.preventDefault();
        answer(event.target.elements.answer.value);
    });
    results.addEventListener("keydown", (event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) event.target.form?.requestSubmit();
    });

    actions["drill-pass"] = () => answer("");
    actions["drill-next"] = next;
    actions["drill-overrule"] = async (button) => {
        const given = await calls.drill_overrule({ state: remembered(), id: current.dataset.id });
        if (!given?.state) return notify(tell("no_server"));
        took(given);
        queue = queue.filter((article) => article !== current);
        button.hidden = true;
        next();
    };

    return {
        asked: () => ({ state: remembered() }),
        shown(given) {
            remember(given.state);
            queue = [...results.querySelectorAll(".drill-question")];
            [done, current, score] = [0, null, ""];
            again.clear();
            next();
        },
    };
}

"""How fast the page is, beside a bare one in the same run: ``python -m evals.bench_page``.

1. The time until the first words of an answer reach the browser, against the time of a bare Gradio page that
   gives the question back, in the same browser, plus that of ``Assistant.ask``. The three are measured in
   turns, question by question, so that whatever else the machine does falls on all of them alike.
2. Twenty people who ask at once, against one who asks as many questions one after the other: whether each
   gets the answers to their own questions, and what share of the one's throughput all get together.

The servers are processes of their own. Times are medians, in milliseconds.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from evals.questions import load_questions
from rag.answer import Assistant, answer_as_json
from rag.settings import load_settings, shipped_corpus
from rag.store import Index, sync

MOST_RATIO = 1.5
LEAST_SHARE = 0.8
PEOPLE = 20
CHROMIUM = os.environ.get("REPLIQUE_TEST_CHROMIUM") or "/usr/bin/chromium"
QUESTIONS = Path(__file__).with_name("questions.jsonl")

FIRST_WORDS = """
([box, button, words, question]) => new Promise((resolve) => {
    const field = document.querySelector(box);
    const count = () => document.querySelectorAll(words).length;
    const before = count();
    const watch = new MutationObserver(() => {
        if (count() <= before) return;
        watch.disconnect();
        resolve(performance.now() - start);
    });
    watch.observe(document.body, { childList: true, subtree: true, characterData: true });
    field.value = question;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    const start = performance.now();
    document.querySelector(button).click();
})
"""
"""Asks a question in a page, and gives the time until the page has one more element of ``words``."""
DESK = ("#question", "#send", ".answer > :not(.searching)")
ECHO = ("#box textarea", "#send", "#out b")


def serve_echo(port: int) -> None:
    """A bare Gradio page that streams the question back."""
    import gradio as gr

    def echo(question: str, turns: int) -> Iterator[tuple[str, int]]:
        yield "<b>…</b>" * turns + f"<b>{len(question)}</b>", turns + 1

    with gr.Blocks(analytics_enabled=False) as page:
        box, turns = gr.Textbox(elem_id="box"), gr.State(0)
        send, out = gr.Button(elem_id="send"), gr.HTML(elem_id="out")
        send.click(echo, [box, turns], [out, turns], show_progress="hidden")
    page.launch(server_port=port, quiet=True, ssr_mode=False, run_history=False)


@contextmanager
def served(command: Sequence[str], url: str, environment: dict[str, str]) -> Iterator[None]:
    """A server in a process of its own, until it answers and while it is needed."""
    process = subprocess.Popen(
        [sys.executable, *command],
        env={**os.environ, "GRADIO_ANALYTICS_ENABLED": "False", **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        deadline = time.monotonic() + 120
        while not _is_up(url):
            if process.poll() is not None or time.monotonic() > deadline:
                raise SystemExit(f"no server: {' '.join(command)}")
            time.sleep(0.2)
        yield
    finally:
        process.terminate()
        process.wait(30)


def _is_up(url: str) -> bool:
    try:
        return httpx.get(url, trust_env=False, timeout=5).is_success
    except httpx.HTTPError:
        return False


# --- 1. the first words ---------------------------------------------------------------------------


def first_words(assistant: Assistant, desk: str, echo: str, questions: Sequence[str]) -> dict[str, float]:
    """Medians over the questions: ``echo``, ``ask``, ``desk``; and their ``ratio``."""
    from playwright.sync_api import sync_playwright

    times: dict[str, list[float]] = {"echo": [], "ask": [], "desk": []}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        context = browser.new_context(locale="fr-FR", viewport={"width": 1280, "height": 900})
        bare, page = context.new_page(), context.new_page()
        bare.goto(echo)
        bare.locator(ECHO[0]).wait_for()
        page.goto(desk)
        page.locator(".masthead").wait_for()
        for number, question in enumerate([questions[0], *questions]):
            bare.bring_to_front()
            gone = bare.evaluate(FIRST_WORDS, [*ECHO, question])
            start = time.perf_counter()
            assistant.ask(question)
            asked = 1000 * (time.perf_counter() - start)
            page.bring_to_front()
            page.evaluate("document.querySelector('[data-do=new]').click()")
            page.locator("#send:not([hidden])").wait_for()
            shown = page.evaluate(FIRST_WORDS, [*DESK, question])
            page.locator("#send:not([hidden])").wait_for()
            if number:  # the first is to warm up
                for name, value in {"echo": gone, "ask": asked, "desk": shown}.items():
                    times[name].append(value)
        browser.close()
    medians = {name: statistics.median(values) for name, values in times.items()}
    return {**medians, "ratio": medians["desk"] / (medians["echo"] + medians["ask"])}


# --- 2. many at once ------------------------------------------------------------------------------


def many_at_once(assistant: Assistant, url: str, questions: Sequence[str]) -> dict[str, float]:
    """Questions a second of one person and of many, the ``share``, and how many answers are ``wrong``."""
    wanted = {question: _comparable(answer_as_json(assistant.ask(question))) for question in questions}
    own = [questions[person::PEOPLE] for person in range(PEOPLE)]
    asyncio.run(_people(url, [questions[:5]]))  # to warm up
    # One, many, many, one: what else the machine does falls on both.
    runs = [asyncio.run(_people(url, people)) for people in ([questions], own, own, [questions])]
    wrong = sum(_comparable(answer) != wanted[question] for _, given in runs for question, answer in given)
    rates = [len(questions) / seconds for seconds, _ in runs]
    one, many = (rates[0] + rates[3]) / 2, (rates[1] + rates[2]) / 2
    return {"one": one, "many": many, "share": many / one, "wrong": wrong}


async def _people(url: str, questions: Sequence[Sequence[str]]) -> tuple[float, list[tuple[str, Any]]]:
    """Each person asks their questions one after the other, all people at once."""
    limits = httpx.Limits(max_connections=None)
    async with httpx.AsyncClient(base_url=url, trust_env=False, timeout=120, limits=limits) as client:
        start = time.perf_counter()
        given = await asyncio.gather(*(_person(client, asked) for asked in questions))
        return time.perf_counter() - start, [pair for person in given for pair in person]


async def _person(client: httpx.AsyncClient, questions: Sequence[str]) -> list[tuple[str, Any]]:
    return [(question, await _streamed(client, question)) for question in questions]


async def _streamed(client: httpx.AsyncClient, question: str) -> Any:
    """The last state of a streamed answer."""
    call = await client.post("/gradio_api/call/ask_stream", json={"data": [question, "", [], [], []]})
    last = None
    async with client.stream("GET", f"/gradio_api/call/ask_stream/{call.json()['event_id']}") as stream:
        async for line in stream.aiter_lines():
            if line.startswith("data: ") and line != "data: null":
                last = json.loads(line.removeprefix("data: "))[0]
    return last


def _comparable(answer: dict[str, Any] | None) -> dict[str, Any]:
    return {**(answer or {}), "timings_ms": None}


# --- both -----------------------------------------------------------------------------------------


def main() -> None:
    """Measure, print, and fail when a target is missed."""
    options = argparse.ArgumentParser(prog="python -m evals.bench_page", description=__doc__)
    options.add_argument("--questions", type=int, default=40, help="how many are asked [40]")
    options.add_argument("--echo", type=int, metavar="PORT", help=argparse.SUPPRESS)
    options.add_argument("--port", type=int, default=7991, help="first of two free ports [7991]")
    given = options.parse_args()
    if given.echo:
        serve_echo(given.echo)
        return
    questions = [q.text for q in load_questions(QUESTIONS) if q.split == "dev" and not q.history]
    chosen = list(dict.fromkeys(questions))[: given.questions]
    desk, echo = (f"http://127.0.0.1:{port}/" for port in (given.port, given.port + 1))
    with tempfile.TemporaryDirectory() as folder:
        index = Index(load_settings(corpus=shipped_corpus(), store=Path(folder) / "store"))
        sync(index)
        places = {"REPLIQUE_CORPUS": str(shipped_corpus()), "REPLIQUE_STORE": str(index.store)}
        page = ["-m", "rag", "serve", "--port", str(given.port)]
        bare = ["-m", "evals.bench_page", "--echo", str(given.port + 1)]
        with served(page, desk, places), served(bare, echo, {}):
            words = first_words(Assistant(index), desk, echo, chosen)
            people = many_at_once(Assistant(index), desk, chosen)
    print(
        f"first words: {words['desk']:.0f} ms; bare echo {words['echo']:.0f} + ask {words['ask']:.0f} ms; "
        f"ratio {words['ratio']:.2f}, at most {MOST_RATIO}"
    )
    print(
        f"{PEOPLE} people at once: {people['many']:.1f} answers/s, one alone {people['one']:.1f}; "
        f"share {people['share']:.2f}, at least {LEAST_SHARE}; wrong answers: {people['wrong']}"
    )
    if words["ratio"] > MOST_RATIO or people["share"] < LEAST_SHARE or people["wrong"]:
        sys.exit("a target is missed")


if __name__ == "__main__":
    main()

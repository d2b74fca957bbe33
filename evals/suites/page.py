"""How fast the page is, beside a bare one in the same run: ``python -m evals page``.

1. The time until the first words of an answer reach the browser, against the time of a bare Gradio page that
   gives the question back, in the same browser, plus that of ``Assistant.ask``. The three are measured in
   turns, question by question, so that whatever else the machine does falls on all of them alike.
2. Twenty people who ask at once, against one who asks as many questions one after the other: whether each
   gets the answers to their own questions, and what share of the one's throughput all get together.

The servers are processes of their own. Times are medians, in milliseconds.
"""

from __future__ import annotations

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

from evals.sets.questions import QUESTIONS, load_questions
from rag.answer import Assistant, answer_as_json
from rag.settings import load_settings, shipped_corpus
from rag.store import Index, sync
from rag.types import Progress

MOST_RATIO = 1.5
LEAST_SHARE = 0.8
PEOPLE = 20
ANYTHING: tuple[Any, ...] = ("", [], [], [], True, [], "")
"""What `ask` takes after a question: language, sides, sources, history, model, speakers, debate."""
CHROMIUM = os.environ.get("REPLIQUE_TEST_CHROMIUM") or "/usr/bin/chromium"

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


def run(progress: Progress, questions: int = 40, port: int = 7991) -> dict[str, dict[str, float]]:
    """Ask so many questions of ``dev``, on two free ports from one on; ``words`` and ``people``, see below.

    Raises:
        SystemExit: a server did not come up.
    """
    asked = [q.text for q in load_questions(QUESTIONS) if q.split == "dev" and not q.history]
    chosen = list(dict.fromkeys(asked))[:questions]
    desk, echo = (f"http://127.0.0.1:{number}/" for number in (port, port + 1))
    with tempfile.TemporaryDirectory() as folder:
        index = Index(load_settings(corpus=shipped_corpus(), store=Path(folder) / "store"))
        sync(index, progress=progress)
        places = {"REPLIQUE_CORPUS": str(shipped_corpus()), "REPLIQUE_STORE": str(index.store)}
        page = ["-m", "rag", "serve", "--port", str(port)]
        bare = ["-m", "evals.suites.echo", str(port + 1)]
        progress("starting the servers", 0, 1)
        with served(page, desk, places), served(bare, echo, {}):
            progress("timing the first words", 0, 1)
            words = first_words(Assistant(index), desk, echo, chosen)
            progress("asking with many at once", 0, 1)
            people = many_at_once(Assistant(index), desk, chosen)
    return {"words": words, "people": people}


def tables(report: dict[str, dict[str, float]]) -> Iterator[str]:
    """A line on each."""
    words, people = report["words"], report["people"]
    yield (
        f"first words: {words['desk']:.0f} ms; bare echo {words['echo']:.0f} + ask {words['ask']:.0f} ms; "
        f"ratio {words['ratio']:.2f}, at most {MOST_RATIO}"
    )
    yield (
        f"{PEOPLE} people at once: {people['many']:.1f} answers/s, one alone {people['one']:.1f}; "
        f"share {people['share']:.2f}, at least {LEAST_SHARE}; wrong answers: {people['wrong']:.0f}"
    )


def failures(report: dict[str, dict[str, float]]) -> list[str]:
    """The targets that are missed."""
    words, people = report["words"], report["people"]
    missed = {
        "the first words take too long": words["ratio"] > MOST_RATIO,
        "many at once get too little": people["share"] < LEAST_SHARE,
        "answers are wrong when many ask": people["wrong"] > 0,
    }
    return [line for line, is_missed in missed.items() if is_missed]


@contextmanager
def served(
    command: Sequence[str], url: str, environment: dict[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    """A server in a process of its own, from when it answers, while it is needed."""
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
        yield process
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
    asyncio.run(ask_all(url, [questions[:5]]))  # to warm up
    # One, many, many, one: what else the machine does falls on both.
    runs = [asyncio.run(ask_all(url, people)) for people in ([questions], own, own, [questions])]
    wrong = sum(_comparable(answer) != wanted[question] for _, given in runs for question, answer in given)
    rates = [len(questions) / seconds for seconds, _ in runs]
    one, many = (rates[0] + rates[3]) / 2, (rates[1] + rates[2]) / 2
    return {"one": one, "many": many, "share": many / one, "wrong": wrong}


async def ask_all(url: str, questions: Sequence[Sequence[str]]) -> tuple[float, list[tuple[str, Any]]]:
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
    call = await client.post("/gradio_api/call/ask_stream", json={"data": [question, *ANYTHING]})
    last = None
    async with client.stream("GET", f"/gradio_api/call/ask_stream/{call.json()['event_id']}") as stream:
        async for line in stream.aiter_lines():
            if line == "event: error":
                raise SystemExit(f"the page does not answer: {question}")
            if line.startswith("data: ") and line != "data: null":
                last = json.loads(line.removeprefix("data: "))[0]
    return last


def _comparable(answer: dict[str, Any] | None) -> dict[str, Any]:
    return {**(answer or {}), "timings_ms": None}

"""The hostile corpus in every view of the page: the HTML that its functions give."""

from __future__ import annotations

import asyncio
import base64
import re
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from evals.campaign import hostile_look as look
from evals.campaign.hostile_corpus import MARKDOWN, QUESTIONS, SCRIPT, SPEECH
from rag.api import Tools
from rag.brief import Brief
from rag.ui.chat.calls import Calls
from rag.ui.chat.page_calls import PageCalls
from rag.ui.chat.selection import SelectionCalls
from rag.ui.chat.translation import TranslationCalls
from rag.ui.counter.calls import CounterCalls
from rag.ui.debate.calls import DebateCalls
from rag.ui.documents.calls import CorpusCalls
from rag.ui.documents.search_calls import SearchCalls
from rag.ui.dossier.calls import DossierCalls
from rag.ui.drill.calls import DrillCalls
from rag.ui.prepare.calls import PrepareCalls
from rag.ui.prepare.jobs import Jobs
from rag.ui.verify.calls import VerifyCalls

Step = tuple[str, list[str]]
_PATIENCE = 120.0
_WORDS = "Le pont de Sainte-Anne coûte douze millions d’euros."
_SHOWN = ("text", "cite", "side", "title", "question", "said", "stage", "job")
"""What the scripts set as text, or send back: no HTML."""


def views(tools: Tools, texts: Mapping[str, str]) -> Iterator[Step]:
    """Each function of the page, with what it gives looked at."""
    yield from _answers(tools)
    calls: dict[str, Callable[[dict[str, Any]], Any]] = {}
    jobs: Jobs[Brief] = Jobs()
    for made in (
        Calls(tools), PageCalls(tools), SelectionCalls(tools), VerifyCalls(tools), DebateCalls(tools),
        CounterCalls(tools), DrillCalls(tools), TranslationCalls(tools), PrepareCalls(tools, jobs),
        CorpusCalls(tools, Path()), SearchCalls(tools), DossierCalls(tools),
    ):  # fmt: skip
        calls |= {function.__name__: function for function in made.functions()}
    for name, asked in _asked(texts):
        yield _called(name, calls, asked)
    yield from _drilled(calls)
    yield from _prepared(calls)
    yield from _carded(calls, tools)


def _asked(texts: Mapping[str, str]) -> Iterator[tuple[str, dict[str, Any]]]:
    yield "greet", {}
    yield "suggest", {}
    yield "documents", {}
    yield "find_filters", {}
    yield "offers", {}
    for text in (_WORDS, SPEECH, SCRIPT):
        for kind in ("quote", "speech"):
            yield "verify", {"text": text, "kind": kind, "attributed": SCRIPT}
        yield "rebut", {"claim": text, "side": ""}
        yield "face", {"motion": text, "echoes": True}
        yield "counter_sentence", {"text": text, "side": ""}
        yield "find_words", {"query": text[:60], "count": 20}
        yield "find_meaning", {"query": text[:60], "count": 20}
    yield "face", {"motion": ""}
    yield "find_words", {"query": "pont"}
    yield "find_words", {"query": "trap"}
    yield "speech_sentences", {"text": SPEECH}
    for source in texts:
        yield "source", {"source": source}
        yield "reading", {"source": source}
        yield "translate", {"source": source, "start": 0, "end": 20, "sha256": ""}


def _called(
    name: str, calls: Mapping[str, Callable[[dict[str, Any]], Any]], asked: Mapping[str, Any]
) -> Step:
    what = f"view {name} {str(dict(asked))[:60]}"
    try:
        found = calls[name]({"lang": "fr", **asked})
    except Exception as error:
        return what, [f"not foreseen: {type(error).__name__}: {error}"[:200]]
    return what, list(_looked_at(found))


def _looked_at(found: Any, name: str = "") -> Iterator[str]:
    """What is wrong with the HTML in what a function gives."""
    if isinstance(found, str):
        if "unexpected" in found or "erreur inattendue" in found:
            yield f"not foreseen: {found[:200]}"
        if name not in _SHOWN:
            yield from look.html(found)
    elif isinstance(found, Mapping):
        for key, value in found.items():
            if key not in ("record", "dossier", "state", "data", "fields", "sentences"):
                yield from _looked_at(value, str(key))
    elif isinstance(found, list | tuple):
        for item in found:
            yield from _looked_at(item, name)


def _answers(tools: Tools) -> Iterator[Step]:
    """Answers as they come, taken up again, and exported; with the model and without."""
    calls = Calls(tools)
    by_name = {function.__name__: function for function in calls.functions()}
    turns = []
    for question in (*QUESTIONS, SCRIPT, MARKDOWN):
        for llm in (False, True):
            last = asyncio.run(_last(calls, {"lang": "fr", "question": question, "turn": "1", "llm": llm}))
            yield f"answer to {question[:40]!r}, model {llm}", list(_looked_at(last["parts"]))
            if record := last.get("record"):
                turns.append({"question": question, "record": record})
                yield _called("restore", by_name, {"records": [record]})
                yield _called("suggest", by_name, {"record": record})
    text = by_name["export"]({"lang": "fr", "title": SCRIPT, "turns": turns})
    yield "conversation exported", list(look.markdown(text))


async def _last(calls: Calls, asked: dict[str, Any]) -> dict[str, Any]:
    return [update async for update in calls.ask(asked)][-1]


def _drilled(calls: Mapping[str, Callable[[dict[str, Any]], Any]]) -> Iterator[Step]:
    begun = calls["drill"]({"lang": "fr", "count": 10, "state": None})
    yield "view drill", list(_looked_at(begun))

    for name in sorted(set(re.findall(r'data-id="([^"]+)"', str(begun.get("html", ""))))):
        yield _called("drill_grade", calls, {"id": name, "answer": SCRIPT, "state": begun.get("state")})


def _prepared(calls: Mapping[str, Callable[[dict[str, Any]], Any]]) -> Iterator[Step]:
    begun = calls["brief_begin"]({"lang": "fr", "motion": "Le pont"})
    found: dict[str, Any] = {}
    end = time.monotonic() + _PATIENCE
    while "html" not in found and "error" not in found and time.monotonic() < end:
        time.sleep(0.2)
        found = calls["brief_news"]({"lang": "fr", "job": begun["job"]})
    yield "view brief", list(_looked_at(found)) if found else ["no brief"]
    for kind in ("svg", "html", "md"):
        made = calls["brief_export"]({"lang": "fr", "record": found.get("record"), "format": kind})
        check = look.markdown if kind == "md" else look.html
        data = base64.b64decode(made.get("data", "")).decode()
        yield f"brief as {kind}", list(check(data)) if data else [str(made)[:100]]


def _carded(calls: Mapping[str, Callable[[dict[str, Any]], Any]], tools: Tools) -> Iterator[Step]:
    dossier = None
    for info in tools.index.infos():
        quote = {
            "source": info.id,
            "sha256": info.sha256,
            "start": 0,
            "end": min(info.characters, 60),
            "tag": SCRIPT,
        }
        asked = {"dossier": dossier, "do": "add", "quote": quote, "pace": 150}
        found = calls["change_dossier"]({"lang": "fr", **asked})
        dossier = found.get("dossier", dossier)
        yield f"card of {info.id[:30]!r}", list(_looked_at(found))
    for kind in ("html", "md"):
        made = calls["export_dossier"]({"lang": "fr", "dossier": dossier, "format": kind, "pace": 150})
        data = base64.b64decode(made.get("data", "")).decode()
        yield (
            f"dossier as {kind}",
            list((look.markdown if kind == "md" else look.html)(data)) if data else ["nothing"],
        )

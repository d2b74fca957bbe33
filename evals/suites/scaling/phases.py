"""The phases: what is measured of a corpus folder and its store, as it stands. Each imports what it needs."""

from __future__ import annotations

import json
import random
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evals import SEED
from evals.suites.scaling.costs import Costs, bytes_by_kind, measured
from rag.types import Progress

if TYPE_CHECKING:
    from rag.store import Index

Told = Mapping[str, Any]
Found = dict[str, Any]

STOCK_DOCUMENTS = 16
"""Given to stock LlamaIndex at a time."""
SMALL = "a-small-one.md"
_SMALL_TEXT = (
    "---\ntitle: Note of two sentences\n---\n\n"
    "The ferry of Quillbarrow carried 417 passengers on its first day. {} sank at the quay a week later.\n"
)
SMALL_QUESTION = "How many passengers did the ferry of Quillbarrow carry on its first day?"


def opened(told: Told) -> Index:
    """The index of the corpus, its encoder loaded."""
    from rag.documents.language import detect_language
    from rag.settings import load_settings
    from rag.store import Index

    found = Index(load_settings(corpus=Path(told["corpus"]), store=Path(told["store"])))
    found.encoder.get_query_embedding("?")
    detect_language("The language of documents is told by a model, too.")  # which unpacks itself, 68 MB
    return found


def index(told: Told, progress: Progress) -> Found:
    """Index what is new: the sync alone, then how large the store is."""
    from rag.store import Manifest, sync

    made = opened(told)
    with measured(made.store) as cost:
        sync(made, progress=progress)
    made.close()
    manifest = Manifest.read(made.store)
    assert manifest is not None
    return {
        **cost,
        "documents": len(manifest.sources),
        "sentences": sum(source.sentences for source in manifest.sources),
        "passages": sum(source.passages for source in manifest.sources),
        "characters": sum(source.info.characters for source in manifest.sources),
        "store": bytes_by_kind(made.store),
    }


def change(told: Told, progress: Progress) -> Found:
    """Syncs: nothing to do; two sentences added, altered, removed; a word of another document altered."""
    from rag.answer import Assistant
    from rag.store import sync

    made = opened(told)
    assistant = Assistant(made)
    assistant.ask(SMALL_QUESTION)  # a live page, that has answered before
    small, other = Path(told["corpus"]) / SMALL, Path(told["corpus"]) / told["altered"]
    kept = other.read_bytes()
    found: Found = {}

    def synced(name: str) -> None:
        progress(name, len(found), 5)
        with measured(made.store) as cost:
            sync(made)
        begun = time.perf_counter()
        answer = assistant.ask(SMALL_QUESTION)
        found[name] = {**cost, "then_ms": 1000 * (time.perf_counter() - begun)}
        found[name]["answers"] = bool(answer.quotes) and "417 passengers" in answer.quotes[0].text

    try:
        synced("nothing")
        small.write_text(_SMALL_TEXT.format("It"), encoding="utf-8")
        synced("added")
        small.write_text(_SMALL_TEXT.format("The ferry"), encoding="utf-8")
        synced("altered")
        small.unlink()
        synced("removed")
        other.write_bytes(kept.replace(b". ", b" indeed. ", 1))
        synced("word")
    finally:
        small.unlink(missing_ok=True)
        other.write_bytes(kept)
    sync(made)
    made.close()
    return found


def ask(told: Told, progress: Progress) -> Found:
    """Questions, one after the other: answers, answers without the reader, and what is right."""
    from rag.answer import Assistant
    from rag.store import Index

    made = opened(told)
    asked = _questions(told)
    unread = Index(made.settings.model_copy(update={"reader": False}))
    answers = Assistant(made)
    first = _ms(partial(answers.ask, asked[0]["question"]))
    right = silent = 0
    times: list[float] = []
    for number, each in enumerate(asked):
        progress("asking", number, 2 * len(asked))
        begun = time.perf_counter()
        answer = answers.ask(each["question"])
        times.append(1000 * (time.perf_counter() - begun))
        silent += not answer.answerable
        right += any(
            quote.source.id == each["document"] and _is_one(quote.text, each["sentence"])
            for quote in answer.quotes[:1]
        )
    searching = Assistant(unread)
    searching.ask(asked[0]["question"])
    searched = []
    for number, each in enumerate(asked):
        progress("asking without the reader", len(asked) + number, 2 * len(asked))
        searched.append(_ms(partial(searching.ask, each["question"])))
    unread.close()
    made.close()
    return {
        "questions": len(asked), "right": right, "silent": silent, "first_ms": first,
        **_quantiles("answer", times), **_quantiles("search", searched),
    }  # fmt: skip


def _is_one(quote: str, sentence: str) -> bool:
    return sentence in quote or (quote in sentence and len(quote) > len(sentence) / 2)


def stock_index(told: Told, progress: Progress) -> Found:
    """The documents named, added to stock LlamaIndex's index as its guide has it."""
    from evals.suites.scaling.beside import Stock

    stock = Stock(Path(told["folder"]))
    files = [Path(told["corpus"]) / name for name in told["documents"]]
    with measured() as cost:
        for first in range(0, len(files), STOCK_DOCUMENTS):
            progress("indexing with stock LlamaIndex", first, len(files))
            stock.add(files[first : first + STOCK_DOCUMENTS])
    return {**cost, "chunks": stock.count(), "bytes": sum(bytes_by_kind(Path(told["folder"])).values())}


def stock_ask(told: Told, progress: Progress) -> Found:
    """The same questions: how long the retriever takes, and whether its first chunk has the sentence."""
    from evals.suites.scaling.beside import Stock

    stock = Stock(Path(told["folder"]))
    asked = _questions(told)
    stock.first(asked[0]["question"])
    right, times = 0, []
    for number, each in enumerate(asked):
        progress("asking stock LlamaIndex", number, len(asked))
        begun = time.perf_counter()
        text = stock.first(each["question"])
        times.append(1000 * (time.perf_counter() - begun))
        right += each["sentence"] in text
    return {"questions": len(asked), "right": right, **_quantiles("answer", times)}


def floors(told: Told, progress: Progress) -> Found:
    """What nothing here can be faster than: the encoder alone, Chroma alone."""
    from evals.suites.scaling import beside

    progress("the encoder alone", 0, 3)
    found: Found = beside.encoder_floor([Path(file) for file in told["files"]])
    progress("a question through the encoder", 1, 3)
    encoder = opened(told).encoder
    questions = [each["question"] for each in _questions(told)]
    found["question_ms"] = statistics.median(
        _ms(partial(encoder.get_query_embedding, text)) for text in questions
    )
    progress("Chroma alone", 2, 3)
    return found | beside.chroma_floor(Path(told["folder"]), told["vectors"])


PHASES: dict[str, Callable[[Told, Progress], Found]] = {
    each.__name__: each for each in (index, change, ask, stock_index, stock_ask, floors)
}


def drawn(facts: Sequence[Any], count: int) -> list[Any]:
    """Some of the facts by chance, the same every time."""
    return random.Random(SEED).sample(list(facts), min(count, len(facts)))


def _questions(told: Told) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads(Path(told["questions"]).read_text(encoding="utf-8"))
    return found


def _ms(action: Callable[[], object]) -> float:
    begun = time.perf_counter()
    action()
    return 1000 * (time.perf_counter() - begun)


def _quantiles(name: str, times: Sequence[float]) -> Costs:
    ordered = sorted(times)
    return {
        f"{name}_p50_ms": statistics.median(ordered),
        f"{name}_p95_ms": ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))],
    }

"""An answer as JSON."""

from __future__ import annotations

from rag import Assistant
from rag.answer.forms import answer_as_json


def test_the_same_question_gets_the_same_answer(shipped: Assistant) -> None:
    question = "Quelles garanties de sécurité pour l'Ukraine ?"
    first, second = answer_as_json(shipped.ask(question)), answer_as_json(shipped.ask(question))
    first.pop("timings_ms"), second.pop("timings_ms")
    assert first == second


def test_json_has_the_fields_of_the_contract(shipped: Assistant) -> None:
    data = answer_as_json(shipped.ask("Qui a coprésidé la réunion ?"))
    assert list(data) == [
        "question", "rewritten_question", "lang", "mode", "answerable", "confidence", "text", "blocks",
        "quotes", "near", "sides", "silent_sides", "unsupported", "timings_ms",
        "face",
    ]  # fmt: skip
    assert {
        "n", "source", "title", "side", "date", "locator", "start", "end", "text", "before", "after",
        "highlights", "score", "sha256", "also",
    } <= set(data["quotes"][0])  # fmt: skip
    assert {"embed", "search", "rank", "total"} <= set(data["timings_ms"])
    assert 0 <= data["confidence"] <= 1

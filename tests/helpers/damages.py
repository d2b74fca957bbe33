"""Quotes damaged as a fault of ours would damage them, and a look at whether those that leave are slices."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest

from rag.answer.assistant import Assistant
from rag.types import Quote, text_hash

Damage = Callable[[Quote], Quote]

DAMAGES: dict[str, Damage] = {
    "changed text": lambda quote: replace(quote, text=quote.text[:-1] + "¤"),
    "shifted offset": lambda quote: replace(quote, start=quote.start + 1, end=quote.end + 1),
    "longer": lambda quote: replace(quote, end=quote.end + 1),
    "wrong hash": lambda quote: replace(quote, source=replace(quote.source, sha256="0" * 64)),
    "another source": lambda quote: replace(quote, source=replace(quote.source, id="nulle-part")),
    "words before": lambda quote: replace(quote, before="¤" + quote.before),
    "words after": lambda quote: replace(quote, after=quote.after + "¤"),
    "lead-in": lambda quote: replace(quote, lead_in="¤ :"),
    "marks outside": lambda quote: replace(quote, highlights=((quote.end - 1, quote.end + 1),)),
}


def tampered(found: Any, damage: Damage, least: int = 0) -> Any:
    """A result with its quotes damaged, those of an answer from number ``least``."""
    if isinstance(found, Quote):
        return damage(found) if found.n >= least else found
    if is_dataclass(found) and not isinstance(found, type):
        changed = {field.name: tampered(getattr(found, field.name), damage, least) for field in fields(found)}
        return replace(found, **changed)
    if isinstance(found, list | tuple):
        return type(found)(tampered(item, damage, least) for item in found)
    if isinstance(found, Mapping):
        return {key: tampered(value, damage, least) for key, value in found.items()}
    return found


def quotes_of(data: object) -> Iterator[dict[str, Any]]:
    """The quotes in JSON, wherever they are."""
    if isinstance(data, dict):
        if {"source", "start", "end", "sha256"} <= data.keys():
            yield data
        for value in data.values():
            yield from quotes_of(value)
    elif isinstance(data, list):
        for item in data:
            yield from quotes_of(item)


def assert_slices(assistant: Assistant, data: object) -> int:
    """Every quote in JSON is a slice of a source, with its hash; gives their number."""
    snapshot = assistant.index.snapshot()
    texts = {info.id: snapshot.source(number).text for number, info in enumerate(snapshot.infos)}
    found = list(quotes_of(data))
    for quote in found:
        text = texts[quote["source"]]
        words = quote["text"] if "text" in quote else quote["actual"]  # of a verification
        assert text[quote["start"] : quote["end"]] == words
        assert quote["sha256"] == text_hash(text)
        assert text[: quote["start"]].endswith(quote.get("before", ""))
        assert text[quote["end"] :].startswith(quote.get("after", ""))
        assert all(quote["start"] <= a < b <= quote["end"] for a, b in quote.get("highlights", ()))
    return len(found)


def corrupt(
    monkeypatch: pytest.MonkeyPatch, home: object, method: str, damage: Damage, least: int = 0
) -> None:
    """Make a method of a class or a function of a module give damaged quotes, as a fault of ours would."""
    true = getattr(home, method)
    monkeypatch.setattr(
        home, method, lambda self, *args, **options: tampered(true(self, *args, **options), damage, least)
    )

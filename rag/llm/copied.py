"""A sentence that copies a quote, compared with it word by word."""

from __future__ import annotations

from collections.abc import Iterable

from rag.llm.types import Finding
from rag.store import Index, Snapshot
from rag.text import words_in
from rag.types import Quote
from rag.verify import Effect, Verifier

COPIED = 0.7
"""Share of the words in the same order from which a sentence is compared word by word."""
_TURNING: frozenset[str] = frozenset({"negation", "number", "date", "condition", "hedge"})


def copied(index: Index, verifier: Verifier, rest: str, quote: Quote) -> Iterable[Finding]:
    """What a sentence that copies the quote changes in it."""

    def compare(snapshot: Snapshot) -> list[Finding]:
        number = snapshot.number_of(quote.source.id)
        if number is None or not words_in(rest, "fr"):
            return []
        found = verifier.within(snapshot, rest, {number})
        inside = any(p.start < quote.end and quote.start < p.end for p in found.pieces)
        if found.verdict != "altered" or found.similarity < COPIED or not inside:
            return []
        return [
            Finding(effect.kind, effect.quoted or effect.actual)
            for effect in found.effects
            if effect.kind in _TURNING and _is_there(effect, rest, quote.text)
        ]

    return index.read(compare)


def _is_there(effect: Effect, rest: str, basis: str) -> bool:
    """Whether words are really changed: not only moved, and no number or date just left out."""
    if effect.change == "dropped" and effect.kind in ("number", "date"):
        return False
    ours, theirs = set(words_in(rest, "fr")), set(words_in(basis, "fr"))
    return not (set(words_in(effect.quoted, "fr")) <= theirs and set(words_in(effect.actual, "fr")) <= ours)

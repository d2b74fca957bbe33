"""What an answer quotes, checked to the character."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rag.drill.grade.sheet import Sheet
from rag.drill.grade.types import Reason
from rag.drill.types import overlap
from rag.text import quoted_spans, words_in
from rag.types import Quote
from rag.verify import Verification, Verifier

WHOLE = 0.6
"""Share of what is asked for that a quote has, to be enough word for word."""


def quotes_in(sheet: Sheet) -> tuple[Verification, ...]:
    """What the answer quotes, checked in all sources: the whole, or what it puts between quote marks."""
    if whole := as_quote(sheet):
        return whole
    found = [sheet.answer[slice(*span)] for span in quoted_spans(sheet.answer)]
    verifier = Verifier(sheet.index)
    return tuple(verifier.verify(text) for text in found if words_in(text, "fr"))


def as_quote(sheet: Sheet) -> tuple[Verification, ...]:
    """The whole answer, where it is a quote without its marks."""
    if len(words_in(sheet.answer, "fr")) < 3:
        return ()
    found = Verifier(sheet.index).verify(sheet.answer)
    return (found,) if found.verdict == "exact" else ()


def misquotes(quotes: Sequence[Verification]) -> list[Reason]:
    """The quotes that are not exact."""
    return [Reason("misquoted", given=found.quote) for found in quotes if found.verdict != "exact"]


def tells(sheet: Sheet, quotes: Sequence[Verification], gold: Quote) -> bool:
    """Whether exact quotes have most of what is asked for of a passage."""
    first, last = sheet.asked_span(gold)
    held = np.zeros(last - first, dtype=bool)
    for found in quotes:
        for piece in found.pieces if found.verdict == "exact" else ():
            if overlap(piece, gold):
                held[max(piece.start - first, 0) : max(piece.end - first, 0)] = True
    return bool(held.mean() >= WHOLE)

"""What a cut leaves out that denies, limits or hands on what it says."""

from __future__ import annotations

from rag.store import Edition
from rag.text import Marker, markers_in, negated_word
from rag.types import EffectKind, Span
from rag.verify.effects import grouped
from rag.verify.same_values import Change
from rag.verify.types import Effect

GUARDED: tuple[EffectKind, ...] = ("negation", "condition", "hedge", "modal", "attribution")
"""Kinds of markers whose loss changes what a cut says."""


def left_out(text: str, sentence: Span, cut: Span) -> list[Effect]:
    """What a cut leaves out of its sentence that denies, limits or hands on what it says.

    Args:
        text: of the source.
        sentence: slice of the sentence, or sentences, cut from.
        cut: slice quoted.
    """
    begin, whole = sentence[0], text[slice(*sentence)]
    changes: list[Change] = [
        (marker.kind, "", whole[marker.start : marker.end])
        for marker in markers_in(whole)
        if marker.kind in GUARDED
        and not cut[0] <= marker.start + begin < cut[1]
        and not _is_elsewhere(whole, marker, (cut[0] - begin, cut[1] - begin))
    ]
    return grouped(changes)


def _is_elsewhere(text: str, marker: Marker, cut: Span) -> bool:
    """Whether a negation is that of one word, which is not in the cut either."""
    word = negated_word(text, marker)
    return word is not None and not cut[0] <= word < cut[1]


def guard(edition: Edition, number: int, start: int, end: int) -> list[Effect]:
    """What stands around a cut, in its sentences and in the words that introduce them, and is not in it.

    Args:
        edition: where the source is.
        number: of the source.
        start, end: the slice cut out.
    """
    text = edition.source(number).text
    first = edition.sentence(edition.row_at("sentence", number, start))[1]
    last = edition.sentence(edition.row_at("sentence", number, end - 1))[1]
    found = left_out(text, (first.start, last.end), (start, end))
    if first.lead_in and not first.lead_in[0] <= start < first.lead_in[1]:
        found += left_out(text, first.lead_in, (start, start))
    return found

"""The context guard: what a cut leaves out that denies, limits or hands on what it says."""

from __future__ import annotations

from rag.effects import left_out
from rag.generation import Generation
from rag.types import Effect


def guard(generation: Generation, number: int, start: int, end: int) -> list[Effect]:
    """What stands around a cut, in its sentences and in the words that introduce them, and is not in it.

    Args:
        generation: where the source is.
        number: of the source.
        start, end: the slice cut out.
    """
    text = generation.source(number).text
    first = generation.sentence(generation.row_at("sentence", number, start))[1]
    last = generation.sentence(generation.row_at("sentence", number, end - 1))[1]
    found = left_out(text, (first.start, last.end), (start, end))
    if first.lead_in and not first.lead_in[0] <= start < first.lead_in[1]:
        found += left_out(text, first.lead_in, (start, start))
    return found

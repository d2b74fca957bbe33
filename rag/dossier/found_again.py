"""A quote found again by its words, where the text of its source is another one than when it was cut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.dossier.types import Card
from rag.store import Edition
from rag.text import Word
from rag.types import Quote, Span

WORDS_LEAST = 5
"""Fewer words are not found again where they stand in several places: they may be others’."""
_MARKS_MOST = 8
"""So many marks before the first word and after the last may belong to the quote."""


@dataclass(frozen=True, slots=True)
class Moved:
    """Where a card's quote stands now, and the words of it that are marked, or suggested."""

    start: int
    end: int
    highlights: tuple[Span, ...]
    suggested: tuple[Span, ...]


def moved_place(card: Card, edition: Edition) -> Moved | None:
    """Where the words of a card's quote stand in the text that its source has now; ``None`` if they do not.

    They are the same words with the same marks between, but for typography (see
    :mod:`rag.store.concordance`). Of several places, the one nearest to the old one is taken.
    """
    quote = card.quote
    number = edition.number_of(quote.source.id)
    if number is None:
        return None
    concordance = edition.concordance
    words = concordance.read(quote.text)
    places = [int(first) for first in concordance.find(words) if concordance.source_of(int(first)) == number]
    if not places or (len(places) > 1 and len(words) < WORDS_LEAST):
        return None
    text = edition.source(number).text
    places.sort(key=lambda first: abs(concordance.start_of(first) - quote.start))
    spans = [concordance.slice_of(at, at) for at in range(places[0], places[0] + len(words))]
    start, end = _with_marks(quote.text, words, text, spans)
    own, suggested = (
        tuple(_marks(marked, quote, words, spans)) for marked in (quote.highlights, card.suggested)
    )
    return Moved(start, end, own, suggested)


def _with_marks(quoted: str, words: Sequence[Word], text: str, spans: Sequence[Span]) -> Span:
    """The slice from first to last word, with the marks around them that the quote has, too."""
    start, end = spans[0][0], spans[-1][1]
    before, after = quoted[: words[0].start], quoted[words[-1].end :]
    start -= _common(before[::-1], text[max(0, start - _MARKS_MOST) : start][::-1])
    return start, end + _common(after, text[end : end + _MARKS_MOST])


def _common(one: str, other: str) -> int:
    """How many characters two texts begin with alike, without the white space that these end with."""
    count = 0
    while count < min(len(one), len(other)) and one[count] == other[count]:
        count += 1
    return len(one[:count].rstrip())


def _marks(
    marked: Sequence[Span], quote: Quote, words: Sequence[Word], spans: Sequence[Span]
) -> Iterator[Span]:
    """Marks of a quote where their words are now."""
    for start, end in marked:
        begin, stop = start - quote.start, end - quote.start
        inside = [
            span for word, span in zip(words, spans, strict=True) if begin < word.end and word.start < stop
        ]
        if inside:
            yield inside[0][0], inside[-1][1]

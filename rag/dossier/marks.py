"""The marks of a card: words that its owner chose to be read out, and those that are only suggested."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby, pairwise
from typing import Literal

from rag.dossier.types import Card
from rag.errors import InputError
from rag.text import read_words
from rag.types import Quote, Span

Marked = Literal["own", "suggested", ""]


def joined(spans: Iterable[Span], text: str, start: int) -> tuple[Span, ...]:
    """Spans in order, those made one that touch or have only white space between them.

    Args:
        spans: in the source.
        text: of the quote that they are in.
        start: of the quote in the source.
    """
    found: list[Span] = []
    for begin, end in sorted(spans):
        if found and not text[found[-1][1] - start : max(found[-1][1], begin) - start].strip():
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((begin, end))
    return tuple(found)


def inside(spans: Iterable[Span], start: int, end: int) -> tuple[Span, ...]:
    """What of some spans is in a slice, in order."""
    cut = ((max(a, start), min(b, end)) for a, b in sorted(spans))
    return tuple((a, b) for a, b in cut if a < b)


def turned(card: Card, start: int, end: int) -> Card:
    """The card with some words marked, or no longer marked where all of them are.

    Args:
        card: any.
        start, end: a slice of the source; whole words are taken of it.

    Raises:
        InputError: it has no word of the quote.
    """
    quote = card.quote
    begin, stop = _whole_words(quote, start, end)
    is_marked = any(a <= begin and stop <= b for a, b in quote.highlights)
    if is_marked:
        parts = [(a, min(b, begin)) for a, b in quote.highlights]
        parts += [(max(a, stop), b) for a, b in quote.highlights]
        kept = (_stripped(quote, span) for span in parts if span[0] < span[1])
        return with_marks(card, [span for span in kept if span[0] < span[1]])
    return with_marks(card, [*quote.highlights, (begin, stop)])


def taken_over(card: Card) -> Card:
    """The card with the words that were suggested marked as well; none is suggested any more."""
    marked = with_marks(card, [*card.quote.highlights, *card.suggested])
    return replace(marked, suggested=())


def with_marks(card: Card, spans: Iterable[Span]) -> Card:
    """The card with these words marked and no others."""
    quote = card.quote
    kept = joined(inside(spans, quote.start, quote.end), quote.text, quote.start)
    return replace(card, quote=replace(quote, highlights=kept))


def found_words(quote: Quote, words: str) -> Span:
    """Where some words of a quote first stand in its source.

    Raises:
        InputError: they do not stand in the quote.
    """
    at = quote.text.find(words)
    if not words or at < 0:
        raise InputError("highlight_elsewhere", words=words)
    return quote.start + at, quote.start + at + len(words)


def marked_parts(card: Card) -> Iterator[tuple[str, Marked]]:
    """The text of a card's quote in order, and how each part of it is marked."""
    quote = card.quote
    own, suggested = quote.highlights, card.suggested
    borders = sorted({quote.start, quote.end, *(at for span in (*own, *suggested) for at in span)})

    def kind(piece: Span) -> Marked:
        return "own" if _within(own, piece[0]) else "suggested" if _within(suggested, piece[0]) else ""

    for marked, pieces in groupby(pairwise(borders), key=kind):
        spans = list(pieces)
        yield quote.text[spans[0][0] - quote.start : spans[-1][1] - quote.start], marked


def _within(spans: Iterable[Span], at: int) -> bool:
    return any(start <= at < end for start, end in spans)


def _whole_words(quote: Quote, start: int, end: int) -> Span:
    """From the first to the last word of a quote that a slice touches."""
    touched = [
        (quote.start + word.start, quote.start + word.end)
        for word in read_words(quote.text)
        if quote.start + word.start < end and start < quote.start + word.end
    ]
    if not touched:
        raise InputError("mark_wordless")
    return touched[0][0], touched[-1][1]


def _stripped(quote: Quote, span: Span) -> Span:
    """A span without the white space at its ends."""
    text = quote.text[span[0] - quote.start : span[1] - quote.start]
    start = span[0] + len(text) - len(text.lstrip())
    return start, max(start, span[1] - len(text) + len(text.rstrip()))

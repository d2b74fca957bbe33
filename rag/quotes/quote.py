"""Cut quotes out of sources, and check that they are what they claim to be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rag.errors import QuoteError
from rag.store import Edition
from rag.text import content_start
from rag.types import Quote, Sentence, Source, Span, text_hash

_TRAILING = re.compile(r"[\s;]+$")

CONTEXT = 600
"""Most text given before and after a quote, in characters."""


def check(quote: Quote, source: Source) -> Quote:
    """Give the quote back if it is a slice of the source, to the character, and marks words of its own.

    Args:
        quote: of any origin, such as a file.
        source: the one that it names, as it is now.

    Raises:
        QuoteError: it is not; it must not be shown.
    """
    where = {"source": quote.source.id, "start": quote.start, "end": quote.end}
    if quote.source.sha256 != source.info.sha256 or text_hash(source.text) != quote.source.sha256:
        raise QuoteError("quote_of_other", **where)
    if not 0 <= quote.start < quote.end <= len(source.text):
        raise QuoteError("quote_outside", **where)
    if source.text[quote.start : quote.end] != quote.text:
        raise QuoteError("quote_not_there", **where)
    if any(not quote.start <= start < end <= quote.end for start, end in quote.highlights):
        raise QuoteError("quote_marks_others", **where)
    return quote


def quotable_span(text: str, start: int, end: int) -> Span:
    """A unit without its list marker and without the semicolon that ends an item."""
    begin = content_start(text, start, end)
    trailing = _TRAILING.search(text, begin, end)
    return begin, trailing.start() if trailing and trailing.start() > begin else end


def cut(source: Source, sentences: Sequence[Sentence], around: Span, score: float) -> Quote:
    """The quote made of neighbouring sentences.

    Args:
        source: where they stand.
        sentences: one or more, in order, with nothing between them.
        around: the passage that holds them, for the text before and after.
        score: 0 to 1.
    """
    text, first, last = source.text, sentences[0], sentences[-1]
    start, end = quotable_span(text, first.start, last.end)
    opening = min(content_start(text, *around), start)
    lead_in = text[slice(*first.lead_in)] if first.lead_in else ""
    return Quote(
        n=0,
        source=source.info.voiced(first.speaker),
        place=first.place.to(last.place),
        start=start,
        end=end,
        text=text[start:end],
        before=text[max(opening, start - CONTEXT) : start],
        after=text[end : min(around[1], end + CONTEXT)],
        score=score,
        lead_in=lead_in,
        speaker=first.speaker,
    )


def excerpt(edition: Edition, number: int, start: int, end: int, score: float = 1.0, n: int = 0) -> Quote:
    """Any slice of a source as a checked quote, with the passages that it touches around it.

    Args:
        edition: where the source is.
        number: of the source.
        start, end: the slice; it holds a word.
        score: 0 to 1.
        n: number of the quote.
    """
    source = edition.source(number)
    first, last = edition.row_at("passage", number, start), edition.row_at("passage", number, end - 1)
    begin = min(content_start(source.text, *edition.span("passage", first)), start)
    stop = max(edition.span("passage", last)[1], end)
    rows = [edition.row_at("sentence", number, at) for at in (start, end - 1)]
    opening, closing = (edition.sentence(row)[1] for row in rows)
    speaker = edition.heard.speaker_of(*rows)
    quote = Quote(
        n=n,
        source=source.info.voiced(speaker),
        place=opening.place.to(closing.place),
        start=start,
        end=end,
        text=source.text[start:end],
        before=source.text[max(begin, start - CONTEXT) : start],
        after=source.text[end : min(stop, end + CONTEXT)],
        score=score,
        speaker=speaker,
    )
    return check(quote, source)


def said_as_now(edition: Edition, quote: Quote) -> Quote:
    """A quote that still stands in its source, with what is said of the source now, and of who speaks there.

    One whose source is gone is given back as it is.
    """
    number = edition.number_of(quote.source.id)
    if number is None:
        return quote
    ends = (quote.start, quote.end - 1)
    speaker = edition.heard.speaker_of(*(edition.row_at("sentence", number, at) for at in ends))
    return replace(quote, source=edition.infos[number].voiced(speaker), speaker=speaker)


def parts(quote: Quote) -> Iterator[tuple[str, bool]]:
    """The text of a quote in order, and whether each part is highlighted; one part where nothing is."""
    position = quote.start
    for start, end in quote.highlights:
        if position < start:
            yield quote.text[position - quote.start : start - quote.start], False
        if max(start, position) < end:
            yield quote.text[max(start, position) - quote.start : end - quote.start], True
        position = max(position, end)
    if position < quote.end:
        yield quote.text[position - quote.start :], False

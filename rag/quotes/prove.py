"""The last check of quotes before they leave the program. Only rag/api calls it; all doors go through it."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import TypeVar

from rag.errors import QuoteError
from rag.quotes.quote import check
from rag.store import Index
from rag.types import Answer, Block, Quote, QuoteRef, Source

logger = logging.getLogger(__name__)

Found = TypeVar("Found")


def prove_answer(answer: Answer, index: Index) -> Answer:
    """The answer without the quotes that are not slices of the sources as they now are.

    Raises:
        StoreError: there is no index.
    """
    sources = _sources(index, (*answer.quotes, *answer.near))
    quotes, near = proven(answer.quotes, sources), proven(answer.near, sources)
    if len(quotes) == len(answer.quotes):
        return replace(answer, quotes=quotes, near=near)
    kept = frozenset(quote.n for quote in quotes)
    sides = {side: tuple(n for n in numbers if n in kept) for side, numbers in answer.sides.items()}
    return replace(
        answer,
        blocks=_without_dropped(answer.blocks, kept),
        quotes=quotes,
        near=near,
        sides={side: numbers for side, numbers in sides.items() if numbers},
    )


def prove_quotes(quotes: Iterable[Quote], index: Index) -> tuple[Quote, ...]:
    """The quotes that are slices of the sources as they now are.

    Raises:
        StoreError: there is no index.
    """
    given = tuple(quotes)
    return proven(given, _sources(index, given))


def prove_whole(found: Found, index: Index) -> Found:
    """What holds quotes anywhere in its fields and makes no sense without one of them, if all pass.

    Raises:
        QuoteError: a quote is not a slice of the sources as they now are.
        StoreError: there is no index.
    """
    quotes = tuple(quotes_in(found))
    sources = _sources(index, quotes)
    for quote in quotes:
        try:
            _checked(quote, sources)
        except QuoteError as error:
            logger.error("a quote failed its check: %s", error)
            raise QuoteError("quotes_lost") from None
    return found


def quotes_in(found: object) -> Iterator[Quote]:
    """The quotes in a result: in fields of dataclasses, in lists, tuples and values of mappings."""
    if isinstance(found, Quote):
        yield found
        yield from found.also
    elif is_dataclass(found):
        for field in fields(found):
            yield from quotes_in(getattr(found, field.name))
    elif isinstance(found, Mapping):
        yield from quotes_in(tuple(found.values()))
    elif isinstance(found, list | tuple):
        for item in found:
            yield from quotes_in(item)


def with_quotes(answer: Answer) -> Answer:
    """The answer, unless all its quotes had to be dropped.

    Raises:
        QuoteError: they had; to say that the sources are silent would be wrong.
    """
    if answer.answerable and not answer.quotes:
        raise QuoteError("answer_lost")
    return answer


def proven(quotes: Iterable[Quote], sources: Mapping[str, Source]) -> tuple[Quote, ...]:
    """The quotes that pass the check against ``sources`` (by id); the others are logged as errors."""
    kept: list[Quote] = []
    for quote in quotes:
        try:
            kept.append(_checked(quote, sources))
        except QuoteError as error:
            logger.error("a quote failed its check and is not shown: %s", error)
    return tuple(kept)


def _checked(quote: Quote, sources: Mapping[str, Source]) -> Quote:
    """The quote, with all that is shown of its source checked."""
    where = {"source": quote.source.id, "start": quote.start, "end": quote.end}
    source = sources.get(quote.source.id)
    if source is None:
        raise QuoteError("quote_of_none", **where)
    check(quote, source)
    before = source.text[max(0, quote.start - len(quote.before)) : quote.start]
    after = source.text[quote.end : quote.end + len(quote.after)]
    if (before, after) != (quote.before, quote.after) or quote.lead_in not in source.text:
        raise QuoteError("quote_otherwise_set", **where)
    return replace(quote, also=proven(quote.also, sources)) if quote.also else quote


def _sources(index: Index, quotes: Iterable[Quote]) -> dict[str, Source]:
    wanted = {held.source.id for quote in quotes for held in (quote, *quote.also)}
    if not wanted:
        return {}
    return index.read(
        lambda snapshot: {
            name: snapshot.source(number)
            for name in wanted
            if (number := snapshot.number_of(name)) is not None
        }
    )


def _without_dropped(blocks: Iterable[Block], kept: frozenset[int]) -> tuple[Block, ...]:
    """The blocks without the dropped quotes and the words that lead to them."""
    result: list[Block] = []
    for block in blocks:
        if isinstance(block, QuoteRef) and block.n not in kept:
            while result and not isinstance(result[-1], QuoteRef):
                result.pop()
        else:
            result.append(block)
    return tuple(result)

"""Quotes -> the blocks of an answer: who says it, who is silent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rag.catalogue import say
from rag.quotes import locator, named
from rag.search import Question
from rag.types import Answer, Block, Language, Prose, Quote, QuoteRef

SILENT_NAMED = 4
"""More silent sides than this are given as a count."""


def compose(
    quotes: Sequence[Quote], silent: Sequence[str], lang: Language, each_side: bool = False
) -> tuple[tuple[Block, ...], tuple[Quote, ...]]:
    """The blocks of an answer, and its quotes numbered in the order in which they are shown.

    Args:
        quotes: checked, best first; none when the sources do not say.
        silent: sides asked that have nothing to say.
        lang: language of the prose.
        each_side: whether every side has its heading; otherwise the best quote and those of its side stand
            without one, as the answer.
    """
    if not quotes:
        return (Prose(say("not_in_sources", lang)),), ()
    ordered = _by_side(quotes) if each_side else [quotes[0], *_by_side(quotes[1:])]
    numbered = tuple(replace(quote, n=number) for number, quote in enumerate(ordered, start=1))
    blocks: list[Block] = []
    for previous, quote in zip((None, *numbered), numbered, strict=False):
        if each_side if previous is None else previous.party != quote.party:
            blocks.append(heading_of(quote, lang))
        blocks += introduced(quote, lang)
    blocks += [Prose(text) for text in silences(silent, lang)]
    return tuple(blocks), numbered


def heading_of(quote: Quote, lang: Language) -> Prose:
    """The heading over what a side says, or one who speaks for none, of whom this is a quote."""
    side, speaker = quote.source.side, quote.speaker
    if side or not speaker:
        return Prose(say("also", lang, side=side) if side else say("also_unsided", lang), heading=True)
    return Prose(say("also_speaker", lang, speaker=speaker), heading=True)


def introduced(quote: Quote, lang: Language) -> tuple[Prose, QuoteRef]:
    """A quote of an answer, after the words that say who speaks and where."""
    where = locator(quote.place, lang)
    source = named(quote.source, lang, quote.speaker)
    words = say("according", lang, source=source, locator=f", {where}" if where else "")
    return Prose(words), QuoteRef(quote.n)


def _by_side(quotes: Sequence[Quote]) -> list[Quote]:
    """Sides in the order of their best quote, the quotes of each side together."""
    order = list(dict.fromkeys(quote.party for quote in quotes))
    return sorted(quotes, key=lambda quote: order.index(quote.party))


def silences(silent: Sequence[str], lang: Language) -> list[str]:
    """What is said of sides that have nothing to say."""
    if len(silent) > SILENT_NAMED:
        return [say("sides_silent", lang, count=len(silent))]
    return [say("side_silent", lang, side=side) for side in silent]


def numbers_by_side(quotes: Sequence[Quote]) -> dict[str, tuple[int, ...]]:
    """Numbers of the quotes of each side that has one."""
    sides = dict.fromkeys(side for quote in quotes for side in quote.sides)
    return {side: tuple(q.n for q in quotes if side in q.sides) for side in sides}


def joined(question: Question, parts: Sequence[Answer]) -> Answer:
    """The answer to a text that asks several questions: theirs, each under its question."""
    blocks: list[Block] = []
    quotes: list[Quote] = []
    for asked, part in zip(question.parts, parts, strict=True):
        blocks.append(Prose(_as_heading(asked), heading=True))
        first = len(quotes)
        blocks += [QuoteRef(b.n + first) if isinstance(b, QuoteRef) else b for b in part.blocks]
        quotes += [replace(quote, n=quote.n + first) for quote in part.quotes]
    return replace(
        parts[0],
        question=question.asked,
        rewritten_question=None,
        answerable=bool(quotes),
        confidence=max(part.confidence for part in parts),
        blocks=tuple(blocks),
        quotes=tuple(quotes),
        near=() if quotes else tuple(quote for part in parts for quote in part.near),
        sides=numbers_by_side(quotes),
        silent_sides=tuple(
            side for side in parts[0].silent_sides if all(side in part.silent_sides for part in parts)
        ),
        timings_ms={
            name: round(sum(part.timings_ms.get(name, 0.0) for part in parts), 2)
            for name in parts[0].timings_ms
        },
        face=next((part.face for part in parts if part.face is not None), None),
    )


def _as_heading(question: Question) -> str:
    """One of several questions by itself, with the mark that it shared with the others."""
    words = question.asked.rstrip(" ,;")
    words = words[:1].upper() + words[1:]
    if words[-1:].isalnum() and question.request.kind in ("answer", "yes_no"):
        return say("ask", question.lang, words=words)
    return words


def partial_answer(answer: Answer, count: int) -> Answer:
    """The answer cut off after ``count`` blocks, with the quotes that they show."""
    blocks = answer.blocks[:count]
    shown = {block.n for block in blocks if isinstance(block, QuoteRef)}
    quotes = tuple(quote for quote in answer.quotes if quote.n in shown)
    return replace(
        answer, blocks=blocks, quotes=quotes, near=(), sides=numbers_by_side(quotes), silent_sides=()
    )

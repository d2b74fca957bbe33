"""A brief as its debater wants it: with their own headings, in their order, less what they took out. Pure.

The brief itself stays as it was made; what is wanted otherwise is told apart from it, and can be taken back.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from rag.brief.types import Argument, Brief, Figure, Position, Term
from rag.catalogue import say
from rag.errors import InputError
from rag.types import Quote

HEADING_MOST = 200
"""Longest heading of a debater's own, in characters."""

Place = tuple[str, int, int]
"""Id of a source, and a slice of its text."""


@dataclass(frozen=True, slots=True)
class Edits:
    """What is wanted otherwise.

    Attributes:
        arguments: ids of those taken out.
        quotes: places of those taken out, wherever they stand in the brief.
        headings: by the id of an argument, in the debater's own words.
        order: ids of arguments; those of a side stand in this order, others after them.
    """

    arguments: Collection[str] = ()
    quotes: Collection[Place] = ()
    headings: Mapping[str, str] = field(default_factory=dict)
    order: tuple[str, ...] = ()


NO_EDITS = Edits()


def place_of(quote: Quote) -> Place:
    """Where a quote stands."""
    return quote.source.id, quote.start, quote.end


def edited(brief: Brief, edits: Edits) -> Brief:
    """The brief with the edits made; what makes no sense without what was taken out is gone too.

    A heading of the debater's own is marked as such.

    Raises:
        InputError: a heading is too long.
    """
    positions = tuple(_position(each, brief, edits) for each in brief.positions)
    kept = {argument.id for position in positions for argument in position.arguments}
    out = set(edits.quotes)

    def stands(*quotes: Quote) -> bool:
        return not any(place_of(quote) in out for quote in quotes)

    def those(quotes: tuple[Quote, ...]) -> tuple[Quote, ...]:
        return tuple(quote for quote in quotes if stands(quote))

    figures = (replace(each, uses=tuple(u for u in each.uses if stands(u.quote))) for each in brief.figures)
    events = (replace(each, quotes=those(each.quotes)) for each in brief.chronology)
    terms = (replace(each, uses=tuple(u for u in each.uses if stands(u.quote))) for each in brief.terms)
    questions = (replace(q, answers=those(q.answers)) for q in brief.questions if stands(q.asked))
    by_heart = (replace(each, quotes=those(each.quotes)) for each in brief.by_heart)
    return replace(
        brief,
        positions=positions,
        answers=tuple(
            each for each in brief.answers if {each.by, each.to} <= kept and stands(each.quote, each.answered)
        ),
        unanswered=tuple(each for each in brief.unanswered if each.argument in kept),
        figures=tuple(each for each in figures if _is_compared(each)),
        chronology=tuple(each for each in events if each.quotes),
        terms=tuple(each for each in terms if _is_compared(each)),
        questions=tuple(questions),
        by_heart=tuple(each for each in by_heart if each.quotes),
    )


def _is_compared(each: Figure | Term) -> bool:
    """Whether still two sides give a figure, or a term."""
    return len({use.side for use in each.uses}) > 1


def _position(position: Position, brief: Brief, edits: Edits) -> Position:
    ranks = {argument: number for number, argument in enumerate(edits.order)}
    kept = [
        changed
        for each in position.arguments
        if each.id not in edits.arguments and (changed := _argument(each, brief, edits)).quotes
    ]
    kept.sort(key=lambda each: ranks.get(each.id, len(ranks)))
    there = {place_of(quote) for each in kept for quote in each.quotes}
    introduction = tuple(each for each in position.introduction if there >= {*map(place_of, each.quotes)})
    return replace(position, arguments=tuple(kept), introduction=introduction)


def _argument(argument: Argument, brief: Brief, edits: Edits) -> Argument:
    out = set(edits.quotes)
    quotes = tuple(quote for quote in argument.quotes if place_of(quote) not in out)
    own = " ".join(edits.headings.get(argument.id, "").split())
    if len(own) > HEADING_MOST:
        raise InputError("heading_long", count=len(own), most=HEADING_MOST)
    heading = say("prepare_own_heading", brief.lang, heading=own) if own else argument.heading
    return replace(argument, heading=heading, quotes=quotes)


def ordered(brief: Brief, sides: Sequence[str]) -> Brief:
    """The brief with its sides in the order of some names; others stay after them."""
    ranks = {side: number for number, side in enumerate(sides)}

    def rank(side: str) -> int:
        return ranks.get(side, len(ranks))

    return replace(
        brief,
        sides=tuple(sorted(brief.sides, key=rank)),
        positions=tuple(sorted(brief.positions, key=lambda each: rank(each.side))),
        questions=tuple(sorted(brief.questions, key=lambda each: rank(each.side))),
        by_heart=tuple(sorted(brief.by_heart, key=lambda each: rank(each.side))),
    )


def quotes_of(brief: Brief) -> list[Quote]:
    """All quotes of a brief, in order, each place once."""
    found: dict[Place, Quote] = {}

    def take(*quotes: Quote) -> None:
        for quote in quotes:
            found.setdefault(place_of(quote), quote)

    for argument in brief.arguments.values():
        take(*argument.quotes)
    for answer in brief.answers:
        take(answer.quote, answer.answered)
    for figure in brief.figures:
        take(*(use.quote for use in figure.uses))
    for event in brief.chronology:
        take(*event.quotes)
    for term in brief.terms:
        take(*(use.quote for use in term.uses))
    for each in brief.by_heart:
        take(*each.quotes)
    for question in brief.questions:
        take(question.asked, *question.answers)
    return list(found.values())

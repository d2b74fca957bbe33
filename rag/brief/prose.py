"""What a language model writes between the quotes of a brief: an introduction to what each side holds.

It sees the quotes of that side alone; a sentence that they do not bear out is left out. Whatever goes wrong,
the brief is whole without it, and says so in a line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import chain, zip_longest
from typing import cast

from rag.brief.types import Argument, Brief, Failure, Position, Written
from rag.catalogue import say
from rag.llm import Endpoint, Graded, Introducing
from rag.quotes import named
from rag.search import EVERYBODY, Scope
from rag.store import Index
from rag.types import Language, Progress, Quote, no_progress

SHOWN = 10
"""Most quotes of a side that the model is shown: the best of each argument, then the second of each."""
_UNHEARD = ("slow", "unreachable", "refused")
"""Failures after which it is not asked about the other sides."""


def introduced(
    brief: Brief,
    index: Index,
    endpoint: Endpoint,
    progress: Progress = no_progress,
    scope: Scope = EVERYBODY,
) -> Brief:
    """The brief with an introduction to the position of each side, as far as the model gives one.

    Args:
        brief: without any.
        index: that it is of.
        endpoint: of the model.
        progress: called with the stage ``brief_writing``.
        scope: whom the brief hears.
    """
    writing = Introducing(index, endpoint, scope)
    positions: list[Position] = []
    failure, total = "", len(brief.positions)
    for done, position in enumerate(brief.positions):
        working = partial(progress, "brief_writing", done, total)
        working()
        sentences: list[Graded] = []
        if position.arguments and failure not in _UNHEARD:
            asked = say("brief_ask_model", brief.lang, side=position.side, motion=brief.motion).rstrip()
            quotes = _best(position.arguments)
            sentences, failed = writing.introduce(asked, quotes, brief.lang, working)
            failure = failed or failure
        written = tuple(_written(each, brief.lang) for each in sentences)
        positions.append(replace(position, introduction=written))
    progress("brief_writing", total, total)
    made = replace(brief, positions=tuple(positions))
    if not failure and brief.arguments and not made.is_introduced:
        failure = "unusable"
    return replace(made, model_failure=cast("Failure", failure))


def _best(arguments: Sequence[Argument]) -> tuple[Quote, ...]:
    turns = chain.from_iterable(zip_longest(*(each.quotes for each in arguments)))
    return tuple(dict.fromkeys(quote for quote in turns if quote is not None))[:SHOWN]


def _written(graded: Graded, lang: Language) -> Written:
    """A sentence; what only one side says is said to be its position, as in answers."""
    if graded.position is None:
        return Written(graded.text, graded.quotes)
    source = named(graded.position, lang, graded.quotes[0].speaker)
    return Written(graded.text, graded.quotes, say("position_of", lang, source=source))

"""Quotes to know by heart: short, understood alone, of the main arguments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rag.brief.arguments import ARGUES_LEAST, Group, merit
from rag.brief.statements import Statement, Statements
from rag.brief.types import ByHeart
from rag.text import values_in
from rag.verify import guard

OF_A_SIDE = 4
"""Most quotes of a side."""
SHORT, LONGER = (140, 23), (200, 34)
"""Most characters and words of one; of the only one, where a side has none so short."""
WORDS_LEAST = 5
OF_ARGUMENT = 0.4
"""How much the strength of its argument counts."""
NUMBERED = 0.05
"""How much a third number takes away: it is not remembered."""


def by_heart(statements: Statements, groups: Mapping[str, Sequence[Group]]) -> tuple[ByHeart, ...]:
    """A few quotes of each side's main arguments, one of each argument, the strongest first."""
    found = []
    for side, own in groups.items():
        kept = _best(statements, own, SHORT)[:OF_A_SIDE] or _best(statements, own, LONGER)[:1]
        if kept:
            found.append(ByHeart(side, tuple(statements.quote(each.row) for each in kept)))
    return tuple(found)


def _best(statements: Statements, groups: Sequence[Group], most: tuple[int, int]) -> list[Statement]:
    """The best sentence of each argument that has one, the best first."""
    found: list[tuple[float, int, Statement]] = []
    for group in groups:
        fitting = [each for each in group.said if _can_be_kept(statements, each, most)]
        if fitting:
            best = min(fitting, key=lambda each: (-_weight(each), each.row))
            found.append((-_weight(best) - OF_ARGUMENT * group.strength, best.row, best))
    return [said for _, _, said in sorted(found, key=lambda each: each[:2])]


def _can_be_kept(statements: Statements, said: Statement, most: tuple[int, int]) -> bool:
    """Whether a sentence is short, and quotable whole."""
    if len(said.text) > most[0] or not WORDS_LEAST <= len(said.text.split()) <= most[1]:
        return False
    if not said.alone or said.reports or said.argues < ARGUES_LEAST:
        return False
    if any(mark in said.text for mark in '«»“”"()[]*'):
        return False
    quote = statements.quote(said.row)
    return not guard(statements.snapshot, said.source, quote.start, quote.end)


def _weight(said: Statement) -> float:
    numbers = len(values_in(said.text))
    return merit(said) - len(said.text) / 600 - NUMBERED * max(0, numbers - 2)

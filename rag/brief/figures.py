"""Figures that several sides give for one thing: the same, or different ones."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from rag.brief.headings import phrase_of
from rag.brief.statements import Statement, Statements
from rag.brief.types import Figure, FigureUse
from rag.text import MEASURES, Measure, is_denied, measures_in, of_one_thing
from rag.types import Span

MOST = 10
"""Most figures."""
SAME_ALIKE, DIFFERENT_ALIKE = 0.34, 0.45
"""How alike two sentences must be that give one value; two values."""
SMALL, LARGE = 12, 100
"""A number up to this says little: more must be alike for it. From this, it says enough without what it
counts."""
RATIO = 5.0
"""Values of one thing are not farther apart."""
COMMON, COMMON_LEAST = 0.12, 5
"""A figure that stands in more than this share of the sentences with figures, and in so many, tells
nothing."""
FOLLOWING = 2
"""So many sentences after one that denies a figure may give the one that its side holds right."""
_NO_THING = frozenset("fois times reprise reprises time".split())


@dataclass(frozen=True, slots=True)
class _Given:
    """A figure of a sentence: what it measures, and its words with what it counts."""

    said: Statement
    measure: Measure
    words: str

    @property
    def value(self) -> str:
        return self.measure.value

    @property
    def unit(self) -> str:
        return self.measure.unit

    @property
    def span(self) -> Span:
        return self.measure.start, self.measure.end


def figures(statements: Statements) -> tuple[Figure, ...]:
    """Figures of several sides for one thing, those that differ first, the most alike first."""
    given = _telling([each for said in statements.by_row.values() for each in _given(said)])
    links: list[tuple[float, _Given, _Given]] = []
    for one, other in combinations(given, 2):
        alike = 0.0
        if one.said.side != other.said.side and _may_be_one(one, other):
            alike = _about_one(statements, one, other)
        if alike:
            links.append((alike, one, other))
    links.sort(key=lambda each: (-each[0], each[1].said.row, each[2].said.row, each[1].span))
    return tuple(_figures(statements, links, given))


def _telling(given: Sequence[_Given]) -> list[_Given]:
    """The figures that tell something: not the one of which the whole debate is, « le vote à 16 ans »."""
    counted = Counter((each.value, each.unit) for each in given)
    most = max(COMMON_LEAST, COMMON * len({each.said.row for each in given}))
    return [each for each in given if counted[each.value, each.unit] <= most]


def _given(said: Statement) -> Iterator[_Given]:
    """The figures of a sentence that count something; no dates, no years."""
    for each in measures_in(said.text):
        if (each.unit or each.number >= LARGE) and each.counted not in _NO_THING:
            yield _Given(said, each, said.text[each.start : each.stop])


def _may_be_one(one: _Given, other: _Given) -> bool:
    """Whether two figures may be of one thing, by themselves; quick."""
    if one.value == other.value:
        return one.unit == other.unit or (not (one.unit and other.unit) and one.measure.number >= LARGE)
    low, high = sorted((one.measure.number, other.measure.number))
    return one.unit == other.unit != "" and 0 < high <= RATIO * low


def _about_one(statements: Statements, one: _Given, other: _Given) -> float:
    """How alike two sentences are that give a figure for one thing; 0 where they do not."""
    alike = float(statements.alike([one.said.row], [other.said.row])[0, 0])
    if one.value == other.value:
        least = SAME_ALIKE + (0.15 if one.measure.number <= SMALL else 0.0)
        is_one = alike >= least and (one.unit not in MEASURES or _is_beside(one, other))
    else:
        is_one = alike >= DIFFERENT_ALIKE and of_one_thing(one.measure, other.measure)
    return alike if is_one else 0.0


def _is_beside(one: _Given, other: _Given) -> bool:
    """Whether the clauses of two figures have a word in common besides units."""
    return bool(one.measure.stems & other.measure.stems)


def _figures(
    statements: Statements, links: Sequence[tuple[float, _Given, _Given]], given: Sequence[_Given]
) -> Iterator[Figure]:
    """The links joined where they have a figure in common; what a side says instead of one that it denies."""
    taken: set[tuple[int, Span]] = set()
    same: set[tuple[str, str]] = set()
    made: list[tuple[bool, float, Figure]] = []
    for alike, one, other in links:
        if {_key(one), _key(other)} & taken or (one.value == other.value and (one.value, one.unit) in same):
            continue
        linked = [one, other]
        for _, left, right in links:
            for near, far in ((left, right), (right, left)):
                if (
                    near in linked
                    and far not in linked
                    and far.said.side not in {each.said.side for each in linked}
                ):
                    linked.append(far)
        linked += [more for each in list(linked) if (more := _instead(each, given)) and more not in linked]
        taken |= {_key(each) for each in linked}
        same |= {(each.value, each.unit) for each in linked}
        values = defaultdict(set)
        for each in linked:
            values[each.said.side].add(each.value)
        differ = len({frozenset(own) for own in values.values()}) > 1
        uses = tuple(
            _use(statements, each) for each in sorted(linked, key=lambda g: (g.said.side, g.said.row))
        )
        made.append((differ, alike, Figure(_about(one, other), differ, uses)))
    made.sort(key=lambda each: (not each[0], -each[1], each[2].about))
    yield from (figure for _, _, figure in made[:MOST])


def _key(given: _Given) -> tuple[int, Span]:
    return given.said.row, given.span


def _instead(denied: _Given, given: Sequence[_Given]) -> _Given | None:
    """The figure of the same sort that follows one that a sentence denies."""
    if not is_denied(denied.said.text):
        return None
    for each in given:
        near = 0 < each.said.row - denied.said.row <= FOLLOWING
        if (
            near
            and each.said.source == denied.said.source
            and each.unit == denied.unit
            and each.value != denied.value
            and _is_beside(each, denied)
        ):
            return each
    return None


def _use(statements: Statements, given: _Given) -> FigureUse:
    quote = statements.quote(given.said.row, given.span)
    return FigureUse(given.said.side, given.value, given.words, quote)


def _about(one: _Given, other: _Given) -> str:
    """Of what two figures are: what they count, else the shorter of the two sentences as a phrase."""
    said = min((one, other), key=lambda each: (not each.said.alone, len(each.said.text), each.said.row))
    return phrase_of(said.said.text, said.said.lang)[0]

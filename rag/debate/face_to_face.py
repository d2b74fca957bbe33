"""The sides face to face: what each says on a motion, or on all that several sides touch; who quotes whom.

A *point* is a thing that is spoken of, named by a word: on a motion, its own words and those that mean the
same; without one, the words that several sides use most and most by themselves. Under it stand the sentences
of each side that have it; a side that has none is silent there.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from rag.debate.bearing import BEARS
from rag.debate.echoes import Echo, echoes_of
from rag.debate.naming import name_of, speaks_of, spoken_of, stems_like, worth_of
from rag.debate.opposed import opposed
from rag.debate.sides import Row, Scored, Sides
from rag.errors import InputError
from rag.types import Language, Quote

PER_CELL = 6
"""Most quotes of one side under a point."""
POINTS = 8
"""Most points of the map of a corpus."""


@dataclass(frozen=True, slots=True)
class Opposed:
    """Two quotes of different sides on one matter."""

    one: Quote
    other: Quote
    similarity: float


@dataclass(frozen=True, slots=True)
class Point:
    """What each side says on one thing.

    Attributes:
        name: the word that names it.
        cells: the quotes of each side, none where it is silent.
        pairs: quotes of two sides on one matter, the nearest first.
    """

    name: str
    cells: dict[str, tuple[Quote, ...]]
    pairs: tuple[Opposed, ...]


@dataclass(frozen=True, slots=True)
class Face:
    """The sides face to face; ``motion`` is empty for the map of the corpus."""

    motion: str
    lang: Language
    sides: tuple[str, ...]
    points: tuple[Point, ...]
    echoes: tuple[Echo, ...]


class Facing:
    """Sets the sides of one snapshot face to face."""

    def __init__(self, sides: Sides) -> None:
        self.sides = sides

    def face(self, motion: str, lang: Language) -> Face:
        """See :meth:`rag.debate.Debate.face`."""
        points = self._on_motion(motion) if motion else self._on_corpus()
        return Face(motion, lang, tuple(self.sides), tuple(points), tuple(echoes_of(self.sides, motion)))

    def _on_motion(self, motion: str) -> list[Point]:
        """A point for each word of the motion that a side has; one for the whole motion if none has any."""
        names = {word: stems_like(self.sides, word) for word in spoken_of(motion)}
        if not names:
            raise InputError("motion_wordless")
        ranked = {side: self.sides.ranked(motion, side) for side in self.sides}
        points: list[Point] = []
        for name, stems in names.items():
            chosen = {
                side: [(row, score) for row, score in rows if speaks_of(self.sides, row, name, stems)]
                for side, rows in ranked.items()
            }
            if any(chosen.values()):
                points.append(self._point(name, chosen))
        if points:
            return points
        near = {side: self.sides.bearing(motion, side)[:PER_CELL] for side in self.sides}
        near = {side: [(r, s) for r, s in rows if s >= BEARS] for side, rows in near.items()}
        return [self._point(motion, near)] if any(near.values()) else []

    def _point(self, name: str, chosen: dict[str, list[Scored]]) -> Point:
        """The quotes of a point, those with an opposite first."""
        best = opposed(self.sides, {side: [row for row, _ in rows] for side, rows in chosen.items()})
        partners = {row for pair in best for row in pair[:2]}
        quotes: dict[Row, Quote] = {}
        cells: dict[str, tuple[Quote, ...]] = {}
        for side, rows in chosen.items():
            kept = sorted(rows, key=lambda item: item[0] not in partners)[:PER_CELL]
            quotes |= {row: self.sides.quote(row, score) for row, score in kept}
            cells[side] = tuple(quotes[row] for row, _ in kept)
        pairs = [
            Opposed(quotes[a], quotes[b], round(score, 4))
            for a, b, score in best
            if a in quotes and b in quotes
        ]
        return Point(name, cells, tuple(pairs))

    def _on_corpus(self) -> list[Point]:
        """The words that several sides use, those that tell most first, each sentence under one of them."""
        rows = {side: self.sides.rows(side) for side in self.sides}
        stems = {side: {row: self.sides.stems(row) for row in rows[side]} for side in self.sides}
        counts = {side: Counter(s for each in stems[side].values() for s in each) for side in self.sides}
        worth = worth_of(self.sides, counts, {side: len(rows[side]) for side in self.sides})
        points: list[Point] = []
        taken: set[Row] = set()
        for stem in sorted(worth, key=lambda s: (-worth[s], s)):
            chosen = {
                side: [(row, 0.0) for row in rows[side] if stem in stems[side][row] and row not in taken]
                for side in self.sides
            }
            if sum(map(bool, chosen.values())) < 2:
                continue
            name = name_of(self.sides, stem, chosen)
            stems_of_name = frozenset([stem])
            chosen = {
                side: [each for each in found if name and speaks_of(self.sides, each[0], name, stems_of_name)]
                for side, found in chosen.items()
            }
            point = self._point(name, chosen) if sum(map(bool, chosen.values())) > 1 else None
            if point and point.pairs:
                points.append(point)
                taken |= {row for each in chosen.values() for row, _ in each}
            if len(points) == POINTS:
                break
        return points

"""The sides face to face: who is for a motion and who against, in which words; or what divides the corpus.

A *point* is a proposition: the claim that a motion makes, or without a motion a sentence of one side that
another side contradicts or weakens. Under it stands what each side says for it and against it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Literal

from rag.answer import Assistant
from rag.catalogue import say
from rag.debate.echoes import Echo, echoes_of
from rag.debate.motion import claim_of
from rag.debate.propositions import propositions
from rag.debate.reply import Reply, reply_of
from rag.debate.sides import Sides
from rag.search import BEARS, Judged
from rag.text import heading_of
from rag.types import Language, Quote

PER_CELL = 4
"""Most quotes of one side for a point, and most against it."""
POINTS = 8
"""Most points of the map of a corpus."""
CLEAR = 2.0
"""A side is divided where what it says for a point is not so many times likelier than what it says against
it, or the other way round. Set by hand."""

Stance = Literal["for", "against", "divided", "speaks", "silent"]


@dataclass(frozen=True, slots=True)
class Cell:
    """What a side says of a point.

    Attributes:
        supports: what bears it out.
        against: what contradicts or weakens it.
        says: what is said on a theme, which is neither for nor against.
    """

    supports: tuple[Reply, ...] = ()
    against: tuple[Reply, ...] = ()
    says: tuple[Quote, ...] = ()

    @property
    def stance(self) -> Stance:
        """How the side would vote, by what certainly bears the point out or contradicts it.

        What only weakens it, or sets a condition, is no vote: the condition may be of one who is for it.
        """
        votes = [each for each in (*self.supports, *self.against) if each.certain]
        yes, no = (
            sum(each.likely for each in votes if each.relation == relation)
            for relation in ("supports", "contradicts")
        )
        if not (yes or no):
            return "speaks" if self.says or self.supports or self.against else "silent"
        if yes >= CLEAR * no:
            return "for"
        return "against" if no >= CLEAR * yes else "divided"


@dataclass(frozen=True, slots=True)
class Point:
    """A proposition, and what each side says of it.

    Attributes:
        heading: a phrase to stand over it, never a lone word: the claim of a motion, else a phrase of the
            sentence that states it.
        proposition: its words.
        stated: the sentence of a source that states it; ``None`` for that of a motion.
    """

    heading: str
    proposition: str
    stated: Quote | None
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Face:
    """The sides face to face; ``motion`` is empty for the map of the corpus.

    Attributes:
        unsided: titles of the sources heard that have no side.
    """

    motion: str
    lang: Language
    sides: tuple[str, ...]
    points: tuple[Point, ...]
    echoes: tuple[Echo, ...]
    unsided: tuple[str, ...] = ()


class Facing:
    """Sets the sides of one snapshot face to face."""

    def __init__(self, sides: Sides) -> None:
        self.sides = sides

    def face(self, motion: str, lang: Language, echoes: bool) -> Face:
        """See :meth:`rag.debate.Debate.face`."""
        points = self._on_motion(motion, lang) if motion else self.points()
        found = echoes_of(self.sides, motion) if echoes else []
        return Face(motion, lang, tuple(self.sides), tuple(points), tuple(found), self.sides.unsided)

    def points(self) -> Iterator[Point]:
        """The points of the corpus, the surest first."""
        taken: set[str] = set()
        for row, found in islice(propositions(self.sides), POINTS):
            stated = self.sides.quote(row, 1.0)
            heading = heading_of(stated.text, self.sides.language(row), self._texts(found), taken)
            taken.add(heading)
            yield self._point(heading, stated.text, [Judged(row, "supports", 1.0, 1.0), *found], stated)

    def _texts(self, found: Iterable[Judged]) -> list[str]:
        return [self.sides.snapshot.text_of("sentence", each.row) for each in found]

    def _on_motion(self, motion: str, lang: Language) -> Iterator[Point]:
        """The motion as a claim; where no side's vote is certain, what each says of it."""
        claim = claim_of(motion)
        found = [each for each in self.sides.near(claim) if each.bears >= BEARS]
        point = self._point(_heading(claim, lang), claim, found, None)
        is_voted = bool({cell.stance for cell in point.cells.values()} - {"speaks", "silent"})
        quiet = [side for side, cell in point.cells.items() if not is_voted or cell.stance == "silent"]
        said = self._said(motion, quiet, lang)
        if found or said:
            yield replace(
                point, cells={**point.cells, **{side: Cell(says=each) for side, each in said.items()}}
            )

    def _said(self, motion: str, sides: Iterable[str], lang: Language) -> dict[str, tuple[Quote, ...]]:
        """What some sides say of a motion, those that say anything."""
        assistant, question = Assistant(self.sides.index), say("about", lang, topic=motion.rstrip(" .?!"))
        asked = self.sides.scope

        def quotes(side: str) -> tuple[Quote, ...]:
            return assistant.ask(
                question, lang=lang, sides=[side], sources=asked.sources, speakers=asked.speakers
            ).quotes

        said = {side: quotes(side) for side in sides}
        return {side: quotes for side, quotes in said.items() if quotes}

    def _point(self, heading: str, claim: str, found: Sequence[Judged], stated: Quote | None) -> Point:
        cells = {}
        for side in self.sides:
            own = [each for each in found if self.sides.side_of(each.row) == side]
            cells[side] = Cell(
                self._replies(claim, (each for each in own if each.relation == "supports")),
                self._replies(claim, (each for each in own if each.relation != "supports")),
            )
        return Point(heading, claim, stated, cells)

    def _replies(self, claim: str, found: Iterable[Judged]) -> tuple[Reply, ...]:
        best = sorted(found, key=lambda each: (-each.likely, each.row))
        return tuple(reply_of(self.sides, claim, each) for each in best[:PER_CELL])


def _heading(claim: str, lang: Language) -> str:
    """A claim as a heading; a lone word is set into a phrase of ours."""
    return claim if " " in claim.strip() else say("face_theme", lang, topic=claim)

"""The sentences of each side that state something, with all that later stages ask of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from rag.brief.alone import stands_alone
from rag.brief.arguing import argues, reports
from rag.debate import Sides
from rag.quotes import quotable_span
from rag.text import content_words
from rag.types import Language, Quote, Span

OF_A_SIDE = 300
"""So many sentences of a side are looked at, evenly drawn from it."""
WORDS_MIN = 4
"""A sentence with fewer words that mean something states too little."""
WORDS_MOST = 55
"""A longer one is a list or a run of several; in all its words."""
ALIKE_MEANT, ALIKE_SAID = 0.6, 0.4
"""How much the two likenesses count: of what is meant in its place (the index's vectors), of the words."""

Row = int
Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence that states something.

    Attributes:
        row: of the sentence.
        side: whose it is.
        source: number of its source.
        lang: of its source.
        text: its words, without the mark of a list.
        words: the folded words that mean something.
        alone: whether it is understood alone: nothing in it leans on what stands before.
        reports: whether it only hands on what others claim.
        argues: 0 to 1, how much it looks like an argument rather than a mere notice.
    """

    row: Row
    side: str
    source: int
    lang: Language
    text: str
    words: tuple[str, ...]
    alone: bool
    reports: bool
    argues: float


class Statements:
    """What the sides of a snapshot state.

    Args:
        sides: they are read from it.
    """

    def __init__(self, sides: Sides) -> None:
        self.sides = sides
        self.snapshot = sides.snapshot
        self.of_side: dict[str, list[Statement]] = {side: self._stated(side) for side in sides}
        self.by_row = _by_row(self.of_side)

    def of_sources(self, sources: Collection[int]) -> Statements:
        """Those of some sources, by number."""
        kept = copy(self)
        kept.of_side = {
            side: [each for each in own if each.source in sources] for side, own in self.of_side.items()
        }
        kept.by_row = _by_row(kept.of_side)
        return kept

    def _stated(self, side: str) -> list[Statement]:
        found = [each for row in self.sides.rows(side) if (each := self._statement(row, side))]
        step = max(1, -(-len(found) // OF_A_SIDE))
        return found[::step]

    def _statement(self, row: Row, side: str) -> Statement | None:
        snapshot = self.snapshot
        number = int(snapshot.sentences["source"][row])
        source = snapshot.source(number)
        text = source.text[slice(*quotable_span(source.text, *snapshot.span("sentence", row)))]
        words = tuple(content_words(text))
        if "?" in text or len(words) < WORDS_MIN or len(text.split()) > WORDS_MOST:
            return None
        lang: Language = "en" if source.info.language == "en" else "fr"
        alone = stands_alone(text, lang) and snapshot.sentence(row)[1].lead_in is None
        return Statement(row, side, number, lang, text, words, alone, reports(text), argues(text))

    @cached_property
    def vectors(self) -> dict[Row, tuple[Vectors, Vectors]]:
        """Of each statement the vector of what it means in its place, and that of its words; unit length."""
        rows = list(self.by_row)
        said = self.sides.vectors(rows)
        meant = self.snapshot.vectors("sentence", rows)
        unit = {row: vector / (np.linalg.norm(vector) or 1) for row, vector in meant.items()}
        return {row: (unit.get(row, said[row]), said[row]) for row in rows if row in said}

    def alike(self, rows: Sequence[Row], others: Sequence[Row]) -> Vectors:
        """How alike statements are to others, shape ``(rows, others)``; both sorts of likeness together."""
        found: Vectors = np.zeros((len(rows), len(others)), np.float32)
        if rows and others:
            for sort, weight in enumerate((ALIKE_MEANT, ALIKE_SAID)):
                one, other = (np.stack([self.vectors[row][sort] for row in each]) for each in (rows, others))
                if one.shape[1] == other.shape[1]:
                    found += weight * (one @ other.T)
        return found

    def quote(self, row: Row, mark: Span | None = None) -> Quote:
        """A statement as a quote, with a slice of its words marked."""
        quote = self.sides.quote(row, 1.0)
        if mark is None:
            return quote
        return replace(quote, highlights=((quote.start + mark[0], quote.start + mark[1]),))


def _by_row(of_side: Mapping[str, Sequence[Statement]]) -> dict[Row, Statement]:
    return {each.row: each for own in of_side.values() for each in own}

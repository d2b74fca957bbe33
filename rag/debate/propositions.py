"""What one side states and another denies: sentences of sources as propositions, judged by the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from rag.debate.sides import Row, Sides
from rag.search import BEARS, Judged
from rag.text import content_words

TRIED = 20
"""How many sentences are tried as propositions; those that some sentence of another side is nearest to."""
READ = 8
"""With how many passages each is judged."""
OF_A_SIDE = 400
"""So many sentences of a side are looked at, evenly drawn from it; more would take long."""
WORDS_MIN = 5
"""A sentence with fewer words that mean something states too little."""
CONTESTED = 0.12
"""Probability from which a sentence is held to deny a proposition: few of all are denied at all, so it is
low. Set by hand, looking at debates of ``check``."""
BEHIND = 0.4
"""A proposition that is denied less surely than this share of the most surely denied one is left out. Set by
hand, likewise."""

Proposition = tuple[Row, list[Judged]]
"""A sentence, and the sentences of other sides that do something to it."""


def propositions(sides: Sides) -> Iterator[Proposition]:
    """Sentences that another side contradicts or weakens, the surest first; none that answers one before."""
    found = [(row, _judged(sides, row)) for row in _candidates(sides)]
    denied = [(row, judged) for row, judged in found if _denial(judged)]
    least = BEHIND * max((_denial(judged) for _, judged in denied), default=0.0)
    shown: set[Row] = set()
    for row, judged in sorted(denied, key=lambda each: (-_denial(each[1]), each[0])):
        if row not in shown and _denial(judged) >= least:
            shown |= {row, *(each.row for each in judged)}
            yield row, judged


def _judged(sides: Sides, row: Row) -> list[Judged]:
    """What other sides say for a sentence and against it."""
    claim, side = sides.snapshot.text_of("sentence", row), sides.side_of(row)
    near = sides.near(claim, READ, side)
    return [
        each
        for each in near
        if sides.side_of(each.row) != side
        and _states(sides, each.row)
        and each.likely >= (BEARS if each.relation == "supports" else CONTESTED)
    ]


def _denial(judged: Sequence[Judged]) -> float:
    """How surely one of some sentences is against a claim; 0 where none is."""
    return max((each.likely for each in judged if each.relation != "supports"), default=0.0)


def _candidates(sides: Sides) -> list[Row]:
    """Sentences of each side, those that something of another side is near to first."""
    rows = {side: _drawn([row for row in sides.rows(side) if _states(sides, row)]) for side in sides}
    vectors = sides.vectors(row for own in rows.values() for row in own)
    near: dict[Row, float] = {}
    for side, own in rows.items():
        others = [other for name, each in rows.items() if name != side for other in each]
        if own and others:
            alike = np.stack([vectors[row] for row in own]) @ np.stack([vectors[row] for row in others]).T
            near |= zip(own, map(float, alike.max(axis=1)), strict=True)
    return sorted(near, key=lambda row: (-near[row], row))[:TRIED]


def _states(sides: Sides, row: Row) -> bool:
    """Whether a sentence is long enough to state something."""
    return len(content_words(sides.snapshot.text_of("sentence", row))) >= WORDS_MIN


def _drawn(rows: Sequence[Row]) -> list[Row]:
    step = max(1, -(-len(rows) // OF_A_SIDE))
    return list(rows[::step])

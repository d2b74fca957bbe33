"""Groups of sentences -> the arguments of each side, and how strong they are."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from rag.brief.groups import groups_of
from rag.brief.on_motion import OnMotion
from rag.brief.statements import Row, Statement, Statements
from rag.search import Judged

ARGUES_LEAST = 0.3
"""Sentences of which none argues so much make no argument: they are notices."""
ALONE = 0.2
"""How much more a sentence counts that is understood alone."""
REPORTS = 0.25
"""How much less one that only hands on what others claim."""
TOPICAL, SIZED, SOURCED = 0.35, 0.08, 0.1
"""What likeness to the other sides' sentences, the size of a group, each further source add to its
strength."""
NEAR, BEARING = 1.0, 0.5
"""What nearness to the motion adds, and that a group certainly bears on it."""


@dataclass(slots=True)
class Group:
    """Sentences of a side with one meaning.

    Attributes:
        said: the best first.
        strength: how much it looks like a main argument, 0 to about 1.5.
        bearing: what the judge says of its sentences and the motion.
    """

    side: str
    said: list[Statement]
    strength: float
    bearing: list[Judged] = field(default_factory=list)

    @property
    def argues(self) -> bool:
        """Whether it is more than a notice, by itself."""
        return max(each.argues for each in self.said) >= ARGUES_LEAST

    @property
    def rows(self) -> frozenset[Row]:
        """Of its sentences."""
        return frozenset(each.row for each in self.said)


def merit(said: Statement) -> float:
    """How good a sentence is as a quote of an argument."""
    return said.argues + ALONE * said.alone - REPORTS * said.reports


def grouped(statements: Statements, motion: OnMotion | None) -> dict[str, list[Group]]:
    """What each side says, grouped by meaning, the strongest first.

    Args:
        statements: of all sides.
        motion: how they stand to the motion; ``None`` without one.
    """
    found: dict[str, list[Group]] = {}
    for side, own in statements.of_side.items():
        others = [each.row for name, said in statements.of_side.items() if name != side for each in said]
        rows = [each.row for each in own]
        near = statements.alike(rows, others)
        topical = dict(zip(rows, near.max(axis=1).tolist() if near.size else [0.0] * len(rows), strict=True))
        groups = (
            _group(side, [own[number] for number in numbers], topical, motion)
            for numbers in groups_of(statements.alike(rows, rows))
        )
        kept = [each for each in groups if motion is None or motion.is_on(each.said)]
        found[side] = sorted(kept, key=lambda each: (-each.strength, each.said[0].row))
    return found


def _group(
    side: str, said: Iterable[Statement], topical: Mapping[Row, float], motion: OnMotion | None
) -> Group:
    best = sorted(said, key=lambda each: (-merit(each), each.row))
    tops = [merit(each) for each in best[:2]]
    strength = sum(tops) / len(tops) + SIZED * math.log2(len(best))
    strength += SOURCED * (len({each.source for each in best}) - 1)
    strength += TOPICAL * max(topical[each.row] for each in best)
    judged = []
    if motion:
        judged = [motion.judged[each.row] for each in best if each.row in motion.judged]
        strength += BEARING * max((each.likely for each in judged), default=0.0)
        strength += NEAR * max(motion.near[each.row] for each in best)
    return Group(side, best, strength, judged)

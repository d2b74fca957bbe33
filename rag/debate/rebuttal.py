"""What to set against a claim: what contradicts or weakens it, and what bears it out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rag.debate.reply import Reply, reply_of
from rag.debate.sides import Sides, demand_two
from rag.errors import InputError
from rag.search import BEARS, RELATIONS, Judged, Relation
from rag.types import Language, Quote

SHOWN = 4
"""Most quotes of each sort."""
HELD_BEARS = 0.2
"""Probability from which a sentence is held to bear on a claim whose side was said: in which way is clearer
then. Chosen on the debates of ``check``: of the claims that the sources answer three in four have an answer,
and two in five of those that they do not; from BEARS on, not one in two, and one in five."""
NEAREST = 2
"""How many near passages are offered when nothing is against a claim."""
APART = 0.2
"""By how much likelier than the next a side must bear a claim out, to be held to make it. Set by hand."""
_ORDER = tuple(RELATIONS.values())


@dataclass(frozen=True, slots=True)
class Rebuttal:
    """What to answer to a claim.

    Attributes:
        side: the claimant's; ``None`` where it was not said, and cannot be told.
        inferred: whether it was not said, but told from what the sides say; it may be wrong.
        possible: the sides that may have said it, where that cannot be told.
        against: quotes of the other sides, or of all where the claimant's is not known: those that contradict
            the claim, then those that weaken it.
        own: the same of the claimant's own side.
        supports: quotes of any side that bear it out: what the strongest reply must know.
        silent_sides: other sides that have nothing against it.
        among: the sides that were looked at.
        near: when the other sides have nothing against it, what they have that is nearest; not an answer.
    """

    claim: str
    lang: Language
    side: str | None
    inferred: bool
    possible: tuple[str, ...]
    against: tuple[Reply, ...]
    own: tuple[Reply, ...]
    supports: tuple[Reply, ...]
    silent_sides: tuple[str, ...]
    near: tuple[Quote, ...] = ()
    among: tuple[str, ...] = ()

    @property
    def is_only_own(self) -> bool:
        """Whether nobody was looked at who could answer: the claimant's own side alone."""
        return self.side is not None and set(self.among) == {self.side}


class Rebutting:
    """Answers claims from one snapshot."""

    def __init__(self, sides: Sides) -> None:
        self.sides = sides
        self.snapshot = sides.snapshot

    def rebut(self, claim: str, side: str | None, lang: Language) -> Rebuttal:
        """See :meth:`rag.debate.Debate.rebut`.

        Raises:
            InputError: no source has the side, or fewer than two sides speak.
        """
        demand_two(self.snapshot)
        if side is not None and side not in self.snapshot.sides:
            raise InputError("side_unknown", side=side, sides=", ".join(self.snapshot.sides))
        found = self.sides.near(claim, side=side)
        bearing = [each for each in found if each.bears >= (BEARS if side is None else HELD_BEARS)]
        made_by = self._claimants(bearing) if side is None else [side]
        whose = made_by[0] if len(made_by) == 1 else None
        denies = [each for each in bearing if each.relation != "supports"]
        others = [each for each in denies if self._side_of(each) != whose]
        heard = {self._side_of(each) for each in others}
        nearest = [each for each in found if self._side_of(each) != whose and each not in bearing]
        return Rebuttal(
            claim=claim,
            lang=lang,
            side=whose,
            inferred=side is None,
            possible=tuple(made_by) if whose is None else (),
            against=self._replies(claim, others),
            own=self._replies(claim, (each for each in denies if each not in others)),
            supports=self._replies(claim, (each for each in bearing if each not in denies)),
            silent_sides=tuple(each for each in self.sides if each != whose and each not in heard),
            near=() if others else tuple(self._quote(each) for each in nearest[:NEAREST]),
            among=tuple(self.sides),
        )

    def _claimants(self, bearing: Sequence[Judged]) -> list[str]:
        """The sides that may have made a claim, the likeliest first; one alone where that is clear.

        One that likelier contradicts it than bears it out has not made it.
        """
        likely = self._likeliest(bearing, "supports")
        denied = self._likeliest(bearing, "contradicts")
        held = (side for side in likely if likely[side] > denied.get(side, 0.0))
        made_by = sorted(held, key=lambda side: (-likely[side], side))
        is_clear = len(made_by) > 1 and likely[made_by[0]] >= likely[made_by[1]] + APART
        return made_by[:1] if is_clear else made_by

    def _likeliest(self, bearing: Iterable[Judged], relation: Relation) -> dict[str, float]:
        """How likely it is that each side says something that does this to a claim."""
        found: dict[str, float] = {}
        for each in bearing:
            side = self._side_of(each)
            if each.relation == relation and side is not None:
                found[side] = max(found.get(side, 0.0), each.likely)
        return found

    def _replies(self, claim: str, found: Iterable[Judged]) -> tuple[Reply, ...]:
        ordered = sorted(found, key=lambda each: (_ORDER.index(each.relation), -each.bears, each.row))
        return tuple(reply_of(self.sides, claim, each) for each in ordered[:SHOWN])

    def _quote(self, found: Judged) -> Quote:
        return self.sides.quote(found.row, found.bears)

    def _side_of(self, found: Judged) -> str | None:
        return self.sides.side_of(found.row)

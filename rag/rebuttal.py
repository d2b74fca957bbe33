"""What to set against a claim: the other sides' quotes that bear on it, and what its own side says of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from rag.bearing import BEARS
from rag.errors import InputError
from rag.guard import guard
from rag.lexical import terms
from rag.markers import markers
from rag.table import Row, Scored, Table, best
from rag.types import Effect, Language, Quote

BEARING = 4
"""Most quotes that answer a claim, and most that the claimant's own side has on it."""
NEAREST = 2
"""How many near passages are offered when nothing bears on a claim."""
DENIED = 0.5
"""What a sentence counts in telling whose a claim is, when one of the two is negated and the other not."""
_CLAUSES = re.compile(r"[,;:]|\b(?:et|mais|or|car|and|but)\b")


@dataclass(frozen=True, slots=True)
class Bearing:
    """A quote that bears on a claim.

    Attributes:
        relation: ``answers`` for another side's; of the claimant's own, ``weakens`` when it has a negation, a
            condition or a reserve that the claim has not, else ``supports``.
        limits: what it has and the claim has not.
        warnings: of the context guard.
    """

    quote: Quote
    relation: Literal["answers", "supports", "weakens"]
    limits: tuple[Effect, ...]
    warnings: tuple[Effect, ...]


@dataclass(frozen=True, slots=True)
class Rebuttal:
    """What to answer to a claim.

    Attributes:
        side: the claimant's.
        inferred: whether that was not said, but told from the side's words; it may be wrong.
        against: quotes of the other sides.
        own: quotes of the claimant's side.
        silent_sides: other sides that have nothing on it.
        near: when no other side has anything, what they have that is nearest; it is not an answer.
    """

    claim: str
    lang: Language
    side: str
    inferred: bool
    against: tuple[Bearing, ...]
    own: tuple[Bearing, ...]
    silent_sides: tuple[str, ...]
    near: tuple[Quote, ...] = ()


class Rebutting(Table):
    """Answers claims from one snapshot."""

    def rebut(self, claim: str, side: str | None, lang: Language) -> Rebuttal:
        """See :meth:`rag.debate.Debate.rebut`."""
        if side is not None and side not in self.sides:
            raise InputError(f"no source has the side {side!r}; there are: {', '.join(self.sides)}")
        found = {each: self._bearing(claim, each) for each in self.sides}
        whose = side or max(self.sides, key=lambda each: self._nearness(claim, found[each]))
        others = best(found[each] for each in self.sides if each != whose)
        against = [item for item in others if item[1] >= BEARS][:BEARING]
        own = [item for item in found[whose] if item[1] >= BEARS][:BEARING]
        near = [] if against else others[:NEAREST]
        heard = {self._side(row) for row, _ in against}
        return Rebuttal(
            claim=claim,
            lang=lang,
            side=whose,
            inferred=side is None,
            against=tuple(self._bears(claim, row, score, own=False) for row, score in against),
            own=tuple(self._bears(claim, row, score, own=True) for row, score in own),
            silent_sides=tuple(each for each in self.sides if each != whose and each not in heard),
            near=tuple(self._quote(row, score) for row, score in near),
        )

    def _nearness(self, claim: str, bearing: Sequence[Scored]) -> float:
        """How near the best sentence of a side is to a claim that it may have made."""
        denied = _denies(claim)
        scores = (
            score * (1 if _denies(self._nearest_clause(claim, row)) == denied else DENIED)
            for row, score in bearing
        )
        return max(scores, default=0.0)

    def _nearest_clause(self, claim: str, row: Row) -> str:
        """The clause of a sentence that has most words of a claim."""
        language = self.snapshot.sentence(row)[0].info.language
        stems = set(terms(claim, language))
        clauses = _CLAUSES.split(self.snapshot.text_of("sentence", row))
        return max(clauses, key=lambda clause: len(stems.intersection(terms(clause, language))))

    def _bears(self, claim: str, row: Row, score: float, own: bool) -> Bearing:
        quote = self._quote(row, score)
        number = int(self.snapshot.sentences["source"][row])
        limits = _limits(claim, quote.text)
        relation: Any = "answers" if not own else "weakens" if limits else "supports"
        return Bearing(
            quote, relation, tuple(limits), tuple(guard(self.snapshot, number, quote.start, quote.end))
        )


def _denies(text: str) -> bool:
    return any(marker.kind == "negation" for marker in markers(text))


_LIMITING = ("negation", "condition", "hedge", "modal", "attribution")


def _limits(claim: str, text: str) -> list[Effect]:
    """What a text has that denies, limits or hands on, of kinds that a claim has not."""
    claimed = {marker.kind for marker in markers(claim)}
    found: dict[Any, list[str]] = {}
    for marker in markers(text):
        if marker.kind in _LIMITING and marker.kind not in claimed:
            found.setdefault(marker.kind, []).append(text[marker.start : marker.end])
    return [Effect(kind, "dropped", "", " … ".join(words)) for kind, words in found.items()]

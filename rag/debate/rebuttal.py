"""What to set against a claim: the other sides' quotes that bear on it, and what its own side says of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from rag.debate.bearing import BEARS
from rag.debate.sides import Row, Scored, Sides, best
from rag.errors import InputError
from rag.text import markers_in, terms
from rag.types import Language, Quote
from rag.verify import Effect, guard

BEARING = 4
"""Most quotes that answer a claim, and most that the claimant's own side has on it."""
NEAREST = 2
"""How many near passages are offered when nothing bears on a claim."""
SAME = 0.7
"""Share of a claim's words from which a sentence that denies it shows that its side has not made it. Set by
hand."""
_CLAUSES = re.compile(r"[,;:]|\b(?:et|mais|or|car|and|but)\b")


@dataclass(frozen=True, slots=True)
class Reply:
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
        side: the claimant's; ``None`` where it was not said, and no side has anything like the claim.
        inferred: whether it was not said, but told from the side's words; it may be wrong.
        against: quotes of the other sides.
        own: quotes of the claimant's side.
        silent_sides: other sides that have nothing on it.
        near: when no other side has anything, what they have that is nearest; it is not an answer.
    """

    claim: str
    lang: Language
    side: str | None
    inferred: bool
    against: tuple[Reply, ...]
    own: tuple[Reply, ...]
    silent_sides: tuple[str, ...]
    near: tuple[Quote, ...] = ()


class Rebutting:
    """Answers claims from one snapshot."""

    def __init__(self, sides: Sides) -> None:
        self.sides = sides
        self.snapshot = sides.snapshot

    def rebut(self, claim: str, side: str | None, lang: Language) -> Rebuttal:
        """See :meth:`rag.debate.Debate.rebut`.

        Raises:
            InputError: no source has the side.
        """
        if side is not None and side not in self.sides:
            raise InputError("side_unknown", side=side, sides=", ".join(self.sides))
        found = {each: self.sides.bearing(claim, each) for each in self.sides}
        whose = side or self._claimant(claim, found)
        others = best(found[each] for each in self.sides if each != whose)
        against = [item for item in others if item[1] >= BEARS][:BEARING]
        own = [item for item in found[whose] if item[1] >= BEARS][:BEARING] if whose else []
        near = [] if against else others[:NEAREST]
        heard = {self.sides.side_of(row) for row, _ in against}
        return Rebuttal(
            claim=claim,
            lang=lang,
            side=whose,
            inferred=side is None,
            against=tuple(self._bears(claim, row, score, own=False) for row, score in against),
            own=tuple(self._bears(claim, row, score, own=True) for row, score in own),
            silent_sides=tuple(each for each in self.sides if each != whose and each not in heard),
            near=tuple(self.sides.quote(row, score) for row, score in near),
        )

    def _claimant(self, claim: str, found: Mapping[str, Sequence[Scored]]) -> str | None:
        """The side that may have made a claim: its sentences are nearest, and do not deny it."""
        stems = self.sides.stems_of(claim)
        nearest = [row for row, _ in best(found.values())[:1]]
        deniers = {
            self.sides.side_of(row)
            for row in nearest
            if self._is_denied(claim, row) and self.sides.covered(stems, row) >= SAME
        }
        made = [
            item
            for side in self.sides
            if side not in deniers
            for item in found[side]
            if item[1] >= BEARS and not self._is_denied(claim, item[0])
        ]
        return self.sides.side_of(best([made])[0][0]) if made else None

    def _is_denied(self, claim: str, row: Row) -> bool:
        """Whether one of a claim and a sentence denies, as a whole and in the clause that they share."""
        denies = _denies(claim)
        texts = (self.snapshot.text_of("sentence", row), self._nearest_clause(claim, row))
        return all(_denies(text) != denies for text in texts)

    def _nearest_clause(self, claim: str, row: Row) -> str:
        """The clause of a sentence that has most words of a claim."""
        language = self.snapshot.sentence(row)[0].info.language
        stems = set(terms(claim, language))
        clauses = _CLAUSES.split(self.snapshot.text_of("sentence", row))
        return max(clauses, key=lambda clause: len(stems.intersection(terms(clause, language))))

    def _bears(self, claim: str, row: Row, score: float, own: bool) -> Reply:
        quote = self.sides.quote(row, score)
        number = int(self.snapshot.sentences["source"][row])
        limits = limits_of(claim, quote.text)
        relation: Any = "answers" if not own else "weakens" if limits else "supports"
        return Reply(
            quote, relation, tuple(limits), tuple(guard(self.snapshot, number, quote.start, quote.end))
        )


def _denies(text: str) -> bool:
    return any(marker.kind == "negation" for marker in markers_in(text))


_OBLIGATION = re.compile(r"doi(?:t|vent)|dev(?:ra|ront|ons)|fau(?:t|dra)|must|shall|will", re.IGNORECASE)
"""Modal verbs that limit nothing."""
_LIMITING = ("negation", "condition", "hedge", "modal", "attribution")


def limits_of(claim: str, text: str) -> list[Effect]:
    """What a text has that denies, limits or hands on, of kinds that a claim has not."""
    claimed = {marker.kind for marker in markers_in(claim)}
    found: dict[Any, list[str]] = {}
    for marker in markers_in(text):
        said = text[marker.start : marker.end]
        if marker.kind in _LIMITING and marker.kind not in claimed and not _OBLIGATION.fullmatch(said):
            found.setdefault(marker.kind, []).append(said)
    return [Effect(kind, "dropped", "", " … ".join(words)) for kind, words in found.items()]

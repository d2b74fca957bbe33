"""A quote that bears on a claim: what it does to it, and why."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from rag.debate.sides import Sides
from rag.search import Judged, Relation
from rag.text import can_contradict, compare, denials, facts_in, markers_in
from rag.types import Quote
from rag.verify import Effect, guard

LIKELY = 0.5
"""What a quote does to a claim is uncertain where it is not likelier than not that it does that."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A quote that bears on a claim.

    Attributes:
        relation: what it does to the claim.
        likely: the probability of that.
        certain: whether that is likelier than not, and clear that it is for the claim, or against it.
        reasons: facts and small words (negations, conditions…) in which the two differ: why it does that.
        warnings: of the context guard.
    """

    quote: Quote
    relation: Relation
    likely: float
    certain: bool
    reasons: tuple[Effect, ...]
    warnings: tuple[Effect, ...]


def reply_of(sides: Sides, claim: str, found: Judged) -> Reply:
    """The quote of a sentence that was judged."""
    quote = sides.quote(found.row, found.bears)
    number = int(sides.snapshot.sentences["source"][found.row])
    return Reply(
        quote=quote,
        relation=found.relation,
        likely=found.likely,
        certain=found.certain and found.likely >= LIKELY,
        reasons=tuple(reasons_of(claim, quote.text)) if found.relation != "supports" else (),
        warnings=tuple(guard(sides.snapshot, number, quote.start, quote.end)),
    )


def reasons_of(claim: str, text: str) -> list[Effect]:
    """In which facts a text differs from a claim, and what it denies or limits that the claim does not."""
    changed = [
        Effect(fact.kind, "changed", fact.given, fact.expected)
        for fact in compare(facts_in(text), claim)
        if fact.status == "changed"
    ]
    return [*changed, *limits_of(claim, text)]


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


def may_contradict(claim: str, text: str, sure: bool = False) -> bool:
    """Whether a sentence can contradict a claim, by its words.

    One that has the claim's figures cannot, or others of other things; nor one that denies as often
    (« personne n’a été consulté », « la mairie n’a consulté personne »), unless the judge is ``sure``.
    """
    return can_contradict(claim, text) and (sure or not denials(claim) == denials(text) > 0)

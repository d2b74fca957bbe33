"""The nouns of a check: verdict, difference, effect, attribution, meaning, verification."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rag.types import EffectKind, Quote

Verdict = Literal["exact", "altered", "stitched", "misattributed", "absent"]
"""What a check of a claimed quote finds; see rag/verify/verifier.py."""
SpeakerVerdict = Literal["confirmed", "contradicted", "unchecked"]
"""What the sources tell of who says some words; see :class:`Speaker`."""
SaidRelation = Literal["opposite", "weaker", "same", "translation"]
"""What a sentence says beside a statement: the contrary, or another number; less, or on a condition; the
same, in other words; what the statement may be a translation of."""
MeaningVerdict = Literal["opposite", "weaker", "same", "translation", "disputed", "unsaid"]
"""What the sources say in substance: as a sentence does; some say so, others the contrary; or nothing."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A stretch of a claimed quote beside what stands in the source.

    Attributes:
        op: ``insert`` for words that the source does not have, ``delete`` for words of it left out.
        quoted: as in the claimed quote, verbatim.
        actual: as in the source, verbatim.
        announced: an ellipsis in the claimed quote says that words are left out here.
    """

    op: Literal["equal", "replace", "insert", "delete"]
    quoted: str
    actual: str
    announced: bool = False


@dataclass(frozen=True, slots=True)
class Effect:
    """What the changes of one kind do, in the words that they touch (`` … `` between two places)."""

    kind: EffectKind
    change: Literal["dropped", "added", "changed"]
    quoted: str
    actual: str


@dataclass(frozen=True, slots=True)
class Speaker:
    """What the sources tell of whether a named person, who is neither source nor side, says some words.

    Attributes:
        verdict: ``confirmed``: they say so; ``contradicted``: they say that somebody else does, or hold the
            words against that person; ``unchecked``: they do not tell.
        quotes: the sentences that tell; of an unchecked one, those that name somebody who may be meant.
        by: who says them, where the source has them said by another.
    """

    verdict: SpeakerVerdict
    quotes: tuple[Quote, ...] = ()
    by: str = ""


@dataclass(frozen=True, slots=True)
class Attribution:
    """Whose words a claimed quote is said to be.

    Attributes:
        named: as it was said.
        sources: ids of the sources meant, those in which one so named speaks; none when nothing in the
            corpus has such a name.
        holds: whether they have the words; ``None`` when no source is meant, or none has the words.
        speaker: where a person is meant, whether they say the words that were found.
    """

    named: str
    sources: tuple[str, ...]
    holds: bool | None
    speaker: Speaker | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of the sources that bears on a statement.

    Attributes:
        likely: the probability of the relation.
        differs: of an opposite one, in which numbers and dates the statement differs from it.
    """

    relation: SaidRelation
    likely: float
    quote: Quote
    differs: tuple[Effect, ...] = ()


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the sources say in substance of words that are not theirs: an estimate, apart from the verdict.

    Attributes:
        certain: whether the verdict is as probable as that of a certain answer.
        quotes: what it rests on.
    """

    verdict: MeaningVerdict
    certain: bool
    quotes: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Verification:
    """What the sources have of a claimed quote.

    Attributes:
        quote: as claimed.
        verdict: see rag/verify/verifier.py.
        similarity: 0 to 1, share of the words that are the same and in the same order.
        pieces: the true passages, in the order of the claimed quote; of an exact one, at each place where it
            stands (the ``n`` of a piece is the number of its place).
        places: in how many places an exact quote stands, were they more than are given.
        diff: the claimed quote beside the first place.
        effects: what the changes do.
        warnings: of an exact quote, what the sentence around it has that limits or denies it.
        near: when absent, the nearest passages; when a negation, a number or a name alone is changed,
            those of other places that are nearly the words; never shown as a quote.
        attribution: whose words it is said to be, if that is said.
        meaning: what the sources say in substance, where that was asked for; see rag/verify/said.py.
        in_part: whether only some of those who speak in the sources were looked at.
    """

    quote: str
    verdict: Verdict
    similarity: float
    pieces: tuple[Quote, ...] = ()
    places: int = 0
    diff: tuple[Difference, ...] = ()
    effects: tuple[Effect, ...] = ()
    warnings: tuple[Effect, ...] = ()
    near: tuple[Quote, ...] = ()
    attribution: Attribution | None = None
    meaning: Meaning | None = None
    in_part: bool = False

    @property
    def told(self) -> str:
        """Key of the verdict in words."""
        absent = self.verdict == "absent" and self.in_part
        return "verdict_absent_in_part" if absent else f"verdict_{self.verdict}"

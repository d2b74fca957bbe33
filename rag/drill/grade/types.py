"""A grade: got, partly or missed, with the reasons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rag.catalogue import say
from rag.drill.types import Question
from rag.quotes import named
from rag.text import Checked
from rag.types import Language, SourceInfo
from rag.verify import Verification

Mark = Literal["got", "partly", "missed"]
POINTS: dict[Mark, float] = {"got": 1.0, "partly": 0.5, "missed": 0.0}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a verdict is what it is; ``key`` is that of its words in the catalogue, after ``reason_``."""

    key: str
    expected: str = ""
    given: str = ""
    kind: str = ""
    source: SourceInfo | None = None


@dataclass(frozen=True, slots=True)
class Grade:
    """What an answer is worth.

    Attributes:
        question: what was asked.
        answer: as given.
        verdict: ``got``, ``partly`` or ``missed``.
        certain: whether facts or exact words decide; else the user had better compare.
        reasons: in order of weight.
        facts: numbers, dates and names of the passage, as the answer has them.
        quotes: what the answer puts between quote marks, checked.
        best: number of the expected passage that the answer is nearest to, from 0.
        cover: 0 to 1, how much of what that passage means the answer has.
        nearness: cosine of both.
    """

    question: Question
    answer: str
    verdict: Mark
    certain: bool
    reasons: tuple[Reason, ...] = ()
    facts: tuple[Checked, ...] = ()
    quotes: tuple[Verification, ...] = ()
    best: int = 0
    cover: float = 0.0
    nearness: float = 0.0

    @property
    def points(self) -> float:
        """1 for got, one half for partly."""
        return POINTS[self.verdict]


def fact_reason(item: Checked) -> Reason:
    """What is to be said of a fact that was compared."""
    key = "fact" if item.status == "given" else f"fact_{item.status}"
    return Reason(key, expected=item.expected, given=item.given)


def reason_in_words(reason: Reason, lang: Language) -> str:
    """A reason as a sentence."""
    kind = say(f"effect_{reason.kind}", lang) if reason.kind else ""
    source = named(reason.source, lang) if reason.source else ""
    return say(
        f"reason_{reason.key}", lang, expected=reason.expected, given=reason.given, kind=kind, source=source
    )

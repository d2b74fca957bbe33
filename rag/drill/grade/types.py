"""A grade: got, partly or missed, with the reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from rag.catalogue import say
from rag.drill.types import Question
from rag.quotes import named
from rag.search import Judged
from rag.text import Checked
from rag.types import Language, SourceInfo
from rag.verify import Verification

Mark = Literal["got", "partly", "missed"]
POINTS: dict[Mark, float] = {"got": 1.0, "partly": 0.5, "missed": 0.0}
SURE = 0.75
"""A verdict that the judge holds less likely than this is uncertain."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a verdict is what it is; ``key`` is that of its words in the catalogue, after ``reason_``."""

    key: str
    expected: str = ""
    given: str = ""
    source: SourceInfo | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """What a passage and an answer do to each other, and what that is worth.

    Attributes:
        number: of the expected passage.
        likely: the probability of each mark.
        said: what the passage does to the answer.
    """

    number: int
    likely: Mapping[Mark, float]
    said: Judged

    @property
    def worth(self) -> float:
        """The points to be expected."""
        return sum(POINTS[mark] * likely for mark, likely in self.likely.items())

    @property
    def verdict(self) -> Mark:
        """What the answer is likeliest worth."""
        return max(self.likely, key=lambda mark: self.likely[mark])

    @property
    def certain(self) -> bool:
        """Whether that is likely enough."""
        return self.likely[self.verdict] >= SURE

    @property
    def contradicts(self) -> bool:
        """Whether the passage is surely against the answer, likelier as its contrary than as a limit."""
        return self.said.relation == "contradicts" and self.said.likely >= SURE

    @property
    def key(self) -> str:
        """The verdict as the key of a reason."""
        if self.verdict != "missed":
            return {"got": "meaning", "partly": "part"}[self.verdict]
        return "contradicts" if self.contradicts else "far"

    @property
    def reason(self) -> Reason:
        """The verdict in words."""
        return Reason(self.key)


@dataclass(frozen=True, slots=True)
class Grade:
    """What an answer is worth.

    Attributes:
        question: what was asked.
        answer: as given.
        verdict: ``got``, ``partly`` or ``missed``.
        certain: whether facts or exact words decide, or the judge is sure; else the user had better compare.
        reasons: in order of weight.
        facts: numbers, dates and names of the passage, as the answer has them.
        quotes: what the answer puts between quote marks, checked.
        best: number of the expected passage that the answer is nearest to, from 0.
        met: what that passage and the answer do to each other, where the judge was asked.
    """

    question: Question
    answer: str
    verdict: Mark
    certain: bool
    reasons: tuple[Reason, ...] = ()
    facts: tuple[Checked, ...] = ()
    quotes: tuple[Verification, ...] = ()
    best: int = 0
    met: Meeting | None = None

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
    source = named(reason.source, lang) if reason.source else ""
    return say(f"reason_{reason.key}", lang, expected=reason.expected, given=reason.given, source=source)

"""What is asked: kinds of questions, and a question with what its answer is judged by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from rag.types import Language, Quote, SourceInfo

Kind = Literal["blank", "complete", "about", "who", "rebut", "asked"]
"""See rag/drill/questions.py."""
KINDS: tuple[Kind, ...] = get_args(Kind)
Hidden = Literal["number", "date", "name", "quoted"]
"""What sort of words is hidden."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question, and what its answer is judged by.

    Attributes:
        id: see rag/drill/ids.py.
        prompt: what to do, in the program's words; of an ``asked``, the question of the set.
        shown: what is shown with it; ``gap`` says where the words asked for are missing.
        hidden: what sort of words fills the gap, of a ``blank``; of an ``asked``, what sort of fact answers,
            ``None`` where it is no fact.
        topic: of ``about``, verbatim from the source.
        source: whose words are asked for, or shown; not to be told before the answer to a ``who``.
        side: for whom one speaks, of a ``rebut``, and of an ``asked`` that other sides answer as well.
        expected: the passages that answer, the best first; the words asked for are its highlights.
        query: what the assistant was asked, to check the question.
    """

    id: str
    kind: Kind
    lang: Language
    prompt: str
    shown: tuple[Quote, ...]
    hidden: Hidden | None
    topic: str
    source: SourceInfo
    side: str | None
    expected: tuple[Quote, ...]
    query: str

    @property
    def gap(self) -> Literal["before", "between", "after"] | None:
        """Where in what is shown the words asked for are missing, if they are."""
        if self.kind not in ("blank", "complete"):
            return None
        if len(self.shown) > 1:
            return "between"
        return "before" if self.shown[0].start > self.expected[0].start else "after"

    def filled(self, words: str) -> str:
        """What is shown, with some words in its gap, if it has one."""
        pieces = [piece.text for piece in self.shown]
        if self.gap is not None:
            pieces.insert({"before": 0, "between": 1, "after": len(pieces)}[self.gap], words)
        return " ".join(pieces)


def overlap(one: Quote, other: Quote) -> bool:
    """Whether two quotes of one source have words in common places."""
    same = one.source.sha256 == other.source.sha256
    return same and one.start < other.end and other.start < one.end

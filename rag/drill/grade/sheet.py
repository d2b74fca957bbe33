"""What is graded: one answer, beside the question and what it expects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rag.drill.grade.types import Grade, Mark, Reason
from rag.drill.types import Question
from rag.store import Index, Snapshot
from rag.types import Quote, Span


@dataclass(frozen=True, slots=True)
class Sheet:
    """One answer beside what is expected; ``snapshot`` is of ``index``."""

    index: Index
    snapshot: Snapshot
    question: Question
    answer: str

    def graded(self, verdict: Mark, certain: bool, reasons: Sequence[Reason], **more: Any) -> Grade:
        """A grade of the answer; ``more`` are further attributes of :class:`Grade`."""
        return Grade(self.question, self.answer, verdict, certain, tuple(reasons), **more)

    def known(self) -> str:
        """What the question itself says."""
        if self.question.kind == "asked":
            return self.question.query
        return " ".join([self.question.topic, *(piece.text for piece in self.question.shown)])

    def asked_text(self, number: int) -> str:
        """What of an expected passage is asked for."""
        quote = self.question.expected[number]
        first, last = self.asked_span(quote)
        return quote.text[first - quote.start : last - quote.start]

    def asked_span(self, quote: Quote) -> Span:
        """The slice of an expected passage that is asked for: the words marked in it, or all of it."""
        marked = quote.highlights if self.question.kind in ("blank", "complete", "asked") else ()
        return marked[0] if marked else (quote.start, quote.end)

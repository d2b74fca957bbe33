"""A claimed quote beside the source: what is the same, what differs, neighbouring changes as one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rag.text import either_case
from rag.verify.claimed import Claimed
from rag.verify.least_cost import Step
from rag.verify.source_words import SourceWords
from rag.verify.types import Difference


class Comparison:
    """The words of a claimed quote beside those of the sources that stand for them."""

    def __init__(self, quote: Claimed, words: SourceWords) -> None:
        self.quote = quote
        self.words = words
        self.concordance = words.concordance

    def same(self, ours: int, theirs: int) -> bool:
        """Whether a word of the quote is the very word of the source that stands for it."""
        form = self.concordance.forms[self.concordance.form[theirs]]
        own = self.quote.words[ours].form
        return form in either_case(own) if self.quote.opens(ours) else form == own

    def similarity(self, steps: Sequence[Step]) -> float:
        """Twice the words that are the same, as a share of those of both sides; less than 1."""
        same = sum(ours >= 0 and theirs >= 0 and self.same(ours, theirs) for ours, theirs in steps)
        ours, theirs = sum(o >= 0 for o, _ in steps), sum(t >= 0 for _, t in steps)
        return min(2 * same / (ours + theirs), 0.999)

    def diff(self, steps: Iterable[Step]) -> tuple[Difference, ...]:
        """The quote beside the source, the shortest stretches that differ between those that are equal."""
        return tuple(_merged(self._differences(self._with_omissions(steps))))

    def _with_omissions(self, steps: Iterable[Step]) -> Iterator[Step]:
        """With the words of the source that an ellipsis, or nothing, stands for within one passage."""
        previous = -1
        for ours, theirs in steps:
            if 0 <= previous < theirs - 1 and self.words.same_passage(previous, theirs):
                yield from ((-1, n) for n in range(previous + 1, theirs))
            previous = theirs if theirs >= 0 else previous
            yield ours, theirs

    def _differences(self, steps: Iterable[Step]) -> Iterator[Difference]:
        quote_end = source_end = -1  # last word of each that was passed
        for ours, theirs in steps:
            announced = quote_end + 1 in self.quote.cuts
            quoted_gap = self.quote.gap(ours) if ours > 0 else ""
            joined = theirs >= 0 and source_end >= 0 and theirs == source_end + 1
            actual_gap = self.words.between(source_end, theirs) if joined else ""
            if ours >= 0 and theirs >= 0:
                if quoted_gap or actual_gap:
                    yield self._gap(ours, theirs, quoted_gap, actual_gap, joined)
                yield self._word(ours, theirs)
            elif ours >= 0:
                yield Difference("insert", quoted_gap + self.quote.word(ours), "")
            else:
                yield Difference("delete", "", actual_gap + self.words.word(theirs), announced)
            quote_end = ours if ours >= 0 else quote_end
            source_end = theirs if theirs >= 0 else source_end

    def _gap(self, ours: int, theirs: int, quoted: str, actual: str, joined: bool) -> Difference:
        """What stands before a word on both sides."""
        announced = ours in self.quote.cuts
        if not joined:
            return Difference("insert", quoted, "", announced)
        marks = self.concordance.marks[self.concordance.mark[theirs]]
        if marks == self.quote.words[ours].marks:
            return Difference("equal", quoted, actual)
        return Difference("replace", quoted, actual, announced)

    def _word(self, ours: int, theirs: int) -> Difference:
        op: Any = "equal" if self.same(ours, theirs) else "replace"
        return Difference(op, self.quote.word(ours), self.words.word(theirs))


def _merged(differences: Iterable[Difference]) -> Iterator[Difference]:
    """Equal stretches together; changes together when only white space stands between them."""
    pending: list[Difference] = []
    for item in differences:
        if pending and _joins(pending[-1], item):
            pending[-1] = _joined(pending[-1], item)
        elif len(pending) > 1 and _is_space(pending[-1]) and _both_change(pending[-2], item):
            space = pending.pop()
            pending[-1] = _joined(_joined(pending[-1], space), item)
        else:
            pending.append(item)
    yield from pending


def _joins(one: Difference, other: Difference) -> bool:
    return (one.op == "equal") == (other.op == "equal") and one.announced == other.announced


def _both_change(one: Difference, other: Difference) -> bool:
    return one.op != "equal" != other.op and not one.announced and not other.announced


def _is_space(item: Difference) -> bool:
    return item.op == "equal" and not item.quoted.strip() and not item.actual.strip()


def _joined(one: Difference, other: Difference) -> Difference:
    quoted, actual = one.quoted + other.quoted, one.actual + other.actual
    if one.op == other.op == "equal":
        return Difference("equal", quoted, actual)
    op: Any = "replace" if quoted.strip() and actual.strip() else "insert" if quoted.strip() else "delete"
    return Difference(op, quoted, actual, one.announced)

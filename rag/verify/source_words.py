"""The words of the sources, each by its number in the concordance: where they stand, and what around them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from rag.quotes import excerpt
from rag.store import Positions, Snapshot, voices_at
from rag.types import Quote, Span

Stretches = tuple[Span, ...]
"""Words of the sources that stand for a quote, in one stretch or in some: the first and last word of each."""


class SourceWords:
    """The words of the sources of one snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.concordance = snapshot.concordance

    def source(self, number: int) -> int:
        """Number of the source in which a word stands."""
        return self.concordance.source_of(number)

    def voice(self, number: int) -> int:
        """Number of the voice that says a word; see :class:`rag.store.voices.Heard`."""
        row = self.snapshot.row_at("sentence", self.source(number), self.concordance.start_of(number))
        return int(self.snapshot.heard.said_by[row])

    def said_by(self, voices: Iterable[int]) -> Callable[[Positions], NDArray[np.bool_]]:
        """Tells of words which are said by some voices."""
        wanted = list(voices)
        return lambda numbers: np.isin(voices_at(self.snapshot, numbers), wanted)

    def text(self, number: int) -> str:
        """Text of the source in which a word stands."""
        return self.snapshot.source(self.source(number)).text

    def word(self, number: int) -> str:
        """A word as it is written."""
        return self.text(number)[slice(*self.concordance.slice_of(number, number))]

    def gap(self, one: int, other: int) -> Span:
        """The slice between two words of one source."""
        return self.concordance.slice_of(one, one)[1], self.concordance.start_of(other)

    def between(self, one: int, other: int) -> str:
        """What stands between two words of one source."""
        return self.text(one)[slice(*self.gap(one, other))]

    def quote(self, stretch: Span, n: int, more: int = 0) -> Quote:
        """A stretch as a quote.

        Args:
            stretch: its first and last word.
            n: number of the quote.
            more: how many characters after the last word belong to it.
        """
        start, end = self.concordance.slice_of(*stretch)
        return excerpt(self.snapshot, self.source(stretch[0]), start, end + more, n=n)

    def sentences(self, begin: int, end: int, many: int = 1) -> Iterator[Span]:
        """The sentences of the source of word ``begin``, up to word ``end``: their words, half-open.

        Args:
            begin, end: half-open, within one source.
            many: how many sentences in a row are taken together.
        """
        source = self.source(begin)
        borders = (self.concordance.start_of(n) for n in (begin, end - 1))
        low, high = (self.snapshot.row_at("sentence", source, at) for at in borders)
        spans = [self.snapshot.span("sentence", row) for row in range(low, high + 1)]
        words = self.concordance.within(source, spans[0][0], spans[-1][1])
        starts = self.concordance.starts(np.arange(words.start, words.stop), source)
        for n in range(max(1, len(spans) - many + 1)):
            first, last = np.searchsorted(starts, (spans[n][0], spans[min(n + many, len(spans)) - 1][1]))
            if first < last:
                yield words.start + int(first), words.start + int(last)

    def passage(self, number: int) -> int:
        """Row of the passage in which a word stands."""
        return self.snapshot.row_at("passage", self.source(number), self.concordance.start_of(number))

    def same_passage(self, one: int, other: int) -> bool:
        """Whether two words stand in one passage, or in one paragraph that is several."""
        if self.source(one) != self.source(other):
            return False
        return self.passage(one) == self.passage(other) or self._place(one) == self._place(other)

    def _place(self, number: int) -> object:
        row = self.snapshot.row_at("sentence", self.source(number), self.concordance.start_of(number))
        return self.snapshot.sentence(row)[1].place


def sentence_quote(snapshot: Snapshot, number: int, position: int) -> Quote:
    """The sentence of a source in which a character stands, as a quote."""
    span = snapshot.span("sentence", snapshot.row_at("sentence", number, position))
    return excerpt(snapshot, number, *span)

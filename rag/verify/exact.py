"""Where a claimed quote stands exactly: its words looked up, and the pieces between its ellipses."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cached_property
from itertools import pairwise, takewhile
from typing import Literal

import numpy as np

from rag.store import Positions
from rag.types import Quote, Span
from rag.verify.claimed import Claimed
from rag.verify.context import guard, left_out
from rag.verify.diff import Comparison
from rag.verify.effects import denies
from rag.verify.source_words import SourceWords, Stretches
from rag.verify.types import Effect, Verification

PLACES = 50
"""In how many places an exact quote is shown."""
REACH = 1000
"""Pieces of one passage are at most so many words apart."""


class Exact:
    """The exact look-up of one claimed quote.

    Args:
        quote: the quote.
        words: of the sources.
        among: numbers of the voices whose words are looked in; all by default.
    """

    def __init__(self, quote: Claimed, words: SourceWords, among: Collection[int] | None = None) -> None:
        self.quote = quote
        self.words = words
        self.among = among
        self.concordance = words.concordance

    @cached_property
    def places(self) -> list[Stretches]:
        """Where the quote stands exactly."""
        length = len(self.quote.words)
        whole = [((int(n), int(n) + length - 1),) for n in self.concordance.find(self.quote.words)]
        return [
            place
            for place in whole or self._elliptic_places()
            if self.among is None or self.voice(place) in self.among
        ]

    def source(self, place: Stretches) -> int:
        """Number of the source in which a place is."""
        return self.words.source(place[0][0])

    def voice(self, place: Stretches) -> int:
        """Number of the voice that says the words of a place."""
        return self.words.voice(place[0][0])

    def verification(
        self, places: Sequence[Stretches], verdict: Literal["exact", "misattributed"]
    ) -> Verification:
        """What is found of a quote that stands exactly in some places, the first of them in full."""
        pieces = [piece for n, place in enumerate(places[:PLACES], 1) for piece in self._quotes(place, n)]
        theirs = (n for first, last in places[0] for n in range(first, last + 1))
        return Verification(
            quote=self.quote.verbatim,
            verdict=verdict,
            similarity=1.0,
            pieces=tuple(pieces),
            places=len(places),
            diff=Comparison(self.quote, self.words).diff(enumerate(theirs)),
            warnings=tuple(self._warnings(places[0])),
        )

    # --- pieces between ellipses ---

    def _elliptic_places(self) -> list[Stretches]:
        """Where the pieces of a quote with ellipses stand in order, in one passage, and hide nothing."""
        if not self.quote.cuts:
            return []
        pieces = [(self.concordance.find(piece), len(piece)) for piece in self.quote.pieces()]
        return [
            chain
            for chain in _chains(pieces)
            if self.words.same_passage(chain[0][0], chain[-1][1]) and not self._hides(chain)
        ]

    def _hides(self, chain: Stretches) -> bool:
        """Whether an ellipsis leaves out a negation of the very clause that it stands in."""
        return any(denies(self.words.between(one[1], other[0])) for one, other in pairwise(chain))

    # --- what is shown ---

    def _quotes(self, place: Stretches, n: int) -> list[Quote]:
        """The stretches of a place, the last with the punctuation that the quote ends with."""
        *others, last = place
        return [
            *(self.words.quote(stretch, n) for stretch in others),
            self.words.quote(last, n, self._closing(last)),
        ]

    def _closing(self, stretch: Span) -> int:
        """How much of the punctuation at the end of the quote the source has after a stretch."""
        end = self.concordance.slice_of(*stretch)[1]
        quoted, actual = self.quote.ending(), self.words.text(stretch[1])[end : end + 8]
        same = "".join(
            a for a, _ in takewhile(lambda pair: pair[0] == pair[1], zip(quoted, actual, strict=False))
        )
        return len(same.rstrip())

    def _warnings(self, place: Stretches) -> list[Effect]:
        """What stands around an exact quote, or where it has an ellipsis, and is not in it."""
        start = self.concordance.slice_of(*place[0])[0]
        end = self.concordance.slice_of(*place[-1])[1]
        found = guard(self.words.snapshot, self.source(place), start, end)
        for one, other in pairwise(place):
            omitted = self.words.gap(one[1], other[0])
            found += left_out(self.words.text(one[0]), omitted, (omitted[0], omitted[0]))
        return found


def _chains(pieces: Sequence[tuple[Positions, int]]) -> list[Stretches]:
    """Each place of the first piece with the next place of each that follows, none too far away.

    Args:
        pieces: the first word of each place of a piece, in order, and how many words it has.
    """
    first, length = pieces[0]
    columns = [first]
    last = first + length - 1
    for places, length in pieces[1:]:
        following = np.searchsorted(places, last, side="right")
        kept = following < len(places)
        columns = [column[kept] for column in columns] + [places[following[kept]]]
        kept = columns[-1] - columns[0] < REACH
        columns = [column[kept] for column in columns]
        last = columns[-1] + length - 1
    rows = zip(*columns, strict=True)
    lengths = [length for _, length in pieces]
    return [tuple((int(n), int(n) + size - 1) for n, size in zip(row, lengths, strict=True)) for row in rows]

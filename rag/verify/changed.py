"""What the sources have of a claimed quote that is not exact: altered, stitched from pieces, or absent."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np

from rag.search import find_hits, make_query, passage_quote, read_question
from rag.store import Index
from rag.types import Quote, Span
from rag.verify.align import Alignment, Finder, Run, weights
from rag.verify.claimed import Claimed
from rag.verify.contrary import Contraries
from rag.verify.diff import Comparison
from rag.verify.effects import effects_of
from rag.verify.least_cost import Step
from rag.verify.source_words import SourceWords
from rag.verify.types import Verdict, Verification

ALTERED_LEAST = 0.55
"""Share of the weight of its words that a claimed quote has from one place, to be called altered."""
PIECE_WORDS, PIECE_WEIGHT = 3, 2.0
"""Words, and their weight (rag/verify/align.py), of the least piece of a stitched quote."""
JOINT = 1.5
"""What a joint of distant pieces counts, in changed words, against an alteration."""
SURROUNDED_LEAST = 0.5
"""Share of the weight of the words around a part in quotation marks that the sources have there as well."""
STITCHED_LEAST = 0.75
"""Share of the words of a stitched quote that its pieces have."""
DISTANT = 5
"""Pieces of two passages are distant when more words than this stand between them."""
NEAREST = 2
"""How many passages are offered when the words are absent."""


class Changed:
    """The search for words that are not exact."""

    def __init__(self, index: Index, quote: Claimed, words: SourceWords) -> None:
        self.index = index
        self.quote = quote
        self.words = words
        self.snapshot = words.snapshot
        self.concordance = words.concordance
        self.comparison = Comparison(quote, words)

    def verification(self, among: Collection[int] | None) -> Verification:
        """The best account of the words: altered, stitched or absent.

        Args:
            among: numbers of the voices looked at; ``None`` for all.
        """
        finder = self._finder(among)
        best = finder.alignment(self.quote.cuts)
        turned = Contraries(finder, self.comparison).found(best)
        if turned:
            others = turned[1:] if best is None or self._share(best) < ALTERED_LEAST else [*turned[1:], best]
            return replace(
                self._accounted(self._whole_words(turned[0].steps), "altered"),
                near=self._passages(turned[0], others),
            )
        stitched = self._stitched(finder) if best is None or best.cost > JOINT else None
        if stitched is not None and (best is None or stitched[1] < best.cost):
            steps = stitched[0]
            return self._accounted(steps, "stitched" if self._is_distant(steps) else "altered")
        if best is not None and self._share(best) >= ALTERED_LEAST:
            kept = tuple(step for step in best.steps if step[0] >= 0)
            if self._is_distant(kept):
                return self._accounted(kept, "stitched")
            return self._accounted(self._whole_words(best.steps), "altered")
        return self._absent(best, among)

    def _finder(self, among: Collection[int] | None) -> Finder:
        looked_at = None if among is None else self.words.said_by(among)
        return Finder(self.concordance, self.quote.words, looked_at)

    def surrounds(self, within: Span, among: Collection[int] | None = None) -> bool:
        """Whether a source has not only what the quote has between marks, but most of what stands around it.

        Then the words around it are claimed as well: « the mayor promises it “within two years” ».

        Args:
            within: the slice between the marks.
            among: numbers of the voices looked at; ``None`` for all.
        """
        finder = self._finder(among)
        best = finder.alignment(self.quote.cuts)
        around = [n for n, w in enumerate(self.quote.words) if not within[0] <= w.start < within[1]]
        same = set(self._same(best)) if best is not None else set()
        found, every = (finder.weights[numbers].sum() for numbers in (sorted(same & set(around)), around))
        return bool(found >= SURROUNDED_LEAST * every)

    def _accounted(self, steps: Sequence[Step], verdict: Verdict) -> Verification:
        """Words that are accounted for, step by step."""
        diff = self.comparison.diff(steps)
        return Verification(
            quote=self.quote.verbatim,
            verdict=verdict,
            similarity=self.comparison.similarity(steps),
            pieces=tuple(self.words.quote(stretch, 1) for stretch in _stretches(steps)),
            places=1,
            diff=diff,
            effects=tuple(effects_of(diff, verdict == "altered" and _is_reordered(steps))),
        )

    def _absent(self, best: Alignment | None, among: Collection[int] | None) -> Verification:
        """No such words: the passage that shares most of them, else those nearest in meaning."""
        similarity = self.comparison.similarity(best.steps) if best is not None else 0.0
        if best is not None and self._share(best) >= ALTERED_LEAST / 2:
            near = [passage_quote(self.snapshot, self.words.passage(best.first), similarity)]
        else:
            asked, voices = read_question(self.quote.text), None if among is None else frozenset(among)
            hits = find_hits(self.snapshot, make_query(self.snapshot, self.index, asked, voices=voices))
            rows = zip(hits.passages[:NEAREST], hits.passage_scores[:NEAREST], strict=True)
            near = [passage_quote(self.snapshot, int(row), float(score)) for row, score in rows]
        return Verification(self.quote.verbatim, "absent", similarity, near=tuple(near))

    def _passages(self, shown: Alignment, others: Iterable[Alignment]) -> tuple[Quote, ...]:
        """The passages of other places than that shown."""
        found = {self.words.passage(other.first): self.comparison.similarity(other.steps) for other in others}
        found.pop(self.words.passage(shown.first), None)
        return tuple(passage_quote(self.snapshot, *each) for each in list(found.items())[:NEAREST])

    # --- from one place ---

    def _share(self, alignment: Alignment) -> float:
        """Weight of the words of the quote that one place has, as a share of all.

        One word in common tells nothing, unless it is a number.
        """
        weight = weights(self.quote.words)
        same = self._same(alignment)
        found = float(weight[same].sum())
        tells = len(same) > 1 or found > 1 or len(self.quote.words) == 1
        return found / float(weight.sum()) if tells else 0.0

    def _same(self, alignment: Alignment) -> list[int]:
        """Numbers of the words of the quote that are the same in the sources."""
        ours, theirs = np.array([step for step in alignment.steps if min(step) >= 0]).T
        folds = self.concordance.fold_numbers(self.quote.words)
        same: list[int] = ours[folds[ours] == self.concordance.folds_at(theirs)].tolist()
        return same

    def _whole_words(self, steps: Sequence[Step]) -> tuple[Step, ...]:
        """With what a hyphen ties to the first and the last word: « Unis » stands for « États-Unis »."""
        first = next(t for _, t in steps if t >= 0)
        last = next(t for _, t in reversed(steps) if t >= 0)
        before, after = self.concordance.tied_before(first), self.concordance.tied_after(last)
        return (*((-1, n) for n in before), *steps, *((-1, n) for n in after))

    # --- from several ---

    def _stitched(self, finder: Finder) -> tuple[tuple[Step, ...], float] | None:
        """The quote as pieces from several places, with what that account costs in words."""
        length = len(self.quote.words)
        pieces = _cover(finder.runs(PIECE_WORDS), finder.weights)
        if len(pieces) < 2 or sum(p.end - p.begin for p in pieces) < STITCHED_LEAST * length:
            return None
        steps: list[Step] = []
        for piece in pieces:
            steps += [(n, -1) for n in range(steps[-1][0] + 1 if steps else 0, piece.begin)]
            steps += [(n, piece.place + n - piece.begin) for n in range(piece.begin, piece.end)]
        steps += [(n, -1) for n in range(steps[-1][0] + 1, length)]
        if not (self._is_distant(steps) or _is_reordered(steps)):
            return None  # words left out in one passage: an alignment says it better
        missing = sum(float(finder.weights[ours]) for ours, theirs in steps if theirs < 0)
        return tuple(steps), missing + JOINT * (len(pieces) - 1)

    def _is_distant(self, steps: Sequence[Step]) -> bool:
        """Whether the words come from passages that are far from each other."""
        return any(
            not self.words.same_passage(one[1], other[0]) and not 0 < other[0] - one[1] <= DISTANT
            for one, other in pairwise(_stretches(steps))
        )


def _is_reordered(steps: Sequence[Step]) -> bool:
    places = [theirs for _, theirs in steps if theirs >= 0]
    return any(other < one for one, other in pairwise(places))


def _stretches(steps: Iterable[Step]) -> Iterator[Span]:
    """First and last of the words of the sources that stand in a row, words left out in between aside."""
    places = [theirs for _, theirs in steps if theirs >= 0]
    first = previous = places[0]
    for place in places[1:]:
        if place != previous + 1:
            yield first, previous
            first = place
        previous = place
    yield first, previous


def _cover(runs: Sequence[Run], weight: Any) -> list[Run]:
    """Runs that make up a quote from left to right, each the one that reaches furthest."""
    pieces: list[Run] = []
    position = 0
    while True:
        ahead = [
            run for run in runs if run.end > position and run.end - max(run.begin, position) >= PIECE_WORDS
        ]
        usable = [r for r in ahead if weight[max(r.begin, position) : r.end].sum() >= PIECE_WEIGHT]
        if not usable:
            return pieces
        here = min(max(run.begin, position) for run in usable)
        best = max(
            (run for run in usable if max(run.begin, position) == here), key=lambda run: (run.end, -run.place)
        )
        pieces.append(Run(here, best.end, best.place + here - best.begin))
        position = best.end

"""Where the words of a quote nearly stand: windows of the sources, alignments, runs of equal words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz
from rapidfuzz.process import cdist

from rag.store import Concordance, Positions
from rag.text import Word, fold, is_stopword
from rag.verify.least_cost import DENIAL, Costs, Step, least_cost

WINDOWS = 6
"""How many windows of the sources are aligned with a quote."""
WINDOW_MIN = 240
"""Least width of the strips that hits are counted in, in words: about one passage."""
COMMON = 2000
"""Pairs of words that stand in more places than this say nothing of where a quote is from."""
DIAGONALS = 500
"""In how many places, those with most hits, runs are looked for."""
WORTH = 0.6
"""A window whose hits weigh less than this share of the best one's is not aligned."""
RARE = 60
"""Single words that stand in at most this many places are looked up by themselves."""
STOPWORD_WEIGHT, NUMBER_WEIGHT = 0.4, 1.5

_REPLACED = 0.95  # of the cost of a word added
_RESPELT, _RELATED = 0.15, 0.6
_ALIKE = 60  # of 100, for two words that may be forms of one

_DENIALS = frozenset("ne n pas jamais non aucun aucune sans not no never nor without".split())


def _are_numbers(forms: Sequence[str]) -> NDArray[np.bool_]:
    return np.array([form[-1:].isdigit() for form in forms], np.bool_)


@dataclass(frozen=True, slots=True)
class Alignment:
    """How a quote is made from one stretch of a source, at the least cost.

    Attributes:
        steps: in order; words before the first one and after the last one of the source are left out.
        cost: of the changes, in words.
    """

    steps: tuple[Step, ...]
    cost: float

    @property
    def first(self) -> int:
        """The first word of the source."""
        return next(theirs for _, theirs in self.steps if theirs >= 0)

    @property
    def last(self) -> int:
        """The last word of the source."""
        return next(theirs for _, theirs in reversed(self.steps) if theirs >= 0)


@dataclass(frozen=True, slots=True)
class Run:
    """Words ``begin`` to ``end`` (excluded) of a quote that stand in a row from ``place`` on."""

    begin: int
    end: int
    place: int


def weights(words: Sequence[Word]) -> Costs:
    """How much each word says of where a text is from."""
    return np.array([_weight(word.form) for word in words], np.float32)


def _weight(form: str) -> float:
    if form[-1:].isdigit():
        return NUMBER_WEIGHT
    return STOPWORD_WEIGHT if is_stopword(fold(form)) else 1.0


Among = Callable[[Positions], NDArray[np.bool_]]
"""Which of some words of the sources are looked at."""


class Finder:
    """Looks for one quote in a concordance.

    Args:
        concordance: of the sources.
        words: of the quote, one or more.
        among: tells of words of the sources which are looked at; all are by default.
    """

    def __init__(self, concordance: Concordance, words: Sequence[Word], among: Among | None = None) -> None:
        self.concordance = concordance
        self.words = words
        self.weights = weights(words)
        self.among = among
        self.folds = concordance.fold_numbers(words)
        denials = concordance.fold_numbers([Word(form, "", 0, 0) for form in sorted(_DENIALS)])
        self._are_denials = np.zeros(len(concordance.folded_forms), np.bool_)  # by folded form
        self._are_denials[denials[denials >= 0]] = True
        self._forms = concordance.form_numbers(words)
        self._folded = [fold(word.form) for word in words]
        self._hits = self._find_hits()

    def _find_hits(self) -> tuple[Positions, Positions]:
        """Words of the quote, and words of the sources that may stand for them."""
        found = [(n, self._pair(n)) for n in range(len(self.words) - 1)]
        found += [(n, self._single(n)) for n in range(len(self.words))]
        ours = np.concatenate([np.full(len(hits), n) for n, hits in found]).astype(np.int64)
        return self._looked_at(ours, np.concatenate([hits for _, hits in found]))

    def _looked_at(self, ours: Positions, theirs: Positions) -> tuple[Positions, Positions]:
        if self.among is None:
            return ours, theirs
        kept = self.among(theirs)
        return ours[kept], theirs[kept]

    def _single(self, n: int) -> Positions:
        """Places of a rare word."""
        fold = int(self.folds[n])
        return self.concordance.occurrences(fold if self.concordance.count(fold) <= RARE else -1)

    def _pair(self, n: int) -> Positions:
        """Places of a word that the next one follows as in the quote, or with a negation in between."""
        words, (one, other) = self.concordance, self.folds[n : n + 2].tolist()
        if words.count(one) <= words.count(other):
            places = words.occurrences(one)
            between = words.folds_at(places + 1)  # a boundary at least stands there
            denied = places[self._are_denials[between]]
            found = [places[between == other], denied[words.folds_at(denied + 2) == other]]
        else:
            places = words.occurrences(other)
            between = words.folds_at(places - 1)
            denied = places[self._are_denials[between]]
            found = [places[between == one] - 1, denied[words.folds_at(denied - 2) == one] - 2]
        return np.concatenate(found if len(found[0]) + len(found[1]) <= COMMON else [places[:0]])

    # --- nearly the whole quote, in one place ---

    def alignment(self, free: Collection[int] = ()) -> Alignment | None:
        """How the quote could come from one stretch of a source at the least cost, of those most like it.

        Args:
            free: words of the quote before which an ellipsis stands: what is left out there costs nothing.
        """
        best: Alignment | None = None
        for begin, end in self.windows():
            if best and best.cost <= 1 and not self._affirmed(begin, end):
                continue  # one word at most was changed: nearer is only where but a negation was
            found = self.align(begin, end, free)
            if found and (best is None or (found.cost, found.first) < (best.cost, best.first)):
                best = found
        return best

    def _affirmed(self, begin: int, end: int) -> bool:
        """Whether a stretch has all words of the quote, negations aside."""
        asked = [n for n, form in zip(self.folds, self._folded, strict=True) if form not in _DENIALS]
        return bool(np.isin(asked, self.concordance.folds_at(slice(begin, end))).all())

    def windows(self) -> list[tuple[int, int]]:
        """Stretches that hold many words of the quote; they do not cross the border of a source."""
        ours, theirs = self._hits
        if not len(theirs):
            return []
        size = max(WINDOW_MIN, 2 * len(self.words))
        strip = theirs // size
        # each hit is counted in two strips, so that no place is cut in two by a border of strips
        many = len(self.words)
        keys = np.unique(np.concatenate([strip * many + ours, (strip + 1) * many + ours]))
        strips, inverse = np.unique(keys // many, return_inverse=True)
        score = np.bincount(inverse, weights=self.weights[keys % many])
        order = np.lexsort((strips, -score))[: 2 * WINDOWS]
        best = strips[order[score[order] >= WORTH * score[order[0]]]]
        return self._clipped([((s - 1) * size, (s + 1) * size) for s in best])[:WINDOWS]

    def _clipped(self, stretches: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """Each stretch, widened by the length of the quote, as parts that lie in one source each."""
        first = self.concordance.first
        found: list[tuple[int, int]] = []
        for begin, end in stretches:
            low, high = max(begin - len(self.words), 0), end + len(self.words)
            for source in range(self.concordance.source_of(max(low, 1)), len(first) - 1):
                if first[source] >= high:
                    break
                part = max(low, int(first[source])), min(high, int(first[source + 1]) - 1)
                found += [each for each in self._asked_in(*part) if each not in found]
        return found

    def _asked_in(self, begin: int, end: int) -> Iterator[tuple[int, int]]:
        """The stretches of words from ``begin`` to ``end`` (excluded) that are looked at."""
        if self.among is None:
            yield from [(begin, end)] if begin < end else []
            return
        kept = np.pad(self.among(np.arange(begin, max(begin, end))), 1)
        borders = np.flatnonzero(kept[1:] != kept[:-1]) + begin
        yield from ((int(one), int(other)) for one, other in borders.reshape(-1, 2))

    def align(self, begin: int, end: int, free: Collection[int] = ()) -> Alignment | None:
        """How the quote is made from the words ``begin`` to ``end`` (excluded); ``None`` if it has none."""
        substitution = self._substitution(begin, end)
        added = np.where([form in _DENIALS for form in self._folded], np.float32(DENIAL), self._price)
        folds = self.concordance.folds_at(slice(begin, end))
        denials = np.flatnonzero(self._are_denials[folds]).tolist()
        steps, cost = least_cost(substitution, added, frozenset(free), denials)
        placed = tuple((ours, theirs + begin if theirs >= 0 else -1) for ours, theirs in steps)
        placed = _trimmed(placed, substitution, begin, self.concordance)
        if not any(theirs >= 0 for _, theirs in placed):
            return None
        return Alignment(placed, cost)

    def _substitution(self, begin: int, end: int) -> Costs:
        """Cost of each word of a stretch standing for each word of the quote; shape ``(quote, stretch)``."""
        concordance = self.concordance
        theirs, numbers = np.unique(concordance.folds_at(slice(begin, end)), return_inverse=True)
        folded = [concordance.folded_forms[number] for number in theirs]
        likeness = cdist(self._folded, folded, scorer=fuzz.ratio, score_cutoff=_ALIKE)
        costs = np.full(likeness.shape, _REPLACED, np.float32)
        related = likeness > 0
        costs[related] = _REPLACED - (_REPLACED - _RELATED) * likeness[related] / 100
        costs[np.ix_(_are_numbers(self._folded), _are_numbers(folded))] = _RELATED
        costs[self.folds[:, None] == theirs[None, :]] = _RESPELT
        costs = costs[:, numbers]
        costs[self._forms[:, None] == concordance.form[begin:end][None, :]] = 0
        return costs * self._price[:, None]

    @property
    def _price(self) -> Costs:
        """What a change of each word of the quote costs: less than its weight tells for the little words."""
        price: Costs = ((1 + self.weights) / 2).astype(np.float32)
        return price

    # --- parts of the quote, in several places ---

    def runs(self, least: int) -> list[Run]:
        """Stretches of at least ``least`` words that the sources have, case and accents aside."""
        ours, theirs = self._hits
        diagonals, counts = np.unique(theirs - ours, return_counts=True)
        if len(diagonals) > DIAGONALS:
            diagonals = diagonals[np.argsort(-counts, kind="stable")[:DIAGONALS]]
        words, length = self.concordance, len(self.words)
        places = diagonals[:, None] + np.arange(length)[None, :]
        inside = (places >= 0) & (places < words.size)
        equal = inside & (words.folds_at(np.where(inside, places, 0)) == self.folds[None, :])
        changes = np.diff(np.pad(equal.astype(np.int8), ((0, 0), (1, 1))), axis=1)
        rows, begins = np.nonzero(changes == 1)
        ends = np.nonzero(changes == -1)[1]
        long = ends - begins >= least
        starts = diagonals[rows] + begins
        columns = zip(begins[long], ends[long], starts[long], strict=True)
        found = [Run(int(begin), int(end), int(place)) for begin, end, place in columns]
        return [run for run in found if self._asked(run)]

    def _asked(self, run: Run) -> bool:
        words = np.arange(run.place, run.place + run.end - run.begin)
        return self.among is None or bool(self.among(words).all())


_SENTENCE_ENDS = frozenset(".!?…;:")


def _trimmed(
    steps: tuple[Step, ...], substitution: Costs, begin: int, concordance: Concordance
) -> tuple[Step, ...]:
    """Without replacements at either end by words of another sentence: those words were added."""
    kept = list(steps)
    for numbers, border in ((range(len(kept)), 1), (range(len(kept) - 1, -1, -1), 0)):
        for number in numbers:
            ours, theirs = kept[number]
            if theirs < 0:
                continue
            if ours < 0 or substitution[ours, theirs - begin] < _RELATED * 0.7:
                break
            marks = concordance.marks[concordance.mark[theirs + border]]
            if _SENTENCE_ENDS.isdisjoint(marks) and not concordance.is_boundary(theirs + border):
                continue
            until = range(number + 1) if border else range(number, len(kept))
            for other in until:
                kept[other] = (kept[other][0], -1)
    return tuple(step for step in kept if step != (-1, -1))

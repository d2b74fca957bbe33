"""BM25 over sentences and passages, counted when it is asked, of the terms of all live parts together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from itertools import starmap
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag.store.postings import Postings, Rows, Unsigned, smallest
from rag.text import LANGUAGES, Bodies, terms
from rag.types import Level

K1, B = 1.2, 0.75
"""As Lucene has them."""

Scores = NDArray[np.float32]
_Matches = tuple[Rows, Rows]
"""Rows that have a term, ascending, and how often each has it."""
_NONE: _Matches = np.zeros(0, np.int64), np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True)
class Scored:
    """The rows that match, ascending, and their scores; nobody counts those of the others, which are 0."""

    rows: Rows
    scores: Scores

    def top(self, count: int) -> Rows:
        """The rows with the best scores, best first; of those alike the first."""
        kept = np.arange(len(self.rows))
        if len(kept) > count:
            least = -np.partition(-self.scores, count - 1)[count - 1] if count else np.inf
            better = np.flatnonzero(self.scores > least)
            kept = np.concatenate([better, np.flatnonzero(self.scores == least)[: count - len(better)]])
        return self.rows[kept[np.lexsort((self.rows[kept], -self.scores[kept]))]]

    def at(self, rows: NDArray[np.integer[Any]]) -> Scores:
        """The scores of some rows; 0 where there is no match."""
        if not len(self.rows):
            return np.zeros(len(rows), np.float32)
        place = np.minimum(np.searchsorted(self.rows, rows), len(self.rows) - 1)
        return np.where(self.rows[place] == rows, self.scores[place], np.float32(0))

    def among(self, asked: NDArray[np.bool_]) -> Scored:
        """Those of the rows that are asked."""
        kept = asked[self.rows]
        return Scored(self.rows[kept], self.scores[kept])


class Lexical:
    """The terms of all live sentences, and of the passages that they make.

    A passage has the terms of its sentences together. What documents define as the name of a body stands
    for it as the abbreviation does: whoever looks for ``=cde`` finds « Caisse des écoles » as well.

    Args:
        parts: each with the row of each of its sentences here, -1 for one that is dead; ``None`` where the
            rows are its own.
        columns: of the sentences; the passage of each is looked at.
        passages: how many passages there are.
        bodies: what the documents define, with what is known.
    """

    def __init__(
        self,
        parts: Sequence[tuple[Postings, NDArray[np.int32] | None]],
        columns: Mapping[str, NDArray[np.int32]],
        passages: int,
        bodies: Bodies,
    ) -> None:
        self._parts = tuple(parts)
        self._home = columns["passage"]
        self._sizes: dict[Level, int] = {"sentence": len(self._home), "passage": passages}
        self._bodies = bodies
        if any(len(part.lengths) != len(self._home if rows is None else rows) for part, rows in self._parts):
            raise ValueError("the terms are of other sentences")

    def scores(self, level: Level, terms: Sequence[str]) -> Scored:
        """BM25 (Lucene's variant, Robertson and Zaragoza 2009) of every row that has any of some terms."""
        return self._scored(level, [self._matches(level, term) for term in terms])

    def share(self, level: Level, terms: Sequence[str]) -> Scored:
        """:meth:`scores` as a share of what the terms weigh together, 0 to 1."""
        matches = [self._matches(level, term) for term in terms]
        weight = sum(self._rarity(level, rows) for rows, _ in matches)
        found = self._scored(level, matches)
        return Scored(found.rows, found.scores / np.float32(weight or 1))

    def idf(self, level: Level, term: str) -> float:
        """Rarity of a term among the rows of a level: ``log(1 + (N - df + .5) / (df + .5))``."""
        return self._rarity(level, self._matches(level, term)[0])

    def frequency(self, term: str) -> int:
        """How many sentences have a term."""
        return len(self._in_sentences(term)[0])

    def _rarity(self, level: Level, rows: Rows) -> float:
        return float(np.log1p((self._sizes[level] - len(rows) + 0.5) / (len(rows) + 0.5)))

    def _scored(self, level: Level, matches: Sequence[_Matches]) -> Scored:
        found = [(rows, self._weights(level, rows, counts)) for rows, counts in matches if len(rows)]
        if not found:
            return Scored(np.zeros(0, np.int64), np.zeros(0, np.float32))
        rows, scores = _summed(found)
        return Scored(rows, scores.astype(np.float32))

    def _weights(self, level: Level, rows: Rows, counts: Rows) -> NDArray[np.float64]:
        lengths, mean = self._lengths[level]
        saturated: NDArray[np.float64] = counts / (counts + K1 * (1 - B + B / mean * lengths[rows]))
        return self._rarity(level, rows) * saturated

    @cached_property
    def _lengths(self) -> dict[Level, tuple[Unsigned, float]]:
        """How many terms each row has, and the mean of all; counted once."""
        lengths = np.zeros(self._sizes["sentence"], np.uint32)
        for part, rows in self._parts:
            live = slice(None) if rows is None else rows >= 0
            lengths[live if rows is None else rows[live]] = part.lengths[live]
        whole = np.bincount(self._home, lengths, self._sizes["passage"]).astype(np.int64)
        tables: dict[Level, NDArray[Any]] = {"sentence": lengths, "passage": whole}
        return {
            level: (smallest(table), float(table.mean()) if len(table) else 0.0)
            for level, table in tables.items()
        }

    def _matches(self, level: Level, term: str) -> _Matches:
        rows, counts = self._in_sentences(term)
        if level == "sentence":
            return rows, counts
        return _summed([(self._home[rows].astype(np.int64), counts)])

    def _in_sentences(self, term: str) -> _Matches:
        """The sentences that have a term, or what documents define as the name of it."""
        rows, counts = self._written(term)
        names = [self._named(name, lang) for name in self._bodies.told(term) for lang in LANGUAGES]
        if not names:
            return rows, counts
        either = reduce(np.union1d, names, rows)
        return either, np.ones(len(either), np.int64)

    def _named(self, name: str, language: str) -> Rows:
        """The sentences that have all words of a name."""
        stems = {term for term in terms(name, language) if not term.startswith("=")}
        found = [self._written(stem)[0] for stem in stems]
        return reduce(_both, sorted(found, key=len)) if found else _NONE[0]

    def _written(self, term: str) -> _Matches:
        """The live sentences that have a term itself."""
        return _in_order(list(starmap(_placed, ((*part.find(term), rows) for part, rows in self._parts))))


def _placed(own: Unsigned, counts: Rows, rows: NDArray[np.int32] | None) -> _Matches:
    """What a part has, by the rows here, in the order of the part."""
    if rows is None:
        return own.astype(np.int64), counts
    here = rows[own]
    return here[here >= 0].astype(np.int64), counts[here >= 0]


def _in_order(matches: Sequence[_Matches]) -> _Matches:
    """Of several parts as one; no row is in two."""
    rows, counts = (np.concatenate(each) for each in zip(_NONE, *matches, strict=True))
    if np.any(rows[1:] < rows[:-1]):
        order = np.argsort(rows, kind="stable")  # quick on what is sorted by parts
        rows, counts = rows[order], counts[order]
    return rows, counts


def _summed(found: Sequence[tuple[Rows, NDArray[Any]]]) -> tuple[Rows, NDArray[Any]]:
    """Numbers of rows, summed where a row comes several times."""
    rows, numbers = (np.concatenate(each) for each in zip(*found, strict=True))
    if len(found) > 1:
        order = np.argsort(rows, kind="stable")
        rows, numbers = rows[order], numbers[order]
    first = np.flatnonzero(np.diff(rows, prepend=-1))
    return rows[first], np.add.reduceat(numbers, first) if len(first) else numbers


def _both(some: Rows, others: Rows) -> Rows:
    return np.intersect1d(some, others, assume_unique=True)

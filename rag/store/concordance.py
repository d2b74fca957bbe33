"""Every word of the corpus in order, and where each stands: what decides whether a quote is exact."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from rag.store.narrow import Narrow, Positions
from rag.store.word_table import WordTable
from rag.text import Word, either_case, fold, read_words
from rag.types import Span

_AT_ONCE = 256
"""About so many words are compared with those of a quote at once."""


class Concordance:
    """The words of the live sources of some parts, numbered over all of them, and where each word occurs.

    Where one part has them all, in their order, its table is read as it is; else one is put together when it
    is first asked for.

    Args:
        parts: their words.
        order: for each live source, its part and its number there.
    """

    def __init__(self, parts: Sequence[WordTable], order: Sequence[tuple[int, int]]) -> None:
        self._parts = parts
        self._order = order

    @cached_property
    def _table(self) -> WordTable:
        part = self._parts[0] if len(self._parts) == 1 else None
        if part and list(self._order) == [(0, number) for number in range(part.sources)]:
            return part
        return WordTable.composed(self._parts, self._order)

    # --- numbers of words, and what they stand for ---

    @property
    def size(self) -> int:
        """How many words there are, boundaries of sources among them."""
        return len(self._table.form)

    @property
    def first(self) -> Positions:
        """Number of the first word of each source, then of the one after the last."""
        first: Positions = self._table.first
        return first

    @property
    def form(self) -> Narrow:
        """For each word, number of its form."""
        return self._table.form

    @property
    def mark(self) -> Narrow:
        """For each word, number of the marks before it."""
        return self._table.mark

    @property
    def forms(self) -> list[str]:
        """The distinct forms; number 0 is the boundary of sources."""
        return self._table.names.forms

    @property
    def marks(self) -> list[str]:
        """The distinct forms of marks; number 0 is none."""
        return self._table.names.marks

    @property
    def folded_forms(self) -> list[str]:
        """The distinct folded forms."""
        return self._table.names.folds

    def folds_at(self, numbers: slice | Positions) -> Positions:
        """Numbers of the folded forms of some words."""
        found: Positions = self._table.folded[self.form[numbers]].astype(np.int64)
        return found

    @cached_property
    def _fold_numbers(self) -> dict[str, int]:
        return {form: number for number, form in enumerate(self.folded_forms)}

    @cached_property
    def _form_numbers(self) -> dict[str, int]:
        return {form: number for number, form in enumerate(self.forms)}

    @cached_property
    def _mark_numbers(self) -> dict[str, int]:
        return {mark: number for number, mark in enumerate(self.marks)}

    def read(self, text: str) -> list[Word]:
        """The words of a text that is to be looked for."""
        return read_words(text, lambda head, tail: head + tail in self._form_numbers)

    def fold_numbers(self, words: Sequence[Word]) -> Positions:
        """Numbers of the folded forms of some words; -1 for one that the corpus does not have."""
        found = (self._fold_numbers.get(fold(word.form), -1) for word in words)
        return np.fromiter(found, np.int64, len(words))

    def form_numbers(self, words: Sequence[Word]) -> Positions:
        """Numbers of the forms of some words; -1 for one that the corpus does not have."""
        return np.fromiter((self._form_numbers.get(word.form, -1) for word in words), np.int64, len(words))

    # --- where words occur ---

    def count(self, fold_number: int) -> int:
        """How many words have a folded form; none have -1."""
        return self._table.count(fold_number) if fold_number >= 0 else 0

    def occurrences(self, fold_number: int) -> Positions:
        """The words of a folded form, in order; none for -1."""
        if fold_number < 0:
            return np.array([], np.int64)
        return self._table.occurrences(fold_number)

    def find(self, words: Sequence[Word]) -> Positions:
        """The places where exactly these words stand with these marks between, by their first word.

        The first letter may differ in case. What stands before the first word and after the last does
        not count, unless it makes them parts of a longer word.
        """
        folds = self.fold_numbers(words).tolist()
        if not folds or min(folds) < 0:
            return np.array([], np.int64)
        rarest = min(range(len(words)), key=lambda n: self.count(folds[n]))
        found = self.occurrences(folds[rarest]) - rarest
        found = found[(found > 0) & (found + len(words) < self.size)]
        first = [self._form_numbers.get(form, -1) for form in either_case(words[0].form)]
        found = found[np.isin(self.form[found], first)]
        forms, done = self.form_numbers(words), 1
        marks = np.fromiter((self._mark_numbers.get(word.marks, -1) for word in words), np.int64, len(words))
        while done < len(words) and len(found):
            some = slice(done, done + 1 + _AT_ONCE // len(found))
            at = found[:, None] + np.arange(*some.indices(len(words)))
            found = found[((self.form[at] == forms[some]) & (self.mark[at] == marks[some])).all(axis=1)]
            done = some.stop
        return found[~self._glued(found) & ~self._glued(found + len(words))]

    def _glued(self, numbers: Positions) -> NDArray[np.bool_]:
        """Whether a hyphen makes words one with the one before: ``être`` in ``peut-être``, 2 in 5-2."""
        table, hyphen = self._table, self._mark_numbers.get("-", -1)
        glued: NDArray[np.bool_] = table.mark[numbers] == hyphen
        tied = numbers[glued]
        glued[glued] = table.places(tied) == table.places(tied - 1) + table.length[tied - 1] + 1
        return glued

    def tied_before(self, number: int) -> range:
        """The words that hyphens make one with the one that follows them, this one."""
        first = number
        while self._glued(np.array([first]))[0]:
            first -= 1
        return range(first, number)

    def tied_after(self, number: int) -> range:
        """The words that hyphens make one with the one that they follow, this one."""
        last = number
        while self._glued(np.array([last + 1]))[0]:
            last += 1
        return range(number + 1, last + 1)

    # --- where they stand ---

    def source_of(self, number: int) -> int:
        """Number of the source that a word stands in."""
        return int(np.searchsorted(self.first, number, side="right")) - 1

    def sources_of(self, numbers: Positions) -> Positions:
        """Numbers of the sources that words stand in."""
        return np.searchsorted(self.first, numbers, side="right") - 1

    def slice_of(self, first: int, last: int) -> Span:
        """Slice of their source from one word to another, that one included."""
        table, base = self._table, int(self._table.base[self.source_of(first)])
        return table.place(first) - base, table.place(last) + table.length[last] - base

    def start_of(self, number: int) -> int:
        """Where a word starts in its source."""
        return self._table.place(number) - int(self._table.base[self.source_of(number)])

    def starts(self, numbers: Positions, sources: Positions | int) -> Positions:
        """Where words start, each in its source, the numbers of which are given."""
        return self._table.places(numbers) - self._table.base[sources]

    def within(self, source: int, start: int, end: int) -> range:
        """The words of a source that start in a slice of it."""
        base, own = int(self._table.base[source]), range(*self.first[source : source + 2].tolist())
        begin, stop = (bisect_left(own[:-1], base + at, key=self._table.place) for at in (start, end))
        return own[begin:stop]

    def is_boundary(self, number: int) -> bool:
        """Whether no word, but the border of a source, has this number."""
        return self.form[number] == 0

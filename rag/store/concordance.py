"""Every word of the corpus in order, and where each stands: what decides whether a quote is exact."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag.text import WORD, IsWhole, Word, either_case, fold, form_of, read_words
from rag.types import Span

Numbers = NDArray[np.int32]
Positions = NDArray[np.int64]


_TABLES = ("form", "mark", "start", "end")
_BOUNDARY = ""
"""Stands before the first source, between two and after the last; no word has this form."""


class Concordance:
    """The words of all sources in order, numbered over all of them, and where each word occurs.

    A hyphen at the end of a line belongs to the word unless the word is found whole elsewhere, or one of its
    parts is never found alone: ``garan-⏎ties`` is ``garanties``, ``peut-⏎être`` stays ``peut-être``.

    Attributes:
        forms: the distinct forms; number 0 is the boundary of sources.
        marks: the distinct forms of marks; number 0 is none.
        folded: for each form, number of its folded one (case, accents removed); shape ``(forms,)``.
        form, mark, start, end: for each word, number of its form and of the marks before it, and its slice of
            its source; shape ``(words,)``.
        first: number of the first word of each source, then of the one after the last; a boundary stands
            before each.
    """

    def __init__(
        self,
        forms: Sequence[str],
        marks: Sequence[str],
        folded: Numbers,
        tables: Numbers,
        order: Numbers,
        first: Positions,
    ) -> None:
        self.forms = forms
        self.marks = marks
        self.folded = folded
        self.form, self.mark, self.start, self.end = map(np.asarray, tables)  # a memmap's own [] is slow
        self.first = first
        self._order = np.asarray(order)  # words sorted by folded form

    @classmethod
    def build(cls, texts: Sequence[str]) -> Concordance:
        """Read the words of some texts."""
        is_whole = _line_breaks(texts)
        forms, marks = {_BOUNDARY: 0}, {"": 0}
        rows: list[tuple[int, int, int, int]] = [(0, 0, 0, 0)]
        first: list[int] = []
        for text in texts:
            first.append(len(rows))
            rows += (
                (forms.setdefault(w.form, len(forms)), marks.setdefault(w.marks, len(marks)), w.start, w.end)
                for w in read_words(text, is_whole)
            )
            rows.append((0, 0, 0, 0))
        first.append(len(rows))
        numbers: dict[str, int] = {}
        folded = np.array([numbers.setdefault(fold(form), len(numbers)) for form in forms], np.int32)
        tables = np.ascontiguousarray(np.array(rows, np.int32).T)
        order = np.argsort(folded[tables[0]], kind="stable").astype(np.int32)
        return cls(list(forms), list(marks), folded, tables, order, np.array(first, np.int64))

    def save(self, folder: Path) -> None:
        """Write it into a new folder."""
        folder.mkdir(parents=True)
        names = {"forms": list(self.forms), "marks": list(self.marks)}
        (folder / "names.json").write_text(json.dumps(names), encoding="ascii")
        np.save(folder / "words.npy", np.stack([getattr(self, name) for name in _TABLES]))
        np.save(folder / "order.npy", self._order)
        np.savez(folder / "sizes.npz", folded=self.folded, first=self.first)

    @classmethod
    def load(cls, folder: Path) -> Concordance:
        """Open what :meth:`save` wrote, the words memory-mapped.

        Raises:
            OSError, ValueError, KeyError: it is not there or not whole.
        """
        names = json.loads((folder / "names.json").read_text(encoding="ascii"))
        forms, marks = names["forms"], names["marks"]
        tables = np.load(folder / "words.npy", mmap_mode="r", allow_pickle=False)
        order = np.load(folder / "order.npy", mmap_mode="r", allow_pickle=False)
        with (folder / "sizes.npz").open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            folded, first = arrays["folded"], arrays["first"]
        if not (len(forms) == len(folded) and tables.shape == (4, len(order)) and first[-1] == len(order)):
            raise ValueError("the words of the concordance do not fit together")
        return cls(forms, marks, folded, tables, order, first)

    @cached_property
    def _form_numbers(self) -> dict[str, int]:
        return {form: number for number, form in enumerate(self.forms)}

    @cached_property
    def _mark_numbers(self) -> dict[str, int]:
        return {mark: number for number, mark in enumerate(self.marks)}

    @cached_property
    def _fold_numbers(self) -> dict[str, int]:
        return {fold(form): int(number) for form, number in zip(self.forms, self.folded, strict=True)}

    @cached_property
    def folded_forms(self) -> list[str]:
        """The distinct folded forms."""
        return list(self._fold_numbers)

    @cached_property
    def folds(self) -> Numbers:
        """Number of the folded form of each word; shape ``(words,)``."""
        folds: Numbers = self.folded[self.form]
        return folds

    @cached_property
    def _ends(self) -> Positions:
        """Where the words of each folded form end in ``_order``."""
        counts = np.bincount(self.folds, minlength=int(self.folded.max()) + 1)
        return np.cumsum(counts)

    def read(self, text: str) -> list[Word]:
        """The words of a text that is to be looked for."""
        return read_words(text, lambda head, tail: head + tail in self._form_numbers)

    def occurrences(self, fold_number: int) -> Numbers:
        """The words of a folded form, in order; none for -1."""
        if fold_number < 0:
            return self._order[:0]
        return self._order[self._ends[fold_number - 1] if fold_number else 0 : self._ends[fold_number]]

    def fold_numbers(self, words: Sequence[Word]) -> Numbers:
        """Numbers of the folded forms of some words; -1 for one that the corpus does not have."""
        found = (self._fold_numbers.get(fold(word.form), -1) for word in words)
        return np.fromiter(found, np.int32, len(words))

    def form_numbers(self, words: Sequence[Word]) -> Numbers:
        """Numbers of the forms of some words; -1 for one that the corpus does not have."""
        return np.fromiter((self._form_numbers.get(word.form, -1) for word in words), np.int32, len(words))

    def find(self, words: Sequence[Word]) -> Positions:
        """The places where exactly these words stand with these marks between, by their first word.

        The first letter may differ in case. What stands before the first word and after the last does
        not count, unless it makes them parts of a longer word.
        """
        folds = self.fold_numbers(words)
        if not len(words) or (folds < 0).any():
            return np.array([], np.int64)
        rarest = min(range(len(words)), key=lambda n: len(self.occurrences(int(folds[n]))))
        found = self.occurrences(int(folds[rarest])).astype(np.int64) - rarest
        found = found[(found > 0) & (found + len(words) < len(self.form))]
        first = [self._form_numbers.get(form, -1) for form in either_case(words[0].form)]
        found = found[np.isin(self.form[found], first)]
        for offset, word in enumerate(words[1:], start=1):
            form, mark = self._form_numbers.get(word.form, -1), self._mark_numbers.get(word.marks, -1)
            found = found[(self.form[found + offset] == form) & (self.mark[found + offset] == mark)]
        return found[~self._glued(found) & ~self._glued(found + len(words))]

    def _glued(self, numbers: Positions) -> NDArray[np.bool_]:
        """Whether a hyphen makes words one with the one before: ``être`` in ``peut-être``, 2 in 5-2."""
        touching = self.start[numbers] == self.end[numbers - 1] + 1
        glued: NDArray[np.bool_] = touching & (self.mark[numbers] == self._mark_numbers.get("-", -1))
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

    def source_of(self, number: int) -> int:
        """Number of the source that a word stands in."""
        return int(np.searchsorted(self.first, number, side="right")) - 1

    def slice_of(self, first: int, last: int) -> Span:
        """Slice of its source from one word to another, that one included."""
        return int(self.start[first]), int(self.end[last])

    def is_boundary(self, number: int) -> bool:
        """Whether no word, but the border of a source, has this number."""
        return bool(self.form[number] == 0)


def _line_breaks(texts: Sequence[str]) -> IsWhole:
    """What tells, for these texts, hyphens that belong to a word from those of a line wrapper."""
    if not any(match.lastgroup == "broken" for text in texts if "\n" in text for match in _hyphens(text)):
        return lambda head, tail: True
    known = {form_of(m.group()) for text in texts for m in WORD.finditer(text) if m.lastgroup == "word"}
    return lambda head, tail: head + tail in known or not (head in known and tail in known)


def _hyphens(text: str) -> Iterator[re.Match[str]]:
    """Words that the end of a line has cut, and others."""
    for match in re.finditer(r"[^\s]+[\u2010-][^\S\n]*\n\s*[a-zà-ÿ]+", text):
        yield from WORD.finditer(text, match.start(), match.end())

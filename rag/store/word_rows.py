"""The words of some texts, one row each, as they are read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from rag.store.narrow import Array, Positions
from rag.text import WORD, IsWhole, fold, form_of, read_words

BOUNDARY = ""
"""Stands before the first source, between two and after the last; no word has this form."""


@dataclass(frozen=True, slots=True)
class Names:
    """What numbers stand for: the distinct forms, folded forms (case, accents removed) and forms of marks.

    Form 0 is the boundary of sources, mark 0 none.
    """

    forms: list[str]
    folds: list[str]
    marks: list[str]


@dataclass(frozen=True, slots=True)
class Rows:
    """Words, with one row for the boundary before all and one for that after each source.

    Attributes:
        names: of the numbers.
        folded: for each form, number of its folded one.
        sizes: for each source, how many rows it has.
        form, mark, start, length: for each row, numbers of its form and of the marks before it, and its slice
            of its source; a boundary starts where the last word ends.
    """

    names: Names
    folded: Array
    sizes: Positions
    form: Array
    mark: Array
    start: Array
    length: Array


def read_rows(texts: Sequence[str]) -> Rows:
    """Read the words of some texts.

    A hyphen at the end of a line belongs to the word unless the word is found whole elsewhere in the same
    text, or one of its parts is never found alone there: ``garan-⏎ties`` is ``garanties``, ``peut-⏎être``
    stays ``peut-être``.
    """
    forms, marks = {BOUNDARY: 0}, {"": 0}
    columns: list[list[Array]] = [[np.zeros(1, np.uint32)] for _ in range(4)]
    for text in texts:
        words = read_words(text, _line_breaks(text))
        own = (
            (forms.setdefault(word.form, len(forms)) for word in words),
            (marks.setdefault(word.marks, len(marks)) for word in words),
            (word.start for word in words),
            (word.end - word.start for word in words),
        )
        border = (0, 0, words[-1].end if words else 0, 0)
        for column, numbers, last in zip(columns, own, border, strict=True):
            column.append(np.append(np.fromiter(numbers, np.uint32, len(words)), np.uint32(last)))
    folds: dict[str, int] = {}
    folded = np.array([folds.setdefault(fold(form), len(folds)) for form in forms], np.uint32)
    sizes = np.array([len(own) for own in columns[0][1:]], np.int64)
    names = Names(list(forms), list(folds), list(marks))
    return Rows(names, folded, sizes, *(np.concatenate(column) for column in columns))


def _line_breaks(text: str) -> IsWhole:
    """What tells, in a text, hyphens that belong to a word from those of a line wrapper."""
    if "\n" not in text or not any(match.lastgroup == "broken" for match in _hyphens(text)):
        return lambda head, tail: True
    known = {form_of(match.group()) for match in WORD.finditer(text) if match.lastgroup == "word"}
    return lambda head, tail: head + tail in known or not (head in known and tail in known)


def _hyphens(text: str) -> Iterator[re.Match[str]]:
    """Words that the end of a line has cut, and others."""
    for match in re.finditer(r"[^\s]+[\u2010-][^\S\n]*\n\s*[a-zà-ÿ]+", text):
        yield from WORD.finditer(text, match.start(), match.end())

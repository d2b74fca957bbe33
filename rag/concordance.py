"""Every word of the corpus in order, and where each stands: what decides whether a quote is exact.

A text is read as *words* with *marks* between them. Two texts are the same when their words, and the marks
between those, have the same form; a form keeps everything but typography:

=====================================  =================================================================
what differs                           in the form
=====================================  =================================================================
white space, of any kind and amount    nothing, but that it parts words (``pour quoi`` is two of them)
a space inside a number (``800 000``)  nothing; decimal points and commas stay
a space inside a time (``14 h 30``)    nothing
apostrophes ’ ' ʼ ′                    ``'``
quote marks « » “ ” „ " ‹ › ‘ ’        ``"`` (that there is one stays)
hyphens and dashes - ‐ ‑ – — −         ``-``
soft hyphens, zero-width characters    nothing
hyphens that the end of a line put     nothing; see :class:`Concordance`
ligatures œ æ ﬁ ﬂ                      ``oe ae fi fl``
accents as marks of their own          composed
``...``                                ``…``
list, heading and emphasis marks       nothing
case, accents, digits, other marks     themselves
=====================================  =================================================================
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag.lexical import fold
from rag.types import Span

Numbers = NDArray[np.int32]
Positions = NDArray[np.int64]
IsWhole = Callable[[str, str], bool]
"""Whether the two parts of a word that the end of a line has cut are one word without a hyphen."""

_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_APOSTROPHES = "'’‘ʼʹ´`＇′‛"
_QUOTES = '«»“”„‟"‹›〝〞＂'
_DASHES = "\\-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_LIGATURES = str.maketrans(
    {"œ": "oe", "æ": "ae", "Œ": "OE", "Æ": "AE", "ĳ": "ij", "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi"}
    | {"ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)
_TITLE_LIGATURE = re.compile(r"[ŒÆ](?=[a-zà-ÿ])")
_LETTER = rf"[^\W\d_ʼʹ][\u0300-\u036f{_INVISIBLE}]*"
_ALNUM = rf"[^\W_ʼʹ][\u0300-\u036f{_INVISIBLE}]*"
_WORD = re.compile(
    rf"""
    (?P<time>\d{{1,2}}\s?h(?:\s?\d{{2}})?(?![^\W_]))       # 14 h 30
    |(?P<number>
        (?:(?<![^\s(\[{_QUOTES}])[{_DASHES}])?           # a sign, not a hyphen
        (?:[1-9]\d{{0,2}}(?:\s{{1,3}}\d{{3}})+(?!\d)|\d+)(?:[.,]\d+)*(?![^\W_]))
    |(?P<contraction>(?:{_LETTER})*?n[{_APOSTROPHES}]t(?![^\W_]))
    |(?P<broken>(?P<head>(?:{_LETTER})+)[\u2010\-][^\S\n]*\n\s*(?P<tail>(?=[a-zà-ÿ])(?:{_LETTER})+))
    |(?P<word>(?:{_ALNUM})+)
    |(?P<symbol>[%‰§&@°№$€£¥¢+=©®™×÷±])                  # no word, but never a matter of typography
    """,
    re.VERBOSE,
)
_LINE_MARK = re.compile(r"(?<=[\n\r\f])[^\S\n\r]*(?:(?:\#{1,6}|[-–—•‣▪◦·●○■□➢✓\uf0b7\uf0a7*>])\s+)+")
_ELISIONS = frozenset("c d j l m n s t qu jusqu lorsqu puisqu quoiqu presqu quelqu entr".split())
_SAME = str.maketrans(
    dict.fromkeys(_INVISIBLE) | dict.fromkeys(_QUOTES, '"') | dict.fromkeys(_DASHES[1:], "-")
)
_ANY_APOSTROPHE = re.compile(f"[{_APOSTROPHES}]")
_DOUBLED = re.compile(rf"([{_APOSTROPHES},<>])\1(?!\1)")


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it stands in a text.

    Attributes:
        form: the word, but for typography.
        marks: what stands between it and the word before, likewise.
        start, end: its slice of the text.
    """

    form: str
    marks: str
    start: int
    end: int


def read_words(text: str, is_whole: IsWhole = lambda head, tail: True) -> list[Word]:
    """The words of a text, in order."""
    found: list[Word] = []
    after, previous = "", 0
    for start, end, form in _forms(text, is_whole):
        gap = text[previous:start] if previous else "\n" + text[:start]
        found.append(Word(form, _marks(gap, after in _ELISIONS), start, end))
        after, previous = form.lower() if len(form) < 8 else form, end
    return found


def _forms(text: str, is_whole: IsWhole) -> Iterator[tuple[int, int, str]]:
    for match in _WORD.finditer(text):
        kind, start, end = match.lastgroup, match.start(), match.end()
        if kind == "broken":
            head, tail = _form(match["head"]), _form(match["tail"])
            if is_whole(head, tail):
                yield start, end, head + tail
            else:
                yield start, match.end("head"), head
                yield match.start("tail"), end, tail
        else:
            yield start, end, _number(match.group()) if kind in ("number", "time") else _form(match.group())


@lru_cache(1 << 16)
def _form(raw: str) -> str:
    if raw.isascii():
        return raw
    composed = unicodedata.normalize("NFC", raw.translate(_SAME))
    titled = _TITLE_LIGATURE.sub(lambda match: {"Œ": "Oe", "Æ": "Ae"}[match.group()], composed)
    return _ANY_APOSTROPHE.sub("'", titled.translate(_LIGATURES))


def _number(raw: str) -> str:
    return re.sub(r"\s", "", raw).translate(_SAME)


@lru_cache(1 << 14)
def _marks(gap: str, elided: bool) -> str:
    """Form of what stands between two words; ``elided``: the one before is ``l``, ``qu`` or the like."""
    bare = gap.translate(dict.fromkeys(map(ord, _INVISIBLE)))
    if not bare.strip():
        return ""
    if bare not in ("*", "_"):  # 2*3
        bare = re.sub(r"[*_]+", "", _LINE_MARK.sub(" ", bare))
    if _ANY_APOSTROPHE.match(bare) and (len(bare) == 1 or elided):
        return "'" + _marks(bare[1:], False)
    quoted = _ANY_APOSTROPHE.sub('"', _DOUBLED.sub(_doubled, bare).translate(_SAME))
    return "".join(re.sub(r"\.{3,}", "…", quoted).split())


def _doubled(match: re.Match[str]) -> str:
    """One mark for the two of ``,,this''`` and ``<<that>>``."""
    return '"'


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


def either_case(form: str) -> tuple[str, str]:
    """A form with its first letter small and capital; ligatures have two of them."""
    first = form[:1]
    other = first.lower() if first != first.lower() else first.upper()
    return form, (other if len(other) == 1 else first) + form[1:]


def _line_breaks(texts: Sequence[str]) -> IsWhole:
    """What tells, for these texts, hyphens that belong to a word from those of a line wrapper."""
    if not any(match.lastgroup == "broken" for text in texts if "\n" in text for match in _hyphens(text)):
        return lambda head, tail: True
    known = {_form(m.group()) for text in texts for m in _WORD.finditer(text) if m.lastgroup == "word"}
    return lambda head, tail: head + tail in known or not (head in known and tail in known)


def _hyphens(text: str) -> Iterator[re.Match[str]]:
    """Words that the end of a line has cut, and others."""
    for match in re.finditer(r"[^\s]+[\u2010-][^\S\n]*\n\s*[a-zà-ÿ]+", text):
        yield from _WORD.finditer(text, match.start(), match.end())

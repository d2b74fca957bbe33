"""The words of some sources in few bytes, and where each occurs: one part of the concordance."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import numpy as np

from rag.errors import StoreError
from rag.store.narrow import Array, Narrow, Positions, least, open_arrays, save_arrays
from rag.store.word_rows import BOUNDARY, Names, Rows, read_rows

_FILE = "words.bin"
_COLUMNS = ("form", "mark", "length", "offset", "steps")
_BLOCK = 16
"""So many words have their places told from that of the first of them."""
_AT_ONCE = 1 << 20
"""About so many words are taken from a table at once: what that takes of memory is bounded."""
_GAP = 2
"""So much further than the end of a source is the next one's start: no hyphen ties words of two."""


class WordTable:
    """The words of some sources in order, numbered over all of them, and where each occurs.

    Most columns have a byte or two for each word, as frequent forms and marks have low numbers. Where a word
    stands is counted over all sources, from the start of its block of words.

    Attributes:
        form, mark, length: for each word, number of its form and of the marks before it, and how long it is.
        first: number of the first word of each source, then of the one after the last; a boundary stands
            before each.
        base: place of the start of each source.
        folded: for each form, number of its folded one.
    """

    def __init__(self, arrays: dict[str, Array], names: Names | None = None) -> None:
        self._arrays, self._names = arrays, names
        columns = [Narrow.among(arrays, name) for name in _COLUMNS]
        self.form, self.mark, self.length, self._offset, self._steps = columns
        self.first, self.base, self.folded = arrays["first"], arrays["base"], arrays["folded"]
        self._blocks, self._begins = arrays["blocks"], arrays["begins"]
        sizes = {int(self.first[-1]), int(self._begins[-1]), *map(len, columns)}
        if len(sizes) > 1 or len(self.first) != len(self.base) + 1:
            raise ValueError("the words of the concordance do not fit together")

    @classmethod
    def of(cls, texts: Sequence[str]) -> WordTable:
        """Read the words of some texts."""
        return cls(*_packed(read_rows(texts)))

    @classmethod
    def joined(cls, parts: Sequence[tuple[WordTable, Sequence[int]]]) -> WordTable:
        """One table of the sources that are kept of others.

        Args:
            parts: each with the numbers of its sources that are kept, in the order wanted.
        """
        order = [(number, source) for number, (_, sources) in enumerate(parts) for source in sources]
        return cls.composed([part for part, _ in parts], order)

    @classmethod
    def composed(cls, parts: Sequence[WordTable], order: Sequence[tuple[int, int]]) -> WordTable:
        """One table of sources of others.

        Args:
            parts: the others.
            order: for each source its part and its number there.
        """
        return cls(*_packed(_gathered(parts, np.array(order, np.int64).reshape(-1, 2))))

    @classmethod
    def open(cls, folder: Path) -> WordTable:
        """Open what :meth:`save` wrote, by mapping.

        Raises:
            OSError, ValueError, KeyError: it is not there or not whole.
        """
        return cls(open_arrays(folder / _FILE))

    def save(self, folder: Path) -> None:
        """Write it into a new folder."""
        folder.mkdir(parents=True)
        told = [self.names.forms, self.names.folds, self.names.marks]
        raw = json.dumps(told, ensure_ascii=False).encode("utf-8", "surrogatepass")
        names = np.frombuffer(zlib.compress(raw), np.uint8)
        save_arrays(folder / _FILE, self._arrays | {"names": names})

    @property
    def sources(self) -> int:
        """How many sources it has."""
        return len(self.base)

    @cached_property
    def names(self) -> Names:
        """What the numbers stand for; of a table that was opened, read when first asked for.

        Raises:
            StoreError: they cannot be read.
        """
        if self._names:
            return self._names
        try:
            raw = zlib.decompress(self._arrays["names"].tobytes())
            return Names(*json.loads(raw.decode("utf-8", "surrogatepass")))
        except (zlib.error, ValueError, TypeError) as error:
            raise StoreError("index_damaged", reason=error) from None

    def place(self, number: int) -> int:
        """Where a word starts, counted over all sources."""
        return int(self._blocks[number // _BLOCK]) + self._offset[number]

    def places(self, numbers: Positions) -> Positions:
        """Where words start, counted over all sources."""
        found: Positions = self._blocks[numbers // _BLOCK] + self._offset[numbers]
        return found

    def count(self, fold_number: int) -> int:
        """How many words have a folded form."""
        return int(self._begins[fold_number + 1]) - int(self._begins[fold_number])

    def occurrences(self, fold_number: int) -> Positions:
        """The words of a folded form, in order."""
        steps = self._steps[int(self._begins[fold_number]) : int(self._begins[fold_number + 1])]
        return np.cumsum(steps, out=steps)


def _packed(rows: Rows) -> tuple[dict[str, Array], Names]:
    """The columns of a table by name; forms and marks that no word has are left out."""
    forms, form = _ranked(rows.form, len(rows.names.forms))
    marks, mark = _ranked(rows.mark, len(rows.names.marks))
    folds, folded = _ranked(rows.folded[forms], len(rows.names.folds))
    arrays = _kept("form", form) | _kept("mark", mark) | _kept("length", rows.length)
    arrays |= _placed(rows) | _index(folded[form], len(folds)) | {"folded": least(folded)}
    every = rows.names.forms, rows.names.folds, rows.names.marks
    kept = ([names[n] for n in those] for names, those in zip(every, (forms, folds, marks), strict=True))
    return arrays, Names(*kept)


def _kept(name: str, column: Array) -> dict[str, Array]:
    return Narrow.of(column).arrays(name)


def _ranked(numbers: Array, many: int) -> tuple[list[int], Array]:
    """The numbers that occur, 0 first and then the most frequent, and for each one its rank among them."""
    counts = np.bincount(numbers, minlength=many)
    counts[0] = len(numbers) + 1
    kept = np.argsort(-counts, kind="stable")[: np.count_nonzero(counts)]
    ranks = np.zeros(many, np.uint32)
    ranks[kept] = np.arange(len(kept))
    return kept.tolist(), ranks[numbers]


def _placed(rows: Rows) -> dict[str, Array]:
    """Where the sources start and, from block to block, their words."""
    first = _firsts(rows.sizes)
    ends = rows.start[first[1:] - 1].astype(np.int64)
    base = np.cumsum(np.append(0, ends + _GAP))[:-1] + _GAP
    places = rows.start.astype(np.int64)
    places[1:] += np.repeat(base, rows.sizes)
    blocks = places[::_BLOCK].copy()
    places -= np.repeat(blocks, _BLOCK)[: len(places)]
    return {"first": first, "base": base, "blocks": least(blocks)} | _kept("offset", places)


def _index(folds: Array, many: int) -> dict[str, Array]:
    """Where the words of each folded form occur: how far each is from the one before it of the same form."""
    order = np.argsort(folds.astype(np.uint16), kind="stable")  # numpy sorts 16 bits by counting them
    if many > 1 << 16:
        order = order[np.argsort((folds[order] >> 16).astype(np.uint16), kind="stable")]
    begins = np.cumsum(np.append(0, np.bincount(folds, minlength=many)))
    steps = np.diff(order, prepend=0)
    steps[begins[:-1]] = order[begins[:-1]]
    return {"begins": least(begins)} | _kept("steps", steps)


def _gathered(parts: Sequence[WordTable], order: Positions) -> Rows:
    """The words of sources of several tables, each told by its part and its number there."""
    sizes = np.zeros(len(order), np.int64)
    asked = [(part, np.flatnonzero(order[:, 0] == number)) for number, part in enumerate(parts)]
    for part, places in asked:
        sources = order[places, 1]
        sizes[places] = part.first[sources + 1] - part.first[sources]
    first = _firsts(sizes)
    form, mark, start, length = (np.zeros(int(first[-1]), np.uint32) for _ in range(4))
    forms, folds, marks = {BOUNDARY: 0}, {BOUNDARY: 0}, {"": 0}
    folded: list[tuple[Array, Array]] = []
    for part, places in asked:
        of_form, of_fold = _numbered(part.names.forms, forms), _numbered(part.names.folds, folds)
        of_mark = _numbered(part.names.marks, marks)
        folded.append((of_form, of_fold[part.folded]))
        for some in np.array_split(places, 1 + int(sizes[places].sum()) // _AT_ONCE):
            sources, own = order[some, 1], sizes[some]
            theirs, ours = _ranges(part.first[sources], own), _ranges(first[some], own)
            form[ours], mark[ours] = of_form[part.form[theirs]], of_mark[part.mark[theirs]]
            start[ours] = part.places(theirs) - np.repeat(part.base[sources], own)
            length[ours] = part.length[theirs]
    fold_of = np.zeros(len(forms), np.uint32)
    for numbers, own in folded:
        fold_of[numbers] = own
    return Rows(Names(list(forms), list(folds), list(marks)), fold_of, sizes, form, mark, start, length)


def _numbered(names: Sequence[str], known: dict[str, int]) -> Array:
    """The numbers of some names among those known, to which they are added."""
    new = [name for name in names if name not in known]
    known.update(zip(new, range(len(known), len(known) + len(new)), strict=True))
    return np.fromiter(map(known.__getitem__, names), np.uint32, len(names))


def _firsts(sizes: Positions) -> Positions:
    """Number of the first word of each source, and of the one after the last."""
    firsts: Positions = np.cumsum(np.append(1, sizes))
    return firsts


def _ranges(firsts: Positions, sizes: Positions) -> Positions:
    """Numbers in a row from each of some first ones on."""
    before = np.cumsum(sizes) - sizes
    return np.repeat(firsts - before, sizes) + np.arange(int(sizes.sum()))

"""In which sentences of a part each term stands: an inverted index in files that are opened by mapping."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int64]
Unsigned = NDArray[np.unsignedinteger[Any]]
"""In the smallest unsigned type that holds it."""

_FILES = ("terms", "term_ends", "rows", "ends", "lengths")


class Postings:
    """The terms of the sentences of one part; they never change.

    A sentence that has a term twice stands twice in the term's rows, so that nothing else need tell it.

    Args:
        terms: the distinct terms in the order of their UTF-8, one after another; bytes.
        term_ends: where each ends among those.
        rows: the sentences of the first term, in order, then those of the next.
        ends: where those of each term end.
        lengths: how many terms each sentence has.

    Raises:
        ValueError: they are not of one index.
    """

    def __init__(
        self, terms: Unsigned, term_ends: Unsigned, rows: Unsigned, ends: Unsigned, lengths: Unsigned
    ) -> None:
        tables = (terms, term_ends, rows, ends, lengths)
        if any(table.ndim != 1 or table.dtype.kind != "u" for table in tables):
            raise ValueError("a table of the terms is of another kind")
        # a memmap's own [] is slow
        self._terms, self._term_ends, self._rows, self._ends, self.lengths = map(np.asarray, tables)
        if not (_reaches(self._term_ends, self._terms) and _reaches(self._ends, self._rows)):
            raise ValueError("the tables of the terms do not fit together")
        if len(self._term_ends) != len(self._ends):
            raise ValueError("the tables of the terms are not of the same terms")

    @classmethod
    def of(cls, sentences: Iterable[Sequence[str]]) -> Postings:
        """Those of some sentences, each given as its terms."""
        numbers: dict[str, int] = {}
        ids, lengths = array("I"), array("I")
        for terms in sentences:
            ids.extend(numbers.setdefault(term, len(numbers)) for term in terms)
            lengths.append(len(terms))
        names = [_name(term) for term in numbers]
        order = sorted(range(len(names)), key=names.__getitem__)
        place = np.empty(len(names), np.int64)
        place[order] = np.arange(len(names))
        counted = np.frombuffer(lengths, np.uint32) if lengths else np.zeros(0, np.uint32)
        term = place[np.frombuffer(ids, np.uint32)] if ids else np.zeros(0, np.int64)
        rows = np.repeat(np.arange(len(counted)), counted)
        return cls._packed([names[number] for number in order], term, rows, counted)

    @classmethod
    def joined(cls, parts: Sequence[tuple[Postings, NDArray[np.int32]]], size: int) -> Postings:
        """Those of several parts as one; terms that no sentence has any more are gone.

        Args:
            parts: each with the new row of each of its sentences, -1 for one that is left out.
            size: how many rows there are then.
        """
        own = [part.names() for part, _ in parts]
        names = sorted(set().union(*own))
        numbers = {name: number for number, name in enumerate(names)}
        found = [(np.zeros(0, np.int64), np.zeros(0, np.int64))]
        lengths = np.zeros(size, np.uint32)
        for (part, places), known in zip(parts, own, strict=True):
            lengths[places[places >= 0]] = part.lengths[places >= 0]
            rows = places[part._rows]
            number = np.fromiter((numbers[name] for name in known), np.int64, len(known))
            term = np.repeat(number, np.ediff1d(part._ends.astype(np.int64), to_begin=part._ends[:1]))
            found.append((term[rows >= 0], rows[rows >= 0].astype(np.int64)))
        term, rows = (np.concatenate(each) for each in zip(*found, strict=True))
        return cls._packed(names, term, rows, lengths)

    @classmethod
    def _packed(cls, names: Sequence[bytes], term: Rows, rows: Rows, lengths: NDArray[Any]) -> Postings:
        """Of sorted terms, and for each word of the sentences the number of its term and its row."""
        width = max(len(lengths), 1)
        both = np.sort(term * width + rows)
        counts = np.bincount(both // width, minlength=len(names))
        kept = [name for name, count in zip(names, counts.tolist(), strict=True) if count]
        return cls(
            np.frombuffer(b"".join(kept), np.uint8),
            smallest(np.cumsum([len(name) for name in kept], dtype=np.int64)),
            smallest(both % width),
            smallest(np.cumsum(counts[counts > 0])),
            smallest(lengths),
        )

    def save(self, folder: Path) -> None:
        """Write them into a new folder."""
        folder.mkdir(parents=True)
        tables = (self._terms, self._term_ends, self._rows, self._ends, self.lengths)
        for name, table in zip(_FILES, tables, strict=True):
            np.save(folder / f"{name}.npy", table)

    @classmethod
    def open(cls, folder: Path) -> Postings:
        """Open what :meth:`save` wrote, all of it by mapping.

        Raises:
            OSError, ValueError: it is not there or not whole.
        """
        files = (folder / f"{name}.npy" for name in _FILES)
        try:
            return cls(*(np.load(file, mmap_mode="r", allow_pickle=False) for file in files))
        except EOFError as error:
            raise ValueError(str(error)) from None

    def names(self) -> list[bytes]:
        """All terms, as they are sorted; they are read for it."""
        text, ends = self._terms.tobytes(), self._term_ends.tolist()
        return [text[first:last] for first, last in zip([0, *ends], ends, strict=False)]

    def find(self, term: str) -> tuple[Unsigned, Rows]:
        """The sentences that have a term, ascending, and how often each has it; none where none has."""
        wanted, count = _name(term), len(self._ends)
        number = bisect_left(range(count), wanted, key=self._name_at)
        if number == count or self._name_at(number) != wanted:
            return self._rows[:0], np.zeros(0, np.int64)
        rows = self._rows[_before(self._ends, number) : int(self._ends[number])]
        first = np.flatnonzero(np.diff(rows, prepend=rows[0]))
        first = np.concatenate([[0], first])
        return rows[first], np.diff(first, append=len(rows))

    def _name_at(self, number: int) -> bytes:
        return self._terms[_before(self._term_ends, number) : int(self._term_ends[number])].tobytes()


def smallest(numbers: NDArray[Any]) -> Unsigned:
    """Numbers from 0 on, in the smallest type that holds them all."""
    return numbers.astype(np.min_scalar_type(int(numbers.max(initial=0))))


def _reaches(ends: Unsigned, table: Unsigned) -> bool:
    return int(ends[-1]) == len(table) if len(ends) else not len(table)


def _before(ends: Unsigned, number: int) -> int:
    return int(ends[number - 1]) if number else 0


def _name(term: str) -> bytes:
    return term.encode("utf-8", "surrogatepass")

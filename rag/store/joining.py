"""Documents of several parts -> one part. A document that was just read is a part of one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from rag.store.blobs import Blobs
from rag.store.part import LEVELS, Part
from rag.store.postings import Postings
from rag.store.units import PASSAGE, SENTENCE, Columns
from rag.store.word_table import WordTable
from rag.types import Level

Pick = tuple[Part, int]
"""A document of a part, by its number there."""
_MOVED = {"source": "number", "passage": "passage", "first": "sentence", "last": "sentence"}
"""Columns that count rows, and of what."""


class Rows:
    """Where the rows of some documents come to stand, one document after the other.

    Attributes:
        starts: by level, the first new row of each document; then the row after the last.
        first: by level, its first row in its part.
    """

    def __init__(self, picks: Sequence[Pick]) -> None:
        self.picks = picks
        self._numbers: dict[int, list[int]] = {}  # of the documents of each part
        for number, (part, _) in enumerate(picks):
            self._numbers.setdefault(id(part), []).append(number)
        ends = {id(part): {level: part.ends(level) for level in LEVELS} for part, _ in picks}
        self.first: dict[Level, NDArray[np.int64]] = {}
        self.starts: dict[Level, NDArray[np.int64]] = {}
        for level in LEVELS:
            own = [ends[id(part)][level] for part, _ in picks]
            first = [int(e[n - 1]) if n else 0 for e, (_, n) in zip(own, picks, strict=True)]
            counts = [int(e[n]) - f for e, (_, n), f in zip(own, picks, first, strict=True)]
            self.first[level] = np.array(first, np.int64)
            self.starts[level] = np.concatenate([[0], np.cumsum(counts, dtype=np.int64)]).astype(np.int64)

    def own(self, level: Level, number: int) -> slice:
        """The rows of a document in its part."""
        first, starts = int(self.first[level][number]), self.starts[level]
        return slice(first, first + int(starts[number + 1] - starts[number]))

    def of_part(self, part: Part, level: Level) -> NDArray[np.int32]:
        """The new row of each row of a part; -1 where it has none."""
        ends = part.ends(level)
        moved = np.full(int(ends[-1]) if len(ends) else 0, -1, np.int32)
        for number in self._numbers[id(part)]:
            begin, end = self.starts[level][number : number + 2]
            moved[self.own(level, number)] = np.arange(begin, end)
        return moved

    def columns(self, level: Level, speakers: Mapping[str, int]) -> Columns:
        """The units of the documents, by their new numbers."""
        names = SENTENCE if level == "sentence" else PASSAGE
        return {name: self._column(level, name, speakers) for name in names}

    def _column(self, level: Level, name: str, speakers: Mapping[str, int]) -> NDArray[np.int32]:
        found = [np.array([], np.int32)]
        for number, (part, _) in enumerate(self.picks):
            own = part.units[level][name][self.own(level, number)]
            found.append(own + np.int32(self._moved_by(name, number)) if name in _MOVED else own)
            if name == "speaker":
                renumbered = np.array([*(speakers[each] for each in part.speakers), -1], np.int32)
                found[-1] = renumbered[own]
        return np.concatenate(found)

    def _moved_by(self, name: str, number: int) -> int:
        if name == "source":
            return number - self.picks[number][1]
        level: Level = "passage" if name == "passage" else "sentence"
        return int(self.starts[level][number] - self.first[level][number])


def speakers_of(picks: Sequence[Pick]) -> list[str]:
    """Who speaks in some documents, or in others of their parts; sorted."""
    return sorted({name for part in distinct(picks) for name in part.speakers})


def distinct(picks: Sequence[Pick]) -> list[Part]:
    """The parts that some documents are in."""
    return list({id(part): part for part, _ in picks}.values())


def joined(picks: Sequence[Pick]) -> Part:
    """A part of some documents, in order."""
    rows, parts = Rows(picks), distinct(picks)
    speakers = speakers_of(picks)
    numbers = {name: number for number, name in enumerate(speakers)}
    return Part(
        records=[part.records[number] for part, number in picks],
        speakers=speakers,
        texts=Blobs.joined((part.texts, number) for part, number in picks),
        layouts=Blobs.joined((part.layouts, number) for part, number in picks),
        units={level: rows.columns(level, numbers) for level in LEVELS},
        vectors={
            level: np.concatenate(
                [part.vectors[level][rows.own(level, n)] for n, (part, _) in enumerate(picks)]
            )
            for level in LEVELS
        },
        postings=Postings.joined(
            [(part.postings, rows.of_part(part, "sentence")) for part in parts],
            int(rows.starts["sentence"][-1]),
        ),
        words=WordTable.joined([(part.words, numbers) for part, numbers in _runs(picks)]),
    )


def _runs(picks: Sequence[Pick]) -> Iterator[tuple[Part, list[int]]]:
    for _, run in groupby(picks, key=lambda pick: id(pick[0])):
        together = list(run)
        yield together[0][0], [number for _, number in together]

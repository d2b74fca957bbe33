"""One committed state of the index, composed of the live documents of its parts.

::

    store/manifest.json      names the live documents; replacing it is the commit
    store/part-<hex>/        documents, never changed (see rag/store/part.py)
    store/chroma/            Chroma's index of the passages, where no server holds it
    store/store-id           random name of the store
    store/lock               held while a process writes

Rows of sentences and passages are numbered over all live documents, by the ids of their sources.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from rag.errors import StoreError
from rag.store.concordance import Concordance
from rag.store.joining import Pick, Rows, distinct, speakers_of
from rag.store.lexical import Lexical
from rag.store.part import DAMAGE, LEVELS, Part
from rag.store.units import Columns, sentence_at
from rag.store.vectors import Vectors, cosines, unpacked
from rag.store.voices import Heard, named_as_told
from rag.text import Bodies, bodies_with
from rag.types import Layout, Level, Sentence, Source, SourceInfo, Span

TEXTS = 500
"""How many texts are kept once they were read."""


class Edition:
    """The live documents of some parts.

    Args:
        picks: the documents, by the ids of their sources.

    Attributes:
        infos: the sources, sorted by id.
        units: columns of sentences and passages by name, each of shape ``(rows,)``.
        speakers: who says the sentences, by the number in their rows.
    """

    def __init__(self, picks: Sequence[Pick]) -> None:
        self._picks = picks
        self._parts = distinct(picks)
        self._rows = Rows(picks)
        whole = _whole(picks)
        self.speakers: Sequence[str] = whole.speakers if whole else speakers_of(picks)
        numbers = {name: number for number, name in enumerate(self.speakers)}
        self.units: Mapping[Level, Columns] = (
            whole.units if whole else {level: self._rows.columns(level, numbers) for level in LEVELS}
        )
        self._is_whole = whole is not None
        infos = [part.records[number].info for part, number in picks]
        self.infos = named_as_told(infos, self.sentences, self.speakers)
        self._sources: dict[int, Source] = {}

    @property
    def sentences(self) -> Columns:
        """Columns of the sentences."""
        return self.units["sentence"]

    @property
    def passages(self) -> Columns:
        """Columns of the passages."""
        return self.units["passage"]

    @cached_property
    def bodies(self) -> Bodies:
        """What goes by an abbreviation, those that the sources explain with the others."""
        told = {pair for part, number in self._picks for pair in part.records[number].definitions}
        return bodies_with(sorted(told))

    @cached_property
    def lexical(self) -> Lexical:
        """Where terms stand, and what that is worth."""
        moved = [None if self._is_whole else self._rows.of_part(part, "sentence") for part in self._parts]
        own = [(part.postings, rows) for part, rows in zip(self._parts, moved, strict=True)]
        return Lexical(own, self.sentences, len(self.passages["start"]), self.bodies)

    @cached_property
    def concordance(self) -> Concordance:
        """Every word of the sources and where it stands."""
        numbers = {id(part): number for number, part in enumerate(self._parts)}
        order = [(numbers[id(part)], number) for part, number in self._picks]
        return Concordance([part.words for part in self._parts], order)

    def source(self, index: int) -> Source:
        """Source number ``index`` with its text, decoded and checked.

        Raises:
            StoreError: the text is not the one that was indexed.
        """
        found = self._sources.get(index)
        if found is None:
            part, number = self._picks[index]
            with damage():
                found = Source(self.infos[index], part.source(number).text)
            self._sources[index] = found
            for oldest in list(self._sources)[:-TEXTS]:
                self._sources.pop(oldest, None)
        return found

    def layout(self, index: int) -> Layout:
        """The layout of source number ``index``.

        Raises:
            StoreError: it cannot be read.
        """
        part, number = self._picks[index]
        with damage():
            return part.layout(number)

    @cached_property
    def sides(self) -> list[str]:
        """The sides of those who speak, sorted."""
        return sorted({voice.side for voice in self.heard.voices if voice.side})

    @cached_property
    def heard(self) -> Heard:
        """Who speaks, and who says which sentence."""
        return Heard(self.infos, self.sentences, self.passages, self.speakers)

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {info.id: number for number, info in enumerate(self.infos)}

    def number_of(self, source: str) -> int | None:
        """Number of the source with an id; ``None`` when there is none."""
        return self._numbers.get(source)

    def info_at(self, row: int) -> SourceInfo:
        """What is known of the source that a sentence's row belongs to, as the voice of who says it."""
        return self.infos[int(self.sentences["source"][row])].voiced(self.speaker_at(row))

    def speaker_at(self, row: int) -> str | None:
        """Who says the sentence of a row, as the source names them; ``None`` where it does not."""
        number = int(self.sentences["speaker"][row])
        return self.speakers[number] if number >= 0 else None

    def rows(self, level: Level) -> Columns:
        """The columns of a level."""
        return self.units[level]

    @property
    def first_rows(self) -> dict[Level, NDArray[np.int64]]:
        """For each level, the first row of each source."""
        return {level: self._rows.starts[level][:-1] for level in LEVELS}

    def sentence(self, row: int) -> tuple[Source, Sentence]:
        """The sentence of a row, with its source."""
        source = self.source(int(self.sentences["source"][row]))
        return source, sentence_at(self.sentences, row, source, self.speakers)

    def row_at(self, level: Level, source: int, position: int) -> int:
        """The row of a source that holds a character, or the last one before it."""
        own = self.rows_in(level, source)
        starts = self.units[level]["start"][own.start : own.stop]
        return own.start + max(int(np.searchsorted(starts, position, side="right")) - 1, 0)

    def rows_in(self, level: Level, source: int) -> range:
        """The rows of a source."""
        return range(*self._rows.starts[level][source : source + 2].tolist())

    def span(self, level: Level, row: int) -> Span:
        """The slice of its source that a row is."""
        columns = self.rows(level)
        return int(columns["start"][row]), int(columns["end"][row])

    def text_of(self, level: Level, row: int) -> str:
        """The slice of a row."""
        columns = self.rows(level)
        text = self.source(int(columns["source"][row])).text
        return text[int(columns["start"][row]) : int(columns["end"][row])]

    def vectors(self, level: Level, rows: Sequence[int]) -> dict[int, NDArray[np.float32]]:
        """Embeddings of rows, of unit length, by row; rows that have none are left out."""
        found = unpacked(self._packed(level, np.asarray(rows, np.int64)))
        return {row: vector for row, vector in zip(rows, found, strict=True) if vector.any()}

    def cosines(
        self, level: Level, rows: Sequence[int] | NDArray[np.int64], vector: Sequence[float]
    ) -> Vectors:
        """Cosine of the embedding of each row with a question's; 0 for a row that has none."""
        return cosines(self._packed(level, np.asarray(rows, np.int64)), vector)

    def _packed(self, level: Level, rows: NDArray[np.int64]) -> NDArray[np.int8]:
        sources = np.searchsorted(self._rows.starts[level], rows, side="right") - 1
        local = rows - (self._rows.starts[level][:-1] - self._rows.first[level])[sources]
        width = max((part.vectors[level].shape[1] for part in self._parts), default=0)
        found = np.zeros((len(rows), width), np.int8)
        homes = self._homes[sources]
        for number in np.unique(homes):
            own = homes == number
            found[own] = self._parts[number].vectors[level][local[own]]
        return found

    @cached_property
    def _homes(self) -> NDArray[np.int64]:
        """For each source, the number of its part."""
        numbers = {id(part): number for number, part in enumerate(self._parts)}
        return np.array([numbers[id(part)] for part, _ in self._picks], np.int64)


def _whole(picks: Sequence[Pick]) -> Part | None:
    """The part of some documents, if they are all it has, in their order."""
    part = picks[0][0] if picks else None
    if part is None or len(part.records) != len(picks):
        return None
    return part if all(each is part and number == n for n, (each, number) in enumerate(picks)) else None


@contextmanager
def damage() -> Iterator[None]:
    """Say that the index is damaged where a file of a part is.

    Raises:
        StoreError: it is.
    """
    try:
        yield
    except DAMAGE as error:
        raise StoreError("index_damaged", reason=error) from None

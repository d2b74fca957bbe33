"""Who speaks in the sources: each source whole, or those who speak in it, as a transcript names them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from rag.text import is_same_person
from rag.types import Level, SourceInfo, Voice

if TYPE_CHECKING:
    from rag.store.edition import Edition

Columns = Mapping[str, NDArray[np.int32]]

_NAME = 32
"""So many bits hold the number of a name, below that of a source."""
_known: Callable[[SourceInfo], tuple[Any, ...]] = attrgetter(*(each.name for each in fields(SourceInfo)))


class Heard:
    """The voices of some sources, numbered by source; where nobody is named one a source, of its number.

    Args:
        infos: the sources.
        sentences, passages: columns by name, of the tables of an edition.
        speakers: names, by the numbers in the column ``speaker`` of the sentences.

    Attributes:
        voices: who speaks.
    """

    def __init__(
        self, infos: Sequence[SourceInfo], sentences: Columns, passages: Columns, speakers: Sequence[str]
    ) -> None:
        self._sentences, self._passages = sentences, passages
        self._are_named = bool(speakers)
        if self._are_named:
            told = np.unique(self._keys[self._turns])
            silent = np.setdiff1d(np.arange(len(infos)), told >> _NAME)
            self._told = np.union1d(told, silent << _NAME)
        else:
            self._told = np.arange(len(infos)) << _NAME
        names = (None, *speakers)
        self.voices = tuple(
            _voice(infos[key >> _NAME], key >> _NAME, names[key & (1 << _NAME) - 1])
            for key in self._told.tolist()
        )

    @property
    def _keys(self) -> NDArray[np.int64]:
        """For each sentence one number for its source and who says it, nobody coming first."""
        return self._sentences["source"].astype(np.int64) << _NAME | self._sentences["speaker"] + 1

    @cached_property
    def _turns(self) -> NDArray[np.int64]:
        """The sentences that another voice says than the one before."""
        return np.flatnonzero(np.diff(self._keys, prepend=-1))

    @cached_property
    def said_by(self) -> NDArray[np.int32]:
        """For each sentence, the number of the voice that says it."""
        if not self._are_named:
            return self._sentences["source"]
        numbers = np.searchsorted(self._told, self._keys[self._turns]).astype(np.int32)
        return np.repeat(numbers, np.diff(self._turns, append=len(self._sentences["source"])))

    @cached_property
    def _starts(self) -> NDArray[np.int64]:
        """For each sentence one number for its source and where it starts there."""
        return self._sentences["source"].astype(np.int64) << 32 | self._sentences["start"]

    def at(self, sources: NDArray[np.int64], positions: NDArray[np.int64]) -> NDArray[np.int32]:
        """Numbers of the voices of some places; before the first sentence of a source, that one's."""
        rows = np.searchsorted(self._starts, sources << 32 | positions, side="right") - 1
        firsts = np.searchsorted(self._starts, sources << 32)
        said_by: NDArray[np.int32] = self.said_by[np.maximum(rows, firsts)]
        return said_by

    def rows_of(self, level: Level, voices: Iterable[int]) -> NDArray[np.bool_]:
        """Which rows are of some voices: sentences that they say, passages with such a sentence."""
        said: NDArray[np.bool_] = np.isin(self.said_by, list(voices))
        if level == "sentence":
            return said
        found = np.zeros(len(self._passages["start"]), bool)
        found[self._sentences["passage"][said]] = True
        return found

    def of_passage(self, row: int) -> Voice:
        """Who says a passage: the first that says something in it."""
        first, last = int(self._passages["first"][row]), int(self._passages["last"][row])
        quotable = self._sentences["quotable"]
        said = next((each for each in range(first, last + 1) if quotable[each]), first)
        return self.voices[int(self.said_by[said])]

    def speaker_of(self, first: int, last: int) -> str | None:
        """Who says all from one sentence to another; ``None`` where several do, or nobody is named."""
        rows = np.arange(first, last + 1)
        said = rows[self._sentences["quotable"][rows] > 0]
        voices = set(self.said_by[said if len(said) else rows].tolist())
        return self.voices[voices.pop()].speaker if len(voices) == 1 else None

    def of_side(self, side: str) -> frozenset[int]:
        """Numbers of the voices of a side."""
        return frozenset(number for number, voice in enumerate(self.voices) if voice.side == side)

    def number_of(self, source: str, speaker: str | None) -> int | None:
        """Number of the voice of who speaks in a source; ``None`` when there is none."""
        same = (n for n, voice in enumerate(self.voices) if (voice.id, voice.speaker) == (source, speaker))
        return next(same, None)


@dataclass(frozen=True, slots=True)
class Spoken:
    """One who speaks in a source, with the side that the keeper gave them, and how much they say."""

    name: str
    side: str | None
    sentences: int


def spoken_in(edition: Edition) -> list[tuple[Spoken, ...]]:
    """For each source those who speak in it, who says most first; none where nobody is named."""
    said = edition.heard.said_by[edition.sentences["quotable"] > 0]
    counts = np.bincount(said, minlength=len(edition.heard.voices)).tolist()
    found: list[list[Spoken]] = [[] for _ in edition.infos]
    for voice, count in zip(edition.heard.voices, counts, strict=True):
        if voice.speaker and count:
            side = given_side(voice.speaker, edition.infos[voice.number].speakers) or None
            found[voice.number].append(Spoken(voice.speaker, side, count))
    return [tuple(sorted(own, key=lambda one: (-one.sentences, one.name))) for own in found]


def voices_at(edition: Edition, words: NDArray[np.int64]) -> NDArray[np.int32]:
    """Numbers of the voices that say some words, by their numbers in the concordance; none a boundary."""
    sources = edition.concordance.sources_of(words)
    return edition.heard.at(sources, edition.concordance.starts(words, sources))


def _voice(info: SourceInfo, number: int, speaker: str | None) -> Voice:
    return Voice(*(*_known(info.voiced(speaker)), number, speaker))


def named_as_told(
    infos: Iterable[SourceInfo], sentences: Columns, speakers: Sequence[str]
) -> tuple[SourceInfo, ...]:
    """The sources, with those whom the keeper gave a side under the names that the texts give them."""
    found = []
    for number, info in enumerate(infos):
        if info.speakers:
            begin, end = np.searchsorted(sentences["source"], (number, number + 1))
            info = replace(info, speakers=_sided(info, sentences["speaker"][begin:end], speakers))
        found.append(info)
    return tuple(found)


def _sided(
    info: SourceInfo, spoken: NDArray[np.int32], speakers: Sequence[str]
) -> tuple[tuple[str, str], ...]:
    names = (speakers[number] for number in np.unique(spoken) if number >= 0)
    sides = ((name, given_side(name, info.speakers)) for name in names)
    return tuple((name, side) for name, side in sides if side)


def given_side(name: str, given: Iterable[tuple[str, str]]) -> str:
    """The side that the keeper gave to a speaker, under that name or another of theirs; empty without one."""
    pairs = tuple(given)
    same = {side for other, side in pairs if other == name}
    same = same or {side for other, side in pairs if is_same_person(name, other)}
    return same.pop() if len(same) == 1 else ""

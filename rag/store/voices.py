"""Who speaks in the sources: each source whole, or those who speak in it, as a transcript names them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from rag.text import is_same_person
from rag.types import Level, SourceInfo, Voice

if TYPE_CHECKING:
    from rag.store.edition import Edition

Columns = Mapping[str, NDArray[np.int32]]


class Heard:
    """The voices of some sources, numbered by source; where nobody is named one a source, of its number.

    Args:
        infos: the sources.
        sentences, passages: columns by name, of the tables of an edition.
        speakers: names, by the numbers in the column ``speaker`` of the sentences.

    Attributes:
        voices: who speaks.
        said_by: for each sentence, the number of the voice that says it.
    """

    def __init__(
        self, infos: Sequence[SourceInfo], sentences: Columns, passages: Columns, speakers: Sequence[str]
    ) -> None:
        self._sentences, self._passages = sentences, passages
        width = len(speakers) + 1
        said = sentences["source"].astype(np.int64) * width + sentences["speaker"] + 1
        silent = np.setdiff1d(np.arange(len(infos)), sentences["source"]) * width
        keys = np.union1d(said, silent)
        told = [divmod(int(key), width) for key in keys]
        self.voices = tuple(_voice(infos[n], n, speakers[name - 1] if name else None) for n, name in told)
        self.said_by: NDArray[np.int32] = np.searchsorted(keys, said).astype(np.int32)

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
    concordance, columns = edition.concordance, edition.sentences
    sources = np.searchsorted(concordance.first, words, side="right") - 1
    starts = columns["source"].astype(np.int64) << 32 | columns["start"]
    rows = np.searchsorted(starts, sources << 32 | concordance.start[words], side="right") - 1
    said_by: NDArray[np.int32] = edition.heard.said_by[
        np.maximum(rows, edition.first_rows["sentence"][sources])
    ]
    return said_by


def _voice(info: SourceInfo, number: int, speaker: str | None) -> Voice:
    own = info.voiced(speaker)
    known = {field.name: getattr(own, field.name) for field in fields(SourceInfo)}
    return Voice(**known, number=number, speaker=speaker)


def named_as_told(
    infos: Iterable[SourceInfo], sentences: Columns, speakers: Sequence[str]
) -> tuple[SourceInfo, ...]:
    """The sources, with those whom the keeper gave a side under the names that the texts give them."""
    return tuple(
        replace(info, speakers=_sided(info, sentences["speaker"][sentences["source"] == number], speakers))
        if info.speakers
        else info
        for number, info in enumerate(infos)
    )


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

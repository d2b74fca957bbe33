"""A question -> what is looked for: vector, terms, sources asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.errors import InputError, UnknownSource
from rag.search.named_sources import speakers_named
from rag.search.question import Question
from rag.search.wording import WORDED_BY, as_written
from rag.store import Index, Snapshot
from rag.text import terms_of, values_in
from rag.types import Level


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for.

    Attributes:
        question: as it was read.
        vector: its embedding.
        terms: its distinct terms.
        voices: numbers of those asked (see :class:`rag.store.voices.Heard`); ``None`` for all.
    """

    question: Question
    vector: Sequence[float]
    terms: Sequence[str]
    voices: frozenset[int] | None

    def asks(self, snapshot: Snapshot, level: Level) -> NDArray[np.bool_] | None:
        """Which rows of a level are of those asked; ``None`` for all."""
        return None if self.voices is None else snapshot.heard.rows_of(level, self.voices)


@dataclass(frozen=True, slots=True)
class Scope:
    """Names of the only sides, sources and speakers to ask; empty for all."""

    sides: Sequence[str] = ()
    sources: Sequence[str] = ()
    speakers: Sequence[str] = ()

    def __bool__(self) -> bool:
        """Whether not all are asked."""
        return bool(self.sides or self.sources or self.speakers)

    def voices(self, snapshot: Snapshot) -> frozenset[int] | None:
        """Numbers of those asked; ``None`` for all.

        Raises:
            InputError, UnknownSource: see :func:`make_query`.
        """
        for side in self.sides:
            if side not in snapshot.sides:
                raise InputError("side_unknown", side=side, sides=_listed(snapshot.sides))
        for source in self.sources:
            if snapshot.number_of(source) is None:
                raise UnknownSource("source_unknown", source=source)
        speaking = frozenset(n for name in self.speakers for n in _speaking(snapshot, name))
        if not self:
            return None
        return frozenset(
            number
            for number, voice in enumerate(snapshot.heard.voices)
            if (not self.sides or voice.side in self.sides)
            and (not self.sources or voice.id in self.sources)
            and (not self.speakers or number in speaking)
        )

    def heard(self, snapshot: Snapshot) -> frozenset[int] | None:
        """As :meth:`voices`, for tools that have nothing to say where nobody is left.

        Raises:
            InputError: nobody is of such a side and in such a source and so named; and as :meth:`voices`.
        """
        found = self.voices(snapshot)
        if found is not None and not found:
            raise InputError("scope_nobody")
        return found


EVERYBODY = Scope()
"""All are asked."""


def make_query(
    snapshot: Snapshot,
    index: Index,
    question: Question,
    sides: Sequence[str] = (),
    sources: Sequence[str] = (),
    speakers: Sequence[str] = (),
    voices: frozenset[int] | None = None,
) -> Query:
    """Embed a question, and find whom it is put to.

    Args:
        snapshot: the state of the index to be searched.
        index: for its encoder.
        question: as it was read.
        sides, sources, speakers: names of the only ones to search; empty for all.
        voices: numbers of the only ones to search, where they are known.

    Raises:
        InputError: a side that no source has, or a speaker who speaks in none.
        UnknownSource: a source id that the index does not hold.
    """
    asked = Scope(sides, sources, speakers).voices(snapshot) if voices is None else voices
    worded = _in_their_words(snapshot, question.text, asked)
    return Query(
        question=question,
        vector=index.encoder.get_query_embedding(worded),
        terms=question.terms(worded, {info.language for info in snapshot.infos}, snapshot.bodies),
        voices=asked,
    )


def _in_their_words(snapshot: Snapshot, text: str, asked: frozenset[int] | None) -> str:
    """A question with its numbers, dates and bodies as the sources that are asked write them."""
    values = [term for _, _, value in values_in(text) for term in terms_of(value)]
    values += [value for _, _, value in snapshot.bodies.named_in(text)]
    if not values:
        return text
    found = snapshot.lexical.scores("sentence", values)
    if asked is not None:
        found = found.among(snapshot.heard.rows_of("sentence", asked))
    written = "\n".join(snapshot.text_of("sentence", int(row)) for row in found.top(WORDED_BY))
    return as_written(text, written, snapshot.bodies)


def _speaking(snapshot: Snapshot, name: str) -> frozenset[int]:
    """Numbers of the voices of a speaker, in any source."""
    voices = snapshot.heard.voices
    if found := speakers_named(name, voices):
        return found
    known = sorted({voice.speaker for voice in voices if voice.speaker})
    raise InputError("speaker_unknown", speaker=name, speakers=_listed(known))


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:10]) or "none"
    return shown + (f" and {len(names) - 10} more" if len(names) > 10 else "")

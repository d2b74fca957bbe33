"""Sentences and passages as columns of numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from rag.text import content_words, is_answer
from rag.types import Passage, Place, Role, Sentence, Source, Span

SENTENCE = (
    "source",
    "passage",
    "start",
    "end",
    "page",
    "paragraph",
    "point",
    "lead_start",
    "lead_end",
    "heading_start",
    "heading_end",
    "last_page",
    "note",
    "role",
    "speaker",
    "quotable",
    "words",
)
"""Columns of the sentences, all int32: -1 for an absent slice or speaker; ``words`` counts content words."""
PASSAGE = ("source", "start", "end", "first", "last")
"""Columns of the passages; first and last of its sentence rows."""

Columns = Mapping[str, NDArray[np.int32]]
_ROLES: tuple[Role, ...] = get_args(Role)


def sentence_columns(source: Source, passages: Sequence[Passage], speakers: Sequence[str]) -> Columns:
    """The sentences of one document, whose number is 0."""
    numbers = {name: number for number, name in enumerate(speakers)}
    rows = (
        _sentence_row(source, number, sentence, numbers)
        for number, passage in enumerate(passages)
        for sentence in passage.sentences
    )
    return _table(rows, SENTENCE)


def passage_columns(passages: Sequence[Passage]) -> Columns:
    """The passages of one document."""
    ends = np.cumsum([len(passage.sentences) for passage in passages], dtype=np.int64).tolist()
    rows = (
        (0, passage.start, passage.end, end - len(passage.sentences), end - 1)
        for passage, end in zip(passages, ends, strict=True)
    )
    return _table(rows, PASSAGE)


def sentence_at(columns: Columns, row: int, source: Source, speakers: Sequence[str]) -> Sentence:
    """The sentence that a row is, of its source."""
    cell = {name: int(column[row]) for name, column in columns.items()}
    numbers = {name: cell[name] for name in ("page", "paragraph", "point", "last_page", "note")}
    return Sentence(
        cell["start"],
        cell["end"],
        Place(**numbers, paging=source.info.paging),
        lead_in=_span(cell["lead_start"], cell["lead_end"]),
        heading=_span(cell["heading_start"], cell["heading_end"]),
        role=_ROLES[cell["role"]],
        speaker=speakers[cell["speaker"]] if cell["speaker"] >= 0 else None,
    )


def _sentence_row(source: Source, passage: int, s: Sentence, speakers: Mapping[str, int]) -> tuple[int, ...]:
    place = (s.place.page, s.place.paragraph, s.place.point)
    told = (s.place.last_page, s.place.note, _ROLES.index(s.role), speakers.get(s.speaker or "", -1))
    words = len(content_words(source.text[s.start : s.end]))
    slices = (*(s.lead_in or (-1, -1)), *(s.heading or (-1, -1)))
    return 0, passage, s.start, s.end, *place, *slices, *told, is_answer(source.text, s), words


def _span(start: int, end: int) -> Span | None:
    return None if start < 0 else (start, end)


def _table(rows: Iterable[tuple[int, ...]], names: Sequence[str]) -> Columns:
    listed = list(rows)
    table = np.array(listed, np.int32).reshape(len(listed), len(names)).T
    return dict(zip(names, table, strict=True))

"""A question -> what is looked for: vector, terms, sources asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rag.errors import InputError, UnknownSource
from rag.search.question import Question
from rag.search.wording import WORDED_BY, as_written
from rag.store import Index, Snapshot
from rag.text import terms_of, values_in


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for.

    Attributes:
        question: as it was read.
        vector: its embedding.
        terms: its distinct terms.
        sources: numbers of the sources asked; ``None`` for all.
    """

    question: Question
    vector: Sequence[float]
    terms: Sequence[str]
    sources: frozenset[int] | None


def make_query(
    snapshot: Snapshot,
    index: Index,
    question: Question,
    sides: Sequence[str] = (),
    sources: Sequence[str] = (),
) -> Query:
    """Embed a question, and find whom it is put to.

    Args:
        snapshot: the state of the index to be searched.
        index: for its encoder.
        question: as it was read.
        sides, sources: names of the only ones to search; empty for all.

    Raises:
        InputError: a side that no source has.
        UnknownSource: a source id that the index does not hold.
    """
    asked = asked_sources(snapshot, sides, sources)
    worded = _in_their_words(snapshot, question.text, asked)
    return Query(
        question=question,
        vector=index.encoder.get_query_embedding(worded),
        terms=question.terms(worded, {info.language for info in snapshot.infos}, snapshot.bodies),
        sources=asked,
    )


def _in_their_words(snapshot: Snapshot, text: str, asked: frozenset[int] | None) -> str:
    """A question with its numbers, dates and bodies as the sources that are asked write them."""
    values = [term for _, _, value in values_in(text) for term in terms_of(value)]
    values += [value for _, _, value in snapshot.bodies.named_in(text)]
    if not values:
        return text
    scores = snapshot.bm25["sentence"].scores(values)
    if asked is not None:
        scores = scores * np.isin(snapshot.sentences["source"], list(asked))
    rows = [int(row) for row in np.argsort(-scores, kind="stable")[:WORDED_BY] if scores[row] > 0]
    written = "\n".join(snapshot.text_of("sentence", row) for row in rows)
    return as_written(text, written, snapshot.bodies)


def asked_sources(snapshot: Snapshot, sides: Sequence[str], sources: Sequence[str]) -> frozenset[int] | None:
    """Numbers of the sources of some sides or with some ids; ``None`` when all are asked.

    Raises:
        InputError, UnknownSource: see :func:`make_query`.
    """
    for side in sides:
        if side not in snapshot.sides:
            raise InputError("side_unknown", side=side, sides=_listed(snapshot.sides))
    for source in sources:
        if snapshot.number_of(source) is None:
            raise UnknownSource("source_unknown", source=source)
    if not sides and not sources:
        return None
    return frozenset(
        number
        for number, info in enumerate(snapshot.infos)
        if (not sides or info.side in sides) and (not sources or info.id in sources)
    )


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:10]) or "none"
    return shown + (f" and {len(names) - 10} more" if len(names) > 10 else "")

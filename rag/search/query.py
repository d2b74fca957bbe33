"""A question -> what is looked for: vector, terms, analysed words, sources asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag.errors import InputError, UnknownSource
from rag.search.features import Asked, analyse
from rag.store import Index, Snapshot
from rag.text import language_of, query_terms
from rag.types import Language


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for.

    Attributes:
        text: the question as it is searched.
        lang: its language.
        vector: its embedding.
        terms: its distinct terms.
        asked: its words, analysed for the ranker.
        sources: numbers of the sources asked; ``None`` for all.
    """

    text: str
    lang: Language
    vector: Sequence[float]
    terms: Sequence[str]
    asked: Asked
    sources: frozenset[int] | None


def make_query(
    snapshot: Snapshot,
    index: Index,
    text: str,
    lang: Language | None = None,
    sides: Sequence[str] = (),
    sources: Sequence[str] = (),
) -> Query:
    """Embed and analyse a question.

    Args:
        snapshot: the state of the index to be searched.
        index: for its encoder.
        text: the question.
        lang: its language; told from its words by default.
        sides, sources: names of the only ones to search; empty for all.

    Raises:
        InputError: a side that no source has.
        UnknownSource: a source id that the index does not hold.
    """
    languages = {info.language for info in snapshot.infos}
    return Query(
        text=text,
        lang=lang or language_of(text),
        vector=index.encoder.get_query_embedding(text),
        terms=query_terms(text, languages),
        asked=analyse(text, index.word_encoder.get_text_embedding_batch),
        sources=asked_sources(snapshot, sides, sources),
    )


def asked_sources(snapshot: Snapshot, sides: Sequence[str], sources: Sequence[str]) -> frozenset[int] | None:
    """Numbers of the sources of some sides or with some ids; ``None`` when all are asked.

    Raises:
        InputError, UnknownSource: see :func:`make_query`.
    """
    known_sides = sorted({info.side for info in snapshot.infos if info.side is not None})
    for side in sides:
        if side not in known_sides:
            raise InputError("side_unknown", side=side, sides=_listed(known_sides))
    known = {info.id for info in snapshot.infos}
    for source in sources:
        if source not in known:
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

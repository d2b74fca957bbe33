"""The best hits for a question: found, read with it, and in the order of a reranker of the user's."""

from __future__ import annotations

import logging
from dataclasses import replace

import numpy as np

from rag.errors import EndpointError
from rag.reader import Reranker, head_of, load_reader, voice_of
from rag.search.conversation import conversed_hits
from rag.search.find import CANDIDATES, Hits, find_hits
from rag.search.query import Query
from rag.search.read import anew, read_hits
from rag.settings import Settings
from rag.store import Index, Snapshot

logger = logging.getLogger(__name__)

SENT = 32
"""How many sentences a reranker of the user's is sent; servers refuse more."""
_APART = np.float32(1e-4)
"""What keeps sentences of one score in the order of a reranker."""


def best_hits(
    snapshot: Snapshot, index: Index, settings: Settings, query: Query, candidates: int = CANDIDATES
) -> Hits:
    """The hits of the two searches, read where the settings have a reader, in the order of their reranker."""
    if not settings.reader:
        hits = find_hits(snapshot, query, candidates)
    elif query.question.leans:
        hits = conversed_hits(snapshot, index, query, load_reader())
    else:
        hits = read_hits(snapshot, query, find_hits(snapshot, query, candidates), load_reader())
    return reranked(snapshot, query, hits, Reranker(settings)) if settings.rerank_url else hits


def reranked(snapshot: Snapshot, query: Query, hits: Hits, reranker: Reranker) -> Hits:
    """The best sentences in the order of a reranker of the user's; how probably each answers stays.

    Where it fails, the hits are as they were, and say why.
    """
    rows = hits.sentences[:SENT]
    if not len(rows):
        return hits
    try:
        scores = reranker.scores(query.question.text, [_told(snapshot, int(row)) for row in rows])
    except EndpointError as error:
        logger.warning("%s; the order is that without it", error)
        return replace(hits, failed=error)
    order = np.argsort(-np.array(scores), kind="stable")
    changed = hits.scores.copy()
    falling = _APART * np.arange(len(rows), dtype=np.float32)
    changed[order] = hits.scores[: len(rows)] - falling  # the best has what the best had
    return anew(snapshot, replace(hits, scores=changed))


def _told(snapshot: Snapshot, row: int) -> str:
    """A sentence with whose it is and what introduces it."""
    source, sentence = snapshot.sentence(row)
    voice = voice_of(source.info.title, snapshot.info_at(row).side, sentence.speaker)
    head = head_of(voice, source.text, sentence, sentence.start)
    return f"{head}\n{source.text[sentence.start : sentence.end]}"

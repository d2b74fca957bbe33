"""The best passages are read with the question: which of their sentences answer, and with which words."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from rag.errors import EndpointError
from rag.reader import UNREAD, Marked, Passage, Reader, Reading, Reranker, head_of, load_reader, voice_of
from rag.search.find import CANDIDATES, Hits, Rows, find_hits, ordered, with_rest
from rag.search.query import Query
from rag.search.rank import load_ranker, read_features
from rag.settings import Settings
from rag.store import Snapshot

logger = logging.getLogger(__name__)

READ = 8
"""How many passages are read with a question."""
OF_A_SIDE = 2
"""Of each side so many passages are read before more of others, as far as half of the places go."""
SENT = 32
"""How many sentences a reranker of the user's is sent; servers refuse more."""
_APART = np.float32(1e-4)
"""What keeps sentences of one score in the order of a reranker."""


def best_hits(snapshot: Snapshot, settings: Settings, query: Query, candidates: int = CANDIDATES) -> Hits:
    """The hits of the two searches, read where the settings have a reader, in the order of their reranker."""
    hits = find_hits(snapshot, query, candidates)
    if settings.reader:
        hits = read_hits(snapshot, query, hits, load_reader())
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
    return _anew(snapshot, replace(hits, scores=changed))


def _told(snapshot: Snapshot, row: int) -> str:
    """A sentence with whose it is and what introduces it."""
    source, sentence = snapshot.sentence(row)
    voice = voice_of(source.info.title, source.info.side)
    head = head_of(voice, source.text, sentence, sentence.start)
    return f"{head}\n{source.text[sentence.start : sentence.end]}"


def read_hits(snapshot: Snapshot, query: Query, hits: Hits, reader: Reader) -> Hits:
    """The hits ordered anew, and their probabilities told anew, by reading the best passages.

    What is not read keeps its order, and comes after all that the reader holds likelier than :data:`UNREAD`.
    """
    if not len(hits.passages):
        return hits
    sources = snapshot.passages["source"][hits.passages]
    read = hits.passages[to_read([snapshot.infos[int(number)].side for number in sources])]
    readings = reader.read(query.question.text, [passage_of(snapshot, int(row)) for row in read])
    odds, marks = _by_sentence(snapshot, read, readings)
    known = np.array([odds.get(int(row), UNREAD) for row in hits.sentences], np.float32)
    model = load_ranker().read
    features = read_features(known, hits.scores, hits.odds)
    found = replace(hits, scores=model.scores(features), odds=model.odds(features), marks=marks)
    return _anew(snapshot, found)


def to_read(sides: Sequence[object], count: int = READ) -> list[int]:
    """Which of some passages are read, by number.

    Args:
        sides: whose each is, the best first.
        count: how many are.
    """
    taken = Counter[object]()
    due = []
    for number, side in enumerate(sides):
        taken[side] += 1
        if taken[side] <= OF_A_SIDE:
            due.append(number)
    first = due[: count // 2]
    rest = [number for number in range(len(sides)) if number not in first]
    return sorted([*first, *rest[: count - len(first)]])


def _anew(snapshot: Snapshot, hits: Hits) -> Hits:
    """The hits in the order of their scores; passages of which no sentence was ranked come last."""
    ranked = np.unique(snapshot.sentences["passage"][hits.sentences])
    rest = ~np.isin(hits.passages, ranked)
    return with_rest(ordered(snapshot, hits), hits.passages[rest], hits.passage_scores[rest])


def _by_sentence(
    snapshot: Snapshot, passages: Rows, readings: Sequence[Reading]
) -> tuple[dict[int, float], dict[int, Marked]]:
    """Log-odds and marked words, these in the source, by the row of the sentence."""
    odds: dict[int, float] = {}
    marks: dict[int, Marked] = {}
    for passage, reading in zip(passages, readings, strict=True):
        first, start = (int(snapshot.passages[name][passage]) for name in ("first", "start"))
        for number, (score, mark) in enumerate(zip(reading.scores, reading.marks, strict=True)):
            odds[first + number] = float(score)
            if mark is not None:
                span = (mark.span[0] + start, mark.span[1] + start)
                marks[first + number] = replace(mark, span=span)
    return odds, marks


def passage_of(snapshot: Snapshot, row: int) -> Passage:
    """A passage as the reader sees it."""
    cell = {name: int(column[row]) for name, column in snapshot.passages.items()}
    source, first = snapshot.sentence(cell["first"])
    start = cell["start"]
    sentences = [snapshot.sentence(n)[1] for n in range(cell["first"], cell["last"] + 1)]
    return Passage(
        text=source.text[start : cell["end"]],
        sentences=tuple((sentence.start - start, sentence.end - start) for sentence in sentences),
        head=head_of(voice_of(source.info.title, source.info.side), source.text, first, start),
    )

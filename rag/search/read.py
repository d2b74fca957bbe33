"""The best passages are read with the question: which of their sentences answer, and with which words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from rag.reader import UNREAD, Marked, Passage, Reader, Reading, head_of, voice_of
from rag.search.find import Hits, ordered, with_rest
from rag.search.query import Query
from rag.search.rank import load_ranker, read_features
from rag.search.wording import read_worded
from rag.store import Snapshot

READ = 8
"""How many passages are read with a question."""
OF_A_SIDE = 2
"""Of each side so many passages are read before more of others, as far as half of the places go."""


def read_hits(snapshot: Snapshot, query: Query, hits: Hits, reader: Reader) -> Hits:
    """The hits ordered anew, and their probabilities told anew, by reading the best passages.

    What is not read keeps its order, and comes after all that the reader holds likelier than :data:`UNREAD`.
    """
    if not len(hits.passages):
        return hits
    read = hits.passages[to_read(sides_at(snapshot, hits.passages))]
    passages = [passage_of(snapshot, int(row)) for row in read]
    readings = read_worded(reader, query.question.text, passages, snapshot.bodies)
    odds, marks = by_sentence(snapshot, read, readings)
    known = np.array([odds.get(int(row), UNREAD) for row in hits.sentences], np.float32)
    model = load_ranker().read
    features = read_features(known, hits.scores, hits.odds)
    found = replace(hits, scores=model.scores(features), odds=model.odds(features), marks=marks)
    return anew(snapshot, found)


def sides_at(snapshot: Snapshot, passages: Iterable[int]) -> list[str | None]:
    """The sides of some passages."""
    return [snapshot.heard.of_passage(int(row)).side for row in passages]


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


def anew(snapshot: Snapshot, hits: Hits) -> Hits:
    """The hits in the order of their scores; passages of which no sentence was ranked come last."""
    ranked = np.unique(snapshot.sentences["passage"][hits.sentences])
    rest = ~np.isin(hits.passages, ranked)
    return with_rest(ordered(snapshot, hits), hits.passages[rest], hits.passage_scores[rest])


def by_sentence(
    snapshot: Snapshot, passages: Iterable[int], readings: Sequence[Reading]
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
    start, said_by = cell["start"], snapshot.heard.of_passage(row)
    sentences = [snapshot.sentence(n)[1] for n in range(cell["first"], cell["last"] + 1)]
    return Passage(
        text=source.text[start : cell["end"]],
        sentences=tuple((sentence.start - start, sentence.end - start) for sentence in sentences),
        head=head_of(voice_of(said_by.title, said_by.side, said_by.speaker), source.text, first, start),
    )

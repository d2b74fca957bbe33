"""A question that leans on the one before is read with it: which sentences answer what is meant.

What is meant is not certain, so it is looked for in several readings: alone, with the question before it, and
with what it names put in the place of its counterpart (rag/search/follow_up.py). How much each reading tells,
and how much it tells that a sentence answered the question before, or stands right after the one that did,
is fitted (rag/search/rank.py).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from rag.reader import UNREAD, Marked, Reader
from rag.search.features import Rows, Scores
from rag.search.find import Hits, find_hits, sentences_in
from rag.search.follow_up import FollowUp
from rag.search.query import Query, make_query
from rag.search.question import Question
from rag.search.rank import load_follow
from rag.search.read import READ, anew, by_sentence, passage_of, sides_at, to_read
from rag.search.wording import read_worded
from rag.store import Index, Snapshot
from rag.text import terms

ALONE, BEFORE = 4, 4
"""So many passages are read besides, of those that the question alone finds, and the one before it."""
NEXT = 2
"""A sentence stands right after another when there are no more than this from one to the other."""
_REASON = re.compile(
    r"\b(?:parce qu|car|puisqu|en raison d|à cause d|afin d|faute d|grâce à|du fait d|pour (?:\w+er"
    r"|\w+ir|\w+re)\b"
    r"|because|since|due to|owing to|in order to|so that|to avoid)",
    re.IGNORECASE,
)
"""Words that give a reason."""
SHARED = 0.6
"""A reason given elsewhere has so many of the words of the question before."""
FAR = (-12.0, -10.0)
"""First order and log-odds of a sentence that the first search has not found."""


@dataclass(frozen=True, slots=True)
class Conversed:
    """Candidates for a question that follows another. ``n`` sentences.

    Attributes:
        hits: of the first search, with the sentences that were read besides.
        features: shape ``(n, len(FOLLOW_NAMES))``, in the order of the hits' sentences.
        marks: the words of a sentence that answer, by row.
    """

    hits: Hits
    features: Scores
    marks: dict[int, Marked]


def conversed_hits(snapshot: Snapshot, index: Index, query: Query, reader: Reader) -> Hits:
    """The hits for a question that follows another, in the order of what is known of them all."""
    found = converse(snapshot, index, query, reader)
    if found is None:  # what is left does not answer, and is near at best
        hits = find_hits(snapshot, query)
        return replace(hits, odds=np.full_like(hits.odds, FAR[1]))
    model = load_follow()
    scores, odds = model.scores(found.features), model.odds(found.features)
    return anew(snapshot, replace(found.hits, scores=scores, odds=odds, marks=found.marks))


def converse(snapshot: Snapshot, index: Index, query: Query, reader: Reader) -> Conversed | None:
    """Look for a question that follows another, and read what is found; ``None`` where nothing is left."""
    follows = query.question.follows
    assert follows is not None
    hits = find_hits(snapshot, query)
    if not len(hits.passages):
        return None
    alone = find_hits(snapshot, _plain(snapshot, index, follows.asked, query))
    before = _best_before(snapshot, index, follows, query, reader)
    main = [int(hits.passages[n]) for n in to_read(sides_at(snapshot, hits.passages), READ)]
    near = [] if before is None else _around(snapshot, before)
    asked = query.asks(snapshot, "passage")
    others = [
        row for row in (*(int(row) for row in alone.passages[:ALONE]), *near) if asked is None or asked[row]
    ]
    read = list(dict.fromkeys([*main, *others]))
    hits = _without_given(snapshot, _widened(snapshot, query, hits, read), before, query.question)
    if not len(hits.sentences):
        return None
    readings = {}
    marks: dict[int, Marked] = {}
    passages = [passage_of(snapshot, row) for row in read]
    for name, text in _readings(follows, query.question).items():
        readings[name], marked = by_sentence(
            snapshot, read, read_worded(reader, text, passages, snapshot.bodies)
        )
        marks = marked | marks
    named = "" if query.question.addressed.voice else follows.named  # a voice is asked, not spoken of
    return Conversed(hits, _features(snapshot, hits, readings, before, named), marks)


def _readings(follows: FollowUp, question: Question) -> dict[str, str]:
    """The readings of a question, by the name of their column."""
    if follows.replaced:
        return {"replaced": question.text}
    return {"joint": follows.joint, "alone": follows.asked}


def _plain(snapshot: Snapshot, index: Index, text: str, query: Query) -> Query:
    """Words as a question of their own, put to the same sources."""
    return replace(make_query(snapshot, index, Question(text, query.question.lang)), voices=query.voices)


def _best_before(
    snapshot: Snapshot, index: Index, follows: FollowUp, query: Query, reader: Reader
) -> int | None:
    """The row of the sentence that best answers the question before."""
    asked = query.question.before
    plain = _plain(snapshot, index, asked.text, query)
    hits = find_hits(snapshot, replace(plain, voices=asked.addressed.voice or None))
    rows = [int(row) for row in hits.passages[:BEFORE]]
    passages = [passage_of(snapshot, row) for row in rows]
    odds, _ = by_sentence(snapshot, rows, read_worded(reader, follows.previous, passages, snapshot.bodies))
    quotable = [row for row in odds if snapshot.sentences["quotable"][row]]
    return max(quotable, key=lambda row: (odds[row], -row)) if quotable else None


def _around(snapshot: Snapshot, row: int) -> list[int]:
    """The passage of a sentence and its neighbours in the source."""
    home = int(snapshot.sentences["passage"][row])
    source = snapshot.passages["source"]
    beside = [home, home + 1, home - 1]
    return [other for other in beside if 0 <= other < len(source) and source[other] == source[home]]


def _widened(snapshot: Snapshot, query: Query, hits: Hits, read: Sequence[int]) -> Hits:
    """The hits with the sentences of all passages that are read, of those asked."""
    rows = sentences_in(snapshot, np.array(read, np.int64), query.asks(snapshot, "sentence"))
    rows = rows[~np.isin(rows, hits.sentences)]
    further = np.array([p for p in read if p not in set(hits.passages.tolist())], np.int64)
    best = float(hits.scores.max(initial=0.0))
    return replace(
        hits,
        sentences=np.concatenate([hits.sentences, rows]),
        scores=np.concatenate([hits.scores, np.full(len(rows), best + FAR[0], np.float32)]),
        odds=np.concatenate([hits.odds, np.full(len(rows), FAR[1], np.float32)]),
        passages=np.concatenate([hits.passages, further]),
        passage_scores=np.concatenate([hits.passage_scores, np.zeros(len(further), np.float32)]),
    )


def _features(
    snapshot: Snapshot,
    hits: Hits,
    readings: dict[str, dict[int, float]],
    before: int | None,
    named: str,
) -> Scores:
    """Columns :data:`rag.search.rank.FOLLOW_NAMES`."""
    rows = hits.sentences
    known = {
        name: np.array([readings.get(name, {}).get(int(row), UNREAD) for row in rows], np.float32)
        if name in readings
        else np.zeros(len(rows), np.float32)
        for name in ("alone", "joint", "replaced")
    }
    found = [np.maximum(hits.scores - hits.scores.max(), FAR[0]), np.maximum(hits.odds, FAR[1])]
    columns = [*known.values(), *found, _named(snapshot, rows, named), *_places(snapshot, rows, before)]
    return np.stack(columns, axis=1).astype(np.float32)


def _named(snapshot: Snapshot, rows: Rows, named: str) -> Scores:
    """The share of the words of what is named that each sentence has."""
    wanted = {lang: set(terms(named, lang)) for lang in {info.language for info in snapshot.infos}}
    shares = [
        len(own & set(terms(snapshot.text_of("sentence", int(row)), lang))) / len(own) if own else 0.0
        for row, lang in ((row, snapshot.info_at(int(row)).language) for row in rows)
        for own in (wanted[lang],)
    ]
    return np.array(shares, np.float32)


def _places(snapshot: Snapshot, rows: Rows, before: int | None) -> list[Scores]:
    """Whether each is the sentence that answered before, or stands right after it."""
    if before is None:
        return [np.zeros(len(rows), np.float32)] * 2
    ahead = rows - before
    same_source = snapshot.sentences["source"][rows] == snapshot.sentences["source"][before]
    after = (ahead >= 1) & (ahead <= NEXT) & same_source
    return [(ahead == 0).astype(np.float32), after.astype(np.float32)]


def _without_given(snapshot: Snapshot, hits: Hits, before: int | None, question: Question) -> Hits:
    """The hits without what was given, where others are asked for: the sentence, or all of its side.

    Where only the reason is asked for, those that give one are left: beside what was given, or on its matter.
    """
    rows, follows = hits.sentences, question.follows
    if before is None or follows is None:
        return hits
    if follows.why:
        kept = _reasons(snapshot, rows, before, follows.previous)
    elif follows.contrary:
        side = snapshot.info_at(before).side
        kept = np.array([snapshot.info_at(int(row)).side != side for row in rows])
    elif follows.further and question.before.request.kind != "yes_no":  # it may name others as well
        kept = rows != before
    else:
        return hits
    return replace(hits, sentences=rows[kept], scores=hits.scores[kept], odds=hits.odds[kept])


def _reasons(snapshot: Snapshot, rows: Rows, before: int, previous: str) -> NDArray[np.bool_]:
    """Which sentences give a reason, and stand in the passage of what was given or have half of its words."""
    home = snapshot.sentences["passage"]
    near = home[rows] == home[before]
    shares = _named(snapshot, rows, previous)
    told = [_REASON.search(snapshot.text_of("sentence", int(row))) is not None for row in rows]
    found: NDArray[np.bool_] = np.array(told, bool) & (near | (shares >= SHARED))
    return found

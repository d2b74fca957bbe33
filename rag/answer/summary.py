"""The sentences that carry some sources, chosen from them: a summary that is quotes alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rag.store import Snapshot

MOST = 2000
"""All sentences are weighed where there are no more; otherwise the first of each source, as many of each."""
FORWARD, BACKWARD = 1.5, -0.5
"""What likeness to a later and to an earlier sentence of the same source counts."""
UNLIKE = 0.3
"""Likeness counts from this part of its range on; below it, all sentences of one subject are alike."""
REPEATING = 0.3
"""What likeness to a sentence that is already chosen costs, beside what a sentence is worth."""
SAME = 0.9
"""So alike, a sentence says what the other said, and is chosen last."""
LAST = 3
"""What is taken off the worth, 0 to 1, of a sentence that is chosen last."""
WORDS_MIN = 8
"""A shorter sentence is chosen last."""

Vectors = NDArray[np.float32]
_WORD = re.compile(r"[^\W_]+")
_LABEL = re.compile(r"\W*\*\*[^*]+\*\*\W*")
_LEANS = re.compile(
    r"\W*(?:Elles?|Ils?|Celui-ci|Celle-ci|Ceux-ci|Celles-ci|Cela|Ceci|Ce|C[’']|Ces|Cette|Cet|Son|Sa|Ses|Leurs?"
    r"|On|Et|Mais|Or|Donc|Non|Oui|Parce|Puis|He|She|They|It|His|Her|Its|Their|This|That|These|Those|And|But|So"
    r"|Yet|Yes|No|Because|Then)(?![\w-])"
)
"""A beginning that means something only after what stands before it."""


def carrying(snapshot: Snapshot, numbers: Sequence[int], count: int) -> list[int]:
    """Rows of the sentences that carry some sources, in the order of the sources.

    A sentence carries its source when what comes after is like it: PacSum (Zheng and Lapata, “Sentence
    Centrality Revisited for Unsupervised Summarization”, ACL 2019), over the vectors of the index; and the
    nearer it is to the centroid of all sources (Radev et al., “Centroid-based summarization of multiple
    documents”, 2004). On ten invented debates the two together read better than the first sentences, than
    the centroid alone and than LexRank, to which every sentence of one subject is as central. What repeats a
    sentence already chosen is put back (maximal marginal relevance: Carbonell and Goldstein, SIGIR 1998).

    Of more than :data:`MOST` sentences only the first of each source are read, so that a summary of a large
    corpus is one of its beginnings, and of its first sources where there are more than that.

    Args:
        snapshot: where they stand.
        numbers: of the voices: each source, or each of those who speak in it.
        count: how many sentences; each voice has its fair share, and each side where not every one can
            have one. Fewer where they have fewer that can be quoted.
    """
    rows = _weighed(snapshot, numbers)
    found = snapshot.vectors("sentence", rows)
    rows = [row for row in rows if row in found]
    if not rows:
        return []
    vectors = np.array([found[row] for row in rows], np.float32)
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return sorted(rows[each] for each in _chosen(snapshot, rows, vectors, count))


def centrality(vectors: Vectors) -> Vectors:
    """How far each sentence of a source carries what follows it, 0 to 1; see :func:`carrying`.

    Args:
        vectors: unit vectors of its sentences, in order, of shape ``(sentences, dimensions)``.
    """
    alike = vectors @ vectors.T
    beside = alike[~np.eye(len(alike), dtype=bool)]
    least = beside.min() + UNLIKE * np.ptp(beside) if len(beside) else 0.0
    kept = np.maximum(alike - least, 0)
    return _scaled(FORWARD * np.triu(kept, 1).sum(axis=1) + BACKWARD * np.tril(kept, -1).sum(axis=1))


def _scaled(worth: Vectors) -> Vectors:
    scaled: Vectors = (worth - worth.min()) / (np.ptp(worth) or 1)
    return scaled


def _weighed(snapshot: Snapshot, numbers: Sequence[int]) -> list[int]:
    """The sentences that are weighed, in order: those that can be quoted, no headings, no announcements."""
    columns, asked, said_by = snapshot.sentences, sorted(set(numbers)), snapshot.heard.said_by
    sources = sorted({snapshot.heard.voices[number].number for number in asked})
    rows_of = [np.array(snapshot.rows_in("sentence", source), np.int64) for source in sources]
    own = np.concatenate([np.zeros(0, np.int64), *rows_of])
    rows = own[np.isin(said_by[own], asked) & (columns["quotable"][own] > 0)]
    if len(rows) > MOST:
        share = max(MOST // len(asked), 1)
        rows = np.sort(np.concatenate([rows[said_by[rows] == number][:share] for number in asked])[:MOST])
    headings = set(zip(columns["source"][own].tolist(), columns["heading_start"][own].tolist(), strict=True))
    starts = zip(columns["source"][rows].tolist(), columns["start"][rows].tolist(), strict=True)
    texts = (snapshot.text_of("sentence", int(row)).strip() for row in rows)
    return [
        int(row)
        for row, start, text in zip(rows, starts, texts, strict=True)
        if start not in headings and not text.startswith("#") and not text.endswith(":")
    ]


def _chosen(snapshot: Snapshot, rows: Sequence[int], vectors: Vectors, count: int) -> list[int]:
    """Positions of the sentences chosen, one after another, each from the source with the fewest so far."""
    source = snapshot.heard.said_by[rows]
    centroid = vectors.mean(axis=0)
    near = vectors @ (centroid / (np.linalg.norm(centroid) or 1))
    worth = np.zeros(len(rows), np.float32)
    for number in set(source.tolist()):
        own = source == number
        worth[own] = _scaled(centrality(vectors[own]) + _scaled(near[own]))
    worth -= LAST * np.array([not _stands_alone(snapshot, row) for row in rows])
    likeness = np.zeros(len(rows), np.float32)
    free, chosen = np.ones(len(rows), dtype=bool), list[int]()
    taken, heard = Counter[int](), Counter[str | None]()
    while len(chosen) < count and free.any():
        value = (1 - REPEATING) * worth - REPEATING * likeness - LAST * (likeness > SAME)
        best = min(
            np.flatnonzero(free).tolist(),
            key=lambda i: (taken[int(source[i])], heard[snapshot.info_at(rows[i]).side], -value[i], i),
        )
        chosen.append(best)
        free[best] = False
        taken[int(source[best])] += 1
        heard[snapshot.info_at(rows[best]).side] += 1
        likeness = np.maximum(likeness, vectors @ vectors[best])
    return chosen


def _stands_alone(snapshot: Snapshot, row: int) -> bool:
    """Whether a sentence says something without what stands before it."""
    text = _LABEL.sub("", snapshot.text_of("sentence", row), count=1)
    words = len(_WORD.findall(text))
    listed = snapshot.sentences["lead_start"][row] >= 0
    return not (listed or words < WORDS_MIN or _LEANS.match(text) or text.rstrip(" »”").endswith(("?", ",")))

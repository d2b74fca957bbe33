"""What sentences of the sources do to a claim: passages near to it, or some given, judged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from rag.reader import LABELS, Label, Passage, load_judge
from rag.search.bearing import NOWHERE, TOLD, Columns, How, found_by, load_bearing, odds_of
from rag.search.find import Hits, find_hits
from rag.search.query import make_query
from rag.search.question import read_question
from rag.search.read import passage_of, sides_at, to_read
from rag.search.wording import read_worded
from rag.store import Index, Snapshot
from rag.text import public_bodies, segment

Relation = Literal["contradicts", "weakens", "supports"]
RELATIONS: dict[Label, Relation] = {
    "contradicted": "contradicts",
    "weakened": "weakens",
    "supported": "supports",
}
"""What a sentence does, by what the judge says is done to the claim; in the order in which they are shown."""
BEARS = 0.35
"""Probability from which a sentence is held to do something to a claim. Chosen on the debates of ``check``:
from .5, two claims in five that the sources answer have no answer; from .25, two in five that they do not
answer have one."""
CLEAR = 0.7
"""Share of the probability that a sentence does anything, from which it is certain whether it is for a claim
or against it. Chosen on the debates of ``check``: of those that are held to be against, and are not so sure,
every other one is for it; of the others, one in seven."""
NEAREST = 12
"""How many passages are judged with a claim."""
CLAIMS = 3
"""Of a longer claim so many sentences are judged, one by one."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence beside a claim.

    Attributes:
        row: of the sentence, in the snapshot; -1 of words that are none of its sentences.
        relation: the likeliest thing that it does; what contradicts and what weakens stand together against
            what supports.
        likely: the probability of that, of both together where it is against the claim.
        bears: the probability that it does anything.
    """

    row: int
    relation: Relation
    likely: float
    bears: float

    @property
    def certain(self) -> bool:
        """Whether it is clear which of the two it is."""
        return self.likely >= CLEAR * self.bears


def judge_text(claim: str, text: str, head: str = "") -> Judged:
    """Words of anybody's beside a claim, as a whole; ``head`` is what stands over them."""
    return _all([-1], odds_of_text(claim, text, head)[None], "given")[0]


def odds_of_text(claim: str, text: str, head: str = "") -> Columns:
    """What the judge says of the same, shape ``(3,)``; see :func:`rag.search.bearing.odds_of`."""
    passage = Passage(text, ((0, len(text)),), head)
    [reading] = read_worded(load_judge(), claim, [passage], public_bodies())
    found: Columns = odds_of(reading)[0]
    return found


def judge_nearest(
    index: Index,
    snapshot: Snapshot,
    claim: str,
    count: int = NEAREST,
    sided: bool = True,
    also: Iterable[int] = (),
    side: str | None = None,
    voices: frozenset[int] | None = None,
) -> list[Judged]:
    """The sentences of the ``count`` passages nearest to a claim, those that likeliest bear on it first.

    Some passages are of each side; of a long claim each sentence is judged by itself.

    Args:
        sided: look only in sources that have a side, where any has.
        also: rows of passages that are read in any case.
        side: that makes the claim, where that is known.
        voices: numbers of the only ones to look in; ``None`` for all.

    Raises:
        EncoderError: the encoder does not answer.
    """
    best: dict[int, Judged] = {}
    for part in _sentences(claim):
        rows, columns = columns_near(index, snapshot, part, count, sided, list(also), voices)
        own = None if side is None else own_of(snapshot, rows, side)
        for found in _all(rows, columns, "found", own):
            if found.row not in best or found.bears > best[found.row].bears:
                best[found.row] = found
    return sorted(best.values(), key=lambda found: (-found.bears, found.row))


def columns_near(
    index: Index,
    snapshot: Snapshot,
    claim: str,
    count: int = NEAREST,
    sided: bool = True,
    also: Sequence[int] = (),
    voices: frozenset[int] | None = None,
) -> tuple[list[int], Columns]:
    """The sentences that :func:`judge_nearest` judges, and what is known of each; see ``Bearing.weights``."""
    sides = snapshot.sides if sided else ()
    query = make_query(snapshot, index, read_question(claim), sides, voices=voices)
    hits = find_hits(snapshot, query)
    near = [int(row) for row in hits.passages[to_read(sides_at(snapshot, hits.passages), count)]]
    rows, likely = _read(snapshot, claim, list(dict.fromkeys([*near, *also])))
    return rows, np.concatenate([odds_of(likely), _places(snapshot, hits, rows)], axis=1)


def _read(snapshot: Snapshot, claim: str, passages: Sequence[int]) -> tuple[list[int], Columns]:
    """The sentences of passages, and what the judge says of each."""
    found = [passage_of(snapshot, row) for row in passages]
    readings = read_worded(load_judge(), claim, found, snapshot.bodies)
    first = snapshot.passages["first"]
    rows = [
        int(first[row]) + number
        for row, reading in zip(passages, readings, strict=True)
        for number in range(len(reading))
    ]
    return rows, np.concatenate([np.zeros((0, len(LABELS)), np.float32), *readings])


def _places(snapshot: Snapshot, hits: Hits, rows: Sequence[int]) -> Columns:
    """Where the first search puts sentences: columns :data:`rag.search.bearing.FOUND`."""
    best = float(hits.scores.max(initial=0.0))
    rank = {int(row): n for n, row in enumerate(hits.passages)}
    home = snapshot.sentences["passage"]
    known = {
        int(row): found_by(float(score) - best, float(odds), rank[int(home[row])])
        for row, score, odds in zip(hits.sentences, hits.scores, hits.odds, strict=True)
    }
    return np.array([known.get(row, NOWHERE) for row in rows], np.float32).reshape(-1, len(NOWHERE))


def own_of(snapshot: Snapshot, rows: Sequence[int], side: str) -> Columns:
    """Column :data:`rag.search.bearing.OWN` of sentences."""
    sides = [snapshot.info_at(row).side for row in rows]
    return np.array([0 if each is None else 1 if each == side else -1 for each in sides], np.float32)


def _all(rows: Sequence[int], columns: Columns, how: How, own: Columns | None = None) -> list[Judged]:
    """What is known of sentences -> what they do.

    How they were come upon tells whether they bear on the claim, not in which way: else what is nearest to a
    claim, which in debates is mostly against it, would deny it though it says the same. Whose words they are
    does tell, where it is known who makes the claim.
    """
    bears = 1 - load_bearing(how).likely(columns)[:, -1]
    odds = columns[:, : len(TOLD)]
    if own is None:
        told = load_bearing("given").likely(odds)
    else:
        told = load_bearing("held").likely(np.concatenate([odds, own[:, None]], axis=1))
    return [_of(row, *each) for row, *each in zip(rows, bears.tolist(), told.tolist(), strict=True)]


def _of(row: int, bears: float, told: Sequence[float]) -> Judged:
    by_label = dict(zip(LABELS, told, strict=True))
    against = by_label["contradicted"] + by_label["weakened"]
    share = bears / (by_label["supported"] + against)
    if by_label["supported"] >= against:
        return Judged(row, "supports", by_label["supported"] * share, bears)
    denies = by_label["contradicted"] >= by_label["weakened"]
    return Judged(row, "contradicts" if denies else "weakens", against * share, bears)


def _sentences(claim: str) -> list[str]:
    """The first sentences of a claim."""
    spans = [sentence for passage in segment(claim) for sentence in passage.sentences]
    return [claim[sentence.start : sentence.end] for sentence in spans][:CLAIMS] or [claim]

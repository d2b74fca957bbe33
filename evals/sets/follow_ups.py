"""Questions that follow others, of the invented debates: what is known of each candidate, and which answer.

Besides those among the questions of a debate there are ``follow_ups.jsonl`` of some: ten of each, one a
*way* of following (another side, speaker or value named; something else wanted; others asked for; a pronoun;
complete in itself; in another language; the contrary; what nobody answers), with what each ``stands_for``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from evals.sets.debates import DEBATES, Debate, debates_of, indexed, is_gold
from evals.sets.squad import Split
from rag.drill.question_set import Gold
from rag.reader import load_reader
from rag.search import make_query, read_question
from rag.search.conversation import converse
from rag.search.features import Scores
from rag.store import Index

AMONG = ("follow_up", "follow_up_absent")
"""Kinds of questions of a debate that follow others."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question that follows others.

    Attributes:
        way: of following; ``among`` for one of the questions of a debate.
        gold: slices that answer; none where nothing does.
    """

    question: str
    history: tuple[str, ...]
    way: str
    gold: tuple[Gold, ...]

    def is_answered_by(self, source: str, text: str) -> bool:
        """Whether a sentence of a source answers."""
        return any(gold.source == source and is_gold(text, gold.text) for gold in self.gold)


@dataclass(frozen=True, slots=True)
class FollowCase:
    """A question that follows others, put to its debate. ``n`` candidate sentences.

    Attributes:
        features: shape ``(n, len(FOLLOW_NAMES))``.
        right: shape ``(n,)``, which answer.
        side: shape ``(n,)``, number of the side whose each is.
    """

    asked: FollowUp
    features: Scores
    right: NDArray[np.bool_]
    side: NDArray[np.int64]


def follow_ups(debate: Debate) -> list[FollowUp]:
    """Those of a debate, the ones among its questions first."""
    among = [
        FollowUp(asked.question, tuple(map(str, asked.history)), "among", asked.gold)
        for asked in debate.questions
        if asked.kind in AMONG
    ]
    file = DEBATES / debate.name / "follow_ups.jsonl"
    lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    found = [*among, *(_read(json.loads(line)) for line in lines)]
    return [replace(each, gold=tuple(map(debate.placed, each.gold))) for each in found]


def _read(line: dict[str, object]) -> FollowUp:
    golds = line["gold"]
    assert isinstance(golds, list)
    return FollowUp(
        str(line["question"]),
        tuple(line["history"]),  # type: ignore[arg-type]
        str(line["way"]),
        tuple(Gold(gold["source"], gold["text"]) for gold in golds),
    )


def follow_cases(part: Split) -> Iterator[FollowCase]:
    """Those of the debates of a part that lean on the question before."""
    for debate in debates_of(part):
        asked = follow_ups(debate)
        if asked:
            with indexed(debate) as index:
                yield from filter(None, (_case(index, each) for each in asked))


def _case(index: Index, asked: FollowUp) -> FollowCase | None:
    snapshot = index.snapshot()
    question = read_question(asked.question, asked.history, infos=snapshot.infos)
    if not question.leans:
        return None
    voice = [snapshot.infos[number].id for number in question.addressed.voice]
    found = converse(snapshot, index, make_query(snapshot, index, question, sources=voice), load_reader())
    if found is None:
        return None
    rows = found.hits.sentences.tolist()
    infos = [snapshot.info_at(row) for row in rows]
    sides = list(dict.fromkeys(info.side for info in infos))
    right = [
        asked.is_answered_by(info.id, snapshot.text_of("sentence", row))
        for info, row in zip(infos, rows, strict=True)
    ]
    numbers = [sides.index(info.side) for info in infos]
    return FollowCase(asked, found.features, np.array(right), np.array(numbers, np.int64))

"""Answers as people who train give them on the invented debates, and their worth (``grades.jsonl``)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from evals.sets.debates import DEBATES, Debate
from rag.drill import Question
from rag.drill.grade.types import Mark
from rag.drill.question_set import Gold
from rag.quotes import excerpt
from rag.store import Snapshot
from rag.text import language_of


@dataclass(frozen=True, slots=True)
class Graded:
    """An answer to a question.

    Attributes:
        gold: what answers it: whole sentences, one after another.
        mark: what a fair coach would give.
        kind: what the answer was made for: ``paraphrase``, ``one of two``, ``contrary``…
    """

    question: str
    gold: Gold
    answer: str
    mark: Mark
    kind: str


def graded_of(debate: Debate) -> Iterator[Graded]:
    """The answers on a debate; none where it has none."""
    file = DEBATES / debate.name / "grades.jsonl"
    if not file.exists():
        return
    for line in file.read_text(encoding="utf-8").splitlines():
        read = json.loads(line)
        gold = Gold(read["source"], read["quote"])
        yield Graded(read["question"], gold, read["answer"], read["grade"], read["kind"])


def question_of(snapshot: Snapshot, debate: Debate, graded: Graded) -> Question:
    """The question as one of a set, which no short answer answers."""
    number = next(n for n, info in enumerate(snapshot.infos) if info.id == graded.gold.source)
    quote = excerpt(snapshot, number, *debate.place(graded.gold))
    text, source = graded.question, snapshot.infos[number]
    return Question("", "asked", language_of(text), text, (), None, "", source, None, (quote,), text)

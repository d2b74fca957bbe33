"""A judge that tells what it was told to, so that what is made of its word can be tested."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pytest

from rag.drill.grade.meeting import COLUMNS
from rag.reader import LABELS, Label, Passage
from rag.search.bearing import Bearing

Told = Mapping[str, tuple[Label, float]]
"""Words of a sentence -> what it does, and the probability of that; the rest is that it does nothing."""
SURE = 0.94
NOTHING = np.array([0, 0, 0, 1], np.float32)
PLAIN = Bearing(np.eye(3, dtype=np.float32), np.zeros(3, np.float32))
"""Leaves probabilities as they are."""


def _grading() -> Bearing:
    """Holds for got what a passage bears out and that bears the passage out, for partly the first alone."""
    weights = np.zeros((len(COLUMNS), 2), np.float32)
    weights[COLUMNS.index("answer_alone_supported")] = 1
    weights[COLUMNS.index("passage_alone_supported"), 0] = 1
    return Bearing(weights, np.zeros(2, np.float32))


class FakeJudge:
    """Holds of sentences what it is told, by words in them; of all others that they do nothing.

    Args:
        told: for each claim, by words in it.
    """

    def __init__(self, told: Mapping[str, Told]) -> None:
        self.told = told
        self.claims: list[str] = []
        self.passages: list[list[Passage]] = []

    def read(self, claim: str, passages: Sequence[Passage]) -> list[np.ndarray]:
        self.claims.append(claim)
        self.passages.append(list(passages))
        told = {w: said for words, each in self.told.items() if words in claim for w, said in each.items()}
        return [np.stack([_likely(p.text[slice(*s)], told) for s in p.sentences]) for p in passages]


def _likely(sentence: str, told: Told) -> np.ndarray:
    likely = NOTHING.copy()
    for words, (label, share) in told.items():
        if words in sentence:
            likely[[LABELS.index(label), LABELS.index("neither")]] = share, 1 - share
    return likely


def taken_at_its_word(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the probabilities be those of the judge, however a sentence is come upon, and grades too."""
    monkeypatch.setattr("rag.search.judged.load_bearing", lambda how: PLAIN)
    monkeypatch.setattr("rag.drill.grade.meeting._model", _grading)


def judged_by(monkeypatch: pytest.MonkeyPatch, told: Mapping[str, Told]) -> FakeJudge:
    """Put a :class:`FakeJudge` in the place of the one that comes with the program."""
    judge = FakeJudge(told)
    monkeypatch.setattr("rag.search.judged.load_judge", lambda: judge)
    taken_at_its_word(monkeypatch)
    return judge


def judged(monkeypatch: pytest.MonkeyPatch, *told: tuple[str, str, Label]) -> FakeJudge:
    """The same, told of words of a claim, words of a sentence, and what that does to it, almost surely."""
    by_claim: dict[str, dict[str, tuple[Label, float]]] = {}
    for claim, sentence, label in told:
        by_claim.setdefault(claim, {})[sentence] = (label, SURE)
    return judged_by(monkeypatch, by_claim)

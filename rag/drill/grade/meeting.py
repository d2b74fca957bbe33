"""A free answer and an expected passage: what each does to the other, and what the answer is worth.

The passage bears out what is right. An answer that is right may be only part of what was asked for, or
beside it: it has to bear the passage out in turn. The judge reads both with the question and without. What
follows for the grade is a multinomial logistic model, fitted by ``evals/fit/grades.py`` on answers that
people might give (``grades.json``).
"""

from __future__ import annotations

from functools import cache
from typing import get_args

import numpy as np

from rag.drill.grade.sheet import Sheet
from rag.drill.grade.types import Mark, Meeting
from rag.search import TOLD, Bearing, Columns, judge_text, odds_of_text
from rag.weights import read_weights

READINGS = ("answer", "passage", "answer_alone", "passage_alone")
"""What is read as a claim: the answer, or the passage; with the question, or alone."""
COLUMNS = tuple(f"{reading}_{label}" for reading in READINGS for label in TOLD)
MARKS: tuple[Mark, ...] = get_args(Mark)
"""Those that have weights, and the last, which has none."""
FARTHEST = 6.0
"""Log-odds beyond this say no more."""


def best_meeting(sheet: Sheet) -> Meeting:
    """With the expected passage that makes most of the answer."""
    found = [_meeting(sheet, number) for number in range(len(sheet.question.expected))]
    return max(found, key=lambda each: (each.worth, -each.number))


def _meeting(sheet: Sheet, number: int) -> Meeting:
    likely = _model().likely(columns_of(sheet, number)[None])[0]
    said = judge_text(_full(sheet), sheet.question.expected[number].text)
    return Meeting(number, dict(zip(MARKS, map(float, likely), strict=True)), said)


def columns_of(sheet: Sheet, number: int) -> Columns:
    """What the judge says of an answer and an expected passage, shape ``(COLUMNS,)``."""
    question, answer = sheet.question, sheet.answer
    passage = question.expected[number].text
    known = " ".join(piece.text for piece in question.shown) if question.gap else question.query
    claim = _full(sheet) if question.gap else f"{question.query} {answer}"
    read = ((claim, passage, ""), (passage, answer, known), (answer, passage, ""), (passage, answer, ""))
    odds: Columns = np.concatenate([odds_of_text(*each) for each in read])
    return odds.clip(-FARTHEST, FARTHEST)


def _full(sheet: Sheet) -> str:
    """What an answer says, put into the gap of its question if there is one."""
    return sheet.question.filled(sheet.answer) if sheet.question.gap else sheet.answer


@cache
def _model() -> Bearing:
    """The fitted weights that come with the program."""
    return Bearing.of(read_weights("grades")["weights"], MARKS[:-1], COLUMNS)

"""What is asked: questions with the slices of the sources that answer them."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rag.errors import InputError


@dataclass(frozen=True, slots=True)
class Slice:
    """A range of a source, in code points; ``text`` is what a system says stands there."""

    source: str
    start: int
    end: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a set.

    Attributes:
        id: unique in the set.
        family: paraphrases of one question share it; never split, resampled together.
        split: the part of the set that it belongs to, reported apart.
        lang, kind: for the slices of the report.
        text: the question.
        history: the earlier questions of its conversation, oldest first.
        answerable: whether the sources say.
        gold: slices each of which answers; empty when nothing does.
        sides: whose voices answer; two or more when both must be heard.
    """

    id: str
    family: str
    split: str
    lang: str
    kind: str
    text: str
    history: tuple[str, ...]
    answerable: bool
    gold: tuple[Slice, ...]
    sides: tuple[str, ...]


def load_questions(file: Path) -> list[Question]:
    """Read a question set, one JSON object a line.

    Raises:
        InputError: the file cannot be read or a line is not a question.
    """
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
        return [_question(json.loads(line)) for line in lines if line.strip()]
    except OSError as error:
        raise InputError("not_read", file=file, reason=error.strerror) from None
    except (ValueError, KeyError, TypeError) as error:
        raise InputError("not_a_question_set", file=file, problem=f"{type(error).__name__} {error}") from None


def _question(data: dict[str, object]) -> Question:
    gold = tuple(Slice(g["source"], g["start"], g["end"], g["text"]) for g in data["gold"])  # type: ignore[attr-defined]
    names = ("id", "family", "split", "lang", "kind")
    return Question(
        **{name: str(data[name]) for name in names},
        text=str(data["question"]),
        history=tuple(data["history"]),  # type: ignore[arg-type]
        answerable=bool(data["answerable"]),
        gold=gold,
        sides=tuple(data["sides"]),  # type: ignore[arg-type]
    )


def sample(questions: Sequence[Question], limit: int | None, seed: int) -> list[Question]:
    """``limit`` questions drawn at random, in their order; all of them where there are no more."""
    if limit is None or limit >= len(questions):
        return list(questions)
    chosen = sorted(random.Random(seed).sample(range(len(questions)), limit))
    return [questions[number] for number in chosen]

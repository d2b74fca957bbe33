"""A question, what a system gave for it, and a report with some of it changed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from evals.metrics import Result
from evals.sets.questions import Question, Slice


def question(**changes: Any) -> Question:
    plain = Question(
        "q1", "f1", "test", "fr", "fact", "Qui ?", (), True, (Slice("a", 10, 20, "0123456789"),), ("A",)
    )
    return replace(plain, **changes)


def result(*quotes: Slice, answered: bool | None = True, confidence: float = 0.9) -> Result:
    return Result(quotes, (), quotes[0] if quotes else None, answered, confidence, 5.0)


def changed(made: dict[str, Any], edit: Sequence[tuple[tuple[Any, ...], Any]]) -> dict[str, Any]:
    """A deep copy with some places set."""
    copy: dict[str, Any] = json.loads(json.dumps(made))
    for path, value in edit:
        place: Any = copy
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = value
    return copy

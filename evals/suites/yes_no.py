"""What is said first to questions that yes or no would answer: ``python -m evals yes_no``.

``yes_no.jsonl`` of the debates of ``check`` and ``report`` has such questions, each with a sentence that
answers it and what that says: yes, no, or either under a condition.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from rich.table import Table

from evals.sets.debates import DEBATES, debates_of
from evals.sets.squad import Split
from rag.answer.yes_no import said_to
from rag.search import read_question
from rag.types import Progress


def run(progress: Progress, part: Split) -> dict[str, Any]:
    """For each word that is said: how often, and how often rightly; how many sentences there are of each."""
    said, right, there = Counter[str](), Counter[str](), Counter[str]()
    debates = debates_of(part)
    for number, debate in enumerate(debates):
        progress(debate.name, number, len(debates))
        file = DEBATES / debate.name / "yes_no.jsonl"
        for line in file.read_text(encoding="utf-8").splitlines() if file.is_file() else ():
            asked = json.loads(line)
            there[asked["says"]] += 1
            found = said_to(read_question(asked["question"]), asked["text"])
            if found:
                said[found] += 1
                right[found] += found == asked["says"]
    return {
        word: {"sentences": there[word], "said": said[word], "rightly": right[word]} for word in sorted(there)
    }


def tables(report: dict[str, Any]) -> Iterator[Table]:
    """The figures."""
    made = Table("what is said", "sentences that say so", "said", "rightly")
    for word, told in report.items():
        made.add_row(word, *map(str, told.values()))
    yield made


def failures(report: dict[str, Any]) -> list[str]:
    """There is nothing to fall short of."""
    return []

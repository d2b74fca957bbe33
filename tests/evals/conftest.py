"""A report that several files look at."""

from __future__ import annotations

from typing import Any

import pytest

from evals import metrics
from evals.metrics import Result
from evals.sets.questions import Question, shipped_set
from evals.suites import answers
from evals.suites.rows import passage_units
from rag import Index
from rag.types import no_progress
from tests.helpers.evaluation import result


class Oracle:
    """Quotes the gold of a question, or nothing."""

    def __init__(self, index: Index, name: str, quotes: bool) -> None:
        self.name = self.label = name
        self.quotes = quotes
        self.units = passage_units(index.snapshot())

    def run(self, asked: Question) -> Result:
        if not self.quotes or not asked.answerable:
            return result(answered=False, confidence=0.0)
        firsts = {gold.source: gold for gold in reversed(asked.gold)}
        passages = sorted(metrics.relevant(self.units, asked.gold))
        quotes = tuple(firsts[source] for source in sorted(firsts))
        return Result(quotes, tuple(passages), quotes[0], True, 1.0, 1.0)


def oracles(index: Index) -> list[Oracle]:
    return [Oracle(index, "ours", True), Oracle(index, "fusion", False)]


@pytest.fixture(scope="package")
def perfect() -> dict[str, Any]:
    """The report of quoting gold, and of quoting nothing."""
    with shipped_set() as dataset:
        return answers.run(no_progress, dataset, oracles)

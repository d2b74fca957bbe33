"""The words that are marked in a quote: those of the reader, where it is sure, and within the quote."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from rag.answer.evidence import MARKED, Evidence
from rag.reader import Marked
from rag.search import Hits, make_query, read_question
from rag.types import Quote
from tests.helpers.indexes import made

ITEMS = """La préfecture promet aux éleveurs :
- des chiens de protection pour chaque alpage ;
- une visite du vétérinaire tous les mois ;
- rien pour les touristes.
"""


@pytest.fixture
def evidence(tmp_path: Path) -> Evidence:
    index = made(tmp_path, {"items.md": ITEMS})
    snapshot = index.snapshot()
    query = make_query(snapshot, index, read_question("Que promet la préfecture ?"))
    rows = np.array([n for n in range(4) if "chiens" in snapshot.text_of("sentence", n)])
    odds = np.array([4.0], np.float32)
    return Evidence(snapshot, query, Hits(rows, odds, odds, np.array([0]), odds))


def quoted(evidence: Evidence, words: str, sure: float = 0.9, odds: float = 4.0) -> Quote:
    """The quote of the sentence, with some words marked in it."""
    start = ITEMS.index(words)
    [row] = evidence.hits.sentences.tolist()
    mark = Marked((start, start + len(words)), sure)
    scores = np.array([odds], np.float32)
    evidence.hits = replace(evidence.hits, marks={row: mark}, odds=scores)
    [quote] = Evidence(evidence.snapshot, evidence.query, evidence.hits).quotes(1)
    return quote


def marked(quote: Quote) -> list[str]:
    return [ITEMS[slice(*span)] for span in quote.highlights]


def test_what_is_sure_is_marked(evidence: Evidence) -> None:
    assert marked(quoted(evidence, "chiens de protection")) == ["chiens de protection"]
    assert marked(quoted(evidence, "chiens de protection", sure=MARKED)) == ["chiens de protection"]


def test_what_is_not_sure_or_may_not_answer_is_not_marked(evidence: Evidence) -> None:
    assert marked(quoted(evidence, "chiens de protection", sure=MARKED - 0.01)) == []
    assert marked(quoted(evidence, "chiens de protection", odds=-0.1)) == []


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("- des chiens", ["des chiens"]),
        ("chaque alpage ;", ["chaque alpage"]),
        ("- des chiens de protection pour chaque alpage ;", ["des chiens de protection pour chaque alpage"]),
        (" ;", []),
    ],
)
def test_a_mark_that_reaches_over_the_quote_is_cut_and_the_quote_stays(
    evidence: Evidence, words: str, kept: list[str]
) -> None:
    quote = quoted(evidence, words)
    assert quote.text == "des chiens de protection pour chaque alpage"
    assert marked(quote) == kept

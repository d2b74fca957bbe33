"""BM25 over the terms of documents, against its formula."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.store.bm25 import BM25

DOCUMENTS = [
    ["paix", "ukrain", "paix"],
    ["guerr", "ukrain"],
    [],
    ["arme", "ukrain", "soldat", "soldat", "fort", "long"],
    ["paix"],
]


def reference(query: Sequence[str], documents: Sequence[Sequence[str]]) -> list[float]:
    """BM25 as Lucene counts it, written out: k1 = 1.2, b = 0.75."""
    mean = sum(map(len, documents)) / len(documents)
    scores = []
    for document in documents:
        score = 0.0
        for term in query:
            frequency = document.count(term)
            having = sum(term in d for d in documents)
            idf = math.log(1 + (len(documents) - having + 0.5) / (having + 0.5))
            score += idf * frequency / (frequency + 1.2 * (0.25 + 0.75 * len(document) / mean))
        scores.append(score)
    return scores


@pytest.mark.parametrize("query", [["paix"], ["ukrain", "soldat"], ["paix", "paix"], ["paix", "inconnu"]])
def test_scores_are_those_of_the_formula(query: list[str]) -> None:
    assert BM25.build(DOCUMENTS).scores(query) == pytest.approx(reference(query, DOCUMENTS), abs=1e-5)


@pytest.mark.parametrize("query", [[], ["inconnu"], ["inconnu", "autre"]])
def test_nothing_known_scores_nothing(query: list[str]) -> None:
    scores = BM25.build(DOCUMENTS).scores(query)
    assert scores.shape == (len(DOCUMENTS),)
    assert scores.dtype == np.float32
    assert not scores.any()


def test_only_documents_with_a_term_score() -> None:
    assert list(np.flatnonzero(BM25.build(DOCUMENTS).scores(["paix"]))) == [0, 4]


@pytest.mark.parametrize("documents", [[], [[]], [[], [], []]])
def test_corpus_without_words(documents: list[list[str]], tmp_path: Path) -> None:
    built = BM25.build(documents)
    built.save(tmp_path / "bm25")
    for bm25 in (built, BM25.load(tmp_path / "bm25")):
        assert bm25.size == len(documents)
        assert bm25.scores(["paix"]).shape == (len(documents),)
        assert not bm25.scores(["paix"]).any()
        assert bm25.idf("paix") > 0


def test_saved_and_loaded_is_the_same(tmp_path: Path) -> None:
    built = BM25.build(DOCUMENTS)
    built.save(tmp_path / "deep" / "bm25")
    loaded = BM25.load(tmp_path / "deep" / "bm25")
    assert loaded.size == built.size
    for query in (["paix"], ["ukrain", "soldat"], ["inconnu"], []):
        assert np.array_equal(loaded.scores(query), built.scores(query))
    for term in ("paix", "ukrain", "inconnu"):
        assert loaded.idf(term) == built.idf(term)


def test_a_folder_that_is_not_whole_is_refused(tmp_path: Path) -> None:
    with pytest.raises((OSError, ValueError)):
        BM25.load(tmp_path / "nowhere")
    whole = tmp_path / "whole"
    BM25.build(DOCUMENTS).save(whole)
    for file in sorted(whole.iterdir()):
        content = file.read_bytes()
        file.unlink()
        with pytest.raises((OSError, ValueError)):
            BM25.load(whole)
        file.write_bytes(content)
    assert BM25.load(whole).size == len(DOCUMENTS)


def test_idf_is_that_of_the_formula() -> None:
    bm25 = BM25.build(DOCUMENTS)
    assert bm25.idf("ukrain") == pytest.approx(math.log(1 + 2.5 / 3.5))
    assert bm25.idf("paix") == pytest.approx(math.log(1 + 3.5 / 2.5))
    assert bm25.idf("inconnu") == pytest.approx(math.log(1 + 5.5 / 0.5))


@settings(max_examples=50, deadline=None)
@given(st.lists(st.lists(st.sampled_from("abcdef"), max_size=8), max_size=12))
def test_any_corpus(documents: list[list[str]]) -> None:
    bm25 = BM25.build(documents)
    frequencies = {term: sum(term in document for document in documents) for term in "abcdefz"}
    rarest_first = sorted(frequencies, key=lambda term: frequencies[term])
    idfs = [bm25.idf(term) for term in rarest_first]
    assert idfs == sorted(idfs, reverse=True)
    for term in "abz":
        scores = bm25.scores([term])
        assert [score > 0 for score in scores] == [term in document for document in documents]

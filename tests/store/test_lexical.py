"""BM25 of several parts together, against its formula and against bm25s."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import bm25s
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.search.query import make_query
from rag.search.question import read_question
from rag.store.lexical import Lexical, Scored
from rag.store.postings import Postings
from rag.text.bodies import Bodies, bodies_with, public_bodies
from tests.helpers.indexes import made

SENTENCES = [
    ["paix", "ukrain", "paix"],
    ["guerr", "ukrain"],
    [],
    ["arme", "ukrain", "soldat", "soldat", "fort", "long"],
    ["paix"],
]
QUERIES = [["paix"], ["ukrain", "soldat"], ["paix", "paix"], ["paix", "inconnu"], ["inconnu"], []]


def lexical(
    parts: Sequence[tuple[Postings, np.ndarray | None]], home: Sequence[int], bodies: Bodies | None = None
) -> Lexical:
    columns = {"passage": np.array(home, np.int32)}
    return Lexical(parts, columns, max(home, default=-1) + 1, bodies or public_bodies())


def dense(found: Scored, size: int) -> np.ndarray:
    """The scores of all rows; what is found is in order, and matches."""
    assert np.all(np.diff(found.rows) > 0) and np.all(found.scores > 0)
    return found.at(np.arange(size))


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


@pytest.mark.parametrize("query", QUERIES)
def test_scores_are_those_of_the_formula(query: list[str]) -> None:
    one = lexical([(Postings.of(SENTENCES), None)], [0, 0, 1, 1, 2])
    assert dense(one.scores("sentence", query), 5) == pytest.approx(reference(query, SENTENCES), abs=1e-6)
    passages = [SENTENCES[0] + SENTENCES[1], SENTENCES[2] + SENTENCES[3], SENTENCES[4]]
    scores = dense(one.scores("passage", query), 3)
    assert scores == pytest.approx(reference(query, passages), abs=1e-6)
    weight = sum(one.idf("passage", term) for term in query)
    assert dense(one.share("passage", query), 3) == pytest.approx(scores / (weight or 1), abs=1e-6)


def test_a_term_is_as_rare_as_the_formula_says() -> None:
    one = lexical([(Postings.of(SENTENCES), None)], range(5))
    assert one.idf("sentence", "ukrain") == pytest.approx(math.log(1 + 2.5 / 3.5))
    assert one.idf("sentence", "inconnu") == pytest.approx(math.log(1 + 5.5 / 0.5))
    assert [one.frequency(term) for term in ("paix", "soldat", "inconnu")] == [2, 1, 0]


@st.composite
def _corpora(draw: st.DrawFn) -> tuple[list[list[str]], list[int], list[int]]:
    """Sentences, the passage of each, and the part of each, -1 where it is in none that is live."""
    sentences = draw(st.lists(st.lists(st.sampled_from("abcdéf"), max_size=8), min_size=1, max_size=24))
    steps = draw(st.lists(st.integers(0, 1), min_size=len(sentences), max_size=len(sentences)))
    parts = draw(st.lists(st.integers(0, 2), min_size=len(sentences), max_size=len(sentences)))
    return sentences, np.cumsum([0, *steps[1:]]).tolist(), parts


@settings(max_examples=60, deadline=None)
@given(_corpora(), st.lists(st.sampled_from("abcdéfz"), unique=True, max_size=4))
def test_parts_score_as_the_whole_does(
    corpus: tuple[list[list[str]], list[int], list[int]], query: list[str]
) -> None:
    sentences, home, parts = corpus
    held = []
    for number in range(3):
        own: list[list[str]] = [["f", "a", "mort"]]  # a dead one
        rows = [-1]
        for row, part in enumerate(parts):
            if part == number:
                own += [sentences[row], ["mort"]]
                rows += [row, -1]
        held.append((Postings.of(own), np.array(rows, np.int32)))
    joined = Postings.joined(held, len(sentences))
    assert joined.names() == sorted({term.encode() for each in sentences for term in each})
    assert joined.lengths.tolist() == [len(each) for each in sentences]
    for index in (lexical(held, home), lexical([(joined, None)], home)):
        pairs = list(zip(sentences, home, strict=True))
        passages = [[term for own, at in pairs if at == n for term in own] for n in range(home[-1] + 1)]
        for level, documents in (("sentence", sentences), ("passage", passages)):
            scores = dense(index.scores(level, query), len(documents))  # type: ignore[arg-type]
            assert scores == pytest.approx(_of_bm25s(query, documents), abs=1e-5)


def _of_bm25s(query: Sequence[str], documents: Sequence[Sequence[str]]) -> np.ndarray:
    if not any(documents):
        return np.zeros(len(documents))
    index = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
    index.index([list(each) for each in documents], show_progress=False)
    known = [term for term in query if term in index.vocab_dict]
    return index.get_scores(known) if known else np.zeros(len(documents))


def test_the_best_come_first_and_of_those_alike_the_first() -> None:
    some = Scored(np.array([2, 3, 5, 7, 9]), np.array([1, 2, 1, 3, 1], np.float32))
    assert some.top(3).tolist() == [7, 3, 2]
    assert some.top(4).tolist() == [7, 3, 2, 5]
    assert some.top(9).tolist() == [7, 3, 2, 5, 9]
    assert some.top(0).tolist() == []
    assert some.at(np.array([9, 4, 3, 11])).tolist() == [1, 0, 2, 0]
    asked = np.arange(12) % 2 == 0
    assert some.among(asked).rows.tolist() == [2]


def test_saved_and_opened_is_the_same(tmp_path: Path) -> None:
    built = Postings.of(SENTENCES)
    built.save(tmp_path / "deep" / "postings")
    opened = Postings.open(tmp_path / "deep" / "postings")
    assert opened.lengths.tolist() == [3, 2, 0, 6, 1]
    known = {"paix": [[0, 4], [2, 1]], "soldat": [[3], [2]], "inconnu": [[], []], "": [[], []]}
    for term, expected in known.items():
        for postings in (built, opened):
            assert [each.tolist() for each in postings.find(term)] == expected
    files = list((tmp_path / "deep" / "postings").iterdir())
    assert all(np.load(file).dtype == np.uint8 for file in files), "each as small as it can be"
    for file in files:
        whole = file.read_bytes()
        for spoilt in (None, b"", whole[: len(whole) - 1]):
            file.unlink()
            if spoilt is not None:
                file.write_bytes(spoilt)
            with pytest.raises((OSError, ValueError)):
                Postings.open(tmp_path / "deep" / "postings")
            file.write_bytes(whole)


@pytest.mark.parametrize("sentences", [[], [[]], [[], [], []]])
def test_nothing_is_an_index_as_well(sentences: list[list[str]], tmp_path: Path) -> None:
    Postings.of(sentences).save(tmp_path / "p")
    opened = Postings.open(tmp_path / "p")
    again = Postings.joined([(opened, np.arange(len(sentences), dtype=np.int32))], len(sentences))
    for postings in (opened, again, Postings.joined([], len(sentences))):
        one = lexical([(postings, None)], range(len(sentences)))
        assert len(one.share("passage", ["paix"]).rows) == 0
        assert one.idf("sentence", "paix") > 0


def test_long_corpora_have_wider_rows() -> None:
    many = Postings.of([["mot"]] * 300 + [["mot"] * 300])
    rows, counts = many.find("mot")
    assert (rows.tolist(), counts.tolist()) == (list(range(301)), [1] * 300 + [300])
    assert many.lengths.dtype == rows.dtype == np.uint16


def test_a_body_that_documents_define_is_found_by_its_abbreviation_and_by_its_name() -> None:
    sentences = [
        ["=cde", "cde"],
        ["caiss", "ecol", "vid"],
        ["caiss", "vid"],
        ["=cde", "caiss", "ecol"],
        ["pont"],
    ]
    told = bodies_with([("CDE", "Caisse des écoles")])
    one = lexical([(Postings.of(sentences), None)], range(5), told)
    assert one.scores("sentence", ["=cde"]).rows.tolist() == [0, 1, 3]
    assert one.frequency("=cde") == 3
    assert one.scores("passage", ["=cde"]).rows.tolist() == [0, 1, 3]
    plain = lexical([(Postings.of(sentences), None)], range(5))
    assert plain.scores("sentence", ["=cde"]).rows.tolist() == [0, 3]


def test_what_one_document_defines_is_found_in_others_however_they_name_it(tmp_path: Path) -> None:
    written = {
        "definition.md": "La Régie des eaux du lac (R.E.D.L.) est une société.\n",
        "court.md": "Le maire a fermé une piscine, dit la REDL.\n\nUn pont est tombé.\n",
        "long.md": "Le préfet ouvre un barrage, dit la Régie des eaux du lac.\n\nUn mur est tombé.\n",
    }
    index = made(tmp_path, written)
    snapshot = index.snapshot()
    for asked in ("Que dit la REDL ?", "Que dit la Régie des eaux du lac ?"):
        terms = make_query(snapshot, index, read_question(asked)).terms
        rows = snapshot.lexical.scores("sentence", terms).rows
        assert snapshot.sentences["source"][rows].tolist() == [0, 1, 2]
        assert all("dit" in snapshot.text_of("sentence", int(row)) for row in rows[[0, 2]])

"""The features of the first search, and the linear models of both stages."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.search.features import NAMES, Candidates, matrix
from rag.search.rank import (
    READ_NAMES,
    Model,
    fuse,
    load_ranker,
    probability,
    read_features,
)
from rag.weights import read_weights


def floats(values: Sequence[float]) -> np.ndarray:
    return np.array(values, np.float32)


def candidates(home: Sequence[int] = (0, 0, 1), **given: Sequence[float]) -> Candidates:
    count, passages = len(home), max(home, default=-1) + 1
    of_sentences, of_passages = [0.0] * count, [0.0] * passages
    return Candidates(
        home=np.array(home, np.int64),
        lexical=floats(given.get("lexical", of_sentences)),
        dense=floats(given.get("dense", of_sentences)),
        passage_lexical=floats(given.get("passage_lexical", of_passages)),
        passage_dense=floats(given.get("passage_dense", of_passages)),
        words=np.array(given.get("words", [12] * count), np.int64),
        foreign=np.array(given.get("foreign", [False] * count), bool),
    )


def column(name: str, of: Candidates) -> list[float]:
    return [float(x) for x in matrix(of)[:, NAMES.index(name)]]


def test_a_sentence_knows_its_passage() -> None:
    of = candidates(passage_lexical=[0.5, 0.25], passage_dense=[0.75, 1.0])
    assert column("passage_lexical", of) == [0.5, 0.5, 0.25]
    assert column("passage_dense", of) == [0.75, 0.75, 1.0]


def test_the_sentence_before_counts_within_a_passage_only() -> None:
    assert column("before_lexical", candidates((0, 0, 1), lexical=[0.5, 0.25, 1])) == [0, 0.5, 0]
    assert column("before_lexical", candidates((0, 1, 1), lexical=[0.5, 0.25, 1])) == [0, 0, 0.25]
    assert column("before_lexical", candidates((0,), lexical=[0.5])) == [0], "there is none before the first"
    assert column("before_lexical", candidates((0, 0), lexical=[0.5, 1])) == [0, 0.5]


def test_gaps_are_to_the_best() -> None:
    of = candidates(lexical=[0.5, 1, 0], dense=[0.25, 0, 0.5], passage_lexical=[0, 1], passage_dense=[1, 0.5])
    assert column("lexical_gap", of) == [-0.5, 0, -1]
    assert column("dense_gap", of) == [-0.25, -0.5, 0]
    assert column("passage_lexical_gap", of) == [-1, -1, 0]
    assert column("passage_dense_gap", of) == [0, 0, -0.5]


def test_length_is_about_nothing_for_a_usual_sentence_and_finite_without_words() -> None:
    short, usual, long = column("length", candidates(words=[0, 12, 60]))
    assert short == -2.5
    assert abs(usual) < 0.05
    assert long > 1


def test_what_is_foreign_is_crossed() -> None:
    of = candidates(lexical=[0.5, 0.5, 1], dense=[1, 0.25, 0.5], foreign=[True, False, True])
    assert column("foreign", of) == [1, 0, 1]
    assert column("foreign*lexical", of) == [0.5, 0, 1]
    assert column("foreign*dense", of) == [1, 0, 0.5]


shares = st.floats(0, 1, width=32)


@given(st.lists(st.tuples(shares, shares, st.integers(0, 2000), st.booleans()), max_size=12))
def test_features_are_finite(rows: list[tuple[float, float, int, bool]]) -> None:
    of = candidates(
        [n // 2 for n in range(len(rows))],
        lexical=[row[0] for row in rows],
        dense=[row[1] for row in rows],
        words=[row[2] for row in rows],
        foreign=[row[3] for row in rows],
    )
    features = matrix(of)
    assert features.shape == (len(rows), len(NAMES))
    assert features.dtype == np.float32
    assert np.isfinite(features).all()


# --- the models -----------------------------------------------------------------------------------


def test_a_model_by_hand() -> None:
    data = {"ranking": {"a": 1.0, "b": -2.0}, "answer": {"b": 0.5, "bias": -1.0, "a": 0.0}}
    model = Model.from_json(data, ("a", "b"))
    features = floats([[3, 1], [0, 4]])  # type: ignore[list-item]
    assert model.scores(features).tolist() == [1, -8]
    assert model.odds(features).tolist() == [-0.5, 1]
    with pytest.raises(KeyError):
        Model.from_json(data, ("a", "b", "c"))


@pytest.mark.parametrize(("stage", "names"), [("first", NAMES), ("read", READ_NAMES)])
def test_the_committed_weights_name_every_column(stage: str, names: tuple[str, ...]) -> None:
    data = read_weights("ranker")
    assert set(data[stage]["ranking"]) == set(names)
    assert set(data[stage]["answer"]) == {"bias", *names}
    model = getattr(load_ranker(), stage)
    assert np.isfinite([*model.ranking, *model.answer, model.bias]).all()


def test_a_surer_reader_ranks_higher_and_makes_an_answer_likelier() -> None:
    model = load_ranker().read
    features = read_features(floats([4, -4]), floats([0, 0]), floats([0, 0]))
    assert np.argmax(model.scores(features)) == 0
    assert np.argmax(model.odds(features)) == 0
    unsure = read_features(floats([-4, -4]), floats([0, 0]), floats([0, 0]))
    assert model.odds(unsure).max() < model.odds(features).max()


def test_what_is_known_of_what_was_read_by_hand() -> None:
    features = read_features(floats([0, np.log(3)]), floats([-1, 2]), floats([0.5, -3]))
    by_name = {name: [float(x) for x in features[:, n]] for n, name in enumerate(READ_NAMES)}
    assert by_name["reader"] == pytest.approx([0, np.log(3)])
    assert by_name["first"] == [-3, 0]
    assert by_name["answered"] == [0.5, -3]


def test_nothing_was_read() -> None:
    none = floats([])
    assert read_features(none, none, none).shape == (0, len(READ_NAMES))


def test_probabilities_by_hand() -> None:
    assert probability(floats([0, np.log(3), -np.log(3)])).tolist() == pytest.approx([0.5, 0.75, 0.25])


@pytest.mark.filterwarnings("error")
def test_odds_beyond_all_measure_are_still_probabilities() -> None:
    assert probability(floats([-1e4, 1e4])).tolist() == [0, 1]


def test_fusion_by_hand() -> None:
    one, zero = np.ones(1, np.float32), np.zeros(1, np.float32)
    assert fuse(one, one, one, one)[0] == pytest.approx(1)
    assert fuse(zero, zero, zero, zero)[0] == 0
    assert fuse(one, zero, zero, zero)[0] == pytest.approx(1 / 3)
    assert fuse(zero, one, zero, one)[0] == pytest.approx(1.8 / 3)
    assert fuse(zero, -one, zero, -one)[0] == 0, "cosines may be negative"

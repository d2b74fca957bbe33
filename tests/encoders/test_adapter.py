"""The map that moves questions towards their answers: by hand, as committed, and as it is fitted."""

from __future__ import annotations

import json

import numpy as np
import pytest

from evals.fit.adapter import DECIMALS, RANK, Pairs, fit_adapter
from rag.encoders.adapter import Adapter, centred, load_adapter, load_centre
from rag.weights import weights_file


def test_the_map_by_hand() -> None:
    adapter = Adapter(np.array([[1], [0]], np.float32), np.array([[0, 3]], np.float32))
    assert adapter(np.array([1, 0], np.float32)) == pytest.approx([1 / 10**0.5, 3 / 10**0.5])
    assert adapter(np.array([[0, 1]], np.float32)).tolist() == [[0, 1]]


@pytest.mark.parametrize(("encoder", "dimensions"), [("use", 512), ("e5", 384)])
def test_the_committed_map_is_small_and_says_where_it_comes_from(encoder: str, dimensions: int) -> None:
    data = json.loads(weights_file("adapter", encoder).read_text(encoding="utf-8"))
    assert {"data", "split", "seed", "command"} <= set(data["provenance"])
    adapter = load_adapter(encoder)
    assert adapter.down.shape == (dimensions, RANK)
    assert adapter.up.shape == (RANK, dimensions)
    figures = data["provenance"]["first sentence right on groups not fitted on"]
    assert all(figure["adapted"] > figure["encoder"] for figure in figures.values())


def test_centring_by_hand() -> None:
    found = centred(np.array([[1, 0], [0, 0.5]], np.float32), np.array([0, 0.5], np.float32))
    assert found.tolist() == [pytest.approx([0.8**0.5, -(0.2**0.5)]), [0, 0]]


def test_the_committed_means_are_those_of_vectors_that_point_one_way() -> None:
    centre = load_centre()
    for mean in (centre.questions, centre.texts):
        assert mean.shape == (384,)
        assert 0.8 < np.linalg.norm(mean) < 1


def test_fitting_finds_a_rotation_and_repeats_itself() -> None:
    chance = np.random.default_rng(1)
    sentences = chance.normal(size=(60, 24))
    sentences /= np.linalg.norm(sentences, axis=1, keepdims=True)
    turned = np.roll(np.eye(24), 1, axis=1)  # a question is its answer, turned
    fitted, new = sentences[:50] @ turned, sentences[50:] @ turned
    pairs = Pairs(np.repeat(fitted, 30, axis=0), sentences, [(n // 30,) for n in range(1500)], np.ones(1500))
    adapter = fit_adapter(pairs)

    def first(questions: np.ndarray) -> np.ndarray:
        return (questions @ sentences.T).argmax(axis=1)

    wanted = np.arange(50, 60)
    assert (first(adapter(new)) == wanted).mean() > (first(new) == wanted).mean() + 0.5
    again = fit_adapter(pairs)
    assert (again.down == adapter.down).all()
    assert np.array_equal(adapter.up, np.round(adapter.up, DECIMALS).astype(np.float32))

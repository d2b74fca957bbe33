"""Probabilities that a sentence bears on a claim, by how it was come upon."""

from __future__ import annotations

import numpy as np
import pytest

from rag.reader import LABELS
from rag.search.bearing import FOUND, NOWHERE, TOLD, How, found_by, load_bearing, odds_of

SUPPORTS = np.array([[0.7, 0.1, 0.1, 0.1]], np.float32)


def likely(how: How, places: tuple[float, float, float] = NOWHERE) -> np.ndarray:
    columns = np.concatenate([odds_of(SUPPORTS), [places]], axis=1).astype(np.float32)
    return load_bearing(how).likely(columns)[0]


@pytest.mark.parametrize("how", ["found", "given"])
def test_probabilities_are_of_all_labels(how: How) -> None:
    found = likely(how)
    assert found.shape == (len(LABELS),)
    assert found.sum() == pytest.approx(1, abs=1e-5)
    assert LABELS[int(found[: len(TOLD)].argmax())] == "supported"


def test_what_the_search_puts_first_bears_likelier_than_what_it_does_not_find() -> None:
    first = found_by(0, 2, 0)
    assert len(first) == len(FOUND)
    assert likely("found", first)[-1] < likely("found")[-1]


def test_scores_far_off_are_as_those_that_are_nowhere() -> None:
    assert found_by(-100, -100, 0)[:2] == NOWHERE[:2]


def test_words_of_the_side_that_makes_a_claim_likelier_bear_it_out() -> None:
    own, others = load_bearing("held").likely(np.array([[0, 0, 0, whose] for whose in (1, -1)], np.float32))
    assert own[0] > others[0]
    assert others[1] > own[1]


def test_odds_are_against_neither() -> None:
    assert odds_of(SUPPORTS)[0] == pytest.approx([np.log(7), 0, 0], abs=1e-5)

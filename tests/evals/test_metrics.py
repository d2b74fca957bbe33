"""The arithmetic of the evaluation suite, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from evals import aggregates, metrics
from evals.sets.questions import Slice
from tests.helpers.evaluation import question, result

# --- one question ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "end", "covered"),
    [(10, 20, True), (0, 99, True), (10, 18, True), (10, 17, False), (11, 20, False), (10, 19, True)],
)
def test_a_quote_may_lack_two_characters_of_closing_punctuation(start: int, end: int, covered: bool) -> None:
    gold = Slice("a", 10, 20, "Un mot » !")
    assert metrics.covers(Slice("a", start, end), gold) is covered
    assert not metrics.covers(Slice("b", start, end), gold)


def test_letters_may_not_be_lacking() -> None:
    assert not metrics.covers(Slice("a", 10, 19), Slice("a", 10, 20, "0123456789"))


def test_characters_by_hand() -> None:
    gold = [Slice("a", 10, 20), Slice("a", 100, 104)]
    assert metrics.characters([], gold) == (0, 0, 0)
    assert metrics.characters([Slice("b", 10, 20)], gold) == (0, 0, 0)
    # 15 to 35 and 30 to 40 together are 25 characters, 5 of the 10 wanted: 2 * 5 / (25 + 10).
    quotes = [Slice("a", 15, 35), Slice("a", 30, 40)]
    assert metrics.characters(quotes, gold) == pytest.approx((0.2, 0.5, 2 * 5 / 35))
    fourth = [*quotes, Slice("a", 15, 16), Slice("a", 10, 20)]
    assert metrics.characters(fourth, gold) == metrics.characters(quotes, gold)


def test_length_ratio_is_over_the_longest_gold_held() -> None:
    gold = [Slice("a", 10, 20), Slice("a", 12, 14)]
    assert metrics.length_ratio(Slice("a", 5, 20), gold) == 1.5
    assert metrics.length_ratio(Slice("a", 15, 30), gold) is None


def test_values_of_a_right_second_quote() -> None:
    texts = {"a": "x" * 10 + "0123456789" + "y" * 10}
    quotes = (Slice("a", 0, 5, "xxxxx"), Slice("a", 10, 20, "0123456789"))
    found = metrics.values(question(), result(*quotes), texts, {"a": "A"})
    assert (found["quote@1"], found["quote@3"], found["right"]) == (0, 1, 0)
    assert found["verbatim"] == 1
    assert (found["answered"], found["silent"], found["silence_right"]) == (1, None, None)
    false = metrics.values(question(), result(Slice("a", 0, 5, "xxxxy")), texts, {"a": "A"})
    assert false["verbatim"] == 0


def test_silence_is_right_only_where_the_sources_do_not_say() -> None:
    silent = result(answered=False)
    wrong = metrics.values(question(), silent, {}, {})
    assert (wrong["answered"], wrong["silent"], wrong["silence_right"], wrong["quote@1"]) == (0, None, 0, 0)
    right = metrics.values(question(answerable=False, gold=(), sides=()), silent, {}, {})
    assert (right["answered"], right["silent"], right["silence_right"]) == (None, 1, 1)
    assert "quote@1" not in right
    assert "silent" not in metrics.values(question(), result(answered=None), {}, {})


def test_sides_need_a_quote_of_each() -> None:
    both = question(sides=("A", "B"), gold=(Slice("a", 0, 5), Slice("b", 0, 5)))
    side_of = {"a": "A", "b": "B"}
    cases = [
        ((Slice("a", 0, 5), Slice("b", 0, 5)), 1.0, 1.0),
        ((Slice("a", 0, 5), Slice("b", 7, 9)), 1.0, 0.0),
        ((Slice("a", 0, 5),), 0.0, 0.0),
        ((), 0.0, 0.0),
    ]
    for quotes, heard, right in cases:
        found = metrics.values(both, result(*quotes), {}, side_of)
        assert (found["sides"], found["sides_right"]) == (heard, right)
    assert "sides" not in metrics.values(question(), result(), {}, side_of)


def test_ranking_by_hand() -> None:
    wanted = {"q1": {"x", "y"}, "q2": {"x"}, "q3": {"x"}, "q4": set()}
    found = metrics.ranking_values(wanted, {"q1": ["n", "x", "y"], "q2": [*"abcdefghij", "x"], "q4": ["x"]})
    assert found["q1"]["passage@1"] == 0
    assert found["q1"]["passage@5"] == 1
    assert found["q1"]["mrr"] == 0.5
    ideal = 1 + 1 / np.log2(3)
    assert found["q1"]["ndcg@10"] == pytest.approx((1 / np.log2(3) + 1 / np.log2(4)) / ideal)
    for identifier in ("q2", "q3", "q4"):
        assert set(found[identifier].values()) == {0.0}


# --- aggregates -----------------------------------------------------------------------------------


def test_resamples_draw_families_and_are_the_same_each_time() -> None:
    weights = aggregates.resamples(["a", "b", "a", "c"])
    assert weights.shape == (aggregates.RESAMPLES + 1, 4)
    assert (weights[0] == 1).all()
    assert (weights[:, 0] == weights[:, 2]).all()
    assert (weights[1:, [0, 1, 3]].sum(axis=1) == 3).all()
    assert (weights == aggregates.resamples(["a", "b", "a", "c"])).all()
    assert (weights != aggregates.resamples(["a", "b", "a", "c"], seed=1)).any()


def test_interval_of_the_mean_is_near_the_normal_one() -> None:
    column = np.array([1.0] * 60 + [0.0] * 40)
    weights = aggregates.resamples([str(number) for number in range(100)])
    found = aggregates.aggregate(lambda w: aggregates.mean(column, w), weights, 100)
    assert found is not None
    assert found.value == 0.6
    assert found.low == pytest.approx(0.6 - 1.96 * 0.049, abs=0.02)
    assert found.high == pytest.approx(0.6 + 1.96 * 0.049, abs=0.02)


def test_weighted_figures_by_hand() -> None:
    one, two = np.ones((1, 4)), np.array([[2.0, 0.0, 1.0, 1.0]])
    column = np.array([4.0, 2.0, np.nan, 1.0])
    assert aggregates.mean(column, np.concatenate([one, two])) == pytest.approx([7 / 3, 3.0])
    assert aggregates.quantile(column, np.concatenate([one, two]), 0.5) == pytest.approx([2.0, 4.0])
    confidence, answerable = np.array([0.9, 0.4, 0.6, 0.4]), np.array([True, True, False, False])
    assert aggregates.auc(confidence, answerable, one) == pytest.approx([2.5 / 4])
    assert aggregates.auc(confidence, answerable, two) == pytest.approx([1.0])


def test_risk_and_calibration_by_hand() -> None:
    confidence, right = np.array([0.2, 0.9, 0.8, 0.1]), np.array([1.0, 1.0, 0.0, 0.0])
    curve = aggregates.risk_coverage(confidence, right)
    assert np.array(curve) == pytest.approx(np.array([(0.25, 0), (0.5, 0.5), (0.75, 1 / 3), (1.0, 0.5)]))
    one = np.ones((1, 4))
    assert aggregates.risk_area(confidence, right, one) == pytest.approx([(0 + 0.5 + 1 / 3 + 0.5) / 4])
    answerable = np.array([True, True, False, False])
    assert aggregates.calibration_error(confidence, answerable, one) == pytest.approx(
        [(0.8 + 0.1 + 0.8 + 0.1) / 4]
    )
    bins = aggregates.reliability(np.array([1.0, 0.95, 0.0]), np.array([True, False, False]))
    assert [(b["n"], b["answerable"]) for b in bins] == [(1, 0.0), (2, 0.5)]


def test_balanced_accuracy_by_hand() -> None:
    asked = [question(), question(), question(answerable=False, gold=(), sides=())]
    given = [result(), result(answered=False), result(answered=False)]
    rows = [metrics.values(q, r, {}, {}) for q, r in zip(asked, given, strict=True)]
    found = aggregates.aggregates(rows, [True, True, False], aggregates.resamples(["a", "b", "c"]))
    assert found["balanced_accuracy"].value == 0.75
    assert (found["abstention_precision"].value, found["abstention_recall"].value) == (0.5, 1.0)


def test_no_questions_no_figures() -> None:
    assert aggregates.aggregates([], [], aggregates.resamples([])) == {}

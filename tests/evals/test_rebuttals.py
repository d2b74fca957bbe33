"""The model of what bears on a claim, and how it is fitted."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from evals.__main__ import main
from evals.fit import bearing
from evals.fit.bearing import fit, left_out_in_turn
from evals.sets.debates import load_debates
from evals.sets.rebuttals import Case, cases, facing
from evals.suites import rebuttals
from rag.debate.bearing import BEARS, BearingModel, covered, load_bearing
from rag.weights import read_weights


def test_the_share_covered_counts_rare_words_more() -> None:
    idf = {"rare": 3.0, "common": 1.0}.__getitem__
    claim = frozenset(("rare", "common"))
    assert covered(claim, frozenset(("rare",)), idf) == 0.75
    assert covered(claim, frozenset(("common", "rare")), idf) == 1
    assert covered(frozenset(), claim, idf) == 0


def test_both_nearness_and_shared_words_count() -> None:
    model = load_bearing()
    assert model.probability(0.9, 0.9) > 0.99
    assert model.probability(0.1, 0.0) < BEARS
    assert model.probability(0.3, 0.3) > model.probability(0.3, 0.2) > model.probability(0.1, 0.2)
    with pytest.raises(KeyError):
        BearingModel.from_json({"weights": {"cosine": 1}})


@pytest.fixture(scope="module")
def drawn() -> list[Case]:
    return list(cases(facing(load_debates())))


def test_the_weights_that_come_with_the_program_are_those_that_are_fitted(drawn: list[Case]) -> None:
    model = load_bearing()
    assert fit(drawn) == pytest.approx([model.cosine, model.covered, model.bias], rel=0.01)


def test_a_claim_of_another_debate_has_nothing_right(drawn: list[Case]) -> None:
    right = np.array([case.right.any() for case in drawn])
    assert (~right).sum() == 3 * right.sum()


def test_figures_tell_right_from_wrong(drawn: list[Case]) -> None:
    some = sorted({case.debate for case in drawn})[:3]
    chosen = [case for case in drawn if case.debate in some]
    wrong = [Case(case.debate, case.features, np.roll(case.right, 1)) for case in chosen]
    found = left_out_in_turn(chosen)
    assert left_out_in_turn(wrong)["first"] < found["first"] <= found["in_three"] <= 1


def test_the_commands_print_figures_and_keep_weights(
    drawn: list[Case], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for module in (rebuttals, bearing):
        monkeypatch.setattr(module, "facing", list)
        monkeypatch.setattr(module, "cases", lambda _: drawn)
    assert main(["rebuttals"]) == 0
    assert "360" in capsys.readouterr().out
    assert main(["fit", "bearing", "--output", str(tmp_path)]) == 0
    kept = json.loads((tmp_path / "bearing.json").read_text(encoding="utf-8"))
    BearingModel.from_json(kept)
    assert {**kept, "weights": {}} == {**read_weights("bearing"), "weights": {}}


def test_a_figure_that_falls_is_told() -> None:
    kept = read_weights("bearing")["left_out_in_turn"]
    assert rebuttals.failures(kept) == []
    assert len(rebuttals.failures({**kept, "first": kept["first"] - 0.1})) == 1

"""The measure of the judge: its arithmetic by hand, a small debate from end to end."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from evals.__main__ import main
from evals.sets import judgements
from evals.sets.debates import load_debate
from evals.suites import claims
from evals.suites.claims import f1_of, failures, macro_f1, run, tables
from rag.types import no_progress
from tests.helpers.judges import FakeJudge, Told
from tests.helpers.reading_sets import write_claims, write_debate

RIGHT: dict[str, Told] = {
    "180 marins": {"140 marins": ("contradicted", 0.9)},
    "tous les jours": {"six heures": ("supported", 0.9), "neuf heures": ("weakened", 0.8)},
}


@pytest.fixture
def debate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One debate with three claims, in every part."""
    folder = write_debate(tmp_path / "port")
    write_claims(folder)
    monkeypatch.setattr(judgements, "DEBATES", tmp_path)
    monkeypatch.setattr(claims, "debates_of", lambda part: [load_debate(folder)])


def measured(monkeypatch: pytest.MonkeyPatch, told: dict[str, Told]) -> dict[str, Any]:
    monkeypatch.setattr(claims, "load_judge", lambda: FakeJudge(told))
    return run(no_progress, "report")


def test_f1_by_hand() -> None:
    pairs = [(0, 0), (1, 0), (1, 1), (3, 3)]  # told, right
    assert f1_of(pairs) == pytest.approx([2 / 3, 2 / 3, 0, 1])
    assert macro_f1(pairs) == pytest.approx(7 / 12)
    assert macro_f1([]) == 0


def test_a_judge_that_is_right_has_full_marks(debate: None, monkeypatch: pytest.MonkeyPatch) -> None:
    report = measured(monkeypatch, RIGHT)
    assert report["pairs"] == 4
    assert report["macro F1"] == report["AUC of bearing"] == 1
    assert report["right, by kind"] == {"argument": 1, "number": 1}
    assert report["right, altered by rule"]["same"] == 0, "it was told of the claims alone"
    assert report["right, altered by rule"]["number"] == 0
    assert report["confused"]["weakened"] == {"supported": 0, "contradicted": 0, "weakened": 1, "neither": 0}
    assert failures(report) == []


def test_what_is_told_wrong_costs(debate: None, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong: dict[str, Told] = {**RIGHT, "180 marins": {"140 marins": ("supported", 0.9)}}
    report = measured(monkeypatch, wrong)
    assert report["F1"] == {"supported": 0.667, "contradicted": 0, "weakened": 1, "neither": 1}
    assert report["right, by kind"] == {"argument": 1, "number": 0}
    assert report["confused"]["contradicted"]["supported"] == 1
    assert report["AUC of bearing"] == 1, "that it bears on the claim was seen"
    report = measured(monkeypatch, {"180 marins": {"douze navires": ("contradicted", 0.9)}})
    assert report["AUC of bearing"] < 0.5


def test_figures_are_shown(debate: None, monkeypatch: pytest.MonkeyPatch) -> None:
    made, confused = tables(measured(monkeypatch, RIGHT))
    assert "right, by kind: number" in list(made.columns[0].cells)
    assert list(confused.columns[0].cells) == ["supported", "contradicted", "weakened", "neither"]


def test_the_command_measures_the_judge_that_comes_with_the_program(
    debate: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["claims", "--part", "check"]) == 0
    assert "AUC of bearing" in capsys.readouterr().out

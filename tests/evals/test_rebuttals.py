"""The measure of rebuttals: a small debate from end to end, with a judge that tells what it is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.__main__ import main
from evals.sets import debates, judgements
from evals.sets.debates import load_debate
from evals.suites import rebuttals
from evals.suites.rebuttals import failures, run, tables
from rag.types import no_progress
from tests.helpers.judges import Told, judged_by
from tests.helpers.reading_sets import write_claims, write_debate

RIGHT: dict[str, Told] = {
    "180 marins": {"140 marins": ("contradicted", 0.9)},
    "tous les jours": {"six heures": ("supported", 0.9), "neuf heures": ("weakened", 0.8)},
}


@pytest.fixture(autouse=True)
def debate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One debate with three claims, in every part."""
    folder = write_debate(tmp_path / "port")
    write_claims(folder)
    for module in (debates, judgements):
        monkeypatch.setattr(module, "DEBATES", tmp_path)
    monkeypatch.setattr(rebuttals, "debates_of", lambda part: [load_debate(folder)])


def measured(monkeypatch: pytest.MonkeyPatch, told: dict[str, Told]) -> dict[str, float]:
    judged_by(monkeypatch, told)
    return run(no_progress, "report")


def test_all_that_should_be_said_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    report = measured(monkeypatch, RIGHT)
    assert report == {
        "claims": 3,
        "right sentence first": 1,
        "right sentence in three": 1,
        "answered": 1,
        "nothing where nothing is against it": 1,
        "nothing where nothing bears on it": 1,
        "whose it is told": 1,
        "whose it is, where told": 1,
        "for or against, rightly": 1,
        "right sentence first, its side told": 1,
        "right sentence in three, its side told": 1,
        "answered, its side told": 1,
        "for or against, rightly, its side told": 1,
    }
    assert failures(report) == []
    (shown,) = tables(report)
    assert list(shown.columns[0].cells) == list(report)


def test_silence_is_no_answer_and_names_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    report = measured(monkeypatch, {})
    assert report["right sentence first"] == report["right sentence in three"] == report["answered"] == 0
    assert report["nothing where nothing is against it"] == report["nothing where nothing bears on it"] == 1
    assert report["whose it is told"] == 0
    assert "whose it is, where told" not in report


def test_what_does_not_bear_on_a_claim_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    fuel: Told = {"gazole": ("contradicted", 0.9)}
    report = measured(
        monkeypatch, {"180 marins": {**fuel, "140 marins": ("weakened", 0.8)}, "lune": fuel, "jours": fuel}
    )
    assert report["right sentence first"] == 0
    assert report["right sentence in three"] == 0.5, "the one that weakens the first claim comes second"
    assert report["answered"] == 1
    assert report["nothing where nothing is against it"] == report["nothing where nothing bears on it"] == 0


def test_another_side_than_the_holder_s_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    report = measured(monkeypatch, {"jours": {"filets": ("supported", 0.9)}})
    assert (report["whose it is told"], report["whose it is, where told"]) == (1, 0)


def test_what_is_for_a_claim_is_wrong_where_it_is_set_against_it(monkeypatch: pytest.MonkeyPatch) -> None:
    report = measured(monkeypatch, {"180 marins": {"140 marins": ("supported", 0.9)}})
    assert report["for or against, rightly"] == 0


def test_the_command_prints_the_figures(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    judged_by(monkeypatch, RIGHT)
    assert main(["rebuttals", "--part", "check"]) == 0
    assert "right sentence first" in capsys.readouterr().out

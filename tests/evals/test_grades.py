"""Grades of training: the answers, the fit, and the measure, on a small debate."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals.__main__ import main
from evals.fit import grades as fitting
from evals.sets import debates, grades
from evals.sets.debates import load_debate, load_debates
from evals.sets.grades import graded_of
from evals.suites import grades as measure
from rag.drill.grade.meeting import COLUMNS, MARKS
from rag.types import no_progress
from tests.helpers.judges import Told, judged_by
from tests.helpers.reading_sets import SAILORS, write_debate

PORT = SAILORS
ANSWERS = {"cent quarante marins": "got", "des marins, par dizaines": "partly", "des grutiers": "missed"}
SURE: dict[str, Told] = {
    "marins": {PORT: ("supported", 0.9)},
    PORT.replace("140", "cent quarante"): {"cent quarante marins": ("supported", 0.9)},  # as it is read
}


@pytest.fixture(autouse=True)
def debate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One debate with three answers to one question, in every part."""
    folder = write_debate(tmp_path / "port")
    told = {"question": "Qui travaille au port ?", "source": "accord", "quote": PORT, "kind": "short"}
    lines = [told | {"answer": answer, "grade": mark} for answer, mark in ANSWERS.items()]
    (folder / "grades.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    for module in (debates, grades):
        monkeypatch.setattr(module, "DEBATES", tmp_path)
    for module in (measure, fitting):
        monkeypatch.setattr(module, "debates_of", lambda part: [load_debate(folder)])


def test_every_grade_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    judged_by(monkeypatch, SURE)
    report = measure.run(no_progress, "report")
    assert report["answers"] == 3
    assert (report["right"], report["wholly wrong"]) == (1, 0)
    assert report["right, by kind"] == {"short": 1}
    judged_by(monkeypatch, {})
    report = measure.run(no_progress, "report")
    assert report["right"] == report["wholly wrong"] == 0.333


def test_the_command_prints_the_figures(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    judged_by(monkeypatch, SURE)
    assert main(["grades", "--part", "check"]) == 0
    assert "right, where certain" in capsys.readouterr().out


def test_weights_are_written_with_their_names(tmp_path: Path) -> None:
    fitting.run(tmp_path)
    kept = json.loads((tmp_path / "grades.json").read_text(encoding="utf-8"))
    assert kept["answers"] == 3
    assert tuple(kept["weights"]) == MARKS[:-1]
    assert tuple(kept["weights"]["got"]) == (*COLUMNS, "bias")


def test_the_answers_of_the_project_have_their_passages(monkeypatch: pytest.MonkeyPatch) -> None:
    folder = debates.DATA / "debates"
    monkeypatch.setattr(grades, "DEBATES", folder)
    found = [(debate, graded) for debate in load_debates(folder) for graded in graded_of(debate)]
    assert len(found) == 840
    for debate, graded in found:
        start, end = debate.place(graded.gold)
        assert end > start
        assert graded.mark in MARKS
        assert graded.answer.strip()

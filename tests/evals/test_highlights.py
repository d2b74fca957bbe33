"""The measure of the marked words: its arithmetic by hand, a reading set from end to end."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rich.table import Table

from evals.__main__ import main
from evals.fit.network.examples import Gold, Unit
from evals.suites import highlights
from evals.suites.highlights import answered, failures, marked, row, run, tables
from rag.reader import Passage
from rag.types import Span, no_progress
from tests.helpers.reading_sets import asked, names_of, write_set

TEXT = "Il pleut souvent sur la côte. Le phare de Cordouan fut bâti en 1611 par un roi. La mer est haute."
OTHER = "La tour Eiffel, depuis 1889, mesure 330 mètres de haut. Elle fut bâtie pour une exposition."


@pytest.fixture
def reading_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two articles of the part ``report``, one question with a variant; no debate."""
    first, second = names_of("report", 2)
    variants = tmp_path / "variants.jsonl"
    line = {"id": "Quand fut bâti le phare ?", "en": "When was the lighthouse built?", "near_fr": "Qui ?"}
    variants.write_text(json.dumps(line), encoding="utf-8")
    monkeypatch.setattr(highlights, "VARIANTS", variants)
    monkeypatch.setattr(highlights, "debates_of", lambda part: [])
    return write_set(
        tmp_path / "set.json",
        {
            first: (TEXT, [asked("Quand fut bâti le phare ?", TEXT, "1611"), asked("Qui pleut ?", TEXT)]),
            second: (OTHER, [asked("Combien mesure la tour ?", OTHER, "330 mètres")]),
        },
    )


def marks(monkeypatch: pytest.MonkeyPatch, words: Sequence[str]) -> None:
    """Let these be marked, wherever they stand."""

    def found(question: str, unit: Unit, sentence: int) -> tuple[Span, ...]:
        text = unit.passage.text
        return tuple((text.index(word), text.index(word) + len(word)) for word in words if word in text)

    monkeypatch.setattr(highlights, "marked", found)


def test_values_of_one_case_by_hand() -> None:
    values = row([(0, 4), (10, 14)], [(2, 6), (20, 30)], 40)
    assert values == {
        "marked": 1.0,
        "precision": 2 / 8,
        "recall": 2 / 4,
        "f1": 2 * 2 / (8 + 4),
        "touches": 1.0,
        "share": 8 / 40,
    }
    assert row([(0, 4)], [(4, 8)], 8)["touches"] == 0
    assert row([(0, 4)], [(0, 1), (0, 4)], 8)["f1"] == 1  # the answer that suits best
    nothing = row([], [(0, 4)], 8)
    assert nothing["marked"] == 0
    assert np.isnan(nothing["f1"])


def test_the_sentence_that_has_the_answer_is_looked_at() -> None:
    passage = Passage("Un loup. Deux ours. Trois chats.", ((0, 8), (9, 19), (20, 32)))
    unit = Unit(passage, "", 0, "a", "a", "fr")
    assert answered(unit, Gold(0, (0, 2), (20, 25))) == (2, (20, 25))
    assert answered(unit, Gold(0, (1,), (9, 13))) == (1, (9, 13))


def test_what_is_marked_stands_in_the_sentence() -> None:
    text = TEXT
    at = text.index("Le phare")
    sentence = (at, text.index(" La mer"))
    unit = Unit(Passage(text, ((0, at - 1), sentence, (sentence[1] + 1, len(text)))), "", 0, "a", "a", "fr")
    for number, (start, end) in enumerate(unit.passage.sentences):
        for span in marked("Quand fut bâti le phare ?", unit, number):
            assert start <= span[0] < span[1] <= end


def test_a_reading_set_by_kind_of_question(reading_set: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    marks(monkeypatch, ["1611", "la tour", "La tour"])
    report = run(no_progress, reading_set, "report")
    found = report["reading set"]
    assert {name: groups["n"] for name, groups in found.items()} == {"all": 3, "en": 1, "original": 2}
    assert found["all"]["touches"]["value"] == pytest.approx(2 / 3)
    assert found["en"]["precision"]["value"] == 1
    assert found["original"]["marked"]["value"] == 1
    assert found["original"]["touches"]["value"] == 0.5
    [line] = failures(report)
    assert line.startswith("highlights, reading set: 0.67")
    [shown] = tables(report)
    assert isinstance(shown, Table)
    assert list(shown.columns[0].cells) == ["all", "en", "original"]


@pytest.mark.parametrize(("words", "falls"), [([], 0), (["1611", "330"], 0), (["pleut", "Elle"], 1)])
def test_it_fails_where_the_marks_miss_not_where_there_are_none(
    words: list[str], falls: int, reading_set: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    marks(monkeypatch, words)
    assert len(failures(run(no_progress, reading_set, "report"))) == falls


def test_the_command_measures_what_the_reader_marks(
    reading_set: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told: list[dict[str, Any]] = []
    monkeypatch.setattr(highlights, "failures", lambda report: told.append(report) or [])
    assert main(["highlights", str(reading_set)]) == 0
    assert "original" in capsys.readouterr().out
    [report] = told
    assert report["reading set"]["all"]["n"] == 3


def test_a_missing_file_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["highlights", str(tmp_path / "none.json")]) == 1
    assert "none.json cannot be read" in capsys.readouterr().err

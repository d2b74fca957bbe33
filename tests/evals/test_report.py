"""What a report looks like and is compared with; the options and the README's table."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from rich.table import Table

from evals.__main__ import main
from evals.report.baseline import BASELINE, DEBATES, baseline, compare, comparison_lines
from evals.report.figures import load_report, short, write_json
from evals.report.html import html_page
from evals.report.tables import MARKERS, in_readme, markdown_table
from evals.sets.debates import debates_of
from evals.suites import answers
from evals.suites import debates as suite
from evals.suites.debates import ASKED
from tests.helpers import ROOT
from tests.helpers.evaluation import changed


def test_baseline_is_small_and_reads_back(perfect: dict[str, Any], tmp_path: Path) -> None:
    file = tmp_path / "baseline.json"
    write_json(file, baseline(perfect))
    assert file.stat().st_size < 20_000
    assert load_report(file) == baseline(perfect)
    assert markdown_table(load_report(file), perfect) == markdown_table(perfect, perfect)


def test_compare_names_each_question_that_changed(perfect: dict[str, Any]) -> None:
    assert compare(perfect, perfect) == []
    number = next(n for n, entry in enumerate(perfect["questions"]) if entry["answerable"])
    worse = changed(perfect, [(("questions", number, "results", "ours", "values", "quote@1"), 0.0)])
    (change,) = compare(perfect, worse)
    assert change.id == perfect["questions"][number]["id"]
    assert change.values == {"quote@1": (1.0, 0.0)}
    assert change.is_worse
    assert not compare(worse, perfect)[0].is_worse
    assert any(change.id in line for line in comparison_lines(perfect, worse))


def test_html_is_escaped_and_needs_nothing_else(perfect: dict[str, Any]) -> None:
    number = next(n for n, entry in enumerate(perfect["questions"]) if entry["answerable"])
    ours = ("questions", number, "results", "ours")
    evil = changed(
        perfect,
        [
            (("questions", number, "question"), "<script>alert(1)</script>"),
            (("questions", number, "history"), ["<img alt=x>"]),
            ((*ours, "values", "quote@1"), 0.0),
            ((*ours, "quotes", 0, "text"), "<script>alert(2)</script>"),
            (("systems", 0, "label"), "<b>Réplique</b>"),
            (("dataset", "name"), "<i>"),
        ],
    )
    page = html_page(evil)
    assert "<script" not in page
    assert "<img" not in page
    assert "<b>" not in page
    assert "<i>" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "&lt;script&gt;alert(2)" in page
    assert not re.search(r"https?:|//[a-z]|\b(?:src|href|url|@import)\s*[=(]", page)
    assert page.count("<svg") == 6


def test_tables_show_every_system_and_measure(perfect: dict[str, Any]) -> None:
    made = [one for one in answers.tables(perfect) if isinstance(one, Table)]
    assert len(made) == 4
    assert [column.header for column in made[0].columns] == ["measure", "ours", "fusion"]


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.854, ".85"), (1.0, "1.00"), (0, ".00"), (-0.02, "-.02"), (12.34, "12.3"), (10.04, "10.0")],
)
def test_short_figures(value: float, text: str) -> None:
    assert short(value) == text


# --- options and README ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        ["--limit", "0"],
        ["--limit", "3", "--check", "x"],
        ["--headline", "--write-baseline"],
        ["--squad", "x", "--write-baseline"],
        ["--part", "all"],
        ["quotes", "--squad", "x.json"],
        ["everything"],
        ["fit"],
    ],
)
def test_bad_usage(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2


@pytest.mark.parametrize("option", ["--squad", "--check", "--compare"])
def test_a_missing_file_is_one_line(option: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([option, str(tmp_path / "none.json"), "--output", str(tmp_path)]) == 1
    assert "none.json cannot be read" in capsys.readouterr().err


def test_readme_is_filled_between_its_markers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "README.md"
    file.write_text("before\n<!-- evals -->\nold\n<!-- /evals -->\nafter\n", encoding="utf-8")
    assert main(["--readme", str(file)]) == 0
    text = file.read_text(encoding="utf-8")
    assert text.startswith("before\n<!-- evals -->\n|")
    assert text.endswith("<!-- /evals -->\nafter\n")
    assert "old" not in text
    file.write_text("no markers", encoding="utf-8")
    assert main(["--readme", str(file)]) == 1
    assert "markers" in capsys.readouterr().err


def test_the_readme_shows_the_baseline() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    if MARKERS[0] not in text:
        pytest.skip("the README has no table yet")
    table = markdown_table(load_report(BASELINE), load_report(DEBATES))
    assert in_readme(text, table) == text, "run `python -m evals --readme README.md`"


def test_the_baseline_is_of_the_shipped_set(perfect: dict[str, Any]) -> None:
    base = load_report(BASELINE)
    assert base["corpus"] == perfect["corpus"]
    assert base["dataset"] == perfect["dataset"], "run `python -m evals --write-baseline`"


def test_the_debates_beside_it_are_those_that_nothing_was_fitted_on() -> None:
    kept = load_report(DEBATES)
    assert kept["headline"] == "report"
    debates = len(debates_of("report"))
    assert kept["dataset"] == {"name": "debates", "questions": debates * ASKED, "families": debates}


def test_the_figures_of_debates_are_kept_when_asked_for(
    perfect: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(suite, "run", lambda *_: perfect)
    monkeypatch.setattr("evals.__main__.DEBATES", tmp_path / "kept.json")
    assert main(["debates", "--output", str(tmp_path)]) == 0
    assert not (tmp_path / "kept.json").exists()
    assert main(["debates", "--output", str(tmp_path), "--write-baseline"]) == 0
    assert load_report(tmp_path / "kept.json") == baseline(perfect)

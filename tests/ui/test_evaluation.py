"""The view of the evaluation: the figures of a report, or what to do without one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from rag.ui.evaluation import report_html
from tests.helpers.pages import TRICKS, Reader


def _report(**changes: Any) -> dict[str, Any]:
    def figures(value: float) -> dict[str, Any]:
        return {"all": {"quote@1": {"value": value, "low": value - 0.1, "high": value + 0.1, "n": 9}}}

    report = {
        "created": "2026-11-22T12:14:45+00:00",
        "dataset": {"name": "questions", "questions": 20, "families": 9, "splits": {"test": 9, "dev": 11}},
        "headline": "test",
        "corpus": {"sha256": "3e96e66d3928d14e"},
        "systems": [{"name": "ours", "label": "Réplique"}, {"name": "bm25", "label": "BM25 alone"}],
        "aggregates": {
            "dev": {"ours": figures(0.5), "bm25": figures(0.4)},
            "test": {"ours": figures(0.625), "bm25": figures(0.75)},
        },
    }
    return {**report, **changes}


def test_the_report_is_shown_by_split_with_intervals(tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    file.write_text(json.dumps(_report()), encoding="utf-8")
    html = report_html(file, "fr")
    page = Reader(html)
    assert "20 questions en 9 familles" in html
    assert "22 novembre 2026 à 12:14" in html
    assert "3e96e66d3928" in html
    assert html.index("Partie «\xa0test\xa0»\xa0: 9") < html.index("Partie «\xa0dev\xa0»\xa0: 11")
    assert page.texts["interval"] == [
        "[0,53 – 0,72]", "[0,65 – 0,85]", "[0,40 – 0,60]", "[0,30 – 0,50]",
    ]  # fmt: skip
    assert [text.split()[0] for text in page.texts["best"]] == ["0,75", "0,50"]
    assert "BM25 seul" in html
    assert "0.62" in report_html(file, "en")


def test_the_report_is_escaped(tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    label = {"name": "mine", "label": TRICKS}
    evil = _report(
        systems=[label],
        created=TRICKS,
        corpus={"sha256": "<b>"},
        aggregates={"test": {"mine": _report()["aggregates"]["dev"]["ours"]}, TRICKS: {}},
    )
    evil["dataset"]["name"] = TRICKS
    file.write_text(json.dumps(evil), encoding="utf-8")
    page = Reader(report_html(file, "fr"))
    assert "0,50 [" in page.texts["best"][0]
    assert not {"script", "img", "b"} & page.tags


@pytest.mark.parametrize("content", [None, "{", "[]", "{}", '{"headline": "test", "dataset": 3}', "\0"])
def test_without_a_report_the_view_says_what_to_do(tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "report.json"
    if content is not None:
        file.write_text(content)
    french, english = (report_html(file, lang) for lang in ("fr", "en"))
    assert "<code>replique eval</code>" in french
    assert "<code>replique eval</code>" in english
    assert french != english

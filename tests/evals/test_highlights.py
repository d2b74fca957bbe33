"""The measure of the marked words: its arithmetic by hand, a reading set from end to end, the fit."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from rich.table import Table

from evals.__main__ import main
from evals.fit.highlight import fit, provenance
from evals.sets import marked as sets
from evals.sets.marked import Case, load_cases, remembered
from evals.sets.squad import split_of
from evals.suites.highlights import failures, marked, report_of, row, tables
from rag.answer.highlight import FEATURES, Contest
from rag.search import read_question
from rag.weights import read_weights

TEXTS = {
    "Quand fut bâti le phare ?": ("Le phare de Cordouan, en mer, fut bâti en 1611 par un roi.", "1611"),
    "Combien mesure la tour ?": ("La tour Eiffel, depuis 1889, mesure 330 mètres de haut.", "330 mètres"),
    "Combien de marches a-t-elle ?": ("Elle a 1 665 marches et deux ascenseurs pour le public.", "1 665"),
}


BEFORE = "Il pleut souvent sur la côte. "


def encode_words(words: list[str]) -> list[list[float]]:
    """An encoder that knows hardly more than that a word is itself."""
    return [[float(sum(map(ord, word)) % 64 == column) for column in range(64)] for word in words]


@pytest.fixture
def reading_set(tmp_path: Path) -> Path:
    titles = [title for title in map(str, range(90)) if split_of(title) == "fit"]
    data = [
        {
            "title": title,
            "paragraphs": [
                {
                    "context": f"{BEFORE}{text} Le reste est dans le livre.",
                    "qas": [
                        {
                            "id": title,
                            "question": question,
                            "answers": [{"answer_start": len(BEFORE) + text.index(answer), "text": answer}],
                        }
                    ],
                }
            ],
        }
        for title, (question, (text, answer)) in zip(titles, TEXTS.items(), strict=False)
    ]
    file = tmp_path / "set.json"
    file.write_text(json.dumps({"data": data}), encoding="utf-8")
    return file


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


def test_cases_are_the_sentences_that_answer(reading_set: Path) -> None:
    cases = load_cases(reading_set, "fit", encode_words)
    assert [(case.question.asked, case.text) for case in cases] == [
        (q, text) for q, (text, _) in TEXTS.items()
    ]
    for case, (_, answer) in zip(cases, TEXTS.values(), strict=True):
        assert [case.text[start:end] for start, end in case.answers] == [answer]
        assert case.variant == "original"
    assert load_cases(reading_set, "report", encode_words) == []


def test_variants_are_told_apart(reading_set: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = json.loads(reading_set.read_text(encoding="utf-8"))["data"][0]["paragraphs"][0]["qas"][0]["id"]
    file = tmp_path / "variants.jsonl"
    file.write_text(json.dumps({"id": known, "en": "When was the lighthouse built?", "near_fr": "Qui ?"}))
    monkeypatch.setattr(sets, "VARIANTS", file)
    cases = load_cases(reading_set, "fit", encode_words)
    assert [case.variant for case in cases[:2]] == ["original", "en"]
    assert cases[0].answers == cases[1].answers
    assert len(cases) == len(TEXTS) + 1


def test_the_table_has_a_line_for_each_kind_and_variant(reading_set: Path) -> None:
    cases = load_cases(reading_set, "fit", encode_words)
    report = report_of(cases, [row(marked(case), case.answers, len(case.text)) for case in cases])
    assert failures(report) == []
    shown, _ = tables(report)
    assert isinstance(shown, Table)
    assert list(shown.columns[0].cells) == ["number", "time", "original"]
    assert list(shown.columns[1].cells) == ["2", "1", "3"]


def _number_case(near_first: bool) -> Case:
    """Two numbers, of which the one that stands beside the question's word answers."""
    text = "Le pont porte 12 lampes ; loin de là, dans la vallée, on compte 17 arbres et 4 maisons."
    question = "Combien de lampes porte le pont ?"
    answer = "12" if near_first else "4"
    at = text.index(answer)
    return Case(read_question(question), "original", "a", text, ((at, at + len(answer)),), {})


@pytest.mark.parametrize("near_first", [True, False])
def test_the_fit_learns_what_wins(near_first: bool) -> None:
    case = _number_case(near_first)
    weights = fit([case])
    assert set(weights) == {"fact"}
    assert set(weights["fact"]) == set(FEATURES)
    contest = Contest.between(case.question, case.text, (0, len(case.text)), {})
    assert contest is not None
    scores = contest.features @ np.array([weights["fact"][name] for name in FEATURES])
    start, end = contest.span(int(scores.argmax()))
    assert case.text[start:end].startswith("12" if near_first else "4")


def test_what_was_encoded_once_is_kept() -> None:
    seen: list[str] = []

    def encode(words: list[str]) -> list[list[float]]:
        seen.extend(words)
        return encode_words(words)

    look_up = remembered(encode)
    assert look_up(["a", "b", "a"]) == encode_words(["a", "b", "a"])
    assert look_up(["b", "c"]) == encode_words(["b", "c"])
    assert seen == ["a", "b", "c"]


def test_a_missing_file_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["highlights", str(tmp_path / "none.json")]) == 1
    assert "none.json cannot be read" in capsys.readouterr().err


def test_the_kept_weights_are_described() -> None:
    kept = read_weights("highlight")
    again = provenance(Path("piaf-v1.1.json"), kept["weights"])
    assert kept == json.loads(json.dumps(again))


def test_a_sentence_marked_nearly_whole_is_told(reading_set: Path) -> None:
    cases = load_cases(reading_set, "fit", encode_words)
    whole = [row([(0, len(case.text))], case.answers, len(case.text)) for case in cases]
    assert len(failures(report_of(cases, whole))) == 3


def test_the_commands_measure_and_fit(
    reading_set: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["highlights", str(reading_set), "--part", "fit"]) == 0
    assert "original" in capsys.readouterr().out
    assert main(["fit", "highlight", str(reading_set), "--output", str(tmp_path)]) == 0
    kept = json.loads((tmp_path / "highlight.json").read_text(encoding="utf-8"))
    assert kept["command"] == "python -m evals fit highlight set.json"

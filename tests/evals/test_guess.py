"""The guess from a question alone: what it sees, what it finds, when it is told."""

from __future__ import annotations

from typing import Any

import pytest
from rich.table import Table

from evals.__main__ import main
from evals.sets.debates import Debate
from evals.suites.guess import MOST, failures, fit, report_of, tables, words_of
from rag.drill.question_set import Gold, SetQuestion


def asked(question: str, is_answered: bool) -> SetQuestion:
    gold = (Gold("a", "x"),) if is_answered else ()
    return SetQuestion(question, gold, kind="fact" if is_answered else "near")


TELLING = [asked(f"Combien de {n} navires ?", True) for n in range(30)] + [
    asked(f"Combien de {n} sous-marins ?", False) for n in range(10)
]
MUTE = [asked(f"Combien de {n} navires ?", n % 4 > 0) for n in range(40)]


def debate(questions: list[SetQuestion]) -> Debate:
    return Debate("a", {}, {}, tuple(questions))


def test_content_words_and_the_first_two_are_seen() -> None:
    assert words_of("Est-ce que la flotte compte 12 navires ?") == {
        "flotte", "compte", "12", "navires", "^est", "^est ce"
    }  # fmt: skip


def test_a_word_that_tells_is_found() -> None:
    fitted = fit(TELLING)
    assert fitted.odds("Des navires ?") > 0 > fitted.odds("Des sous-marins ?")
    report = report_of(fitted, [debate(TELLING)])
    assert report["figures"]["balanced accuracy"]["value"] == 1
    assert report["figures"]["auc"]["value"] == 1
    assert report["kinds"] == {"fact": {"n": 30, "right": 1.0}, "near": {"n": 10, "right": 1.0}}
    assert report["words"]["answered"][0] == "navires"
    assert report["words"]["not answered"][0] == "sous-marins"


def test_questions_that_tell_nothing_are_guessed_like_a_coin() -> None:
    fitted = fit(MUTE)
    assert fitted.odds("Combien de 99 navires ?") == pytest.approx(0, abs=0.05)
    assert report_of(fitted, [debate(MUTE)])["figures"]["auc"]["value"] == 0.5


def test_it_fails_where_questions_give_themselves_away() -> None:
    report: dict[str, Any] = {"figures": {"balanced accuracy": {"value": MOST}}}
    assert failures(report) == []
    report["figures"]["balanced accuracy"]["value"] += 0.01
    assert len(failures(report)) == 1


def test_the_table_has_the_kinds_and_the_words() -> None:
    shown, answered, not_answered = tables(report_of(fit(TELLING), [debate(TELLING)]))
    assert isinstance(shown, Table)
    assert list(shown.columns[0].cells)[-2:] == ["fact: guessed right", "near: guessed right"]
    assert "navires" in str(answered)
    assert "sous-marins" in str(not_answered)


def test_the_invented_debates_do_not_give_themselves_away(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["guess"]) == 0
    assert "balanced accuracy" in capsys.readouterr().out

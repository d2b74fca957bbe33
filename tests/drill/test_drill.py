"""Cross-examination on invented documents about wolves: sessions, and the command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rag import sync
from rag.drill.drill import Drill
from rag.drill.leitner import State
from rag.errors import InputError
from tests.helpers.command import replique
from tests.helpers.drills import DECREE, LEAFLET, index_of


def test_sources_that_give_no_question_say_so(tmp_path: Path) -> None:
    index = index_of(tmp_path, {"court.md": "Oui.\n"})
    with pytest.raises(InputError, match="give no question"):
        Drill(index).begin(State())


def test_weak_points_come_back_first(wolves: Drill) -> None:
    first = wolves.begin(State(), count=4, seed=1)
    state = first.state
    for number, question in enumerate(first.questions):
        state = state.answered(question.id, "missed" if number < 2 else "got")
    state = state.answered(first.questions[2].id, "got").answered(first.questions[3].id, "got")
    second = wolves.begin(state, count=4, seed=2)
    assert second.again == 2
    assert {q.id for q in second.questions[:2]} == {q.id for q in first.questions[:2]}
    assert not {q.id for q in second.questions[2:]} & set(state.cards)


def test_a_changed_source_drops_its_cards(tmp_path: Path) -> None:
    index = index_of(tmp_path, {"arrete.md": DECREE, "tract.md": LEAFLET})
    drill = Drill(index)
    begun = drill.begin(State(), count=12)
    state = begun.state
    for question in begun.questions:
        state = state.answered(question.id, "missed")
    of_leaflet = {q.id for q in begun.questions if q.source.id == "tract"}
    assert 0 < len(of_leaflet) < len(state.cards)
    (tmp_path / "docs/tract.md").write_text(LEAFLET.replace("900", "950"), encoding="utf-8")
    sync(index)
    assert set(drill.kept(state).cards) == set(state.cards) - of_leaflet
    with pytest.raises(InputError, match="its source has changed"):
        drill.grade(next(iter(of_leaflet)), "oui")


@pytest.fixture
def located(tmp_path: Path) -> list[str]:
    index_of(tmp_path, {"arrete.md": DECREE, "tract.md": LEAFLET}).close()
    return ["--corpus", str(tmp_path / "docs"), "--store", str(tmp_path / "store")]


def told(*arguments: str, stdin: str = "") -> dict[str, object]:
    done = replique("drill", *arguments, "--json", stdin=stdin)
    assert done.returncode == 0, done.stderr
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_the_steps_of_a_script(located: list[str]) -> None:
    begun = told("--questions", "5", "--seed", "3", *located)
    assert begun == told("--questions", "5", "--seed", "3", *located)
    questions = begun["questions"]
    assert isinstance(questions, list)
    assert len(questions) == 5
    identifier = questions[0]["id"]
    missed = told("--answer", identifier, "je ne sais pas", *located)
    assert (missed["verdict"], missed["certain"]) == ("missed", True)
    assert missed["expected"]
    score = told("--overrule", identifier, *located)
    assert (score["points"], score["answered"], score["weak"]) == (1, 1, [])
    assert told("--score", *located) == score
    piped = told("--answer", identifier, "-", *located, stdin="aucune idée\n")
    assert piped["verdict"] == "missed"
    assert told("--score", *located)["weak"] == [identifier]


def test_questions_and_grades_as_text(located: list[str]) -> None:
    done = replique("drill", "--questions", "4", "--lang", "en", *located)
    assert done.returncode == 0
    assert done.stdout.count("# ") == 4
    identifier = done.stdout.split("\n")[0][2:]
    graded = replique("drill", "--answer", identifier, "no idea", "--lang", "en", *located)
    assert "That is not it." in graded.stdout
    assert "Session 1: 0 of 1 (0%)." in replique("drill", "--score", "--lang", "en", *located).stdout


@pytest.mark.parametrize(
    "wrong",
    [
        ["--questions", "0"],
        ["--questions", "2", "--score"],
        ["--side", "Personne"],
        ["--answer", "rien", "rien"],
        ["--overrule", "rien"],
        ["--score", "--seed", "2"],
    ],
)
def test_bad_usage(located: list[str], wrong: list[str]) -> None:
    done = replique("drill", *wrong, *located)
    assert done.returncode == 2
    assert done.stdout == ""


def test_a_session_on_a_terminal(located: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The user misses the first question and overrules it, misses the second, then goes."""
    import rag.cli.drill

    lines = iter(["", "o", "", ""])

    def typed(console: object, prompt: str) -> str:
        line = next(lines, None)
        if line is None:
            raise EOFError
        return line

    monkeypatch.setattr(rag.cli.drill, "_typed", typed)
    monkeypatch.setattr(rag.cli.drill, "_on_terminal", lambda: True)
    done = replique("drill", "--seed", "1", *located)
    assert done.returncode == 0
    assert "Question 3 sur " in done.stdout
    assert "Séance 1\u00a0: 1 sur 2 (50\u00a0%)." in done.stdout

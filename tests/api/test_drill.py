"""Training, as a client calls it: it carries its state to and fro."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from gradio_client import Client

from rag import Index, load_settings
from rag.drill.questions import Quiz
from tests.helpers.clients import BEGINNER, call, refused, without
from tests.helpers.command import replique

pytestmark = pytest.mark.server


@pytest.fixture
def same_store(shipped_store: Path) -> Iterator[Path]:
    """A store in which the command line has not trained yet."""
    (shipped_store / "drill.json").unlink(missing_ok=True)
    yield shipped_store
    (shipped_store / "drill.json").unlink(missing_ok=True)


def test_a_session_is_that_of_the_command_line(client: Client, same_store: Path) -> None:
    def said(*arguments: str) -> Any:
        done = replique("drill", *arguments, "--json", store=same_store)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    begun = call(client, "/drill", count=4, side="Coalition")
    assert without(begun, "state") == said("--questions", "4", "--side", "Coalition")
    first, second = (question["id"] for question in begun["questions"][:2])
    missed = call(client, "/drill_grade", question=first, answer="aucune idée", state=begun["state"])
    assert without(missed, "state") == said("--answer", first, "aucune idée")
    assert missed["verdict"] == "missed"
    answer = "« Une paix juste et durable », en 1986."
    graded = call(client, "/drill_grade", question=second, answer=answer, lang="en", state=missed["state"])
    assert without(graded, "state") == said("--answer", second, answer, "--lang", "en")
    had = call(client, "/drill_overrule", question=first, state=graded["state"])
    assert had["score"] == said("--overrule", first)
    kept = json.loads((same_store / "drill.json").read_bytes())
    assert had["state"] == kept


def test_what_was_missed_comes_back_first(client: Client) -> None:
    begun = call(client, "/drill", count=3)
    state, missed = begun["state"], []
    for question in begun["questions"][:2]:
        graded = call(client, "/drill_grade", question=question["id"], answer="", state=state)
        state = graded["state"]
        missed.append(question["id"])
    assert graded["score"]["weak"] == missed
    again = call(client, "/drill", count=3, state=state)
    assert (again["session"], again["again"]) == (2, 2)
    assert {question["id"] for question in again["questions"][:2]} == set(missed)
    assert call(client, "/drill", count=3)["session"] == 1, "the server keeps nothing"


def test_questions_do_not_tell_their_answers(client: Client, shipped_store: Path) -> None:
    index = Index(load_settings(store=shipped_store))
    begun = call(client, "/drill", count=12, lang="en")
    assert len({question["kind"] for question in begun["questions"]}) > 2
    for question in begun["questions"]:
        true = Quiz(index).question(question["id"])
        asked = json.dumps(without(question, "id"), ensure_ascii=False)
        if question["kind"] == "who":
            assert true.source.title not in asked
            assert question["source"] is None
        else:
            for quote in true.expected:
                spans = quote.highlights or ((quote.start, quote.end),)
                if question["gap"] is not None:
                    words = [quote.text[a - quote.start : b - quote.start] for a, b in spans]
                    assert not [word for word in words if any(word in p["text"] for p in question["shown"])]
                assert quote.text not in asked
    index.close()


@pytest.mark.parametrize(
    ("name", "arguments", "message"),
    [
        ("/drill", {"count": 0}, "count = 0: give a whole number, 1 to 100"),
        ("/drill", {"count": 101}, "1 to 100"),
        ("/drill", {"count": "x"}, "count = 'x'"),
        ("/drill", {"count": 1.5}, "whole number"),
        ("/drill", {"count": None}, "whole number"),
        ("/drill", {"side": "Martiens"}, "there are: Coalition, Critique"),
        ("/drill", {"side": ["Coalition"]}, "give a text"),
        ("/drill", {"lang": "de"}, "give fr, en or nothing"),
        ("/drill", {"lang": ["fr"]}, "give fr, en or nothing"),
        ("/drill", {"state": "…"}, "give the last one, or none to begin anew"),
        ("/drill", {"state": {**BEGINNER, "version": 9}}, "none to begin anew"),
        ("/drill", {"state": {**BEGINNER, "session": 10**30}}, "none to begin anew"),
        ("/drill", {"state": {**BEGINNER, "cards": {"a\nb": {"box": 9}}}}, "none to begin anew"),
        ("/drill_grade", {"question": "rien\ndu tout", "answer": "x"}, "no question"),
        ("/drill_grade", {"question": 7, "answer": "x"}, "question = 7: give a text"),
        ("/drill_grade", {"question": "rien", "answer": None}, "answer = None: give a text"),
        ("/drill_overrule", {"question": "rien", "state": {}}, "grade one first"),
    ],
)
def test_what_training_cannot_do_is_said_in_one_line(
    client: Client, name: str, arguments: dict[str, Any], message: str
) -> None:
    assert message in refused(client, name, **arguments)


def test_too_long_an_answer_is_refused(client: Client) -> None:
    question = call(client, "/drill", count=1)["questions"][0]["id"]
    assert "at most" in refused(client, "/drill_grade", question=question, answer="x" * 10_000)

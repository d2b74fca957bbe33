"""A question, read once into what cannot be changed."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace
from unittest.mock import Mock

import pytest

from rag import Assistant
from rag.search import question as question_module
from rag.search.question import Question, read_question
from rag.types import Language

# --- frozen, and read once ------------------------------------------------------------------------

READERS = {
    "addressed": "addressed",
    "follows": "follow",
    "is_small_talk": "words_in",
    "asks_every_side": "_EVERY_SIDE",
}
"""What a question has, and by what it is read."""


def spy(monkeypatch: pytest.MonkeyPatch, name: str) -> Mock:
    """Note each call of what a question is read by."""
    watched = Mock(wraps=getattr(question_module, name))
    monkeypatch.setattr(question_module, name, watched)
    return watched


@pytest.mark.parametrize("name", ["asked", "rewritten", "lang", "text", *READERS])
def test_a_question_cannot_be_changed(name: str) -> None:
    question = read_question("Et la buvette ?", ["Qui tient le refuge ?"])
    before = getattr(question, name)
    with pytest.raises(FrozenInstanceError):
        setattr(question, name, "Qui tient la buvette ?")
    with pytest.raises(FrozenInstanceError):
        delattr(question, name)
    assert getattr(question, name) == before


@pytest.mark.parametrize("name", READERS)
def test_each_thing_is_read_when_it_is_asked_for_and_once(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    question = read_question("Which ferry, according to the harbour board, is not safe?")
    assert vars(question).keys() == {"asked", "lang", "history", "infos", "condensed"}
    reader = spy(monkeypatch, READERS[name])
    first = getattr(question, name)
    assert len(reader.mock_calls) == 1
    assert getattr(question, name) == first
    assert len(reader.mock_calls) == 1


def test_all_that_is_read_of_a_question_is_kept() -> None:
    computed = {
        name for name, value in vars(Question).items() if isinstance(value, property) and name[0] != "_"
    }
    assert computed == {"text", "asks_for_arguments", "leans", "parts", "readings", "rewritten"}


@pytest.mark.parametrize("asked", ["Qui a coprésidé la réunion de Paris ?", "Who leads the monitoring?"])
def test_an_answer_reads_its_question_once(
    asked: str, shipped: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    readers = {name: spy(monkeypatch, name) for name in {*READERS.values(), "query_terms"}}
    answer = shipped.ask(asked)
    assert answer.quotes or answer.near
    calls = {name: len(reader.mock_calls) for name, reader in readers.items()}
    once = dict.fromkeys(("addressed", "follow", "words_in", "query_terms"), 1)
    assert calls == {**once, "_EVERY_SIDE": 1 if answer.quotes else 0}


# --- in a conversation ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "history", "rewritten", "lang"),
    [
        ("Qui a repeint les volets de la mairie ?", ["Combien coûte le phare ?"], None, "fr"),
        ("Who built the lighthouse of Kermorvan?", ["How much is the toll?"], None, "en"),
        ("Coûte-t-il ?", ["Qui l’a bâti ?"], "Qui l’a bâti ? Coûte-t-il ?", "fr"),
        ("And the tram?", ["Who runs the ferry?"], "Who runs the tram?", "en"),
        ("Quand ?", ["Qui dirige la ferme ?", "  "], "Qui dirige la ferme ? Quand ?", "fr"),
        ("Merci !", ["Combien coûte le phare ?"], None, "fr"),
    ],
)
def test_a_follow_up_is_put_back_into_its_conversation(
    asked: str, history: list[str], rewritten: str | None, lang: Language
) -> None:
    question = read_question(asked, history)
    assert (question.rewritten, question.lang) == (rewritten, lang)
    assert question.leans is (rewritten is not None)
    assert question.text == (rewritten or asked) or question.is_small_talk
    assert read_question(asked, history, "en").lang == "en"
    assert read_question(asked, history, "fr").lang == "fr"


def test_what_a_model_has_put_in_full_leans_on_nothing() -> None:
    asked = read_question("Et pourquoi ?", ["Qui tient le refuge ?"])
    condensed = replace(asked, condensed="Pourquoi la commune tient-elle le refuge ?")
    assert condensed.rewritten == condensed.text == "Pourquoi la commune tient-elle le refuge ?"
    assert asked.leans and not condensed.leans


# --- what it asks for -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("Qui était là, selon chaque camp ?", True),
        ("Où, d’après la déclaration et d’après la critique ?", True),
        ("Who came, according to one and according to the other?", True),
        ("Qui était là, selon la déclaration ?", False),
        ("Selon quel accord et quand ?", False),
    ],
)
def test_a_question_may_ask_for_every_side(question: str, asks: bool) -> None:
    assert read_question(question).asks_every_side is asks

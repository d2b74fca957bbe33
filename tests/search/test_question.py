"""A question, read once into what cannot be changed."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from unittest.mock import Mock

import pytest

from rag import Assistant
from rag.search import question as question_module
from rag.search.question import Question, read_question, resolve_follow_up
from rag.types import Language

# --- frozen, and read once ------------------------------------------------------------------------

READERS = {
    "put_to": "names_asked",
    "put_to_before": "names_asked",
    "is_small_talk": "words_in",
    "may_stand_alone": "words_in",
    "asks_every_side": "_EVERY_SIDE",
}
"""What a question has, and by what it is read."""


def spy(monkeypatch: pytest.MonkeyPatch, name: str) -> Mock:
    """Note each call of what a question is read by."""
    watched = Mock(wraps=getattr(question_module, name))
    monkeypatch.setattr(question_module, name, watched)
    return watched


@pytest.mark.parametrize("name", ["asked", "rewritten", "lang", "text", "alone", *READERS])
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
    assert vars(question).keys() == {"asked", "rewritten", "lang"}
    reader = spy(monkeypatch, READERS[name])
    first = getattr(question, name)
    assert len(reader.mock_calls) == 1
    assert getattr(question, name) == first
    assert len(reader.mock_calls) == 1


def test_all_that_is_read_of_a_question_is_kept() -> None:
    computed = {name for name, value in vars(Question).items() if isinstance(value, property)}
    assert computed == {"text", "alone"}


@pytest.mark.parametrize("asked", ["Qui a coprésidé la réunion de Paris ?", "Who leads the monitoring?"])
def test_an_answer_reads_its_question_once(
    asked: str, shipped: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    twice = {"names_asked", "words_in"}  # also for what it follows up, and to tell whether it does
    once = {*READERS.values(), "query_terms"} - twice
    readers = {name: spy(monkeypatch, name) for name in once}
    answer = shipped.ask(asked)
    assert answer.quotes or answer.near
    calls = {name: len(reader.mock_calls) for name, reader in readers.items()}
    assert calls == {"query_terms": 1, "_EVERY_SIDE": 1 if answer.quotes else 0}


# --- in a conversation ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "history", "rewritten", "lang"),
    [
        ("Qui a repeint les volets de la mairie ?", ["Combien coûte le phare ?"], None, "fr"),
        ("Who built the lighthouse of Kermorvan?", ["How much is the toll?"], None, "en"),
        ("Coûte-t-il ?", ["Qui l’a bâti ?"], "Qui l’a bâti ? Coûte-t-il ?", "fr"),
        ("And the tram?", ["Who runs the ferry?"], "Who runs the ferry? And the tram?", "en"),
        ("Quand ?", ["Qui dirige la ferme ?", "  "], "Qui dirige la ferme ? Quand ?", "fr"),
        ("Vezelay?", ["Who runs the ferry?"], "Who runs the ferry? Vezelay?", "en"),
        ("Merci !", ["Combien coûte le phare ?"], None, "fr"),
    ],
)
def test_a_follow_up_is_put_back_into_its_conversation(
    asked: str, history: list[str], rewritten: str | None, lang: Language
) -> None:
    question = read_question(asked, history)
    assert question == Question(asked, rewritten, lang)
    assert question.text == (rewritten or asked)
    assert read_question(asked, history, "en").lang == "en"
    assert read_question(asked, history, "fr").lang == "fr"


@pytest.mark.parametrize(
    ("asked", "before"),
    [
        ("Et selon la buvette ?", "Que disent les deux camps du refuge ?"),
        ("And the tram?", "What do both sides say of the ferry?"),
    ],
)
def test_alone_it_is_what_was_asked(asked: str, before: str) -> None:
    question = read_question(asked, [before])
    assert question.asks_every_side
    assert question.alone == read_question(asked, lang=question.lang)
    assert not question.alone.asks_every_side, "read anew, not taken over"
    assert question.alone.text == asked
    assert question.text == question.rewritten == f"{before} {asked}"


@pytest.mark.parametrize(
    ("asked", "before", "put_to", "put_to_before"),
    [
        ("Combien dure la traversée ?", "", (), ()),
        ("Que dit le commentaire du péage ?", "", ("le commentaire", "commentary"), ()),
        ("Selon la Ligue des bateliers, qui paie ?", "", ("la Ligue des bateliers",), ()),
        ("According to the Harbour Board, who pays?", "", ("the Harbour Board",), ()),
        ("How long is the crossing?", "", (), ()),
        ("Et le dimanche ?", "Que dit le syndicat du péage ?", (), ("le syndicat",)),
        ("And according to the crew?", "What do they say?", ("the crew",), ("the crew",)),
        ("And by night?", "What does the mayor say?", (), ("the mayor",)),
    ],
)
def test_whom_it_is_put_to(
    asked: str, before: str, put_to: tuple[str, ...], put_to_before: tuple[str, ...]
) -> None:
    question = read_question(asked, [before])
    assert question.put_to == put_to
    assert question.put_to_before == put_to_before


# --- what it asks for -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "stands_alone"),
    [
        ("Et pour les troupes françaises ?", False),
        ("And who leads them?", False),
        ("Pourquoi ?", False),
        ("Qui a coprésidé la réunion de Paris le 6 janvier ?", True),
        ("Where is the operational headquarters of the Coalition located?", True),
    ],
)
def test_which_questions_lean_on_the_one_before(question: str, stands_alone: bool) -> None:
    rewritten = resolve_follow_up(question, ["Qui surveille le cessez-le-feu ?"])
    assert (rewritten is None) == stands_alone
    assert resolve_follow_up(question, []) is None


@pytest.mark.parametrize(
    ("question", "leans"),
    [
        ("Que disent-ils des élections américaines ?", False),  # they are the sources
        ("Les taxis seront-ils exemptés ?", False),  # they are the taxis
        ("Macron viendra-t-il ?", False),
        ("Quand sera-t-elle envoyée ?", True),
        ("Combien de soldats aurait-elle ?", True),
    ],
)
def test_a_pronoun_leans_on_the_question_before_or_not(question: str, leans: bool) -> None:
    assert (resolve_follow_up(question, ["Quelle force enverra la ligue ?"]) is not None) is leans


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

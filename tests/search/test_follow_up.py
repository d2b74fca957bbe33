"""A question that follows another, put in full."""

from __future__ import annotations

import pytest

from rag.search.follow_up import follow
from rag.types import SourceInfo


def info(name: str, title: str, side: str | None) -> SourceInfo:
    return SourceInfo(name, f"{name}.md", title, side, "", "fr", "", "", (), "0" * 64, 100)


INFOS = (
    info("plan", "Plan de la digue", "Gouvernement"),
    info("tribune", "Une digue en sable", "Opposition"),
    info("oui", "Bâtir", "Pour"),
    info("non", "Attendre", "Contre"),
)


@pytest.mark.parametrize(
    ("asked", "before", "rewritten"),
    [
        # a side, a source, a person
        ("Et le gouvernement ?", "Que dit l’opposition du port ?", "Que dit le gouvernement du port ?"),
        ("Et le Contre ?", "Que pense le Pour de la digue ?", "Que pense le Contre de la digue ?"),
        ("Et selon le gouvernement ?", "Combien, selon l’opposition ?", "Combien, selon le gouvernement ?"),
        ("And the opposition?", "What does the government say?", "What does the opposition say?"),
        ("Et du côté de l’opposition ?", "Pour combien ?", "Pour combien, selon l’opposition ?"),
        ("Et l’opposition, qu’en pense-t-elle ?", "Que veut le gouvernement ?", "Que veut l’opposition ?"),
        ("Et Mme Haddad ?", "Que demande M. Costa pour le port ?", "Que demande Mme Haddad pour le port ?"),
        # a date, a place, a condition, a thing
        ("Et en 2028 ?", "Combien coûtera la digue en 2027 ?", "Combien coûtera la digue en 2028 ?"),
        ("Et en 2028 ?", "Combien coûtera la digue ?", "Combien coûtera la digue, en 2028 ?"),
        ("Et à Dunkerque ?", "Combien de gens à Calais ?", "Combien de gens à Dunkerque ?"),
        ("And the harbour?", "How much money goes into the dyke?", "How much money goes into the harbour?"),
        # nothing: all is kept
        ("Pourquoi ?", "Qui paie la digue ?", "Qui paie la digue ? Pourquoi ?"),
    ],
)  # fmt: skip
def test_what_is_named_takes_the_place_of_its_counterpart(asked: str, before: str, rewritten: str) -> None:
    found = follow(asked, [before], INFOS)
    assert found is not None
    assert found.leans
    assert found.rewritten == rewritten


def test_what_was_named_before_is_kept() -> None:
    history = ["Que dit l’opposition de la digue ?", "Et le gouvernement ?"]
    found = follow("Et de la route ?", history, INFOS)
    assert found is not None
    assert found.previous == "Que dit le gouvernement de la digue ?"
    assert found.rewritten == "Que dit le gouvernement de la route ?"


@pytest.mark.parametrize(
    "asked", ["Résume la déclaration", "Liste les mesures", "Summarise the plan", "Parle-moi de la digue"]
)
def test_what_is_wanted_is_not_what_is_named(asked: str) -> None:
    found = follow(asked, ["Compare les positions sur la digue"], INFOS)
    assert found is not None
    assert (found.named, found.leans) == ("", False)


def test_questions_without_marks_are_told_apart() -> None:
    found = follow("pourquoi", ["qui paie la digue"], INFOS)
    assert found is not None
    assert found.rewritten == "qui paie la digue — pourquoi"


@pytest.mark.parametrize(
    ("question", "leans"),
    [
        ("Et pour les troupes françaises ?", True),
        ("And who leads them?", True),
        ("Pourquoi ?", True),
        ("C’est payant ?", True),
        ("Quand sera-t-elle envoyée ?", True),
        ("Combien de soldats aurait-elle ?", True),
        ("Pensait-il déjà cela il y a quelques années ?", True),
        ("Qui a coprésidé la réunion de Paris le 6 janvier ?", False),
        ("Where is the operational headquarters of the Coalition located?", False),
        ("Que disent-ils des élections américaines ?", False),  # they are the sources
        ("Les taxis seront-ils exemptés ?", False),  # they are the taxis
        ("Macron viendra-t-il ?", False),
        ("Faut-il une loi pour bâtir une digue ?", False),
        ("Y a-t-il une digue à Calais ?", False),
    ],
)
def test_which_questions_lean_on_the_one_before(question: str, leans: bool) -> None:
    found = follow(question, ["Quelle force enverra la ligue ?"], INFOS)
    assert found is not None
    assert found.leans is leans
    assert follow(question, [], INFOS) is None
    assert follow(question, ["  "], INFOS) is None


@pytest.mark.parametrize(
    ("question", "further", "contrary"),
    [
        ("Qui d’autre ?", True, False),
        ("What else do they ask for?", True, False),
        ("Et qui dit le contraire ?", False, True),
        ("And what is said against it?", False, True),
        ("Et en 2028 ?", False, False),
    ],
)
def test_what_it_asks_for_besides(question: str, further: bool, contrary: bool) -> None:
    found = follow(question, ["Qui paie la digue ?"], INFOS)
    assert found is not None
    assert (found.further, found.contrary) == (further, contrary)

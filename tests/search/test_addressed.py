"""Whom a question is put to, and about whom it is."""

from __future__ import annotations

import pytest

from rag.search.addressed import addressed
from rag.types import SourceInfo, Voice


def info(name: str, title: str, side: str | None) -> SourceInfo:
    return SourceInfo(name, f"{name}.md", title, side, "", "fr", "", "", (), "0" * 64, 100)


INFOS = (
    info("a", "Déclaration du port", "Mairie"),
    info("b", "Tract des pêcheurs", "Pêcheurs"),
    info("c", "Lettre ouverte", "Pêcheurs"),
)


@pytest.mark.parametrize(
    ("question", "voice"),
    [
        ("Que dit la déclaration des quais ?", {0}),
        ("La déclaration parle-t-elle des quais ?", {0}),
        ("What does the declaration expect from the crews?", {0}),
        ("What does the leaflet say about the quays?", {1}),
        ("Selon les Pêcheurs, qui paiera ?", {1, 2}),
        ("Qui paiera, d’après la Mairie ?", {0}),
        ("Que pense la Mairie des quais ?", {0}),
        ("Is the quay mentioned in the letter?", {2}),
        ("Qui est l’auteur du tract ?", {1}),
        ("Que trouve-t-on dans la lettre ?", {2}),
        ("Quelle est la position de la Mairie sur les quais ?", {0}),
        ("Que reprochent les Pêcheurs à la Mairie ?", {1, 2}),
        ("Donne-moi un argument pour la Mairie", {0}),
        ("Qui paiera, selon la Mairie et les Pêcheurs ?", set()),
        ("Les pêcheurs ont-ils signé la déclaration ?", set()),
        ("La Mairie veut-elle vraiment des quais ?", set()),
        ("Que fera la Mairie des quais ?", set()),
        ("Combien de pêcheurs partiront ?", set()),
        ("Que disent les Pêcheurs et la Mairie des quais ?", set()),
        ("Who mentions the declaration?", set()),
        ("Qui paiera, selon le tract, selon la lettre et selon la déclaration ?", set()),
        ("Que dit-il des quais ?", set()),
        ("Selon le préfet, qui paiera ?", set()),
        ("", set()),
    ],
)
def test_whose_words_are_asked_for(question: str, voice: set[int]) -> None:
    assert addressed(question, INFOS).voice == voice


@pytest.mark.parametrize(
    ("question", "about"),
    [
        ("Que reproche-t-on à la Mairie ?", {0}),
        ("Qu’est-ce qu’on reproche aux Pêcheurs ?", {1, 2}),
        ("Give me an argument against the Mairie", {0}),
        ("Que disent les adversaires de la Mairie ?", {0}),
        ("What is the Mairie accused of?", {0}),
        ("Quelles critiques vise-t-on contre la déclaration ?", {0}),
        ("Que reprochent les Pêcheurs à la Mairie ?", {0}),
        ("Quelle amende contre les pêcheurs ?", set()),
        ("Que reproche-t-on au préfet ?", set()),
    ],
)
def test_of_whom_others_say_something(question: str, about: set[int]) -> None:
    assert addressed(question, INFOS).about == about


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Selon les Pêcheurs, qui paiera ?", "Qui paiera ?"),
        ("Qui paiera, d’après la Mairie ?", "Qui paiera ?"),
        ("Quelle est la position de la Mairie sur les quais ?", "Quelle est la position sur les quais ?"),
        ("Selon le préfet, qui paiera ?", "Selon le préfet, qui paiera ?"),
        ("Que dit la déclaration des quais ?", "Que dit la déclaration des quais ?"),
    ],
)
def test_words_that_only_say_who_is_asked_are_not_looked_for(question: str, text: str) -> None:
    assert addressed(question, INFOS).text == text


@pytest.mark.parametrize(
    ("question", "voice"),
    [
        ("Donne-moi un argument contre", {1}),
        ("Un argument pour la zone à 30 ?", {0}),
        ("Any arguments against it?", {1}),
        ("Pourquoi rouler à 30 ?", set()),
    ],
)
def test_sides_may_be_called_for_and_against(question: str, voice: set[int]) -> None:
    sides = (info("x", "Plaidoyer", "Pour"), info("y", "Tribune", "Contre la zone"), info("z", "Note", None))
    assert addressed(question, sides).voice == voice


def test_without_sources_nobody_is_asked() -> None:
    found = addressed("Selon la Mairie, qui paiera ?", ())
    assert (found.voice, found.about, found.text) == (set(), set(), "Selon la Mairie, qui paiera ?")


def voice(speaker: str | None, side: str | None = None) -> Voice:
    told = ("debat", "debat.md", "Débat du 12 mai", side, "", "fr", "", "", (), "0" * 64, 100)
    return Voice(*told, number=0, speaker=speaker)


VOICES = (*INFOS, voice(None), voice("M. Costa", "Contre"), voice("Mme Ferrand", "Pour"))


@pytest.mark.parametrize(
    ("question", "asked", "about", "text"),
    [
        ("Que dit M. Costa des quais ?", {4}, set(), None),
        ("que propose ferrand pour les quais", {5}, set(), None),
        ("What does Mrs Ferrand say about the quays?", {5}, set(), None),
        ("Selon Jean Costa, qui paiera ?", {4}, set(), "Qui paiera ?"),
        ("Quel est l’avis de M. Costa sur les quais ?", {4}, set(), "Quel est l’avis sur les quais ?"),
        ("Que reproche-t-on à M. Costa ?", set(), {4}, None),
        ("Que répond Mme Ferrand à M. Costa ?", {5}, {4}, None),
        ("D’après M. Costa et Mme Ferrand, qui paiera ?", {4, 5}, set(), None),
        ("M. Costa est-il élu ?", set(), set(), None),
        ("Que dit Mme Costa des quais ?", set(), set(), None),
        ("Que dit le débat des quais ?", {3, 4, 5}, set(), None),
        ("Que dit la Mairie des quais ?", {0}, set(), None),
    ],
)  # fmt: skip
def test_who_speaks_in_a_source_is_asked_as_sides_are(
    question: str, asked: set[int], about: set[int], text: str | None
) -> None:
    found = addressed(question, VOICES)
    assert (found.voice, found.about, found.text) == (asked, about, text or question)

"""What kind of words a question asks for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.text.answer_type import wanted


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Combien de soldats compterait l’armée ?", "number"),
        ("How many soldiers would the army have?", "number"),
        ("De combien les loyers ont-ils augmenté ?", "number"),
        ("Quel est le montant du fonds ?", "number"),
        ("effectif armée ukrainienne", "number"),
        ("Combien de temps dure le mandat ?", "duration"),
        ("How long will the journey take?", "duration"),
        ("Quand la réunion a-t-elle eu lieu ?", "time"),
        ("En quelle année est-il né ?", "time"),
        ("Depuis quand existe-t-elle ?", "time"),
        ("By when will every customer have a meter?", "time"),
        ("Qui a coprésidé la réunion ?", "person"),
        ("Par qui l’armée est-elle menée ?", "person"),
        ("Et pour l’OTAN, qui était là ?", "person"),
        ("Whose contributions will it rely on?", "person"),
        ("Quel ministre a signé ?", "person"),
        ("Où siégera la cellule ?", "where"),
        ("ou se trouve le siege ?", "where"),
        ("Le QG de la Coalition est où ?", "where"),
        ("Dans quelle ville se sont-ils réunis ?", "place"),
        ("Which country leads the monitoring?", "place"),
        ("Pourquoi la France agit-elle ?", "cause"),
        ("À quoi servira la commission ?", "cause"),
        ("What is the aim of the meeting?", "cause"),
        ("Comment s’appelle le barrage ?", "name"),
        ("Quel est le nom du barrage ?", "name"),
        ("Comment la mesure sera-t-elle appliquée ?", "manner"),
        ("Que prévoit l’accord ?", "thing"),
        ("Quelle langue parle-t-on ?", "thing"),
        ("Qui est Jean Monnet ?", "thing"),
        ("Qu’est-ce qui a changé ?", "thing"),
        ("Est-ce que la France agit ?", "nothing"),
        ("La France agit-elle pour la paix ?", "nothing"),
        ("Does the text say who signed?", "nothing"),
        ("Restera-t-il un filet d’eau qui coule ?", "nothing"),
    ],
)
def test_kinds(question: str, kind: str) -> None:
    assert wanted(question).kind == kind


def test_a_follow_up_is_read_from_its_own_interrogative_or_the_one_before() -> None:
    assert wanted("La Coalition s’est réunie quand ? Et c’était où ?").kind == "where"
    assert wanted("Combien de soldats ? Et les troupes françaises ?").kind == "number"


def test_what_is_counted_and_how() -> None:
    assert wanted("Combien de soldats compterait l’armée ?").head == ("soldats",)
    assert "%" in wanted("Quelle part du coût est à sa charge ?").units
    assert "euros" in wanted("Quel est le prix du billet ?").units
    assert not wanted("Combien de soldats ?").units


def test_prepositions_before_an_answer() -> None:
    assert "par" in wanted("Par qui est-il élu ?").prepositions
    assert "against" in wanted("Contre qui se bat-il ?").prepositions
    assert {"à", "en"} & wanted("Où est-il ?").prepositions or "a" in wanted("Où est-il ?").prepositions
    assert not wanted("Que dit-il ?").prepositions


@given(st.text(max_size=80))
def test_any_text_is_read(question: str) -> None:
    assert wanted(question) == wanted(question)

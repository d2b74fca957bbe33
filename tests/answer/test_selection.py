"""What is quoted for each kind of question, on two documents that disagree."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag import Answer, Assistant, Index, QuoteRef
from rag.answer import answer_as_json, markdown
from rag.quotes import named
from rag.types import Prose
from tests.helpers.indexes import made

MINISTRY = """---
title: Dossier du ministère
side: Ministère
date: 2026-03-02
language: fr
---
# Plan de sauvegarde des phares

Le ministère consacrera 640 000 euros à la peinture des phares en 2027. Cette somme sera portée à
1,1 million d’euros
en 2028.

Le chantier a été confié à l’Agence internationale de signalisation maritime depuis le 3 avril 2025.
La préfète Irène
Kowalczyk a signé la convention à Brest.

L’allumage des phares ne sera pas automatique. Il restera confié aux gardiens, car la machine «
tombe en panne les
nuits de tempête », selon l’ingénieur Paul-Henri de Kersaint.

Trois mesures sont prévues :
- une indemnité de 250 euros par mois pour chaque gardien ;
- un logement gratuit sur l’île ;
- une liaison par bateau deux fois par semaine.
"""
UNION = """---
title: Tribune des gardiens
side: Gardiens
date: 2026-03-09
language: fr
---
# Un sauvetage de façade

Les phares attendaient 4 millions d’euros ; on leur donne de quoi repeindre une porte. Nous voulons
un allumage
automatique de tous les phares, pour ne plus risquer de vies.

L’AISM commande et Paris obéit : voilà la vérité de ce chantier.

L’ingénieur de Kersaint se trompe : les machines ont fait leurs preuves au Danemark, parce qu’elles
sont doublées.

L’indemnité de 250 euros est une insulte. Le logement gratuit existait déjà sur cinq îles.
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    index: Index = made(tmp_path_factory.mktemp("phares"), {"ministere.md": MINISTRY, "gardiens.md": UNION})
    yield Assistant(index)
    index.close()


def said(answer: Answer) -> str:
    return " | ".join(quote.text for quote in answer.quotes)


def sides(answer: Answer) -> set[str | None]:
    return {quote.source.side for quote in answer.quotes}


def prose(answer: Answer) -> str:
    return " | ".join(block.text for block in answer.blocks if isinstance(block, Prose))


@pytest.mark.parametrize(
    "question",
    [
        "À quoi sont consacrés les 640 000 euros ?",
        "À quoi sont consacrés les 640.000 euros ?",
        "À quoi sont consacrés les 640,000 euros ?",
        "À quoi sont consacrés les 0,64 million d’euros ?",
        "À quoi sont consacrés les 640 k€ ?",
        "À quoi sont consacrés les six cent quarante mille euros ?",
    ],
)
def test_a_number_is_found_whatever_its_form(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert "640 000 euros à la peinture" in answer.quotes[0].text


@pytest.mark.parametrize("question", ["Que s’est-il passé le 03/04/2025 ?", "What was done on 3 April 2025?"])
def test_so_is_a_date(assistant: Assistant, question: str) -> None:
    assert "3 avril 2025" in assistant.ask(question).quotes[0].text


@pytest.mark.parametrize("question", ["Que dit-on de l’indemnité ?", "Parle-moi de l’indemnité", "indemnité"])
def test_a_topic_has_the_best_of_each_side(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert sides(answer) == {"Ministère", "Gardiens"}
    assert answer.silent_sides == ()


def test_a_list_has_every_item_in_order(assistant: Assistant) -> None:
    answer = assistant.ask("Liste toutes les mesures prévues")
    texts = [quote.text for quote in answer.quotes if quote.source.side == "Ministère"]
    assert [text.split()[1] for text in texts] == ["indemnité", "logement", "liaison"]


def test_compared_sides_stand_opposite_each_other(assistant: Assistant) -> None:
    answer = assistant.ask("Compare les positions sur l’allumage automatique")
    assert sides(answer) == {"Ministère", "Gardiens"}
    assert answer.face == "l’allumage automatique"
    assert "replique face" in answer_as_json(answer)["text"]


def test_a_summary_is_a_selection_of_quotes_and_said_to_be(assistant: Assistant) -> None:
    answer = assistant.ask("Résume le dossier du ministère")
    assert sides(answer) == {"Ministère"}
    assert len(answer.quotes) > 2
    assert "Un choix de phrases" in prose(answer)
    everything = assistant.ask("Fais-moi une synthèse")
    assert sides(everything) == {"Ministère", "Gardiens"}
    named = assistant.ask("Résume le plan de sauvegarde")
    assert "Ministère" in sides(named)


def test_two_questions_are_answered_in_two_parts(assistant: Assistant) -> None:
    answer = assistant.ask("Combien coûtera la peinture des phares et qui a signé la convention ?")
    headings = [block.text for block in answer.blocks if isinstance(block, Prose) and block.heading]
    assert headings == ["Combien coûtera la peinture des phares\u00a0?", "Qui a signé la convention ?"]
    assert "640 000" in said(answer) and "Kowalczyk" in said(answer)
    refs = [block.n for block in answer.blocks if isinstance(block, QuoteRef)]
    assert refs == [quote.n for quote in answer.quotes] == list(range(1, len(refs) + 1))


@pytest.mark.parametrize(
    "question",
    ["Quelle est la position des gardiens sur l’indemnité ?", "Que pensent les gardiens de l’indemnité ?"],
)
def test_naming_a_side_asks_it_alone(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert "une insulte" in answer.quotes[0].text
    assert sides(answer) == {"Gardiens"}
    assert answer.silent_sides == ()


@pytest.mark.parametrize(
    "question", ["Que reproche-t-on au ministère ?", "Give me an argument against the ministère"]
)
def test_of_a_side_the_others_speak(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert sides(answer) == {"Gardiens"}
    assert answer.silent_sides == ()


@pytest.mark.parametrize(
    ("before", "asked", "words"),
    [
        (
            "Que disent les gardiens de l’indemnité ?",
            "Et le ministère ?",
            "une indemnité de 250 euros par mois",
        ),
        ("Combien le ministère consacre-t-il aux phares en 2027 ?", "Et en 2028 ?", "1,1 million"),
        ("Que disent les gardiens de l’indemnité ?", "Et qui a signé la convention ?", "Kowalczyk"),
    ],
)
def test_a_follow_up_is_answered_by_what_it_names(
    assistant: Assistant, before: str, asked: str, words: str
) -> None:
    assert words in assistant.ask(asked, history=[before]).quotes[0].text


def test_why_is_answered_by_a_reason_or_not_at_all(assistant: Assistant) -> None:
    given = assistant.ask("Et pourquoi ?", history=["Que disent les gardiens de l’indemnité ?"])
    assert not given.quotes
    reasoned = assistant.ask("Pourquoi ?", history=["À qui l’allumage des phares restera-t-il confié ?"])
    assert "tombe en panne" in said(reasoned)


def test_yes_or_no_is_said_first_and_the_quote_follows(assistant: Assistant) -> None:
    answer = assistant.ask("L’allumage des phares sera-t-il automatique ?")
    assert answer.blocks[0] == Prose("Non, selon «\u00a0Dossier du ministère\u00a0» (Ministère).")
    assert "ne sera pas automatique" in answer.quotes[0].text


# --- silence ---


SAME = "Nous voulons fermer le tunnel aux camions dès 2028.\n"


def test_who_holds_the_very_words_is_not_silent(tmp_path: Path) -> None:
    index = made(tmp_path, {"Pour/a.txt": SAME, "Contre/b.txt": SAME})
    answer = Assistant(index).ask("Que veut-on pour le tunnel ?")
    assert len(answer.quotes) == 1
    assert {held.source.side for held in (answer.quotes[0], *answer.quotes[0].also)} == {"Pour", "Contre"}
    assert answer.sides == {"Contre": (1,), "Pour": (1,)}
    assert answer.silent_sides == ()
    others = [named(held.source, "fr") for held in answer.quotes[0].also]
    assert f"Les mêmes mots se lisent dans {others[0]}, § 1." in markdown(answer)
    index.close()


def test_another_number_is_not_the_same(tmp_path: Path) -> None:
    index = made(tmp_path, {"Pour/a.txt": SAME, "Contre/b.txt": SAME.replace("2028", "2038")})
    answer = Assistant(index).ask("Que veut-on pour le tunnel ?")
    assert {quote.text[-6:-1] for quote in answer.quotes} == {" 2028", " 2038"}
    index.close()


def test_documents_on_another_subject_are_not_called_silent(tmp_path: Path) -> None:
    cake = "La pâte à crêpes repose une heure. On y met des œufs, du lait et un peu de beurre fondu.\n"
    index = made(tmp_path, {"Pour/a.txt": SAME, "Cuisine/c.txt": cake})
    answer = Assistant(index).ask("Que veut-on pour le tunnel ?")
    assert answer.quotes and answer.silent_sides == ()
    index.close()

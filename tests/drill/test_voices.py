"""Training on one transcript with two sides: questions are of those who speak for one's side."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from rag.drill.drill import Drill
from rag.drill.questions import Quiz
from rag.store.index import Index
from tests.helpers.indexes import made

DEBATE = """---
title: Débat du 12 mai
speakers: {M. Costa: Contre, Mme Ferrand: Pour}
---
M. COSTA : La ligne du tramway coûtera 340 millions d’euros aux contribuables de la ville de Lorme. Le \
chantier fermera la rue des Tanneurs pendant 18 mois entiers.

Mme FERRAND : Le tramway transportera 52 000 voyageurs par jour entre la gare et le port de Lorme. Le \
dépôt emploiera 240 mécaniciens formés dans les lycées de la région.

M. COSTA : Nous savons que les autobus desservent déjà 61 arrêts dans les quartiers du nord de Lorme.

Mme FERRAND : Vous savez que la région paiera 70 millions d’euros des rails et des quais de Lorme.

M. COSTA : La municipalité supprimera 900 places de stationnement autour des halles de Lorme.

Mme FERRAND : Les commerçants du port accueilleront 12 000 visiteurs supplémentaires chaque samedi.
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return made(Path(tmp_path_factory.mktemp("voices")), {"debat.md": DEBATE})


def test_questions_for_a_side_are_of_its_speaker(index: Index) -> None:
    questions = Quiz(index).questions(6, side="Pour", seed=1)
    own = [question for question in questions if question.kind in ("blank", "complete", "about")]
    assert own
    assert {quote.speaker for question in own for quote in question.expected} == {"Mme Ferrand"}
    assert all("Mme Ferrand" in q.prompt for q in own if "Débat" in q.prompt)


def test_who_speaks_is_the_answer(index: Index) -> None:
    questions = Quiz(index).questions(12, seed=2)
    asked = next(each for each in questions if each.kind == "who" and each.expected[0].speaker)
    right = asked.expected[0].speaker or ""
    other = "Mme Ferrand" if right == "M. Costa" else "M. Costa"
    drill = Drill(index)
    assert drill.grade(asked, f"C’est {right}.").verdict == "got"
    assert drill.grade(asked, f"C’est {other}.").verdict == "missed"
    assert drill.grade(replace(asked, lang="fr"), f"Le côté {asked.source.side}.").verdict == "got"

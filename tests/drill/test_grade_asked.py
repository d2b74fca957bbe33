"""Answers to the questions of a set, graded."""

from __future__ import annotations

from typing import Any

import pytest

from rag.drill.question_set import answer_in
from tests.helpers.drills import graded, hidden_in, keys
from tests.helpers.question_sets import BOTH, DOGS, HOW_MANY, SHOTS, WHEN, WHO, Make, the_only


@pytest.mark.parametrize(
    ("question", "answer", "verdict", "certain"),
    [
        (HOW_MANY, "120", "got", True),
        (HOW_MANY, "cent vingt chiens", "got", True),
        (HOW_MANY, DOGS, "got", True),
        (HOW_MANY, "210", "missed", True),
        (HOW_MANY, "beaucoup de chiens", "missed", True),
        (HOW_MANY, "120 ou 200", "partly", True),
        (HOW_MANY, HOW_MANY["question"], "missed", True),
        (WHO, "Jeanne Morel", "got", True),
        (WHO, "Mme Morel", "got", True),
        (WHO, "Jeanne", "partly", False),
        (WHO, "Paul Durand", "missed", None),
        (WHEN, SHOTS, "got", True),
        (WHEN, "quand il y a eu deux attaques dans la même vallée", "got", None),
        (WHEN, "après la vente des fromages", "missed", None),
        (WHEN, "les tirs de défense sont autorisés", "missed", None),
        (WHEN, "un tir de défense autorisé", "missed", None),
        (WHEN, WHEN["question"], "missed", True),
        (WHEN, "oui", "missed", False),
        (WHEN, "je ne sais pas", "missed", True),
        (BOTH, "« Aucune brebis tuée l’an dernier n’a été indemnisée par l’État »", "got", True),
    ],
)
def test_grades(
    make: Make, question: dict[str, Any], answer: str, verdict: str, certain: bool | None
) -> None:
    drill = make(question)
    grade = graded(drill, the_only(drill), answer)
    assert grade.verdict == verdict, grade.reasons
    assert certain is None or grade.certain == certain


def test_a_short_answer_is_marked_where_it_stands(make: Make) -> None:
    drill = make(WHO)
    question = the_only(drill)
    assert hidden_in(question) == "l’agent\nJeanne Morel"
    assert question.hidden == "name"
    assert keys(graded(drill, question, "Paul Durand")) <= {"fact_missing", "fact_changed"}
    other = make(WHO | {"answer": "une personne"})
    assert the_only(other).expected[0].highlights == ()
    assert the_only(other).hidden is None


@pytest.mark.parametrize(
    ("text", "answer", "found"),
    [
        ("une armée de 800\u202f000 soldats", "800 000 SOLDATS", "800\u202f000 soldats"),
        ("À l’Europe, enfin", "a l'europe", "À l’Europe"),
        ("deux ou trois", "trois ou deux", None),
        ("deux", "", None),
        ("deux", "deux ou trois", None),
    ],
)
def test_where_an_answer_stands(text: str, answer: str, found: str | None) -> None:
    span = answer_in(text, answer)
    assert (text[slice(*span)] if span else None) == found

"""A question, read once."""

from __future__ import annotations

import pytest

from rag.search.question import read_question, resolve_follow_up


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

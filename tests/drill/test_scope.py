"""A session is about those who are chosen, and judged by them."""

from __future__ import annotations

import pytest

from rag.drill.drill import Drill
from rag.drill.leitner import State
from rag.errors import InputError
from rag.search import Scope

LEAFLET = Scope(sources=["tract"])


def test_a_session_asks_about_those_chosen_alone(wolves: Drill) -> None:
    for scope, source in ((LEAFLET, "tract"), (Scope(sides=["Préfecture"]), "arrete")):
        begun = wolves.begin(State(), count=6, seed=1, scope=scope)
        quotes = [quote for one in begun.questions for quote in (*one.shown, *one.expected)]
        assert {quote.source.id for quote in quotes} == {source}


def test_what_comes_back_waits_for_a_session_that_hears_it(wolves: Drill) -> None:
    first = wolves.begin(State(), count=8, seed=1)
    state = first.state
    for question in first.questions:
        state = state.answered(question.id, "missed")
    second = wolves.begin(state, count=8, seed=1, scope=LEAFLET)
    quotes = [quote for one in second.questions for quote in (*one.shown, *one.expected)]
    assert {quote.source.id for quote in quotes} == {"tract"}
    assert 0 < second.again < len(first.questions)


def test_a_question_of_others_is_not_in_the_session(wolves: Drill) -> None:
    (question, *_) = wolves.begin(State(), count=1, seed=1, scope=LEAFLET).questions
    assert wolves.grade(question.id, "", scope=LEAFLET).question.expected[0].source.id == "tract"
    with pytest.raises(InputError):
        wolves.grade(question.id, "", scope=Scope(sources=["arrete"]))
    with pytest.raises(InputError, match="nobody is of"):
        wolves.begin(State(), scope=Scope(sides=["Préfecture"], sources=["tract"]))

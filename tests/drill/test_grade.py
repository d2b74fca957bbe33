"""Answers graded, by the kind of question: facts, words, whose they are, quotes, meaning."""

from __future__ import annotations

import json
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.drill.drill import Drill
from rag.drill.forms import grade_as_json, grade_as_text
from rag.drill.types import Question
from rag.errors import InputError
from tests.helpers.drills import asked, graded, hidden_in, keys
from tests.helpers.judges import judged


@pytest.mark.parametrize(
    ("hidden", "answer", "verdict"),
    [
        ("45", "45", "got"),
        ("45", "quarante-cinq jours", "got"),
        ("45", "forty-five", "got"),
        ("45", "54 jours", "missed"),
        ("45", "45 ou 60", "partly"),
        ("45", "je ne sais pas", "missed"),
        ("45", "", "missed"),
        ("1er juin 2025", "June 1, 2025", "got"),
        ("1er juin 2025", "en juin 2025", "partly"),
        ("1er juin 2025", "le 1er juillet 2025", "missed"),
        ("Jeanne Morel", "morel", "got"),
        ("Jeanne Morel", "Jeane Morrel", "got"),
        ("Jeanne Morel", "Jeanne", "partly"),
        ("Jeanne Morel", "Paul Durand", "missed"),
    ],
)
def test_a_hidden_fact(wolves: Drill, hidden: str, answer: str, verdict: str) -> None:
    question = asked(wolves, "blank", hidden, hidden)
    assert graded(wolves, question, answer).verdict == verdict


def test_numbers_in_english(tram: Drill) -> None:
    question = asked(tram, "blank", "24,000", "24,000")
    assert graded(tram, question, "twenty-four thousand").verdict == "got"
    assert graded(tram, question, "42,000").verdict == "missed"


def test_the_rest_of_a_sentence(wolves: Drill) -> None:
    question = asked(wolves, "complete", "lorsque deux attaques", "lorsque deux attaques")
    rest = hidden_in(question)
    assert graded(wolves, question, rest).verdict == "got"
    assert keys(graded(wolves, question, rest)) == {"verbatim"}
    changed = graded(wolves, question, rest.replace("deux", "trois"))
    assert changed.verdict != "got"
    assert "fact_changed" in keys(changed)
    assert graded(wolves, question, "la recette du gratin est simple").verdict == "missed"


def test_a_wrong_number_is_wrong_whatever_the_judge_says(
    wolves: Drill, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = asked(wolves, "complete", "lorsque deux attaques", "lorsque deux attaques")
    judged(monkeypatch, ("", "", "supported"))
    assert graded(wolves, question, "s’il y a deux attaques").verdict == "got"
    wrong = graded(wolves, question, "s’il y a trois attaques")
    assert (wrong.verdict, wrong.certain, keys(wrong)) == ("missed", False, {"fact_changed"})


def test_a_misquote_is_never_got(wolves: Drill) -> None:
    question = asked(wolves, "complete", "lorsque deux attaques", "lorsque deux attaques")
    grade = graded(wolves, question, f"« {hidden_in(question).replace('deux', 'trois')} »")
    assert grade.verdict != "got"
    assert "misquoted" in keys(grade)
    assert [found.verdict for found in grade.quotes] == ["altered"]


def test_a_denial_is_not_what_is_affirmed(wolves: Drill) -> None:
    question = asked(wolves, "complete", "paient seuls", "que les éleveurs")
    assert graded(wolves, question, "que les éleveurs paient tout seuls").verdict == "got"
    denied = graded(wolves, question, "que les éleveurs ne paient pas")
    assert denied.verdict != "got"
    assert keys(denied) == {"contradicts"}


def test_an_answer_in_the_other_language_is_uncertain_or_got(tram: Drill) -> None:
    question = asked(tram, "complete", "it only moves", "it only moves")
    assert (
        graded(tram, question, "il déplace seulement les voitures dans les rues voisines").verdict != "missed"
    )
    assert graded(tram, question, "les poissons mangent des algues").verdict == "missed"


def test_what_a_source_says_about_a_topic(wolves: Drill) -> None:
    question = asked(wolves, "about", "peuvent être autorisés", "tirs de défense")
    for gold in question.expected:
        assert graded(wolves, question, gold.text).verdict == "got"
    assert graded(wolves, question, "ils sont financés par la vente de fromage").verdict == "missed"


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [("Bergers", "got"), ("ce sont les bergers", "got"), ("le tract", "got"), ("la Préfecture", "missed")],
)
def test_who_says_it(wolves: Drill, answer: str, verdict: str) -> None:
    question = asked(wolves, "who", "coûtent 900 euros")
    assert graded(wolves, question, answer).verdict == verdict


def test_who_with_no_name_and_with_both(wolves: Drill) -> None:
    question = asked(wolves, "who", "coûtent 900 euros")
    assert keys(graded(wolves, question, "quelqu’un de fâché")) == {"no_speaker"}
    both = graded(wolves, question, "Bergers ou Préfecture")
    assert (both.verdict, both.certain) == ("partly", False)


def test_a_rebuttal_wants_a_quote_of_ones_own_side(wolves: Drill, monkeypatch: pytest.MonkeyPatch) -> None:
    theirs, own = (
        "sera indemnisée par l’État",
        "Aucune brebis tuée l’an dernier n’a été indemnisée par l’État",
    )
    judged(
        monkeypatch,
        (theirs, "Aucune brebis", "contradicted"),
        (theirs, "vide nos fermes", "contradicted"),
        (theirs, "paient seuls", "weakened"),
        ("n’ont pas été indemnisées", "Aucune brebis", "supported"),
    )
    question = asked(wolves, "rebut", theirs, side="Bergers")
    assert any(own in quote.text for quote in question.expected)
    for answer, verdict, key in [
        (f"Faux : « {own} »", "got", "verbatim"),
        (own, "got", "verbatim"),
        ("« il ruine nos alpages et vide nos fermes »", "got", "opposes"),
        ("« que les éleveurs paient seuls »", "partly", "weakens"),
        ("« On nous parle de « tirs de défense » »", "missed", "beside"),
        ("« l’État »", "partly", "short"),
        ("« Le loup est une espèce protégée »", "missed", "other_side"),
        ("les brebis n’ont pas été indemnisées", "partly", "not_quoted"),
        ("les loups sont gris", "missed", "far"),
        ("« Une brebis tuée l’an dernier n’a pas été indemnisée par l’État »", "missed", "misquoted"),
    ]:
        grade = graded(wolves, question, answer)
        assert (answer, grade.verdict, keys(grade)) == (answer, verdict, {key})


def test_an_exact_quote_beside_the_point_is_missed(wolves: Drill, monkeypatch: pytest.MonkeyPatch) -> None:
    question = asked(wolves, "about", "peuvent être autorisés", "tirs de défense")
    judged(monkeypatch)
    grade = graded(wolves, question, "« Le loup est une espèce protégée »")
    assert (grade.verdict, keys(grade)) == ("missed", {"far"})
    assert [found.verdict for found in grade.quotes] == ["exact"]


def test_an_answer_that_is_too_long_is_refused(wolves: Drill) -> None:
    question = wolves.quiz.questions(1)[0]
    with pytest.raises(InputError, match="4000 at most"):
        wolves.grade(question.id, "a" * 5000)


@cache
def some_questions(drill: Drill) -> list[Question]:
    return drill.quiz.questions(12)


@settings(max_examples=60)
@given(answer=st.text(max_size=120), number=st.integers(0, 11))
def test_any_answer_is_graded(wolves: Drill, answer: str, number: int) -> None:
    questions = some_questions(wolves)
    grade = wolves.grader.grade(questions[number % len(questions)], answer)
    assert grade.verdict in ("got", "partly", "missed")
    json.dumps(grade_as_json(grade))
    assert grade_as_text(grade)

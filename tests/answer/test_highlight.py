"""The words that answer: which, and that marks are always whole words inside the quote."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag import Assistant
from rag.answer.forms import answer_as_json, markdown
from rag.answer.highlight import FEATURES, highlights, load_weights
from rag.answer.tokens import SHARE
from rag.search.question import read_question
from rag.types import Answer
from tests.helpers import ROOT

ARMY = (
    "La paix serait accompagnée de l’établissement d’une force armée de 800\u202f000 soldats, épaulée par "
    "les pays de la coalition, et également de milliers de soldats français."
)
MEETING = (
    "Le 6 janvier 2026, en effet, s’est tenue une réunion à Paris, coprésidée par le président français "
    "Emmanuel Macron, et par le premier ministre britannique Keir Starmer, en présence du secrétaire général "
    "de l’OTAN."
)


def marked(question: str, text: str) -> list[str]:
    return [text[start:end] for start, end in highlights(read_question(question), text, (0, len(text)))]


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("Combien de soldats compterait la force armée ?", ARMY, ["800\u202f000 soldats"]),
        (
            "Qui a coprésidé la réunion ?",
            MEETING.replace("coprésidée", "coprésidé"),
            ["président français Emmanuel Macron", "premier ministre britannique Keir Starmer"],
        ),
        ("Quand s’est tenue la réunion ?", MEETING, ["Le 6 janvier 2026"]),
        ("Où s’est tenue la réunion ?", MEETING, ["Paris"]),
        (
            "À quoi servira la Commission spéciale ?",
            "La Coalition sera représentée au sein de la Commission spéciale créée pour examiner toute "
            "violation, en attribuer la responsabilité et y remédier.",
            ["examiner toute violation"],
        ),
        (
            "How many men did the army have?",
            "In the spring of 1916 the army had 1,200 men in four camps, and no horses at all.",
            ["1,200 men"],
        ),
        (
            "Quel type de convergence a été décidé ?",
            "Il a été décidé qu’il y aurait une « convergence opérationnelle » entre les états-majors.",
            ["opérationnelle"],
        ),
        (
            "Quand la mesure entrera-t-elle en vigueur ?",
            "Cette mesure entrera en vigueur dès la signature du traité, avec l’accord des deux chambres.",
            ["dès la signature du traité"],
        ),
    ],
)  # fmt: skip
def test_the_words_that_answer(question: str, text: str, expected: list[str]) -> None:
    assert marked(question, text) == expected


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Combien de soldats ?", "Les soldats de la coalition sont venus de loin et repartent demain."),
        ("Quand se réunit-on ?", "On se réunit dans la grande salle du palais de la présidence."),
        ("La France agit-elle pour la paix ?", MEETING),
        ("Qui a coprésidé avec Emmanuel Macron ?", "La réunion fut ouverte par Emmanuel Macron, on le sait."),
        ("Combien de soldats ?", "Huit cents."),
        ("", MEETING),
        ("???", MEETING),
    ],
)
def test_nothing_is_marked_where_no_words_answer(question: str, text: str) -> None:
    assert marked(question, text) == []


def test_what_is_denied_is_not_marked() -> None:
    said = "La ligue a été créée en raison de la crise du port."
    assert marked("Pourquoi la ligue a-t-elle été créée ?", said) == ["la crise du port"]
    assert marked("Pourquoi la ligue a-t-elle été créée ?", said.replace("a été", "n’a pas été")) == []


def test_little_of_a_short_quote_is_marked() -> None:
    assert marked("Combien cela coûte-t-il ?", "Cela coûte près de 40 millions d’euros.") == ["40 millions"]


def test_offsets_are_those_of_the_source() -> None:
    text = f"Avant : 12 000 soldats. {ARMY} Après : 13 000 soldats."
    start = text.index(ARMY)
    (mark,) = highlights(
        read_question("Combien de soldats compterait la force armée ?"), text, (start, start + len(ARMY))
    )
    assert text[slice(*mark)] == "800\u202f000 soldats"
    assert start <= mark[0] < mark[1] <= start + len(ARMY)


# --- whatever the text ----------------------------------------------------------------------------

QUESTIONS = (
    "Combien de soldats ?|Quand ?|Qui a signé l’accord de Paris ?|Où est le siège ?|Pourquoi la guerre ?|"
    "Comment s’appelle-t-il ?|Comment faire ?|Que dit l’accord ?|How long did it last?|Quelle ville ?"
).split("|")
WORDS = (
    "Le la de l’ à en 6 janvier 2026 800\u202f000 12,5 % soldats accord Paris Marie Curie M. président pour "
    "signer parce que guerre , ; . « » ( ) et dès cent vingt-cinq e\u0301te\u0301 \n États-Unis"
).split(" ")
texts = st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join) | st.text(max_size=120)
NUMBER = re.compile(r"(?<!\S)\d{1,3}(?:[\u202f\u00a0]\d{3})+(?!\S)")


def cuts(text: str, edge: int) -> bool:
    """Whether a place is inside a word or a number."""
    if 0 < edge < len(text) and text[edge - 1].isalnum() and text[edge].isalnum():
        return True
    return any(number.start() < edge < number.end() for number in NUMBER.finditer(text))


@given(st.sampled_from(QUESTIONS) | st.text(max_size=40), texts, st.data())
def test_marks_are_whole_words_inside_the_quote(question: str, text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    marks = highlights(read_question(question), text, (start, end))
    assert marks == highlights(read_question(question), text, (start, end))
    reached = start
    for begin, stop in marks:
        assert reached <= begin < stop <= end
        reached = stop
        assert not cuts(text, begin)
        assert not cuts(text, stop)
    assert sum(stop - begin for begin, stop in marks) <= SHARE * (end - start)


def test_the_weights_are_the_models() -> None:
    assert set(load_weights()) == {"fact", "name", "cause", "thing"}
    kept = json.loads((ROOT / "rag/weights/highlight.json").read_text(encoding="utf-8"))
    assert all(set(weights) == set(FEATURES) for weights in kept["weights"].values())


# --- in answers -----------------------------------------------------------------------------------


def marks_of(answer: Answer) -> list[list[str]]:
    return [
        [quote.text[start - quote.start : end - quote.start] for start, end in quote.highlights]
        for quote in answer.quotes
    ]


@pytest.mark.parametrize(
    "question",
    [
        "Combien de soldats compterait l’armée ukrainienne ?",
        "How many soldiers would the Ukrainian army have?",
        "combien de soldat dans larmée ukrainiene",
    ],
)
def test_a_question_in_either_language_marks_the_number(shipped: Assistant, question: str) -> None:
    assert marks_of(shipped.ask(question))[0] == ["800 000 soldats"]


def test_a_follow_up_marks_what_it_asks_for(shipped: Assistant) -> None:
    answer = shipped.ask(
        "Et c’était quand ?", history=["Où s’est tenue la réunion de la Coalition à Paris ?"]
    )
    assert any("6 janvier 2026" in " ".join(marks) for marks in marks_of(answer))


def test_json_gives_the_marks_and_the_terminal_does_not(shipped: Assistant) -> None:
    answer = shipped.ask("Combien de soldats compterait l’armée ukrainienne ?")
    first = answer_as_json(answer)["quotes"][0]
    ((start, end),) = first["highlights"]
    assert first["text"][start - first["start"] : end - first["start"]] == "800 000 soldats"
    plain = replace(answer, quotes=tuple(replace(quote, highlights=()) for quote in answer.quotes))
    assert markdown(answer) == markdown(plain)


def test_passages_that_do_not_answer_are_not_marked(shipped: Assistant) -> None:
    answer = shipped.ask("Combien de temps faut-il pour cuire un œuf ?")
    assert answer.near
    assert not any(quote.highlights for quote in answer.near)


def test_a_number_of_others_is_not_marked() -> None:
    text = "Une force de 800 000 soldats, avec des hubs et en outre des milliers de soldats français."
    span = (0, len(text))
    marked = highlights(read_question("Combien de soldats ?"), text, span)
    assert [text[slice(*one)] for one in marked] == ["800 000 soldats"]
    others = highlights(read_question("Combien de soldats français seraient là ?"), text, span)
    assert "800 000" not in " ".join(text[slice(*one)] for one in others)

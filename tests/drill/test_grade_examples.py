"""Answers as people give them, in both languages, to questions on invented documents about work."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from rag.drill.drill import Drill
from rag.reader import Label
from tests.helpers.drills import asked, graded, index_of, keys
from tests.helpers.judges import judged

REPORT = """---
title: Note sur l’emploi
side: Institut
---
Le taux de chômage atteint 7,1 % de la population active au premier trimestre.

Un cinquième des emplois ont disparu depuis la crise, surtout dans les services de la région.

Les aides régionales seront versées en juin pour sauver les petites entreprises du bâtiment.

Le ministre refuse d’augmenter le salaire minimum des apprentis.

La reprise viendra « des services », dit la chambre de commerce du département.
"""
LETTER = """---
title: Letter of the unions
side: Unions
---
One in five workers of the county has lost a job in the retail trade since the crisis.

The minister refuses to raise the minimum wage of apprentices this year.

The factory of Haverbrook will close in March, because its owner moves production abroad.
"""
FILLED = [
    ("7,1 %", "7,1 %", "sept virgule un", "got"),
    ("7,1 %", "7,1 %", "seven point one percent", "got"),
    ("7,1 %", "7,1 %", "71 %", "missed"),
    ("Un cinquième", "Un cinquième", "20 %", "got"),
    ("Un cinquième", "Un cinquième", "one in five", "got"),
    ("Un cinquième", "Un cinquième", "un emploi sur cinq", "got"),
    ("Un cinquième", "Un cinquième", "un quart", "missed"),
    ("Un cinquième", "Un cinquième", "25 %", "missed"),
    ("One in five", "One in five", "a fifth", "got"),
    ("One in five", "One in five", "un sur cinq", "got"),
    ("One in five", "One in five", "one in four", "missed"),
    ("Haverbrook", "Haverbrook", "Haverbrok", "got"),
    ("Haverbrook", "Haverbrook", "Springfield", "missed"),
]
REST = [
    ("Un cinquième", "surtout", "surtout dans les services", "got"),
    ("Un cinquième", "surtout", "surtout dans l’industrie de la région", "missed"),
    ("Un cinquième", "surtout", "above all in the services of the region", "got"),
    ("aides régionales", "pour", "pour aider les petites firmes du bâtiment", "got"),
    ("aides régionales", "pour", "pour sauver les grandes entreprises du bâtiment", "missed"),
    (
        "aides régionales",
        "pour",
        "Le ministre refuse d’augmenter le salaire minimum des apprentis.",
        "missed",
    ),
    ("will close", "because", "because its owner moves production to another country", "got"),
    ("will close", "because", "parce que son propriétaire déplace la production à l’étranger", "got"),
    ("will close", "because", "because the river has flooded the roads", "missed"),
    ("will close", "because", "the cats sleep on the roof", "missed"),
]


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Drill]:
    index = index_of(tmp_path_factory.mktemp("work"), {"note.md": REPORT, "letter.md": LETTER})
    yield Drill(index)
    index.close()


@pytest.mark.parametrize(("words", "hidden", "answer", "verdict"), FILLED)
def test_what_fills_a_gap(work: Drill, words: str, hidden: str, answer: str, verdict: str) -> None:
    grade = graded(work, asked(work, "blank", words, hidden), answer)
    assert grade.verdict == verdict, grade.reasons


@pytest.mark.parametrize(("words", "rest", "answer", "verdict"), REST)
def test_how_a_sentence_goes_on(work: Drill, words: str, rest: str, answer: str, verdict: str) -> None:
    question = asked(work, "complete", words, rest)
    grade = graded(work, question, answer)
    assert grade.verdict == verdict, grade.reasons


ANSWER = "in other words"
SENTENCE = "will close in March, because"


@pytest.mark.parametrize(
    ("said", "held", "verdict", "key"),
    [
        ("supported", "supported", "got", "meaning"),
        ("supported", "neither", "partly", "part"),
        ("neither", "supported", "missed", "far"),
        ("contradicted", "neither", "missed", "contradicts"),
        ("neither", "neither", "missed", "far"),
    ],
)
def test_a_passage_and_an_answer_bear_each_other_out(
    work: Drill, monkeypatch: pytest.MonkeyPatch, said: Label, held: Label, verdict: str, key: str
) -> None:
    question = asked(work, "complete", "will close", "because")
    judged(monkeypatch, (ANSWER, SENTENCE, said), (SENTENCE, ANSWER, held))
    grade = graded(work, question, ANSWER)
    assert (grade.verdict, keys(grade)) == (verdict, {key})
    assert grade.certain


def test_quoted_words_may_be_told_in_others(work: Drill, monkeypatch: pytest.MonkeyPatch) -> None:
    question = asked(work, "blank", "La reprise", "des services")
    assert graded(work, question, "le service").verdict == "got", "inflected"
    assert graded(work, question, "de l’industrie").verdict == "missed"
    judged(
        monkeypatch,
        ("du tertiaire", "La reprise", "supported"),
        ("La reprise", "du tertiaire", "supported"),
        ("de l’industrie", "La reprise", "contradicted"),
    )
    other = graded(work, question, "du tertiaire")
    assert (other.verdict, keys(other), other.certain) == ("got", {"meaning"}, False)
    assert keys(graded(work, question, "de l’industrie")) == {"fact_changed"}

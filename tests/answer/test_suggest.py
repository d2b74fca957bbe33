from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag import Assistant, Index, load_settings, sync
from rag.answer.candidates import of_sentences, of_subjects
from rag.answer.material import Material
from rag.answer.suggest import SUGGESTED, TRIED, follow_ups, openers
from rag.text import content_words

QUESTIONS = [
    "Quelles mesures sont prévues pour une paix durable ?",
    "Quel soutien à l’armée ukrainienne ?",
]
TOWN = """---
title: Note de la mairie
side: Mairie
---
La redevance rapportera 180 000 euros par an. La ville emploie 40 agents à la piscine. La redevance sera revue
en 2029. Le maire refuse le référendum parce que le délai est trop court.
"""
OPPONENTS = """---
title: Tract
side: Opposants
---
La redevance est injuste pour les familles. Nous demandons que la redevance soit supprimée. Six familles ont
quitté le quartier depuis la hausse de la redevance.

Pourquoi la mairie cache-t-elle les comptes de la piscine ?

Les comptes de la piscine sont mauvais, et le maire le sait.
"""
COUNCIL = """---
title: Council note
side: Council
language: en
---
The council will close 14 libraries. The toll bridge will cost £3 million. The ballot will be held on 24 June.
"""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    yield from _assistant(tmp_path_factory.mktemp("town"), {"a.md": TOWN, "b.md": OPPONENTS})


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    yield from _assistant(tmp_path_factory.mktemp("council"), {"a.md": COUNCIL})


def _assistant(folder: Path, documents: dict[str, str]) -> Iterator[Assistant]:
    (folder / "corpus").mkdir()
    for name, text in documents.items():
        (folder / "corpus" / name).write_text(text, encoding="utf-8")
    index = Index(load_settings(corpus=folder / "corpus", store=folder / "store"))
    sync(index)
    yield Assistant(index)
    index.close()


def material(assistant: Assistant) -> Material:
    snapshot = assistant.index.snapshot()
    return Material(snapshot, range(len(snapshot.infos)))


def test_sentences_are_turned_into_questions_that_say_who(town: Assistant) -> None:
    found = {each.question.replace("\u00a0", " "): each for each in of_sentences(material(town), "fr", None)}
    assert "Combien rapportera la redevance par an ?" in found
    assert "Combien d’agents la ville emploie-t-elle à la piscine ?" in found
    assert "Pourquoi le maire refuse-t-il le référendum ?" in found
    assert "Quand la redevance sera-t-elle revue ?" in found
    assert "Que demandent les opposants ?" in found
    asked = found["Pourquoi la mairie cache-t-elle les comptes de la piscine ?"]
    assert asked.kind == "asked"
    assert {source for source, _, _ in asked.places} == {"b"}
    assert all(each.endswith("\u00a0?") for each in (c.question for c in found.values()))
    assert not list(of_sentences(material(town), "en", None))


def test_a_question_is_made_of_the_sentence_that_answers_it(town: Assistant) -> None:
    snapshot = town.index.snapshot()
    for each in of_sentences(material(town), "fr", None):
        for source, start, end in each.places:
            number = snapshot.number_of(source)
            assert number is not None
            text = snapshot.source(number).text[start:end]
            assert text == text.strip()
            assert each.kind in {"asked", "stance"} or each.words & set(content_words(text))


def test_what_both_sides_speak_of_is_asked_of_each(town: Assistant) -> None:
    found = [
        each.question.replace("\u00a0", " ") for each in of_subjects(material(town), "fr", None, frozenset())
    ]
    assert found[:5] == [
        "Que dit la mairie de la redevance ?",
        "Que répond la mairie aux opposants sur la redevance ?",
        "Que disent les opposants de la redevance ?",
        "Que répondent les opposants à la mairie sur la redevance ?",
        "Que disent les sources de la redevance ?",
    ]
    unheard = of_subjects(material(town), "fr", None, frozenset({"Mairie"}))
    assert not any("la mairie de la redevance" in each.question for each in unheard)


def test_a_subject_in_the_other_language_stands_in_its_own_words(town: Assistant) -> None:
    found = {each.question for each in of_subjects(material(town), "en", None, frozenset())}
    assert "What do the sources say about “la redevance”?" in found
    assert "What does the “Mairie” side say about “la redevance”?" in found


def test_english_sentences_make_english_questions(council: Assistant) -> None:
    found = {each.question for each in of_sentences(material(council), "en", None)}
    assert found == {
        "How many libraries will the council close?",
        "How much will the toll bridge cost?",
        "When will the ballot be held?",
    }


def test_openers_are_answered_by_the_sentences_that_they_are_made_of(town: Assistant) -> None:
    made = material(town)
    found = [*of_sentences(made, "fr", None), *of_subjects(made, "fr", None, frozenset())]
    known = {each.question: each.places for each in found}
    questions = openers(town, "fr")
    assert 0 < len(questions) <= SUGGESTED
    for question in questions:
        first = town.ask(question, lang="fr").quotes[0]
        assert any(
            first.source.id == source and first.start < end and start < first.end
            for source, start, end in known[question]
        )


def test_no_more_questions_are_asked_than_allowed(town: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    answer = town.ask("Quelle est la recette de la tarte ?")

    def ask(self: Assistant, question: str, **options: object) -> object:
        asked.append(question)
        return answer

    monkeypatch.setattr(Assistant, "ask", ask)
    assert openers(town, "fr") == ()
    assert 0 < len(asked) <= TRIED
    assert len(set(asked)) == len(asked)


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_is_suggested_is_answered_with_something_new(shipped: Assistant, question: str) -> None:
    answer = shipped.ask(question)
    suggested = follow_ups(shipped, answer)
    assert suggested
    assert len(set(suggested)) == len(suggested) <= SUGGESTED
    shown = {(quote.source.id, quote.start) for quote in answer.quotes}
    for each in suggested:
        other = shipped.ask(each, lang=answer.lang)
        assert (other.quotes[0].source.id, other.quotes[0].start) not in shown


def test_nothing_is_suggested_where_nothing_can_be_asked(tmp_path: Path) -> None:
    for assistant in _assistant(tmp_path, {"un.txt": "Cela éclaire la mer chaque soir.\n"}):
        assert openers(assistant, "fr") == openers(assistant, "en") == ()
        assert follow_ups(assistant, assistant.ask("Que fait le phare ?")) == ()

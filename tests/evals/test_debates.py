"""The invented debates are sound: what they hold, and what they may not."""

from __future__ import annotations

import pytest

from evals.sets.debates import Debate, load_debates
from evals.sets.questions import QUESTIONS, load_questions
from evals.sets.squad import split_of
from rag.documents.frontmatter import split_front_matter
from rag.drill.question_set import SetQuestion, place_in
from rag.settings import shipped_corpus
from rag.text import segment, terms

DEBATES = load_debates()
ASKED = [(debate, question) for debate in DEBATES for question in debate.questions]
FIRST = frozenset(
    "accord-agricole accord-peche barrage climat congestion-charge dette eau ecrans-ecole eoliennes hopital "
    "intelligence-artificielle jeux-sportifs ligne-ferroviaire loyers pesticide retraites revenu-de-base "
    "universites".split()
)
"""The debates that there were before most were written."""
UNANSWERED = frozenset(
    "far near twin false_premise follow_up_absent telegraphic_absent misspelt_absent yes_no_absent "
    "position_absent who_said_absent".split()
)
"""Kinds of questions that nothing answers."""
HELD_OUT = frozenset(
    "semaine quatre heures duree travail hebdomadaire week working hours four-day mariage couple noces "
    "union marriage wedding".split()
)
"""Words of subjects that are asked elsewhere, by people who may not find them here."""


def where(debate: Debate, question: SetQuestion) -> str:
    return f"{debate.name}: {question.question}"


def test_there_are_many() -> None:
    assert len({debate.name for debate in DEBATES} - FIRST) >= 40
    assert len(ASKED) >= 4000


@pytest.mark.parametrize("part", ["fit", "check", "report"])
def test_each_part_has_several(part: str) -> None:
    own = [debate for debate in DEBATES if split_of(debate.name) == part]
    assert len(own) >= 6
    kinds = {question.kind for debate in own for question in debate.questions}
    assert kinds >= UNANSWERED | {"fact", "both_sides", "one_side", "paraphrase", "twin", "yes_no"}


def test_each_has_documents_of_several_sides_with_titles() -> None:
    for debate in DEBATES:
        assert all(voice.title for voice in debate.voices.values()), debate.name
        assert len({voice.side for voice in debate.voices.values()} - {""}) >= 2, debate.name


def test_every_gold_slice_stands_once_in_its_document() -> None:
    for debate, question in ASKED:
        for gold in question.gold:
            assert place_in(debate.texts[gold.source], gold.text), where(debate, question)


def test_every_answer_stands_in_a_gold_slice() -> None:
    for debate, question in ASKED:
        if question.answer is not None:
            assert any(question.answer in gold.text for gold in question.gold), where(debate, question)


def test_what_nothing_answers_has_no_gold_and_all_else_has() -> None:
    for debate, question in ASKED:
        assert bool(question.gold) == (question.kind not in UNANSWERED), where(debate, question)


def test_no_question_is_asked_twice_of_a_debate() -> None:
    for debate in DEBATES:
        asked = [(question.question, question.history) for question in debate.questions]
        assert len(set(asked)) == len(asked), debate.name


def test_parts_share_no_document() -> None:
    parts: dict[str, set[str]] = {}
    for debate in DEBATES:
        for text in debate.texts.values():
            parts.setdefault(text, set()).add(split_of(debate.name))
    assert all(len(found) == 1 for found in parts.values())


# --- what is kept for others ----------------------------------------------------------------------


def test_none_is_on_what_is_held_out() -> None:
    for debate in DEBATES:
        titles = " ".join(voice.title for voice in debate.voices.values())
        assert not HELD_OUT & set(debate.name.split("-")), debate.name
        for subject in ("semaine de", "35 heures", "four-day", "working week", "mariage", "marriage"):
            assert subject not in titles.lower(), debate.name


def sentences_of(text: str) -> set[tuple[str, ...]]:
    """The words of its sentences that are not mere fragments."""
    found = (
        tuple(terms(text[each.start : each.end], "fr"))
        for passage in segment(text)
        for each in passage.sentences
    )
    return {words for words in found if len(words) > 3}


def test_nothing_of_the_shipped_documents_is_in_them() -> None:
    shipped = set[tuple[str, ...]]()
    for file in shipped_corpus().glob("*.md"):
        shipped |= sentences_of(split_front_matter(file.read_text(encoding="utf-8"))[1])
    assert len(shipped) > 30
    for debate in DEBATES:
        for text in debate.texts.values():
            assert not shipped & sentences_of(text), debate.name


def test_no_question_of_the_fixed_set_is_asked_in_them() -> None:
    fixed = {asked.text for asked in load_questions(QUESTIONS) if not asked.history}
    assert not fixed & {question.question for _, question in ASKED if not question.history}

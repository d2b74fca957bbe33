"""What the networks are fitted on: the right sentences, the right characters, the right passages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from evals.fit.network.examples import Corpus, Example, debate_corpus, reading_corpus
from evals.sets.debates import debates_of, is_gold, load_debate
from rag.text.sentences import SENTENCE_MIN_WORDS
from tests.helpers.reading_sets import SAILORS, asked, names_of, write_debate, write_set

TEXT = (
    "Il pleut souvent sur la côte. Le phare de Cordouan fut bâti en 1611 par un roi. La mer est haute. "
    "On y compte 301 marches."
)
OTHER = "La tour Eiffel mesure 330 mètres. Elle fut bâtie pour une exposition."


def told(corpus: Corpus, example: Example) -> list[tuple[list[str], str | None]]:
    """The sentences that answer, and the short answer, by passage."""
    found = []
    for gold in example.golds:
        passage = corpus.units[gold.unit].passage
        sentences = [passage.text[slice(*passage.sentences[number])] for number in gold.sentences]
        found.append((sentences, gold.span and passage.text[slice(*gold.span)]))
    return found


# --- a debate -------------------------------------------------------------------------------------


@pytest.fixture
def small(tmp_path: Path) -> Corpus:
    return debate_corpus(load_debate(write_debate(tmp_path / "port")), seed=1)


def test_golds_and_spans_of_a_debate_by_hand(small: Corpus) -> None:
    fact, near, follow_up = small.examples
    assert told(small, fact) == [([SAILORS], "140 marins")]
    assert near.golds == ()
    assert told(small, follow_up) == [(["Il ferme à neuf heures du soir, sauf le dimanche."], None)]
    assert [example.kind for example in small.examples] == ["fact", "near", "follow_up"]


def test_a_follow_up_stands_after_the_question_before_it(small: Corpus) -> None:
    assert small.examples[2].question == "À quelle heure ouvre le port, le soir ?"


def test_passages_have_the_voice_of_their_document(small: Corpus) -> None:
    assert {unit.source: unit.passage.head for unit in small.units} == {
        "accord": "L’accord (Ministère)",
        "reply": "La réponse (Marins)",
    }


def test_others_are_all_passages_that_do_not_answer_the_nearest_first(small: Corpus) -> None:
    for example in small.examples:
        golds = {gold.unit for gold in example.golds}
        assert sorted([*golds, *example.others]) == list(range(len(small.units)))
    assert SAILORS in small.units[small.examples[1].others[0]].passage.text  # of « dockers », the near one


def test_the_same_seed_gives_the_same(tmp_path: Path) -> None:
    debate = load_debate(write_debate(tmp_path / "port"))
    assert debate_corpus(debate, 1).examples == debate_corpus(debate, 1).examples


@pytest.fixture(scope="module")
def checked() -> list[tuple[Corpus, dict[str, list[tuple[str, str]]]]]:
    """Some invented debates, with the gold slices of each question."""
    found = []
    for debate in debates_of("check")[:4]:
        golds = {
            q.question: [(g.source, debate.texts[g.source][slice(*debate.place(g))]) for g in q.gold]
            for q in debate.questions
            if not q.history
        }
        found.append((debate_corpus(debate, 1), golds))
    return found


def test_golds_of_the_invented_debates_are_their_gold_slices(
    checked: list[tuple[Corpus, dict[str, list[tuple[str, str]]]]],
) -> None:
    for corpus, golds in checked:
        for example in corpus.examples:
            wanted = golds.get(example.question, [])
            found = [s for sentences, _ in told(corpus, example) for s in sentences]
            for _, gold in wanted:
                assert any(is_gold(sentence, gold) for sentence in found), example.question
            for sentence in found if wanted else ():
                assert any(is_gold(sentence, gold) for _, gold in wanted), example.question


def test_other_passages_of_the_invented_debates_hold_no_gold(
    checked: list[tuple[Corpus, dict[str, list[tuple[str, str]]]]],
) -> None:
    for corpus, golds in checked:
        for example in corpus.examples:
            assert not {gold.unit for gold in example.golds} & set(example.others)
            for number in example.others:
                unit = corpus.units[number]
                for source, gold in golds.get(example.question, []):
                    short = len(gold.split()) < SENTENCE_MIN_WORDS  # « Non. » may stand anywhere
                    assert short or source != unit.source or gold not in unit.passage.text, example.question


# --- a reading set --------------------------------------------------------------------------------


@pytest.fixture
def reading(tmp_path: Path) -> Iterator[Corpus]:
    first, second = names_of("fit", 2)
    [away] = names_of("report", 1)
    questions = [
        asked("Quand fut bâti le phare ?", TEXT, "1611"),
        asked("Qui bâtit la côte ?", TEXT),
        asked("Combien de marches ?", TEXT, "301 marches"),
    ]
    file = write_set(
        tmp_path / "set.json",
        {
            first: (TEXT, questions),
            away: ("Un tout autre texte.", [asked("Quel texte ?", "Un tout autre texte.", "autre")]),
            second: (OTHER, [asked("Combien mesure la tour ?", OTHER, "330 mètres")]),
        },
    )
    variants = tmp_path / "variants.jsonl"
    line = {"id": "Quand fut bâti le phare ?", "en": "When was it built?", "near_fr": "Quand brûla-t-il ?"}
    variants.write_text(json.dumps(line), encoding="utf-8")
    yield reading_corpus(file, "small", "fit", 1, variants)


def test_golds_and_spans_of_a_reading_set_by_hand(reading: Corpus) -> None:
    assert [(example.question, told(reading, example)) for example in reading.examples] == [
        ("Quand fut bâti le phare ?", [(["Le phare de Cordouan fut bâti en 1611 par un roi."], "1611")]),
        ("When was it built?", [(["Le phare de Cordouan fut bâti en 1611 par un roi."], "1611")]),
        ("Quand brûla-t-il ?", []),
        ("Qui bâtit la côte ?", []),
        ("Combien de marches ?", [(["On y compte 301 marches."], "301 marches")]),
        ("Combien mesure la tour ?", [(["La tour Eiffel mesure 330 mètres."], "330 mètres")]),
    ]
    assert [example.kind for example in reading.examples] == [
        "original", "en", "near_fr", "impossible", "original", "original"
    ]  # fmt: skip


def test_articles_of_other_parts_stay_out(reading: Corpus) -> None:
    assert [unit.passage.text for unit in reading.units] == [TEXT, OTHER]


def test_what_seems_to_answer_comes_first_of_those_that_do_not(reading: Corpus) -> None:
    for example in reading.examples:
        golds = [gold.unit for gold in example.golds]
        assert not set(golds) & set(example.others)
        if not golds:
            assert reading.units[example.others[0]].passage.text == TEXT

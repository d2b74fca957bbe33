"""Rows of tokens: whose each token is, where it stands, and where a row is cut."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.reader.pairs import (
    END,
    HEAD,
    HEAD_TOKENS,
    PAIR_TOKENS,
    QUESTION_TOKENS,
    START,
    Pair,
    Passage,
    alone,
    head_of,
    joined,
    load_pairs,
    voice_of,
)
from rag.types import Place, Sentence, Span
from tests.helpers.segments import texts, units

QUESTION = "Combien de navires ?"
TEXT = "La flotte compte douze navires. Elle mouille à Brest ; le port est fermé."
SENTENCES = ((0, 31), (32, 54), (55, 73))
WHERE = Place(0, 1, 0)
SHAPES = {
    "emoji": "Le 🦜 parle. 🦜🦜 Il dit 👩\u200d👩\u200d👧 souvent. 🏳\ufe0f",
    "ligatures": "La ﬁn de l’aﬀaire. ﷺ est long. \ufdfa\ufdfa",
    "NUL": "Un\0mot. \0Un autre\0. \0",
    "surrogates": "Un \ud800 mot. \udfff Un autre.",
    "accents apart": "E\u0301te\u0301. \u0301A\u0300 la mer.",
    "no space between": "la paix;la guerre;(le reste).Voilà",
    "a word of 5000 letters": "Un " + "anticonstitutionnel" * 300 + " mot.",
    "a sentence of 900 words": "mot " * 900 + ". Puis la fin.",
    "white space": " \n\t \u2028 ",
    "marks": "?!…«»—",
    "unknown letters": "ꙮꙮꙮ ߷. ꙮ",
    "nothing": "",
}


def split(text: str) -> tuple[Span, ...]:
    """Sentences as the segmenter has them, but for a text in which it finds none."""
    found = tuple((sentence.start, sentence.end) for sentence in units(text))
    return found or ((((0, len(text)),)) if text else ())


def rows_of(passage: Passage) -> list[Pair]:
    pairs = load_pairs()
    return [pairs.alone(passage), joined(pairs.question(QUESTION), *pairs.passage(passage))]


def check(passage: Passage, pair: Pair) -> None:
    """What holds of every row, whatever the text."""
    assert len(pair.ids) == len(pair.owners) == len(pair.offsets) <= PAIR_TOKENS
    assert (pair.ids[0], pair.ids[-1]) == (START, END)
    assert (pair.owners[0], pair.owners[-1]) == (HEAD, HEAD)
    assert 0 <= pair.question[0] <= pair.question[1] <= pair.passage <= len(pair.ids)
    owned = [owner for owner in pair.owners if owner != HEAD]
    assert owned == sorted(owned), "sentences stand in their order, each in one piece"
    for owner, (start, end) in zip(pair.owners, pair.offsets, strict=True):
        if owner == HEAD:
            assert (start, end) == (0, 0)
            continue
        first, last = passage.sentences[owner]
        assert first <= start < end <= last


@pytest.mark.parametrize(
    "head", ["", "Un titre (un camp)\nUne section", "ﷺ" * 100], ids=["bare", "under a title", "under much"]
)
@pytest.mark.parametrize("name", SHAPES)
def test_every_token_is_of_the_sentence_it_lies_in(name: str, head: str) -> None:
    text = SHAPES[name]
    for sentences in (split(text), ((0, len(text)),) if text else (), ()):
        passage = Passage(text, sentences, head)
        for pair in rows_of(passage):
            check(passage, pair)


@given(texts, st.sampled_from(["", "Titre (camp)"]))
@settings(max_examples=150)
def test_it_holds_for_any_text(text: str, head: str) -> None:
    passage = Passage(text, split(text), head)
    for pair in rows_of(passage):
        check(passage, pair)


@given(st.text(max_size=80), st.lists(st.integers(0, 80), max_size=6))
@settings(max_examples=150)
def test_it_holds_wherever_sentences_are_cut(text: str, cuts: list[int]) -> None:
    edges = sorted({0, len(text), *(cut for cut in cuts if cut < len(text))})
    passage = Passage(text, tuple(pairwise(edges)))
    for pair in rows_of(passage):
        check(passage, pair)


def test_every_word_of_a_short_text_has_its_tokens() -> None:
    passage = Passage(TEXT, SENTENCES, "Titre")
    pair = load_pairs().alone(passage)
    for number, (first, last) in enumerate(SENTENCES):
        own = [span for owner, span in zip(pair.owners, pair.offsets, strict=True) if owner == number]
        told = {position for start, end in own for position in range(start, end)}
        assert told == {n for n in range(first, last) if not TEXT[n].isspace()}


def test_what_stands_over_a_passage_is_of_no_sentence() -> None:
    pairs = load_pairs()
    bare, under = (pairs.passage(Passage(TEXT, SENTENCES, head)) for head in ("", "La flotte"))
    assert len(under[0]) > len(bare[0]) > 0
    assert under[1] == bare[1]


def test_a_row_by_hand() -> None:
    pair = joined([7, 8], [9], [(10, 0, (0, 2)), (11, 1, (3, 4))])
    assert pair.ids == [START, 7, 8, END, END, 9, 10, 11, END]
    assert pair.question == (1, 3)
    assert pair.passage == 5
    assert pair.owners == [HEAD] * 6 + [0, 1, HEAD]
    assert pair.offsets == [(0, 0)] * 6 + [(0, 2), (3, 4), (0, 0)]
    row = alone([9], [(10, 0, (0, 2))])
    assert row.ids == [START, 9, 10, END]
    assert row.owners == [HEAD, HEAD, 0, HEAD]
    assert row.question == (0, 0)
    assert row.passage == len(row.ids), "all of it is of the first kind"


def test_a_question_alone() -> None:
    pairs = load_pairs()
    pair = pairs.asked(QUESTION)
    assert pair.ids == [START, *pairs.question(QUESTION), END]
    assert set(pair.owners) == {HEAD}
    assert pairs.asked("\ud800").ids[0] == START


def test_rows_are_cut_at_their_limits() -> None:
    pairs = load_pairs()
    long = Passage("mot " * 900, ((0, 3600),), "titre " * 900)
    question = pairs.question("pourquoi " * 900)
    head, inside = pairs.passage(long)
    assert len(question) == QUESTION_TOKENS
    assert len(head) == HEAD_TOKENS
    assert len(inside) >= 900, "only a row is cut"
    pair = joined(question, head, inside)
    assert len(pair.ids) == len(pairs.alone(long).ids) == PAIR_TOKENS
    assert pair.owners.count(0) == PAIR_TOKENS - QUESTION_TOKENS - HEAD_TOKENS - 4
    assert len(joined(question, head, inside, most=10).ids) == QUESTION_TOKENS + HEAD_TOKENS + 4


def test_what_is_cut_off_is_the_end() -> None:
    text = "mot " * 500 + ". Puis la fin."
    passage = Passage(text, ((0, 2001), (2002, len(text))))
    assert set(load_pairs().alone(passage).owners) == {HEAD, 0}
    reversed_ = Passage(text[2002:] + " " + text[:2001], ((0, 12), (13, 2014)))
    assert set(load_pairs().alone(reversed_).owners) == {HEAD, 0, 1}


# --- what stands over it --------------------------------------------------------------------------


def test_a_voice_is_a_title_and_a_side() -> None:
    assert voice_of("Tract", "Bergers") == "Tract (Bergers)"
    assert voice_of("Tract", None) == "Tract"


def test_the_head_has_only_what_stands_outside() -> None:
    text = "# Ports\nSont fermés :\n- Brest"
    (_, heading), (_, lead) = (0, 7), (0, 21)
    first = Sentence(22, 29, WHERE, lead_in=(8, lead), heading=(2, heading))
    assert head_of("Arrêté", text, first, 22) == "Arrêté\nPorts\nSont fermés :"
    assert head_of("", text, first, 22) == "Ports\nSont fermés :"
    assert head_of("Arrêté", text, first, 8) == "Arrêté\nPorts", "the lead-in is in the passage"
    assert head_of("", text, Sentence(0, 7, WHERE), 0) == ""


def test_of_a_long_question_the_end_is_kept() -> None:
    pairs = load_pairs()
    before = "Le rapport sur les soins de ville est long et touffu, et tout n’y est pas utile. " * 12
    one, other = (pairs.question(f"{before} Et pour les {who} ?") for who in ("dentistes", "pharmaciens"))
    assert len(one) <= QUESTION_TOKENS and len(other) <= QUESTION_TOKENS
    assert one != other
    opening = pairs.question("x")[:2]
    assert one[:2] == other[:2] == opening, "it is still told to be a question"

"""The judge with the weights that come with the program."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.reader import LABELS, Judge, Passage, load_judge
from tests.helpers.segments import texts, units

CLEAR = {
    "La flotte compte 412 navires.": {
        "La flotte de pêche compte 412 navires.": "supported",
        "La flotte de pêche compte 380 navires.": "contradicted",
        "Le port est ouvert toute l’année.": "neither",
    },
    "Le maire a accusé le préfet.": {
        "Le préfet a été mis en cause par le maire.": "supported",
        "La bibliothèque ferme le lundi.": "neither",
    },
    "The fleet has no fishing ships left.": {
        "La flotte compte 412 navires de pêche.": "contradicted",
        "The fleet has 412 fishing ships.": "contradicted",
    },
}


@pytest.fixture(scope="module")
def judge() -> Judge:
    return load_judge()


def alone(sentence: str) -> Passage:
    return Passage(sentence, ((0, len(sentence)),))


def told(judge: Judge, claim: str, sentence: str) -> str:
    [judged] = judge.read(claim, [alone(sentence)])
    return LABELS[int(judged[0].argmax())]


@pytest.mark.parametrize("claim", CLEAR)
def test_what_is_clear_is_judged_so(judge: Judge, claim: str) -> None:
    assert {sentence: told(judge, claim, sentence) for sentence in CLEAR[claim]} == CLEAR[claim]


def test_each_sentence_is_judged_in_its_passage(judge: Judge) -> None:
    text = "Le port est ouvert toute l’année. La flotte compte 380 navires."
    middle = text.index(" La flotte")
    [judged] = judge.read(
        "La flotte compte 412 navires.", [Passage(text, ((0, middle), (middle + 1, len(text))))]
    )
    assert [LABELS[n] for n in judged.argmax(axis=1)] == ["neither", "contradicted"]


@given(texts, st.sampled_from(["", "La flotte compte 412 navires.", "\ud800", "🦜", "pourquoi " * 400]))
@settings(max_examples=25)
def test_any_text_is_judged_beside_any_claim(text: str, claim: str) -> None:
    passage = Passage(text, tuple((sentence.start, sentence.end) for sentence in units(text)))
    [judged] = load_judge().read(claim, [passage])
    assert judged.shape == (len(passage.sentences), len(LABELS))
    assert np.allclose(judged.sum(axis=1), 1, atol=1e-4)
    assert (judged >= 0).all()


def test_a_sentence_that_is_cut_off_does_nothing(judge: Judge) -> None:
    long = "Il pleut sur le port et la mer monte. " * 60
    text = long + "La flotte compte 380 navires."
    [judged] = judge.read(
        "La flotte compte 412 navires.", [Passage(text, ((0, len(long)), (len(long), len(text))))]
    )
    assert LABELS[int(judged[1].argmax())] == "neither"

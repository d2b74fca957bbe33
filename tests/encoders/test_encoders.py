"""The settings that name encoders."""

from __future__ import annotations

import socket
import sys

import pytest
from llama_index.core.embeddings import MockEmbedding

from rag.encoders.load import encoder_id, load_encoder, word_encoder
from rag.encoders.own import OwnEncoder, own_id
from rag.encoders.use import EmbeddedEncoder, use_id
from rag.errors import EncoderError


@pytest.mark.parametrize(
    "setting",
    ["", "nonsense", "huggingface:", "openai-like:name", "openai-like:name@", "REPLIQUE", "use", "e5"],
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
    names = {encoder_id(setting) for setting in ("replique", "huggingface:a/b", "openai-like:b@http://c")}
    assert len(names) == 3
    assert encoder_id("huggingface:a/b") == "huggingface:a/b"


def test_ours_is_named_with_its_fit_and_with_the_one_for_words() -> None:
    assert encoder_id("replique") == own_id() == load_encoder("replique").model_name
    ours, words = own_id().split("+")
    assert ours.startswith("replique/")
    assert words == use_id()


def test_words_are_compared_by_the_other_one() -> None:
    assert isinstance(word_encoder(OwnEncoder()), EmbeddedEncoder)
    another = MockEmbedding(embed_dim=3)
    assert word_encoder(another) is another, "one of the user's compares words as well"

"""A reranker over HTTP: both forms, every failure, its settings."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from rag.errors import EndpointError, SettingsError
from rag.reader import Reranker
from rag.settings import load_settings
from tests.helpers.models import KEY
from tests.helpers.reranker import breaks_off, drips_headers, floods, ranks, ranks_as_tei, sends
from tests.helpers.scripted_endpoint import Scripted, dripping, not_events, running, silent, status

QUESTION = "combien de soldats"
TEXTS = ["rien", "combien de soldats ici ?", "des soldats « d’élite »"]


@pytest.fixture
def server() -> Iterator[Scripted]:
    with running() as server:
        yield server


def reranker(server: Scripted, seconds: float = 10.0, path: str = "/v1/rerank", **more: Any) -> Reranker:
    url = f"http://127.0.0.1:{server.server_port}{path}"
    return Reranker(load_settings(rerank_url=url, rerank_timeout=seconds, **more))


def test_scores_are_in_the_order_of_the_texts(server: Scripted) -> None:
    server.script = ranks()
    assert reranker(server).scores(QUESTION, TEXTS) == [0.0, 3.0, 1.0]
    (asked,) = server.asked
    assert asked == {"body": {"query": QUESTION, "documents": TEXTS, "top_n": 3}, "authorization": ""}


def test_the_form_of_text_embeddings_inference(server: Scripted) -> None:
    server.script = ranks_as_tei()
    assert reranker(server, path="/rerank").scores(QUESTION, TEXTS) == [0.0, 3.0, 1.0]
    body = server.asked[0]["body"]
    assert body["documents"] == TEXTS  # vLLM and llama.cpp answer at this address, too
    assert body["truncate"] is True


def test_model_and_key_are_sent(server: Scripted) -> None:
    server.script = ranks()
    reranker(server, rerank_model="m", rerank_key=KEY).scores(QUESTION, TEXTS)
    assert server.asked[0]["body"]["model"] == "m"
    assert server.asked[0]["authorization"] == f"Bearer {KEY}"


def test_no_text_asks_nothing(server: Scripted) -> None:
    assert reranker(server).scores(QUESTION, []) == []
    assert not server.asked


def test_threads_get_their_own_scores(server: Scripted) -> None:
    server.script = ranks(lambda question, text: float(question) * float(text))
    shared = reranker(server)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda n: shared.scores(str(n), ["1", "2"]), range(40)))
    assert found == [[n, 2.0 * n] for n in range(40)]


def scored(*rows: tuple[Any, Any]) -> Any:
    return sends(json.dumps({"results": [{"index": n, "relevance_score": score} for n, score in rows]}))


FAILURES: dict[str, tuple[Any, str]] = {
    "wrong key": (status(401, KEY), "refused"),
    "broken": (status(500, KEY), "refused"),
    "moved": (status(307), "refused"),
    "created": (status(201), "refused"),
    "cut": (breaks_off, "cut"),
    "a web page": (not_events, "unreadable"),
    "not JSON": (sends('{"results": [{"index": 0'), "unreadable"),
    "deep JSON": (sends("[" * 200_000), "unreadable"),
    "other JSON": (sends('{"hello": [1, 2]}'), "unreadable"),
    "a number": (sends("3"), "unreadable"),
    "numbers": (sends("[0, 1, 2]"), "unreadable"),
    "no scores": (sends('[{"index": 0}, {"index": 1}, {"index": 2}]'), "unreadable"),
    "indexes no keys": (scored(([0], 1.0), (1, 1.0), (2, 1.0)), "unreadable"),
    "too few": (scored((0, 1.0), (1, 1.0)), "unusable"),
    "none": (scored(), "unusable"),
    "too many": (scored((0, 1.0), (1, 1.0), (2, 1.0), (3, 1.0)), "unusable"),
    "repeated": (scored((0, 1.0), (1, 1.0), (1, 2.0)), "unusable"),
    "repeated beside all": (scored((0, 1.0), (1, 1.0), (2, 1.0), (1, 2.0)), "unusable"),
    "negative": (scored((0, 1.0), (1, 1.0), (-1, 1.0)), "unusable"),
    "words": (scored(("0", 1.0), ("1", 1.0), ("2", 1.0)), "unusable"),
    "not a number": (scored((0, 1.0), (1, float("nan")), (2, 1.0)), "unusable"),
    "infinite": (scored((0, 1.0), (1, float("inf")), (2, 1.0)), "unusable"),
    "null": (scored((0, 1.0), (1, None), (2, 1.0)), "unusable"),
    "a score in words": (scored((0, 1.0), (1, "0.5"), (2, 1.0)), "unusable"),
    "a flood": (floods, "endless"),
}


@pytest.mark.parametrize("name", FAILURES)
def test_a_failure_is_an_error_that_shows_no_secret(name: str, server: Scripted) -> None:
    server.script, kind = FAILURES[name]
    with pytest.raises(EndpointError) as caught:
        reranker(server, rerank_key=KEY).scores(QUESTION, TEXTS)
    assert caught.value.kind == kind
    for told in (str(caught.value), caught.value.in_words("fr")):
        assert KEY not in told
        assert "127.0.0.1" not in told


@pytest.mark.parametrize("script", [silent, dripping, drips_headers])
def test_the_whole_reply_has_one_deadline(script: Any, server: Scripted) -> None:
    server.script = script
    begun = time.perf_counter()
    with pytest.raises(EndpointError, match="REPLIQUE_RERANK_TIMEOUT") as caught:
        reranker(server, seconds=0.5).scores(QUESTION, TEXTS)
    assert caught.value.kind == "slow"
    assert time.perf_counter() - begun < 5
    if script is not silent:  # which does not look
        assert server.left.wait(10), "the request goes on"


def test_nothing_listens(server: Scripted) -> None:
    server.shutdown()  # else it may still take one
    server.server_close()
    with pytest.raises(EndpointError, match="REPLIQUE_RERANK_URL") as caught:
        reranker(server).scores(QUESTION, TEXTS)
    assert caught.value.kind == "unreachable"


# --- settings -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("http://h:8080", "http://h:8080/v1/rerank"),
        ("http://h:8080/v1/", "http://h:8080/v1/rerank"),
        ("https://api.cohere.com/v2/rerank", "https://api.cohere.com/v2/rerank"),
        ("http://h/rerank/", "http://h/rerank"),
        ("", ""),
    ],
)
def test_an_address_without_a_path_gets_the_usual_one(given: str, kept: str) -> None:
    assert load_settings(rerank_url=given).rerank_url == kept


@pytest.mark.parametrize(
    "url",
    [
        "localhost:8080", "ftp://host", f"http://user:{KEY}@host/v1", f"http://host:{KEY}/v1",
        f"http://host/v1/rerank?key={KEY}", f"http://host/#{KEY}", f"http://[{KEY}", f"http://\u2100{KEY}/v1",
    ],
)  # fmt: skip
def test_an_address_that_cannot_be_is_not_shown(url: str) -> None:
    with pytest.raises(SettingsError, match="REPLIQUE_RERANK_URL") as caught:
        load_settings(rerank_url=url)
    assert KEY.casefold() not in str(caught.value).casefold()


@pytest.mark.parametrize("seconds", [0, -1, float("nan"), float("inf")])
def test_a_deadline_that_cannot_be(seconds: float) -> None:
    with pytest.raises(SettingsError, match="REPLIQUE_RERANK_TIMEOUT"):
        load_settings(rerank_timeout=seconds)


def test_the_key_is_never_shown_and_goes_into_its_own_setting() -> None:
    settings = load_settings(rerank_url="http://h", rerank_key=KEY)
    assert KEY not in f"{settings!r} {settings} {settings.model_dump()}"
    with pytest.raises(SettingsError, match="REPLIQUE_RERANK_KEY"):
        load_settings(rerank_url=f"http://{KEY}@h/v1")


def test_no_address_is_said() -> None:
    with pytest.raises(SettingsError, match="REPLIQUE_RERANK_URL"):
        Reranker(load_settings())

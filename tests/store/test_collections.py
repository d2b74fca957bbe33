"""Collections of Chroma: the embedded one, and one that indexes terms, as Chroma Cloud does (scripted)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from chromadb.errors import InvalidArgumentError

from rag.errors import SettingsError, StoreError
from rag.settings import Settings, load_settings
from rag.store.chroma import close, connect, server_told, store_errors
from rag.store.collections import add, candidates, create_collection, has_terms, open_collection
from rag.store.sparse import passage_vector, question_vector
from rag.store.synchronise import ensure, sync
from tests.helpers.indexes import DOCUMENTS, WordEncoder, found, open_in, slices, write
from tests.helpers.scripted_chroma import DATABASE, KEY, TENANT, ScriptedChroma, running

VECTORS = np.eye(4, dtype=np.float32)
TERMS = [["navire", "flotte", "navire"], ["blé"], [], ["moulin"]]
IDS = ["0", "1", "2", "3"]
HEADER = "quite-secret-too"


@pytest.fixture
def cloud() -> Iterator[ScriptedChroma]:
    with running() as server:
        yield server


def on(cloud: ScriptedChroma, **settings: str) -> Settings:
    return load_settings(chroma=cloud.url, **{"chroma_key": KEY, **settings})


@pytest.fixture
def client(cloud: ScriptedChroma) -> Iterator[Any]:
    opened = connect(on(cloud))
    yield opened
    close(opened)


def filled(client: Any, name: str = "replique-a-b") -> Any:
    collection = create_collection(client, name, len(IDS))
    add(collection, IDS, VECTORS, TERMS)
    return collection


def test_the_embedded_one_has_no_terms_and_gives_cosines(tmp_path: Path) -> None:
    client = connect(load_settings(store=tmp_path / "store"))
    with pytest.raises(InvalidArgumentError):
        create_collection(client, "replique-a-b", 4, sparse=True)
    collection = filled(client)
    assert not has_terms(open_collection(client, "replique-a-b"))
    best, *others = candidates(collection, VECTORS[1], ["flotte"], 9)
    assert best == ("1", pytest.approx(1))
    assert [cosine for _, cosine in others] == pytest.approx([0, 0, 0])
    assert [name for name, _ in candidates(collection, VECTORS[1], [], 9, ids=["0", "3"])] == ["0", "3"]
    assert create_collection(client, "replique-a-b", 2).count() == 0  # one left by a killed run goes
    with pytest.raises(StoreError, match="0 of 2"):
        open_collection(client, "replique-a-b")


def test_terms_are_numbered_alike_everywhere_and_saturate() -> None:
    once, often = passage_vector(["blé", "mil"]), passage_vector(["blé"] * 9 + ["mil"])
    assert (
        once.indices
        == often.indices
        == question_vector(["mil", "blé", "mil"]).indices
        == sorted(once.indices)
    )
    number = question_vector(["blé"]).indices[0]
    weight = dict(zip(often.indices, often.values, strict=True))[number]
    assert once.values[0] < weight < 2.2
    assert question_vector(["blé", "blé"]).values == [1.0]


def test_every_request_has_key_headers_tenant_and_database(cloud: ScriptedChroma) -> None:
    client = connect(on(cloud, chroma_headers=f'{{"X-Team": "{HEADER}"}}'))
    filled(client)
    close(client)
    assert all(headers["x-team"] == HEADER for _, _, headers, _ in cloud.asked)
    after = cloud.asked[1:]  # the first asks only whether anybody is there
    assert after
    assert all(headers["x-chroma-token"] == KEY for _, _, headers, _ in after)
    place = f"/api/v2/tenants/{TENANT}/databases/{DATABASE}/collections"  # those that the key is for
    assert any(path == place for _, path, _, _ in after)
    assert server_told(on(cloud)) == "1.0.0"
    with pytest.raises(StoreError, match="REPLIQUE_CHROMA_TENANT"):
        connect(on(cloud, chroma_tenant="others"))


def test_terms_are_indexed_beside_the_vectors_and_both_are_asked(cloud: ScriptedChroma, client: Any) -> None:
    collection = filled(client)
    (made,) = cloud.bodies("/collections")
    index = made["schema"]["keys"]["terms"]["sparse_vector"]["sparse_vector_index"]
    assert (index["enabled"], index["config"]["bm25"]) == (True, True)
    dense = made["schema"]["keys"]["#embedding"]["float_list"]["vector_index"]["config"]
    assert dense["space"] == "cosine"
    assert made["metadata"] == {"vectors": 4, "sparse": True}
    (given,) = cloud.bodies("/add")
    assert given["metadatas"][0]["terms"]["#type"] == "sparse_vector"
    assert given["metadatas"][2] is None
    collection = open_collection(client, "replique-a-b")
    assert has_terms(collection)
    ranked = candidates(collection, VECTORS[3], ["flotte"], 3)
    assert {name for name, _ in ranked[:2]} == {"0", "3"}  # one by its words, one by its meaning
    assert {cosine for _, cosine in ranked} == {None}
    assert [name for name, _ in candidates(collection, VECTORS[3], [], 2, ids=["1", "3"])] == ["3", "1"]
    searched = cloud.bodies("/search")
    assert searched[0]["searches"][0]["limit"] == {"offset": 0, "limit": 3}
    assert searched[1]["searches"][0]["filter"] == {"#id": {"$in": ["1", "3"]}}
    assert not cloud.bodies("/query")


@pytest.mark.parametrize("is_sparse", [False, None])
def test_a_server_without_such_an_index_is_found_out(
    cloud: ScriptedChroma, client: Any, is_sparse: bool | None
) -> None:
    cloud.is_sparse = is_sparse
    collection = filled(client)
    assert not has_terms(open_collection(client, "replique-a-b"))
    assert candidates(collection, VECTORS[1], ["flotte"], 1) == [("1", pytest.approx(1))]
    (given,) = cloud.bodies("/add")
    assert given["metadatas"] is None


def test_batches_and_a_second_try(cloud: ScriptedChroma, client: Any) -> None:
    many = create_collection(client, "replique-a-c", 700)
    cloud.next_replies = [(503, "<html>busy</html>")]
    add(many, [str(n) for n in range(700)], np.ones((700, 4), np.float32), [["mot"]] * 700)
    sizes = [len(body["ids"]) for body in cloud.bodies("/add")]
    assert (max(sizes), many.count()) == (300, 700)
    cloud.next_replies = [(400, {"error": "QuotaError", "message": "too many"})]
    before = len(cloud.asked)
    with pytest.raises(StoreError, match="raise its limits"), store_errors():
        many.count()
    assert len(cloud.asked) == before + 1


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        ((401, {"error": "AuthError", "message": f"not {KEY}"}), "REPLIQUE_CHROMA_KEY"),
        ((502, f"<html>{KEY} {HEADER}</html>"), "does not answer"),
        ((200, "<html>Sign in</html>"), "does not answer"),
        ((404, {"error": "NotFoundError", "message": "gone"}), "replique index"),
        ((500, {"error": "InternalError", "message": "a\nb"}), r"failed \(a b\)"),
    ],
)
def test_what_goes_wrong_is_one_line_without_secrets(cloud: ScriptedChroma, reply: Any, told: str) -> None:
    client = connect(on(cloud, chroma_headers=f'{{"X-Team": "{HEADER}"}}'))
    collection = filled(client)
    cloud.next_replies = [reply]
    with pytest.raises(StoreError, match=told) as failed, store_errors():
        collection.count()
    close(client)
    cloud.next_replies = [(200, {"nanosecond heartbeat": 1}), reply]
    try:
        connect(on(cloud, chroma_headers=f'{{"X-Team": "{HEADER}"}}'))
        refused = ""
    except StoreError as error:
        refused = str(error)
    for said in (str(failed.value), failed.value.in_words("fr"), refused):
        assert "\n" not in said
        assert KEY not in said
        assert HEADER not in said


@pytest.mark.parametrize(
    "given",
    [
        {"chroma_key": f"{KEY}\n"},
        {"chroma_headers": f"X-Team: {KEY}"},
        {"chroma_headers": f'{{"X-Team": "é{KEY}"}}'},
        {"chroma": f"https://user:{KEY}@example.org"},
        {"chroma_ca": "nowhere.pem"},
    ],
)
def test_settings_that_cannot_be_sent_are_refused_unseen(given: dict[str, str]) -> None:
    with pytest.raises(SettingsError) as error:
        load_settings(**given)
    assert KEY not in str(error.value)
    assert next(iter(given)).upper() in str(error.value)


def test_an_index_on_such_a_server_answers_as_the_embedded_one(cloud: ScriptedChroma, tmp_path: Path) -> None:
    write(tmp_path / "corpus", DOCUMENTS)
    index = open_in(tmp_path, chroma=cloud.url, chroma_key=KEY)
    sync(index)
    write(tmp_path / "embedded/corpus", DOCUMENTS)
    embedded = open_in(tmp_path / "embedded")
    sync(embedded)
    assert [quote.text for quote in found(index)] == [quote.text for quote in found(embedded)]
    assert slices(index.snapshot(), found(index))
    assert cloud.bodies("/search")
    cloud.held.clear()  # its data are lost
    with pytest.raises(StoreError, match=r"gone from Chroma.*replique index"):
        found(index)
    encoder = WordEncoder()
    assert ensure(open_in(tmp_path, encoder, chroma=cloud.url, chroma_key=KEY)) is not None
    assert [quote.text for quote in found(index)] == [quote.text for quote in found(embedded)]
    assert encoder.idle

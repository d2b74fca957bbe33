"""The vectors in a real Chroma server, on loopback."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from rag.errors import StoreError
from rag.store.index import Index
from rag.store.synchronise import ensure, sync
from tests.helpers.indexes import DOCUMENTS, FLEET, QUESTION, WordEncoder, found, open_in, slices, write

pytestmark = pytest.mark.server


class Server:
    """``chroma run``, to be started and stopped."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self.url = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [str(Path(sys.executable).parent / "chroma"), "run", "--host", "127.0.0.1"]
        command += ["--port", str(self.port), "--path", str(self.folder)]
        with (self.folder / "server.log").open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log)
        deadline = time.monotonic() + 60
        while not self._is_up():
            assert self._process.poll() is None, (self.folder / "server.log").read_text()
            assert time.monotonic() < deadline, "the Chroma server did not come up"
            time.sleep(0.1)

    def _is_up(self) -> bool:
        try:
            return httpx.get(f"{self.url}/api/v2/heartbeat", trust_env=False).is_success
        except httpx.HTTPError:
            return False

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(30)
            self._process = None


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(tmp_path_factory.mktemp("chroma"))
    running.start()
    yield running
    running.stop()


def made_on(server: Server, folder: Path, documents: dict[str, str] = DOCUMENTS) -> Index:
    write(folder / "corpus", documents)
    index = open_in(folder, chroma=server.url)
    sync(index)
    return index


def texts(index: Index, **options: Any) -> list[tuple[str, str]]:
    return [(quote.source.id, quote.text) for quote in found(index, **options)]


def collections(index: Index) -> set[str]:
    return {collection.name for collection in index.segments()._client.list_collections()}


def test_a_server_answers_as_the_embedded_store_does(server: Server, tmp_path: Path) -> None:
    index = made_on(server, tmp_path / "served")
    write(tmp_path / "embedded/corpus", DOCUMENTS)
    embedded = open_in(tmp_path / "embedded")
    sync(embedded)
    assert texts(index) == texts(embedded)
    assert slices(index.snapshot(), found(index))
    assert not (tmp_path / "served/store/chroma").exists()
    encoder = WordEncoder()
    report = sync(open_in(tmp_path / "served", encoder, chroma=server.url))
    assert (report.wrote, encoder.idle) == (False, True)


def test_two_stores_of_one_server_leave_each_other_alone(server: Server, tmp_path: Path) -> None:
    one = made_on(server, tmp_path / "one")
    other = made_on(server, tmp_path / "other", {"fleet.md": FLEET})
    before = texts(one)
    assert {source for source, _ in texts(other)} == {"fleet"}
    write(tmp_path / "other/corpus", {"fleet.md": "La flotte est partie.\n"})
    sync(open_in(tmp_path / "other", chroma=server.url))
    assert texts(other) == [("fleet", "La flotte est partie.")]
    assert texts(one) == before
    assert ensure(open_in(tmp_path / "one", chroma=server.url)) is None
    for index in (one, other):  # nothing of their own is left behind
        (segment,) = index.snapshot().manifest.segments
        prefix = segment.rpartition("-")[0]
        own = {name for name in collections(index) if name.startswith(prefix)}
        assert own == {f"{segment}-sentence", f"{segment}-passage"}


def test_what_is_local_is_made_again_from_the_corpus(server: Server, tmp_path: Path) -> None:
    index = made_on(server, tmp_path)
    expected, generation = texts(index), index.snapshot().manifest.generation
    shutil.rmtree(tmp_path / "store" / generation)
    encoder = WordEncoder()
    report = ensure(open_in(tmp_path, encoder, chroma=server.url))
    assert report is not None
    assert (report.rebuilt, encoder.seen) == ("the index was damaged", [])
    assert texts(index) == expected
    shutil.rmtree(tmp_path / "store")
    assert ensure(open_in(tmp_path, chroma=server.url)) is not None
    assert texts(open_in(tmp_path, chroma=server.url)) == expected


def test_lost_collections_are_noticed(server: Server, tmp_path: Path) -> None:
    index = made_on(server, tmp_path)
    expected = texts(index)
    (segment,) = index.snapshot().manifest.segments
    index.segments()._client.delete_collection(f"{segment}-sentence")
    with pytest.raises(StoreError, match="--rebuild"):
        found(index)
    report = ensure(open_in(tmp_path, chroma=server.url))
    assert report is not None
    assert report.rebuilt == "the index was damaged"
    assert texts(index) == expected


def test_from_embedded_to_a_server_and_back(server: Server, tmp_path: Path) -> None:
    index = made_on(server, tmp_path)
    expected = texts(index)
    report = ensure(open_in(tmp_path))
    assert report is not None
    assert report.rebuilt == "another vector store"
    assert texts(open_in(tmp_path)) == expected
    assert ensure(open_in(tmp_path, chroma=server.url)) is not None
    assert texts(index) == expected
    assert not (tmp_path / "store/chroma").exists()


def one_line(error: pytest.ExceptionInfo[StoreError], url: str) -> bool:
    message = str(error.value)
    return "\n" not in message and "does not answer" in message and "chroma run" in message


def test_no_server_is_one_line(tmp_path: Path) -> None:
    nobody = Server(tmp_path)
    write(tmp_path / "corpus", DOCUMENTS)
    for act in (sync, ensure):
        with pytest.raises(StoreError) as error:
            act(open_in(tmp_path, chroma=nobody.url))
        assert one_line(error, nobody.url)
    with pytest.raises(StoreError) as error:
        sync(open_in(tmp_path, chroma="http://127.0.0.1:99999"))
    assert one_line(error, nobody.url)


def test_a_server_that_stops_and_starts_between_questions(server: Server, tmp_path: Path) -> None:
    index = made_on(server, tmp_path)
    vectors = index.snapshot().vector_store("sentence")
    expected = texts(index)
    server.stop()
    server.start()
    assert texts(index) == expected
    server.stop()
    for act in (lambda: found(index), lambda: sync(index), lambda: ensure(index)):
        with pytest.raises(StoreError) as error:
            act()
        assert one_line(error, server.url)
    from llama_index.core.vector_stores import VectorStoreQuery

    question = VectorStoreQuery(index.encoder.get_query_embedding(QUESTION), similarity_top_k=1)
    with pytest.raises(StoreError) as error:
        vectors.query(question)
    assert one_line(error, server.url)
    server.start()
    assert texts(index) == expected
    assert ensure(index) is None

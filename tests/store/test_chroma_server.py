"""The vectors in a real Chroma server, on loopback."""

from __future__ import annotations

import asyncio
import json
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from chromadb.errors import InvalidArgumentError

from rag.answer.assistant import Assistant
from rag.api.tools import Tools
from rag.errors import StoreError
from rag.settings import load_settings
from rag.store.chroma import close, connect
from rag.store.collections import create_collection, has_terms
from rag.store.index import Index
from rag.store.synchronise import ensure, sync
from rag.ui.chat.calls import Calls
from tests.helpers.indexes import (
    DOCUMENTS,
    FLEET,
    QUESTION,
    WordEncoder,
    child,
    finished,
    found,
    open_in,
    slices,
    write,
)

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

    def stop(self, at_once: bool = False) -> None:
        if self._process is not None:
            (self._process.kill if at_once else self._process.terminate)()
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
    return {collection.name for collection in index.shards()._client.list_collections()}


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
        prefix = index.shards()._prefix
        own = {name for name in collections(index) if name.startswith(prefix)}
        assert own == {prefix + part for part in index.snapshot().manifest.parts}


def test_what_is_local_is_made_again_from_the_corpus(server: Server, tmp_path: Path) -> None:
    index = made_on(server, tmp_path)
    expected, (part,) = texts(index), index.snapshot().manifest.parts
    shutil.rmtree(tmp_path / "store" / part)
    report = ensure(open_in(tmp_path, chroma=server.url))
    assert report is not None
    assert report.rebuilt == "the index was damaged"
    assert texts(index) == expected
    shutil.rmtree(tmp_path / "store")
    assert ensure(open_in(tmp_path, chroma=server.url)) is not None
    assert texts(open_in(tmp_path, chroma=server.url)) == expected


def test_lost_collections_are_made_again_and_nothing_is_embedded(server: Server, tmp_path: Path) -> None:
    index = made_on(server, tmp_path)
    expected = texts(index)
    (part,) = index.snapshot().manifest.parts
    index.shards()._client.delete_collection(index.shards()._prefix + part)
    with pytest.raises(StoreError, match=r"gone from Chroma.*replique index"):
        found(index)
    encoder = WordEncoder()
    report = ensure(open_in(tmp_path, encoder, chroma=server.url))
    assert report is not None
    assert (report.rebuilt, encoder.idle) == ("the index was damaged", True)
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


def shown(index: Index) -> str:
    """What the page shows instead of an answer."""

    async def last() -> Any:
        asked = {"lang": "fr", "question": QUESTION, "turn": 1}
        return [update async for update in Calls(Tools(Assistant(index))).ask(asked)][-1]

    update = asyncio.run(last())
    assert update["failed"]
    (part,) = update["parts"]
    return str(part)


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
    assert "serveur Chroma ne répond pas" in shown(index)
    from llama_index.core.vector_stores import VectorStoreQuery

    question = VectorStoreQuery(index.encoder.get_query_embedding(QUESTION), similarity_top_k=1)
    with pytest.raises(StoreError) as error:
        vectors.query(question)
    assert one_line(error, server.url)
    server.start()
    assert texts(index) == expected
    assert ensure(index) is None


def follow_and_ask(folder: Path, url: str, log: Path) -> None:
    """For a child: as a page on another machine, ask in two threads until told to stop; log what comes."""
    settings = {"store": folder / "store", "corpus": folder / "nowhere", "follow": True}
    index = open_in(folder, chroma=url, **settings)
    writing = threading.Lock()

    def ask() -> None:
        while not (folder / "stop").exists():
            time.sleep(0.05)
            try:
                told = json.dumps(texts(index))
            except StoreError as error:
                told = f"error: {error} / {error.in_words('fr')}"
            except Exception as error:
                told = f"fault: {error!r}"
            with writing, log.open("a") as lines:
                lines.write(f"{told}\n")

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


class Asking:
    """Two processes that ask; what they were told since the last look."""

    def __init__(self, folder: Path, url: str) -> None:
        self.logs = [folder / "one.log", folder / "two.log"]
        self._children = [child(follow_and_ask, folder, url, log) for log in self.logs]
        self._folder, self._read = folder, dict.fromkeys(self.logs, 0)
        self.told: set[str] = set()

    def until(self, wanted: Callable[[str], bool]) -> None:
        """Wait until each of them was last told what is wanted."""
        deadline = time.monotonic() + 90
        last = dict.fromkeys(self.logs, "")
        while not all(wanted(line) for line in last.values()):
            assert time.monotonic() < deadline, last
            time.sleep(0.05)
            for log in self.logs:
                lines = log.read_text().split("\n")[:-1] if log.exists() else []
                self.told |= set(lines[self._read[log] :])
                self._read[log], last[log] = len(lines), lines[-1] if lines else ""

    def stop(self) -> list[int | None]:
        (self._folder / "stop").touch()
        return [finished(each) for each in self._children]


def test_two_processes_follow_a_writer_through_the_bad_days_of_a_server(tmp_path: Path) -> None:
    folder = tmp_path / "chroma"
    folder.mkdir()
    server = Server(folder)
    server.start()
    try:
        index = made_on(server, tmp_path)
        first = json.dumps(texts(index))
        asking = Asking(tmp_path, server.url)
        asking.until(lambda line: line == first)
        server.stop(at_once=True)
        asking.until(lambda line: "does not answer" in line)
        server.start()
        asking.until(lambda line: line == first)
        write(tmp_path / "corpus", {"notes.md": "La flotte compte mille navires.\n"})
        sync(index)
        second = json.dumps(texts(index))
        assert second != first
        asking.until(lambda line: line == second)
        server.stop(at_once=True)
        for path in folder.iterdir():  # all that it held is lost
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        server.start()
        asking.until(lambda line: "gone from Chroma" in line)
        encoder = WordEncoder()
        sync(open_in(tmp_path, encoder, chroma=server.url))
        assert encoder.idle
        asking.until(lambda line: line == second)
        assert asking.stop() == [0, 0]
    finally:
        (tmp_path / "stop").touch()
        server.stop()
    errors = {line for line in asking.told if line.startswith("error: ")}
    assert asking.told - errors == {first, second}
    known = ("does not answer", "gone from Chroma", "not all vectors")
    assert all(any(words in line for words in known) for line in errors), errors
    assert all("Chroma" in line.partition(" / ")[2] for line in errors)


def test_a_server_of_its_own_has_no_index_of_terms(server: Server, tmp_path: Path) -> None:
    client = connect(load_settings(chroma=server.url, store=tmp_path))
    with pytest.raises(InvalidArgumentError):
        create_collection(client, "replique-x-y", 1, sparse=True)
    assert not has_terms(create_collection(client, "replique-x-y", 1))
    client.delete_collection("replique-x-y")
    close(client)

"""What no kill and no second process can break."""

from __future__ import annotations

import os
import signal
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from rag.answer.assistant import Assistant
from rag.errors import StoreError, StoreLocked
from rag.store import compaction as compaction_module
from rag.store import embedding as embedding_module
from rag.store import shards as shards_module
from rag.store.compaction import MAX_SEGMENTS
from rag.store.manifest import Manifest
from rag.store.synchronise import ensure, sync
from tests.helpers.indexes import (
    DOCUMENTS,
    FLEET,
    QUESTION,
    WordEncoder,
    child,
    finished,
    found,
    leftovers,
    made,
    open_in,
    resync,
    slices,
    sync_here,
    write,
)

CHANGED = {
    "fleet.md": "".join(f"La flotte numéro {n} compte des navires.\n\n" for n in range(6)),
    "notes.md": "La flotte compte cent navires en rade.\n",
}


class Killer:
    """Progress that kills its process when a stage is reported for the ``count``-th time; 0: at its end."""

    def __init__(self, stage: str, count: int) -> None:
        self.stage, self.count, self.reported = stage, count, 0

    def __call__(self, stage: str, done: int, total: int) -> None:
        if stage == self.stage:
            self.reported += 1
            if self.reported == self.count or (self.count == 0 and done == total):
                os.kill(os.getpid(), signal.SIGKILL)


def sync_and_die(folder: Path, stage: str, count: int, most_segments: int) -> None:
    shards_module.BATCH, embedding_module.PASSAGES = 2, 1
    compaction_module.MAX_SEGMENTS = most_segments
    (folder / "store").mkdir(exist_ok=True)
    killer, index = Killer(stage, count), open_in(folder)
    client = index.segments()._client
    delete = client.delete_collection

    def delete_collection(name: str) -> None:
        delete(name)
        killer("delete", 0, 0)

    client.delete_collection = delete_collection
    sync(index, progress=killer)


@pytest.mark.parametrize(
    ("stage", "count"),
    [
        ("read", 1),
        ("read", 3),
        ("embed", 1),
        ("embed", 3),
        ("embed", 0),
        ("merge", 2),
        ("lexical", 2),
        ("words", 2),
        ("commit", 1),
        ("collect", 1),
        ("delete", 1),
    ],
)
def test_a_killed_sync_changes_nothing_or_everything(
    tmp_path: Path, stage: str, count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    most_segments = 1 if stage in ("merge", "delete") else 8
    made(tmp_path, {"harbour.md": "Les navires de la flotte mouillent en rade.\n"})
    reader = made(tmp_path)
    old, manifest = found(reader), Manifest.read(tmp_path / "store")
    write(tmp_path / "corpus", CHANGED)
    killed = child(sync_and_die, tmp_path, stage, count, most_segments)
    assert finished(killed) == -signal.SIGKILL
    committed = stage in ("collect", "delete")
    assert (Manifest.read(tmp_path / "store") != manifest) == committed
    assert leftovers(tmp_path) or stage == "read"
    for index in (reader, open_in(tmp_path)):
        answers = found(index)
        assert slices(index.snapshot(), answers)
        assert (answers == old) != committed
    monkeypatch.setattr(compaction_module, "MAX_SEGMENTS", most_segments)
    report, encoder = resync(tmp_path)
    assert (report.wrote, encoder.idle) == (not committed, committed)
    assert report.rebuilt == ""
    assert {"fleet", "notes"} <= {quote.source.id for quote in found(reader)[:8]}
    assert leftovers(tmp_path) == []


@pytest.mark.parametrize("stage", ["read", "embed", "commit"])
def test_the_very_first_sync_may_be_killed(tmp_path: Path, stage: str) -> None:
    write(tmp_path / "corpus", DOCUMENTS)
    assert finished(child(sync_and_die, tmp_path, stage, 1, 8)) == -signal.SIGKILL
    with pytest.raises(StoreError, match="no index"):
        found(open_in(tmp_path))
    report = ensure(open_in(tmp_path))
    assert report is not None
    assert (report.added, report.rebuilt) == (("accord", "notes", "reponse"), "")
    assert found(open_in(tmp_path))
    assert leftovers(tmp_path) == []


def test_killed_at_any_time_the_index_answers_from_the_old_state_or_the_new(tmp_path: Path) -> None:
    reader = made(tmp_path, {"fleet.md": FLEET, "notes.md": "La flotte a la version 0.\n"})
    committed = 0
    for version, delay in enumerate((0.02, 0.05, 0.08, 0.12, 0.16, 0.2, 0.3), start=1):
        write(tmp_path / "corpus", {"notes.md": f"La flotte a la version {version}.\n"})
        process = child(sync_here, tmp_path)
        time.sleep(delay)
        process.kill()
        finished(process)
        texts = {quote.text for quote in found(reader, k=50) if quote.source.id == "notes"}
        assert texts in ({f"La flotte a la version {committed}."}, {f"La flotte a la version {version}."})
        assert {quote.text for quote in found(open_in(tmp_path), k=50)} >= texts
        committed = version if texts == {f"La flotte a la version {version}."} else committed
    resync(tmp_path)
    assert "La flotte a la version 7." in {quote.text for quote in found(reader, k=50)}
    assert leftovers(tmp_path) == []


def sync_slowly(folder: Path) -> None:
    """Stop while embedding until the file ``go`` appears."""

    def progress(stage: str, done: int, total: int) -> None:
        if stage == "embed" and done == 0:
            (folder / "holding").touch()
            wait_for(folder / "go")

    sync(open_in(folder), progress=progress)


def sync_patiently(folder: Path) -> None:
    """Say in the file ``waiting`` that another process is writing."""

    def progress(stage: str, done: int, total: int) -> None:
        if stage == "wait":
            (folder / "waiting").touch()

    encoder = WordEncoder()
    report = sync(open_in(folder, encoder), progress=progress)
    (folder / "second").write_text(f"{report.wrote} {encoder.seen}")


def wait_for(file: Path, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not file.exists():
        assert time.monotonic() < deadline, f"{file} did not come"
        time.sleep(0.01)


def test_of_two_writers_the_second_waits_or_says_who_writes(tmp_path: Path) -> None:
    reader = made(tmp_path)
    old = found(reader)
    write(tmp_path / "corpus", {"fleet.md": FLEET})
    first = child(sync_slowly, tmp_path)
    wait_for(tmp_path / "holding")
    with pytest.raises(StoreLocked, match=f"is being written by process {first.pid}: wait for it"):
        sync(open_in(tmp_path, lock_timeout=0.1))
    assert found(reader) == old  # reading waits for nobody
    second = child(sync_patiently, tmp_path)
    wait_for(tmp_path / "waiting")
    (tmp_path / "go").touch()
    assert (finished(first), finished(second)) == (0, 0)
    assert (tmp_path / "second").read_text() == "False []"  # the first had done it all
    assert "fleet" in {quote.source.id for quote in found(reader)}
    assert leftovers(tmp_path) == []


def sync_often(folder: Path, times: int) -> None:
    for n in range(1, times + 1):
        documents = {f"{n}.md": f"Le navire numéro {n} rejoint la flotte de Brest.\n"}
        write(folder / "corpus", documents | {"notes.md": f"La flotte compte {n} navires.\n"})
        sync(open_in(folder))


def test_an_open_reader_answers_from_what_another_process_wrote_and_merged(tmp_path: Path) -> None:
    index = made(tmp_path, {"notes.md": "Du pain.\n"})
    assistant = Assistant(index)
    assert finished(child(sync_often, tmp_path, 3)) == 0
    assistant.ask(QUESTION)
    held = index.snapshot().manifest.segments
    times = MAX_SEGMENTS + 1
    assert finished(child(sync_often, tmp_path, times)) == 0
    answer = assistant.ask(QUESTION)
    assert f"La flotte compte {times} navires." in {quote.text for quote in answer.quotes or answer.near}
    assert held.keys() - index.snapshot().manifest.segments.keys()


def test_readers_never_fail_while_another_process_syncs(tmp_path: Path) -> None:
    index = made(tmp_path)
    errors: list[BaseException] = []
    searches: list[int] = []
    stop = threading.Event()

    def read() -> None:
        try:
            while not stop.is_set():
                searches.append(len(index.read(checked)))
        except BaseException as error:
            errors.append(error)

    def checked(snapshot: Any) -> list[Any]:
        quotes = found(index)
        texts = {s.info.sha256: s.text for s in map(snapshot.source, range(len(snapshot.infos)))}
        for quote in quotes:  # those of a newer state are checked by their hash alone
            text = texts.get(quote.source.sha256)
            assert text is None or text[quote.start : quote.end] == quote.text
        return quotes

    threads = [threading.Thread(target=read) for _ in range(2)]
    for thread in threads:
        thread.start()
    process = child(sync_often, tmp_path, MAX_SEGMENTS + 2)
    code = finished(process)
    stop.set()
    for thread in threads:
        thread.join(30)
    assert errors == []
    assert code == 0
    assert len(searches) > 20
    assert min(searches) > 0

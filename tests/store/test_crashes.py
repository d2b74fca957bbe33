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
from rag.errors import IndexingStopped, StoreError, StoreLocked
from rag.store import compaction as compaction_module
from rag.store import shards as shards_module
from rag.store import writing as writing_module
from rag.store.compaction import MAX_PARTS
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


def sync_and_die(folder: Path, stage: str, count: int, most_parts: int) -> None:
    shards_module.BATCH = 2
    writing_module.TOGETHER, writing_module.WAITING, writing_module.SEALED = 1, 0, 0
    compaction_module.MAX_PARTS = most_parts
    (folder / "store").mkdir(exist_ok=True)
    killer, index = Killer(stage, count), open_in(folder)
    client = index.shards()._client
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
        ("vectors", 1),
        ("vectors", 2),
        ("commit", 1),
        ("merge", 1),
        ("collect", 1),
        ("delete", 1),
    ],
)
def test_a_killed_sync_changes_nothing_or_everything(
    tmp_path: Path, stage: str, count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    most_parts = 1 if stage in ("merge", "collect", "delete") else 8
    made(tmp_path, {"harbour.md": "Les navires de la flotte mouillent en rade.\n"})
    reader = made(tmp_path)
    old, manifest = found(reader), Manifest.read(tmp_path / "store")
    write(tmp_path / "corpus", CHANGED)
    killed = child(sync_and_die, tmp_path, stage, count, most_parts)
    assert finished(killed) == -signal.SIGKILL
    committed = stage in ("merge", "collect", "delete")
    assert (Manifest.read(tmp_path / "store") != manifest) == committed
    assert leftovers(tmp_path) or stage in ("read", "embed", "merge")
    for index in (reader, open_in(tmp_path)):
        answers = found(index)
        assert slices(index.snapshot(), answers)
        assert (answers == old) != committed
    monkeypatch.setattr(compaction_module, "MAX_PARTS", most_parts)
    report, encoder = resync(tmp_path)
    assert report.wrote is not committed
    assert encoder.idle is (stage not in ("read", "embed"))  # what was done is not done again
    assert report.rebuilt == ""
    assert {"fleet", "notes"} <= {quote.source.id for quote in found(reader)[:8]}
    assert leftovers(tmp_path) == []


def sync_until(folder: Path, embedded: int, how: int) -> None:
    """Send a signal to oneself when so many passages are embedded, each document a part of its own."""
    writing_module.TOGETHER, writing_module.WAITING, writing_module.SEALED = 1, 0, 0
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job ignores it

    def progress(stage: str, done: int, total: int) -> None:
        if stage == "embed" and done >= embedded:
            os.kill(os.getpid(), how)

    try:
        sync(open_in(folder), progress=progress)
    except IndexingStopped as error:
        (folder / "said").write_text(str(error))


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_a_run_that_was_stopped_is_gone_on_with(tmp_path: Path, how: signal.Signals) -> None:
    texts = {f"{n}.md": f"Le navire numéro {n} rejoint la flotte.\n" for n in range(6)}
    reader = made(tmp_path, {"old.md": "La flotte mouille en rade.\n"})
    old = found(reader)
    write(tmp_path / "corpus", texts)
    assert finished(child(sync_until, tmp_path, 4, how)) == (-how if how == signal.SIGKILL else 0)
    assert found(reader) == found(open_in(tmp_path)) == old
    kept = [path.name for path in (tmp_path / "store").glob("part-*")]
    assert len(kept) > 3
    if how == signal.SIGINT:
        assert f"stopped: {len(kept) - 1} documents of this run are kept" in (tmp_path / "said").read_text()
    report, encoder = resync(tmp_path)
    assert len(report.added) == 6
    assert len(set(encoder.seen)) == 6 - (len(kept) - 1)
    assert {quote.source.id for quote in found(reader, k=50)} == {"old", *"012345"}
    assert leftovers(tmp_path) == []


def test_a_change_writes_what_it_changes_and_no_more(tmp_path: Path) -> None:
    def files() -> dict[str, tuple[int, int]]:
        every = (path for path in (tmp_path / "store").glob("part-*/**/*") if path.is_file())
        return {str(path): (path.stat().st_ino, path.stat().st_mtime_ns) for path in every}

    reader = made(tmp_path, {f"{n}.md": FLEET.replace("La", f"La {n}e") for n in range(30)})
    before = files()
    write(tmp_path / "corpus", {"new.md": "Un canot neuf.\n"})
    resync(tmp_path)
    after = files()
    assert before.items() <= after.items()
    new = [Path(name) for name in after.keys() - before.keys()]
    assert sum(path.stat().st_size for path in new) < 8_000
    (tmp_path / "corpus/3.md").unlink()
    resync(tmp_path)
    assert files() == after
    assert not any(quote.source.id == "3" for quote in found(reader, k=200))


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


def sync_slowly(folder: Path) -> None:
    """Stop before the commit until the file ``go`` appears."""

    def progress(stage: str, done: int, total: int) -> None:
        if stage == "commit":
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
    held = index.snapshot().manifest.parts
    times = MAX_PARTS + 1
    assert finished(child(sync_often, tmp_path, times)) == 0
    answer = assistant.ask(QUESTION)
    assert f"La flotte compte {times} navires." in {quote.text for quote in answer.quotes or answer.near}
    assert set(held) - set(index.snapshot().manifest.parts)


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
    process = child(sync_often, tmp_path, MAX_PARTS + 2)
    code = finished(process)
    stop.set()
    for thread in threads:
        thread.join(30)
    assert errors == []
    assert code == 0
    assert len(searches) > 20
    assert min(searches) > 0

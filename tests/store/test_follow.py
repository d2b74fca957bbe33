"""Processes that answer from the index of another: without its documents, and without writing."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.errors import NoIndex, ReadOnly
from rag.settings import Settings, load_settings
from rag.store import copied
from rag.store.index import Index
from rag.store.stale import is_stale
from rag.store.synchronise import ensure, sync
from rag.upkeep.doctor import examine
from rag.upkeep.feedback import record
from tests.helpers.indexes import QUESTION, WordEncoder, found, made, open_in, write


def follower(folder: Path) -> Index:
    """As on another machine: the store alone is shared."""
    settings = load_settings(store=folder / "store", corpus=folder / "nowhere", follow=True)
    return Index(settings, WordEncoder())


def files(folder: Path) -> dict[str, tuple[int, int]]:
    stats = {str(path.relative_to(folder)): path.stat() for path in folder.rglob("*")}
    return {name: (stat.st_size, stat.st_mtime_ns) for name, stat in stats.items()}


def texts(index: Index) -> list[str]:
    return [quote.text for quote in found(index)]


def test_it_follows_commits_and_leaves_the_store_as_it_is(tmp_path: Path) -> None:
    waiting = follower(tmp_path)
    with pytest.raises(NoIndex, match=r"no index in .* yet"):
        found(waiting)
    assert not (tmp_path / "store").exists()
    writer = made(tmp_path)
    expected = texts(writer)
    before = files(tmp_path / "store")
    assert ensure(waiting) is None
    assert texts(waiting) == expected
    assert not is_stale(waiting)
    with pytest.raises(ReadOnly, match="REPLIQUE_FOLLOW"):
        sync(waiting)
    with pytest.raises(ReadOnly, match="no verdicts"):
        record(waiting, {"question": QUESTION}, "good")
    checks = {check.name: check for check in examine(waiting).checks}
    assert checks["store"].state == "ok"
    assert "not looked at" in checks["corpus"].detail
    assert files(tmp_path / "store") == before
    write(tmp_path / "corpus", {"notes.md": "La flotte compte mille navires.\n"})
    sync(writer)
    assert texts(waiting) == texts(writer)
    assert "La flotte compte mille navires." in texts(waiting)
    copy = Path(waiting.shards()._client.get_settings().persist_directory)
    waiting.close()
    del waiting
    assert not copy.exists()


def test_a_store_that_may_only_be_read_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = texts(made(tmp_path))
    monkeypatch.setattr("rag.store.chroma.may_write", lambda folder: False)
    before = files(tmp_path / "store")
    reading = open_in(tmp_path)
    assert ensure(reading) is None
    assert texts(reading) == expected
    assert files(tmp_path / "store") == before


def test_who_may_write_is_seen_before_anything_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert copied.may_write(tmp_path / "store/chroma")
    refused = tmp_path
    monkeypatch.setattr(copied.os, "access", lambda path, mode: Path(path) != refused)
    assert not copied.may_write(tmp_path / "store/chroma")


def test_following_implies_reading_only_and_no_shipped_documents(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert load_settings(follow=True).read_only
    assert not load_settings().read_only
    assert load_settings(follow=True).corpus_dir() == Path("corpus")


def test_the_command_to_follow_indexes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import rag.ui
    from rag.cli.serve import serve

    served: list[Settings] = []
    monkeypatch.setattr(rag.ui, "serve", lambda settings, open_browser: served.append(settings))
    monkeypatch.setenv("REPLIQUE_STORE", str(tmp_path / "store"))
    serve(follow=True)
    assert [settings.follow for settings in served] == [True]
    assert not (tmp_path / "store").exists()


def test_what_was_replaced_stays_as_long_as_is_said(tmp_path: Path) -> None:
    made(tmp_path).close()
    (first,) = (tmp_path / "store").glob("part-*")
    changes = {"notes.md": "La flotte compte mille navires.\n"}
    write(tmp_path / "corpus", changes)
    writer = open_in(tmp_path, keep_replaced=60)
    sync(writer, rebuild=True)
    assert first.exists()
    assert first.name not in writer.snapshot().manifest.parts
    assert texts(writer) == texts(follower(tmp_path))
    (first / "replaced").write_text("0")  # long ago
    sync(writer)
    assert not first.exists()

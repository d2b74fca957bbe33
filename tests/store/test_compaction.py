"""The store stays small: segments merged, the dead deleted."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.store import compaction as compaction_module
from rag.store import shards as shards_module
from rag.store.synchronise import sync
from tests.helpers.indexes import (
    DOCUMENTS,
    found,
    leftovers,
    made,
    open_in,
    resync,
    write,
)


def test_many_segments_become_few_and_answers_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = made(tmp_path)
    for n in range(3):
        write(tmp_path / "corpus", {f"{n}.md": f"Le navire numéro {n} appareille de Brest.\n"})
        sync(open_in(tmp_path))
    before, snapshot = found(reader, k=50), reader.snapshot()
    rows = range(len(snapshot.sentences["start"]))
    vectors = snapshot.vectors("sentence", rows)
    largest, *others = snapshot.manifest.segments
    assert len(others) == 3
    monkeypatch.setattr(compaction_module, "MAX_SEGMENTS", 3)
    write(tmp_path / "corpus", {"notes.md": f"---\ntitle: Autre\n---\n{DOCUMENTS['notes.md']}"})
    report, encoder = resync(tmp_path)
    assert (report.changed, encoder.idle) == (("notes",), True)
    after, snapshot = found(reader, k=50), reader.snapshot()
    assert len(snapshot.manifest.segments) == 2
    assert largest in snapshot.manifest.segments
    copied = snapshot.vectors("sentence", rows)
    assert all(copied[row] == pytest.approx(vectors[row], abs=1e-6) for row in rows)
    assert [(quote.source.id, quote.text) for quote in after] == [(q.source.id, q.text) for q in before]
    assert [quote.score for quote in after] == pytest.approx([quote.score for quote in before], abs=1e-5)
    assert leftovers(tmp_path) == []


def test_a_segment_that_is_mostly_dead_is_compacted(tmp_path: Path) -> None:
    names = ("Brest", "Lorient", "Toulon", "Rochefort", "Cherbourg")
    documents = {f"{name}.md": f"La flotte de {name} compte des navires.\n" for name in names}
    reader = made(tmp_path, documents)
    for gone, held in (("Brest", 5), ("Lorient", 5), ("Toulon", 2)):
        (tmp_path / f"corpus/{gone}.md").unlink()
        report, encoder = resync(tmp_path)
        assert (report.removed, encoder.seen) == ((gone,), [])
        (segment,) = reader.snapshot().manifest.segments
        assert len(reader.snapshot().manifest.segments[segment]) == held
        assert reader.segments().collection(segment, "sentence").count() == held
    assert {quote.source.id for quote in found(reader)} == {"Rochefort", "Cherbourg"}
    assert leftovers(tmp_path) == []


def test_folders_of_deleted_collections_are_swept_and_no_others(tmp_path: Path) -> None:
    made(tmp_path)
    chroma = tmp_path / "store/chroma"
    orphan, other = chroma / "00000000-0000-4000-8000-000000000000", chroma / "not-an-id"
    orphan.mkdir()
    other.mkdir()
    (orphan / "data_level0.bin").write_bytes(b"x")
    resync(tmp_path)
    assert (orphan.exists(), other.exists()) == (False, True)
    assert found(open_in(tmp_path))


def test_nothing_is_swept_when_chroma_keeps_its_folders_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(tmp_path)
    orphan = tmp_path / "store/chroma/00000000-0000-4000-8000-000000000000"
    orphan.mkdir()
    for answer in ([], ["one", "two", "three"]):
        monkeypatch.setattr(shards_module, "_ask_database", lambda *_, answer=answer: answer)
        resync(tmp_path)
        assert len([path for path in orphan.parent.iterdir() if path.is_dir()]) == 3

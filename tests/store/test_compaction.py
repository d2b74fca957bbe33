"""The store stays small: parts joined, the dead deleted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rag.store import compaction as compaction_module
from rag.store import shards as shards_module
from rag.store.compaction import to_join
from rag.store.index import Index
from rag.store.part import LEVELS
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


def test_many_parts_become_few_and_answers_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = made(tmp_path)
    for n in range(3):
        write(tmp_path / "corpus", {f"{n}.md": f"Le navire numéro {n} appareille de Brest.\n"})
        sync(open_in(tmp_path))
    before, snapshot = found(reader, k=50), reader.snapshot()
    rows = range(len(snapshot.sentences["start"]))
    vectors = snapshot.vectors("sentence", rows)
    assert len(snapshot.manifest.parts) == 4
    monkeypatch.setattr(compaction_module, "MAX_PARTS", 2)
    write(tmp_path / "corpus", {"notes.md": f"---\ntitle: Autre\n---\n{DOCUMENTS['notes.md']}"})
    report, encoder = resync(tmp_path)
    assert (report.changed, encoder.idle) == (("notes",), True)
    after, snapshot = found(reader, k=50), reader.snapshot()
    assert len(snapshot.manifest.parts) <= 2
    joined = snapshot.vectors("sentence", rows)
    assert all((joined[row] == vectors[row]).all() for row in rows)
    assert [(quote.source.id, quote.text) for quote in after] == [(q.source.id, q.text) for q in before]
    assert [quote.score for quote in after] == pytest.approx([quote.score for quote in before], abs=1e-5)
    assert leftovers(tmp_path) == []


def test_parts_of_about_one_size_are_joined() -> None:
    even = dict.fromkeys("abcdefgh", 10)
    assert to_join(even, even) == set()
    assert to_join({**even, "i": 10}, {**even, "i": 10}) == {*even, "i"}
    uneven = {**even, "large": 1000}
    assert to_join(uneven, uneven) == set(even)  # the large one is not written again
    assert to_join({"a": 4, "b": 9}, {"a": 10, "b": 10}) == {"a"}  # mostly dead


def test_a_part_that_is_mostly_dead_is_written_anew(tmp_path: Path) -> None:
    names = ("Brest", "Lorient", "Toulon", "Rochefort", "Cherbourg")
    documents = {f"{name}.md": f"La flotte de {name} compte des navires.\n" for name in names}
    reader = made(tmp_path, documents)
    for gone, held in (("Brest", 5), ("Lorient", 5), ("Toulon", 2)):
        (tmp_path / f"corpus/{gone}.md").unlink()
        report, encoder = resync(tmp_path)
        assert (report.removed, encoder.seen) == ((gone,), [])
        (part,) = reader.snapshot().manifest.parts
        assert reader.shards().collection(part).count() == held
    assert {quote.source.id for quote in found(reader)} == {"Rochefort", "Cherbourg"}
    assert leftovers(tmp_path) == []


def as_told(index: Index) -> list[Any]:
    """All that is read of an index, row by row and word by word."""
    snapshot = index.snapshot()
    rows = {level: range(len(snapshot.rows(level)["start"])) for level in LEVELS}
    told: list[Any] = [snapshot.infos, list(snapshot.bodies.named_in("la RAP"))]
    told += [snapshot.source(number).text for number in range(len(snapshot.infos))]
    told += [snapshot.speaker_at(row) for row in rows["sentence"]]
    for level in LEVELS:
        columns = {name: each.tolist() for name, each in snapshot.rows(level).items() if name != "speaker"}
        vectors = {row: vector.tolist() for row, vector in snapshot.vectors(level, rows[level]).items()}
        lexical = snapshot.lexical.share(level, ["navir", "flott", "part"])
        told += [columns, vectors, lexical.rows.tolist(), lexical.scores.tolist()]
    words = snapshot.concordance
    for text in ("navires", "du pain"):
        told += [words.slice_of(int(n), int(n)) for n in words.find(words.read(text))]
    return told


def test_what_was_joined_and_altered_is_as_if_made_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = {
        f"{n}.md": f"---\nside: {'ABC'[n % 3]}\n---\n# Titre {n}\n\nMme Roux : Le navire {n} part.\n\n"
        f"M. Petit : La flotte {n} compte {n} navires. Du pain {'blanc ' * n}manque.\n"
        for n in range(9)
    } | {"body.md": "La Régie des autobus du port (RAP) vend du pain.\n"}
    monkeypatch.setattr(compaction_module, "MAX_PARTS", 3)
    for n in range(0, 9, 2):
        two = {name: documents[name] for name in sorted(documents)[n : n + 2]}
        write(tmp_path / "grown/corpus", two | {f"gone{n}.md": f"Un navire de passage, le numéro {n}.\n"})
        sync(open_in(tmp_path / "grown"))
        (tmp_path / f"grown/corpus/gone{n}.md").unlink()
    sync(grown := open_in(tmp_path / "grown"))
    at_once = made(tmp_path / "once", documents)
    assert as_told(grown) == as_told(at_once)
    assert found(grown, k=50) == found(at_once, k=50)


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
    for answer in ([], ["one", "two"]):
        monkeypatch.setattr(shards_module, "_ask_database", lambda *_, answer=answer: answer)
        resync(tmp_path)
        assert len([path for path in orphan.parent.iterdir() if path.is_dir()]) == 2

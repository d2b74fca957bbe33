"""What a sync repairs."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from rag.errors import StoreError
from rag.store import compaction as compaction_module
from rag.store import shards as shards_module
from rag.store.blobs import Blobs
from rag.store.manifest import MANIFEST, records_of
from rag.store.part import open_part
from rag.store.synchronise import ensure, sync
from tests.helpers.indexes import (
    DOCUMENTS,
    FLEET,
    WordEncoder,
    found,
    leftovers,
    made,
    open_in,
    resync,
    write,
)


def cut_short(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def emptied(file: Path) -> None:
    file.write_bytes(b"")


def of_another_time(file: Path) -> None:
    data = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps({**data, "format": -1}))


def test_an_index_of_another_version_is_made_anew_and_said_to_be(tmp_path: Path) -> None:
    reader = made(tmp_path)
    expected = found(reader)
    of_another_time(tmp_path / "store" / MANIFEST)
    with pytest.raises(StoreError, match="another version of Réplique: run `replique index`"):
        found(open_in(tmp_path))
    report = ensure(open_in(tmp_path))
    assert report is not None
    assert report.rebuilt == "another version of the index"
    assert found(reader) == expected


def test_an_index_of_another_encoder_answers_nothing(tmp_path: Path) -> None:
    made(tmp_path)
    with pytest.raises(StoreError, match="another encoder: run `replique index`"):
        found(open_in(tmp_path, WordEncoder("others")))


@pytest.mark.parametrize("spoil", [cut_short, emptied])
def test_a_damaged_manifest_is_repaired(tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    reader = made(tmp_path)
    expected = found(reader)
    spoil(tmp_path / "store" / MANIFEST)
    with pytest.raises(StoreError, match="run `replique index`"):
        found(open_in(tmp_path))
    report = ensure(open_in(tmp_path))
    assert report is not None
    assert report.rebuilt == "the index was damaged"
    assert found(reader) == expected
    assert leftovers(tmp_path) == []


def test_every_file_of_a_part_is_missed_when_it_is_spoilt(tmp_path: Path) -> None:
    index = made(tmp_path)
    expected, (name,) = found(index), index.snapshot().manifest.parts
    part = tmp_path / "store" / name
    files = [path for path in part.rglob("*") if path.is_file()]
    assert {path.name for path in files} >= {"sources.json", "texts.bin", "sentences.npy", "whole.json"}
    for file in files:
        for spoil in (Path.unlink, emptied, cut_short):
            whole = file.read_bytes()
            spoil(file)
            records_of.cache_clear()
            with pytest.raises(StoreError, match=r"damaged|no index"):
                found(open_in(tmp_path))
            file.unlink(missing_ok=True)
            file.write_bytes(whole)
    assert found(open_in(tmp_path)) == expected


def flipped(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 0x55
    file.write_bytes(data)


def test_every_changed_byte_of_a_part_is_found_and_mended(tmp_path: Path) -> None:
    expected = found(made(tmp_path))
    names = {
        path.relative_to(part) for part in (tmp_path / "store").glob("part-*") for path in part.rglob("*")
    }
    for name in sorted(names):
        (part,) = (tmp_path / "store").glob("part-*")
        if not (part / name).is_file():
            continue
        flipped(part / name)
        records_of.cache_clear()
        report, encoder = resync(tmp_path)
        assert report.rebuilt == "the index was damaged", name
        # what does not hold the vectors, or tell whose they are, leaves them
        told = name.name == "sources.json" or name.name.startswith("vectors")
        assert encoder.idle is not told or name.name == "whole.json", name
        assert found(open_in(tmp_path)) == expected
        assert leftovers(tmp_path) == []


def test_a_spoilt_text_is_never_quoted(tmp_path: Path) -> None:
    index = made(tmp_path, {"notes.md": FLEET})
    (name,) = index.snapshot().manifest.parts
    part = open_part(tmp_path / "store" / name)
    lie = part.texts[0].replace(b"navires", b"nuages ")
    Blobs.of([lie]).save(tmp_path / "store" / name / "texts.bin")
    size = (tmp_path / "store" / name / "texts.bin").stat().st_size
    whole = tmp_path / "store" / name / "whole.json"
    sums = json.loads(whole.read_text())
    whole.write_text(json.dumps(sums | {"texts.bin": [size, sums["texts.bin"][1]]}))
    with pytest.raises(StoreError, match=r"the text of notes is not what was indexed\).*--rebuild"):
        found(open_in(tmp_path))


@pytest.mark.parametrize("what", ["folder", "vectors", "collection", "one vector", "store-id"])
def test_lost_vectors_are_noticed_and_made_again_from_the_parts(
    tmp_path: Path, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shards_module, "BATCH", 256)  # or Chroma keeps all of a large batch in its log
    index = made(tmp_path)
    expected, chroma = found(index), tmp_path / "store/chroma"
    (part,) = index.snapshot().manifest.parts
    if what == "collection":
        index.shards()._client.delete_collection(index.shards()._prefix + part)
    elif what == "one vector":
        index.shards().collection(part).delete(ids=["0"])
    index.close()
    if what == "folder":
        shutil.rmtree(chroma)
    elif what == "vectors":
        made_large(tmp_path)
        expected = found(index, k=1)
        index.close()
        for path in chroma.iterdir():
            if path.is_dir():
                shutil.rmtree(path)
    elif what == "store-id":
        (tmp_path / "store/store-id").unlink()
    encoder = WordEncoder()
    report = ensure(open_in(tmp_path, encoder))
    assert report is not None
    assert (report.rebuilt, encoder.idle) == ("the index was damaged", True)
    assert leftovers(tmp_path) == []
    assert found(index, k=len(expected)) == expected


def made_large(folder: Path) -> None:
    """Put more vectors into the store than Chroma keeps in its log (1,000)."""
    text = "".join(f"Le convoi {n} part vers le nord, {'loin ' * 20}.\n\n" for n in range(1100))
    write(folder / "corpus", {"large.md": text})
    sync(open_in(folder), rebuild=True)


@pytest.mark.parametrize("kept", [0, 4096, 0.5])  # with the second page gone, Chroma's Rust part panics
def test_a_damaged_database_is_one_line_and_can_be_rebuilt(tmp_path: Path, kept: float) -> None:
    index = made(tmp_path)
    expected = found(index)
    index.close()
    database = tmp_path / "store/chroma/chroma.sqlite3"
    size = database.stat().st_size
    whole = int(size * kept) if kept < 1 else int(kept)
    database.write_bytes(database.read_bytes()[:whole] + bytes(size - whole))
    with pytest.raises(StoreError, match="--rebuild") as error:
        ensure(open_in(tmp_path))
    assert "\n" not in str(error.value)
    assert sync(open_in(tmp_path), rebuild=True).rebuilt == "asked for"
    assert found(open_in(tmp_path)) == expected


def test_a_store_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    write(tmp_path / "corpus", DOCUMENTS)
    (tmp_path / "store").write_text("a file stands here")
    with pytest.raises(StoreError, match="choose another --store"):
        sync(open_in(tmp_path))


def test_a_change_looks_at_sizes_and_joins_no_damage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compaction_module, "MAX_PARTS", 1)
    expected = found(made(tmp_path))
    (part,) = (tmp_path / "store").glob("part-*")
    flipped(part / "layouts.bin")
    write(tmp_path / "corpus", {"new.md": "Un texte à part, sur la pluie.\n"})
    sync(open_in(tmp_path), thorough=False)
    assert part.exists()
    assert found(open_in(tmp_path))[: len(expected)]
    assert sync(open_in(tmp_path)).rebuilt == "the index was damaged"
    assert not part.exists()
    assert leftovers(tmp_path) == []

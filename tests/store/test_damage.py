"""What a sync repairs."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from rag.errors import StoreError
from rag.store.manifest import MANIFEST
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


GENERATION_FILES = [
    "units.npz",
    "texts.bin",
    "layouts.bin",
    "speakers.json",
    "bodies.json",
    *(f"vocabulary/{name}" for name in ("words.txt", "vectors.npy", "sentences.npz")),
    *(f"concordance/{name}" for name in ("names.json", "words.npy", "order.npy", "sizes.npz")),
    *(f"bm25-{level}/{name}" for level in ("sentences", "passages") for name in (
        "size", "data.csc.index.npy", "indices.csc.index.npy", "indptr.csc.index.npy",
        "params.index.json", "vocab.index.json",
    )),
]  # fmt: skip


def test_every_file_of_a_generation_is_missed_when_it_is_spoilt(tmp_path: Path) -> None:
    index = made(tmp_path)
    expected, manifest = found(index), index.snapshot().manifest
    generation = tmp_path / "store" / manifest.generation
    present = {str(p.relative_to(generation)) for p in generation.rglob("*") if p.is_file()}
    assert present == set(GENERATION_FILES)
    for name in GENERATION_FILES:
        for spoil in (Path.unlink, emptied, cut_short):
            whole = (generation / name).read_bytes()
            if len(whole) < 2 and spoil is cut_short:
                continue
            spoil(generation / name)
            try:
                assert found(open_in(tmp_path)) == expected
            except StoreError as error:
                assert "damaged" in str(error)
            else:
                pytest.fail(f"{name} {spoil.__name__}: not noticed")
            (generation / name).unlink(missing_ok=True)
            (generation / name).write_bytes(whole)
    assert found(open_in(tmp_path)) == expected


@pytest.mark.parametrize("what", ["generation", "units.npz", "bm25-passages/params.index.json"])
def test_a_generation_that_is_not_whole_is_repaired_and_embeds_nothing(tmp_path: Path, what: str) -> None:
    index = made(tmp_path)
    expected, name = found(index), index.snapshot().manifest.generation
    if what == "generation":
        shutil.rmtree(tmp_path / "store" / name)
    else:
        cut_short(tmp_path / "store" / name / what)
    encoder = WordEncoder()
    report = ensure(open_in(tmp_path, encoder))
    assert report is not None
    assert (report.rebuilt, encoder.seen) == ("the index was damaged", [])
    assert found(index) == expected


def test_a_spoilt_text_is_never_quoted_and_is_repaired(tmp_path: Path) -> None:
    index = made(tmp_path, {"notes.md": FLEET})
    expected = found(index)
    texts = tmp_path / "store" / index.snapshot().manifest.generation / "texts.bin"
    texts.write_bytes(texts.read_bytes().replace(b"navires", b"nuages "))
    with pytest.raises(StoreError, match=r"the text of notes is not what was indexed\).*--rebuild"):
        found(open_in(tmp_path))
    report, encoder = resync(tmp_path)
    assert (report.rebuilt, encoder.seen) == ("the index was damaged", [])
    assert found(index) == expected


@pytest.mark.parametrize("what", ["folder", "vectors", "one collection", "one vector", "store-id"])
def test_lost_vectors_are_noticed_and_embedded_again(tmp_path: Path, what: str) -> None:
    index = made(tmp_path)
    expected, chroma = found(index), tmp_path / "store/chroma"
    segment = next(iter(index.snapshot().manifest.segments))
    if what == "one collection":
        index.segments()._client.delete_collection(f"{segment}-passage")
    elif what == "one vector":
        collection = index.segments().collection(segment, "sentence")
        collection.delete(ids=collection.get()["ids"][:1])
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
    if what == "store-id":  # collections are named in full
        assert report is None
        sync(open_in(tmp_path), rebuild=True)
        assert leftovers(tmp_path) == []
    else:
        assert report is not None
        assert report.rebuilt == "the index was damaged"
        assert encoder.seen
    assert found(index, k=len(expected)) == expected


def made_large(folder: Path) -> None:
    """Put more vectors into the store than Chroma keeps in its log (1,000)."""
    text = "".join(f"Le convoi {n} part. Le train {n} arrive. La gare {n} ferme.\n\n" for n in range(340))
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

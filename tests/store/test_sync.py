"""Corpus -> store: what a sync does, what it repairs, and what no kill and no second process can break."""

from __future__ import annotations

import json
import os
import shutil
import signal
import threading
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from rag.answer.assistant import Assistant
from rag.errors import CorpusError, StoreError, StoreLocked
from rag.store import index as index_module
from rag.store import shards as shards_module
from rag.store.index import Index
from rag.store.manifest import MANIFEST, Manifest
from rag.store.synchronise import MAX_SEGMENTS, SyncReport, ensure, is_stale, sync
from tests.helpers.indexes import (
    DOCUMENTS,
    FLEET,
    QUESTION,
    WordEncoder,
    child,
    finished,
    found,
    made,
    open_in,
    slices,
    sync_here,
    write,
)

sync_module = import_module("rag.store.synchronise")
BAD = b"\x00\x01\x02\x03 not a document \x00"


def resync(folder: Path, **settings: Any) -> tuple[SyncReport, WordEncoder]:
    """What a sync reports, and what it had embedded; from a fresh index, as another run would."""
    encoder = WordEncoder()
    index = open_in(folder, encoder, **settings)
    report = sync(index)
    index.close()
    return report, encoder


def state(folder: Path) -> dict[str, bytes]:
    """Every file of the store but Chroma's own and the lock."""
    store = folder / "store"
    files = [path for path in store.rglob("*") if path.is_file() and path.parent != store / "chroma"]
    return {
        str(path.relative_to(store)): path.read_bytes()
        for path in files
        if path.name != "lock" and "chroma" not in path.relative_to(store).parts
    }


def leftovers(folder: Path) -> list[str]:
    """What is in the store that its manifest does not name."""
    store, manifest = folder / "store", Manifest.read(folder / "store")
    assert manifest is not None
    index = open_in(folder)
    collections = {collection.name for collection in index.segments()._client.list_collections()}
    index.close()
    named = {f"{segment}-{level}" for segment in manifest.segments for level in ("sentence", "passage")}
    folders = [path for path in (store / "chroma").iterdir() if path.is_dir()]
    expected = {MANIFEST, manifest.generation, "chroma", "lock", "store-id"}
    surplus = [path.name for path in store.iterdir() if path.name not in expected]
    return [*surplus, *(collections ^ named), *(p.name for p in folders[len(named) :])]


# --- what changed ---------------------------------------------------------------------------------


def test_a_first_sync_adds_all_and_a_second_does_nothing(tmp_path: Path) -> None:
    write(tmp_path / "corpus", DOCUMENTS)
    report, encoder = resync(tmp_path)
    assert (report.added, report.rebuilt, report.wrote) == (("accord", "notes", "reponse"), "", True)
    assert encoder.seen
    before, stamp = state(tmp_path), (tmp_path / "store" / MANIFEST).stat()
    report, encoder = resync(tmp_path)
    assert report == SyncReport((), (), (), ("accord", "notes", "reponse"), (), ())
    assert (report.wrote, encoder.idle) == (False, True)
    assert state(tmp_path) == before
    assert (tmp_path / "store" / MANIFEST).stat() == stamp
    assert leftovers(tmp_path) == []


def test_only_what_changed_is_embedded(tmp_path: Path) -> None:
    made(tmp_path)
    write(tmp_path / "corpus", {"notes.md": "Un texte neuf.\n", "new.md": "Un autre texte neuf.\n"})
    (tmp_path / "corpus/theirs/reponse.txt").unlink()
    report, encoder = resync(tmp_path)
    assert (report.added, report.changed, report.removed) == (("new",), ("notes",), ("reponse",))
    assert report.unchanged == ("accord",)
    assert set(encoder.seen) == {"Un texte neuf.", "Un autre texte neuf."}
    assert {quote.source.id for quote in found(open_in(tmp_path))} == {"accord", "notes", "new"}
    assert leftovers(tmp_path) == []


def test_a_file_that_is_only_touched_changes_nothing_but_its_time(tmp_path: Path) -> None:
    index = made(tmp_path)
    os.utime(tmp_path / "corpus/notes.md", (1, 1))
    assert is_stale(index)
    generation = index.snapshot().manifest.generation
    report, encoder = resync(tmp_path)
    assert (report.wrote, encoder.seen) == (False, [])
    assert not is_stale(index)
    assert index.snapshot().manifest.generation == generation


def test_front_matter_reaches_open_readers_and_embeds_nothing(tmp_path: Path) -> None:
    reader = made(tmp_path)
    assert "L’accord" in {quote.source.title for quote in found(reader)}
    body = DOCUMENTS["ours/accord.md"].split("---\n", 2)[2]
    write(tmp_path / "corpus", {"ours/accord.md": f"---\ntitle: Le pacte\nside: Nous\n---\n{body}"})
    report, encoder = resync(tmp_path)
    assert (report.changed, encoder.seen) == (("accord",), [])
    pact = next(quote.source for quote in found(reader) if quote.source.id == "accord")
    assert (pact.title, pact.side) == ("Le pacte", "Nous")


def test_renaming_a_file_embeds_nothing(tmp_path: Path) -> None:
    reader = made(tmp_path)
    texts = {quote.text for quote in found(reader)}
    (tmp_path / "corpus/notes.md").rename(tmp_path / "corpus/papers.md")
    report, encoder = resync(tmp_path)
    assert (report.added, report.removed, encoder.seen) == (("papers",), ("notes",), [])
    assert {quote.text for quote in found(reader)} == texts
    assert "papers" in {quote.source.id for quote in found(reader)}


def test_twins_share_vectors_and_are_both_found(tmp_path: Path) -> None:
    made(tmp_path, {"a.md": FLEET, "notes.md": DOCUMENTS["notes.md"]})
    write(tmp_path / "corpus", {"b.md": FLEET})
    report, encoder = resync(tmp_path)
    assert (report.added, encoder.seen) == (("b",), [])
    index = open_in(tmp_path)
    snapshot = index.snapshot()
    question = index.encoder.get_query_embedding(QUESTION)
    near = snapshot.nearest("sentence", question, 24)
    assert {snapshot.sentence(row)[0].id for row in near} == {"a", "b"}
    assert {quote.source.id for quote in found(index, k=50)} == {"a", "b", "notes"}
    (tmp_path / "corpus/a.md").unlink()
    report, encoder = resync(tmp_path)
    assert (report.removed, encoder.seen) == (("a",), [])
    assert {quote.source.id for quote in found(index, k=50)} == {"b", "notes"}


def test_adding_files_never_renames_a_source(tmp_path: Path) -> None:
    made(tmp_path, {"notes.md": "La flotte des notes.\n"})
    write(tmp_path / "corpus", {"a/notes.md": "La flotte de A.\n", "notes.txt": "La flotte du texte.\n"})
    report, _ = resync(tmp_path)
    assert (report.added, report.changed, report.unchanged) == (("a/notes", "notes.txt"), (), ("notes",))
    texts = {quote.source.id: quote.text for quote in found(open_in(tmp_path))}
    assert texts["notes"] == "La flotte des notes."


# --- what cannot be read --------------------------------------------------------------------------


def test_an_unreadable_file_is_reported_and_the_rest_goes_on(tmp_path: Path) -> None:
    write(tmp_path / "corpus", {**DOCUMENTS, "empty.md": ""})
    (tmp_path / "corpus/bad.txt").write_bytes(BAD)
    report, _ = resync(tmp_path)
    assert report.added == ("accord", "notes", "reponse")
    assert [error.path for error in report.skipped] == ["bad.txt", "empty.md"]
    assert not any("\n" in str(error) for error in report.skipped)
    assert not is_stale(open_in(tmp_path))
    assert not resync(tmp_path)[0].wrote


def test_a_source_whose_file_is_spoilt_is_kept_as_it_was(tmp_path: Path) -> None:
    reader = made(tmp_path)
    expected = found(reader)
    good = (tmp_path / "corpus/notes.md").read_bytes()
    (tmp_path / "corpus/notes.md").write_bytes(BAD)
    report, encoder = resync(tmp_path)
    assert (report.kept, [error.path for error in report.skipped]) == (("notes",), ["notes.md"])
    assert (report.wrote, report.unchanged, encoder.seen) == (False, ("accord", "reponse"), [])
    assert found(reader) == expected
    assert not is_stale(reader)  # it was looked at; there is nothing to do about it
    stamp = (tmp_path / "store" / MANIFEST).stat()
    assert resync(tmp_path)[0].kept == ("notes",)
    assert (tmp_path / "store" / MANIFEST).stat() == stamp
    write(tmp_path / "corpus", {"more.md": FLEET})  # kept in a new generation as well
    assert resync(tmp_path)[0].kept == ("notes",)
    assert "notes" in {quote.source.id for quote in found(reader, k=50)}
    assert sync(open_in(tmp_path), rebuild=True).kept == ("notes",)
    assert "notes" in {quote.source.id for quote in found(reader, k=50)}
    (tmp_path / "corpus/notes.md").write_bytes(good)
    report, encoder = resync(tmp_path)
    assert (report.kept, report.skipped, report.wrote, encoder.seen) == ((), (), False, [])


@pytest.mark.parametrize("how", ["deleted", "spoilt from the start", "no folder"])
def test_a_corpus_without_a_document_is_an_error_and_the_old_index_answers(tmp_path: Path, how: str) -> None:
    reader = made(tmp_path, {"notes.md": FLEET})
    expected = found(reader)
    (tmp_path / "corpus/notes.md").unlink()
    if how == "spoilt from the start":
        (tmp_path / "corpus/bad.txt").write_bytes(BAD)
    if how == "no folder":
        (tmp_path / "corpus").rmdir()
    for rebuild in (False, True):
        with pytest.raises(CorpusError) as error:
            sync(open_in(tmp_path), rebuild=rebuild)
        assert "\n" not in str(error.value)
    assert found(reader) == expected
    assert found(open_in(tmp_path)) == expected
    assert ensure(open_in(tmp_path)) is None
    assert is_stale(reader)


def test_an_empty_corpus_says_what_to_put_there(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    with pytest.raises(CorpusError, match=r"no document in .*corpus: put files there \(.*\.md"):
        sync(open_in(tmp_path))


def test_a_file_name_that_is_not_utf_8_is_no_obstacle(tmp_path: Path) -> None:
    write(tmp_path / "corpus", DOCUMENTS)
    (tmp_path / "corpus" / os.fsdecode(b"flotte-\xe9.md")).write_text("La flotte est au port.\n")
    (tmp_path / "corpus" / os.fsdecode(b"vide-\xe9.md")).write_text("")
    report, _ = resync(tmp_path)
    assert len(report.added) == 4
    index = open_in(tmp_path)
    assert "La flotte est au port." in {quote.text for quote in found(index)}
    assert not is_stale(index)
    assert not resync(tmp_path)[0].wrote


# --- made otherwise -------------------------------------------------------------------------------


def test_another_encoder_embeds_everything_anew(tmp_path: Path) -> None:
    made(tmp_path)
    other = WordEncoder("other words")
    report = ensure(open_in(tmp_path, other))
    assert report is not None
    assert (report.rebuilt, report.wrote) == ("another encoder", True)
    assert other.seen
    assert "flotte" in other.words
    assert leftovers(tmp_path) == []


def test_the_encoder_of_the_settings_is_what_counts_when_none_is_given(tmp_path: Path) -> None:
    made(tmp_path)
    settings = open_in(tmp_path, embed_model="huggingface:some/model").settings
    assert Index(settings).encoder_id == "huggingface:some/model"
    assert Index(settings, WordEncoder()).encoder_id == "words"


def test_another_segmenter_embeds_everything_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made(tmp_path)
    for module in (index_module, sync_module):
        monkeypatch.setattr(module, "SEGMENTER_VERSION", 1_000)
    report, encoder = resync(tmp_path)
    assert report.rebuilt == "another version of the segmenter"
    assert encoder.seen
    assert found(open_in(tmp_path))
    assert leftovers(tmp_path) == []


@pytest.mark.parametrize(
    ("module", "name", "reason"),
    [
        (sync_module, "ANALYZER_VERSION", "another version of the word analyzer"),
        (sync_module, "READER_VERSION", "another version of the file readers"),
    ],
)
def test_another_analyzer_or_reader_embeds_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: Any, name: str, reason: str
) -> None:
    reader = made(tmp_path)
    expected, generation = found(reader), reader.snapshot().manifest.generation
    monkeypatch.setattr(module, name, 1_000)
    report, encoder = resync(tmp_path)
    assert (report.rebuilt, encoder.seen) == (reason, [])
    assert found(reader) == expected
    assert reader.snapshot().manifest.generation != generation


def test_another_corpus_folder_gives_ids_anew_and_keeps_vectors(tmp_path: Path) -> None:
    made(tmp_path)
    write(tmp_path / "elsewhere", {"x/notes.md": DOCUMENTS["notes.md"], "y/fleet.md": FLEET})
    report, encoder = resync(tmp_path, corpus=tmp_path / "elsewhere")
    assert (report.rebuilt, report.added) == ("another corpus folder", ("fleet", "notes"))
    assert encoder.seen
    assert not any("moulins" in text for text in encoder.seen)
    index = open_in(tmp_path, corpus=tmp_path / "elsewhere")
    assert {quote.source.side for quote in found(index)} == {"x", "y"}


def test_rebuilding_reads_and_embeds_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = made(tmp_path)
    expected, generation = found(reader), reader.snapshot().manifest.generation
    encoder, read = WordEncoder(), []
    original = sync_module.read_source
    monkeypatch.setattr(sync_module, "read_source", lambda *args: read.append(args[1]) or original(*args))
    report = sync(open_in(tmp_path, encoder), rebuild=True)
    assert sorted(read) == sorted(DOCUMENTS)
    assert (report.rebuilt, report.unchanged) == ("asked for", ("accord", "notes", "reponse"))
    assert encoder.seen
    assert "flotte" in encoder.words
    assert reader.snapshot().manifest.generation != generation
    assert found(reader) == expected
    assert leftovers(tmp_path) == []


# --- damaged --------------------------------------------------------------------------------------


def cut_short(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def emptied(file: Path) -> None:
    file.write_bytes(b"")


def of_another_time(file: Path) -> None:
    data = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps({**data, "format": -1}))


@pytest.mark.parametrize("spoil", [cut_short, emptied, of_another_time])
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


# --- segments -------------------------------------------------------------------------------------


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
    monkeypatch.setattr(sync_module, "MAX_SEGMENTS", 3)
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


# --- killed ---------------------------------------------------------------------------------------

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
    shards_module.BATCH, sync_module.MAX_SEGMENTS = 2, most_segments
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
    monkeypatch.setattr(sync_module, "MAX_SEGMENTS", most_segments)
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


# --- two processes --------------------------------------------------------------------------------


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


def test_two_threads_may_sync_at_once(tmp_path: Path) -> None:
    write(tmp_path / "corpus", DOCUMENTS)
    errors: list[BaseException] = []

    def work() -> None:
        try:
            sync(open_in(tmp_path))
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert errors == []
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

"""Corpus -> store: what a sync does, and what it makes anew."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from rag.documents import several as several_module
from rag.errors import CorpusError
from rag.store import stale as stale_module
from rag.store.index import Index
from rag.store.manifest import MANIFEST
from rag.store.report import SyncReport
from rag.store.stale import is_stale
from rag.store.synchronise import ensure, sync
from tests.helpers.indexes import (
    DOCUMENTS,
    FLEET,
    QUESTION,
    WordEncoder,
    found,
    leftovers,
    made,
    open_in,
    resync,
    write,
)

BAD = b"\x00\x01\x02\x03 not a document \x00"


def state(folder: Path) -> dict[str, bytes]:
    """Every file of the store but Chroma's own and the lock."""
    store = folder / "store"
    files = [path for path in store.rglob("*") if path.is_file() and path.parent != store / "chroma"]
    return {
        str(path.relative_to(store)): path.read_bytes()
        for path in files
        if path.name != "lock" and "chroma" not in path.relative_to(store).parts
    }


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


def test_the_abbreviations_that_documents_explain_follow_them(tmp_path: Path) -> None:
    written = {"a.md": "La Régie des eaux du lac (REDL) tarde.\n", "b.md": "Une crue a emporté le pont.\n"}
    index = made(tmp_path, written)
    named = "la Régie des eaux du lac"
    assert [value for _, _, value in index.snapshot().bodies.named_in(named)] == ["=redl"]
    write(tmp_path / "corpus", {"a.md": "La régie tarde.\n"})
    sync(index)
    assert not list(index.snapshot().bodies.named_in(named))


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
    generation = index.snapshot().manifest.parts
    report, encoder = resync(tmp_path)
    assert (report.wrote, encoder.seen) == (False, [])
    assert not is_stale(index)
    assert index.snapshot().manifest.parts == generation


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


def test_another_encoder_embeds_everything_anew(tmp_path: Path) -> None:
    made(tmp_path)
    other = WordEncoder("other words")
    report = ensure(open_in(tmp_path, other))
    assert report is not None
    assert (report.rebuilt, report.wrote) == ("another encoder", True)
    assert other.seen
    assert leftovers(tmp_path) == []


def test_the_encoder_of_the_settings_is_what_counts_when_none_is_given(tmp_path: Path) -> None:
    made(tmp_path)
    settings = open_in(tmp_path, embed_model="huggingface:some/model").settings
    assert Index(settings).encoder_id == "huggingface:some/model"
    assert Index(settings, WordEncoder()).encoder_id == "words"


def test_another_segmenter_embeds_everything_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made(tmp_path)
    monkeypatch.setattr(stale_module, "SEGMENTER_VERSION", 1_000)
    report, encoder = resync(tmp_path)
    assert report.rebuilt == "another version of the segmenter"
    assert encoder.seen
    assert found(open_in(tmp_path))
    assert leftovers(tmp_path) == []


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("ANALYZER_VERSION", "another version of the word analyzer"),
        ("READER_VERSION", "another version of the file readers"),
    ],
)
def test_another_analyzer_or_reader_embeds_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, reason: str
) -> None:
    reader = made(tmp_path)
    expected, generation = found(reader), reader.snapshot().manifest.parts
    monkeypatch.setattr(stale_module, name, 1_000)
    report, encoder = resync(tmp_path)
    assert (report.rebuilt, encoder.seen) == (reason, [])
    assert found(reader) == expected
    assert reader.snapshot().manifest.parts != generation


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
    expected, generation = found(reader), reader.snapshot().manifest.parts
    encoder, read = WordEncoder(), []
    original = several_module.read_source
    monkeypatch.setattr(several_module, "read_source", lambda *args: read.append(args[1]) or original(*args))
    report = sync(open_in(tmp_path, encoder), rebuild=True)
    assert sorted(read) == sorted(DOCUMENTS)
    assert (report.rebuilt, report.unchanged) == ("asked for", ("accord", "notes", "reponse"))
    assert encoder.seen
    assert reader.snapshot().manifest.parts != generation
    assert found(reader) == expected
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


def test_every_file_that_is_not_read_is_named(tmp_path: Path) -> None:
    write(tmp_path / "corpus", dict.fromkeys(("vieux.doc", "photo.png", "Thumbs.db", "notes.yaml"), "x"))
    with pytest.raises(CorpusError, match=r"none of the 2 files .*photo\.png, vieux\.doc") as caught:
        resync(tmp_path)
    assert "OCR" in str(caught.value)
    write(tmp_path / "corpus", {"débat.srt": "1\n00:00:01,000 --> 00:00:02,000\nLe tram ferme ce soir.\n"})
    report, _ = resync(tmp_path)
    assert [error.path for error in report.skipped] == ["photo.png", "vieux.doc"]
    assert report.added == ("débat",)

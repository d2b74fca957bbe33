"""Documents added: their text to the byte, what is said of them, several and at once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rag.documents.corpus import read_source
from rag.documents.folder import list_files
from rag.documents.frontmatter import read_sidecar
from rag.store.stale import is_stale
from rag.store.synchronise import sync
from rag.types import text_hash
from rag.upkeep.details import Details
from rag.upkeep.edit import Editor
from rag.upkeep.upload import Upload
from tests.helpers.indexes import found, open_in
from tests.helpers.uploads import A_DOCX, A_PDF, WHEAT, files, infos, upload


def test_what_is_added_answers_and_keeps_its_text_to_the_byte(
    keeper: Editor, add: Callable[..., Any], tmp_path: Path
) -> None:
    plain = add(WHEAT)
    assert (tmp_path / "corpus/blé.txt").read_bytes() == WHEAT.encode()
    assert (plain.id, plain.side, plain.sha256) == ("blé", None, text_hash(WHEAT))
    assert found(keeper.index, "La récolte fut-elle bonne ?")[0].source.id == "blé"


def test_title_side_date_and_note_do_not_move_the_text(add: Callable[..., Any], tmp_path: Path) -> None:
    info = add(
        WHEAT,
        title=" Les  blés: #1 ",
        side="Pay\u0301sans « d’ici »",
        date="2026-01-06",
        note='Traduit "vite"\nde l’anglais',
    )
    assert (info.title, info.side, info.date) == ("Les blés: #1", "Paýsans « d’ici »", "2026-01-06")
    assert info.note == 'Traduit "vite" de l’anglais'
    assert info.editorial == ("title", "side", "date")
    assert (info.sha256, info.characters) == (text_hash(WHEAT), len(WHEAT))
    assert read_source(tmp_path / "corpus", info.path, "x", 10_000).text == WHEAT


def test_a_title_that_the_document_bears_is_its_own(add: Callable[..., Any]) -> None:
    assert add(WHEAT, title="Les blés ont levé").editorial == ()


def test_fields_go_into_front_matter_that_is_there(add: Callable[..., Any], tmp_path: Path) -> None:
    front = "---\r\ntitle: Ancien  # à revoir\r\nkind: tract\r\nauthor: X\r\n---\r\n"
    info = add(front + WHEAT, side="Nous")
    assert (info.title, info.side, info.kind, info.sha256) == ("Ancien", "Nous", "tract", text_hash(WHEAT))
    kept = (tmp_path / "corpus/blé.txt").read_bytes().decode()
    assert kept.startswith("---\r\ntitle: Ancien  # à revoir\r\nkind: tract\r\nauthor: X\r\n")
    assert kept.endswith(WHEAT)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_other_encodings_keep_their_text(add: Callable[..., Any], encoding: str) -> None:
    assert add(WHEAT.encode(encoding), side="Nous").sha256 == text_hash(WHEAT)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("page.html", b"<p>Un texte <script>alert(1)</script>en <b>HTML</b>.</p>", "Un texte en HTML."),
        ("rapport.PDF", A_PDF, "Un texte en PDF."),
        ("note.docx", A_DOCX, "Un texte en Word."),
    ],
)
def test_other_formats_are_kept_as_they_are_with_a_sidecar(
    keeper: Editor, add: Callable[..., Any], tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    info = add(content, name, side="Nous", title="Titre", date="2026")
    assert (info.side, info.title, info.date) == ("Nous", "Titre", "2026")
    assert info.path == name.lower()
    assert (tmp_path / "corpus" / info.path).read_bytes() == content
    sidecar = tmp_path / "corpus" / f"{info.path}.yaml"
    assert read_sidecar(sidecar.read_text("utf-8")).side == "Nous"
    assert info.sha256 == text_hash(said)
    assert not is_stale(keeper.index)


def test_several_at_once_each_with_its_own_outcome(keeper: Editor, tmp_path: Path) -> None:
    stages: list[str] = []
    results = keeper.add(
        [
            upload(tmp_path / "temp", WHEAT, "a.md"),
            upload(tmp_path / "temp", b"\0\1\2\3" * 99, "b.txt"),
            upload(tmp_path / "temp", "Une autre chose.\n", "c.txt"),
        ],
        lambda stage, done, total: stages.append(stage),
    )
    assert [result.source.id if result.source else None for result in results] == ["a", None, "c"]
    assert results[1].error.startswith("binary data")
    assert stages[0] == "store"
    assert {"read", "embed", "commit"} <= set(stages)
    assert set(list_files(tmp_path / "corpus")) >= {"a.md", "c.txt"}
    assert not (tmp_path / "corpus/b.txt").exists()


def test_the_first_change_takes_copies_of_the_shipped_documents(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    index = open_in(tmp_path, corpus=None)
    sync(index)
    shipped = files(index.settings.corpus_dir())
    assert not (tmp_path / "corpus").exists()
    keeper = Editor(index)
    (info,) = keeper.describe(["commentaire"], Details(side="Autre")).sources
    (added,) = keeper.add([upload(tmp_path / "temp", WHEAT)])
    assert added.source is not None
    assert info.side == "Autre"
    assert set(infos(index)) == {"commentaire", "declaration", "blé"}
    assert set(files(tmp_path / "corpus")) == {*shipped, "blé.txt"}
    assert files(tmp_path / "corpus")["declaration.md"] == shipped["declaration.md"]


def test_two_pages_that_add_at_once_lose_nothing(keeper: Editor, tmp_path: Path) -> None:
    uploads = [upload(tmp_path / "temp", f"Voici le texte numéro {n}.\n", "même.txt") for n in range(6)]
    outcomes: list[str] = []

    def work(one: Upload) -> None:
        (result,) = Editor(open_in(tmp_path)).add([one])
        outcomes.append(result.error or (result.source.id if result.source else "?"))

    threads = [threading.Thread(target=work, args=(one,)) for one in uploads]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["même", "même-2", "même-3", "même-4", "même-5", "même-6"]
    assert set(outcomes) <= set(infos(keeper.index))
    texts = {read_source(tmp_path / "corpus", f"{name}.txt", "x", 1000).text for name in outcomes}
    assert texts == {f"Voici le texte numéro {n}.\n" for n in range(6)}


def test_what_a_killed_process_left_is_swept(add: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "corpus/.replique-0123456789ab.part").write_text("moitié")
    add(WHEAT)
    assert not [name for name in files(tmp_path / "corpus") if ".part" in name]


def test_nor_by_the_name_it_got_beside_another(
    add: Callable[..., Any], keeper: Editor, tmp_path: Path
) -> None:
    (tmp_path / "corpus/wheat.md").write_text("Un autre texte de ce nom.\n", encoding="utf-8")
    info = add(WHEAT, "wheat.md")
    whole = files(tmp_path / "corpus")
    assert info.path == "wheat-2.md"
    (tmp_path / "corpus" / info.path).unlink()
    sync(keeper.index)
    (tmp_path / "corpus" / info.path).write_bytes(whole[info.path])  # as one left it that was killed
    assert add(WHEAT, "wheat.md").path == "wheat-2.md"
    assert files(tmp_path / "corpus") == whole


@pytest.mark.parametrize("left", ["sidecar", "both"])
def test_what_was_copied_but_not_indexed_is_not_added_twice(
    add: Callable[..., Any], keeper: Editor, tmp_path: Path, left: str
) -> None:
    info = add(A_PDF, "traité.pdf", side="Nous")
    whole = files(tmp_path / "corpus")
    for document in (tmp_path / "corpus/traité.pdf", tmp_path / "corpus/traité.pdf.yaml"):
        document.unlink()
    sync(keeper.index)
    for name in {"sidecar": ["traité.pdf.yaml"], "both": ["traité.pdf", "traité.pdf.yaml"]}[left]:
        (tmp_path / "corpus" / name).write_bytes(whole[name])  # as one left it that was killed
    assert add(A_PDF, "traité.pdf", side="Nous") == info
    assert files(tmp_path / "corpus") == whole

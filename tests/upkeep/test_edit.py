"""Changes to the corpus folder: what is added, renamed, removed and put back, and what is refused."""

from __future__ import annotations

import io
import os
import sys
import threading
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from rag import files as file_module
from rag.documents import one_line
from rag.documents.corpus import read_source
from rag.documents.folder import list_files
from rag.documents.frontmatter import (
    FrontMatter,
    read_sidecar,
    split_front_matter,
    with_front_matter,
    with_sidecar,
)
from rag.errors import CorpusError, InputError, NotReadable, ReadOnly, RepliqueError, UnknownSource
from rag.store.index import Index
from rag.store.manifest import Manifest
from rag.store.stale import is_stale
from rag.store.synchronise import sync
from rag.types import SourceInfo, text_hash
from rag.upkeep.details import Details
from rag.upkeep.edit import Editor, Upload
from rag.upkeep.names import NAME_MAX, safe_name
from tests.helpers.indexes import found, made, open_in, write

WHEAT = "Les blés ont levé au printemps.\r\n\r\nLa récolte fut « bonne » cette année-là.\n"
HOSTILE_NAMES = [
    "../../etc/passwd.txt",
    "..\\..\\Windows\\x.txt",
    "/etc/cron.d/x.txt",
    "C:\\CON.txt",
    "nul.md",
    "com¹.txt",
    ".hidden.txt",
    "~$x.txt",
    "..",
    "",
    "a\0b.txt",
    "a\nb\u202egpj.txt",
    "x" * 4000 + ".txt",
    "é" * 4000 + ".txt",
    'a<b>:c"|?*.txt',
    " . .txt",
    "x. .txt",
    "\ud800.txt",
    "e\u0301te\u0301.txt",
]


@pytest.fixture
def keeper(tmp_path: Path) -> Editor:
    return Editor(made(tmp_path))


def upload(folder: Path, content: str | bytes, name: str = "blé.txt", **details: str) -> Upload:
    """A file as a web server hands it over: under a name of its own."""
    folder.mkdir(exist_ok=True)
    file = folder / f"upload-{len(list(folder.iterdir()))}"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return Upload(file, name, Details(**details))


@pytest.fixture
def add(keeper: Editor, tmp_path: Path) -> Callable[..., Any]:
    """Add one document; its source, or the reason why there is none."""

    def add_one(content: str | bytes, name: str = "blé.txt", **details: str) -> SourceInfo | str:
        (result,) = keeper.add([upload(tmp_path / "temp", content, name, **details)])
        assert result.name == name
        assert (result.source is None) == bool(result.error)
        assert "\n" not in result.error
        return result.source or result.error

    return add_one


def files(folder: Path) -> dict[str, bytes]:
    """Everything in the corpus folder, hidden files too."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def infos(index: Index) -> dict[str, SourceInfo]:
    return {info.id: info for info in index.read(lambda snapshot: snapshot.infos)}


def a_pdf(text: str = "Un texte en PDF.") -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream)
    canvas.drawString(72, 700, text)
    canvas.save()
    return stream.getvalue()


def a_docx(text: str = "Un texte en Word.") -> bytes:
    stream = io.BytesIO()
    document = docx.Document()
    document.add_paragraph(text)
    document.save(stream)
    return stream.getvalue()


# --- adding ---------------------------------------------------------------------------------------


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
    assert info.editorial == ("title", "side")
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
        ("rapport.PDF", a_pdf(), "Un texte en PDF."),
        ("note.docx", a_docx(), "Un texte en Word."),
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


def bomb() -> bytes:
    """A small DOCX that unpacks to gigabytes."""
    stream = io.BytesIO(a_docx())
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        for number in range(3):
            archive.writestr(f"word/bomb{number}.xml", bytes(60_000_000))
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("vide.txt", b"", "empty"),
        ("blanc.txt", b" \n\n", "no visible text"),
        ("image.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "binary"),
        ("texte.pdf", b"Un texte.", "not a PDF"),
        ("page.pdf", b"<html><script>alert(1)</script></html>", "not a PDF"),
        ("rapport.txt", a_pdf(), "a PDF, whatever its name"),
        ("rapport.md", a_docx(), "Word document, whatever its name"),
        ("lettre.txt", rb"{\rtf1 Bonjour}", "an RTF"),
        ("archive.docx", b"PK\x03\x04 rien", "damaged"),
        ("programme.exe", b"MZ", "not a kind of file that is read"),
        ("sans-suffixe", b"Un texte.", "not a kind of file that is read"),
        ("double.txt", "Les moulins tournent au vent du nord.\n\nLe boulanger vend du pain de seigle.\n",
         "already: notes"),
        ("casse.md", "---\ntitle: [\n---\nUn texte.\n", "front matter, line 3"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_and_leaves_nothing(
    keeper: Editor, add: Callable[..., Any], tmp_path: Path, name: str, content: str | bytes, reason: str
) -> None:
    before, manifest = files(tmp_path / "corpus"), Manifest.read(keeper.index.store)
    assert reason in add(content, name, side="Nous")
    assert files(tmp_path / "corpus") == before
    assert Manifest.read(keeper.index.store) == manifest


def test_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    made(tmp_path)
    small = Editor(open_in(tmp_path, max_file_mb=1))
    data = bomb()
    assert len(data) < 1_000_000
    (result,) = small.add([upload(tmp_path / "temp", data, "bombe.docx")])
    assert "unpacks to" in result.error


def test_a_large_file_is_refused_before_it_is_read(keeper: Editor, tmp_path: Path) -> None:
    file = tmp_path / "large"
    with file.open("wb") as stream:
        stream.truncate(60_000_000)
    (result,) = keeper.add([Upload(file, "large.txt")])
    assert result.error.startswith("60,000,000 bytes, over the limit of 50,000,000")


def test_a_field_that_is_too_long_is_refused(add: Callable[..., Any]) -> None:
    assert "the side has 61 characters: 60 at most" in add(WHEAT, side="x" * 61)


@given(st.one_of(st.text(), st.sampled_from(HOSTILE_NAMES), st.text().map(lambda stem: f"{stem}.txt")))
@example("../../etc/passwd.txt")
@example("nul.md")
@example("é" * 4000 + ".txt")
def test_a_safe_name_is_one_on_every_system(name: str) -> None:
    safe = safe_name(name)
    assert safe == unicodedata.normalize("NFC", safe)
    assert 0 < len(safe.encode()) <= NAME_MAX + 20
    assert not set(safe) & set('<>:"/\\|?*\0\n\r')
    assert not safe.startswith((".", "~", " "))
    assert not safe.endswith((".", " "))
    stem = safe.split(".")[0].rstrip().lower()
    assert stem not in {"con", "prn", "aux", "nul", "com1", "lpt9", "com¹"}
    assert safe_name(safe) == safe


def test_hostile_names_stay_in_the_folder_and_over_nothing(keeper: Editor, tmp_path: Path) -> None:
    before = files(tmp_path)
    results = keeper.add(
        [
            upload(tmp_path / "temp", f"Voici le texte numéro {number}.\n", name, side="Nous")
            for number, name in enumerate(HOSTILE_NAMES)
            if name.endswith((".txt", ".md"))
        ]
    )
    assert [result.error for result in results] == [""] * len(results)
    after = files(tmp_path)
    new = {path for path in after if path not in before and path.split("/")[0] not in {"temp", "store"}}
    assert {f"corpus/{result.source.path}" for result in results if result.source} == new
    assert all(after[path] == before[path] for path in before if not path.startswith("store/"))


def test_a_name_that_is_taken_in_any_form_gets_a_number(keeper: Editor, tmp_path: Path) -> None:
    write(tmp_path / "corpus", {"E\u0301te\u0301.txt": "Le premier.\n", "autre.pdf.yaml": "side: X\n"})
    results = keeper.add(
        [
            upload(tmp_path / "temp", "Le deuxième.\n", "été.txt"),
            upload(tmp_path / "temp", "Le troisième.\n", "ÉTÉ.txt"),
            upload(tmp_path / "temp", a_pdf(), "autre.pdf"),
        ]
    )
    assert [result.source.path for result in results if result.source] == [
        "été-2.txt", "ÉTÉ-3.txt", "autre-2.pdf",
    ]  # fmt: skip
    assert (tmp_path / "corpus/autre.pdf.yaml").read_text() == "side: X\n"


def test_a_read_only_corpus_is_left_alone(keeper: Editor, tmp_path: Path) -> None:
    removed = keeper.remove("notes")
    before = files(tmp_path)
    closed = Editor(open_in(tmp_path, read_only=True))
    acts: list[Callable[[], object]] = [
        lambda: closed.add([upload(tmp_path / "temp", WHEAT)]),
        lambda: closed.describe(["accord"], Details(side="X")),
        lambda: closed.remove("accord"),
        lambda: closed.restore(removed.token),
    ]
    for act in acts:
        with pytest.raises(ReadOnly, match="REPLIQUE_READ_ONLY"):
            act()
    assert {path: data for path, data in files(tmp_path).items() if not path.startswith("temp/")} == before


def test_the_first_change_takes_copies_of_the_shipped_documents(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    index = open_in(tmp_path, corpus=None)
    sync(index)
    shipped = files(index.settings.corpus_dir())
    assert not (tmp_path / "corpus").exists()
    keeper = Editor(index)
    (info,) = keeper.describe(["commentaire"], Details(side="Autre"))
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


def test_what_fails_midway_is_said_and_the_rest_goes_on(
    keeper: Editor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = file_module.write

    def full(file: Path, data: bytes) -> None:
        if b"%PDF" in data:
            raise OSError(28, "No space left on device")
        real(file, data)

    monkeypatch.setattr(file_module, "write", full)
    results = keeper.add(
        [
            upload(tmp_path / "temp", a_pdf(), "a.pdf", side="Nous"),
            upload(tmp_path / "temp", WHEAT, "b.txt"),
        ]
    )
    assert "No space left" in results[0].error
    assert results[1].source is not None
    assert not any("a.pdf" in name or ".part" in name for name in files(tmp_path / "corpus"))


def test_what_a_killed_process_left_is_swept(add: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "corpus/.replique-0123456789ab.part").write_text("moitié")
    add(WHEAT)
    assert not [name for name in files(tmp_path / "corpus") if ".part" in name]


# --- saying something else ------------------------------------------------------------------------


def test_a_side_is_renamed_whatever_says_it(keeper: Editor, add: Callable[..., Any], tmp_path: Path) -> None:
    add(a_pdf(), "rapport.pdf")
    pdf, before = (tmp_path / "corpus/rapport.pdf").read_bytes(), infos(keeper.index)
    assert (before["reponse"].side, before["notes"].side, before["rapport"].side) == ("theirs", None, None)
    now = keeper.describe(["reponse", "notes", "accord", "rapport"], Details(side="Les autres"))
    assert [(info.id, info.side, info.editorial) for info in now] == [
        (name, "Les autres", ("side",)) for name in ("reponse", "notes", "accord", "rapport")
    ]
    assert {name: info.sha256 for name, info in infos(keeper.index).items()} == {
        name: info.sha256 for name, info in before.items()
    }
    assert now[2].title == "L’accord"
    assert (tmp_path / "corpus/rapport.pdf").read_bytes() == pdf
    again = keeper.describe(["reponse", "rapport"], Details(side="", title="Autre"))
    assert [(info.side, info.title, info.editorial) for info in again] == [
        ("theirs", "Autre", ("title",)), (None, "Autre", ("title",)),
    ]  # fmt: skip
    assert found(keeper.index, side_of := "La flotte compte neuf navires", sides=["theirs"]), side_of


def test_saying_the_same_writes_nothing(keeper: Editor, tmp_path: Path) -> None:
    before, manifest = files(tmp_path / "corpus"), Manifest.read(keeper.index.store)
    keeper.describe(["accord"], Details(title="L’accord", side="ours"))
    assert (files(tmp_path / "corpus"), Manifest.read(keeper.index.store)) == (before, manifest)


def test_an_unknown_source_changes_nothing(keeper: Editor, tmp_path: Path) -> None:
    before = files(tmp_path / "corpus")
    with pytest.raises(UnknownSource, match="'rien'"):
        keeper.describe(["notes", "rien"], Details(side="X"))
    with pytest.raises(UnknownSource):
        keeper.remove("rien")
    assert files(tmp_path / "corpus") == before


def test_a_document_that_cannot_be_changed_says_why(keeper: Editor, tmp_path: Path) -> None:
    write(tmp_path / "corpus", {"notes.md": "---\ntitle: [\n---\nUn texte.\n"})
    with pytest.raises(InputError, match="notes cannot be changed: front matter, line 3"):
        keeper.describe(["notes"], Details(side="X"))


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_nothing_is_written_through_a_link_that_leads_out(
    keeper: Editor, add: Callable[..., Any], tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    write(outside, {"reponse.txt": "Dehors.\n"})
    add(a_pdf(), "rapport.pdf")
    (tmp_path / "corpus/rapport.pdf.yaml").symlink_to(outside / "rapport.pdf.yaml")
    with pytest.raises(InputError, match="out of the corpus folder"):
        keeper.describe(["rapport"], Details(side="X"))
    removed = keeper.remove("reponse")
    (tmp_path / "corpus/theirs").rmdir()
    (tmp_path / "corpus/theirs").symlink_to(outside)
    with pytest.raises(InputError, match="out of the corpus folder"):
        keeper.restore(removed.token)
    assert files(outside) == {"reponse.txt": b"Dehors.\n"}


def test_an_edited_sidecar_is_seen(keeper: Editor, add: Callable[..., Any], tmp_path: Path) -> None:
    add(a_pdf(), "rapport.pdf", side="Nous")
    sidecar = tmp_path / "corpus/rapport.pdf.yaml"
    sidecar.write_text("---\nside: Eux\ntitle: Le rapport\n---\n", encoding="utf-8")
    assert is_stale(keeper.index)
    assert sync(keeper.index).changed == ("rapport",)
    assert infos(keeper.index)["rapport"].side == "Eux"
    sidecar.write_text("rien de tel", encoding="utf-8")
    report = sync(keeper.index)
    assert (report.kept, report.skipped[0].reason) == (
        ("rapport",), "rapport.pdf.yaml: not a list of fields such as `side: …`; correct it",
    )  # fmt: skip
    sidecar.unlink()
    sync(keeper.index)
    assert infos(keeper.index)["rapport"].side is None
    assert not is_stale(keeper.index)


# --- removing -------------------------------------------------------------------------------------


def test_what_is_removed_comes_back_as_it_was(
    keeper: Editor, add: Callable[..., Any], tmp_path: Path
) -> None:
    add(a_pdf(), "rapport.pdf", side="Nous", title="Le rapport")
    before, known = files(tmp_path / "corpus"), infos(keeper.index)
    one, other = keeper.remove("rapport"), keeper.remove("reponse")
    assert set(infos(keeper.index)) == {"accord", "notes"}
    assert set(files(tmp_path / "corpus")) == {"ours/accord.md", "notes.md"}
    assert {removed.token for removed in keeper.trash()} == {one.token, other.token}
    assert (one.id, one.title, one.side) == ("rapport", "Le rapport", "Nous")
    sync(keeper.index, rebuild=True)  # the trash is no part of the index
    (tmp_path / "corpus/theirs").rmdir()
    assert keeper.restore(other.token) == known["reponse"]
    assert keeper.restore(one.token) == known["rapport"]
    assert files(tmp_path / "corpus") == before
    assert keeper.trash() == []
    with pytest.raises(InputError, match="the trash holds no"):
        keeper.restore(one.token)


def test_what_is_put_back_overwrites_nothing(keeper: Editor, add: Callable[..., Any], tmp_path: Path) -> None:
    removed = keeper.remove("notes")
    add(WHEAT, "notes.md")
    assert keeper.restore(removed.token).path == "notes-2.md"
    assert (tmp_path / "corpus/notes.md").read_bytes() == WHEAT.encode()


@pytest.mark.parametrize("token", ["", "..", "../trash", "a/b", "rien", "."])
def test_the_trash_gives_nothing_else_back(keeper: Editor, token: str) -> None:
    keeper.remove("notes")
    with pytest.raises(InputError, match="the trash holds no"):
        keeper.restore(token)


def test_the_only_document_stays(tmp_path: Path) -> None:
    keeper = Editor(made(tmp_path, {"seul.txt": WHEAT}))
    with pytest.raises(InputError, match="the only document"):
        keeper.remove("seul")
    assert set(files(tmp_path / "corpus")) == {"seul.txt"}


def test_a_removal_that_fails_keeps_the_document(
    keeper: Editor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files(tmp_path / "corpus")

    def full(file: Path, data: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(file_module, "write", full)
    with pytest.raises(CorpusError, match="No space left"):
        keeper.remove("notes")
    with pytest.raises(CorpusError, match="No space left"):
        keeper.describe(["notes"], Details(side="X"))
    assert files(tmp_path / "corpus") == before
    assert keeper.trash() == []


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_is_said(keeper: Editor, tmp_path: Path) -> None:
    (tmp_path / "corpus").chmod(0o500)
    try:
        (result,) = keeper.add([upload(tmp_path / "temp", WHEAT)])
    finally:
        (tmp_path / "corpus").chmod(0o700)
    assert "allow writing there" in result.error


def test_every_refusal_is_ours(keeper: Editor) -> None:
    """No OSError of the system reaches the page."""
    (result,) = keeper.add([Upload(Path("/nowhere/at/all"), "x.txt")])
    assert "vanished" in result.error
    with pytest.raises(RepliqueError):
        keeper.restore("rien")


# --- front matter ---------------------------------------------------------------------------------

FIELD = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), max_size=40)


@given(text=st.text(max_size=60), title=FIELD, side=FIELD)
@example("---\nrègle\n---\nx", "a: b", "- c")
@example("---\ntitle: a\n---\nx", "# non", "'\"\\")
@example("\ufeffx", "null", "~")
def test_setting_fields_reads_back_and_leaves_the_text(text: str, title: str, side: str) -> None:
    title, side = (one_line(value) for value in (title, side))
    try:
        front, body = split_front_matter(text)
        written = with_front_matter(text, {"title": title, "side": side, "editorial": ["side"]})
    except NotReadable:
        return
    expected = FrontMatter(title, side, front.date, front.language, front.note, front.kind, ("side",))
    assert split_front_matter(written) == (expected, body)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", 'side: "N"\ntitle: "T"\n'),
        ("# rien\n", '# rien\nside: "N"\ntitle: "T"\n'),
        ("side: [a]\n", ""),
        ("title: a # b\nside: >-\n  c\n  d\n# e\nkind: f", 'title: "T" # b\nside: "N"\n# e\nkind: f\n'),
        (
            "editorial:\n- title # x\n# y\nside:\ntitle:",
            'editorial:\n- title # x\n# y\nside: "N"\ntitle: "T"\n',
        ),
        ("{kind: a, title: b}", '{side: "N", kind: a, title: "T"}'),
        ("---\nside: a\n---\n", 'side: "N"\ntitle: "T"\n'),
    ],
)
def test_the_rest_of_a_sidecar_stays(before: str, after: str) -> None:
    if not after:
        with pytest.raises(NotReadable, match="must be a text"):
            with_sidecar(before, {"side": "N", "title": "T"})
        return
    assert with_sidecar(before, {"side": "N", "title": "T"}).rstrip("\n") == after.rstrip("\n")

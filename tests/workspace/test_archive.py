"""A debate as one file: the same on the other side, and nothing of what a forged one wants."""

from __future__ import annotations

import hashlib
import io
import json
import random
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rag.dossier.file import save
from rag.dossier.types import Dossier
from rag.errors import InputError, ReadOnly, RepliqueError
from rag.settings import load_settings
from rag.workspace.archive import CONTENTS, export_debate, import_debate
from rag.workspace.shelf import Shelf

SEED = 20261129


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(
        load_settings(
            corpus=tmp_path / "corpus",
            store=tmp_path / "store",
            debates=tmp_path / "debates",
            max_file_mb=0.1,
            max_debate_mb=0.2,
        )
    )


@pytest.fixture
def exported(shelf: Shelf, tmp_path: Path) -> Path:
    made = shelf.new("Le tram", "Faut-il un tram ?", "fr")
    made.keep_colours(["Mairie", "Commerçants"])
    documents = made.settings.corpus
    (documents / "Mairie").mkdir()
    (documents / "Mairie" / "Été « vœu ».md").write_text("Le tram coûte 12 M€.\r\n", encoding="utf-8")
    (documents / "b.pdf").write_bytes(bytes(range(256)))
    (documents / "b.pdf.yaml").write_text("side: Commerçants\n", encoding="utf-8")
    (documents / ".caché").write_text("x")
    save(Dossier("Demain"), made.dossier_file)
    made.settings.questions.write_text("{}\n")
    (made.settings.store).mkdir()
    (made.settings.store / "manifest.json").write_text("x")
    file = tmp_path / "tram.replique"
    export_debate(made, file)
    return file


def files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_a_colleague_has_the_same_debate(shelf: Shelf, exported: Path, tmp_path: Path) -> None:
    assert import_debate(shelf, exported).described().title == "Le tram (2)"
    there = import_debate(shelf, exported, "Le tram")
    mine = files(shelf.folder / "le-tram")
    del mine["documents/.caché"], mine[".replique/manifest.json"]
    assert files(shelf.folder / there.name) == mine
    assert there.name == "le-tram-3"
    assert import_debate(shelf, exported, "Autre titre").described().title == "Autre titre"
    again = tmp_path / "again.replique"
    export_debate(there, again)
    assert again.read_bytes() == exported.read_bytes()  # the same debate, the same bytes


def test_the_dossier_of_the_page_goes_along(shelf: Shelf, exported: Path, tmp_path: Path) -> None:
    given = json.dumps({"format": "replique-dossier", "version": 1, "title": "Du navigateur", "cards": []})
    file = tmp_path / "x.replique"
    export_debate(shelf.workspace("le-tram"), file, given.encode())
    assert import_debate(shelf, file).dossier_file.read_text("utf-8") == given


def test_nothing_is_imported_where_nothing_may_change(shelf: Shelf, exported: Path) -> None:
    with pytest.raises(ReadOnly):
        import_debate(Shelf(shelf.settings.model_copy(update={"read_only": True})), exported)


Entries = dict[str, bytes]


def forged(
    target: Path, entries: Entries, change: Callable[[dict[str, Any]], object] = lambda _: None
) -> Path:
    """An archive that lists its entries as they are, but for what ``change`` makes of the list."""
    told = [
        {"path": path, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        for path, data in entries.items()
    ]
    contents = {"format": "replique-debate", "version": 1, "title": "Faux", "files": told}
    change(contents)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(CONTENTS, json.dumps(contents))
        for path, data in entries.items():
            archive.writestr(zipfile.ZipInfo(path), data)
    return target


BAD_PATHS = [
    "../x", "documents/../../x", "/etc/x", "documents//x", "documents/./x", "documents", "x.md",
    "documents/.x", "documents/a\\..\\x", "C:/x", "documents/c:x", "documents/nul.txt", "documents/com1",
    "documents/x.", "documents/ x", "documents/x\n.md", "documents/\u202egpj.exe", "documents/debate.yaml",
    "documents/" + "d/" * 12 + "x", "documents/" + "x" * 200, ".replique/manifest.json", "debate.yaml",
    "documents/x\ud800", "DOSSIER.json", "documents/a?.md",
]  # fmt: skip


@pytest.mark.parametrize("path", BAD_PATHS, ids=ascii)
def test_no_path_leads_elsewhere(shelf: Shelf, tmp_path: Path, path: str) -> None:
    before = files(tmp_path)
    try:
        file = forged(tmp_path / "f.replique", {path: b"x"})
    except UnicodeEncodeError:
        return  # no zip can hold it
    with pytest.raises(InputError):
        import_debate(shelf, file)
    assert files(tmp_path) == {**before, "f.replique": file.read_bytes()}


def _grown(contents: dict[str, Any]) -> None:
    contents["files"][0]["size"] += 1


@pytest.mark.parametrize(
    ("entries", "change", "key"),
    [
        ({"documents/a": b"x", "documents/A": b"y"}, lambda c: None, "archive_list"),
        ({"documents/é": b"x", "documents/e\u0301": b"y"}, lambda c: None, "archive_list"),
        ({"documents/a": b"x", "documents/a/b": b"y"}, lambda c: None, "archive_list"),
        ({"documents/a": b"x"}, lambda c: c["files"].clear(), "archive_list"),
        ({"documents/a": b"x"}, lambda c: c["files"].append({**c["files"][0], "path": "documents/b"}),
         "archive_list"),
        ({"documents/a": b"x"}, lambda c: c["files"].append(c["files"][0]), "archive_list"),
        ({"documents/a": b"x"}, _grown, "archive_file"),
        ({"documents/a": b"x"}, lambda c: c["files"][0].update(sha256="0" * 64), "archive_file"),
        ({"documents/a": b"0" * 100_001}, lambda c: None, "archive_file_large"),
        ({"documents/a": b"0" * 100_001}, lambda c: c["files"][0].update(size=10), "archive_file"),
        ({f"documents/{n}": b"0" * 90_000 for n in range(3)}, lambda c: None, "archive_large"),
        ({"dossier.json": b"[]"}, lambda c: None, "not_a_dossier"),
        ({"dossier.json": b"{"}, lambda c: None, "archive_file"),
        ({}, lambda c: c.update(version=2), "archive_version"),
        ({}, lambda c: c.update(format="x"), "archive_other"),
        ({}, lambda c: c.update(title=""), "archive_field"),
        ({}, lambda c: c.update(title=7), "archive_field"),
        ({}, lambda c: c.update(language="de"), "archive_field"),
        ({}, lambda c: c.update(files=[{"path": "x"}]), "archive_field"),
    ],
)  # fmt: skip
def test_what_is_not_as_it_is_listed_is_refused(
    shelf: Shelf, tmp_path: Path, entries: Entries, change: Callable[..., None], key: str
) -> None:
    file = forged(tmp_path / "f.replique", entries, change)
    with pytest.raises(RepliqueError) as raised:
        import_debate(shelf, file)
    assert raised.value.key == key
    assert not list(shelf.folder.glob("*"))


def test_a_link_a_lock_and_a_thousand_entries_are_refused(shelf: Shelf, tmp_path: Path) -> None:
    file = forged(tmp_path / "f.replique", {})
    for name, mode, flag in (("documents/l", stat.S_IFLNK, 0), ("documents/k", stat.S_IFREG, 1)):
        entry = zipfile.ZipInfo(name)
        entry.external_attr = (mode | 0o777) << 16
        with zipfile.ZipFile(file, "a") as archive:
            archive.writestr(entry, "/etc/passwd")
            archive.getinfo(name).flag_bits |= flag
        with pytest.raises(InputError) as raised:
            import_debate(shelf, file)
        assert raised.value.key in ("archive_entry", "archive_damaged")
    with zipfile.ZipFile(file, "w") as archive:
        for number in range(5_002):
            archive.writestr(str(number), "")
    with pytest.raises(InputError) as raised:
        import_debate(shelf, file)
    assert raised.value.key == "archive_files"
    with zipfile.ZipFile(file, "w") as archive:
        archive.comment = b"x"
        for number in range(1_400):
            archive.writestr("d/" * 3_000 + str(number), "")
    with pytest.raises(InputError) as raised:  # its list alone is 8 MB
        import_debate(shelf, file)
    assert raised.value.key == "archive_other"


def test_what_is_no_archive_is_said_to_be_none(shelf: Shelf, tmp_path: Path) -> None:
    for data in (b"", b"PK", b"%PDF-1.4", b"PK\x05\x06" + b"\0" * 18, b"x" * 70_000):
        (tmp_path / "f.replique").write_bytes(data)
        with pytest.raises(InputError):
            import_debate(shelf, tmp_path / "f.replique")
    with pytest.raises(InputError, match="no file"):
        import_debate(shelf, tmp_path / "none.replique")


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Bytes cut off, changed, put in, or renamed at random."""
    kind = chance.randrange(4)
    if kind == 0:
        return data[: chance.randrange(len(data))]
    if kind == 1:
        other = bytearray(data)
        for _ in range(chance.randrange(1, 12)):
            other[chance.randrange(len(other))] = chance.randrange(256)
        return bytes(other)
    if kind == 2:
        at, size = chance.randrange(len(data)), chance.randrange(1, 60)
        return data[:at] + chance.randbytes(size) + data[at + chance.randrange(size) :]
    words = (b"documents", b"replique.json", b"dossier.json", b"b.pdf")
    return data.replace(chance.choice(words), chance.randbytes(8), chance.randrange(1, 3))


def forged_anew(data: bytes, chance: random.Random) -> bytes:
    """A sound zip whose entries are changed, or have other names."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            if chance.random() < 0.3:
                content = damaged(content or b"x", chance) if chance.random() < 0.5 else b""
            new.writestr(entry if chance.random() < 0.9 else chance.choice(BAD_PATHS[:12]), content)
    return buffer.getvalue()


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_no_forged_file_does_harm(shelf: Shelf, exported: Path, tmp_path: Path) -> None:
    """Whatever comes: one line, or a debate that is whole; nothing else is written."""
    chance = random.Random(SEED)
    data, before = exported.read_bytes(), files(tmp_path)
    whole = {
        name: content for name, content in before.items() if name.startswith("debates/le-tram/documents/")
    }
    for _ in range(300):
        changed = chance.choice([damaged, damaged, forged_anew])(data, chance)
        exported.write_bytes(changed)
        try:
            made = import_debate(shelf, exported)
        except RepliqueError as error:
            assert "\n" not in error.in_words("fr")
            assert files(tmp_path) == {**before, "tram.replique": changed}
        else:
            folder = f"debates/{made.name}/"
            new = {name: v for name, v in files(tmp_path).items() if name not in before}
            assert new and all(name.startswith(folder) for name in new)
            for name, content in new.items():
                old = name.replace(folder, "debates/le-tram/")
                assert content == whole.get(old, content)
            shelf.remove(made.name)
            for trashed in (shelf.folder / ".trash").iterdir():
                _delete(trashed)
            (shelf.folder / ".trash").rmdir()


def _delete(folder: Path) -> None:
    import shutil

    shutil.rmtree(folder)

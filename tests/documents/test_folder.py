"""The corpus folder: which of its files are read."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.documents.corpus import read_source
from rag.documents.folder import list_all, list_files
from rag.errors import CorpusError, UnreadableFile
from tests.helpers.documents import LIMIT, touch


def test_files_of_all_kinds_and_folders_are_listed_in_order(tmp_path: Path) -> None:
    read = ["A/b/c.PDF", "A/z.docx", "README.md", "a.txt", "b.markdown", "c.htm", "d.HTML", "md", "é.md"]
    others = ["A/x.doc", "son.MP3", "y.png"]
    touch(tmp_path, *read, *others)
    assert list_all(tmp_path) == (sorted(read), sorted(others))
    assert list_files(tmp_path) == sorted(read)


def test_what_systems_and_browsers_put_beside_documents_is_no_document(tmp_path: Path) -> None:
    touch(tmp_path, "Thumbs.db", "desktop.ini", "a.pdf.yaml", "x.md~", "__MACOSX/b.md", "Page.htm")
    touch(tmp_path, "Page_files/logo.png", "Page_files/frame.html", "Autre_files/c.md", "d.mp3.part")
    assert list_all(tmp_path) == (["Autre_files/c.md", "Page.htm"], [])


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("a.doc", "save it as .docx"),
        ("a.xls", "save it as .xlsx"),
        ("a.PNG", "OCR"),
        ("a.mp3", "transcribed"),
        ("a.zip", "unpack"),
        ("a.msg", "save the message as .eml"),
        ("a.json", "convert"),
    ],
)
def test_a_kind_that_is_not_read_is_refused_with_a_remedy_before_it_is_opened(
    tmp_path: Path, name: str, remedy: str
) -> None:
    with pytest.raises(UnreadableFile, match=remedy) as caught:
        read_source(tmp_path, name, "a", LIMIT)  # it is not even there
    assert "\n" not in str(caught.value)
    assert "ne" in caught.value.in_words("fr") or "n’est" in caught.value.in_words("fr")


def test_hidden_and_lock_files_are_not_listed(tmp_path: Path) -> None:
    touch(tmp_path, "a.md", ".b.md", ".git/c.md", "d/.e/f.md", "~$g.docx", "h~$.docx")
    assert list_files(tmp_path) == ["a.md", "h~$.docx"]


def test_links_are_followed_only_inside_the_folder(tmp_path: Path) -> None:
    folder, outside = tmp_path / "in", tmp_path / "out"
    touch(folder, "a.md", "sub/b.md")
    touch(outside, "secret.md")
    (folder / "leak.md").symlink_to(outside / "secret.md")
    (folder / "leaks").symlink_to(outside)
    (folder / "again.md").symlink_to(folder / "sub/b.md")
    (folder / "sub/loop").symlink_to(folder)
    (folder / "self.md").symlink_to(folder / "self.md")
    (folder / "broken.md").symlink_to(folder / "nothing.md")
    assert list_files(folder) == ["a.md", "again.md", "sub/b.md"]
    (tmp_path / "link").symlink_to(folder)
    assert list_files(tmp_path / "link") == ["a.md", "again.md", "sub/b.md"]


def test_special_files_are_not_listed(tmp_path: Path) -> None:
    touch(tmp_path, "a.md")
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "folder.md").mkdir()
    assert list_files(tmp_path) == ["a.md"]


@pytest.mark.parametrize("kind", ["missing", "file", "loop"])
def test_a_folder_that_is_none_is_an_error(tmp_path: Path, kind: str) -> None:
    folder = tmp_path / "corpus"
    if kind == "file":
        folder.write_text("x")
    if kind == "loop":
        folder.symlink_to(folder)
    with pytest.raises(CorpusError, match="--corpus") as caught:
        list_files(folder)
    assert str(folder) in str(caught.value)
    assert "\n" not in str(caught.value)
    assert not isinstance(caught.value, UnreadableFile)


def test_a_folder_that_cannot_be_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    touch(tmp_path, "a.md", "shut/b.md")
    scan = os.scandir

    def deny(path: Path) -> Iterator[os.DirEntry[str]]:
        if Path(path).name == denied:
            raise PermissionError(13, "Permission denied")
        return scan(path)  # type: ignore[return-value]

    monkeypatch.setattr("rag.documents.folder.os.scandir", deny)
    denied = "shut"
    assert list_files(tmp_path) == ["a.md"]
    assert "shut" in caplog.text
    denied = tmp_path.name
    with pytest.raises(CorpusError, match="Permission denied"):
        list_files(tmp_path)


def test_permission_denied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    touch(tmp_path, "a.txt")

    def deny(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", deny)
    with pytest.raises(UnreadableFile, match="permission denied"):
        read_source(tmp_path, "a.txt", "a", LIMIT)


def test_files_that_are_not_there_or_are_no_files(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    touch(folder, "a.doc")
    touch(tmp_path, "outside.md")
    os.mkfifo(folder / "pipe.md")
    (folder / "folder.md").mkdir()
    (folder / "self.md").symlink_to(folder / "self.md")
    (folder / "leak.md").symlink_to(tmp_path / "outside.md")
    reasons = {
        "gone.md": "vanished",
        "pipe.md": "not a regular file",
        "folder.md": "not a regular file",
        "self.md": "link",
        "leak.md": "leads out",
        "../outside.md": "leads out",
        "a.doc": "not a kind of document",
        "two\nlines\udce9.md": "vanished",
    }
    for path, reason in reasons.items():
        with pytest.raises(UnreadableFile, match=reason) as caught:
            read_source(folder, path, "x", LIMIT)
        assert "\n" not in str(caught.value)
        assert str(caught.value).encode()


def test_a_file_that_grows_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("x" * 100)
    small = (tmp_path / "a.txt").stat()
    (tmp_path / "a.txt").write_text("x" * 2000)
    resolve = Path.resolve
    monkeypatch.setattr(Path, "resolve", lambda self: resolve(self))
    monkeypatch.setattr(Path, "stat", lambda self: small)
    with pytest.raises(UnreadableFile, match="over the limit of 1,000"):
        read_source(tmp_path, "a.txt", "a", 1000)

"""What is refused or fails, with its reason: it leaves nothing behind."""

from __future__ import annotations

import io
import os
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rag import files as file_module
from rag.errors import ReadOnly, RepliqueError
from rag.store.manifest import Manifest
from rag.upkeep.details import Details
from rag.upkeep.edit import Editor
from rag.upkeep.upload import Upload
from tests.helpers.indexes import made, open_in
from tests.helpers.uploads import A_DOCX, A_PDF, WHEAT, files, upload


def bomb() -> bytes:
    """A small DOCX that unpacks to gigabytes."""
    stream = io.BytesIO(A_DOCX)
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
        ("rapport.txt", A_PDF, "a PDF, whatever its name"),
        ("rapport.md", A_DOCX, "Word document, whatever its name"),
        ("lettre.txt", rb"{\rtf1 Bonjour}", "an RTF"),
        ("archive.docx", b"PK\x03\x04 rien", "damaged"),
        ("programme.exe", b"MZ", "not a kind of file that is read"),
        ("sans-suffixe", b"\x00\x01\x02", "binary"),
        ("double.txt", "Les moulins tournent au vent du nord.\n\nLe boulanger vend du pain de seigle.\n",
         "already: notes"),
        ("casse.md", "---\ntitle: A\nside: [a, b]\n---\nUn texte.\n", "front matter, line 3"),
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
            upload(tmp_path / "temp", A_PDF, "a.pdf", side="Nous"),
            upload(tmp_path / "temp", WHEAT, "b.txt"),
        ]
    )
    assert "No space left" in results[0].error
    assert results[1].source is not None
    assert not any("a.pdf" in name or ".part" in name for name in files(tmp_path / "corpus"))


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

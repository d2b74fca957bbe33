"""Text of PDF files."""

from __future__ import annotations

import io
import warnings

import pytest
from pypdf import PdfReader, PdfWriter

from rag.documents.formats.pdf.reader import read_pdf
from rag.errors import NotReadable, UnreadableFile
from tests.helpers.documents import LIMIT, Read, pdf


def encrypted(data: bytes, user: str, algorithm: str = "AES-256") -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # cryptography's, of RC4
        writer.encrypt(user, "owner", algorithm=algorithm)
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def test_empty_pages_count(read: Read) -> None:
    source = read("a.pdf", pdf("", "Un seul.", "", "", "Deux fois.", ""))
    assert source.text == "Un seul.\n\nDeux fois."
    assert source.layout.pages == ((0, 2), (10, 5))


@pytest.mark.parametrize(
    ("recorded", "title"),
    [
        ("Déclaration  de\nParis", "Déclaration de Paris"),
        ("2026 en revue", "2026 en revue"),
        ("Documents secrets", "Documents secrets"),
        ("untitled", "my file"),
        ("Untitled document", "my file"),
        ("Sans titre 1", "my file"),
        ("(anonymous)", "my file"),
        ("Microsoft Word - rapport.doc", "my file"),
        ("rapport_final.DOCX", "my file"),
        ("Document1", "my file"),
        ("", "my file"),
        ("1234", "my file"),
        (None, "my file"),
    ],
)
def test_pdf_titles(read: Read, recorded: str | None, title: str) -> None:
    info = read("my_file.pdf", pdf("Text", title=recorded)).info
    assert (info.title, info.date) == (title, "")


def test_pdf_whose_properties_are_broken_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: object, key: str) -> None:
        raise KeyError("/Title")

    monkeypatch.setattr("pypdfium2.PdfDocument.get_metadata_value", fail)
    assert read_pdf(pdf("Text"), LIMIT).title == ""


@pytest.mark.parametrize("algorithm", ["RC4-40", "RC4-128", "AES-128", "AES-256"])
def test_encrypted_pdf(read: Read, algorithm: str) -> None:
    data = pdf("Texte chiffré", title="T")
    source = read("a.pdf", encrypted(data, "", algorithm))
    assert (source.text, source.info.title) == ("Texte chiffré", "T")
    with pytest.raises(UnreadableFile, match="password"):
        read("a.pdf", encrypted(data, "secret", algorithm))


def test_pdf_without_text_layer(read: Read) -> None:
    with pytest.raises(UnreadableFile, match="OCR"):
        read("a.pdf", pdf("", ""))


def test_damaged_pdf_is_named_and_nothing_is_printed(read: Read, capfd: pytest.CaptureFixture[str]) -> None:
    whole = pdf("Un", "Deux", title="T")
    for cut in range(20, len(whole), 151):
        try:
            assert read("a.pdf", whole[:cut]).text
        except UnreadableFile as error:
            assert "PDF" in error.reason
    with pytest.raises(UnreadableFile, match="damaged PDF"):
        read("a.pdf", whole[:300])
    assert capfd.readouterr() == ("", "")


def test_pdf_that_unpacks_to_too_much(read: Read) -> None:
    page = "\n".join(["x" * 75] * 35)
    data = pdf(*[page] * 30)
    assert len(read("a.pdf", data).text) > 60_000
    assert len(data) < 20_000
    with pytest.raises(NotReadable, match=r"unpacks to more than 4,000 characters"):
        read_pdf(data, 200)

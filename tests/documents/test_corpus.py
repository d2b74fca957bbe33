"""Files of a corpus: which are read, what they are called, what text comes out."""

from __future__ import annotations

import io
import logging
import os
import random
import subprocess
import sys
import unicodedata
import warnings
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from reportlab.pdfgen.canvas import Canvas

from rag.documents.corpus import (
    READER_VERSION,
    SUFFIXES,
    assign_ids,
    detect_language,
    list_files,
    read_source,
)
from rag.documents.formats.pdf import read_pdf
from rag.errors import CorpusError, NotReadable, UnreadableFile
from rag.types import Source, text_hash
from tests.helpers import ROOT

SHIPPED = ROOT / "corpus"
LIMIT = 1_000_000
FRENCH = "Nous avons réaffirmé notre engagement en faveur d’une paix juste et durable."

Read = Callable[..., Source]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Write a file into a corpus folder and read it."""

    def write_and_read(name: str, content: str | bytes, limit: int = LIMIT) -> Source:
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_source(tmp_path, name, "some-id", limit)

    return write_and_read


def html_text(read: Read, markup: str) -> str:
    return read("page.html", markup).text


def pdf(*pages: str, title: str | None = None) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    if title is not None:
        canvas.setTitle(title)
    for page in pages:
        for number, line in enumerate(page.splitlines()):
            canvas.drawString(72, 750 - 20 * number, line)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def encrypted(data: bytes, user: str, algorithm: str = "AES-256") -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # cryptography's, of RC4
        writer.encrypt(user, "owner", algorithm=algorithm)
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def docx_bytes(document: docx.document.Document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def docx_of(*paragraphs: str) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return docx_bytes(document)


def edit_zip(data: bytes, edit: Callable[[str, bytes], bytes | None]) -> bytes:
    """The archive with each member replaced by what ``edit`` gives, or left out."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as before,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            content = edit(name, before.read(name))
            if content is not None:
                after.writestr(name, content)
    return buffer.getvalue()


# -- shipped documents ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "sha256", "characters", "side", "date"),
    [
        (
            "commentaire",
            "65a627a4283dd28a39d052515ac8a21d5482f2d47b3f9b576329ad9cfc4b1b67",
            1597,
            "Critique",
            "",
        ),
        (
            "declaration",
            "c12b9dc449863c9f1acb5ef810f2eacacad60a94fd6730e85e3637b70e175834",
            4547,
            "Coalition",
            "2026-01-06",
        ),
    ],
)
def test_shipped_documents_are_pinned(name: str, sha256: str, characters: int, side: str, date: str) -> None:
    info = read_source(SHIPPED, f"{name}.md", name, LIMIT).info
    assert (info.sha256, info.characters) == (sha256, characters)
    assert (info.id, info.path, info.side, info.date) == (name, f"{name}.md", side, date)
    assert info.language == "fr"
    assert "side" in info.editorial


def test_shipped_documents_are_listed() -> None:
    assert list_files(SHIPPED) == ["commentaire.md", "declaration.md"]
    assert assign_ids(list_files(SHIPPED), {}) == {
        "commentaire.md": "commentaire",
        "declaration.md": "declaration",
    }


# -- which files ------------------------------------------------------------------------------


def touch(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x")


def test_files_of_all_kinds_and_folders_are_listed_in_order(tmp_path: Path) -> None:
    names = ["A/b/c.PDF", "A/z.docx", "README.md", "a.txt", "b.markdown", "c.htm", "d.HTML", "é.md"]
    touch(tmp_path, *names, "x.doc", "y.png", "noext", "md")
    assert list_files(tmp_path) == sorted(names)
    assert {Path(name).suffix.lower() for name in names} == SUFFIXES


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

    monkeypatch.setattr("rag.documents.corpus.os.scandir", deny)
    denied = "shut"
    assert list_files(tmp_path) == ["a.md"]
    assert "shut" in caplog.text
    denied = tmp_path.name
    with pytest.raises(CorpusError, match="Permission denied"):
        list_files(tmp_path)


# -- ids --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("recorded", "expected"),
    [
        ({}, {"a.md": "a", "s/b.md": "b"}),
        ({}, {"x/a.md": "x/a", "y/a.md": "y/a"}),
        ({}, {"a.md": "a", "x/a.md": "x/a"}),
        ({}, {"a.md": "a.md", "a.txt": "a.txt", "s/a.md": "s/a"}),
        ({}, {"s/a.md": "s/a.md", "s/a.txt": "s/a.txt", "b.md": "b"}),
        ({"a.md": "a"}, {"a.md": "a", "x/a.md": "x/a"}),
        ({"gone/a.md": "a"}, {"x/a.md": "x/a"}),
        ({"x/a.md": "a"}, {"x/a.md": "a", "a.md": "a.md"}),
        ({"x/a.md": "x/a", "y/a.md": "y/a"}, {"z/a.md": "z/a"}),
        ({"x.md": "y"}, {"x.md": "y", "s/y.md": "s/y"}),
        ({}, {"v1.2.md": "v1.2", "README.md": "README"}),
        ({}, {"e\u0301t\u0065\u0301.md": "été"}),
        ({}, {"a.md": "a.md~2", "a.md.txt": "a.md", "a.txt": "a.txt"}),
        ({}, {"a\u202fb\u00a0c.md": "a\u202fb\u00a0c"}),
    ],
)
def test_ids(recorded: dict[str, str], expected: dict[str, str]) -> None:
    assert assign_ids(expected, recorded) == expected


def test_ids_of_names_that_cannot_be_shown() -> None:
    ids = assign_ids(["bad\udce9.md", "two\nlines.md", "u\u2028.md"], {})
    assert ids == {
        "bad\udce9.md": "bad\ufffd",
        "two\nlines.md": "two\ufffdlines",
        "u\u2028.md": "u\ufffd",
    }


def test_names_that_differ_only_in_normalisation_get_different_ids() -> None:
    paths = ["\u00e9.md", "e\u0301.md"]
    ids = assign_ids(paths, {})
    assert len(set(ids.values())) == 2
    assert all(unicodedata.is_normalized("NFC", name) for name in ids.values())
    assert ids == assign_ids(reversed(paths), {})


_NAMES = st.sampled_from(["a", "b", "a.b", "é", "e\u0301", "a.md", "ab~2", "\udce9"])
_PATHS = st.builds(
    lambda folders, stem, suffix: "/".join([*folders, stem + suffix]),
    st.lists(_NAMES, max_size=2),
    _NAMES,
    st.sampled_from([".md", ".txt", ".PDF"]),
)


@given(st.sets(_PATHS, max_size=12), st.sets(_PATHS, max_size=6), st.randoms())
def test_ids_are_unique_stable_and_independent_of_order(
    old: set[str], new: set[str], shuffle: random.Random
) -> None:
    recorded = assign_ids(old, {})
    paths = list(old | new)
    ids = assign_ids(sorted(paths), recorded)
    shuffle.shuffle(paths)
    assert assign_ids(paths, recorded) == ids
    assert ids.keys() == old | new
    assert len(set(ids.values())) == len(ids)
    assert {path: ids[path] for path in old} == recorded
    assert not set(recorded.values()) & {ids[path] for path in new - old}
    assert all(unicodedata.is_normalized("NFC", name) for name in ids.values())
    assert all(name.encode() for name in ids.values())


# -- text and front matter --------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Un.\nDeux.",
        "Un.\r\nDeux.\r\n",
        "  Un. \n\n\n",
        "\nUn",
        "Un\rDeux\r",
        "a\fb",
        "e\u0301 \u202f\u00a0",
    ],
)
@pytest.mark.parametrize("front", ["", "---\ntitle: T\n---\n", "---\r\ntitle: T\r\n---\r\n"])
@pytest.mark.parametrize("name", ["a.md", "a.txt"])
def test_text_is_untouched(read: Read, name: str, front: str, text: str) -> None:
    source = read(name, front + text)
    assert source.text == text
    assert source.info.sha256 == text_hash(text)
    assert source.info.characters == len(text)
    assert read(name, b"\xef\xbb\xbf" + (front + text).encode()).text == text


def test_all_fields_of_front_matter(read: Read) -> None:
    info = read(
        "Dossier/a.md",
        "---\ntitle: >\n  Deux\n  lignes\nside: ' Coalition '\ndate: 2026-01-06\nlanguage: FR-ca\n"
        "note: Traduit de l’anglais\nkind: déclaration\neditorial: [title, side]\nother: {a: [1]}\n"
        "---\nBody text.",
    ).info
    assert (info.title, info.side, info.date) == ("Deux lignes", "Coalition", "2026-01-06")
    assert (info.language, info.note, info.kind) == ("fr", "Traduit de l’anglais", "déclaration")
    assert info.editorial == ("title", "side")


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("2026", "2026"),
        ("1.10", "1.10"),
        ("no", "no"),
        ("12:30", "12:30"),
        ("'null'", "null"),
        ("2026-01-06", "2026-01-06"),
        ('"a\\ud800b"', "a\ufffdb"),
        ("«\u00a0Oui\u202f!»", "«\u00a0Oui\u202f!»"),
        ("null", "file name"),
        ("~", "file name"),
        ("", "file name"),
        ("'  '", "file name"),
    ],
)
def test_scalars_stay_as_written(read: Read, written: str, title: str) -> None:
    assert read("file_name.txt", f"---\ntitle: {written}\n---\nText").info.title == title


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2026-01-06", "2026-01-06"),
        ("2026-1-6 10:00:00", "2026-01-06T10:00:00"),
        ("'6 janvier 2026'", "6 janvier 2026"),
        ("2026-13-45", "2026-13-45"),
        ("2026", "2026"),
        ("", ""),
    ],
)
def test_dates(read: Read, written: str, date: str) -> None:
    assert read("a.md", f"---\ndate: {written}\n---\nText").info.date == date


@pytest.mark.parametrize("empty", ["", " null", " ~", " []"])
def test_empty_fields(read: Read, empty: str) -> None:
    front = "" if empty == " []" else f"side:{empty}\ndate:{empty}\nnote:{empty}\n"
    info = read("a.md", f"---\n{front}editorial:{empty}\n---\nText").info
    assert (info.side, info.date, info.note, info.editorial) == (None, "", "", ())


@pytest.mark.parametrize(
    "text",
    [
        "---\n\nUn paragraphe entre deux filets.\n\n---\nSuite.",
        "---\nUn paragraphe\n---\nSuite.",
        "---\n- une\n- liste\n---\nSuite.",
        "---\n---\nSuite.",
        "---\ntitle: jamais fermé\n",
        "----\ntitle: T\n----\nSuite.",
        "\n---\ntitle: T\n---\nSuite.",
        "---\nUne phrase : puis [ceci\n---\nSuite.",
        "---\nUne phrase\u00a0: puis cela\n---\nSuite.",
        "---\nRemarque : ceci\n---\nSuite.",
        "---\nRemarque : ceci. Et : cela\n---\nSuite.",
        "---\n# Titre\nx: [\n---\nSuite.",
        "--- \ntext only --- \n",
    ],
)
def test_a_rule_is_no_front_matter(read: Read, text: str) -> None:
    assert read("a.md", text).text == text


@pytest.mark.parametrize(
    "front",
    [
        "--- \t\ntitle: T\n---  \nBody",
        "---\rtitle: T\r---\rBody",
        "---\n{title: T}\n---\nBody",
        "---\ntitle : T\ndate de sortie : x\n---\nBody",
        "---\n'title': T\n? x\n---\nBody",
        "---\n# remarque\n\ntitle: T\n---\nBody",
        "---\ntitle: T\nnote: a ---\nkind: x\n---\nBody",
    ],
)
def test_front_matter_in_other_shapes(read: Read, front: str) -> None:
    source = read("a.md", front)
    assert (source.text, source.info.title) == ("Body", "T")


def test_front_matter_of_unknown_fields_alone_is_no_text(read: Read) -> None:
    assert read("a.md", "---\nlayout: post\nauthor: X\n---\nBody").text == "Body"


def test_front_matter_ends_at_the_first_closing_line(read: Read) -> None:
    assert read("a.md", "---\ntitle: T\n---\nA\n---\nB").text == "A\n---\nB"


def test_html_has_no_front_matter(read: Read) -> None:
    assert read("a.html", "---\ntitle: T\n---\nA").text == "--- title: T --- A"


@pytest.mark.parametrize(
    ("front", "line", "word"),
    [
        ("title: [a\nside: b", 3, "expected"),
        ("title: a: b", 2, "mapping values"),
        ("title: T\nside: 'x\ndate: 1", 3, "end of stream"),
        ("title: T\nnote: \x07", 3, "special characters"),
        ('title: "\\UFFFFFFFF"', 2, ""),
        ("title: " + "[" * 2000, 2, ""),
        ("title: [un, deux]", 2, "title must be a text, not a sequence"),
        ("note: x\nside: {a: b}", 3, "side must be a text, not a mapping"),
        ("date: T\neditorial: side", 3, "editorial must be a list of field names, not a scalar"),
        ("editorial: [[side]]", 2, "editorial must be a text, not a sequence"),
    ],
)
def test_bad_front_matter_says_where(read: Read, front: str, line: int, word: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read("a.md", f"---\n{front}\n---\nText")
    assert f"front matter, line {line}: " in caught.value.reason
    assert word in caught.value.reason
    assert "\n" not in caught.value.reason


# -- encodings --------------------------------------------------------------------------------

TYPOGRAPHY = "« L’œuvre »"


@pytest.mark.parametrize(
    "text",
    [
        TYPOGRAPHY,
        "été",
        "cœur",
        "5 €",
        "« Ça ! »",
        "«\u00a0Où ?\u00a0»",
        "L’ÉTAT",
        "n° 5",
        "½ tasse",
        FRENCH,
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "a.html"])
def test_windows_1252_comes_out_right_however_short(read: Read, name: str, text: str) -> None:
    assert read(name, text.encode("cp1252")).text == text


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b"\xef\xbb\xbf"),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
        ("utf-32-le", b"\xff\xfe\0\0"),
        ("utf-32-be", b"\0\0\xfe\xff"),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
        ("cp1252", b""),
        ("mac_roman", b""),
    ],
)
@pytest.mark.parametrize("name", ["a.md", "a.htm"])
def test_encodings(read: Read, name: str, encoding: str, mark: bytes) -> None:
    text = f"{TYPOGRAPHY}, dit-il. {FRENCH}"
    assert read(name, mark + text.encode(encoding)).text == text


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("iso8859_15", "Ça coûte 5 €, et le cœur n’y est pas.".replace("’", "'")),
        ("cp850", "L'été dernier, la sécurité a été renforcée à Évreux, après l'échec."),
        ("cp1251", "Президент заявил, что войска останутся на территории страны до подписания."),
        ("koi8_r", "Президент заявил, что войска останутся на территории страны до подписания."),
        (
            "cp1250",
            "Prezydent oświadczył, że wojska pozostaną w kraju aż do podpisania traktatu, mówiąc.",
        ),
        (
            "cp1253",
            "Ο πρόεδρος δήλωσε ότι τα στρατεύματα θα παραμείνουν στη χώρα μέχρι την υπογραφή.",
        ),
    ],
)
def test_other_encodings_are_detected(read: Read, encoding: str, text: str) -> None:
    assert read("a.txt", text.encode(encoding)).text == text


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("iso8859_15", '<meta charset="iso-8859-15">'),
        ("mac_roman", "<meta http-equiv=Content-Type content='text/html; charset=macintosh'>"),
        ("cp1252", '<meta charset="iso-8859-1">'),
        ("cp1252", '<meta charset="us-ascii">'),
        ("cp1252", '<meta charset="no-such-thing">'),
        ("cp1252", '<meta charset="rot13">'),
        ("cp1252", '<meta charset="utf-8">'),
        ("cp1252", '<meta charset="utf-16">'),
        ("cp1252", '<meta charset="shift_jis">'),
        ("utf-8", '<meta charset="iso-8859-1">'),
        ("utf-8-sig", '<meta charset="iso-8859-1">'),
        ("utf-16", '<meta charset="iso-8859-1">'),
        ("cp1251", '<?xml version="1.0" encoding="windows-1251"?>'),
        ("gb18030", '<meta charset="gb2312">'),
    ],
)
def test_declared_encoding_of_html(read: Read, encoding: str, declared: str) -> None:
    words = {"cp1251": "Мир", "iso8859_15": "5 € œ", "gb18030": "总统宣布—"}.get(encoding, "« L’Où »")
    markup = f"{declared}<p>{words}</p>"
    assert read("a.html", markup.encode(encoding)).text == words


def test_text_that_cannot_be_told_is_refused_rather_than_garbled(read: Read) -> None:
    half_utf8 = ("créée à l’été, " * 10).encode() + b"\xff"
    japanese = "大統領は、協定が署名されるまで軍隊が国に留まると述べた。".encode("euc_jp")
    for content in (half_utf8, japanese):
        with pytest.raises(UnreadableFile, match="encoding"):
            read("a.txt", content)


# -- unreadable files -------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", sorted(SUFFIXES))
def test_empty_files(read: Read, suffix: str) -> None:
    with pytest.raises(UnreadableFile, match="empty") as caught:
        read(f"a{suffix}", b"")
    assert caught.value.path == f"a{suffix}"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", " \n\t\r\n"),
        ("a.txt", "\u200b\u00a0\ufeff\u2028"),
        ("a.md", b"\xef\xbb\xbf"),
        ("a.md", "---\ntitle: T\n---\n"),
        ("a.html", "<html><head><title>T</title></head><body><script>x()</script> </body></html>"),
        ("a.html", "<p hidden>rien"),
        ("a.html", "<!-- rien -->"),
        ("a.docx", docx_of()),
        ("a.docx", docx_of("", " ")),
    ],
)
def test_files_without_visible_text(read: Read, name: str, content: str | bytes) -> None:
    with pytest.raises(UnreadableFile, match="empty"):
        read(name, content)


def test_size_limit_says_both_numbers(read: Read) -> None:
    assert read("a.txt", "x" * 1500, 1500).info.characters == 1500
    with pytest.raises(UnreadableFile, match=r"5,001 bytes, over the limit of 1,500; .*max_file_mb"):
        read("a.txt", "x" * 5001, 1500)


@pytest.mark.parametrize(
    "content",
    [
        b"abc\0def",
        b"text " * 100 + b"\0",
        bytes(range(256)) * 4,
        b"\x89PNG\r\n\x1a\n" + random.Random(1).randbytes(500),
        b"\x01\x02\x03\x04\x05text" * 20,
        random.Random(2).randbytes(3000).replace(b"\0", b""),
        b"\xff\xfe\0\0",
        b"\xff\xfeabc",
        b"\0" * 50,
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
def test_binary_disguised_as_text(read: Read, name: str, content: bytes) -> None:
    with pytest.raises(UnreadableFile):
        read(name, content)


@pytest.mark.parametrize("name", ["a.pdf", "a.docx"])
@pytest.mark.parametrize("content", [b"plain text", b"PK\x03\x04", b"%PDF-1.4\n", b" " * 2000 + b"%PDF-"])
def test_not_really_a_pdf_or_docx(read: Read, name: str, content: bytes) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read(name, content)
    honest = {"a.pdf": b"%PDF-1.4\n", "a.docx": b"PK\x03\x04"}[name]
    expected = "damaged" if content == honest else "whatever its name says"
    assert expected in caught.value.reason


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
        "a.doc": "not a kind of file",
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


# -- titles, sides, languages -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text", "title"),
    [
        ("a_b-c.md", "Text", "a b c"),
        ("2026-01-06 note.txt", "# Not a heading here", "2026 01 06 note"),
        ("a.md", "# Le  Titre ##\n\nText", "Le Titre"),
        ("a.md", "\n\nChapeau.\n\n   # Titre\nText", "Titre"),
        ("a.md", "## Sous-titre\n# Titre\nText", "Titre"),
        ("a.markdown", "---\nside: X\n---\n# Titre\nText", "Titre"),
        ("a.md", "---\ntitle: Front\n---\n# Titre\nText", "Front"),
        ("a.md", "#hashtag\nText", "a"),
        ("a.md", "    # code\nText", "a"),
        ("a.md", "```\n# code\n```\nText", "a"),
        ("a.md", "line\n" * 50 + "# Too late", "a"),
        ("_.md", "Text", "_"),
        ("e\u0301.md", "Text", "é"),
        ("a.html", "<title> Un\n titre </title><h1>Autre</h1>", "Un titre"),
        ("a.html", "<title></title><h1>Un <b>titre</b></h1><p>x", "Un titre"),
        ("a.html", "<svg><title>Icône</title></svg><p>Text", "a"),
        ("a.html", "<svg><title>Icône</title></svg><title>Vrai</title><p>Text", "Vrai"),
    ],
)
def test_titles(read: Read, name: str, text: str, title: str) -> None:
    assert read(name, text).info.title == title


@pytest.mark.parametrize(
    ("name", "front", "side"),
    [
        ("a.md", "", None),
        ("Critique/a.md", "", "Critique"),
        ("Critique/sub/a.md", "", "Critique"),
        (" L\u2019e\u0301tat /a.md", "", "L’état"),
        ("Critique/a.md", "side: Coalition", "Coalition"),
        ("Critique/a.md", "side:", "Critique"),
        ("a.md", "side: ' e\u0301 '", "é"),
    ],
)
def test_sides(read: Read, name: str, front: str, side: str | None) -> None:
    assert read(name, f"---\n{front or 'x: y'}\n---\nText").info.side == side


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (FRENCH, "fr"),
        ("Which country leads the monitoring of the ceasefire?", "en"),
        ("Wir haben heute in Paris über den Frieden gesprochen.", "de"),
        ("Hemos hablado hoy en París de la paz y de la seguridad.", "es"),
        ("Oggi abbiamo parlato a Parigi della pace e della sicurezza.", "it"),
        ("Wij hebben vandaag in Parijs over vrede en veiligheid gesproken.", "nl"),
        ("Hoje falámos em Paris sobre a paz e a segurança da Europa.", "pt"),
        ("Президент заявив, що війська залишаться на території країни.", "uk"),
        ("The cat", "fr"),
        ("1 234 567 890 " * 50, "fr"),
        ("", "fr"),
        ("NOUS SOMMES RÉUNIS AUJOURD’HUI À PARIS", "fr"),
        (f"{FRENCH} " * 20 + "The ceasefire will be monitored by the countries. " * 900, "en"),
    ],
)
def test_languages(text: str, language: str) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize(
    ("stated", "language"),
    [("en", "en"), ("EN_gb", "en"), ("no", "no"), ("français", "fr"), ("", "fr")],
)
def test_stated_language(read: Read, stated: str, language: str) -> None:
    assert read("a.md", f"---\nlanguage: {stated}\n---\n{FRENCH}").info.language == language


def test_language_detection_leaves_the_shared_identifier_alone() -> None:
    from py3langid import langid

    detect_language(FRENCH)
    assert langid.IDENTIFIER is None or len(langid.IDENTIFIER.labels) > 90


# -- HTML -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>Un <b>deux</b>\n  <i>trois</i>.</p>", "Un deux trois."),
        ("<p>Un<p>Deux<div>Trois</div>Quatre", "Un\n\nDeux\n\nTrois\n\nQuatre"),
        ("<h1>Titre</h1>Texte<h2>Sous</h2>", "Titre\n\nTexte\n\nSous"),
        ("<div><div><p>a</p></div></div><p>b</p>", "a\n\nb"),
        ("a<br>b<br/> c", "a\nb\nc"),
        ("a<br><br><br>b", "a\n\nb"),
        ("a <span> b </span> c", "a b c"),
        ("a<span>b</span>c", "abc"),
        ("a<b> b</b>c", "a bc"),
        ("a&#1;b", "ab"),
        ("<p>«&nbsp;Oui&#8239;!&nbsp;»\t x", "«\u00a0Oui\u202f!\u00a0» x"),
        ("&lt;b&gt; &amp;eacute; &eacute; &#x2019; &hellip;", "<b> &eacute; é ’ …"),
        ("<ul><li>a</li>\n<li>b</li></ul>c", "- a\n- b\n\nc"),
        ("x<ul><li>a<li><p>b</p><p>c</p></ul><p>d", "x\n\n- a\n- b\nc\n\nd"),
        ("<ol><li>a<li>b</ol>", "1. a\n2. b"),
        ("<ol start=3><li>a<li value=7>b<li>c</ol>", "3. a\n7. b\n8. c"),
        ("<ol start=x><li>a</ol>", "1. a"),
        ("<ol><li>a<ul><li>b</ul><li>c</ol>", "1. a\n- b\n2. c"),
        ("<ul><li></li><li>a</li></ul>b", "- a\n\nb"),
        ("<pre>\n a\n   b  c\n</pre>d", " a\n   b  c\n\nd"),
        ("<pre>a\n\n<b>b </b>c</pre>", "a\n\nb c"),
        ("<p>a\n<pre>b</pre>", "a\n\nb"),
        (
            "x<table><caption>T</caption><thead><tr><th>a<th>b</thead><tr><td>1<td> 2\n3 </table>y",
            "x\n\nT\n\na | b\n1 | 2 3\n\ny",
        ),
        ("<table><tr><td><p>a</p><p>b<td><ul><li>c</ul></table>", "a b | c"),
        ("<table><tr><td>a<td><td>b<tr><td> <td> </table>", "a | | b"),
        ("<table><tr><td><h2>T</h2><p>a<p>b<td>c</table>", "T\n\na\n\nb\n\nc"),
        ("<table><tr><td><table><tr><td>a<td>b</table><td>c</table>", "a | b\n\nc"),
        ("<table><tr><td>a<p>b</table>", "a\n\nb"),
        ("<table><tr><td>m<td><p>a<p>b<p>c</table>", "m\n\na\n\nb\n\nc"),
        ("<p>a<script>b</script><style>c</style><noscript>d</noscript><template>e</template>", "a"),
        ("<head><title>T</title></head><body><svg><text>s</text></svg>a", "a"),
        ("<title>T</title><p>no head, no body", "no head, no body"),
        ("<nav>n</nav><div role=navigation>m</div>a<footer>f</footer>", "a"),
        ("<header><nav>n</nav>Site</header><p>a", "a"),
        ("<header><h1>Titre</h1></header><p>a", "Titre\n\na"),
        ("<main>a<aside>b</aside></main><aside>c</aside>", "a"),
        ("<article>a</article><aside>c</aside>", "a"),
        ("<p>a</p><aside>c</aside>", "a\n\nc"),
        ("<blockquote>a<footer>Jaurès</footer></blockquote>", "a\n\nJaurès"),
        ("<p hidden>a<p>b", "b"),
        ("<p style='color:red; display : none'>a</p>b<i hidden=''>c</i>", "b"),
        ("a<!-- b --><?php c ?><![CDATA[d]]>e", "ae"),
        ("<p>a<![x y]>b", "ab"),
        ("a\fb &#0;&#xD800;", "a b \ufffd\ufffd"),
        ("<!DOCTYPE html><html><body>a</body></html>b", "a\n\nb"),
        (
            '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body><p>a</p></body>',
            "a",
        ),
        ("juste.du.texte.html", "juste.du.texte.html"),
    ],
)
def test_html(read: Read, markup: str, text: str) -> None:
    assert html_text(read, markup) == text


def test_html_of_any_depth(read: Read) -> None:
    for opening in ("<div>", "<b>", "<p><i>", "<ul><li>", "<table><tr><td>"):
        assert "deep" in html_text(read, opening * 1500 + "deep")


def test_html_with_unclosed_markup_takes_no_time(read: Read) -> None:
    assert html_text(read, "<p>text" + "<a " * 20_000).startswith("text")
    assert html_text(read, "<p>text" + "<!--" * 20_000).startswith("text")


# -- PDF --------------------------------------------------------------------------------------


def test_pdf_pages_are_parted_by_form_feeds(read: Read) -> None:
    assert read("a.pdf", pdf("Un\nDeux", "Trois")).text == "Un\nDeux\n\f\nTrois"


def test_empty_pages_count(read: Read) -> None:
    text = read("a.pdf", pdf("", "Un", "", "", "Deux", "")).text
    assert text.split("\f") == ["\n", "\nUn\n", "\n\n", "\n\n", "\nDeux\n", "\n"]


def test_form_feeds_inside_a_page_are_no_page_breaks(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pypdf.PageObject.extract_text", lambda self: "a\fb\0c\ud800\r\nd")
    assert read("a.pdf", pdf("x", "y")).text == "abc\ufffd\nd\n\f\nabc\ufffd\nd"


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


def test_pdf_whose_properties_are_broken_is_read(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: object) -> None:
        raise KeyError("/Title")

    monkeypatch.setattr("pypdf.DocumentInformation.title", property(fail))
    assert read("a.pdf", pdf("Text")).info.title == "a"


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


def test_damaged_pdf_is_named_and_nothing_is_printed(
    read: Read, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    whole = pdf("Un", "Deux", title="T")
    logging.getLogger("pypdf").setLevel(logging.INFO)
    for cut in range(20, len(whole), 151):
        try:
            assert read("a.pdf", whole[:cut]).text
        except UnreadableFile as error:
            assert "PDF" in error.reason
    with pytest.raises(UnreadableFile, match="damaged PDF"):
        read("a.pdf", whole[:300])
    assert not [record for record in caplog.records if record.name.startswith("pypdf")]
    assert capfd.readouterr() == ("", "")
    assert logging.getLogger("pypdf").level == logging.INFO


def test_pdf_that_unpacks_to_too_much(read: Read) -> None:
    page = "\n".join(["x" * 90] * 35)
    data = pdf(*[page] * 30)
    assert len(read("a.pdf", data).text) > 90_000
    assert len(data) < 20_000
    with pytest.raises(NotReadable, match=r"unpacks to more than 4,000 characters"):
        read_pdf(data, 200)


def test_parser_failures_of_any_kind_are_reported(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    for failure in (RecursionError("deep"), MemoryError(), AssertionError("a\nb" * 500)):

        def fail(*_: object, failure: Exception = failure, **__: object) -> None:
            raise failure

        monkeypatch.setattr("pypdf.PageObject.extract_text", fail)
        monkeypatch.setattr("docx.Document", fail)
        for name, data in (("a.pdf", pdf("x")), ("a.docx", docx_of_saved)):
            with pytest.raises(UnreadableFile, match=type(failure).__name__) as caught:
                read(name, data)
            assert len(str(caught.value)) < 250
            assert "\n" not in str(caught.value)


docx_of_saved = docx_of("Text")


# -- DOCX -------------------------------------------------------------------------------------


def test_docx_paragraphs_lists_and_tables_in_order(read: Read) -> None:
    document = docx.Document()
    document.add_heading("Titre", 1)
    document.add_paragraph(" Un «\u00a0deux\u00a0». ")
    document.add_paragraph("")
    document.add_paragraph("a", style="List Bullet")
    document.add_paragraph("b", style="List Number 2")
    document.add_paragraph("Suite").add_run("\nligne\tfin")
    table = document.add_table(rows=3, cols=2)
    for row, values in zip(table.rows, [("x", "y"), ("1\n2", "3  4"), ("", " ")], strict=True):
        for cell, value in zip(row.cells, values, strict=True):
            cell.text = value
    document.add_paragraph("Fin")
    assert read("a.docx", docx_bytes(document)).text == (
        "Titre\n\nUn «\u00a0deux\u00a0».\n\n- a\n- b\n\nSuite\nligne\tfin\n\nx | y\n1 2 | 3 4\n\nFin"
    )


def numbered(paragraph: docx.text.paragraph.Paragraph, number: int) -> None:
    properties = paragraph._p.get_or_add_pPr()
    properties.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="{number}"/></w:numPr>'))


def test_docx_numbered_paragraphs_are_items_but_headings_are_not(read: Read) -> None:
    document = docx.Document()
    numbered(document.add_paragraph("item"), 1)
    numbered(document.add_paragraph("plain"), 0)
    numbered(document.add_heading("1. Heading", 2), 1)
    assert read("a.docx", docx_bytes(document)).text == "- item\n\nplain\n\n1. Heading"


def test_docx_text_as_the_reader_of_the_final_version_sees_it(read: Read) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Nous ")._p
    for markup in (
        "<w:ins><w:r><w:t>avons </w:t></w:r></w:ins>",
        "<w:del><w:r><w:delText>aurons </w:delText><w:t>x</w:t></w:r></w:del>",
        "<w:moveFrom><w:r><w:t>jamais </w:t></w:r></w:moveFrom>",
        '<w:hyperlink><w:r><w:t xml:space="preserve">lu </w:t></w:r></w:hyperlink>',
        "<w:sdt><w:sdtContent><w:r><w:t>l’article</w:t></w:r></w:sdtContent></w:sdt>",
        '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText></w:r>',
        "<w:r><w:noBreakHyphen/><w:t>5</w:t><w:footnoteReference w:id='2'/></w:r>",
        '<w:r><w:br w:type="page"/><w:t>.</w:t></w:r>',
    ):
        tag, _, rest = markup.partition(">")
        name, _, attributes = tag.partition(" ")
        paragraph.append(parse_xml(f"{name} {nsdecls('w')} {attributes}>{rest}"))
    block = "<w:sdtContent><w:p><w:r><w:t>Bloc</w:t></w:r></w:p></w:sdtContent>"
    document.element.body.insert(1, parse_xml(f"<w:sdt {nsdecls('w')}>{block}</w:sdt>"))
    assert read("a.docx", docx_bytes(document)).text == "Nous avons lu l’article-5.\n\nBloc"


def test_docx_text_boxes_are_read_once(read: Read) -> None:
    document = docx.Document()
    box = "<w:txbxContent><w:p><w:r><w:t>Encadré</w:t></w:r></w:p></w:txbxContent>"
    names = f'{nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    run = document.add_paragraph("Avant").add_run()
    run._r.append(
        parse_xml(
            f"<mc:AlternateContent {names}><mc:Choice>{box}</mc:Choice>"
            f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
        )
    )
    assert read("a.docx", docx_bytes(document)).text == "Avant\n\nEncadré"


def test_docx_headers_and_footnotes_are_not_text(read: Read) -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "En-tête"
    document.add_paragraph("Corps")
    assert read("a.docx", docx_bytes(document)).text == "Corps"


def test_docx_titles(read: Read) -> None:
    document = docx.Document()
    document.add_paragraph("Chapeau")
    document.add_paragraph("Le\ntitre", style="Title")
    document.add_paragraph("Second", style="Title")
    assert read("my-file.docx", docx_bytes(document)).info.title == "Le titre"
    document.core_properties.title = "Word Document"
    assert read("my-file.docx", docx_bytes(document)).info.title == "Le titre"
    document.core_properties.title = "Propriété"
    assert read("my-file.docx", docx_bytes(document)).info.title == "Propriété"
    assert read("my-file.docx", docx_of("Text")).info.title == "my file"


def test_docx_without_properties_gets_no_invented_title(read: Read) -> None:
    def strip(name: str, content: bytes) -> bytes | None:
        if name == "docProps/core.xml":
            return None
        if name == "_rels/.rels":
            return b"".join(
                part for part in content.replace(b"<Rel", b"\0<Rel").split(b"\0")
                if b"core-properties" not in part
            )  # fmt: skip
        return content

    assert read("a.docx", edit_zip(docx_of("Text"), strip)).info.title == "a"


def replaced(name: str, old: bytes, new: bytes) -> bytes:
    return edit_zip(
        docx_of("Text"),
        lambda member, content: content.replace(old, new) if member == name else content,
    )


@pytest.mark.parametrize(
    "data",
    [
        docx_of("Text")[:-200],
        docx_of("Text")[:3000],
        edit_zip(docx_of("Text"), lambda name, data: None if "document" in name else data),
        edit_zip(docx_of("Text"), lambda name, data: None if "Types" in name else data),
        edit_zip(docx_of("Text"), lambda name, data: data[:500]),
        replaced("word/document.xml", b"w:body", b"w:corps"),
        replaced("word/document.xml", b"<w:body>", b"<w:body>" + b"<w:p>" * 5000),
        replaced("[Content_Types].xml", b"wordprocessingml.document.main", b"sheet.main"),
    ],
)
def test_damaged_docx(read: Read, data: bytes) -> None:
    with pytest.raises(UnreadableFile, match=r"DOCX|docx"):
        read("a.docx", data)


def test_docx_under_a_password_is_named_as_such(read: Read) -> None:
    with pytest.raises(UnreadableFile, match="password"):
        read("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)


def test_docx_with_odd_xml_is_read(read: Read) -> None:
    odd = b"<!-- c --><?pi x?><w:p><!-- c --><w:pPr><w:pStyle/></w:pPr></w:p><w:body>"
    assert "Text" in read("a.docx", replaced("word/document.xml", b"<w:body>", b"<w:body>" + odd[:-8])).text


def test_docx_entities_are_not_expanded(read: Read) -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;">]>'

    def plant(name: str, content: bytes) -> bytes:
        if name != "word/document.xml":
            return content
        head, _, tail = content.partition(b"<w:document")
        return head + bomb + b"<w:document" + tail.replace(b"Text", b"Text &b;")

    assert read("a.docx", edit_zip(docx_of("Text"), plant)).text == "Text"


def test_zip_bomb(read: Read) -> None:
    data = edit_zip(docx_of("Text"), lambda name, data: data)
    buffer = io.BytesIO(data)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/bomb.png", b"\0" * 3_000_000)
    assert len(buffer.getvalue()) < 100_000
    assert read("a.docx", buffer.getvalue(), 200_000).text == "Text"
    with pytest.raises(UnreadableFile, match=r"unpacks to 3,\d+,\d+ bytes, over 2,000,000"):
        read("a.docx", buffer.getvalue(), 100_000)


# -- whatever the content ---------------------------------------------------------------------

_STARTS = st.sampled_from(
    [
        b"",
        b"---\n",
        b"---\ntitle: ",
        b"---\ntitle: T\n---\n",
        b"%PDF-1.7\n",
        b"PK\x03\x04",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"<html><ul><li>",
        b"<table><tr><td>",
        b'<meta charset="',
        pdf("Text"),
        pdf("Text")[:600],
        docx_of("Text"),
        docx_of("Text")[:2000],
    ]
)
_ENDS = st.one_of(st.binary(max_size=300), st.text(max_size=100).map(lambda text: text.encode()))


@pytest.mark.parametrize("suffix", sorted(SUFFIXES))
@given(start=_STARTS, end=_ENDS)
@example(start=b"", end=b"\x81\x8d\x8f\x90\x9d" * 5)
@example(start=b"---\ntitle: ", end=b"? [\n---\nx")
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_give_a_source_or_an_unreadable_file(
    tmp_path: Path, suffix: str, start: bytes, end: bytes
) -> None:
    (tmp_path / f"a{suffix}").write_bytes(start + end)
    try:
        source = read_source(tmp_path, f"a{suffix}", "a", LIMIT)
    except UnreadableFile as error:
        assert error.path == f"a{suffix}"
        assert error.reason
        assert "\n" not in str(error)
    else:
        assert source.info.sha256 == text_hash(source.text)
        assert source.info.characters == len(source.text) > 0
        assert source.text.strip()
        assert "\0" not in source.text
        assert source.info.title.strip()
        assert not set("\r\n\t\f") & set(source.info.title)
        assert source.text.encode()


@given(st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_corrupted_pdf_and_docx(tmp_path: Path, data: st.DataObject) -> None:
    suffix, whole = data.draw(
        st.sampled_from([(".pdf", pdf("Un", "Deux")), (".docx", docx_of("Un", "Deux"))])
    )
    damaged = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 8))):
        damaged[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    (tmp_path / f"a{suffix}").write_bytes(bytes(damaged))
    try:
        assert read_source(tmp_path, f"a{suffix}", "a", LIMIT).text
    except UnreadableFile as error:
        assert "\n" not in str(error)


def test_lone_surrogates_are_hashed(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.txt")
    (tmp_path / name).write_text("Text")
    assert list_files(tmp_path) == [name]
    info = read_source(tmp_path, name, assign_ids([name], {})[name], LIMIT).info
    assert (info.path, info.id, info.title) == (name, "caf\ufffd", "caf\ufffd")
    assert len(text_hash("\ud800")) == 64


# -- cost -------------------------------------------------------------------------------------


def test_importing_costs_little() -> None:
    heavy = "{'pypdf', 'docx', 'bs4', 'lxml', 'yaml', 'py3langid', 'numpy', 'charset_normalizer'}"
    code = f"import sys, rag.documents.corpus; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_reader_version_is_a_number() -> None:
    assert isinstance(READER_VERSION, int)
    assert READER_VERSION >= 1

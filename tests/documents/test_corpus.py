"""Documents of a corpus: what is said of each, and what is refused."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from rag.documents.corpus import READER_VERSION, read_source
from rag.documents.folder import list_files
from rag.documents.ids import assign_ids
from rag.documents.kinds import SUFFIXES, read_kind
from rag.errors import NotReadable, UnreadableFile
from rag.types import text_hash
from tests.helpers import ROOT
from tests.helpers.documents import LIMIT, Read, docx_of, pdf

SHIPPED = ROOT / "corpus"


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


@pytest.mark.parametrize("name", ["a.pdf", "a.docx"])
@pytest.mark.parametrize("content", [b"plain text", b"PK\x03\x04", b"%PDF-1.4\n", b" " * 2000 + b"%PDF-"])
def test_not_really_a_pdf_or_docx(read: Read, name: str, content: bytes) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read(name, content)
    honest = {"a.pdf": b"%PDF-1.4\n", "a.docx": b"PK\x03\x04"}[name]
    expected = "damaged" if content == honest else "whatever its name says"
    assert expected in caught.value.reason


def test_parser_failures_of_any_kind_are_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    for failure in (RecursionError("deep"), AssertionError("a\nb" * 500)):

        def fail(*_: object, failure: Exception = failure, **__: object) -> None:
            raise failure

        monkeypatch.setattr("rag.documents.formats.pdf.reading.read_characters", fail)
        monkeypatch.setattr("rag.documents.formats.word.write", fail)
        for suffix, data in ((".pdf", pdf("x")), (".docx", docx_of_saved)):
            with pytest.raises(NotReadable, match=type(failure).__name__) as caught:
                read_kind(suffix, data, LIMIT)
            assert len(str(caught.value)) < 250
            assert "\n" not in str(caught.value)


docx_of_saved = docx_of("Text")


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
        b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v ",
        b"1\n00:00:01,000 --> 00:00:02,000\n",
        b"Subject: a\nContent-Type: text/html; charset=x\n\n<p>",
        b"Content-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>a",
        b'a;b\n1;"2',
        b"| a | b |\n|---|---|\n| ~~x~~[^1] | [[p|q]]\n\n[^1]: n\n",
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
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
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
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
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


def test_importing_costs_little() -> None:
    heavy = set("pypdfium2 spellchecker docx bs4 lxml yaml py3langid numpy charset_normalizer".split())
    code = f"import sys, rag.documents.corpus; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_reader_version_is_a_number() -> None:
    assert isinstance(READER_VERSION, int)
    assert READER_VERSION >= 1

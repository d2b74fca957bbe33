"""Encodings of text files and web pages."""

from __future__ import annotations

import random

import pytest

from rag.errors import UnreadableFile
from tests.helpers.documents import FRENCH, Read

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


@pytest.mark.parametrize(
    "content",
    [
        b"abc\0def",
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


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_a_stray_control_byte_is_left_out_and_said(read: Read, encoding: str) -> None:
    text = "Le député a un octet nul au milieu, et le texte se lit très bien. " * 2
    source = read("a.txt", (text[:10].encode(encoding) + b"\0\x07" + text[10:].encode(encoding)))
    assert source.text == text
    assert [(remark.key, remark.count) for remark in source.info.remarks][:1] == [("control", 2)]

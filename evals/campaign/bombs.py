"""Files of every kind that are made to do harm: to fill the memory, to take for ever, to lead elsewhere."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import partial

from evals.campaign.seeds import seeds

Bomb = tuple[str, Callable[[], bytes]]
"""What harm a file does, and what makes it."""
DEEP = 200_000
MANY = 2_000_000
_ZEROS = 300_000_000
_ENTITIES = (
    '<!DOCTYPE a [<!ENTITY a0 "'
    + "ha" * 100
    + '">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 20}">' for n in range(1, 9))
    + "]>"
)
_OUTSIDE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
_PNG_HUGE = (
    b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sIIBBBBB", 13, b"IHDR", 65_000, 65_000, 8, 6, 0, 0, 0) + b"\0" * 4
)


def bombs(suffix: str) -> Iterator[Bomb]:
    """Harmful files of a kind, each with a name for what it does."""
    yield "empty", lambda: b""
    yield "one byte", lambda: b"\0"
    yield "zeros", lambda: bytes(1_000_000)
    yield "another kind", lambda: next(iter(seeds(".pdf" if suffix != ".pdf" else ".docx")))
    made = {
        ".pdf": _pdf, ".html": _html, ".htm": _html, ".xhtml": _html, ".mht": _letter, ".mhtml": _letter,
        ".eml": _letter, ".rtf": _rtf, ".csv": _rows, ".tsv": _rows, ".md": _text, ".markdown": _text,
        ".txt": _text, ".text": _text, ".srt": _cues, ".vtt": _cues,
    }.get(suffix)  # fmt: skip
    yield from made() if made else _archives(suffix)


# --- archives of XML ------------------------------------------------------------------------------

_BODY = {
    ".docx": ("word/document.xml", "<w:p><w:r><w:t>", "</w:t></w:r></w:p>"),
    ".odt": ("content.xml", "<text:p>", "</text:p>"),
    ".epub": (".xhtml", "<p>", "</p>"),
    ".pptx": ("ppt/slides/slide1.xml", "<a:p><a:r><a:t>", "</a:t></a:r></a:p>"),
    ".xlsx": ("xl/worksheets/sheet1.xml", '<row><c t="inlineStr"><is><t>', "</t></is></c></row>"),
}
_SAME = {".docm": ".docx", ".dotx": ".docx", ".ott": ".odt", ".xlsm": ".xlsx"}


def _archives(suffix: str) -> Iterator[Bomb]:
    kind = _SAME.get(suffix, suffix)
    member, before, after = _BODY[kind]
    good = seeds(kind)[0]
    name = next(n for n in zipfile.ZipFile(io.BytesIO(good)).namelist() if n.endswith(member))
    text = zipfile.ZipFile(io.BytesIO(good)).read(name)
    middle = text.index(b">", len(text) // 2) + 1
    yield "zip bomb", lambda: _with(good, {name: bytes(_ZEROS)})
    yield "zip bomb beside", lambda: _with(good, {"media/a.bin": bytes(_ZEROS)})
    yield "many members", lambda: _with(good, {f"m/{n}.xml": b"<a/>" for n in range(60_000)})
    yield "entity bomb", lambda: _with(good, {name: _ENTITIES.encode() + b"<a>&a8;</a>"})
    yield "entity of a file", lambda: _with(good, {name: _OUTSIDE.encode() + b"<a>&x;</a>"})
    yield "deep", lambda: _with(good, {name: b"<a>" * DEEP + b"</a>" * DEEP})
    yield (
        "deep inside",
        lambda: _with(good, {name: text[:middle] + b"<b>" * 3000 + b"</b>" * 3000 + text[middle:]}),
    )
    yield (
        "many paragraphs",
        lambda: _with(good, {name: _more(text, (before + "x" + after).encode() * 300_000)}),
    )
    yield (
        "one long word",
        lambda: _with(good, {name: _more(text, (before + "x" * 20_000_000 + after).encode())}),
    )
    yield "huge picture", lambda: _with(good, {"media/image1.png": _PNG_HUGE})
    yield "path tricks", lambda: _with(good, {"../../../tmp/a": b"x", "/etc/b": b"x", "a\\..\\c": b"x"})
    yield "no members", lambda: _with(good, {}, keep=False)
    yield "sizes that lie", lambda: _lying(good)


def _with(good: bytes, members: dict[str, bytes], keep: bool = True) -> bytes:
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(good)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, True, 1) as new,
    ):
        for name in old.namelist() if keep else ():
            if name not in members:
                new.writestr(name, old.read(name))
        for name, content in members.items():
            new.writestr(name, content)
    return buffer.getvalue()


def _more(text: bytes, more: bytes) -> bytes:
    """More of the same near the end of the body."""
    ends = (b"<w:sectPr", b"</w:body>", b"</office:text>", b"</body>", b"</p:txBody>", b"</sheetData>")
    at = max(text.rfind(end) for end in ends)
    return text[:at] + more + text[at:]


def _lying(good: bytes) -> bytes:
    """The members say that they are small."""
    out = bytearray(_with(good, {"a.xml": bytes(_ZEROS // 3)}))
    at = out.find(b"PK\x01\x02")
    while at >= 0:
        out[at + 24 : at + 28] = struct.pack("<I", 100)
        at = out.find(b"PK\x01\x02", at + 4)
    return bytes(out)


# --- PDF ------------------------------------------------------------------------------------------


def _pdf() -> Iterator[Bomb]:
    show = b"BT /F1 12 Tf 72 700 Td (Bonjour) Tj ET\n"
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    page = (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>%s>>>>"
    )
    catalog, tree = b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>"

    def made(contents: bytes = show, pages: bytes = tree, more: bytes = b"", *others: bytes) -> bytes:
        return pdf_of(catalog, pages, page % more, _stream(contents), font, *others)

    yield "stream bomb", lambda: made(b" " * _ZEROS)
    yield "a million words", lambda: made(show * 1_000_000)
    yield "stacked filters", lambda: pdf_of(catalog, tree, page % b"", _stacked(show, 60), font)
    yield "deep arrays", lambda: made(show, tree, b"/X " + b"[" * DEEP + b"]" * DEEP)
    yield "deep dictionaries", lambda: made(show, tree, b"/X " + b"<</A" * 20_000 + b" 1" + b">>" * 20_000)
    yield "tree of pages in itself", lambda: made(show, b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>")
    yield "a billion pages", lambda: made(show, b"<</Type/Pages/Kids[3 0 R]/Count 1000000000>>")
    yield (
        "the same page often",
        lambda: made(show, b"<</Type/Pages/Kids[" + b"3 0 R " * 100_000 + b"]/Count 100000>>"),
    )
    form = b"/Subtype/Form/BBox[0 0 600 800]/Resources<</XObject<</X %d 0 R>>>>"
    yield "form in itself", lambda: made(b"/X Do", tree, b"/XObject<</X 6 0 R>>", _stream(b"/X Do", form % 6))
    forms = [_stream(b"/X Do " * 12, form % (n + 1)) for n in range(6, 16)]
    last = _stream(show, b"/Subtype/Form/BBox[0 0 600 800]/Resources<</Font<</F1 5 0 R>>>>")
    yield "forms of forms", lambda: made(b"/X Do", tree, b"/XObject<</X 6 0 R>>", *forms, last)
    image = b"/Subtype/Image/Width 60000/Height 60000/BitsPerComponent 8/ColorSpace/DeviceRGB"
    yield (
        "huge image",
        lambda: made(b"600 0 0 800 0 0 cm /X Do", tree, b"/XObject<</X 6 0 R>>", _stream(b"\0", image)),
    )
    yield "huge page", lambda: made(show).replace(b"[0 0 600 800]", b"[0 0 9e9 9e9]")
    yield "no page", lambda: made(show).replace(b"[0 0 600 800]", b"[0 0 0 0]    ")
    yield "not a number", lambda: made(b"BT /F1 1e400 Tf nan inf Td (x) Tj 1e39 0 0 1e39 0 0 Tm (y) Tj ET")
    yield "a million lines", lambda: made(b"0 0 m 600 800 l S\n" * 1_000_000)
    yield "a million boxes", lambda: made(show + b"10 10 5 5 re f\n" * 1_000_000)
    yield "nested states", lambda: made(b"q " * 1_000_000 + show)
    yield "words one on another", lambda: made(show * 20_000)


def pdf_of(*objects: bytes) -> bytes:
    """A PDF of these objects, numbered from 1; the first is its catalog."""
    out, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    trailer = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n%s%s" % (size, table, trailer)


def _stream(content: bytes, fields: bytes = b"") -> bytes:
    data = zlib.compress(content)
    return b"<<%s/Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (fields, len(data), data)


def _stacked(content: bytes, count: int) -> bytes:
    for _ in range(count):
        content = zlib.compress(content)
    names = b"/FlateDecode " * count
    return b"<</Filter[%s]/Length %d>>stream\n%s\nendstream" % (names, len(content), content)


# --- text of all sorts ----------------------------------------------------------------------------


def _html() -> Iterator[Bomb]:
    words = b"<p>Le conseil a vot\xc3\xa9 le texte.</p>"
    yield "deep", lambda: b"<div>" * DEEP + words
    yield "deep tables", lambda: b"<table><tr><td>" * 20_000 + words
    yield "deep lists", lambda: b"<ul><li>" * 20_000 + words
    yield "deep quotes", lambda: b"<blockquote>" * 20_000 + words
    yield "deep letters", lambda: b"<b><i>" * 20_000 + words
    yield "never closed", lambda: (b"<p" * 300_000) + words
    yield "comment never closed", lambda: b"<!--" * 300_000 + words
    yield "many cells", lambda: b"<table>" + (b"<tr>" + b"<td>x" * 1000) * 300 + b"</table>" + words
    yield (
        "wide cells",
        lambda: b"<table><tr><td colspan=999999999 rowspan=999999999>x</td></tr><tr><td>y</table>" + words,
    )
    yield "many paragraphs", lambda: words * 60_000
    yield "one long word", lambda: b"<p>" + b"x" * 20_000_000
    yield "entities", lambda: _ENTITIES.encode() + b"<p>&a8;" + b"&amp;" * MANY
    yield "entity of a file", lambda: _OUTSIDE.encode() + b"<p>&x;</p>"
    yield "many attributes", lambda: b"<p " + b"".join(b"a%d=1 " % n for n in range(200_000)) + b">x</p>"
    yield "many classes", lambda: b'<div class="' + b"menu nav " * 200_000 + b'">' + words * 50
    yield "notes", lambda: b"".join(b'<a href="#n%d">%d</a>' % (n, n) for n in range(20_000)) + words
    yield (
        "notes that are there",
        lambda: b"".join(
            b'<sup><a href="#n%d" id="r%d">%d</a></sup><p id="n%d"><a href="#r%d">%d</a> x' % ((n,) * 6)
            for n in range(20_000)
        ),
    )


def _letter() -> Iterator[Bomb]:
    top = b"From: a@b\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
    nested = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n) for n in range(3000)
    )
    yield "deep parts", lambda: top + nested + b"Content-Type: text/plain\r\n\r\nx"
    same = b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n'
    yield "parts of one name", lambda: top + same * 20_000 + b"\r\nx"
    yield "many parts", lambda: top + same + b"Content-Type: text/html\r\n\r\n<p>x\r\n--b\r\n" * 30_000
    yield "letters in letters", lambda: top + b"Content-Type: message/rfc822\r\n\r\n" * 20_000 + b"x"
    yield "long header", lambda: b"Subject: " + b"=?utf-8?q?a?= " * 300_000 + b"\r\nFrom: a\r\n\r\nx"
    yield "long addresses", lambda: b"From: " + b"(" * 300_000 + b"\r\nSubject: x\r\n\r\nx"
    yield "many addresses", lambda: b"From: " + b"a@b, " * 100_000 + b"\r\nSubject: x\r\n\r\nx"
    yield "long type", lambda: top + b"Content-Type: text/plain; " + b"a*0*=x; " * 100_000 + b"\r\n\r\nx"
    yield "many headers", lambda: b"X: y\r\n" * 500_000 + top + b"\r\nx"
    yield "flowed", lambda: top + b"Content-Type: text/plain; format=flowed\r\n\r\n" + b"a \r\n" * 1_000_000


def _rtf() -> Iterator[Bomb]:
    yield "deep groups", lambda: b"{\\rtf1 " + b"{" * 3_000_000 + b"x"
    yield "deep tables", lambda: b"{\\rtf1 " + b"\\intbl\\itap9999 x\\nestcell\\nestrow" * 100_000 + b"}"
    yield "never ending numbers", lambda: b"{\\rtf1 \\u" + b"9" * 1_000_000 + b" x\\par}"
    yield "huge binary", lambda: b"{\\rtf1 x\\bin999999999999 y}"
    yield "many fonts", lambda: b"{\\rtf1{\\fonttbl" + b"{\\f1 A;}" * 300_000 + b"}x}"
    yield "many notes", lambda: b"{\\rtf1 " + b"x{\\footnote y}" * 100_000 + b"\\par}"
    yield "many styles", lambda: b"{\\rtf1 " + b"\\b\\i\\ul\\b0 x" * 500_000 + b"}"
    yield "many fields", lambda: b"{\\rtf1 " + b"{\\field{\\*\\fldinst X}{\\fldrslt " * 50_000 + b"x"


def _rows() -> Iterator[Bomb]:
    yield "many cells", lambda: (b"a,b;c\td\n") * 1_000_000
    yield "one long row", lambda: b"a," * MANY
    yield "quote never closed", lambda: b'a,"' + b"x,\n" * 1_000_000
    yield "many quotes", lambda: b'"' * 5_000_001
    yield "ragged", lambda: b"".join(b"x," * (n % 2000) + b"\n" for n in range(5000))


def _text() -> Iterator[Bomb]:
    yield "deep fields", lambda: b"---\ntitle: " + b"[" * 100_000 + b"\n---\nx"
    yield "entity bomb of fields", _anchors
    yield "many fields", lambda: b"---\n" + b"a: b\n" * 500_000 + b"---\nx"
    yield "many speakers", lambda: b"---\nspeakers: {" + b"M. A: x, " * 300_000 + b"}\n---\nx"
    yield "long field", lambda: b"---\ntitle: " + b"x " * 1_000_000 + b"\n---\nx"
    for sign in "[ ![ *a**b ` > - < |a [^a $ _a ( # \\".split():
        yield f"many {sign}", partial(_many, f"{sign} " if sign in ("-", "*a**b") else sign)
    yield "deep quotes", lambda: b"".join(b">" * (n % 500) + b" x\n" for n in range(5000))
    yield "deep list", lambda: b"".join(b" " * (2 * n) + b"- x\n" for n in range(1500))
    yield "many notes", lambda: b"".join(b"x[^%d]\n\n[^%d]: y\n\n" % (n, n) for n in range(30_000))
    yield "many links", lambda: b"".join(b"[a%d]: http://x\n" % n for n in range(100_000))
    yield "no line ends", lambda: b"x " * 10_000_000
    yield "only line ends", lambda: b"\n" * 10_000_000
    yield "wide and narrow", lambda: ("\u202e\u200b\u0301" * 1_000_000 + "x").encode()
    yield "half encoded", lambda: "é".encode() * 100_000 + b"\xe9" * 100_000
    yield "many zeros", lambda: b"a\0" * 1_000_000 + b"a"


def _anchors() -> bytes:
    names = [b", ".join([b"*a%d" % (n - 1)] * 20 if n else [b"x"]) for n in range(9)]
    return b"---\n%s---\nx" % b"".join(b"a%d: &a%d [%s]\n" % (n, n, name) for n, name in enumerate(names))


def _many(sign: str) -> bytes:
    return (sign * (1_000_000 // len(sign))).encode()


def _cues() -> Iterator[Bomb]:
    cue = b"1\n00:00:01,000 --> 00:00:02,000\nBonjour\n\n"
    yield "many cues", lambda: cue * 100_000
    yield "long times", lambda: b"WEBVTT\n\n" + b"9" * 100_000 + b":00.000 --> 00:02.000\nx\n"
    yield "long cue", lambda: b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + b"x\n" * 1_000_000
    yield "deep marks", lambda: b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + b"<v A><c.b><i>" * 200_000 + b"x\n"
    yield "arrows", lambda: b"WEBVTT\n\n" + b"--> " * 1_000_000

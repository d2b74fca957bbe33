"""E-books: the chapters of the spine, in order."""

from __future__ import annotations

import pytest

from rag.errors import UnreadableFile
from tests.helpers.documents import Read
from tests.helpers.office import zipped

_CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
)
_META = (
    "<dc:title>Le loup et nous</dc:title><dc:creator>Anne Costa</dc:creator>"
    "<dc:creator>Paul Roux</dc:creator>"
    "<dc:date>2024-03-05T00:00:00Z</dc:date><dc:language>en</dc:language>"
)


def page(body: str) -> str:
    return (
        f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body>{body}</body></html>'
    )


def epub(meta: str = _META, **members: str) -> bytes:
    names = [name for name in members if name.endswith("_xhtml")]
    items = "".join(
        f'<item id="{name}" href="{name.replace("_", ".")}" media-type="application/xhtml+xml" '
        + ('properties="nav"/>' if name.startswith("nav") else "/>")
        for name in names
    )
    spine = "".join(f'<itemref idref="{name}"/>' for name in sorted(names))
    book = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<metadata>{meta}</metadata><manifest>{items}</manifest><spine>{spine}</spine></package>"
    )
    files = {f"OEBPS/{name.replace('_', '.')}": content for name, content in members.items()}
    return zipped({"META-INF/container.xml": _CONTAINER, "OEBPS/book.opf": book, **files})


def test_chapters_stand_in_the_order_of_the_spine_without_the_contents(read: Read) -> None:
    data = epub(
        c2_xhtml=page("<h1>La suite</h1><p>Le deuxième chapitre parle des chiens de protection.</p>"),
        c1_xhtml=page("<h1>Le début</h1><p>Le premier chapitre parle des brebis du massif.</p>"),
        nav_xhtml=page("<nav><ol><li>Le début</li></ol></nav>"),
    )
    source = read("livre.epub", data)
    assert source.text == (
        "Le début\n\nLe premier chapitre parle des brebis du massif.\n\n"
        "La suite\n\nLe deuxième chapitre parle des chiens de protection."
    )
    assert source.info.title == "Le loup et nous"
    assert (source.info.author, source.info.date) == ("Anne Costa, Paul Roux", "2024-03-05")
    assert source.info.language == "fr"  # what the text is in, not what a program filled in
    for part in source.layout.parts:
        assert (part.kind, source.text[part.start : part.end]) in {
            ("heading", "Le début"),
            ("heading", "La suite"),
        }


def test_what_style_sheets_hide_is_hidden(read: Read) -> None:
    data = epub(
        book_css=".c1, p.c9 { display: none } .c2 { vertical-align: super; font-size: 60% }",
        c1_xhtml=page(
            '<p>Soit dix<span class="c1"> secrets</span> cas, le 1<span class="c2">er</span> mai.</p>'
        ),
    )
    assert read("livre.epub", data).text == "Soit dix cas, le 1er mai."


def test_notes_in_a_file_of_their_own_are_tied_to_the_words_that_call_them(read: Read) -> None:
    data = epub(
        c1_xhtml=page(
            '<h1>Un</h1><p>Le parc compte 12<sup id="r1"><a href="n9.xhtml#f1">1</a></sup> loups, '
            'et la partie <a href="c2.xhtml#deux">2</a> le dit.</p>'
        ),
        c2_xhtml=page(
            '<h1 id="deux">Deux</h1><p>Les brebis<a epub:type="noteref" href="n9.xhtml#f2">2</a> paissent, '
            'au nombre de 30<sup><a href="c2.xhtml#own">*</a></sup>, ou 12<sup>'
            '<a href="n9.xhtml#f1">1</a></sup>.</p><p id="own">* Au recensement.</p>'
        ),
        n9_xhtml=page(
            '<h2>Notes</h2><ol><li id="f1"><p>D’après 20 gardes. <a href="c1.xhtml#r1">↩</a></p></li>'
            '<li id="f2"><p>D’Aubrac.</p></li></ol>'
        ),
    )
    source = read("livre.epub", data)
    assert source.text == (
        "Un\n\nLe parc compte 12 loups, et la partie 2 le dit.\n\n"
        "Deux\n\nLes brebis paissent, au nombre de 30, ou 12.\n\n"
        "D’après 20 gardes.\n\nD’Aubrac.\n\nAu recensement."
    )
    notes = [part for part in source.layout.parts if part.kind == "note"]
    assert [(note.mark, source.text[: note.at].split()[-1]) for note in notes] == [
        ("1", "12"),
        ("2", "brebis"),
        ("*", "30"),
    ]


def test_styles_that_raise_lower_and_strike_become_elements() -> None:
    from rag.documents.formats.epub_styles import meant_by_classes, with_elements

    classes = meant_by_classes(
        [".up{vertical-align:super}", "span.low {vertical-align: sub}", ".b{color:red}"]
    )
    assert classes == {"up": "sup", "low": "sub"}
    moved = ".w { font-size: 0.58em; position: relative; top: -0.33em } .x { position: relative; top: 1em }"
    assert meant_by_classes([moved]) == {"w": "sup"}
    body = (
        '<p>10<span class="up">6</span> CO<span class="low">2</span> <a class="up" href="#n">3</a>'
        '<span style="text-decoration: line-through">é</span></p>'
    )
    marked = with_elements(page(body).encode(), classes).decode()
    assert '10<sup class="up">6</sup> CO<sub class="low">2</sub>' in marked
    assert '<a class="up" href="#n"><sup>3</sup></a><s style="text-decoration: line-through">é</s>' in marked


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (zipped({"mimetype": "application/epub+zip"}), "without a text"),
        (epub()[:-50], "damaged"),
        (b"%PDF-1.4", "not EPUB"),
        (epub(c1_xhtml=page("<p> </p>")), "no visible text"),
    ],
)
def test_epub_that_cannot_be_read(read: Read, data: bytes, said: str) -> None:
    with pytest.raises(UnreadableFile, match=said):
        read("livre.epub", data)


def test_locked_books_are_named_as_such(read: Read) -> None:
    lock = '<encryption><EncryptedData><EncryptionMethod Algorithm="urn:aes"/></EncryptedData></encryption>'
    from tests.helpers.office import edit_zip

    def plant(name: str, content: bytes) -> bytes:
        return lock.encode() if name == "META-INF/encryption.xml" else content

    data = zipped(
        {"META-INF/encryption.xml": "", "META-INF/container.xml": _CONTAINER, "OEBPS/book.opf": "<p/>"}
    )
    with pytest.raises(UnreadableFile, match="lock"):
        read("livre.epub", edit_zip(data, plant))

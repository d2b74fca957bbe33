"""Text of Word files."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from rag.errors import UnreadableFile
from tests.helpers.documents import Read, docx_bytes, docx_of
from tests.helpers.office import edit_zip


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
        "Titre\n\nUn «\u00a0deux\u00a0».\n\n- a\n1. b\n\nSuite\nligne\tfin\n\nx | y\n1 / 2 | 3 4\n\nFin"
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
    assert read("a.docx", docx_bytes(document)).text == "Nous avons lu l’article-5\n.\n\nBloc"


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
        edit_zip(docx_of("Text"), lambda name, data: data[:500]),
        replaced("word/document.xml", b"w:body", b"w:corps"),
        replaced("word/document.xml", b"<w:body>", b"<w:body>" + b"<w:p>" * 5000),
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

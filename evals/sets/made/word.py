"""Prints a document as Word does: what python-docx has no word for is written as XML."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import count
from xml.sax.saxutils import escape

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

from evals.sets.made.model import Block, Made, Run, runs

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACES = (
    f'xmlns:w="{_W}" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_STYLES = {"heading": "Heading{}", "quote": "Quote", "caption": "Caption", "contents": "TOC1"}
_FACES = {
    "sup": '<w:vertAlign w:val="superscript"/>',
    "sub": '<w:vertAlign w:val="subscript"/>',
    "bold": "<w:b/>",
    "italic": "<w:i/>",
    "capitals": "<w:smallCaps/>",
    "hidden": "<w:vanish/>",
    "struck": "<w:strike/>",
}
_FIRST = 700
"""Number of the first list."""


def printed(made: Made, notes: str = "footnote", comment: str = "") -> bytes:
    """A document as Word.

    Args:
        made: the document.
        notes: ``footnote`` or ``endnote``.
        comment: put beside the first paragraph.
    """
    return Printer(made, notes).printed(comment)


class Printer:
    """Prints one document."""

    def __init__(self, made: Made, notes: str) -> None:
        self.made, self.kind = made, notes
        self.document = docx.Document()
        self.notes: list[str] = []
        self.lists: dict[tuple[str, int], int] = {}
        self.numbers, self.changes = count(_FIRST), count(1)

    def printed(self, comment: str) -> bytes:
        """The file."""
        self.document.core_properties.title = self.made.title
        body = self.document.element.body
        for block in self.made.blocks:
            if block.kind != "item":
                self.lists = {key: n for key, n in self.lists.items() if key[0] == "heading"}
            for element in self.elements(block):
                body.insert(len(body) - 1, parse_xml(element))
        if comment:
            first = next(p for p in self.document.paragraphs if len(p.text) > 80)
            self.document.add_comment(first.runs, comment, "Relectrice", "R.")
        self.head_and_foot()
        if self.notes:
            self.add_notes()
        buffer = io.BytesIO()
        self.document.save(buffer)
        return buffer.getvalue()

    # --- blocks -------------------------------------------------------------------------------------

    def elements(self, block: Block) -> Iterator[str]:
        """A block as XML."""
        if block.kind == "table":
            yield self.table(block)
        elif block.kind == "page":
            yield _paragraph('<w:r><w:br w:type="page"/></w:r>')
        elif block.kind == "aside":
            yield _paragraph(_text_box(_paragraph(self.runs(block.text), "", False)))
        elif block.kind == "drop":  # the letter is a framed paragraph of its own
            frame = (
                '<w:framePr w:dropCap="drop" w:lines="2" w:wrap="around" w:vAnchor="text" w:hAnchor="text"/>'
            )
            yield _paragraph(f"<w:r><w:t>{block.text[0]}</w:t></w:r>", frame)
            yield _paragraph(self.runs(block.text[1:]))
        elif block.kind == "contents":
            text, page = block.text.split("\t")
            link = f" PAGEREF _Toc{abs(hash(text)) % 1000} \\h "
            yield _paragraph(f"{self.runs(text)}<w:r><w:tab/></w:r>{_field(link, page)}", _style("TOC1"))
        else:
            yield _paragraph(self.runs(block.text), self.style(block))

    def style(self, block: Block) -> str:
        """The properties of a paragraph."""
        style = _STYLES.get(block.kind, "").format(block.level)
        made = _style(style) if style else ""
        if block.kind == "item" or block.mark:
            number = self.list_of(block)
            level = block.level if block.kind == "item" else 0
            made += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
        return made

    def list_of(self, block: Block) -> int:
        """The number of the list that a block is in: Word counts its items."""
        form = "bullet" if block.mark == "-" else "decimal" if block.mark[0].isdecimal() else "lowerLetter"
        key = ("heading" if block.kind == "heading" else form, block.level)
        if key not in self.lists:
            number = self.lists[key] = next(self.numbers)
            text = "•" if form == "bullet" else "%{}" + block.mark[-1]
            levels = "".join(
                f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
                f'<w:lvlText w:val="{text.format(n + 1)}"/></w:lvl>'
                for n in (0, 1)
            )
            numbering = self.document.part.numbering_part.element
            numbering.insert(
                0, parse_xml(f'<w:abstractNum {_SPACES} w:abstractNumId="{number}">{levels}</w:abstractNum>')
            )
            numbering.append(
                parse_xml(f'<w:num {_SPACES} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>')
            )
        return self.lists[key]

    def table(self, block: Block) -> str:
        """A table, whose first row is repeated on each page."""
        rows = ""
        for number, row in enumerate(block.rows):
            head = "<w:trPr><w:tblHeader/></w:trPr>" if number == 0 else ""
            cells = "".join(f"<w:tc>{_paragraph(self.runs(cell), '', False)}</w:tc>" for cell in row)
            rows += f"<w:tr>{head}{cells}</w:tr>"
        columns = "<w:gridCol/>" * len(block.rows[0])
        return (
            f'<w:tbl {_SPACES}><w:tblPr><w:tblW w:w="5000" w:type="pct"/></w:tblPr>'
            f"<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
        )

    # --- runs ---------------------------------------------------------------------------------------

    def runs(self, text: str) -> str:
        """Text with mark-up as XML."""
        return "".join(map(self.run, runs(text)))

    def run(self, run: Run) -> str:
        """A run."""
        if run.kind == "note":
            self.notes.append(run.text)
            return (
                '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
                f'<w:{self.kind}Reference w:id="{len(self.notes)}"/></w:r>'
            )
        made = f"<w:r><w:rPr>{_FACES.get(run.kind, '')}</w:rPr>{_letters(run.text)}</w:r>"
        if run.kind in ("inserted", "deleted"):
            tag = run.kind[:3]
            made = (
                made.replace("w:t>", "w:delText>").replace("<w:t ", "<w:delText ") if tag == "del" else made
            )
            by = f'w:id="{next(self.changes)}" w:author="R." w:date="2026-01-06T10:00:00Z"'
            return f"<w:{tag} {by}>{made}</w:{tag}>"
        return made

    def head_and_foot(self) -> None:
        """Running heads, of left pages and of right ones, and feet with fields."""
        section = self.document.sections[0]
        self.document.settings.odd_and_even_pages_header_footer = True
        section.even_page_header.paragraphs[0].text, section.header.paragraphs[0].text = self.made.heads
        for footer in (section.footer, section.even_page_footer):
            parts = self.made.foot.replace("##", "\t NUMPAGES \t").replace("#", "\t PAGE \t").split("\t")
            made = "".join(_field(p, "1") if p.isupper() else f"<w:r>{_letters(p)}</w:r>" for p in parts if p)
            footer._element.append(parse_xml(_paragraph(made)))

    def add_notes(self) -> None:
        """The part of the file that has the notes."""
        kind = self.kind
        mark = f"<w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:{kind}Ref/></w:r>"
        told = "".join(
            f'<w:{kind} w:id="{number}"><w:p>{mark}<w:r>{_letters(" " + note)}</w:r></w:p></w:{kind}>'
            for number, note in enumerate(self.notes, 1)
        )
        rule = f'<w:{kind} w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:{kind}>'
        blob = f'<?xml version="1.0" encoding="UTF-8"?><w:{kind}s {_SPACES}>{rule}{told}</w:{kind}s>'
        part = Part(
            PackURI(f"/word/{kind}s.xml"),
            f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}s+xml",
            blob.encode(),
            self.document.part.package,
        )
        self.document.part.relate_to(part, f"{RELATIONSHIP_TYPE.OFFICE_DOCUMENT.rsplit('/', 1)[0]}/{kind}s")


def _paragraph(runs: str, properties: str = "", is_root: bool = True) -> str:
    return f"<w:p {_SPACES if is_root else ''}><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def _style(name: str) -> str:
    return f'<w:pStyle w:val="{name}"/>'


def _letters(text: str) -> str:
    """Text, the signs that Word takes from another font as symbols, its hyphens as it writes them."""
    again = '<w:t xml:space="preserve">'
    made = f"{again}{escape(text)}</w:t>"
    made = made.replace("×", f'</w:t><w:sym w:font="Symbol" w:char="F0B4"/>{again}')
    return made.replace("co-d", f"co</w:t><w:noBreakHyphen/>{again}d")


def _field(code: str, shown: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve">{code}</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f"<w:r><w:t>{shown}</w:t></w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def _text_box(content: str) -> str:
    """A text box; Word writes its text twice, for readers of two ages."""
    size = '<wp:extent cx="1800000" cy="900000"/><wp:docPr id="9" name="Box"/>'
    graphic = (
        '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        '<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr/>'
        f"<wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp>"
        "</a:graphicData></a:graphic>"
    )
    shape = f"<v:shape><v:textbox><w:txbxContent>{content}</w:txbxContent></v:textbox></v:shape>"
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline>{size}{graphic}'
        f"</wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict>{shape}</w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )

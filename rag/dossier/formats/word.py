"""A dossier as a Word document."""

from __future__ import annotations

import io
import re
from typing import Any

from rag.catalogue import say
from rag.dossier.check import Checked, CheckedCard, headings_before
from rag.dossier.formats.shared import NOT_XML, about, full_cite, line_under, tag_of
from rag.quotes import parts
from rag.types import Language

_SANS, _SERIF = "Arial", "Times New Roman"  # everywhere, or with a twin of the same widths
_CITE, _EVIDENCE, _MARKED, _NOTE, _ABOUT = "Cite", "Evidence", "Unverified", "Card Note", "About"
_KEY, _REST = "Key Words", "Unread Words"
_GREY, _RED = (0x55, 0x55, 0x55), (0xA3, 0x00, 0x00)


def docx(found: Checked) -> bytes:
    """The dossier as a Word document with real headings, so that its outline can be folded and moved."""
    import docx as word

    document = word.Document()
    _lay_out(document, found)
    document.add_paragraph(_xml(found.title), style="Title")
    for line in about(found):
        document.add_paragraph(_xml(line), style=_ABOUT)
    for item, headings in headings_before(found):
        for level, name in headings:
            document.add_heading(_xml(name), level)
            for line in line_under(found, item, level):
                document.add_paragraph(_xml(line), style=_ABOUT)
        _word_card(document, item, found.lang)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _word_card(document: Any, item: CheckedCard, lang: Language) -> None:
    quote = item.card.quote
    document.add_heading(_xml(tag_of(item, lang)), 4)
    document.add_paragraph(_xml(full_cite(quote, lang)), style=_CITE)
    if item.stands:
        paragraph = document.add_paragraph(style=_EVIDENCE)
        for text, is_key in parts(quote):
            style = _KEY if is_key else _REST if quote.highlights else None
            paragraph.add_run(_xml(text), style=style)
    else:
        document.add_paragraph(_xml(say(f"card_{item.status}", lang)), style=_MARKED)
        document.add_paragraph(style=_ABOUT).add_run(_xml(quote.text)).font.strike = True
    if item.status == "moved":
        document.add_paragraph(_xml(say("card_moved", lang)), style=_ABOUT)
    if item.card.note:
        document.add_paragraph(_xml(say("card_note", lang, note=item.card.note)), style=_NOTE)


def _xml(text: str) -> str:
    """Text as XML can hold it, on one line: Word would set line breaks of the source as such."""
    return NOT_XML.sub("\ufffd", re.sub(r"[\n\r\f\v\t]", " ", text))


def _lay_out(document: Any, found: Checked) -> None:
    """Paper, styles, header and footer."""
    from docx.shared import Cm

    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin = section.bottom_margin = Cm(2)
    document.core_properties.title = _xml(found.title)
    document.core_properties.author = "Réplique"
    document.core_properties.language = {"fr": "fr-FR", "en": "en-GB"}[found.lang]
    _styles(document, found.lang)
    section.header.paragraphs[0].text = _xml(found.title)
    section.header.paragraphs[0].style = document.styles[_ABOUT]
    footer = section.footer.paragraphs[0]
    footer.style, footer.alignment = document.styles[_ABOUT], 1
    _field(footer, "PAGE")
    footer.add_run(" / ")
    _field(footer, "NUMPAGES")


def _styles(document: Any, lang: Language) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    def style(name: str, size: float, kind: Any = WD_STYLE_TYPE.PARAGRAPH, **font: Any) -> Any:
        found = document.styles
        made = found[name] if name in found else found.add_style(name, kind)
        made.font.size = Pt(size)
        _set_font(made, font.pop("face", _SANS), font.pop("colour", (0, 0, 0)))
        for attribute, value in font.items():
            setattr(made.font, attribute, value)
        return made

    def spaced(made: Any, before: float, after: float, keep: bool = False) -> None:
        made.paragraph_format.space_before, made.paragraph_format.space_after = Pt(before), Pt(after)
        made.paragraph_format.keep_with_next = keep

    normal = style("Normal", 12, face=_SERIF)
    _set_language(normal, {"fr": "fr-FR", "en": "en-GB"}[lang])
    title = style("Title", 22, bold=True)
    spaced(title, 0, 6)
    for border in title.element.pPr.findall(qn("w:pBdr")):
        title.element.pPr.remove(border)
    for level, (size, before) in enumerate(((18, 20), (15, 16), (13, 12), (12, 12)), start=1):
        heading = style(f"Heading {level}", size, bold=True, italic=False, underline=level == 3)
        spaced(heading, before, 4, keep=True)
    spaced(style(_ABOUT, 9, colour=_GREY), 0, 3)
    spaced(style(_CITE, 8.5, bold=False, colour=_GREY), 0, 4, keep=True)
    evidence = style(_EVIDENCE, 12, face=_SERIF)
    spaced(evidence, 0, 6)
    evidence.paragraph_format.left_indent = Cm(0.6)
    evidence.paragraph_format.line_spacing = 1.15
    spaced(style(_MARKED, 9.5, bold=True, colour=_RED), 0, 4, keep=True)
    spaced(style(_NOTE, 9.5, italic=True), 0, 6)
    style(_KEY, 12, WD_STYLE_TYPE.CHARACTER, face=_SERIF, bold=True, underline=True)
    style(_REST, 8.5, WD_STYLE_TYPE.CHARACTER, face=_SERIF)


def _set_font(style: Any, face: str, colour: tuple[int, int, int]) -> None:
    """A face for all scripts: the theme's would win over the name alone."""
    from docx.oxml.ns import qn
    from docx.shared import RGBColor

    style.font.name = face
    style.font.color.rgb = RGBColor(*colour)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in list(fonts.attrib):
        if attribute.lower().endswith("theme"):
            del fonts.attrib[attribute]
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), face)


def _set_language(style: Any, language: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement("w:lang")
    element.set(qn("w:val"), language)
    style.element.get_or_add_rPr().append(element)


def _field(paragraph: Any, name: str) -> None:
    """A number that Word fills in."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    paragraph._p.append(field)

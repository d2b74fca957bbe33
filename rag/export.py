"""A dossier -> Word, Markdown, printable HTML. Every quote is checked against its source once more.

The headings are those of debate files: pocket, hat and block (1 to 3, as many as a card has), tag (4). A card
whose quote is no longer a slice of its source is marked, and its text is not set as a quote.
"""

from __future__ import annotations

import datetime
import html
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rag.border import prove_whole
from rag.dossier import PACE, Length, Status, as_now, length, status, write_whole
from rag.errors import InputError
from rag.generation import Generation
from rag.index import Index
from rag.quote import parts
from rag.types import Card, Dossier, Language, Quote
from rag.words import cite, date, say

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_HASH_SHOWN = 12


@dataclass(frozen=True, slots=True)
class CheckedCard:
    """A card and what its check found.

    Attributes:
        path: the headings that it stands under; its side where it has no section.
    """

    card: Card
    status: Status
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """A dossier ready to be set: cards in the order of their headings."""

    title: str
    cards: tuple[CheckedCard, ...]
    length: Length
    exported: datetime.date
    lang: Language

    @property
    def unverified(self) -> int:
        """How many cards are marked."""
        return sum(item.status != "verified" for item in self.cards)

    @property
    def quotes(self) -> list[Quote]:
        """Those of the other cards."""
        return [item.card.quote for item in self.cards if item.status == "verified"]


def check_dossier(dossier: Dossier, index: Index, lang: Language, pace: int = PACE) -> Checked:
    """:func:`checked` against the sources of an index, its quotes fit to leave the program.

    Raises:
        InputError: the pace is not above 0.
        QuoteError: the sources changed meanwhile.
        StoreError: there is no index.
    """
    found = index.read(lambda generation: checked(dossier, generation, lang, pace))
    prove_whole(found.quotes, index)
    return found


def checked(
    dossier: Dossier,
    generation: Generation,
    lang: Language,
    pace: int = PACE,
    today: datetime.date | None = None,
) -> Checked:
    """Check every card of a dossier, and put those of one heading together.

    Args:
        dossier: in the order of its cards.
        generation: the sources as they are now.
        lang: of the words around the quotes.
        pace: words a minute.
        today: the date of the export; this day's by default.
    """
    items: list[CheckedCard] = []
    for card in dossier.cards:
        found = status(card, generation)
        current = as_now(card, generation) if found == "verified" else card
        path = card.section or (current.quote.source.side or say("no_section", lang),)
        items.append(CheckedCard(current, found, path))
    title = dossier.title or say("dossier", lang)
    day = today or datetime.datetime.now().date()
    return Checked(title, tuple(_grouped(items)), length(dossier.cards, pace), day, lang)


def _grouped(items: Sequence[CheckedCard], depth: int = 0) -> Iterator[CheckedCard]:
    """Cards of one heading together, headings in the order of their first card."""
    names = dict.fromkeys(item.path[depth : depth + 1] for item in items)
    for name in sorted(names, key=len):  # cards right under a heading before those of its parts
        same = [item for item in items if item.path[depth : depth + 1] == name]
        yield from _grouped(same, depth + 1) if name else same


def export(file: Path, found: Checked) -> None:
    """Write a checked dossier in the format that the name of the file asks for.

    Raises:
        InputError: the name ends in none of ``.docx``, ``.md``, ``.html``.
        DossierError: it cannot be written.
    """
    write_whole(file, written(found, file.suffix.lower()))


def written(found: Checked, suffix: str) -> bytes:
    """A checked dossier as the content of a file.

    Raises:
        InputError: the suffix is none of ``.docx``, ``.md``, ``.html``.
    """
    writers: dict[str, Callable[[Checked], str | bytes]] = {".docx": docx, ".md": markdown, ".html": page}
    if suffix not in writers:
        raise InputError(f"{suffix[:20]!r}: a dossier is exported to .docx, .md or .html")
    content = writers[suffix](found)
    return content if isinstance(content, bytes) else content.encode("utf-8", "replace")


# --- what all formats say -------------------------------------------------------------------------


def headings_before(found: Checked) -> Iterator[tuple[CheckedCard, list[tuple[int, str]]]]:
    """Each card with the headings that open before it, as level and name."""
    before: tuple[str, ...] = ()
    for item in found.cards:
        same = next((n for n, (a, b) in enumerate(zip(before, item.path, strict=False)) if a != b), None)
        shared = min(len(before), len(item.path)) if same is None else same
        yield item, [(n + 1, item.path[n]) for n in range(shared, len(item.path))]
        before = item.path


def _about(found: Checked) -> list[str]:
    """The lines under the title."""
    size, lang = found.length, found.lang
    counts = say("length", lang, cards=size.cards, words=size.words, time=size.time, pace=size.pace)
    if found.unverified:
        checks = say("some_unverified", lang, count=found.unverified, cards=len(found.cards))
    else:
        checks = say("all_verified", lang)
    return [f"{say('exported', lang, date=date(found.exported.isoformat(), lang))}. {counts}.", checks]


def _cite(quote: Quote, lang: Language) -> str:
    """Source, side, locator, date, note, range of characters and hash."""
    where = say("characters", lang, start=quote.start, end=quote.end)
    return f"{cite(quote.source, quote.place, lang)}, {where}, SHA-256 {quote.source.sha256[:_HASH_SHOWN]}…"


def _tag(item: CheckedCard, lang: Language) -> str:
    return item.card.tag if item.status == "verified" else f"[{say('unverified', lang)}] {item.card.tag}"


# --- Markdown -------------------------------------------------------------------------------------

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~$&!=])")
_OPENING = re.compile(r"^(\s*)(?=[-+]|\d+[.)])(\d*)")


def markdown(found: Checked) -> str:
    """The dossier as Markdown (CommonMark); characters that are markup are escaped."""
    blocks = [f"# {_escaped(found.title)}", *map(_escaped, _about(found))]
    for item, headings in headings_before(found):
        blocks += [f"{'#' * level} {_escaped(name)}" for level, name in headings]
        blocks += _markdown_card(item, found.lang)
    return "\n\n".join(blocks) + "\n"


def _markdown_card(item: CheckedCard, lang: Language) -> Iterator[str]:
    quote = item.card.quote
    yield f"#### {_escaped(_tag(item, lang))}"
    yield f"**{_escaped(_cite(quote, lang))}**"
    if item.status == "verified":
        yield "> " + _begun("".join(_markdown_part(text, key) for text, key in parts(quote)))
    else:
        yield _escaped(say(f"card_{item.status}", lang))
        yield "<del>" + _escaped(quote.text) + "</del>"
    if item.card.note:
        yield f"*{_escaped(say('card_note', lang, note=item.card.note))}*"


def _markdown_part(text: str, is_key: bool) -> str:
    return f"<b><u>{_escaped(text)}</u></b>" if is_key else _escaped(text)


def _escaped(text: str) -> str:
    """Text on one line, its markup characters escaped."""
    return _begun(_MARKUP.sub(r"\\\1", " ".join(text.split("\n")).replace("\r", " ")))


def _begun(text: str) -> str:
    """Text that must not begin a list."""
    match = _OPENING.match(text)
    return f"{match[1]}{match[2]}\\{text[match.end() :]}" if match else text


# --- HTML -----------------------------------------------------------------------------------------

_CSS = """
@page { size: A4; margin: 2cm 2.2cm; }
:root { color-scheme: light; }
body { font: 11pt/1.45 "Source Serif 4", Georgia, "Liberation Serif", serif; color: #111; background: #fff;
  max-width: 46em; margin: 2em auto; padding: 0 1.2em; }
header, h1, h2, h3, h4, .cite, .about, .warning, .note {
  font-family: Inter, "Segoe UI", "Liberation Sans", sans-serif; }
header { border-bottom: 2px solid #111; margin-bottom: 2em; padding-bottom: .6em; }
header .title { font-size: 1.9em; font-weight: 700; margin: 0; line-height: 1.2; }
.about { color: #555; font-size: .82em; margin: .5em 0 0; }
h1 { font-size: 1.6em; margin: 1.6em 0 .5em; border-bottom: 1px solid #999; }
h2 { font-size: 1.3em; margin: 1.4em 0 .4em; }
h3 { font-size: 1.1em; margin: 1.2em 0 .3em; text-decoration: underline; }
h4 { font-size: 1.05em; margin: 0 0 .2em; }
h1, h2, h3, h4, .cite { break-after: avoid; }
article { break-inside: avoid; margin: 1.1em 0 1.5em; }
.cite { font-size: .78em; color: #333; margin: 0 0 .5em; }
blockquote { margin: 0; padding-left: 1em; border-left: 3px solid #bbb; }
blockquote.cut { font-size: .76em; }
blockquote.cut mark { font-size: 1.32em; }
mark { background: none; color: inherit; font-weight: 700; text-decoration: underline; }
.unverified h4, .warning { color: #a30000; }
.warning { font-size: .85em; font-weight: 600; margin: 0 0 .4em; }
del { color: #666; }
.note { font-size: .85em; font-style: italic; margin: .5em 0 0; }
@media print { body { max-width: none; margin: 0; padding: 0; } }
"""


def page(found: Checked) -> str:
    """The dossier as one HTML file that needs no other, set for paper."""
    body = [f'<header><p class="title">{_html(found.title)}</p>']
    body += [f'<p class="about">{_html(line)}</p>' for line in _about(found)]
    body.append("</header>")
    for item, headings in headings_before(found):
        body += [f"<h{level}>{_html(name)}</h{level}>" for level, name in headings]
        body.append(_html_card(item, found.lang))
    head = f'<meta charset="utf-8"><title>{_html(found.title)}</title>'
    head += '<meta name="viewport" content="width=device-width, initial-scale=1">'
    style = f"<style>{_CSS}</style>"
    lines = "\n".join(body)
    return (
        f'<!DOCTYPE html>\n<html lang="{found.lang}">\n<head>{head}{style}</head>\n'
        f"<body>\n{lines}\n</body>\n</html>\n"
    )


def _html_card(item: CheckedCard, lang: Language) -> str:
    quote, ok = item.card.quote, item.status == "verified"
    lines = [f"<article{'' if ok else ' class=unverified'}>", f"<h4>{_html(_tag(item, lang))}</h4>"]
    lines.append(f'<p class="cite">{_html(_cite(quote, lang))}</p>')
    if ok:
        text = "".join(f"<mark>{_html(t)}</mark>" if key else _html(t) for t, key in parts(quote))
        cut = ' class="cut"' if quote.highlights else ""
        lines.append(f'<blockquote{cut} lang="{_html(quote.source.language)}">{text}</blockquote>')
    else:
        lines.append(f'<p class="warning">{_html(say(f"card_{item.status}", lang))}</p>')
        lines.append(f"<p><del>{_html(quote.text)}</del></p>")
    if item.card.note:
        lines.append(f'<p class="note">{_html(say("card_note", lang, note=item.card.note))}</p>')
    return "\n".join([*lines, "</article>"])


def _html(text: str) -> str:
    return html.escape(_NOT_XML.sub("\ufffd", text))


# --- Word -----------------------------------------------------------------------------------------

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
    for line in _about(found):
        document.add_paragraph(_xml(line), style=_ABOUT)
    for item, headings in headings_before(found):
        for level, name in headings:
            document.add_heading(_xml(name), level)
        _word_card(document, item, found.lang)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _word_card(document: Any, item: CheckedCard, lang: Language) -> None:
    quote = item.card.quote
    document.add_heading(_xml(_tag(item, lang)), 4)
    document.add_paragraph(_xml(_cite(quote, lang)), style=_CITE)
    if item.status == "verified":
        paragraph = document.add_paragraph(style=_EVIDENCE)
        for text, is_key in parts(quote):
            style = _KEY if is_key else _REST if quote.highlights else None
            paragraph.add_run(_xml(text), style=style)
    else:
        document.add_paragraph(_xml(say(f"card_{item.status}", lang)), style=_MARKED)
        document.add_paragraph(style=_ABOUT).add_run(_xml(quote.text)).font.strike = True
    if item.card.note:
        document.add_paragraph(_xml(say("card_note", lang, note=item.card.note)), style=_NOTE)


def _xml(text: str) -> str:
    """Text as XML can hold it, on one line: Word would set line breaks of the source as such."""
    return _NOT_XML.sub("\ufffd", re.sub(r"[\n\r\f\v\t]", " ", text))


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

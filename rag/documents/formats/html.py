"""HTML -> text: the article of a web page."""

from __future__ import annotations

from rag.documents.formats.html_apart import take_unseen
from rag.documents.formats.html_article import furniture_of
from rag.documents.formats.html_facts import facts_of
from rag.documents.formats.html_notes import take_notes
from rag.documents.formats.html_parse import decode_html, parse_html
from rag.documents.formats.html_text import HtmlText
from rag.documents.formats.html_tree import take_out
from rag.documents.formats.shared import Extract
from rag.documents.language import detect_language
from rag.types import Layout, LeftOut


def read_html(data: bytes) -> Extract:
    """The article of a web page as a browser shows it, without menus, banners, comments.

    Args:
        data: the page; its own byte order mark, then its declared encoding, are believed first.

    Returns:
        Blocks separated by a blank line, list items as ``- `` or ``1. `` lines, rows of tables
        as lines with `` | `` between cells, notes last.

    Raises:
        NotReadable: for binary data.
    """
    return extract_html(decode_html(data))


def extract_html(markup: str) -> Extract:
    """What :func:`read_html` finds in a page whose encoding is known.

    Raises:
        NotReadable: the parser refuses it.
    """
    soup = parse_html(markup)
    facts = facts_of(soup)
    unseen, remarks = take_unseen(soup)
    notes = take_notes(soup)
    menus: list[LeftOut] = []
    for element in furniture_of(soup, markup):
        menus += [LeftOut("menu", text) for text in take_out(element) if text]
    language = facts.language
    if soup.find("q") and not language:
        language = detect_language(soup.get_text(" "))
    writer = HtmlText(soup, notes, language).write()
    layout = Layout(parts=writer.parts(), left_out=(*unseen, *menus), remarks=tuple(remarks))
    return Extract(
        writer.text(), facts.title, layout, facts.author, facts.date, facts.address, facts.language
    )


def fragment_text(markup: str) -> str:
    """The text of a piece of HTML that stands in another text; all of it that is seen."""
    soup = parse_html(markup)
    take_unseen(soup)
    return HtmlText(soup, {}, "").write().text()

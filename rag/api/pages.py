"""Quotes on the pages of their files, for other programs and agents."""

# No `from __future__ import annotations` here: Gradio reads the types of results as they stand.

import asyncio
import base64
from dataclasses import asdict
from typing import Any

from rag.api.arguments import as_lang, as_number, as_text
from rag.api.debates import Debates
from rag.api.dossier import FAR
from rag.api.tools import Tools
from rag.catalogue import say
from rag.quotes import WIDTHS, OnPage, as_json, stacked, with_marks
from rag.types import Language


class PageServices:
    """The page of a quote, with its picture; see :class:`rag.api.services.Services`."""

    def __init__(self, debates: Debates) -> None:
        self._debates = debates

    async def page_of(
        self,
        source: str,
        start: int,
        end: int,
        width: int = 1100,
        marked: bool = True,
        sha256: str = "",
        lang: str = "",
        debate: str = "",
    ) -> dict[str, Any]:
        """Show a quote on the pages of its PDF: a picture of each, and a box around each run of its words.

        The boxes come from the offsets of the quote, no text is searched for.

        Args:
            source: id of the source, such as a quote of ask has it.
            start: first character of the quote in the text of the source.
            end: the character after the last.
            width: of the pictures, in pixels, 1 to 2400; 0: no pictures.
            marked: draw the boxes into the pictures.
            sha256: of the quote, to be sure that its source is still the same; empty: not compared.
            lang: fr or en, for the locator and the descriptions; empty: French.
            debate: name of the debate to work in; empty: the server's own.

        Returns:
            What `replique show SOURCE --start N --end N --page FILE.png` draws: the quote, and its pages in
            order, each with its number, its size in points, its boxes (left, top, right, bottom, parts of the
            page from its top left), what the picture shows in words, and the picture (PNG, base 64).
        """
        as_number(width, "width", 0, WIDTHS[-1])
        tools = await self._debates.asked(debate)
        found, pictures = await asyncio.to_thread(
            pages_shown, tools, source, start, end, width, bool(marked), sha256
        )
        return page_as_json(found, pictures, as_lang(lang) or "fr")


def pages_shown(
    tools: Tools, source: str, start: int, end: int, width: int, marked: bool, sha256: str = ""
) -> tuple[OnPage, list[bytes]]:
    """The pages of a quote, and a picture of each; none where the width is 0."""
    name, sha256 = as_text(source, "source"), as_text(sha256, "sha256")
    begin, stop = as_number(start, "start", 0, FAR), as_number(end, "end", 0, FAR)
    found = tools.page_of(name, begin, stop, sha256=sha256)
    return found, pictures_of(tools, found, width, marked) if width else []


def pictures_of(tools: Tools, found: OnPage, width: int, marked: bool = True, **options: Any) -> list[bytes]:
    """A PNG of each page of a quote, its words marked or not."""
    info = found.quote.source
    plain = [
        tools.page_picture(info.id, page.number, width, sha256=info.sha256, **options) for page in found.pages
    ]
    if not marked:
        return plain
    return [with_marks(png, page.boxes) for png, page in zip(plain, found.pages, strict=True)]


def one_picture(
    tools: Tools, source: str, start: int, end: int, width: int = WIDTHS[-2], **options: Any
) -> bytes:
    """A quote on its pages, its words marked, as one PNG: the pages one above the other."""
    found = tools.page_of(source, start, end, **options)
    return stacked(pictures_of(tools, found, width, **options))


def page_as_json(found: OnPage, pictures: list[bytes], lang: Language) -> dict[str, Any]:
    """A quote on its pages as the API gives it out."""
    quote = found.quote
    pages = [
        {
            "page": page.number,
            "width": page.width,
            "height": page.height,
            "boxes": [
                {side: value for side, value in asdict(box).items() if side != "page"} for box in page.boxes
            ],
            "alt": say("page_alt", lang, page=page.number, title=quote.source.title),
            "picture": base64.b64encode(pictures[n]).decode() if pictures else None,
        }
        for n, page in enumerate(found.pages)
    ]
    return {"quote": as_json(quote, lang), "pages": pages}

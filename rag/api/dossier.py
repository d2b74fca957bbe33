"""Dossiers for other programs and agents. The server keeps nothing: the dossier goes to and fro."""

# No `from __future__ import annotations` here: Gradio reads the types of results as they stand.

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from rag.api.arguments import as_lang, as_number, as_spans, as_text
from rag.api.debates import Debates
from rag.api.tools import Tools
from rag.dossier import (
    PACE,
    PACE_MOST,
    Checked,
    Dossier,
    added,
    checked_as_json,
    file_as_json,
    from_json,
    section_of,
    to_json,
)

FAR = 2**31 - 1
"""No source has a character there."""


class DossierServices:
    """The services of a dossier, as methods; see :class:`rag.api.services.Services`."""

    def __init__(self, debates: Debates) -> None:
        self._debates = debates

    def named(self) -> tuple[Callable[..., Awaitable[Any]], ...]:
        """All of them."""
        return (self.dossier_card, self.dossier_check, self.dossier_export)

    async def dossier_card(
        self,
        source: str,
        start: int,
        end: int,
        tag: str = "",
        note: str = "",
        section: str = "",
        highlights: list[list[int]] = [],  # noqa: B006 - Gradio reads it, nobody writes to it
        sha256: str = "",
        dossier: dict[str, Any] = {},  # noqa: B006
        suggested: list[list[int]] = [],  # noqa: B006
        debate: str = "",
    ) -> dict[str, Any]:
        """Add a quote to a dossier, as a card: the claim that it proves, its words, who says them.

        The server keeps nothing: give the dossier of each result to the next call.

        Args:
            source: id of the source, such as a quote of ask has it.
            start: first character of the quote in the text of the source.
            end: the character after the last.
            tag: the claim that the quote proves, 500 characters at most; empty: its first words.
            note: for the debater alone; may be empty.
            section: the headings that the card stands under, pocket / hat / block; empty: its side.
            highlights: the words to be read out, as pairs of a start and an end in the source, as the owner
                of the card has marked them; empty: all. Not those of a quote of ask: these are guessed.
            sha256: of the quote, to be sure that its source is still the same; empty: not compared.
            dossier: what dossier_card gave last, or a dossier file; empty: a new one.
            suggested: the same of words that are only suggested, such as the highlights of a quote of ask:
                they are in no export until the owner takes them over.
            debate: name of the debate to work in; empty: the server's own.

        Returns:
            dossier: what a dossier file holds, the card last; the other cards as they were given. card: the
            new one's id.
        """
        given = Dossier() if dossier is None or dossier == {} else from_json(dossier)
        arguments: dict[str, Any] = {
            "source": as_text(source, "source"),
            "start": as_number(start, "start", 0, FAR),
            "end": as_number(end, "end", 0, FAR),
            "tag": as_text(tag, "tag"),
            "note": as_text(note, "note"),
            "section": section_of(as_text(section, "section")),
            "highlights": as_spans(highlights, "highlights"),
            "suggested": as_spans(suggested, "suggested"),
            "sha256": as_text(sha256, "sha256") or None,
        }
        tools = await self._debates.asked(debate)
        card = await asyncio.to_thread(partial(tools.dossier_card, **arguments))
        return {"dossier": to_json(added(given, card)), "card": card.id}

    async def dossier_check(
        self, dossier: dict[str, Any], lang: str = "", pace: int = PACE, debate: str = ""
    ) -> dict[str, Any]:
        """Check the cards of a dossier against the sources as they are now.

        Args:
            dossier: what dossier_card gave, or a dossier file.
            lang: fr or en, for locators and reasons; empty: French.
            pace: words a minute, 1 to 999.
            debate: name of the debate to work in; empty: the server's own.

        Returns:
            cards in the order of their headings, each with its status, verified, moved, changed, missing or
            false, what is told of it, and its quote if that is verified or moved, else null; how many are
            unverified, and how many moved, found again by their words since the text of their source was
            read anew; words and seconds to read them out.
        """
        tools = await self._debates.asked(debate)
        return checked_as_json(await asyncio.to_thread(_checked, tools, dossier, lang, pace))

    async def dossier_export(
        self,
        dossier: dict[str, Any],
        format: str = "docx",
        lang: str = "",
        pace: int = PACE,
        debate: str = "",
    ) -> dict[str, Any]:
        """Export a dossier to Word, Markdown or printable HTML, every quote checked again.

        A card whose quote is no longer in its source is marked, and not shown as a quote.

        Args:
            dossier: what dossier_card gave, or a dossier file.
            format: docx, md or html.
            lang: fr or en, for the words around the quotes; empty: French.
            pace: words a minute, 1 to 999.
            debate: name of the debate to work in; empty: the server's own.

        Returns:
            The file, as text (md, html) or in base64 (docx), the other null; how many cards it has, and how
            many of them are unverified.
        """
        tools = await self._debates.asked(debate)
        found = await asyncio.to_thread(_checked, tools, dossier, lang, pace)
        return await asyncio.to_thread(file_as_json, found, as_text(format, "format"))


def _checked(tools: Tools, dossier: object, lang: object, pace: object) -> Checked:
    words = as_number(pace, "pace", 1, PACE_MOST)
    return tools.dossier_check(from_json(dossier), as_lang(lang) or "fr", words)

"""Claimed quotes checked, for other programs and agents."""

# No `from __future__ import annotations` here: Gradio reads the types of results as they stand.

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from rag.api.arguments import as_lang, as_scope
from rag.api.debates import Debates
from rag.text import language_of
from rag.verify import claim_as_json, verification_as_json


class VerifyServices:
    """The services of the check of quotes, as methods; see :class:`rag.api.services.Services`."""

    def __init__(self, debates: Debates) -> None:
        self._debates = debates

    def named(self) -> tuple[Callable[..., Awaitable[Any]], ...]:
        """All of them."""
        return (self.verify, self.verify_speech)

    async def verify(
        self,
        quote: str,
        attributed: str = "",
        lang: str = "",
        sides: list[str] = [],  # noqa: B006
        sources: list[str] = [],  # noqa: B006
        speakers: list[str] = [],  # noqa: B006
        debate: str = "",
    ) -> dict[str, Any]:
        """Check whether a claimed quote is in the sources, where, and what was changed.

        The verdict is exact, altered, stitched (distant passages joined), misattributed or absent. Only what
        stands in pieces is in the sources, to the character; the passages in near have other words. Apart
        from that, meaning estimates what the sources say in substance of words that are not theirs: its
        quotes are no proof that anybody said the words claimed.

        Args:
            quote: the words claimed; « Selon X, “…” » names X.
            attributed: whose words they are said to be: id or title of a source, a side, or one who
                speaks in a source; empty: nobody's.
            lang: fr or en, for locators; empty: the quote's own.
            sides: look at only sources of these sides; empty: all.
            sources: look at only the sources with these ids; empty: all.
            speakers: look at only what those say who speak in transcripts under these names; empty: all.
            debate: name of the debate to work in; empty: the server's own.

        Returns:
            What `replique verify --json` gives: verdict, pieces, diff, effects, warnings, near, meaning.
        """
        given = as_lang(lang) or language_of(quote)
        tools = await self._debates.asked(debate)
        scope = as_scope(sides, sources, speakers)
        found = await asyncio.to_thread(tools.verify, quote, attributed or None, scope)
        return verification_as_json(found, given)

    async def verify_speech(
        self,
        speech: str,
        attributed: str = "",
        sentences: bool = False,
        lang: str = "",
        sides: list[str] = [],  # noqa: B006
        sources: list[str] = [],  # noqa: B006
        speakers: list[str] = [],  # noqa: B006
        debate: str = "",
    ) -> dict[str, Any]:
        """Check all that a speech puts between quote marks, in order.

        Args:
            speech: the whole text.
            attributed: whose words the quotes are said to be, where the speech does not say; empty: nobody's.
            sentences: check the sentences outside quote marks as well.
            lang: fr or en, for locators; empty: the speech's own.
            sides: look at only sources of these sides; empty: all.
            sources: look at only the sources with these ids; empty: all.
            speakers: look at only what those say who speak in transcripts under these names; empty: all.
            debate: name of the debate to work in; empty: the server's own.

        Returns:
            What `replique verify --speech --json` gives: results, each what /verify gives with its place.
        """
        given = as_lang(lang) or language_of(speech)
        tools = await self._debates.asked(debate)
        options = (attributed or None, sentences, as_scope(sides, sources, speakers))
        found = await asyncio.to_thread(tools.verify_speech, speech, *options)
        return {"results": [claim_as_json(claim, result, given) for claim, result in found]}

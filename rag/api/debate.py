"""The debate tools for other programs and agents."""

# No `from __future__ import annotations` here: Gradio reads the types of results as they stand.

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from rag.api.arguments import as_lang, as_scope, as_text
from rag.api.debates import Debates
from rag.brief import brief_as_json
from rag.debate import counter_as_json, face_as_json, rebuttal_as_json


class DebateServices:
    """The services of the debate tools, as methods; see :class:`rag.api.services.Services`."""

    def __init__(self, debates: Debates) -> None:
        self._debates = debates

    def named(self) -> tuple[Callable[..., Awaitable[Any]], ...]:
        """All of them."""
        return (self.face, self.rebut, self.counter, self.brief)

    async def face(
        self,
        motion: str = "",
        lang: str = "",
        echoes: bool = False,
        sides: list[str] = [],  # noqa: B006
        sources: list[str] = [],  # noqa: B006
        speakers: list[str] = [],  # noqa: B006
        debate: str = "",
    ) -> dict[str, Any]:
        """Say who is for a motion and who against, and in which words; silence too.

        Args:
            motion: what is voted on; empty: what divides the sources.
            lang: fr or en, for locators; empty: the motion's own.
            echoes: whether to look up words that one side puts between quote marks in the others' sources.
            sides: hear only sources of these sides; empty: all.
            sources: hear only the sources with these ids; empty: all.
            speakers: hear only what those say who speak in transcripts under these names; empty: all.
            debate: name of the debate to work in; empty: the server's own.

        Returns:
            What `replique face --json` gives: points with the stance of each side and its quotes, and echoes.
        """
        tools = await self._debates.asked(debate)
        scope = as_scope(sides, sources, speakers)
        found = await asyncio.to_thread(tools.face, motion, as_lang(lang), echoes, scope)
        return face_as_json(found)

    async def rebut(
        self,
        claim: str,
        side: str = "",
        lang: str = "",
        sides: list[str] = [],  # noqa: B006
        sources: list[str] = [],  # noqa: B006
        speakers: list[str] = [],  # noqa: B006
        debate: str = "",
    ) -> dict[str, Any]:
        """Find what contradicts or weakens a claim, on the other sides and on its own, and what bears it out.

        Args:
            claim: an argument of somebody on the other side.
            side: whose argument it is; empty: judged by what the sides say, which may be wrong.
            lang: fr or en, for locators; empty: the claim's own.
            sides: look at only sources of these sides; empty: all.
            sources: look at only the sources with these ids; empty: all.
            speakers: look at only what those say who speak in transcripts under these names; empty: all.
            debate: name of the debate to work in; empty: the server's own.

        Returns:
            What `replique rebut --json` gives: against, own and supports, quotes with reasons, and more.
        """
        tools = await self._debates.asked(debate)
        scope = as_scope(sides, sources, speakers)
        found = await asyncio.to_thread(tools.rebut, claim, side or None, as_lang(lang), scope)
        return rebuttal_as_json(found)

    async def brief(
        self,
        motion: str = "",
        lang: str = "",
        sides: list[str] = [],  # noqa: B006
        sources: list[str] = [],  # noqa: B006
        speakers: list[str] = [],  # noqa: B006
        llm: bool = True,
        debate: str = "",
    ) -> dict[str, Any]:
        """Tell what must be known the night before a debate: positions, answers, figures, dates, questions.

        All is made of quotes; headings are words of the sources, but no quotes; an introduction is a language
        model's, each sentence borne out by the quotes it refers to. It takes some seconds.

        Args:
            motion: what is voted on; empty: the whole debate.
            lang: fr or en, for the words around the quotes; empty: the motion's own.
            sides: hear only sources of these sides; empty: all.
            sources: hear only the sources with these ids; empty: all.
            speakers: hear only what those say who speak in transcripts under these names; empty: all.
            llm: let the language model that the server was given, if any, introduce the positions.
            debate: name of the debate to work in; empty: the server's own.

        Returns:
            What `replique brief --json` gives: positions with arguments, who answers what, and more.
        """
        tools = await self._debates.asked(debate)
        scope = as_scope(sides, sources, speakers)
        found = await asyncio.to_thread(tools.briefs.make, motion, as_lang(lang), scope=scope, llm=llm)
        return brief_as_json(found)

    async def counter(
        self,
        speech: str,
        side: str = "",
        lang: str = "",
        sides: list[str] = [],  # noqa: B006
        sources: list[str] = [],  # noqa: B006
        speakers: list[str] = [],  # noqa: B006
        debate: str = "",
    ) -> dict[str, Any]:
        """Find what to answer to a speech, sentence by sentence.

        Of each sentence: whether what it quotes is in the sources, what contradicts or weakens it there, and
        what bears it out. nothing says why a sentence states nothing (a greeting, a question); reported, that
        it hands on what another says, and that this was judged.

        Args:
            speech: what the other side says; 300 sentences at most, a quarter of a second each.
            side: which side that is; empty: not known.
            lang: fr or en, for locators and tags; empty: the speech's own.
            sides: look at only sources of these sides; empty: all.
            sources: look at only the sources with these ids; empty: all.
            speakers: look at only what those say who speak in transcripts under these names; empty: all.
            debate: name of the debate to work in; empty: the server's own.

        Returns:
            What `replique counter --speech --json` gives: sentences, and the strongest replies to the whole.
        """
        given, whose, words = as_text(speech, "speech"), as_text(side, "side") or None, as_lang(lang)
        tools = await self._debates.asked(debate)
        scope = as_scope(sides, sources, speakers)
        return counter_as_json(await asyncio.to_thread(tools.counter, given, whose, lang=words, scope=scope))

"""What other programs can ask for, over HTTP or as agents. Errors are ours, with one line each."""

# No `from __future__ import annotations` here: Gradio reads the types of results as they stand.

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

from rag.answer import answer_as_json
from rag.api.arguments import as_lang, as_number, as_scope
from rag.api.debate import DebateServices
from rag.api.debates import Debates
from rag.api.dossier import DossierServices
from rag.api.drill import DrillServices
from rag.api.pages import PageServices
from rag.api.verify import VerifyServices
from rag.quotes import as_json
from rag.search import word_hits_as_json
from rag.text import language_of

MOST_PASSAGES = 1000
"""``search`` gives at most this many."""


class Services:
    """The tools as named services, over debates: what they give can be written as JSON.

    Their docstrings are what an API page and an agent are told.
    """

    def __init__(self, debates: Debates) -> None:
        self._debates = debates
        self._debate = DebateServices(debates)
        self._verify = VerifyServices(debates)
        self._drill = DrillServices(debates)
        self._dossier = DossierServices(debates)
        self._pages = PageServices(debates)

    def named(self) -> tuple[Callable[..., Awaitable[Any]], ...]:
        """Those that give one result, each called by its name everywhere."""
        return (
            self.debates, self.ask, self.search, self.sources,
            *self._verify.named(), *self._debate.named(), *self._drill.named(), *self._dossier.named(),
        )  # fmt: skip

    @property
    def pages(self) -> PageServices:
        """Those that give pictures, which HTTP and agents get in their own ways."""
        return self._pages

    async def debates(self) -> list[dict[str, Any]]:
        """List the debates that every other tool can work in, by the names that they take.

        Returns:
            What `replique debates --json` gives: name (empty: the server's own), title, motion, language, and
            sides with their colours.
        """
        return await asyncio.to_thread(self._debates.listed)

    async def ask(
        self,
        question: str,
        lang: str = "",
        sides: list[str] = [],  # noqa: B006 - Gradio reads it, nobody writes to it
        sources: list[str] = [],  # noqa: B006
        history: list[str] = [],  # noqa: B006
        llm: bool = True,
        speakers: list[str] = [],  # noqa: B006
        debate: str = "",
    ) -> dict[str, Any]:
        """Answer a question with verbatim quotes from the sources, both sides heard.

        Each quote is a slice of its source, to the character: repeat it as it is, with who says it. Where
        answerable is false the sources do not say; the passages in near are not an answer.

        Args:
            question: in French or English.
            lang: fr or en, for the words around the quotes; empty: the question's own.
            sides: ask only these sides; empty: all.
            sources: ask only the sources with these ids; empty: all.
            history: the earlier questions of the conversation, oldest first.
            llm: let the language model write that the server was given, if any; else quotes alone.
            speakers: ask only those who speak in transcripts under these names; empty: all.
            debate: name of the debate to work in; empty: the server's own.

        Returns:
            What `replique ask --json` gives: text, quotes with source, side, start, end and score, and more.
        """
        options = {"history": history, "lang": as_lang(lang), "sides": sides, "sources": sources, "llm": llm}
        options["speakers"] = speakers
        tools = await self._debates.asked(debate)
        return answer_as_json(await asyncio.to_thread(tools.ask, question, **options))

    async def ask_stream(
        self,
        question: str,
        lang: str = "",
        sides: list[str] = [],  # noqa: B006
        sources: list[str] = [],  # noqa: B006
        history: list[str] = [],  # noqa: B006
        llm: bool = True,
        speakers: list[str] = [],  # noqa: B006
        debate: str = "",
    ) -> AsyncIterator[dict[str, Any]]:
        """Answer a question, block by block: each result has more of the answer than the one before.

        Args:
            question: in French or English.
            lang: fr or en, for the words around the quotes; empty: the question's own.
            sides: ask only these sides; empty: all.
            sources: ask only the sources with these ids; empty: all.
            history: the earlier questions of the conversation, oldest first.
            llm: let the language model write that the server was given, if any; else quotes alone.
            speakers: ask only those who speak in transcripts under these names; empty: all.
            debate: name of the debate to work in; empty: the server's own.

        Returns:
            What /ask gives, several times; what one has shown stays in the next. The last one is whole.
        """
        options = {"history": history, "lang": as_lang(lang), "sides": sides, "sources": sources, "llm": llm}
        tools = await self._debates.asked(debate)
        async for proved in tools.ask_stream(question, **options, speakers=speakers):
            yield answer_as_json(proved.answer)

    async def search(
        self,
        query: str,
        k: int = 10,
        sides: list[str] = [],  # noqa: B006
        sources: list[str] = [],  # noqa: B006
        speakers: list[str] = [],  # noqa: B006
        literal: bool = False,
        exact: bool = False,
        debate: str = "",
    ) -> dict[str, Any]:
        """Find passages of the sources, best first, whatever their side; or the places where words stand.

        Args:
            query: a question or some words, in French or English.
            k: how many passages, 1 to 1000.
            sides: look only in sources of these sides; empty: all.
            sources: look only in the sources with these ids; empty: all.
            speakers: look only in what those say who speak in transcripts under these names; empty: all.
            literal: give every place where the words stand in a row, in the order of the sources, instead of
                passages; a word that ends in * may go on in any way.
            exact: with literal, match case, accents and marks as well.
            debate: name of the debate to work in; empty: the server's own.

        Returns:
            What `replique search --json` gives: passages with source, side, start, end, text and score; with
            literal, each is the words found, and count tells how many places there are in all.
        """
        most = as_number(k, "k", 1, MOST_PASSAGES)
        tools = await self._debates.asked(debate)
        scope = as_scope(sides, sources, speakers)
        if literal:
            words = await asyncio.to_thread(tools.search_words, query, most, scope, exact)
            return word_hits_as_json(query, words)
        found = await asyncio.to_thread(tools.search, query, most, sides, sources, speakers)
        lang = language_of(query)
        return {"query": query, "passages": [as_json(quote, lang) for quote in found]}

    async def sources(self, debate: str = "") -> list[dict[str, Any]]:
        """List the sources: who speaks, on which side, when, in which language, and how much.

        Args:
            debate: name of the debate to work in; empty: the server's own.

        Returns:
            What `replique sources --json` gives: id, title, side, date, language, characters and more; the
            path is called file.
        """
        tools = await self._debates.asked(debate)
        rows = await asyncio.to_thread(tools.sources)
        return [{"file": row.pop("path"), **row} for row in rows]  # Gradio takes a path for a file it serves

"""What other programs can ask for, over HTTP or as agents. Errors are ours, with one line each."""

# No `from __future__ import annotations` here: Gradio reads the types of results as they stand.

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import Any

from rag.answer import answer_as_json
from rag.api.arguments import as_lang, as_number
from rag.api.dossier import DossierServices
from rag.api.drill import DrillServices
from rag.api.pages import PageServices
from rag.api.tools import Tools
from rag.debate import face_as_json, rebuttal_as_json
from rag.quotes import as_json
from rag.text import language_of
from rag.verify import claim_as_json, verification_as_json

MOST_PASSAGES = 1000
"""``search`` gives at most this many."""


class Services:
    """The tools as named services: what they give can be written as JSON.

    Their docstrings are what an API page and an agent are told.
    """

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._drill = DrillServices(tools)
        self._dossier = DossierServices(tools)
        self._pages = PageServices(tools)

    def named(self) -> tuple[Callable[..., Awaitable[Any]], ...]:
        """Those that give one result, each called by its name everywhere."""
        return (
            self.ask, self.search, self.sources,
            self.verify, self.verify_speech, self.face, self.rebut,
            *self._drill.named(), *self._dossier.named(),
        )  # fmt: skip

    @property
    def pages(self) -> PageServices:
        """Those that give pictures, which HTTP and agents get in their own ways."""
        return self._pages

    async def ask(
        self,
        question: str,
        lang: str = "",
        sides: list[str] = [],  # noqa: B006 - Gradio reads it, nobody writes to it
        sources: list[str] = [],  # noqa: B006
        history: list[str] = [],  # noqa: B006
        llm: bool = True,
        speakers: list[str] = [],  # noqa: B006
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

        Returns:
            What `replique ask --json` gives: text, quotes with source, side, start, end and score, and more.
        """
        options = {"history": history, "lang": as_lang(lang), "sides": sides, "sources": sources, "llm": llm}
        options["speakers"] = speakers
        return answer_as_json(await asyncio.to_thread(self._tools.ask, question, **options))

    async def ask_stream(
        self,
        question: str,
        lang: str = "",
        sides: list[str] = [],  # noqa: B006
        sources: list[str] = [],  # noqa: B006
        history: list[str] = [],  # noqa: B006
        llm: bool = True,
        speakers: list[str] = [],  # noqa: B006
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

        Returns:
            What /ask gives, several times; what one has shown stays in the next. The last one is whole.
        """
        options = {"history": history, "lang": as_lang(lang), "sides": sides, "sources": sources, "llm": llm}
        async for proved in self._tools.ask_stream(question, **options, speakers=speakers):
            yield answer_as_json(proved.answer)

    async def search(
        self,
        query: str,
        k: int = 10,
        sides: list[str] = [],  # noqa: B006
        sources: list[str] = [],  # noqa: B006
        speakers: list[str] = [],  # noqa: B006
    ) -> dict[str, Any]:
        """Find passages of the sources, best first, whatever their side.

        Args:
            query: a question or some words, in French or English.
            k: how many passages, 1 to 1000.
            sides: look only in sources of these sides; empty: all.
            sources: look only in the sources with these ids; empty: all.
            speakers: look only in what those say who speak in transcripts under these names; empty: all.

        Returns:
            What `replique search --json` gives: passages with source, side, start, end, text and score.
        """
        return await asyncio.to_thread(self._search, query, k, sides, sources, speakers)

    async def sources(self) -> list[dict[str, Any]]:
        """List the sources: who speaks, on which side, when, in which language, and how much.

        Returns:
            What `replique sources --json` gives: id, title, side, date, language, characters and more; the
            path is called file.
        """
        return await asyncio.to_thread(self._sources)

    async def verify(self, quote: str, attributed: str = "", lang: str = "") -> dict[str, Any]:
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

        Returns:
            What `replique verify --json` gives: verdict, pieces, diff, effects, warnings, near, meaning.
        """
        given = as_lang(lang) or language_of(quote)
        found = await asyncio.to_thread(self._tools.verify, quote, attributed or None)
        return verification_as_json(found, given)

    async def verify_speech(
        self, speech: str, attributed: str = "", sentences: bool = False, lang: str = ""
    ) -> dict[str, Any]:
        """Check all that a speech puts between quote marks, in order.

        Args:
            speech: the whole text.
            attributed: whose words the quotes are said to be, where the speech does not say; empty: nobody's.
            sentences: check the sentences outside quote marks as well.
            lang: fr or en, for locators; empty: the speech's own.

        Returns:
            What `replique verify --speech --json` gives: results, each what /verify gives with its place.
        """
        given = as_lang(lang) or language_of(speech)
        found = await asyncio.to_thread(self._tools.verify_speech, speech, attributed or None, sentences)
        return {"results": [claim_as_json(claim, result, given) for claim, result in found]}

    async def face(self, motion: str = "", lang: str = "", echoes: bool = False) -> dict[str, Any]:
        """Say who is for a motion and who against, and in which words; silence too.

        Args:
            motion: what is voted on; empty: what divides the sources.
            lang: fr or en, for locators; empty: the motion's own.
            echoes: whether to look up words that one side puts between quote marks in the others' sources.

        Returns:
            What `replique face --json` gives: points with the stance of each side and its quotes, and echoes.
        """
        found = await asyncio.to_thread(self._tools.face, motion, as_lang(lang), echoes)
        return face_as_json(found)

    async def rebut(self, claim: str, side: str = "", lang: str = "") -> dict[str, Any]:
        """Find what contradicts or weakens a claim, on the other sides and on its own, and what bears it out.

        Args:
            claim: an argument of somebody on the other side.
            side: whose argument it is; empty: judged by what the sides say, which may be wrong.
            lang: fr or en, for locators; empty: the claim's own.

        Returns:
            What `replique rebut --json` gives: against, own and supports, quotes with reasons, and more.
        """
        found = await asyncio.to_thread(self._tools.rebut, claim, side or None, as_lang(lang))
        return rebuttal_as_json(found)

    def _search(self, query: str, k: int, *asked: Sequence[str]) -> dict[str, Any]:
        most = as_number(k, "k", 1, MOST_PASSAGES)
        found = self._tools.search(query, most, *asked)
        lang = language_of(query)
        return {"query": query, "passages": [as_json(quote, lang) for quote in found]}

    def _sources(self) -> list[dict[str, Any]]:
        rows = self._tools.sources()
        return [{"file": row.pop("path"), **row} for row in rows]  # Gradio takes a path for a file it serves

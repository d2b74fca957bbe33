"""What other programs can ask for, over HTTP or as agents. Errors are ours, with one line each."""

# No `from __future__ import annotations` here: Gradio reads the types of results as they stand.

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import asdict
from typing import Any

from rag.answer import Assistant, answer_as_json
from rag.border import prove_answer, prove_quotes, with_quotes
from rag.errors import InputError
from rag.question import question_language
from rag.quote import as_json
from rag.retrieve import Retriever
from rag.types import Language

MOST_PASSAGES = 1000
"""``search`` gives at most this many."""


class Services:
    """The named services, as methods; what they give can be written as JSON.

    Their docstrings are what an API page and an agent are told.
    """

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._index = assistant.index

    async def ask(
        self,
        question: str,
        lang: str = "",
        sides: list[str] = [],  # noqa: B006 - Gradio reads it, nobody writes to it
        sources: list[str] = [],  # noqa: B006
        history: list[str] = [],  # noqa: B006
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

        Returns:
            What `replique ask --json` gives: text, quotes with source, side, start, end and score, and more.
        """
        answer = await self._assistant.aask(
            question, history=history, lang=_language(lang), sides=sides, sources=sources
        )
        proved = await asyncio.to_thread(prove_answer, answer, self._index)
        return answer_as_json(with_quotes(proved))

    async def ask_stream(
        self,
        question: str,
        lang: str = "",
        sides: list[str] = [],  # noqa: B006
        sources: list[str] = [],  # noqa: B006
        history: list[str] = [],  # noqa: B006
    ) -> AsyncIterator[dict[str, Any]]:
        """Answer a question, block by block: each result has more of the answer than the one before.

        Args:
            question: in French or English.
            lang: fr or en, for the words around the quotes; empty: the question's own.
            sides: ask only these sides; empty: all.
            sources: ask only the sources with these ids; empty: all.
            history: the earlier questions of the conversation, oldest first.

        Returns:
            What /ask gives, several times; what one has shown stays in the next. The last one is whole.
        """
        async for answer in self._assistant.astream(
            question, history=history, lang=_language(lang), sides=sides, sources=sources
        ):
            proved = await asyncio.to_thread(prove_answer, answer, self._index)
            yield answer_as_json(with_quotes(proved) if answer.quotes else proved)

    async def search(
        self,
        query: str,
        k: int = 10,
        sides: list[str] = [],  # noqa: B006
        sources: list[str] = [],  # noqa: B006
    ) -> dict[str, Any]:
        """Find passages of the sources, best first, whatever their side.

        Args:
            query: a question or some words, in French or English.
            k: how many passages, 1 to 1000.
            sides: look only in sources of these sides; empty: all.
            sources: look only in the sources with these ids; empty: all.

        Returns:
            What `replique search --json` gives: passages with source, side, start, end, text and score.
        """
        return await asyncio.to_thread(self._search, query, k, sides, sources)

    async def sources(self) -> list[dict[str, Any]]:
        """List the sources: who speaks, on which side, when, in which language, and how much.

        Returns:
            What `replique sources --json` gives: id, title, side, date, language, characters and more; the
            path is called file.
        """
        return await asyncio.to_thread(self._sources)

    def _search(self, query: str, k: int, sides: Sequence[str], sources: Sequence[str]) -> dict[str, Any]:
        if not 1 <= k <= MOST_PASSAGES:
            raise InputError(f"k = {k}: give 1 to {MOST_PASSAGES}")
        found = Retriever(self._index, k=k, sides=sides, sources=sources).search(query)
        lang = question_language(query)
        return {"query": query, "passages": [as_json(q, lang) for q in prove_quotes(found, self._index)]}

    def _sources(self) -> list[dict[str, Any]]:
        entries = self._index.read(lambda snapshot: snapshot.manifest.sources)
        rows = [{**asdict(entry.info), "passages": entry.passages} for entry in entries]
        return [{"file": row.pop("path"), **row} for row in rows]  # Gradio takes a path for a file it serves


def _language(lang: str) -> Language | None:
    known: dict[str, Language | None] = {"": None, "fr": "fr", "en": "en"}
    if lang not in known:
        raise InputError(f"lang = {lang!r}: give fr, en or nothing")
    return known[lang]

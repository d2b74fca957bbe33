"""What other programs can call on the page's server."""

# No `from __future__ import annotations` here: Gradio reads the types of results as they stand.

import asyncio
from typing import Any

import gradio as gr

from rag.answer import Assistant, answer_as_json
from rag.errors import InputError, RepliqueError
from rag.question import question_language
from rag.quote import as_json
from rag.retrieve import Retriever
from rag.types import Language
from rag.ui.border import prove_answer, prove_quotes, with_quotes

MOST_PASSAGES = 1000
"""``/search`` gives at most this many."""


class Endpoints:
    """The named endpoints, as methods. An error reaches the client as its one line."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._index = assistant.index

    async def ask(
        self,
        question: str,
        lang: str = "",
        sides: list[str] = [],  # noqa: B006 - gradio reads it, nobody writes to it
        sources: list[str] = [],  # noqa: B006
        history: list[str] = [],  # noqa: B006
    ) -> dict[str, Any]:
        """Answer a question with verbatim quotes from the sources.

        Args:
            question: in French or English.
            lang: fr or en, for the words around the quotes; empty: the question's own.
            sides: ask only these sides; empty: all.
            sources: ask only the sources with these ids; empty: all.
            history: the earlier questions of the conversation, oldest first.

        Returns:
            What `replique ask --json` gives.
        """
        try:
            answer = await self._assistant.aask(
                question, history=history, lang=_language(lang), sides=sides, sources=sources
            )
            proved = await asyncio.to_thread(prove_answer, answer, self._index)
            return answer_as_json(with_quotes(proved))
        except RepliqueError as error:
            raise gr.Error(str(error), print_exception=False) from None

    def search(self, query: str, k: int = 10) -> dict[str, Any]:
        """Find passages of the sources, best first, whatever their side.

        Args:
            query: a question or some words.
            k: how many passages, 1 to 1000.

        Returns:
            What `replique search --json` gives.
        """
        try:
            if not 1 <= k <= MOST_PASSAGES:
                raise InputError(f"k = {k}: give 1 to {MOST_PASSAGES}")
            found = Retriever(self._index, k=k).search(query)
            lang = question_language(query)
            passages = [as_json(quote, lang) for quote in prove_quotes(found, self._index)]
            return {"query": query, "passages": passages}
        except RepliqueError as error:
            raise gr.Error(str(error), print_exception=False) from None


def _language(lang: str) -> Language | None:
    known: dict[str, Language | None] = {"": None, "fr": "fr", "en": "en"}
    if lang not in known:
        raise InputError(f"lang = {lang!r}: give fr, en or nothing")
    return known[lang]

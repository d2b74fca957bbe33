"""What the search in the documents asks of the server. Every answer can be shown, never an exception."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rag.api import Tools
from rag.errors import InputError, NoIndex
from rag.search import Scope
from rag.ui.call import Asked, classes_of, told
from rag.ui.documents.search import QUERY_MOST, filter_options, meaning_found, words_found
from rag.ui.messages import as_language

SHOWN, MOST = 20, 200
"""How many hits of each list are shown at first, and at most."""


class SearchCalls:
    """The calls, over the tools of one index."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    def functions(self) -> list[Callable[[Asked], Any]]:
        """As plain functions: Gradio sets attributes on them."""
        return [told(call) for call in (self.find_words, self.find_meaning, self.find_filters)]

    def find_words(self, asked: Asked) -> dict[str, Any]:
        """Where the words of ``query`` stand in a row: ``html``, ``said`` of it, is there ``more``."""
        found = self._tools.search_words(
            _query(asked), _count(asked), _scope(asked), bool(asked.get("exact"))
        )
        return words_found(found, classes_of(self._tools), as_language(asked["lang"]))

    def find_meaning(self, asked: Asked) -> dict[str, Any]:
        """The passages nearest to ``query``, likewise."""
        count, scope = _count(asked), _scope(asked)
        found = self._tools.search(_query(asked), count, scope.sides, scope.sources, scope.speakers)
        return meaning_found(found, count, classes_of(self._tools), as_language(asked["lang"]))

    def find_filters(self, asked: Asked) -> dict[str, Any]:
        """The options of the filters ``side``, ``source``, ``speaker``; none before there are documents."""
        lang = as_language(asked["lang"])
        try:
            return self._tools.index.read(lambda snapshot: filter_options(snapshot, lang))
        except NoIndex:
            return {}


def _query(asked: Asked) -> str:
    query = str(asked.get("query", "")).strip()
    if not query:
        raise InputError("search_empty")
    if len(query) > QUERY_MOST:
        raise InputError("text_long", name="query", count=len(query), most=QUERY_MOST)
    return query


def _scope(asked: Asked) -> Scope:
    """The filters: of each, one value or none."""
    return Scope(*([str(asked[name])] if asked.get(name) else [] for name in ("side", "source", "speaker")))


def _count(asked: Asked) -> int:
    given = asked.get("count")
    return min(given, MOST) if isinstance(given, int) and given > 0 else SHOWN

"""The places where words stand, for programs and terminals."""

from __future__ import annotations

from typing import Any

from rag.catalogue import say
from rag.quotes import as_json, cite
from rag.search.words import WordHits
from rag.text import language_of
from rag.types import Language, Quote

AROUND = 60
"""So many characters before and after the words are shown on a terminal."""


def word_hits_as_json(words: str, found: WordHits, lang: Language | None = None) -> dict[str, Any]:
    """The places, as the command line and the API give them out."""
    spoken = lang or language_of(words)
    passages = [as_json(quote, spoken) for quote in found.quotes]
    return {"query": words, "literal": True, "count": found.count, "passages": passages}


def word_hits_as_text(found: WordHits, lang: Language, strong: tuple[str, str] = ("", "")) -> str:
    """The places, for a terminal: a view, from which no quote must be read back.

    Args:
        found: the places.
        lang: of the words around.
        strong: what stands before and after the words found, to make them stand out.
    """
    if not found.count:
        return say("find_none", lang)
    places = [
        f"{cite(quote, lang)}, {quote.start}:{quote.end}\n{_line(quote, strong)}" for quote in found.quotes
    ]
    return "\n\n".join([*places, count_in_words(found, lang)])


def count_in_words(found: WordHits, lang: Language) -> str:
    """How many places there are, and how many of them are given."""
    if found.count == 1:
        return say("find_count_one", lang)
    key = "find_count" if found.count == len(found.quotes) else "find_count_shown"
    return say(key, lang, count=found.count, shown=len(found.quotes))


def around(quote: Quote, most: int) -> tuple[str, str]:
    """The words before and after a quote, no more characters than that, cut between words."""
    before, after = quote.before, quote.after
    if len(before) > most:
        kept = before[-most:]
        whole = before[-most - 1].isspace()
        before = "…" + (kept if whole else kept.partition(" ")[2] or kept)
    if len(after) > most:
        kept = after[:most]
        after = (kept if after[most].isspace() else kept.rpartition(" ")[0] or kept) + "…"
    return before, after


def _line(quote: Quote, strong: tuple[str, str]) -> str:
    before, after = around(quote, AROUND)
    return " ".join(f"{before}{strong[0]}{quote.text}{strong[1]}{after}".split())

"""A quote as JSON."""

from __future__ import annotations

from typing import Any

from rag.quotes.citation import locator
from rag.types import Language, Quote


def block_quote(text: str) -> str:
    """A text as a Markdown block quote; nothing for no text."""
    return "\n".join(f"> {line}" for line in text.splitlines())


def as_json(quote: Quote, lang: Language) -> dict[str, Any]:
    """The quote as the command line and the API give it out."""
    info = quote.source
    return {
        "n": quote.n,
        "source": info.id,
        "title": info.title,
        "side": info.side,
        "speaker": quote.speaker,
        "date": info.date,
        "author": info.author,
        "note": info.note,
        "address": info.address,
        "retrieved": info.retrieved,
        "editorial": list(info.editorial),
        "locator": locator(quote.place, lang),
        "start": quote.start,
        "end": quote.end,
        "text": quote.text,
        "before": quote.before,
        "after": quote.after,
        "lead_in": quote.lead_in,
        "highlights": [list(span) for span in quote.highlights],
        "score": round(quote.score, 4),
        "sha256": info.sha256,
        "also": [as_json(other, lang) for other in quote.also],
    }

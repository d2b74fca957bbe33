"""An answer as Markdown and as JSON."""

from __future__ import annotations

import shlex
from typing import Any

from rag.catalogue import say
from rag.quotes import as_json, block_quote, locator, named
from rag.types import Answer, Language, Prose, Quote, QuoteRef


def markdown(answer: Answer) -> str:
    """The answer for a terminal: a view, from which no quote must be read back."""
    quotes = {quote.n: quote for quote in answer.quotes}
    parts: list[str] = []
    for block in answer.blocks:
        if isinstance(block, Prose):
            parts.append(f"## {block.text}" if block.heading else block.text)
        else:
            quote = quotes[block.n]
            parts.append(f"{block_quote(quote.text)} [{block.n}]")
            if quote.also:
                held = ", ".join(_where(other, answer.lang) for other in quote.also)
                parts.append(say("same_words", answer.lang, sources=held))
    if answer.face is not None:
        command = f"`replique face {shlex.quote(answer.face) if answer.face else ''}".rstrip() + "`"
        parts.append(say("see_face", answer.lang, command=command))
    if answer.near:
        parts.append(say("nearest", answer.lang))
        parts += [f"{_where(quote, answer.lang)}\n\n" + block_quote(quote.text) for quote in answer.near]
    return "\n\n".join(parts)


def _where(quote: Quote, lang: Language) -> str:
    return ", ".join(
        part for part in (named(quote.source, lang, quote.speaker), locator(quote.place, lang)) if part
    )


def answer_as_json(answer: Answer) -> dict[str, Any]:
    """The answer as the command line and the API give it out; docs/json.md has its fields.

    Args:
        answer: as :class:`rag.Assistant` gives it.

    Returns:
        What :mod:`json` can write. Offsets count code points; ``confidence`` and scores are 0 to 1, rounded
        to four digits; times are in milliseconds.
    """
    lang = answer.lang
    return {
        "question": answer.question,
        "rewritten_question": answer.rewritten_question,
        "lang": lang,
        "mode": answer.mode,
        "answerable": answer.answerable,
        "confidence": round(answer.confidence, 4),
        "text": markdown(answer),
        "blocks": [
            {"quote": block.n} if isinstance(block, QuoteRef) else {"prose": block.text}
            for block in answer.blocks
        ],
        "quotes": [as_json(quote, lang) for quote in answer.quotes],
        "near": [as_json(quote, lang) for quote in answer.near],
        "sides": {side: list(numbers) for side, numbers in answer.sides.items()},
        "silent_sides": list(answer.silent_sides),
        "unsupported": list(answer.unsupported),
        "timings_ms": answer.timings_ms,
        "face": answer.face,
    }

"""The spans of a quote that can be what a question asks for."""

from __future__ import annotations

from dataclasses import dataclass

from rag.answer.tokens import QuoteTokens
from rag.text import COUNTING, Found, Kind, Wanted, reasons, spans_in
from rag.types import Span

CANDIDATES: dict[Kind, tuple[str, ...]] = {
    "number": ("number",),
    "duration": ("duration",),
    "time": ("time", "later", "when"),
    "person": ("person", "role", "agent"),
    "place": ("place",),
    "where": ("place", "where"),
    "name": ("quoted", "name", "group"),
    "cause": ("reason", "group"),
    "manner": ("reason", "group"),
    "thing": ("quoted", "name", "group"),
    "nothing": (),
}
"""Which spans (see :mod:`rag.text.tags`) can be an answer of each kind."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Tokens that may be the answer, of which kind they are, and the core of them."""

    kind: str
    first: int
    last: int
    core: slice


def candidates_in(aim: Wanted, quote: QuoteTokens) -> list[Candidate]:
    """Spans of the kinds that can answer and that say something new, each once."""
    found: dict[Span, Candidate] = {}
    dates = _dates(quote) if aim.kind == "number" else []
    for kind in CANDIDATES[aim.kind]:
        for span in reasons(quote.text, quote.tokens) if kind == "reason" else spans_in(kind, quote.tokens):
            if any(first < span.last and span.first < last for first, last in dates):
                continue
            first, last = _fitted(span, quote)
            core = slice(max(first, span.core_first), min(last, span.core_last))
            candidate = Candidate(kind, first, last, core)
            if first < last and _is_new(candidate, quote):
                found.setdefault((first, last), candidate)
    return list(found.values())


def _dates(quote: QuoteTokens) -> list[Span]:
    """Dates that are more than a year: their numbers count nothing."""
    dates = [(found.first, found.last) for found in spans_in("time", quote.tokens)]
    return [(first, last) for first, last in dates if set(quote.tags[first:last]) & set("mMsA")]


def _fitted(span: Found, quote: QuoteTokens) -> Span:
    """The tokens of a span, or of its core where the whole is too much of the quote."""
    if span.kind == "group":
        return quote.trimmed(span.first, span.last)
    if quote.fits(quote.width(span.first, span.last)):
        return span.first, span.last
    return span.core_first, span.core_last


def _is_new(candidate: Candidate, quote: QuoteTokens) -> bool:
    """Whether most words of a core are not the question's; a group must be more than a number."""
    content = quote.content[candidate.core]
    known = quote.known[candidate.core] & content
    tags = quote.tags[candidate.first : candidate.last]
    counts = candidate.kind == "group" and COUNTING.issuperset(tags)
    return bool(content.any()) and 2 * known.sum() < content.sum() and not counts

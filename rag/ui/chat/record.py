"""Answers as the browser keeps them, and back: what is read back is checked like what is new."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from pydantic import TypeAdapter, ValidationError

from rag.answer import markdown
from rag.api import Proved, Tools
from rag.catalogue import say
from rag.errors import InputError
from rag.quotes import cite
from rag.types import Answer, Language, Prose, Quote
from rag.ui.chat.answer import answer_parts, error_part
from rag.ui.figures import attribution
from rag.ui.html import SideClasses, escape, isolated, line

Record = dict[str, Any]
"""An answer as JSON."""

_ANSWER = TypeAdapter(Answer)
_ACTS = re.compile(r"<(?=[A-Za-z/!?])|!(?=\[)|(?<=\])\(")
"""What makes an element, a picture or a link of Markdown; of our own words nothing does."""


def as_record(answer: Answer) -> Record:
    """The answer as JSON; :func:`restore` reads it back."""
    record: Record = _ANSWER.dump_python(answer, mode="json")
    return record


def from_record(record: object) -> Answer:
    """The answer that :func:`as_record` gave, its quotes not checked.

    Raises:
        InputError: it is not an answer.
    """
    try:
        return _ANSWER.validate_python(record)
    except ValidationError:
        raise InputError("not_an_answer") from None


def restore(record: object, tools: Tools) -> Proved:
    """Read an answer back and check its quotes against the sources as they now are.

    Raises:
        InputError: it is not an answer.
        StoreError: there is no index.
    """
    kept = from_record(record)
    proved = tools.recheck(kept)
    return replace(proved, answer=_named_as_now(proved.answer, tools))


def _named_as_now(answer: Answer, tools: Tools) -> Answer:
    """The answer with titles, sides and speakers as its sources have them now; their texts are the same."""

    def renewed(quotes: Iterable[Quote]) -> tuple[Quote, ...]:
        now = tools.said_as_now(tuple(quotes))
        return tuple(replace(quote, also=renewed(quote.also)) if quote.also else quote for quote in now)

    quotes = renewed(answer.quotes)
    words = {
        Prose(attribution(old, answer.lang)): Prose(attribution(new, answer.lang))
        for old, new in zip(answer.quotes, quotes, strict=True)
    }
    blocks = tuple(words.get(block, block) if isinstance(block, Prose) else block for block in answer.blocks)
    return replace(answer, blocks=blocks, quotes=quotes, near=renewed(answer.near))


def restored_parts(restored: Proved, classes: SideClasses, lang: Language) -> list[str]:
    """The parts of an answer read back; a quote that is lost is said to be."""
    answer, lost = restored.answer, restored.lost
    emptied = answer.answerable and not answer.quotes
    parts = [] if emptied else answer_parts(answer, classes)
    return parts + [_lost_part(quote, lang) for quote in lost if quote.n]


def _lost_part(quote: Quote, lang: Language) -> str:
    """Where a quote was that its source no longer holds: its words are not set as a quote."""
    where = isolated(cite(quote, lang))
    former = f'<p class="former" dir="auto" lang="{escape(quote.source.language)}">{escape(quote.text)}</p>'
    return (
        f'<div class="lost" lang="{lang}">{line("quote_lost", lang, "error")}<details>'
        f"<summary>{escape(say('quote_former', lang))} {where}</summary>{former}</details></div>"
    )


def unreadable_part(lang: Language) -> str:
    """Stands for an answer that cannot be read back."""
    return error_part(say("not_restored", lang), lang)


def as_markdown(title: str, turns: Sequence[tuple[str, Proved | None]], lang: Language) -> str:
    """A conversation to be kept elsewhere; only quotes that were just checked are in it.

    Args:
        title: its heading.
        turns: each question, with its answer if it got one.
        lang: of the words around.
    """
    parts = [f"# {_one_line(title)}"]
    for question, restored in turns:
        parts.append(f"## {_one_line(question)}")
        if restored is None:
            parts.append(f"*{say('stopped', lang)}*")
            continue
        answer = restored.answer
        if not answer.answerable or answer.quotes:
            parts.append(markdown(answer))
        parts += [f"[{quote.n}]: {cite(quote, lang, outward=True)}" for quote in answer.quotes]
        parts += [say("quote_lost", lang) for quote in restored.lost if quote.n]
    return _ACTS.sub(r"\\\g<0>", "\n\n".join(parts)) + "\n"


def _one_line(text: str) -> str:
    return " ".join(text.split())

"""What callers of the services give, checked: HTTP brings any JSON."""

from __future__ import annotations

from typing import Any

from rag.errors import InputError
from rag.search import Scope
from rag.types import Language, Span


def as_lang(given: object) -> Language | None:
    """The language named, ``None`` for none.

    Raises:
        InputError: it is neither ``fr`` nor ``en`` nor empty.
    """
    if given == "":
        return None
    if given == "fr" or given == "en":
        return given
    raise InputError("give_lang", given=_shown(given))


def as_number(given: object, name: str, least: int, most: int) -> int:
    """A whole number between two others, both allowed.

    Raises:
        InputError: it is none.
    """
    if isinstance(given, bool) or not isinstance(given, int) or not least <= given <= most:
        raise InputError("give_number", name=name, given=_shown(given), least=least, most=most)
    return given


def as_text(given: object, name: str) -> str:
    """A text.

    Raises:
        InputError: it is none.
    """
    if not isinstance(given, str):
        raise InputError("give_text", name=name, given=_shown(given))
    return given


def as_scope(sides: object, sources: object, speakers: object) -> Scope:
    """Whom a tool hears: names of the only sides, sources and speakers, empty for all.

    Raises:
        InputError: one of them is no list of texts.
    """
    return Scope(as_names(sides, "sides"), as_names(sources, "sources"), as_names(speakers, "speakers"))


def as_names(given: object, name: str) -> list[str]:
    """Texts in a list.

    Raises:
        InputError: it is none.
    """
    if isinstance(given, list | tuple) and all(isinstance(each, str) for each in given):
        return list(given)
    raise InputError("give_names", name=name, given=_shown(given))


def as_spans(given: object, name: str) -> list[Span]:
    """Ranges of characters, each not empty.

    Raises:
        InputError: they are none.
    """
    try:
        spans: list[Any] = [(start, end) for start, end in given]  # type: ignore[attr-defined]
    except (TypeError, ValueError):
        spans = [()]
    for span in spans:
        if [type(number) for number in span] != [int, int] or not 0 <= span[0] < span[1]:
            raise InputError("give_ranges", name=name, given=_shown(given))
    return spans


def _shown(given: object) -> str:
    """What was given, on one short line."""
    return repr(given)[:80]

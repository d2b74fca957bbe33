"""A brief as text that a browser keeps, and back; what is read back is checked like what is new."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter, ValidationError

from rag.brief.types import Brief
from rag.errors import InputError, QuoteError
from rag.quotes import check, said_as_now
from rag.store import Edition
from rag.types import Quote

RECORD_MOST = 30_000_000
"""Longest text that is read back, in characters."""

_ADAPTER = TypeAdapter(Brief)
T = TypeVar("T")


def to_record(brief: Brief) -> str:
    """The brief as text; :func:`from_record` reads it back."""
    return _ADAPTER.dump_json(brief).decode()


def from_record(record: object) -> Brief:
    """The brief that :func:`to_record` gave, its quotes not checked.

    Raises:
        InputError: it is no brief.
    """
    if not isinstance(record, str) or len(record) > RECORD_MOST:
        raise InputError("not_a_brief")
    try:
        return _ADAPTER.validate_json(record)
    except (ValidationError, UnicodeError):
        raise InputError("not_a_brief") from None


def stands(quote: Quote, edition: Edition) -> bool:
    """Whether a quote is a slice of its source as it is now."""
    number = edition.number_of(quote.source.id)
    if number is None:
        return False
    source = edition.source(number)
    try:
        check(quote, source)
    except QuoteError:
        return False
    before = source.text[max(0, quote.start - len(quote.before)) : quote.start]
    after = source.text[quote.end : quote.end + len(quote.after)]
    return (before, after) == (quote.before, quote.after) and quote.lead_in in source.text


def renewed(found: T, edition: Edition) -> T:
    """What holds quotes that stand, with what is said of their sources now.

    Other places of their words that are gone are left out.
    """
    if isinstance(found, Quote):
        also = tuple(said_as_now(edition, other) for other in found.also if stands(other, edition))
        return cast("T", replace(said_as_now(edition, found), also=also))
    if isinstance(found, tuple):
        return cast("T", tuple(renewed(each, edition) for each in cast("Iterable[Any]", found)))
    if is_dataclass(found) and not isinstance(found, type):
        changes = {each.name: renewed(getattr(found, each.name), edition) for each in fields(found)}
        return cast("T", replace(cast("Any", found), **changes))
    return found

"""What is said of a document, written into it or into the file beside it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath

from rag.catalogue import date
from rag.documents import (
    TEXT_SUFFIXES,
    decode,
    make_source,
    one_line,
    with_front_matter,
    with_sidecar,
)
from rag.errors import InputError, NotReadable
from rag.store import given_side
from rag.types import Source

MOST = {
    "title": 300,
    "side": 60,
    "date": 40,
    "author": 300,
    "language": 20,
    "note": 300,
    "address": 2000,
    "retrieved": 40,
}
"""Longest field, in characters."""
SUPPLIED = ("title", "side", "date", "author")
"""Fields of which is said that the keeper gave them, where the document has them not."""


Pairs = tuple[tuple[str, str], ...]
Fields = dict[str, str | Pairs]


@dataclass(frozen=True, slots=True)
class Details:
    """What is said of a document; ``None`` leaves a field as it is, an empty text clears it.

    Of ``speakers``, names with sides, those alone change that are given.
    """

    title: str | None = None
    side: str | None = None
    date: str | None = None
    author: str | None = None
    language: str | None = None
    note: str | None = None
    address: str | None = None
    retrieved: str | None = None
    speakers: Pairs = ()

    def cleaned(self) -> Fields:
        """The fields given, each on one line.

        Raises:
            InputError: one is too long.
        """
        given = {name: getattr(self, name) for name in MOST}
        fields = {name: _limited(name, value) for name, value in given.items() if value is not None}
        if not self.speakers:
            return {**fields}
        return {**fields, "speakers": tuple((name, _limited("side", side)) for name, side in self.speakers)}


def _limited(name: str, value: str) -> str:
    text = unicodedata.normalize("NFC", one_line(value))
    if len(text) > MOST[name]:
        raise InputError("text_long", name=name, count=len(text), most=MOST[name])
    return text


def described(
    name: str, data: bytes, said: bytes | None, source: Source, fields: Fields, limit: int
) -> tuple[bytes, bytes | None]:
    """A document and its sidecar with some fields set, the text as it was.

    Raises:
        NotReadable, UnreadableFile: the fields cannot be written so that they read back.
    """
    changes = _changes(source, fields)
    if not changes:
        return data, said
    if PurePosixPath(name).suffix.lower() in TEXT_SUFFIXES:
        data = with_front_matter(decode(data), changes).encode()
    else:
        said = with_sidecar(decode(said) if said else "", changes).encode()
    if make_source(name, name, data, said, limit).text != source.text:
        raise NotReadable("front_matter_harms")
    return data, said


def _changes(source: Source, fields: Fields) -> dict[str, str | list[str] | dict[str, str]]:
    """The fields that say something new, with the names of those that the document does not say itself."""
    info = source.info
    told = {name: value for name, value in fields.items() if isinstance(value, str)}
    changed = {name: value for name, value in told.items() if value != (getattr(info, name) or "")}
    supplied = [name for name in SUPPLIED if changed.get(name) and not _is_told(name, changed[name], source)]
    editorial = [name for name in info.editorial if name not in changed] + supplied
    sided = _sided(info.speakers, fields.get("speakers", ()))
    return {
        **changed,
        **({"editorial": editorial} if editorial != list(info.editorial) else {}),
        **({"editor": ""} if supplied and info.editor else {}),
        **({"speakers": sided} if sided != dict(info.speakers) else {}),
    }


def _is_told(name: str, value: str, source: Source) -> bool:
    """Whether a document says itself what is said of it: its side, it never does."""
    forms = {value, date(value, "fr"), date(value, "en")} if name == "date" else {value}
    return name != "side" and any(form in source.text for form in forms)


def _sided(known: Pairs, given: str | Pairs) -> dict[str, str]:
    """Sides of speakers with some changed, under the names that they have already; an empty one is none."""
    sides = dict(known)
    for name, side in given if not isinstance(given, str) else ():
        for other in [other for other in sides if other == name or given_side(name, ((other, "-"),))]:
            del sides[other]
        sides |= {name: side} if side else {}
    return sides

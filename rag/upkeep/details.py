"""What is said of a document, written into it or into the file beside it."""

from __future__ import annotations

import unicodedata
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath

from rag.documents import (
    TEXT_SUFFIXES,
    decode,
    make_source,
    one_line,
    with_front_matter,
    with_sidecar,
)
from rag.errors import InputError, NotReadable
from rag.types import Source

MOST = {"title": 300, "side": 60, "date": 40, "note": 300}
"""Longest field, in characters."""


@dataclass(frozen=True, slots=True)
class Details:
    """What is said of a document; ``None`` leaves a field as it is, an empty text clears it."""

    title: str | None = None
    side: str | None = None
    date: str | None = None
    note: str | None = None

    def cleaned(self) -> dict[str, str]:
        """The fields given, each on one line.

        Raises:
            InputError: one is too long.
        """
        given = {name: value for name, value in asdict(self).items() if value is not None}
        fields = {name: unicodedata.normalize("NFC", one_line(value)) for name, value in given.items()}
        for name, value in fields.items():
            if len(value) > MOST[name]:
                raise InputError("text_long", name=name, count=len(value), most=MOST[name])
        return fields


def described(
    name: str, data: bytes, said: bytes | None, source: Source, fields: dict[str, str], limit: int
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


def _changes(source: Source, fields: dict[str, str]) -> dict[str, str | list[str]]:
    """The fields that say something new, with the names of those that the document does not say itself."""
    info = source.info
    changed = {name: value for name, value in fields.items() if value != (getattr(info, name) or "")}
    supplied = {name for name in ("title", "side") if changed.get(name)}
    if changed.get("title", "") in source.text:
        supplied.discard("title")
    editorial = [name for name in info.editorial if name not in changed]
    editorial += [name for name in ("title", "side") if name in supplied]
    return {**changed, **({"editorial": editorial} if editorial != list(info.editorial) else {})}

"""A dossier as a JSON file."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from rag.dossier.types import Card, Dossier
from rag.errors import DossierError
from rag.files import overwrite

FORMAT, VERSION = "replique-dossier", 2
BEFORE_MARKS = 1
"""The version whose files do not tell what was marked from what was guessed."""

_ADAPTER = TypeAdapter(Dossier)


def to_json(dossier: Dossier) -> dict[str, Any]:
    """The dossier as the file holds it."""
    data = {"format": FORMAT, "version": VERSION, **asdict(dossier)}
    for card in data["cards"]:
        source = card["quote"]["source"]
        card["quote"]["source"] = {
            "file": source.pop("path"),
            **source,
        }  # to Gradio, a path is a file it serves
    return data


def from_json(data: object, name: str = "the dossier") -> Dossier:
    """A dossier from what :func:`to_json` gave.

    Args:
        data: the decoded JSON.
        name: of the file, for errors.

    Raises:
        DossierError: it is no dossier, or one of a newer version.
    """
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise DossierError("not_a_dossier", file=name)
    version = data.get("version")
    if version not in (BEFORE_MARKS, VERSION):
        raise DossierError("dossier_version", file=name, version=str(version)[:20])
    if isinstance(cards := data.get("cards"), list | tuple):
        data = {**data, "cards": [_with_path(card) for card in cards]}
    try:
        dossier = _ADAPTER.validate_python(data)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(step) for step in first["loc"])
        raise DossierError("dossier_damaged", file=name, place=place, problem=first["msg"].lower()) from None
    for number, card in enumerate(dossier.cards, start=1):
        _demand_sound(card, name, number)
    if len({card.id for card in dossier.cards}) < len(dossier.cards):
        raise DossierError("dossier_ids", file=name)
    return _unmarked(dossier) if version == BEFORE_MARKS else dossier


def _unmarked(dossier: Dossier) -> Dossier:
    """The dossier with all that was marked as suggestions: most of it was guessed."""
    cards = (
        replace(card, quote=replace(card.quote, highlights=()), suggested=card.quote.highlights)
        for card in dossier.cards
    )
    return replace(dossier, cards=tuple(cards))


def _with_path(card: Any) -> Any:
    """A card as JSON whose source has its ``file`` as ``path``; older files have that."""
    try:
        source = card["quote"]["source"]
        return {**card, "quote": {**card["quote"], "source": {"path": source["file"], **source}}}
    except (TypeError, KeyError):
        return card


def _demand_sound(card: Card, name: str, number: int) -> None:
    """Refuse a card whose numbers do not fit its text."""
    quote = card.quote
    if not 0 <= quote.start < quote.end or quote.end - quote.start != len(quote.text):
        raise DossierError("dossier_range", file=name, number=number)
    marks = (*quote.highlights, *card.suggested)
    if any(not quote.start <= start < end <= quote.end for start, end in marks):
        raise DossierError("dossier_highlights", file=name, number=number)


def load(file: Path) -> Dossier:
    """The dossier in a file.

    Raises:
        DossierError: it cannot be read, or is no dossier.
    """
    try:
        data = json.loads(file.read_bytes().decode("utf-8-sig", "surrogatepass"))
    except OSError as error:
        raise DossierError("not_read", file=file, reason=error.strerror) from None
    except (ValueError, RecursionError):
        raise DossierError("dossier_not_json", file=file) from None
    return from_json(data, str(file))


def save(dossier: Dossier, file: Path) -> None:
    """Write a dossier in one step; what was there before stays until then.

    Raises:
        DossierError: it cannot be written.
    """
    text = json.dumps(to_json(dossier), ensure_ascii=False, indent=1) + "\n"
    try:
        overwrite(file, text.encode("utf-8", "surrogatepass"))
    except OSError as error:
        raise DossierError("not_written", file=file, reason=error.strerror) from None

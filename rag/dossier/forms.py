"""A checked dossier for programs."""

from __future__ import annotations

import base64
from typing import Any

from rag.catalogue import say
from rag.dossier.check import Checked, CheckedCard
from rag.dossier.formats.export import written
from rag.dossier.reading import length
from rag.quotes import as_json
from rag.types import Language


def checked_as_json(found: Checked) -> dict[str, Any]:
    """A checked dossier as the API gives it out; only what is verified is there as a quote."""
    size = found.length
    return {
        "title": found.title,
        "cards": [card_as_json(item, found.lang, size.pace) for item in found.cards],
        "unverified": found.unverified,
        "moved": found.moved,
        "words": size.words,
        "seconds": size.seconds,
        "pace": size.pace,
    }


def card_as_json(item: CheckedCard, lang: Language, pace: int) -> dict[str, Any]:
    """A checked card as the API gives it out."""
    card, told = item.card, None if item.status == "verified" else say(f"card_{item.status}", lang)
    size = length((card,), pace, lang)
    return {
        "id": card.id,
        "tag": card.tag,
        "note": card.note,
        "section": list(card.section),
        "headings": list(item.path),
        "status": item.status,
        "told": told,
        "quote": as_json(card.quote, lang) if item.stands else None,
        "suggested": [list(span) for span in card.suggested] if item.stands else [],
        "words": size.words,
        "seconds": size.seconds,
    }


def file_as_json(found: Checked, suffix: str) -> dict[str, Any]:
    """A checked dossier as a file of a format, as the API gives it out.

    Raises:
        InputError: the format is none of ``docx``, ``md``, ``html``.
    """
    content = written(found, f".{suffix}")
    binary = suffix == "docx"
    return {
        "format": suffix,
        "text": None if binary else content.decode(),
        "base64": base64.b64encode(content).decode() if binary else None,
        "cards": len(found.cards),
        "unverified": found.unverified,
    }

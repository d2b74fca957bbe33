"""What all formats of a dossier say."""

from __future__ import annotations

import re

from rag.catalogue import date, say
from rag.dossier.check import Checked, CheckedCard
from rag.quotes import cite
from rag.types import Language, Quote

NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_HASH_SHOWN = 12


def about(found: Checked) -> list[str]:
    """The lines under the title."""
    size, lang = found.length, found.lang
    counts = say("length", lang, cards=size.cards, words=size.words, time=size.time, pace=size.pace)
    if found.unverified:
        checks = say("some_unverified", lang, count=found.unverified, cards=len(found.cards))
    else:
        checks = say("all_verified", lang)
    exported = f"{say('exported_on', lang, date=date(found.exported.isoformat(), lang))}. {counts}."
    return [*found.remarks, exported, checks]


def line_under(found: Checked, item: CheckedCard, level: int) -> list[str]:
    """What is to be set under the heading of a level that opens before a card, if anything is."""
    line = found.under.get(item.path[:level])
    return [line] if line else []


def full_cite(quote: Quote, lang: Language) -> str:
    """Source, side, locator, date, note, address, range of characters and hash."""
    where = say("character_range", lang, start=quote.start, end=quote.end)
    return f"{cite(quote, lang, outward=True)}, {where}, SHA-256 {quote.source.sha256[:_HASH_SHOWN]}…"


def tag_of(item: CheckedCard, lang: Language) -> str:
    """The tag line of a card; it says so when the quote is not in its source any more."""
    return item.card.tag if item.stands else f"[{say('unverified', lang)}] {item.card.tag}"

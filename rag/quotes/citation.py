"""How a source and a place in it are named: locator, title, cite."""

from __future__ import annotations

from rag.catalogue import date, say
from rag.types import Language, Paging, Place, Quote, SourceInfo, Voice

_PAGES: dict[Paging, dict[Language, str]] = {
    "page": {"fr": "p. {}", "en": "p. {}"},
    "slide": {"fr": "diapo {}", "en": "slide {}"},
    "sheet": {"fr": "feuille {}", "en": "sheet {}"},
}


def locator(place: Place, lang: Language) -> str:
    """Where a unit stands, for a reader: ``p. 12-13, § 3, point 1``, ``p. 4, note 2``."""
    page = f"{place.page}-{place.last_page}" if place.last_page else place.page
    parts = [
        (page, _PAGES[place.paging][lang]),
        (place.paragraph, "§ {}"),
        (place.point, "point {}" if lang == "fr" else "item {}"),
        (place.note, "note {}"),
    ]
    return ", ".join(pattern.format(number) for number, pattern in parts if number)


def named(info: SourceInfo, lang: Language, speaker: str | None = None) -> str:
    """A voice: ``« Déclaration de Paris » (Coalition)``, ``M. Costa (« Débat du 12 mai », Contre)``."""
    title = say("title", lang, title=info.title)
    if isinstance(info, Voice):
        speaker = speaker or info.speaker
    if speaker:
        return f"{speaker} ({', '.join(filter(None, (title, info.side)))})"
    return f"{title} ({info.side})" if info.side else title


def editorial(info: SourceInfo, lang: Language) -> str:
    """Which of title and side the corpus's keeper supplied; empty when the document has both."""
    supplied = [name for name in ("title", "side") if name in info.editorial]
    return say(f"editorial_{'_'.join(supplied)}", lang) if supplied else ""


def cite(quote: Quote, lang: Language) -> str:
    """All that must be said with a quote: speaker, source, side, locator, date, note, how it was read."""
    info, place = quote.source, quote.place
    parts = [
        named(info, lang, quote.speaker),
        info.author,
        locator(place, lang),
        date(info.date, lang),
        info.note,
    ]
    parts += [say("read_by_ocr", lang) if is_read_by_ocr(quote) else "", editorial(info, lang)]
    return ", ".join(part for part in parts if part)


def remarks(info: SourceInfo, lang: Language) -> list[str]:
    """What must be said of how a source was read, a sentence each."""
    return [
        say(f"remark_{remark.key}", lang, count=remark.count, detail=remark.detail) for remark in info.remarks
    ]


def is_read_by_ocr(quote: Quote) -> bool:
    """Whether a quote stands on a page that was read by OCR."""
    place = quote.place
    return not frozenset(quote.source.ocr).isdisjoint(range(place.page, (place.last_page or place.page) + 1))

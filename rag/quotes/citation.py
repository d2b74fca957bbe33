"""How a source and a place in it are named: locator, title, cite."""

from __future__ import annotations

from rag.catalogue import date, say
from rag.types import Language, Paging, Place, Quote, SourceInfo, Voice

_PAGES: dict[Paging, dict[Language, str]] = {
    "page": {"fr": "p. {}", "en": "p. {}"},
    "slide": {"fr": "diapo {}", "en": "slide {}"},
    "sheet": {"fr": "feuille {}", "en": "sheet {}"},
}

_SUPPLIED = ("title", "side", "date", "author")


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


def editorial(info: SourceInfo, lang: Language, outward: bool = False) -> str:
    """Which of title, side, date and author the document does not have itself; empty when it has them.

    Args:
        info: of the source.
        lang: of the words.
        outward: whether it is for others than the keeper, who supplied them: “by us” instead of “by you”.
    """
    supplied = [name for name in _SUPPLIED if name in info.editorial]
    if not supplied:
        return ""
    by = say("given_by_us" if outward else "given_by_you", lang)
    if info.editor:
        by = say("given_by", lang, editor=info.editor)
    if len(supplied) == 1:
        return say(f"editorial_{supplied[0]}", lang, by=by)
    *first, last = (say(f"field_{name}", lang).lower() for name in supplied)
    return say("editorial_several", lang, first=", ".join(first), last=last, by=by)


def retrieved(info: SourceInfo, lang: Language) -> str:
    """When a source was fetched from its address; empty where it was not."""
    return say("retrieved", lang, date=date(info.retrieved, lang)) if info.retrieved else ""


def cite(quote: Quote, lang: Language, outward: bool = False) -> str:
    """All that must be said with a quote: who says it, where, when, from which address, how it was read.

    Args:
        quote: the quote.
        lang: of the words.
        outward: whether it is for others than the corpus's keeper; see :func:`editorial`.
    """
    info, place = quote.source, quote.place
    parts = [
        named(info, lang, quote.speaker),
        info.author,
        locator(place, lang),
        date(info.date, lang),
        info.note,
        info.address,
        retrieved(info, lang),
        say("read_by_ocr", lang) if is_read_by_ocr(quote) else "",
        editorial(info, lang, outward),
    ]
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

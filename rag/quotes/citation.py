"""How a source and a place in it are named: locator, title, cite."""

from __future__ import annotations

from rag.catalogue import date, say
from rag.types import Language, Place, SourceInfo


def locator(place: Place, lang: Language) -> str:
    """Where a unit stands, for a reader: ``p. 12, § 3, point 1``."""
    parts = [
        (place.page, "p. {}"),
        (place.paragraph, "§ {}"),
        (place.point, "point {}" if lang == "fr" else "item {}"),
    ]
    return ", ".join(pattern.format(number) for number, pattern in parts if number)


def named(info: SourceInfo, lang: Language) -> str:
    """A source with its side: ``« Déclaration de Paris » (Coalition)``."""
    title = say("title", lang, title=info.title)
    return f"{title} ({info.side})" if info.side else title


def editorial(info: SourceInfo, lang: Language) -> str:
    """Which of title and side the corpus's keeper supplied; empty when the document has both."""
    supplied = [name for name in ("title", "side") if name in info.editorial]
    return say(f"editorial_{'_'.join(supplied)}", lang) if supplied else ""


def cite(info: SourceInfo, place: Place, lang: Language) -> str:
    """All that must be said with a quote: source, side, locator, date, note."""
    parts = [named(info, lang), locator(place, lang), date(info.date, lang), info.note]
    parts.append(editorial(info, lang))
    return ", ".join(part for part in parts if part)

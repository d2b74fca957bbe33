"""A dossier checked card by card against its sources, ready to be set."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from rag.catalogue import say
from rag.dossier.cards import Status, as_now, status
from rag.dossier.reading import PACE, Length, length
from rag.dossier.types import Card, Dossier
from rag.store import Edition
from rag.types import Language, Quote


@dataclass(frozen=True, slots=True)
class CheckedCard:
    """A card and what its check found.

    Attributes:
        card: a moved one has its quote as it stands now.
        path: the headings that it stands under; its side where it has no section.
    """

    card: Card
    status: Status
    path: tuple[str, ...]

    @property
    def stands(self) -> bool:
        """Whether its quote is a slice of its source as it is now."""
        return self.status in ("verified", "moved")


@dataclass(frozen=True, slots=True)
class Checked:
    """A dossier ready to be set.

    Attributes:
        remarks: further lines to be set under the title.
        under: lines to be set under headings, by the path of the heading; they are never quotes.
    """

    title: str
    cards: tuple[CheckedCard, ...]
    length: Length
    exported: datetime.date
    lang: Language
    remarks: tuple[str, ...] = ()
    under: Mapping[tuple[str, ...], str] = field(default_factory=dict)

    @property
    def unverified(self) -> int:
        """How many cards are marked."""
        return sum(not item.stands for item in self.cards)

    @property
    def moved(self) -> int:
        """How many cards were found again by their words."""
        return sum(item.status == "moved" for item in self.cards)

    @property
    def quotes(self) -> list[Quote]:
        """Those of the other cards."""
        return [item.card.quote for item in self.cards if item.stands]


def checked(
    dossier: Dossier,
    edition: Edition,
    lang: Language,
    pace: int = PACE,
    today: datetime.date | None = None,
) -> Checked:
    """Check every card of a dossier, in its order.

    Args:
        dossier: in the order of its cards.
        edition: the sources as they are now.
        lang: of the words around the quotes.
        pace: words a minute.
        today: the date of the export; this day's by default.
    """
    items: list[CheckedCard] = []
    for card in dossier.cards:
        found = status(card, edition)
        current = as_now(card, edition) if found in ("verified", "moved") else card
        path = card.section or (current.quote.source.side or say("no_section", lang),)
        items.append(CheckedCard(current, found, path))
    title = dossier.title or say("dossier", lang)
    day = today or datetime.datetime.now().date()
    return Checked(title, tuple(items), length(dossier.cards, pace, lang), day, lang)


def renewed(dossier: Dossier, found: Checked) -> Dossier:
    """The dossier with the quotes that were found again by their words as they stand now."""
    now = {item.card.id: item.card for item in found.cards if item.status == "moved"}
    return replace(dossier, cards=tuple(now.get(card.id, card) for card in dossier.cards))


def headings_before(found: Checked) -> Iterator[tuple[CheckedCard, list[tuple[int, str]]]]:
    """Each card with the headings that open before it, as level and name; again where another was between."""
    before: tuple[str, ...] = ()
    for item in found.cards:
        same = next((n for n, (a, b) in enumerate(zip(before, item.path, strict=False)) if a != b), None)
        shared = min(len(before), len(item.path)) if same is None else same
        if shared == len(item.path) < len(before):
            shared -= 1  # else it would seem to stand under the part that comes before it
        yield item, [(n + 1, item.path[n]) for n in range(shared, len(item.path))]
        before = item.path

"""Dossiers: cards in order, kept in a JSON file, checked again against the sources.

A file holds one object, ``{"format": "replique-dossier", "version": 2, "title": …, "cards": […]}``, its
cards with the fields of :class:`rag.dossier.types.Card`, the ``path`` of a source as its ``file``. It is
replaced in one step: a crash leaves the old one or the new. Version 1 kept as ``highlights`` what the
reader had guessed and what the owner had marked, not told apart: read back, all are suggestions.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from rag.dossier.found_again import Moved, moved_place
from rag.dossier.marks import inside, with_marks
from rag.dossier.types import Card, Dossier
from rag.errors import InputError, QuoteError, UnknownSource
from rag.quotes import check, excerpt
from rag.store import Edition
from rag.text import read_words
from rag.types import Span

LEVELS = 3
"""Most headings above a tag: pocket, hat, block."""
CARDS_MOST = 5_000
TEXT_MOST = {"tag": 500, "note": 5_000, "section": 200, "title": 300}
"""Longest of each, in characters."""


def make_card(
    edition: Edition,
    source: str,
    start: int,
    end: int,
    tag: str,
    note: str = "",
    section: Sequence[str] = (),
    highlights: Iterable[Span] = (),
    suggested: Iterable[Span] = (),
    sha256: str | None = None,
) -> Card:
    """A card from a slice of a source.

    Args:
        edition: where the source is.
        source: its id.
        start, end: the slice.
        tag: the claim that it proves; its first words where this is empty.
        note, section: see :class:`rag.dossier.types.Card`.
        highlights: slices of the source, inside the slice, of the words to be read out, as the owner of the
            card marks them.
        suggested: the same of words that are only suggested.
        sha256: hash of the source when the slice was found; ``None`` to take the source as it is.

    Raises:
        UnknownSource: there is no such source.
        InputError: there is no such slice, no word in it, the source has changed, or a text is too long.
    """
    number = edition.number_of(source)
    if number is None:
        raise UnknownSource("source_unknown", source=source)
    if sha256 not in (None, edition.infos[number].sha256):
        raise InputError("card_outdated", source=source)
    text = edition.source(number).text
    if not 0 <= start < end <= len(text) or not read_words(text[start:end]):
        raise InputError("card_wordless", source=source, start=start, end=end, length=len(text))
    quote = excerpt(edition, number, start, end)
    card = Card(secrets.token_hex(4), "", quote, suggested=inside(suggested, start, end))
    return described(with_marks(card, highlights), tag or shortened(quote.text), note, section)


def described(
    card: Card, tag: str | None = None, note: str | None = None, section: Sequence[str] | None = None
) -> Card:
    """A card with another tag, note or section; ``None`` leaves one as it is.

    Raises:
        InputError: the tag is empty, a text is too long, or there are too many sections.
    """
    changed = replace(
        card,
        tag=card.tag if tag is None else _one_line(tag, "tag"),
        note=card.note if note is None else _limited(note.strip(), "note"),
        section=card.section if section is None else tuple(_one_line(name, "section") for name in section),
    )
    if not changed.tag:
        raise InputError("card_untagged")
    if len(changed.section) > LEVELS or not all(changed.section):
        raise InputError("card_sections", most=LEVELS)
    return changed


def titled(dossier: Dossier, title: str) -> Dossier:
    """The dossier under another title."""
    return replace(dossier, title=_one_line(title, "title"))


def _one_line(text: str, kind: str) -> str:
    return _limited(" ".join(text.split()), kind)


def _limited(text: str, kind: str) -> str:
    if len(text) > TEXT_MOST[kind]:
        raise InputError("text_long", name=kind, count=len(text), most=TEXT_MOST[kind])
    return text


def headings(card: Card) -> tuple[str, ...]:
    """What a card stands under: its section, or its side where it has none; ``""`` without a side, too."""
    return card.section or (card.quote.source.side or "",)


def added(dossier: Dossier, card: Card, position: int | None = None) -> Dossier:
    """The dossier with a card more.

    Args:
        dossier, card: the two.
        position: of the card that it comes before, from 0; by default it follows those of its heading.

    Raises:
        InputError: it has :data:`CARDS_MOST` already.
    """
    if len(dossier.cards) >= CARDS_MOST:
        raise InputError("dossier_full", most=CARDS_MOST)
    cards = list(dossier.cards)
    if position is None:
        position = _place_of(headings(card), cards)
    cards.insert(len(cards) if position is None else position, card)
    return replace(dossier, cards=tuple(cards))


def _place_of(path: tuple[str, ...], cards: Sequence[Card]) -> int | None:
    """Where a card under some headings comes to stand with its like; ``None`` where there are none.

    After the last that shares most of its headings; right under a heading, before those of its parts.
    """
    shared = [_shared(path, headings(card)) for card in cards]
    most = max(shared, default=0)
    if not most:
        return None
    alike = [n for n, count in enumerate(shared) if count == most]
    same = [n for n in alike if len(headings(cards[n])) == most]
    if most == len(path) and not same:
        return alike[0]
    return (same if most == len(path) else alike)[-1] + 1


def _shared(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    """How many headings two paths begin with alike."""
    pairs = zip(one, other, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def removed(dossier: Dossier, ids: Iterable[str]) -> Dossier:
    """The dossier without some cards."""
    gone = {_position(dossier, card_id) for card_id in ids}
    return replace(dossier, cards=tuple(card for n, card in enumerate(dossier.cards) if n not in gone))


def moved(dossier: Dossier, card_id: str, position: int) -> Dossier:
    """The dossier with a card at another position (from 0)."""
    cards = list(dossier.cards)
    card = cards.pop(_position(dossier, card_id))
    cards.insert(min(max(position, 0), len(cards)), card)
    return replace(dossier, cards=tuple(cards))


def changed(dossier: Dossier, card: Card) -> Dossier:
    """The dossier with a card in the place of the one that has its id.

    Under another heading than before, it comes to stand with the cards of that heading; where there are
    none, it leaves those of the old one together.
    """
    cards = list(dossier.cards)
    at = _position(dossier, card.id)
    path, before = headings(card), headings(cards[at])
    around = [headings(other) for other in (*cards[:at][-1:], *cards[at + 1 : at + 2])]
    if path != before and path not in around:
        del cards[at]
        place = _place_of(path, cards)
        cards.insert(_end_of(before, cards, at) if place is None else place, card)
    else:
        cards[at] = card
    return replace(dossier, cards=tuple(cards))


def _end_of(path: tuple[str, ...], cards: Sequence[Card], at: int) -> int:
    """The end of the cards under some headings among which a position lies; itself where it begins them."""
    if not at or headings(cards[at - 1]) != path:
        return at
    return next((n for n in range(at, len(cards)) if headings(cards[n]) != path), len(cards))


def _position(dossier: Dossier, card_id: str) -> int:
    for position, card in enumerate(dossier.cards):
        if card.id == card_id:
            return position
    raise InputError("card_unknown", card=card_id)


def shortened(text: str, words: int = 12) -> str:
    """The first words of a text, on one line."""
    found = text.split()
    return " ".join(found[:words]) + ("…" if len(found) > words else "")


Status = Literal["verified", "moved", "changed", "missing", "false"]
"""Whether a card's quote is a slice of its source as it is now; ``moved``: the source has another text, where
the words stand elsewhere; ``changed``: another text without them; ``missing``: it is gone; ``false``: it
is there unchanged and says something else."""


def status(card: Card, edition: Edition) -> Status:
    """Check a card against the sources as they are now."""
    number = edition.number_of(card.quote.source.id)
    if number is None:
        return "missing"
    source = edition.source(number)
    if source.info.sha256 != card.quote.source.sha256:
        return "moved" if moved_place(card, edition) else "changed"
    try:
        check(card.quote, source)
    except QuoteError:
        return "false"
    return "verified"


def as_now(card: Card, edition: Edition) -> Card:
    """A verified or moved card cut anew, where its words stand now, with what is said of its source now."""
    quote = card.quote
    number = edition.number_of(quote.source.id)
    assert number is not None, "such a card has its source"
    place = Moved(quote.start, quote.end, quote.highlights, card.suggested)
    if edition.infos[number].sha256 != quote.source.sha256:
        found = moved_place(card, edition)
        assert found is not None, "a card is moved where its words are found"
        place = found
    now = excerpt(edition, number, place.start, place.end, quote.score)
    return replace(card, quote=replace(now, highlights=place.highlights), suggested=place.suggested)


@dataclass(frozen=True, slots=True)
class Found:
    """A quote as ``ask``, ``search`` or ``verify`` gave it with ``--json``; its highlights are suggested."""

    source: str
    start: int
    end: int
    sha256: str
    suggested: tuple[Span, ...]


def found_in(results: str) -> Iterator[Found]:
    """The quotes of JSON results, one object a line.

    Raises:
        InputError: a line is not such a result.
    """
    for number, line in enumerate(results.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            result = json.loads(line)
            lists = [result[key] for key in ("quotes", "passages", "pieces") if key in result]
            for item in lists[0]:
                spans = tuple((int(a), int(b)) for a, b in item.get("highlights", ()))
                yield Found(str(item["source"]), int(item["start"]), int(item["end"]), item["sha256"], spans)
        except (ValueError, KeyError, TypeError, IndexError, AttributeError):
            raise InputError("card_of_no_result", line=number) from None


def section_of(text: str) -> tuple[str, ...]:
    """The sections that ``pocket / hat / block`` names."""
    return tuple(part for part in (" ".join(p.split()) for p in re.split(r"\s*/\s*", text)) if part)

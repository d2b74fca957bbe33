"""Dossiers: cards in order, kept in a JSON file, checked again against the sources.

A file holds one object, ``{"format": "replique-dossier", "version": 1, "title": …, "cards": […]}``, its
cards with the fields of :class:`rag.dossier.types.Card`, the ``path`` of a source as its ``file``. It is
replaced in one step: a crash leaves the old one or the new.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from rag.dossier.found_again import Moved, moved_place
from rag.dossier.types import Card, Dossier
from rag.errors import InputError, QuoteError, UnknownSource
from rag.quotes import check, excerpt
from rag.store import Edition
from rag.text import read_words
from rag.types import Span

PACE = 150
"""Words a minute, read out at ease."""
PACE_MOST = 999
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
    sha256: str | None = None,
) -> Card:
    """A card from a slice of a source.

    Args:
        edition: where the source is.
        source: its id.
        start, end: the slice.
        tag: the claim that it proves; its first words where this is empty.
        note, section: see :class:`rag.dossier.types.Card`.
        highlights: slices of the source, inside the slice, of the words to be read out.
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
    kept = tuple((max(a, start), min(b, end)) for a, b in sorted(highlights) if max(a, start) < min(b, end))
    quote = replace(excerpt(edition, number, start, end), highlights=kept)
    return described(Card(secrets.token_hex(4), "", quote), tag or shortened(quote.text), note, section)


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


def added(dossier: Dossier, card: Card, position: int | None = None) -> Dossier:
    """The dossier with a card more, before the card at ``position`` (from 0), last by default.

    Raises:
        InputError: it has :data:`CARDS_MOST` already.
    """
    if len(dossier.cards) >= CARDS_MOST:
        raise InputError("dossier_full", most=CARDS_MOST)
    cards = list(dossier.cards)
    cards.insert(len(cards) if position is None else position, card)
    return replace(dossier, cards=tuple(cards))


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
    """The dossier with a card in the place of the one that has its id."""
    cards = list(dossier.cards)
    cards[_position(dossier, card.id)] = card
    return replace(dossier, cards=tuple(cards))


def _position(dossier: Dossier, card_id: str) -> int:
    for position, card in enumerate(dossier.cards):
        if card.id == card_id:
            return position
    raise InputError("card_unknown", card=card_id)


def shortened(text: str, words: int = 12) -> str:
    """The first words of a text, on one line."""
    found = text.split()
    return " ".join(found[:words]) + ("…" if len(found) > words else "")


@dataclass(frozen=True, slots=True)
class Length:
    """How long it takes to read cards out: tags, and of the quotes the highlights if there are any."""

    cards: int
    words: int
    pace: int

    @property
    def seconds(self) -> int:
        """At ``pace`` words a minute."""
        return round(60 * self.words / self.pace)

    @property
    def time(self) -> str:
        """Minutes and seconds: ``2 min 5 s``."""
        minutes, seconds = divmod(self.seconds, 60)
        return f"{minutes}\u00a0min {seconds}\u00a0s" if minutes else f"{seconds}\u00a0s"


def length(cards: Sequence[Card], pace: int = PACE) -> Length:
    """How long some cards are.

    Raises:
        InputError: the pace is not above 0.
    """
    if pace < 1:
        raise InputError("dossier_pace_slow", pace=pace)
    return Length(len(cards), sum(_words(card) for card in cards), pace)


def _words(card: Card) -> int:
    quote = card.quote
    read = [quote.text[a - quote.start : b - quote.start] for a, b in quote.highlights] or [quote.text]
    return sum(len(read_words(text)) for text in (card.tag, *read))


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
        return "moved" if moved_place(card.quote, edition) else "changed"
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
    place = Moved(quote.start, quote.end, quote.highlights)
    if edition.infos[number].sha256 != quote.source.sha256:
        found = moved_place(quote, edition)
        assert found is not None, "a card is moved where its words are found"
        place = found
    now = excerpt(edition, number, place.start, place.end, quote.score)
    return replace(card, quote=replace(now, highlights=place.highlights))


@dataclass(frozen=True, slots=True)
class Found:
    """A quote as ``ask``, ``search`` or ``verify`` gave it with ``--json``."""

    source: str
    start: int
    end: int
    sha256: str
    highlights: tuple[Span, ...]


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

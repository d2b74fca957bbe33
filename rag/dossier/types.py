"""The nouns of a dossier: card, dossier."""

from __future__ import annotations

from dataclasses import dataclass

from rag.types import Quote, Span


@dataclass(frozen=True, slots=True)
class Card:
    """A quote with the claim it proves, as evidence is cut for competitive debate.

    Attributes:
        id: unique in its dossier.
        tag: the claim that the quote proves, in the debater's words.
        quote: as it was cut; its ``highlights`` are the words to be read out, as its owner marked them.
        note: for the debater alone.
        section: names of the headings it stands under, widest first (pocket, hat, block); three at most.
        suggested: words that somebody else than its owner would mark, such as the reader; in no export.
    """

    id: str
    tag: str
    quote: Quote
    note: str = ""
    section: tuple[str, ...] = ()
    suggested: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Dossier:
    """Cards in the order in which they are to be used.

    Attributes:
        title: one line; may be empty.
        cards: with different ids.
    """

    title: str = ""
    cards: tuple[Card, ...] = ()

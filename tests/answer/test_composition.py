"""Quotes set in prose: by side, numbered as shown."""

from __future__ import annotations

from rag import Assistant, Prose, QuoteRef
from rag.answer.composition import compose, heading_of, partial_answer
from rag.types import Place, Quote, SourceInfo


def _quote(side: str | None, score: float) -> Quote:
    info = SourceInfo(f"s-{side}", "s.md", "Titre", side, "", "fr", "", "", (), "0" * 64, 9)
    return Quote(0, info, Place(0, 1, 0), 0, 4, "mots", "", "", score)


def test_composing_groups_by_side_and_numbers_as_shown() -> None:
    quotes = [_quote("A", 0.9), _quote("B", 0.8), _quote("A", 0.7)]
    blocks, numbered = compose(quotes, ["C"], "fr")
    assert [(q.source.side, q.n) for q in numbered] == [("A", 1), ("B", 2), ("A", 3)]
    assert isinstance(blocks[-1], Prose)
    assert blocks[-1].text == "Les sources du côté «\u00a0C\u00a0» n’en disent rien."


def test_every_side_has_its_heading_where_none_is_the_answer() -> None:
    quotes = [_quote("A", 0.9), _quote("B", 0.8), _quote("A", 0.7)]
    blocks, numbered = compose(quotes, [], "fr", each_side=True)
    assert [(q.source.side, q.n) for q in numbered] == [("A", 1), ("A", 2), ("B", 3)]
    assert [block for block in blocks if isinstance(block, Prose) and block.heading] == [
        heading_of(quotes[0], "fr"),
        heading_of(quotes[1], "fr"),
    ]
    assert blocks[0] == heading_of(quotes[0], "fr")


def test_many_silent_sides_are_counted() -> None:
    blocks, _ = compose([_quote("A", 0.9)], list("BCDEF"), "en")
    assert isinstance(blocks[-1], Prose)
    assert blocks[-1].text == "The sources on 5 other sides do not say."


def test_a_partial_answer_holds_only_what_is_shown(shipped: Assistant) -> None:
    answer = shipped.ask("Que dit-on de la guerre ?")
    part = partial_answer(answer, answer.blocks.index(QuoteRef(1)) + 1)
    assert [quote.n for quote in part.quotes] == [1]

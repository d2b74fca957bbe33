"""The last check: a quote that is not a slice is dropped, or nothing is given."""

from __future__ import annotations

import pytest

from rag import Assistant
from rag.errors import QuoteError
from rag.quotes.prove import prove_answer, prove_quotes, prove_whole, proven, quotes_in, with_quotes
from rag.search.retriever import Retriever
from rag.types import Quote, QuoteRef
from tests.helpers.damages import DAMAGES, Damage, tampered

QUESTION = "Combien de soldats compterait l’armée ukrainienne ?"


@pytest.fixture
def quotes(shipped: Assistant) -> list[Quote]:
    return Retriever(shipped.index, k=3).search("Ukraine")


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_quote_that_is_not_a_slice_is_dropped_and_logged(
    shipped: Assistant, quotes: list[Quote], damage: Damage, caplog: pytest.LogCaptureFixture
) -> None:
    assert prove_quotes(quotes, shipped.index) == tuple(quotes)
    assert not caplog.records
    bad = damage(quotes[1])
    assert prove_quotes([quotes[0], bad, quotes[2]], shipped.index) == (quotes[0], quotes[2])
    assert len(caplog.records) == 1
    with pytest.raises(QuoteError, match="ask again"):
        prove_whole({"found": [(quotes[0], bad)]}, shipped.index)


def test_of_a_source_that_is_gone_nothing_passes(quotes: list[Quote]) -> None:
    assert proven(quotes, {}) == ()


def test_what_is_sound_passes_whole(shipped: Assistant) -> None:
    answer = shipped.ask(QUESTION)
    assert prove_answer(answer, shipped.index) == answer
    assert prove_whole(answer, shipped.index) is answer
    assert list(quotes_in(answer)) == [*answer.quotes, *answer.near]


def test_an_answer_goes_on_without_a_bad_quote(shipped: Assistant) -> None:
    answer = shipped.ask("Que disent les textes de la paix en Ukraine ?")
    assert len(answer.quotes) > 1
    proved = prove_answer(tampered(answer, DAMAGES["changed text"], least=2), shipped.index)
    assert [quote.n for quote in proved.quotes] == [1]
    assert [block.n for block in proved.blocks if isinstance(block, QuoteRef)] == [1]
    assert proved.sides == {str(answer.quotes[0].source.side): (1,)}
    assert with_quotes(proved) == proved


def test_an_answer_that_loses_all_its_quotes_is_not_given_as_silence(shipped: Assistant) -> None:
    answer = tampered(shipped.ask(QUESTION), DAMAGES["changed text"])
    with pytest.raises(QuoteError, match="ask again"):
        with_quotes(prove_answer(answer, shipped.index))

"""What is the same quote but for typography, and what is not."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.text.typography import read_words
from tests.helpers.concordances import of

SOURCE = (
    "« L’œuvre » de l’État compte 800 000 soldats – des « hubs » peut-être, aujourd’hui.\n"
    "- Les États-Unis n’ont pas payé 14,2 % des coûts ;\n"
    "- Russia can’t win (so they say)... The soldiers’ rights, O’Brien’s plan. Come at 9 h 30 sharp, see 5-2."
)


def found(quote: str, *sources: str) -> list[str]:
    """The slices of some sources where a quote stands exactly."""
    texts = sources or (SOURCE,)
    concordance = of(texts)
    words = concordance.read(quote)
    return [
        texts[concordance.source_of(int(n))][slice(*concordance.slice_of(int(n), int(n) + len(words) - 1))]
        for n in concordance.find(words)
    ]


@pytest.mark.parametrize(
    "quote",
    [
        "L'oeuvre\" de l'État",
        "« L’œuvre » de l’État",
        "l’oeuvre » de l‘État",
        "État compte 800\u202f000 soldats",
        "État compte 800000 soldats",
        "soldats — des “hubs” peut‑être",
        "soldats-des “hubs”",
        "des ‹ hubs › peut-être",
        "des 'hubs' peut-être , aujourd'hui !",
        "E\u0301tat compte",
        "aujourd'hui. Les États-Unis n'ont",
        "14,2 % des coûts",
        "14,2% des coûts ; Russia can't win",
        "so they say)… The soldiers' rights",
        "com\u00adpte 800 000",
        "…peut-être, aujourd’hui…",
        "O'Brien's plan",
        "O’Brien",
        "at 9h30 sharp, see 5-2",
    ],
)
def test_the_same_but_for_typography(quote: str) -> None:
    assert len(found(quote)) == 1


@pytest.mark.parametrize(
    "quote",
    [
        "l’état compte",  # case
        "l’Etat compte",  # accent
        "800 001 soldats",
        "000 soldats",  # inside a number
        "2 % des coûts",
        "14.2 % des coûts",
        "14,2 ‰ des coûts",
        "14,2 euros",
        "des hubs peut-être",  # no quote marks
        "peut être, aujourd’hui",
        "être, aujourd’hui",  # inside a compound
        "des coûts Russia can’t",  # a mark left out
        "Les États",
        "Russia can",
        "Unis n’ont pas",
        "n’ont payé",
        "see 5",
        "at 9",
        "",
        "…",
        "zzz",
    ],
)
def test_not_the_same(quote: str) -> None:
    assert found(quote) == []


def test_the_end_of_a_line_may_cut_a_word() -> None:
    source = "des garan-\nties de sécurité, peut-\nêtre demain. Il peut être là."
    assert found("des garanties de sécurité", source) == ["des garan-\nties de sécurité"]
    assert found("sécurité, peut-être demain", source)
    assert not found("peutêtre", source)
    assert found("des garan-\nties", source)


def test_no_quote_crosses_from_one_source_to_the_next() -> None:
    assert found("un deux", "un", "deux") == []
    assert found("deux", "un", "deux") == ["deux"]


def test_every_place_is_found() -> None:
    assert len(found("la paix", "La paix, la paix et la paix.", "Pour la paix !")) == 4


def test_markdown_is_typography() -> None:
    source = "# Titre\n\nUn **accord** _solide_ de 2*3 points.\n\n* un\n* deux\n\n> cité\n> encore"
    for quote in ("Un accord solide", "de 2*3 points. Un deux cité encore", "Titre Un accord"):
        assert found(quote.replace("Un deux", "un deux"), source), quote
    assert not found("2 3 points", source)


@given(st.text(max_size=200))
def test_words_are_slices_in_order(text: str) -> None:
    words = read_words(text)
    borders = [border for word in words for border in (word.start, word.end)]
    assert borders == sorted(borders)
    assert all(word.form and text[word.start : word.end] for word in words)


@given(st.lists(st.text(max_size=80), max_size=4), st.data())
def test_what_stands_there_is_found(texts: list[str], data: st.DataObject) -> None:
    concordance = of(texts)
    for number, text in enumerate(texts):
        words = read_words(text, lambda head, tail: True)
        if len(words) != int(concordance.first[number + 1] - concordance.first[number]) - 1 or not words:
            continue  # a hyphen at the end of a line was read otherwise
        first = data.draw(st.integers(0, len(words) - 1))
        last = data.draw(st.integers(first, len(words) - 1))
        places = concordance.find(words[first : last + 1])
        place = int(concordance.first[number]) + first
        tied = concordance.tied_before(place) or concordance.tied_after(place + last - first)
        assert (place in places) is not bool(tied)


@given(st.text("aàâeéèêoôcçïüñœ '-.A", max_size=120))
def test_composition_of_accents_does_not_count(text: str) -> None:
    forms = [[w.form for w in read_words(unicodedata.normalize(n, text))] for n in ("NFC", "NFD")]
    assert forms[0] == forms[1]

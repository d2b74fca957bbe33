"""Headings of a sentence's own words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.text import HEADING_MOST, heading_of
from rag.types import Language

COST = (
    "Chaque année, le coût pour les petites entreprises du centre dépasse mille euros, ce qui est bien plus "
    "que ce que la mairie avait annoncé."
)


@pytest.mark.parametrize(
    ("lang", "sentence", "others", "heading"),
    [
        ("fr", COST, ["Les entreprises ne paient rien."], "Le coût pour les petites entreprises du centre"),
        ("fr", COST, ["Il pleut."], "Chaque année, le coût pour les petites entreprises du centre dépasse…"),
        (
            "en",
            "Nobody who lives here denies that the price of the toll bridge has doubled since it was opened.",
            ["The toll pays for the bridge."],
            "The price of the toll bridge",
        ),
        ("fr", "- **En outre, la taxe rapporte peu.**", [], "La taxe rapporte peu"),
        (
            "fr",
            "Il avait la volonté de réduire les impôts.",
            ["la volonté"],
            "Il avait la volonté de réduire les impôts",
        ),
        (
            "fr",
            "La redevance de mobilité est une chance pour la ville, si les ménages modestes en sont exclus.",
            [],
            "La redevance de mobilité est une chance pour la ville, si les ménages…",
        ),
        (
            "fr",
            "Le conseil « a voté une mesure utile », mais la région entière la conteste aujourd’hui encore.",
            [],
            "Le conseil « a voté une mesure utile »…",
        ),
    ],
)
def test_a_heading_is_a_phrase(lang: Language, sentence: str, others: list[str], heading: str) -> None:
    assert heading_of(sentence, lang, others) == heading


def test_a_heading_is_not_used_twice() -> None:
    sentence = "Nos élus veulent augmenter le prix de la cantine."
    first = heading_of(sentence, "fr", ["Le prix monte."])
    assert first == "Le prix de la cantine"
    assert heading_of(sentence, "fr", ["Le prix monte."], [first]) == sentence.rstrip(".")


@given(st.lists(st.sampled_from([*"« » ( ) , ; . : ’ - …".split(), "le", "de", "si", "qui", "coût", "mot"])))
def test_any_words_give_a_heading_of_one_line(words: list[str]) -> None:
    sentence = " ".join(words)
    assert len(heading_of(sentence, "fr", [sentence])) <= HEADING_MOST + 1

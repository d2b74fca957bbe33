"""The small words that decide what a sentence claims, and what only looks like one of them."""

from __future__ import annotations

import pytest

from rag.text.markers import markers_in, negated_word

WARNED = ("negation", "condition", "hedge", "modal", "attribution")


def found(text: str) -> list[tuple[str, str]]:
    return [(m.kind, text[m.start : m.end]) for m in markers_in(text) if m.kind in WARNED]


@pytest.mark.parametrize(
    "text",
    [
        "We have a claim about water rights",
        "They speak about the port and walk around it",
        "Voir le n° 5",
        "See No. 5, in room no 12.",
        "On avance à grands pas",
        "C’est un premier pas, puis un pas, pas à pas",
        "Le Pas-de-Calais vote",
        "C’est un point clé",
        "Le port est sans cesse ouvert",
        "C’est sans aucun doute vrai",
        "Il est non seulement grand",
        "C’est vrai, n’est-ce pas ?",
        "Il ouvrira dès que possible",
        "The will of the people in May 2024",
        "Obligatoire ou non, il ouvre",
        "Il ouvre quand même, même si la mer monte",
        "Un match nul près de la gare",
    ],
)
def test_what_only_looks_like_a_marker_is_none(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They claim that it rains", [("attribution", "claim")]),
        (
            "About 400 ships, around a third, about half of them",
            [("hedge", w) for w in ("About", "around", "about")],
        ),
        ("Près d’un tiers, près de 40 navires", [("hedge", "Près d’"), ("hedge", "près de")]),
        ("There are no 1,500 ships, no ship", [("negation", "no"), ("negation", "no")]),
        ("Il ne fait pas un pas", [("negation", "ne"), ("negation", "pas")]),
        ("Il n’est point ouvert", [("negation", "n’")]),
        ("Il viendra sans doute sans bateau", [("hedge", "sans doute"), ("negation", "sans")]),
        ("Il vient si la mer monte, quand elle monte", [("condition", "si"), ("condition", "quand")]),
        ("It may close and will close", [("modal", "may"), ("modal", "will")]),
        ("Les États non européens", [("negation", "non")]),
    ],
)
def test_markers(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Les États non européens participeront", "européens"),
        ("Les États *non* européens participeront", "européens"),
        ("Les non-combattants sortent", "combattants"),
        ("Les sans-abri sortent", "abri"),
        ("Beyond the no-fly zone", "fly"),
        ("Le pont est non conforme", None),
        ("Non aux travaux", None),
        ("Non merci", None),
        ("Il vient, non demain", None),
        ("Un plan non plus", None),
        ("Then no-one came", None),
        ("Il ne vient pas", None),
    ],
)
def test_a_negation_may_be_that_of_one_word(text: str, word: str | None) -> None:
    marker = next(marker for marker in markers_in(text) if marker.kind == "negation")
    at = negated_word(text, marker)
    assert (text[at : at + len(word)] if word and at else at) == word

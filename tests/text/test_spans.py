"""Spans by kind: what they take, and that they never cut a word or a number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.text.spans import reasons, spans_in
from rag.text.tags import tokenise

KINDS = "number duration time later when person role agent place where quoted name group".split()


def found(kind: str, text: str) -> list[str]:
    tokens = tokenise(text)
    return [text[tokens[s.first].start : tokens[s.last - 1].end] for s in spans_in(kind, tokens)]


def cores(kind: str, text: str) -> list[str]:
    tokens = tokenise(text)
    return [text[tokens[s.core_first].start : tokens[s.core_last - 1].end] for s in spans_in(kind, tokens)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("une armée de 800\u202f000 soldats, dit-on", ["800\u202f000 soldats"]),
        ("une armée de 800\u00a0000 soldats", ["800\u00a0000 soldats"]),
        ("an army of 800,000 men", ["800,000 men"]),
        ("il coûtera 1,2 milliard d’euros", ["1,2 milliard d’euros"]),
        ("it will cost £23 million", ["£23 million"]),
        ("près de 40 % des votes", ["près de 40 %"]),
        ("plus de 8,6 millions de mètres cubes", ["plus de 8,6 millions de mètres cubes"]),
        ("un débit de 1,2 mètre cube par seconde", ["1,2 mètre cube par seconde"]),
        ("vingt-cinq communes", ["vingt-cinq communes"]),
        ("des milliers de soldats", ["milliers de soldats"]),
        ("twelve charging points since then", ["twelve charging points"]),
        ("entre 18 et 30 nanomètres", ["18 et 30 nanomètres"]),
        ("deux nouvelles lunes", ["deux nouvelles lunes"]),
        ("rien à compter", []),
    ],
)
def test_numbers(text: str, expected: list[str]) -> None:
    assert found("number", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Le 6 janvier 2026, ils se réunissent", ["Le 6 janvier 2026"]),
        ("it met on 6 January 2026", ["6 January 2026"]),
        ("it met on January 6, 2026", ["January 6, 2026"]),
        ("le 1er mars", ["le 1er mars"]),
        ("en 1990, puis en 2004", ["1990", "2004"]),
        ("la guerre de 1914-1918", ["1914-1918"]),
        ("entre 1825 et 1830", ["1825 et 1830"]),
        ("à partir de 1956", ["à partir de 1956"]),
        ("jusqu’au 31 décembre 2027", ["jusqu’au 31 décembre 2027"]),
        ("au début du XIXe siècle", ["début du XIXe siècle"]),
        ("in the 19th century", ["19th century"]),
        ("dans les années 1920", ["années 1920"]),
        ("in the 1920s", ["1920s"]),
        ("au printemps 2024", ["printemps 2024"]),
        ("le 27/09/1894, puis 2026-01-06", ["27/09/1894", "2026-01-06"]),
        ("le mardi, vers 14 h 30", ["mardi", "14 h 30"]),
        ("they may march", []),
        ("2000 habitants", []),
    ],
)
def test_dates(text: str, expected: list[str]) -> None:
    assert found("time", text) == expected


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("duration", "les travaux dureront quarante mois", ["quarante mois"]),
        ("duration", "pendant une vingtaine d’années", ["une vingtaine d’années"]),
        ("later", "il revint dix ans plus tard", ["dix ans plus tard"]),
        ("when", "activé dès l’entrée en vigueur, en complément", ["dès l’entrée en vigueur"]),
        ("person", "le premier ministre Keir Starmer.", ["premier ministre Keir Starmer"]),
        ("person", "le secrétaire général de l’OTAN Mark Rutte", ["secrétaire général de l’OTAN Mark Rutte"]),
        ("person", "chaired by Dr. Helena Varley", ["Dr. Helena Varley"]),
        ("person", "Mme Hélène de La Tour", ["Mme Hélène de La Tour"]),
        ("person", "la Commission européenne décide", ["Commission européenne"]),
        ("person", "Finalement, rien", []),
        ("role", "le maire de la ville", ["maire de la ville"]),
        ("agent", "menée par les pays voisins, hier", ["pays voisins"]),
        ("place", "réunis à Paris et dans le nord de la France", ["Paris", "France"]),
        ("place", "Paris, 6 janvier", ["Paris"]),
        ("where", "préparé dans les airs, en mer", ["dans les airs", "en mer"]),
        ("quoted", "une « convergence opérationnelle » fut décidée", ["convergence opérationnelle"]),
        ("name", "l’accord de Port-Isaure", ["Port-Isaure"]),
        ("group", "le soutien des pays voisins est acquis", ["soutien des pays voisins", "acquis"]),
    ],
)  # fmt: skip
def test_other_kinds(kind: str, text: str, expected: list[str]) -> None:
    assert found(kind, text) == expected


def test_a_core_is_what_is_enough() -> None:
    assert cores("number", "près de 800\u202f000 soldats") == ["800\u202f000"]
    assert cores("person", "le président français Emmanuel Macron") == ["Emmanuel Macron"]
    assert cores("time", "depuis le 6 janvier 2026") == ["6 janvier 2026"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("créée pour examiner toute violation, en somme", ["examiner toute violation"]),
        ("fermée en raison des travaux de la rue.", ["travaux de la rue"]),
        ("parce qu’il pleut souvent", ["il pleut souvent"]),
        ("L’objectif est de sortir de la crise", ["sortir de la crise"]),
        ("it was closed because of the strike; so what", ["the strike"]),
        ("pour la paix", []),
    ],
)
def test_reasons(text: str, expected: list[str]) -> None:
    tokens = tokenise(text)
    assert [text[tokens[s.first].start : tokens[s.last - 1].end] for s in reasons(text, tokens)] == expected


LETTERS = "aeéR 5,.'’-«»(\u202f\u00a0\u0301de la Par is 12 mai\n%€"
texts = st.text(st.sampled_from(LETTERS), max_size=60) | st.text(max_size=60)


@given(texts, st.data())
def test_spans_are_whole_words_inside_the_slice(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    tokens = tokenise(text, start, end)
    every = [s for kind in KINDS for s in spans_in(kind, tokens)] + list(reasons(text, tokens))
    for span in every:
        assert span.first <= span.core_first < span.core_last <= span.last
        begin, stop = tokens[span.first].start, tokens[span.last - 1].end
        assert start <= begin < stop <= end
        for edge in (begin, stop):
            assert not (0 < edge < len(text) and text[edge - 1].isalnum() and text[edge].isalnum())


def test_a_slice_that_cuts_a_number_does_not_hold_it() -> None:
    text = "Il faut 800\u202f000 soldats."
    assert [token.word for token in tokenise(text, 9)] == ["soldats", "."]

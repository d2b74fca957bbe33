"""Spans by kind: what they take, and that they never cut a word or a number."""

from __future__ import annotations

from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.text.spans import spans_in
from rag.text.tags import tokenise

Kind = Literal["quoted", "name"]
KINDS: tuple[Kind, ...] = ("quoted", "name")


def found(kind: Kind, text: str) -> list[str]:
    tokens = tokenise(text)
    return [text[tokens[first].start : tokens[last - 1].end] for first, last in spans_in(kind, tokens)]


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("quoted", "une « convergence opérationnelle » fut décidée", ["convergence opérationnelle"]),
        ("quoted", "the “real” reason and the « vrai » motif", ["real", "vrai"]),
        ("quoted", "une « phrase qui ne finit pas", []),
        ("name", "l’accord de Port-Isaure", ["Port-Isaure"]),
        ("name", "le secrétaire général de l’OTAN Mark Rutte", ["OTAN Mark Rutte"]),
        ("name", "rien de nommé", []),
    ],
)
def test_what_a_span_takes(kind: Kind, text: str, expected: list[str]) -> None:
    assert found(kind, text) == expected


LETTERS = "aeéR 5,.'’-«»(\u202f\u00a0\u0301de la Par is 12 mai\n%€"
texts = st.text(st.sampled_from(LETTERS), max_size=60) | st.text(max_size=60)


@given(texts, st.data())
def test_spans_are_whole_words_inside_the_slice(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    tokens = tokenise(text, start, end)
    for first, last in (span for kind in KINDS for span in spans_in(kind, tokens)):
        assert 0 <= first < last <= len(tokens)
        begin, stop = tokens[first].start, tokens[last - 1].end
        assert start <= begin < stop <= end
        for edge in (begin, stop):
            assert not (0 < edge < len(text) and text[edge - 1].isalnum() and text[edge].isalnum())


def test_a_slice_that_cuts_a_number_does_not_hold_it() -> None:
    text = "Il faut 800\u202f000 soldats."
    assert [token.word for token in tokenise(text, 9)] == ["soldats", "."]

"""Mentions of known persons."""

from __future__ import annotations

import pytest

from rag.text.persons import persons_in

NAMES = ("M. Costa", "Mme Ferrand", "Le président", "Jean Martin", "Mme Martin", "Q.")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Que dit M. Costa du tramway ?", {"M. Costa": {0}}),
        ("que dit costa du tramway", {"costa": {0}}),
        ("Que répond Mme Ferrand à Jean Costa ?", {"Mme Ferrand": {1}, "Jean Costa": {0}}),
        ("What does Mrs Ferrand want?", {"Mrs Ferrand": {1}}),
        ("selon M. le président", {"M. le président": {2}}),
        ("Que dit Mme Martin ?", {"Mme Martin": {4}}),
        ("que dit martin ?", {"martin": {3, 4}}),
        ("Que dit Paul Martin ?", {"Paul Martin": {4}}),
        ("Que dit Mme Costa ?", {}),
        ("Que dit Q. ?", {}),
        ("La costaude ferrandise", {}),
    ],
)
def test_who_is_spoken_of(text: str, told: dict[str, set[int]]) -> None:
    assert {text[slice(*span)]: set(meant) for span, meant in persons_in(text, NAMES)} == told

"""List items: their points, and what introduces them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from rag.text.lines import content_start
from tests.helpers.segments import (
    lead_ins,
    paragraphs,
    sentences,
    units,
)

MARKERS = ["-", "–", "•", "*", "●", "\uf0b7"]
NUMBERINGS = [
    ("1.", "2.", "3."),
    ("1)", "2)", "3)"),
    ("(1)", "(2)", "(3)"),
    ("a)", "b)", "c)"),
    ("i)", "ii)", "iii)"),
]
LISTS = [(marker,) * 3 for marker in MARKERS] + [*NUMBERINGS, ("1°", "2°", "3°"), ("a.", "b.", "c.")]


@pytest.mark.parametrize("markers", LISTS)
@pytest.mark.parametrize("end", ["", " ;", ".", ","])
@pytest.mark.parametrize("gap", ["\n", "\n\n", "\r\n"])
def test_list_items(markers: Sequence[str], end: str, gap: str) -> None:
    items = [f"{m} {word}{end}" for m, word in zip(markers, ("la paix", "Le don", "un prêt"), strict=True)]
    text = gap.join(["Le plan prévoit trois mesures :", *items, "Il est adopté par tous les pays."])
    assert sentences(text) == text.split(gap)
    assert paragraphs(text) == [(1, 0), (1, 1), (1, 2), (1, 3), (2, 0)]
    assert lead_ins(text) == [None, *["Le plan prévoit trois mesures :"] * 3, None]
    item = units(text)[1]
    assert text[content_start(text, item.start, item.end) :].startswith("la paix")


def test_a_list_without_lead_in_has_points_and_no_lead_in() -> None:
    text = "Le plan est prêt.\n- La paix est là.\n- Le prêt est là."
    assert paragraphs(text) == [(1, 0), (1, 1), (1, 2)]
    assert lead_ins(text) == [None, None, None]


def test_only_the_first_sentence_of_an_item_has_the_lead_in() -> None:
    text = "Voici :\n- Un soutien aux forces. Il sera très long.\n- Un engagement de tous."
    assert lead_ins(text) == [None, "Voici :", None, "Voici :"]


def test_lead_in_is_the_last_sentence_of_the_paragraph() -> None:
    text = "Nous sommes réunis à Paris. Ces garanties comprendront :\n- la paix"
    assert lead_ins(text)[-1] == "Ces garanties comprendront :"


def test_nested_items_have_the_lead_in_of_their_own_item() -> None:
    items = "- des moyens militaires :\n  - des chars\n  - des avions\n- un prêt"
    text = f"Le plan prévoit :\n{items}\n\nIl est prêt."
    assert lead_ins(text) == [
        None,
        "Le plan prévoit :",
        "- des moyens militaires :",
        "- des moyens militaires :",
        "Le plan prévoit :",
        None,
    ]
    assert paragraphs(text) == [(1, 0), (1, 1), (1, 2), (1, 3), (1, 4), (2, 0)]


def test_items_without_markers_in_lower_case_have_the_lead_in() -> None:
    text = "Le plan prévoit :\nune aide à tous ;\nun prêt à certains.\nIl est adopté par tous."
    assert sentences(text) == text.split("\n")
    assert lead_ins(text) == [None, "Le plan prévoit :", "Le plan prévoit :", None]


def test_dialogue_is_paragraphs_unless_introduced() -> None:
    spoken = "Il entra dans la pièce.\n— Où vas-tu donc ?\n— Je vais à la mer."
    assert paragraphs(spoken) == [(1, 0), (2, 0), (3, 0)]
    listed = "Le plan prévoit :\n— une aide à tous\n— un prêt à certains"
    assert paragraphs(listed) == [(1, 0), (1, 1), (1, 2)]

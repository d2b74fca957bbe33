"""French or English, told from the words of a question."""

from __future__ import annotations

import pytest

from rag.text.language import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Combien de soldats ?", "fr"),
        ("How many soldiers?", "en"),
        ("Which country leads the ceasefire monitoring?", "en"),
        ("où est le quartier général", "fr"),
        ("effectif armée", "fr"),
        ("Ukraine", "fr"),
    ],
)
def test_question_language(text: str, language: str) -> None:
    assert language_of(text) == language


def test_an_ambiguous_follow_up_keeps_the_language_of_the_conversation() -> None:
    assert language_of("Macron?", ["Who chaired the meeting?"]) == "en"

"""How long a card takes to read out: what is spoken is counted, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rag.dossier.reading import cite_read, length, spoken
from rag.dossier.types import Card
from rag.errors import InputError
from rag.types import Language
from tests.helpers.pages import make_quote, make_source

TEXT = "Le pont sera fermé lundi matin aux camions."


@pytest.fixture
def card() -> Card:
    source = make_source(TEXT, side="État", date="2026-05-12", title="Le rapport du préfet")
    return Card("1", "Le pont ferme", make_quote(source, 0, len(TEXT)), section=("Pour",))


def test_tag_cite_and_highlighted_words_are_read_or_the_whole_quote(card: Card) -> None:
    said = 3 + 1 + 1 + 1 + 4  # tag; État; douze; mai; deux mille vingt-six
    assert cite_read(card.quote, "fr") == "État, 12 mai 2026"
    assert length([card]).words == said + 8
    highlighted = replace(card, quote=replace(card.quote, highlights=((8, 18),)))
    assert length([highlighted]).words == said + 2
    assert length([replace(card, note="à ne pas lire", section=("A", "B"))]) == length([card])
    spoken_by = replace(card, quote=replace(card.quote, speaker="Mme Roux"))
    assert length([spoken_by]).words == length([card]).words + 1


def test_pace_makes_words_a_time(card: Card) -> None:
    size = length([card] * 20, 108)
    assert (size.words, size.seconds, size.time) == (360, 200, "3\u00a0min 20\u00a0s")
    with pytest.raises(InputError):
        length([card], 0)


@pytest.mark.parametrize(
    ("text", "lang", "words"),
    [
        ("2026", "fr", 4), ("2026", "en", 3), ("1984", "en", 3), ("2005", "en", 3), ("1789", "fr", 6),
        ("800 000", "fr", 3), ("800\u202f000 soldats", "fr", 4), ("1 000", "fr", 1), ("100", "fr", 1),
        ("100", "en", 2), ("7,1 %", "fr", 5), ("12%", "en", 2), ("40 000 euros", "fr", 3), ("0", "fr", 1),
        ("3 M€", "fr", 3), ("1er mai", "fr", 2), ("the 21st century", "en", 4), ("75", "fr", 2),
        ("97", "fr", 4), ("2 500 000", "fr", 5), ("12345678901234", "fr", 14), ("sans nombre", "fr", 2),
    ],
)  # fmt: skip
def test_numbers_count_as_they_are_spoken(text: str, lang: Language, words: int) -> None:
    assert spoken(text, lang) == words

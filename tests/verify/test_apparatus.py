"""What a claimed quote may change without changing the words."""

from __future__ import annotations

import pytest

from rag.store import Index
from rag.verify import Verification, Verifier
from tests.helpers.indexes import made

TEXT = """Les cantines scolaires servent 45 repas végétariens par an, soit une hausse de 12 % en deux ans.

La maire a refusé de signer six conventions. Le service national ne sera pas obligatoire.

L’État paiera huit cent mille euros le 14 juillet 2025. Elle a coûté près de 900 000 euros.

C’est 20 % du total.

Le projet est financé par la région[4]. La moitié des communes y adhèrent, sur 12 km².

La dépense est de 2,9 milliards."""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return made(tmp_path_factory.mktemp("apparatus"), {"rapport.md": TEXT})


def check(index: Index, quote: str) -> Verification:
    return Verifier(index).verify(quote)


@pytest.mark.parametrize(
    ("quote", "said"),
    [
        (
            "Les cantines servent".replace("cantines", "cantines scolaires")
            + " 45 repas[3] végétariens par an",
            [],
        ),
        ("soit une hausse de 12 %[4] en deux ans.² La maire a refusé de signer", []),
        ("Le projet est financé par la région", []),
        ("Le projet est financé par la région. La moitié des com-\nmunes y adhèrent", []),
        ("La moitié des com- munes y adhèrent", []),
        ("La maire [Anne Roux] a refusé de signer six conventions", [("added", "Anne Roux", "")]),
        ("La maire a refusé de signer 6 conventions", [("changed", "6", "six")]),
        ("L’État paiera 800 000 euros le 14 juillet 2025", [("changed", "800 000", "huit cent mille")]),
        ("le 14/07/2025", [("changed", "14/07/2025", "14 juillet 2025")]),
        ("La Maire a refusé de signer", [("changed", "Maire", "maire")]),
        (
            "LE SERVICE NATIONAL NE SERA PAS OBLIGATOIRE",
            [
                (
                    "changed",
                    "LE SERVICE NATIONAL NE SERA PAS OBLIGATOIRE",
                    "Le service national ne sera pas obligatoire",
                )
            ],
        ),
    ],
)
def test_it_is_looked_through_and_said(index: Index, quote: str, said: list[tuple[str, str, str]]) -> None:
    found = check(index, quote)
    assert found.verdict == "exact"
    assert [(e.change, e.quoted, e.actual) for e in found.effects] == said
    assert found.pieces[0].text == TEXT[found.pieces[0].start : found.pieces[0].end]


@pytest.mark.parametrize(
    "quote",
    [
        "La maire a refusé de signer 7 conventions",
        "LE SERVICE NATIONAL SERA OBLIGATOIRE",
        "Elle a coûté 900 000 euros",
        "huit cent mille euros le 14 juillet 2026",
        "La maire [n’]a [pas] refusé de signer six conventions",
        "La maire a refusé de signer six [12] conventions",
        "La moitié des communes y adhèrent, sur 12 km",
        "Les cantines scolaires servent 453 repas végétariens par an",
        "Le projet est finance par la region",
        "La dépense est de 2,90 milliards",
        "La maire a refusé, de signer six conventions",
    ],
)
def test_what_changes_the_words_is_never_looked_through(index: Index, quote: str) -> None:
    assert check(index, quote).verdict == "altered"


def test_what_stands_around_the_words_is_told_all_the_same(index: Index) -> None:
    found = check(index, "national NE SERA PAS obligatoire")
    assert found.verdict == "exact"
    assert check(index, "SERA PAS OBLIGATOIRE").warnings

"""What numbers count, and whether figures contradict one another."""

from __future__ import annotations

import pytest

from rag.text import can_contradict, differ, measures_in


def test_what_numbers_count() -> None:
    found = list(measures_in("En 2023, 812 passants, dont 24 % en bus, ont payé 4,2 millions d’euros."))
    assert [(each.value, each.unit) for each in found] == [("812", "passant"), ("24%", "%"), ("4200000", "€")]


@pytest.mark.parametrize(
    ("claim", "text", "can"),
    [
        (
            "Il coûtera 4,2 millions d’euros, pas un euro de plus.",
            "Le coût est de 4,2 millions d’euros.",
            False,
        ),
        ("Nous avons compté 390 places.", "La mairie supprime 390 places dans le centre.", False),
        ("Le centre compte 2 150 habitants.", "Nous avons compté 390 places dans le centre.", False),
        (
            "Le plan de circulation a réduit de 40 % les voitures, et les faillites n’ont pas augmenté.",
            "Les loyers du centre ont augmenté de 17 % après le plan de circulation.",
            False,
        ),
        ("Nous avons compté 390 places libres.", "Il y avait 210 places libres.", True),
        ("Les livraisons finissent à 10 heures.", "Les livraisons ne finissent jamais à 10 heures.", True),
        ("La rue est sûre.", "La rue a connu 12 accidents.", True),
    ],
)
def test_what_cannot_contradict(claim: str, text: str, can: bool) -> None:
    assert can_contradict(claim, text) is can


def test_figures_differ_where_they_are_of_one_thing() -> None:
    paid = "Les passagers dépensent 23 euros à terre."
    assert differ(paid, "Chaque passager dépense à terre 61 euros.")
    assert not differ(paid, "Les navires paient 14 euros de taxe.")
    assert not differ(
        paid, "Les passagers dépensent à terre 23 euros, ou 25 euros à terre pour les passagers."
    )

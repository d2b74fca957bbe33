"""A list that is asked for: all of its items, in the order of the source."""

from __future__ import annotations

import pytest

from rag import Index
from rag.answer.listing import items
from rag.store import Snapshot
from tests.helpers.indexes import made

PLAN = """# Plan du lac

Trois mesures sont prévues : une prime de départ, un ponton gratuit et une barque neuve.

Le maire promet : une prime de 400 euros par mois pour les passeurs ; un permis gratuit ; une place au port.

Le texte comprend :

- pour les jeunes :
  - un casque de bain par enfant ;
  - un logement à prix réduit. Il est réservé aux boursiers du canton.
- pour les vieux :
  - une rente de lac ;
- rien pour les autres.

## Travaux

1. Fermer la route du lac aux camions de nuit.

2. Ouvrir la route du lac aux vélos. Elle sera peinte en vert sur deux kilomètres.

La route passe derrière la digue, que personne ne surveille depuis trois ans.

## Reproches

La digue prend l’eau depuis trois ans, dit le garde.

Le garde se plaint aussi du bruit des moteurs sur la rive nord.

Personne ne répond au garde, ni au maire, ni aux pêcheurs.
"""
LETTER = "Les pêcheurs se plaignent du bruit des moteurs.\n"
MAYOR = ["une prime de 400", "un permis gratuit", "une place au port"]
YOUNG = ["- un casque", "- un logement"]
TEXT = [*YOUNG, "- une rente", "- rien pour les autres"]
WORKS = ["1. Fermer la route", "2. Ouvrir la route"]


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    index: Index = made(tmp_path_factory.mktemp("listing"), {"lettre.md": LETTER, "plan.md": PLAN})
    return index.snapshot()


def row(snapshot: Snapshot, beginning: str) -> int:
    count = len(snapshot.sentences["start"])
    [found] = [n for n in range(count) if snapshot.text_of("sentence", n).startswith(beginning)]
    return found


@pytest.mark.parametrize(
    ("best", "others", "listed"),
    [
        ("Le maire promet", [], MAYOR),
        ("un permis gratuit", [], MAYOR),
        ("une place", ["une prime de 400", "Les pêcheurs"], MAYOR),
        ("Trois mesures", ["La digue"], ["Trois mesures", "La digue"]),
        ("Le texte comprend", [], TEXT),
        ("- pour les jeunes", [], YOUNG),
        ("- un casque", [], YOUNG),
        ("- un casque", ["- un logement"], YOUNG),
        ("- un casque", ["- une rente"], TEXT),
        ("- rien pour", [], TEXT),
        ("Il est réservé", [], [*YOUNG, "Il est réservé"]),
        ("1. Fermer", ["La digue"], WORKS),
        ("2. Ouvrir", ["Elle sera peinte"], [*WORKS, "Elle sera peinte"]),
        ("## Travaux", ["La digue"], WORKS),
        ("La digue", ["Personne", "Le garde"], ["La digue", "Le garde", "Personne"]),
        ("La digue", ["Les pêcheurs", "## Reproches"], ["La digue"]),
        ("La digue", ["Le maire promet"], [*MAYOR, "La digue"]),
        ("La digue", ["2. Ouvrir"], [*WORKS, "La digue"]),
        ("## Reproches", ["Le garde", "La digue"], ["La digue", "Le garde"]),
        ("## Reproches", [], ["## Reproches"]),
        ("Les pêcheurs", ["La digue"], ["Les pêcheurs"]),
    ],
)
def test_every_item_is_listed(snapshot: Snapshot, best: str, others: list[str], listed: list[str]) -> None:
    found = items(snapshot, [row(snapshot, each) for each in (best, *others)])
    assert found == [row(snapshot, each) for each in listed]


def test_of_nothing_there_is_no_list(snapshot: Snapshot) -> None:
    assert items(snapshot, []) == []

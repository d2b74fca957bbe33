"""Where words that are not exact come from: what they turn round is not hidden by a nearer string."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag import Index, load_settings, sync
from rag.verify.forms import verification_as_json, verification_as_text
from rag.verify.verifier import Verifier

PLAN = "---\nside: Gouvernement\n---\nLe service national ne sera pas obligatoire. Il sera payé.\n"
DEMAND = "Nous réclamons un service national obligatoire. La prime sera versée à tous.\n"


@pytest.mark.parametrize("together", [False, True], ids=["two documents", "one"])
@pytest.mark.parametrize(
    ("quote", "actual", "change"),
    [
        ("Le service national sera obligatoire", "Le service national ne sera pas obligatoire", "dropped"),
        ("La prime ne sera pas versée à tous", "La prime sera versée à tous", "added"),
    ],
)
def test_the_words_that_a_negation_turns_round_come_first(
    tmp_path: Path, quote: str, actual: str, change: str, together: bool
) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/plan.md").write_text(PLAN + (DEMAND if together else ""), encoding="utf-8")
    (tmp_path / "docs/demand.md").write_text(DEMAND, encoding="utf-8")
    index = Index(load_settings(corpus=tmp_path / "docs", store=tmp_path / "store"))
    sync(index)
    found = Verifier(index).verify(quote)
    index.close()
    assert found.verdict == "altered"
    assert [piece.text for piece in found.pieces] == [actual]
    assert [(effect.kind, effect.change) for effect in found.effects] == [("negation", change)]


MAYOR = """---
side: Mairie
---
Aucun arbre ne sera abattu sur la place. La piscine fermera à 20 heures. La loi interdira la pêche au large.
Le stade portera le nom de Marie Lebrun. Le budget de Lyon est de 3 millions. The bridge won’t close in May.
Le tramway roulera en 2027. Le stade coûtera 14 millions.
"""
SHOPS = """---
side: Commerçants
---
Des arbres abattus sur la place, qui en veut ? La piscine, on le craint, fermera vers 19 heures. La loi
n’interdira donc pas la pêche au large. Le stade portera un nom, celui de Paul Lebrun.
Le budget de Paris est de 5 millions.
The bridge will soon close in May. Le tramway ne roulera jamais en 2027.
Le stage coûtera 12 millions, quel stage !
"""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Verifier]:
    folder = tmp_path_factory.mktemp("town")
    (folder / "docs").mkdir()
    (folder / "docs/mairie.md").write_text(MAYOR, encoding="utf-8")
    (folder / "docs/commerces.md").write_text(SHOPS, encoding="utf-8")
    index = Index(load_settings(corpus=folder / "docs", store=folder / "store"))
    sync(index)
    yield Verifier(index)
    index.close()


@pytest.mark.parametrize(
    ("quote", "actual", "effect"),
    [
        ("Des arbres seront abattus sur la place", "Aucun arbre ne sera abattu sur la place", "negation"),
        ("La loi n’interdira pas la pêche au large", "La loi interdira la pêche au large", "negation"),
        ("The bridge will close in May", "The bridge won’t close in May", "negation"),
        ("Le stade coûtera 12 millions", "Le stade coûtera 14 millions", "number"),
        ("Le stade portera le nom de Paul Lebrun", "Le stade portera le nom de Marie Lebrun", "name"),
        ("Le tramway ne roulera pas en 2027", "Le tramway roulera en 2027", "negation"),
        # the words that tell are there: another number, of another town, is none of it
        ("Le budget de Paris est 5 millions", "Le budget de Paris est de 5 millions", "cut"),
        ("Le stade portera le nom celui de Paul Lebrun", "Le stade portera un nom, celui de Paul Lebrun", ""),
    ],
)
def test_what_a_negation_a_number_or_a_name_turns_round_comes_before_a_nearer_string(
    town: Verifier, quote: str, actual: str, effect: str
) -> None:
    found = town.verify(quote)
    assert found.verdict == "altered"
    assert [piece.text for piece in found.pieces] == [actual]
    assert not effect or effect in {one.kind for one in found.effects}
    assert all(near.text != found.pieces[0].text for near in found.near)


def test_the_nearer_string_is_shown_besides(town: Verifier) -> None:
    found = town.verify("Des arbres seront abattus sur la place")
    assert [near.source.id for near in found.near] == ["commerces"]
    assert "Des arbres abattus" in found.near[0].text
    assert verification_as_json(found, "fr")["near"][0]["source"] == "commerces"
    assert "qui en veut" in verification_as_text(found, "fr")

"""Rebuttals, on two invented documents about wolves and on the shipped ones."""

from __future__ import annotations

import pytest

from rag import Assistant
from rag.debate.debate import Debate
from rag.debate.forms import rebuttal_as_json, rebuttal_as_text
from rag.debate.rebuttal import limits_of
from rag.errors import InputError


def test_a_rebuttal_has_the_other_side_and_what_weakens_ones_own(debate: Debate) -> None:
    found = debate.rebut("Les tirs de défense sont autorisés et chaque brebis est indemnisée", "Préfecture")
    assert not found.inferred
    assert {item.quote.source.side for item in found.against} == {"Bergers"}
    assert any("n’a été indemnisée" in item.quote.text for item in found.against)
    (limited,) = [item for item in found.own if "Les tirs de défense peuvent" in item.quote.text]
    assert limited.relation == "weakens"
    assert {effect.kind for effect in limited.limits} == {"modal", "condition"}
    assert any(item.relation == "supports" for item in found.own)
    assert rebuttal_as_json(found)["own"][0]["quote"]["side"] == "Préfecture"
    assert "# Ce qu’on peut lui opposer" in rebuttal_as_text(found)


def test_nothing_bears_on_a_claim_about_something_else(debate: Debate) -> None:
    found = debate.rebut("Les taux d’intérêt de la banque centrale étouffent l’investissement", "Préfecture")
    assert found.against == ()
    assert found.own == ()
    assert found.silent_sides == ("Bergers",)
    assert {quote.source.side for quote in found.near} == {"Bergers"}
    assert len(rebuttal_as_json(found)["near"]) == len(found.near) > 0
    text = rebuttal_as_text(found)
    assert text.index("n’en dit rien") < text.index("ne portent sans doute pas sur cet")
    assert not debate.rebut("Chaque brebis est indemnisée", "Préfecture").near


def test_who_denies_a_claim_has_not_made_it(shipped: Assistant, debate: Debate) -> None:
    assert Debate(shipped.index).rebut("La France agit pour la paix").side == "Coalition"
    assert debate.rebut("Le loup enrichit nos alpages").side != "Bergers"
    nobody = debate.rebut("Les taux d’intérêt de la banque centrale étouffent l’investissement")
    assert nobody.side is None
    assert rebuttal_as_json(nobody)["side"] is None
    assert rebuttal_as_text(nobody).startswith("Aucun côté ne semble avoir dit cela")


def test_an_obligation_weakens_nothing(debate: Debate) -> None:
    assert limits_of("La paix est garantie", "La paix doit être garantie.") == []
    assert [limit.kind for limit in limits_of("La paix est garantie", "La paix peut être garantie.")] == [
        "modal"
    ]


def test_whose_a_claim_is_can_be_told(debate: Debate) -> None:
    assert debate.rebut("Le loup n’enrichit rien").side == "Bergers"
    assert debate.rebut("Le retour du loup enrichit la forêt").side == "Préfecture"
    with pytest.raises(InputError, match="Bergers, Préfecture"):
        debate.rebut("Le loup", "Chasseurs")
    for empty in ("", " ?"):
        with pytest.raises(InputError):
            debate.rebut(empty)

"""Motions as they are put, and the claims that they make."""

from __future__ import annotations

import pytest

from rag.debate.motion import claim_of


@pytest.mark.parametrize(
    ("motion", "claim"),
    [
        ("This house would ban private schools.", "We should ban private schools"),
        ("This House believes that cities should charge cars", "Cities should charge cars"),
        ("this house regrets the rise of tourism", "The rise of tourism is a bad thing"),
        ("This House believes that we should ban cars", "We should ban cars"),
        ("THW ban zoos", "We should ban zoos"),
        ("Cette assemblée soutient que le loup a sa place.", "Le loup a sa place"),
        ("Cette assemblée soutient la gratuité", "La gratuité : c’est une bonne chose"),
        ("Cette assemblée supprimerait le Sénat", "Il faut supprimer le Sénat"),
        ("Cette assemblée interdirait les écrans", "Il faut interdire les écrans"),
        ("Cette assemblée ferait la paix", "Cette assemblée ferait la paix"),
        ("Cette assemblée croit que le loup a sa place", "Le loup a sa place"),
        ("Faut-il interdire les écrans à l’école ?", "Il faut interdire les écrans à l’école"),
        ("Doit-on supprimer le Sénat ?", "On doit supprimer le Sénat"),
        ("Est-ce qu’il faut une loi ?", "Il faut une loi"),
        ("La prime : bonne ou mauvaise idée ?", "La prime est une bonne idée"),
        ("A congestion charge: good or bad idea?", "A congestion charge is a good idea"),
        ("Pour ou contre la corrida ?", "La corrida est une bonne idée"),
        ("Le vote à 16 ans, pour ou contre ?", "Le vote à 16 ans est une bonne idée"),
        ("Should we leave the treaty?", "We should leave the treaty"),
        ("Le loup enrichit la forêt", "Le loup enrichit la forêt"),
        ("paix ou guerre", "paix ou guerre"),
    ],
)
def test_a_motion_is_read_as_its_claim(motion: str, claim: str) -> None:
    assert claim_of(motion) == claim

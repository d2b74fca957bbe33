"""What a quote says to a question that yes or no would answer."""

from __future__ import annotations

import pytest

from rag.answer.yes_no import said_to
from rag.search import read_question


@pytest.mark.parametrize(
    ("question", "text", "says"),
    [
        ("Le phare sera-t-il automatique ?", "Le phare ne sera pas automatique.", "no"),
        ("Will the lighthouse be automatic?", "The lighthouse will not be automatic.", "no"),
        ("Le phare sera-t-il automatique ?", "Oui, dès 2027.", "yes"),
        ("Le phare sera-t-il automatique ?", "Non, il pleut trop. Le vent souffle sur la lande.", None),
        ("Le phare sera-t-il automatique ?", "Non, la machine tombe en panne.", "no"),
        ("Le phare sera-t-il automatique ?", "Oui, à condition que l’État paie.", "condition"),
        ("Le phare sera-t-il automatique ?", "Le phare sera automatique, sauf en hiver.", "condition"),
        # not sure
        ("Le phare sera-t-il automatique ?", "Le phare sera automatique.", None),
        ("Le phare ne sera-t-il pas automatique ?", "Le phare ne sera pas automatique.", None),
        ("Le phare ne sera-t-il pas automatique ?", "Non, la machine tombe en panne.", None),
        ("Le phare sera-t-il automatique ?", "Les gardiens ne veulent pas de machine.", None),
        ("Combien coûte le phare ?", "Le phare ne coûte rien.", None),
    ],
)
def test_what_is_said(question: str, text: str, says: str | None) -> None:
    assert said_to(read_question(question), text) == says

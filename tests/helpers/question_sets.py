"""Questions of a set on the documents about wolves, and what is made of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rag.drill.drill import Drill
from rag.drill.types import Question

Make = Callable[..., Drill]

DOGS = "La préfecture financera 120 chiens de protection pour les éleveurs"
AGENT = (
    "Chaque brebis tuée sera indemnisée par l’État dans un délai de 45 jours après la visite de l’agent\n"
    "Jeanne Morel."
)
SHOTS = (
    "Les tirs de défense peuvent être autorisés lorsque deux attaques ont été constatées dans la même vallée."
)
SHEEP = "Aucune brebis tuée l’an dernier n’a été indemnisée par l’État, malgré les promesses répétées."
COST = "Les chiens de protection coûtent 900 euros par an, que les éleveurs paient seuls."


def line(question: str, *gold: tuple[str, str], **more: object) -> dict[str, Any]:
    return {"question": question, "gold": [{"source": s, "text": t} for s, t in gold], **more}


HOW_MANY = line("Combien de chiens la préfecture financera-t-elle ?", ("arrete", DOGS), answer="120 chiens")
HOW_MANY_AGAIN = line("Quel nombre de chiens sera financé ?", ("arrete", DOGS), answer="120")
WHO = line("Qui visite les éleveurs après une attaque ?", ("arrete", AGENT), answer="l'agent Jeanne MOREL")
WHEN = line("Quand les tirs de défense sont-ils autorisés ?", ("arrete", SHOTS))
BOTH = line("Les brebis tuées sont-elles indemnisées ?", ("arrete", AGENT), ("tract", SHEEP))
COSTS = line("Combien coûtent les chiens de protection ?", ("tract", COST), answer="900 euros")
NEVER = [
    line("Qui a tué le loup ?", answerable=False),
    line("Et combien ?", ("arrete", DOGS), history=["Qui paie les chiens ?"]),
    line("Combien de chiens en Ukraine ?", ("commentaire", DOGS)),
    line("Combien de chats la préfecture financera-t-elle ?", ("arrete", DOGS.replace("chiens", "chats"))),
    line("Combien de loups ?", ("arrete", DOGS), ("arrete", "Il n’y a pas de loups.")),
    line("combien 2 chien il paye la prefecture", ("arrete", DOGS), kind="misspelt"),
    line("Qui sont les éleveurs de chiens ?", ("arrete", "les éleveurs"), ("tract", "?!")),
]
ALL = [HOW_MANY, HOW_MANY_AGAIN, WHO, WHEN, BOTH, COSTS, *NEVER]


def write(file: Path, questions: list[dict[str, Any]]) -> Path:
    file.write_text("\n".join(json.dumps(each, ensure_ascii=False) for each in questions), encoding="utf-8")
    return file


MOST = 20
"""Questions of a set that a test looks at; each costs a session."""


def asked(drill: Drill, **options: Any) -> list[Question]:
    """All questions of the set that are asked, the first :data:`MOST`: those of a set come first."""
    found: list[Question] = []
    while len(found) < MOST:
        new = drill.quiz.questions(1, seed=len(found), known=[each.id for each in found], **options)
        if [each.kind for each in new] != ["asked"]:
            break
        found += new
    return found


def the_only(drill: Drill, **options: Any) -> Question:
    (question,) = asked(drill, **options)
    return question

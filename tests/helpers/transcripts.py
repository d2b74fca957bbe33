"""An invented debate as people have it: a transcript in which two speak, whom its keeper gave a side each."""

from __future__ import annotations

from pathlib import Path

from rag.store.index import Index
from tests.helpers.indexes import made

WORDS = """M. COSTA : Le tramway coûte trop cher à la ville. Les travaux demandent quinze ans de patience.

Mme FERRAND : Le tramway donne un transport calme et sans fumée. Le chantier emploie huit cents personnes.

M. COSTA : Les rails abîment les pavés de la vieille ville. Personne ne sait les réparer.

Mme FERRAND : Les rails tiennent dans une dalle surveillée. Le tramway coûte moins que le métro.

M. COSTA : Je propose un moratoire sur le tramway. Les bus suffisent pendant la nuit.

Mme FERRAND : Je propose de prolonger la ligne du tramway. Les bus fument pendant la nuit.
"""
SIDED = f"---\ntitle: Débat du 12 mai\nspeakers: {{Jean Costa: Contre, Mme Ferrand: Pour}}\n---\n{WORDS}"
UNSIDED = f"---\ntitle: Débat du 12 mai\n---\n{WORDS}"
LETTER = "---\ntitle: Lettre des riverains\nside: Riverains\n---\nLe tramway passe sous nos fenêtres.\n"


def debate(folder: Path, text: str = SIDED) -> Index:
    """The debate and a letter, indexed."""
    return made(folder, {"debat.md": text, "lettre.md": LETTER})

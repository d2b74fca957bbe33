"""The page's languages, what it says in the browser, and the questions it offers to begin with."""

from __future__ import annotations

from rag.catalogue import typeset
from rag.catalogue.hand import HAND
from rag.catalogue.page import PAGE
from rag.types import Language

SHIPPED_SOURCES = frozenset({"declaration", "commentaire"})
"""Ids of the shipped documents, the only ones that the examples below suit."""

EXAMPLES: dict[Language, tuple[str, ...]] = {
    "fr": (
        "Combien de soldats compterait l’armée ukrainienne ?",
        "Qui mènera le suivi du cessez-le-feu ?",
        "Pourquoi la France agit-elle ?",
        "Où siégera la cellule de coordination ?",
    ),
    "en": (
        "How many soldiers would the Ukrainian army have?",
        "Who will lead the ceasefire monitoring?",
        "Would French soldiers be sent to Ukraine?",
        "What happens if Russia attacks again?",
    ),
}

LANGUAGES: tuple[Language, ...] = ("fr", "en")


def translations() -> dict[str, dict[str, str]]:
    """What the scripts of the page say, by language, as ``gr.I18n`` takes it."""
    return {
        lang: {key: typeset(entry[lang], lang) for key, entry in {**PAGE, **HAND}.items()}
        for lang in LANGUAGES
    }


def as_language(given: object) -> Language:
    """The page's language from what a browser says it is; English for anything else."""
    return "fr" if given == "fr" else "en"

"""The page's own words, in French and English. What answers say is in rag/words.py."""

from __future__ import annotations

from rag.types import Language
from rag.words import typeset

CATALOGUE: dict[str, dict[Language, str]] = {
    "title": {"fr": "Réplique", "en": "Réplique"},
    "tagline": {
        "fr": "Ce que disent vos documents, au mot près.",
        "en": "What your documents say, word for word.",
    },
    "documents": {"fr": "{count} documents", "en": "{count} documents"},
    "one_document": {"fr": "1 document", "en": "1 document"},
    "more_sides": {"fr": "et {count} autres côtés", "en": "and {count} more sides"},
    "hint": {
        "fr": "Posez une question : la réponse est faite de citations exactes de vos documents.",
        "en": "Ask a question: the answer is made of exact quotes from your documents.",
    },
    "examples": {"fr": "Par exemple", "en": "For example"},
    "question_label": {"fr": "Votre question", "en": "Your question"},
    "placeholder": {"fr": "Posez une question…", "en": "Ask a question…"},
    "send": {"fr": "Demander", "en": "Ask"},
    "clear": {"fr": "Effacer la conversation", "en": "Clear the conversation"},
    "searching": {"fr": "Recherche dans les documents…", "en": "Searching the documents…"},
    "you": {"fr": "Vous :", "en": "You:"},
    "context": {"fr": "Contexte", "en": "Context"},
    "lead_in": {"fr": "Introduit par :", "en": "Introduced by:"},
    "quotes_dropped": {
        "fr": "Une citation n’a pas pu être vérifiée dans sa source : elle n’est pas montrée.",
        "en": "A quote could not be verified in its source: it is not shown.",
    },
    "error": {"fr": "Pas de réponse : {reason}", "en": "No answer: {reason}"},
    "too_long": {
        "fr": "la question a {count} caractères, {most} au plus ; raccourcissez-la",
        "en": "the question has {count} characters, {most} at most; shorten it",
    },
    "unexpected": {
        "fr": "erreur inattendue, décrite dans le terminal ; posez la question à nouveau",
        "en": "unexpected error, described in the terminal; ask again",
    },
    "footer": {
        "fr": "Chaque citation est copiée au caractère près et vérifiée dans sa source.",
        "en": "Every quote is copied to the character and verified in its source.",
    },
    "views": {"fr": "Vues", "en": "Views"},
    "view_chat": {"fr": "Discussion", "en": "Chat"},
    "view_evaluation": {"fr": "Évaluation", "en": "Evaluation"},
    "report_title": {"fr": "Évaluation", "en": "Evaluation"},
    "report_none": {
        "fr": "Pas encore de rapport. Lancez {command} dans une copie du dépôt, depuis le dossier où la page "
        "a été lancée : il faut moins de deux minutes, et le rapport paraîtra ici.",
        "en": "No report yet. Run {command} in a checkout, from the folder where the page was started: it "
        "takes less than two minutes, and the report will show here.",
    },
    "report_unreadable": {
        "fr": "Le dernier rapport ne peut pas être lu. Relancez {command}.",
        "en": "The last report cannot be read. Run {command} again.",
    },
    "report_asked": {
        "fr": "{count} questions en {families} familles (jeu « {name} »), posées le {date} à {time} UTC. "
        "Intervalles à 95 %, par rééchantillonnage des familles ; en gras, le meilleur de chaque ligne.",
        "en": "{count} questions in {families} families (set “{name}”), asked on {date} at {time} UTC. "
        "95% intervals, families resampled; in bold, the best of each line.",
    },
    "report_sample": {"fr": "Échantillon seulement.", "en": "Only a sample."},
    "report_corpus": {"fr": "Corpus : {sha256}", "en": "Corpus: {sha256}"},
    "report_split": {
        "fr": "Partie « {split} » : {count} questions",
        "en": "Part “{split}”: {count} questions",
    },
    "report_measure": {"fr": "Mesure", "en": "Measure"},
    "measure_quote@1": {"fr": "Bonne citation en premier", "en": "Right quote first"},
    "measure_quote@3": {"fr": "Bonne citation parmi trois", "en": "Right quote among three"},
    "measure_passage@1": {"fr": "Bon passage en premier", "en": "Right passage first"},
    "measure_passage@5": {"fr": "Bon passage parmi cinq", "en": "Right passage among five"},
    "measure_mrr": {"fr": "Rang réciproque moyen", "en": "Mean reciprocal rank"},
    "measure_sides": {"fr": "Tous les côtés entendus", "en": "Every side heard"},
    "measure_balanced_accuracy": {"fr": "Silence à bon escient", "en": "Silent when it should be"},
    "measure_verbatim": {"fr": "Citations exactes", "en": "Exact quotes"},
    "system_bm25": {"fr": "BM25 seul", "en": "BM25 alone"},
    "system_encoder": {"fr": "Encodeur seul", "en": "Encoder alone"},
    "system_fusion": {"fr": "Fusion simple", "en": "Plain fusion"},
    "system_llamaindex": {"fr": "LlamaIndex d’origine", "en": "Stock LlamaIndex"},
}

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
EXAMPLE_COUNT = 4


def tell(key: str, lang: Language, **values: object) -> str:
    """An entry of the catalogue, with its values filled in."""
    return typeset(CATALOGUE[key][lang], lang).format(**values)


def translations() -> dict[str, dict[str, str]]:
    """The catalogue by language, as ``gr.I18n`` takes it."""
    languages: tuple[Language, ...] = ("fr", "en")
    return {lang: {key: typeset(entry[lang], lang) for key, entry in CATALOGUE.items()} for lang in languages}


def browser_language(accept_language: str) -> Language:
    """The page's language for a browser, from its ``Accept-Language`` header.

    Only the first language counts: ``gr.I18n`` looks at no other, and the page must not mix two.
    """
    return "fr" if accept_language.strip().lower().startswith("fr") else "en"

"""Words of the brief."""

from __future__ import annotations

from rag.types import Language

BRIEF: dict[str, dict[Language, str]] = {
    "brief": {"fr": "Préparation du débat", "en": "Debate brief"},
    "brief_positions": {"fr": "Positions", "en": "Positions"},
    "brief_answers": {"fr": "Qui répond à quoi", "en": "Who answers what"},
    "brief_unanswered": {"fr": "Sans réponse", "en": "Left unanswered"},
    "brief_figures": {"fr": "Chiffres de part et d’autre", "en": "Figures on both sides"},
    "brief_chronology": {"fr": "Chronologie", "en": "Chronology"},
    "brief_terms": {"fr": "Les mots de chacun", "en": "Each side’s words"},
    "brief_questions": {"fr": "Questions probables", "en": "Likely questions"},
    "brief_by_heart": {"fr": "À savoir par cœur", "en": "To know by heart"},
    "brief_empty": {
        "fr": "Rien de sûr dans les sources : {parts}.",
        "en": "Nothing sure in the sources: {parts}.",
    },
    "brief_silent": {
        "fr": "{side} : aucun argument n’a été trouvé.",
        "en": "{side}: no argument was found.",
    },
    "brief_among": {"fr": "Parmi : {names}.", "en": "Among: {names}."},
    "unsided": {
        "fr": "Sans côté, donc absents : {names}.",
        "en": "Without a side, so not in it: {names}.",
    },
    "unsided_title": {"fr": "« {title} »", "en": "“{title}”"},
    "brief_ask_model": {
        "fr": "Quels sont les arguments de {side} ? {motion}",
        "en": "What are the arguments of {side}? {motion}",
    },
    "brief_written": {
        "fr": "Écrit par le modèle de langue, d’après les citations des arguments entre crochets : {words}",
        "en": "Written by the language model, from the quotes of the arguments in brackets: {words}",
    },
    "brief_unwritten": {
        "fr": "{reason} Le dossier est entier sans lui.",
        "en": "{reason} The brief is whole without it.",
    },
    "brief_motion": {"fr": "Motion : {motion}", "en": "Motion: {motion}"},
    "brief_argument": {"fr": "{number}. {heading}", "en": "{number}. {heading}"},
    "brief_argument_for": {"fr": "{number}. {heading} (pour)", "en": "{number}. {heading} (for)"},
    "brief_argument_against": {"fr": "{number}. {heading} (contre)", "en": "{number}. {heading} (against)"},
    "brief_argument_divided": {
        "fr": "{number}. {heading} (pour et contre)",
        "en": "{number}. {heading} (for and against)",
    },
    "brief_quote": {"fr": "Citation {number}", "en": "Quote {number}"},
    "brief_side_said": {"fr": "{side} : {heading}", "en": "{side}: {heading}"},
    "brief_says": {"fr": "L’argument ({side})", "en": "The argument ({side})"},
    "brief_relation": {"fr": "{side} : {relation}", "en": "{side}: {relation}"},
    "brief_left_by": {"fr": "{side} : aucune réponse trouvée", "en": "{side}: no answer found"},
    "brief_differ": {"fr": "Valeurs différentes : {about}", "en": "Different values: {about}"},
    "brief_same": {"fr": "Même valeur : {about}", "en": "Same value: {about}"},
    "brief_figure": {"fr": "{words} ({side})", "en": "{words} ({side})"},
    "brief_term": {"fr": "{side} : {term}", "en": "{side}: {term}"},
    "brief_asked": {"fr": "{side} : questions à attendre", "en": "{side}: questions to expect"},
    "brief_reply": {"fr": "De quoi répondre", "en": "What answers it"},
    "brief_no_reply": {
        "fr": "Rien n’a été trouvé dans les sources de ce côté pour y répondre : à préparer.",
        "en": "Nothing was found in this side’s sources to answer it: prepare for it.",
    },
    "brief_ask_argument": {
        "fr": "{heading} ({by}). Que répondez-vous ?",
        "en": "{heading} ({by}). What do you answer?",
    },
    "brief_ask_this": {
        "fr": "Que répondez-vous à cet argument ({by}) ?",
        "en": "What do you answer to this argument ({by})?",
    },
    "brief_ask_figure": {
        "fr": "D’où vient votre chiffre ({own}), quand on vous oppose celui-ci : {other} ({by}) ?",
        "en": "Where does your figure come from ({own}), when others give this one: {other} ({by})?",
    },
}

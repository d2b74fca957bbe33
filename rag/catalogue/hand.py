"""What the page says of searching and cutting by hand: words looked for and selected, marks, who is heard."""

from __future__ import annotations

from rag.types import Language

HAND: dict[str, dict[Language, str]] = {
    # marks of cards
    "card_mark": {
        "fr": "Marquer les mots sélectionnés, ou ôter leur marque (M)",
        "en": "Mark the words selected, or unmark them (M)",
    },
    "card_words": {
        "fr": "Les mots de la carte {n} : flèches pour choisir un mot, Maj et flèches pour plusieurs, M pour "
        "marquer",
        "en": "The words of card {n}: arrows choose a word, Shift and arrows several, M marks",
    },
    "mark_nothing": {
        "fr": "Sélectionnez d’abord des mots de la citation de cette carte.",
        "en": "Select words of this card’s quote first.",
    },
    "card_suggests": {
        "fr": "En pointillé : marques suggérées. Elles n’entrent ni dans la durée ni dans un export.",
        "en": "Dotted: marks suggested. They are in no reading time and in no export.",
    },
    "card_suggested": {"fr": "suggéré", "en": "suggested"},
    "card_take": {"fr": "Reprendre les marques suggérées (S)", "en": "Take over the marks suggested (S)"},
    "card_dismiss": {"fr": "Écarter", "en": "Dismiss"},
    "cards_suggest": {
        "fr": "{count} cartes ont des marques suggérées.",
        "en": "{count} cards have marks suggested.",
    },
    "cards_take": {"fr": "Reprendre toutes les marques suggérées", "en": "Take over all marks suggested"},
    "marks_taken": {"fr": "Marques suggérées reprises.", "en": "Marks suggested taken over."},
    "marks_dismissed": {"fr": "Marques suggérées écartées.", "en": "Marks suggested dismissed."},
    "mark_set": {"fr": "Mots marqués.", "en": "Words marked."},
    "mark_unset": {"fr": "Marque ôtée.", "en": "Unmarked."},
    # words selected in a source
    "select_hint": {
        "fr": "Sélectionnez des mots pour en faire une carte, les copier, les vérifier ; au clavier : "
        "Entrée, puis les flèches.",
        "en": "Select words to make a card of them, to copy or to check them; by keyboard: Enter, then the "
        "arrows.",
    },
    "select_tools": {"fr": "Les mots sélectionnés", "en": "The words selected"},
    "select_said": {"fr": "{count} mots : {words}", "en": "{count} words: {words}"},
    "select_card": {"fr": "Faire une carte", "en": "Make a card"},
    "select_copy": {"fr": "Copier avec la référence", "en": "Copy with citation"},
    "select_verify": {"fr": "Vérifier", "en": "Check"},
    "select_rebut": {"fr": "Qu’est-ce qui y répond ?", "en": "What answers it?"},
    "select_elsewhere": {"fr": "Qui d’autre le dit ?", "en": "Who else says it?"},
    "said_elsewhere": {
        "fr": "Cherché ailleurs que dans « {title} ».",
        "en": "Looked for elsewhere than in “{title}”.",
    },
    # who is heard
    "among": {"fr": "Parmi :", "en": "Among:"},
    "among_all": {"fr": "toutes les sources", "en": "all sources"},
    "among_whole": {"fr": "Toutes les sources", "en": "All sources"},
    "among_sides": {"fr": "Ces côtés", "en": "These sides"},
    "among_sources": {"fr": "Ces sources", "en": "These sources"},
    "among_voices": {"fr": "Ces voix", "en": "These voices"},
    "among_said": {"fr": "{said} Parmi : {names}.", "en": "{said} Among: {names}."},
    "scope_only_own": {
        "fr": "Parmi les sources choisies, seul le côté {side} parle : personne d’autre n’y peut répondre.",
        "en": "Of the sources chosen, only the side {side} speaks: nobody else could answer there.",
    },
    # search in the documents
    "find_label": {"fr": "Chercher dans les documents", "en": "Search the documents"},
    "find_placeholder": {
        "fr": "des mots, une phrase, une idée…",
        "en": "some words, a phrase, an idea…",
    },
    "find_go": {"fr": "Chercher", "en": "Search"},
    "find_clear": {"fr": "Effacer la recherche", "en": "Clear the search"},
    "find_exact": {"fr": "Respecter casse et accents", "en": "Match case and accents"},
    "find_any_side": {"fr": "Tous les côtés", "en": "All sides"},
    "find_any_source": {"fr": "Toutes les sources", "en": "All sources"},
    "find_any_speaker": {"fr": "Toutes les voix", "en": "All voices"},
    "find_side": {"fr": "Côté", "en": "Side"},
    "find_source": {"fr": "Source", "en": "Source"},
    "find_speaker": {"fr": "Voix", "en": "Voice"},
    "find_hint": {
        "fr": "Touche / : chercher. Un mot fini par * accepte toute terminaison (négoci*).",
        "en": "Key /: search. A word that ends in * may go on in any way (negotiat*).",
    },
    "find_words": {"fr": "Mot pour mot", "en": "Word for word"},
    "find_meaning": {"fr": "Par le sens", "en": "By meaning"},
    "find_count": {"fr": "{count} occurrences", "en": "{count} hits"},
    "find_count_one": {"fr": "1 occurrence", "en": "1 hit"},
    "find_count_shown": {
        "fr": "{count} occurrences, les {shown} premières",
        "en": "{count} hits, the first {shown}",
    },
    "find_none": {
        "fr": "Ces mots ne se suivent nulle part dans les documents choisis.",
        "en": "These words stand nowhere in a row in the documents chosen.",
    },
    "find_near": {
        "fr": "{count} passages, les plus proches d’abord",
        "en": "{count} passages, the nearest first",
    },
    "find_near_one": {"fr": "1 passage", "en": "1 passage"},
    "find_nothing_near": {"fr": "Aucun passage.", "en": "No passage."},
    "find_more": {"fr": "En montrer davantage", "en": "Show more"},
    "find_open": {"fr": "Voir à sa place : {title}, {locator}", "en": "See in its place: {title}, {locator}"},
}

"""Sentences by rule: grammar enough to be cut and searched as sentences are, and no meaning."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from evals.sets.written.words import Language, Noun, lexicon

LEAST_WORDS, MOST_WORDS = 8, 25
_VERBS = {
    "fr": "favorise limite renforce complique encadre accélère ralentit finance contredit précède remplace "
    "prolonge mesure conteste confirme réduit protège suspend autorise interdit compense dépasse éclaire "
    "fragilise garantit modifie organise prépare provoque rappelle regroupe simplifie soutient surveille "
    "transforme écarte évalue impose annule réclame",
    "en": "favours limits strengthens complicates governs hastens slows finances contradicts precedes "
    "replaces extends measures disputes confirms reduces protects suspends permits forbids offsets exceeds "
    "clarifies weakens guarantees amends organises prepares provokes recalls joins simplifies supports "
    "monitors transforms excludes assesses imposes cancels demands",
}
MONTHS = {
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
    "en": "January February March April May June July August September October November December".split(),
}
_TAILS = {
    "fr": (
        "dans {place}", "selon {person}", "depuis {month} {year}", "à hauteur de {number} %", "malgré {noun}",
        "au nom de {noun}", "en vertu de l’art. {small}", "d’après le rapport n° {number}", "avec {noun}",
        "plus {adverb} qu’en {year}", "sans {noun}", "aux yeux de {titled}", "pour {number} personnes",
        "{adverb}",         "face à {noun}", "contre l’avis de {body}",
    ),
    "en": (
        "in {place}", "according to {person}", "since {month} {year}", "by some {number}%", "despite {noun}",
        "in the name of {noun}", "under art. {small}", "says report no. {number}", "with {noun}",
        "more {adverb} than in {year}", "without {noun}", "in the eyes of {titled}", "for {number} people",
        "{adverb}", "against {noun}", "over the objections of {body}",
    ),
}  # fmt: skip
_OPENINGS = {
    "fr": (
        "En {year}, ",
        "À {place}, ",
        "Le {day} {month}, ",
        "Pour {person}, ",
        "De ce fait, ",
        "Cependant, ",
    ),
    "en": (
        "In {year}, ",
        "In {place}, ",
        "On {day} {month}, ",
        "For {person}, ",
        "As a result, ",
        "However, ",
    ),
}
_JOINED = {" de un": " d’un", " de le ": " du ", " à le ": " au ", " à les ": " aux "}
_GAP = re.compile(r"\{(\w+)\}")
_AND = {"fr": (" et ", " ; or ", ", tandis que "), "en": (" and ", "; yet ", ", whereas ")}


class Writer:
    """Writes in one language.

    Args:
        language: of what is written.
        draw: where chance comes from.
        words: how many a sentence has, about, in the mean.
    """

    def __init__(self, language: Language, draw: random.Random, words: float) -> None:
        self.language = language
        self.draw = draw
        self._beyond = max(0.1, words - LEAST_WORDS)
        self._words = words_of = lexicon(language)
        the = "l’" if language == "fr" else "the "
        self._fill: dict[str, Callable[[], object]] = {
            "place": lambda: words_of.places.drawn(draw),
            "person": lambda: words_of.people.drawn(draw),
            "body": lambda: the + words_of.bodies.drawn(draw),
            "adverb": lambda: words_of.adverbs.drawn(draw),
            "month": lambda: draw.choice(MONTHS[language]),
            "noun": self.noun,
            "titled": self.titled,
            "year": lambda: draw.randint(1975, 2025),
            "day": lambda: draw.randint(2, 28),
            "small": lambda: draw.randint(2, 90),
            "number": lambda: draw.randint(2, 990),
        }

    def sentence(self) -> str:
        """A sentence of eight words to twenty-five, about."""
        draw, forms = self.draw, _TAILS[self.language]
        wanted = min(MOST_WORDS - 5, LEAST_WORDS + draw.expovariate(1 / self._beyond) - 1)
        told = draw.choice(_OPENINGS[self.language]) if draw.random() < 0.3 else ""
        told = self.filled(told) + self._clause()
        for tail in draw.sample(forms, len(forms)):
            left = wanted - len(told.split())
            if left <= 0:
                break
            is_clause = left > 5 and draw.random() < 0.2
            told += (
                draw.choice(_AND[self.language]) + self._clause() if is_clause else f" {self.filled(tail)}"
            )
        return capital(joined(told)) + "."

    def title(self) -> str:
        """A heading."""
        return capital(joined(self.noun()))

    def filled(self, form: str) -> str:
        """A form with its gaps filled."""
        return _GAP.sub(lambda gap: str(self._fill[gap[1]]()), form)

    def noun(self) -> str:
        """A noun with what stands before it, and sometimes an adjective after or before."""
        noun, draw = self._words.nouns.drawn(self.draw), self.draw
        with_adjective = draw.random() < 0.4
        adjective = self._words.adjectives.drawn(draw) if with_adjective else ""
        if self.language == "en":
            return f"{draw.choice(('the', 'this', 'every'))} {adjective} {noun.word}".replace("  ", " ")
        return f"{_article(noun, draw)}{noun.word} {adjective}".rstrip()

    def titled(self) -> str:
        """A person as papers call them."""
        titles = ("M.", "Mme", "le Dr") if self.language == "fr" else ("Mr", "Mrs", "Dr")
        return f"{self.draw.choice(titles)} {self._words.people.drawn(self.draw).split()[-1]}"

    def _clause(self) -> str:
        return f"{self.noun()} {self.draw.choice(_VERB_LISTS[self.language])} {self.noun()}"


_VERB_LISTS = {language: verbs.split() for language, verbs in _VERBS.items()}


def capital(text: str) -> str:
    """A text whose first letter is a capital."""
    return text[:1].upper() + text[1:]


def joined(text: str) -> str:
    """A text whose ``de`` and ``à`` are joined to the article after, as French does; English has neither."""
    for apart, together in _JOINED.items():
        text = text.replace(apart, together)
    return text


def _article(noun: Noun, draw: random.Random) -> str:
    is_open = noun.word[0] in "aeiouyéèêàâîôhœ"
    forms = {
        "f": ("l’" if is_open else "la ", "cette ", "une "),
        "m": ("l’" if is_open else "le ", "cet " if is_open else "ce ", "un "),
    }
    return draw.choice(forms[noun.gender])

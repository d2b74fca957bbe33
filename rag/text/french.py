"""How French words change beside others: « du plan », « d’accords », « la ville paie-t-elle ». Pure."""

from __future__ import annotations

import re

from rag.text.clauses import Clause, Gender

_VOWEL = re.compile(r"[aeiouàâéèêëîïôöûùœh]", re.IGNORECASE)
_ASPIRATED = re.compile(
    r"hai|hal[lt]|hanga|hasard|hauss|haut|héro|hiér|hock|hors|hôtes|huit|hur|onz|oui", re.IGNORECASE
)


def elided(word: str, following: str) -> str:
    """« de » or « que » in front of a word: « d’accords », « de loups »."""
    if _VOWEL.match(following) and not _ASPIRATED.match(following):
        return f"{word[:-1]}’{following}"
    return f"{word} {following}"


def with_de(phrase: str) -> str:
    """« du plan », « de l’accord », « des loups », « de Mme Vernoux »."""
    return _contracted(phrase, {"le ": "du ", "les ": "des "}, "de")


def with_a(phrase: str) -> str:
    """« au maire », « aux bergers », « à la ville »."""
    return _contracted(phrase, {"le ": "au ", "les ": "aux "}, "à")


def _contracted(phrase: str, forms: dict[str, str], word: str) -> str:
    for article, form in forms.items():
        if phrase.startswith(article):
            return form + phrase[len(article) :]
    return elided(word, phrase) if word == "de" else f"{word} {phrase}"


def inverted(clause: Clause, gender: Gender | None) -> str | None:
    """« la ville ne paiera-t-elle »; ``None`` where the gender is not known."""
    if gender is None:
        return None
    pronoun = (
        ("ils" if gender == "m" else "elles") if clause.form.plural else ("il" if gender == "m" else "elle")
    )
    link = "-t-" if clause.verb[-1] in "aec" else "-"
    return f"{clause.subject.text} {clause.before}{clause.verb}{link}{pronoun}"

"""Words for matching. One analyzer for French and English."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

import Stemmer
from bm25s.stopwords import STOPWORDS_EN, STOPWORDS_FRENCH

from rag.text.bodies import Bodies, abbreviations_in, public_bodies
from rag.text.folding import fold
from rag.text.numerals import Found
from rag.text.values import may_have_values, terms_of, values_in

ANALYZER_VERSION = 5
"""Changes whenever the same text would give other terms, or another concordance; the files of both are then
written anew."""

LANGUAGES = ("fr", "en")
_STEMMERS = {"fr": "french", "en": "english"}

_LINE_HYPHEN = re.compile(
    r"(?<![\w\u2010-])([^\W\d_]+)[\u00ad\u2010-][^\S\n]*\n\s*+(?=[a-zà-ÿ]++(?![\u2010-]))"
)
_ELISION = re.compile(r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|presqu|quelqu)'(?=\w)")
_CONTRACTION = re.compile(r"(?:n't|'(?:s|re|ll|ve|d|m))\b")
_INNER_APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")
_THOUSANDS = re.compile(
    r"(?<![\w.,])[1-9]\d{0,2}(?:(?:(?: |\r?\n)\d{3})+(?!\d)|([.,])\d{3}(?:\1\d{3})*(?!\d|\1\d))"
)
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d)")
_TOKEN = re.compile(r"\d+(?:\.\d+)?|[^\W\d_]+")

_MORE_STOPWORDS = {
    "fr": "a afin ainsi alors apres aussi autre autres avant bien car ceci cela celle celles celui "
    "cet cette ceux chez comme comment combien dont donc elles entre est-ce etre eux faire fait hors "
    "ici ils jusque leur leurs lors lorsque lui mais meme memes moins ni non notre nous ou oui par "
    "parce pas pendant peut peuvent plus pour pourquoi puis quand que quel quelle quelles quels qui "
    "quoi sans si selon sera seront soit son sont sous sur tandis tel telle tels toujours tous tout "
    "toute toutes tres trop un une vers voici voila vos votre vous y dit dire ca cest quest "
    "estce lequel laquelle lesquels lesquelles",
    "en": "about after all also am any because been before being between both can could did do does "
    "doing during each from had has have having he her hers him his how i its many me more most much my nor "
    "our ours out over own same she should so some than them themselves those through under until "
    "up very was we were what when where which while who whom whose why would you your say says said ca wo",
}


@cache
def _stopwords(language: str) -> frozenset[str]:
    shipped = STOPWORDS_FRENCH if language == "fr" else STOPWORDS_EN
    words = {fold(word) for word in shipped} | set(_MORE_STOPWORDS[language].split())
    return frozenset(words)


def is_stopword(folded: str) -> bool:
    """Whether a folded word is too common in French or in English to tell sentences apart."""
    return any(folded in _stopwords(language) for language in LANGUAGES)


@cache
def _stemmer(language: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(_STEMMERS[language])


def words_in(text: str, language: str) -> list[str]:
    """Folded words and numbers of a text, in order, elisions and English contractions taken off.

    ``800 000`` (whatever the space), ``800.000`` and ``800,000`` are all ``800000``; ``14,2`` is
    ``14.2``; the parts of a hyphenated word are words, those of a word hyphenated at the end of a line
    are one.
    """
    return _words(_plain(text), language)


def _plain(text: str) -> str:
    return fold(_LINE_HYPHEN.sub(r"\1", text))


def _words(plain: str, language: str) -> list[str]:
    folded = _ELISION.sub("", plain)
    if language == "en":
        folded = _CONTRACTION.sub("", folded)
    joined = _THOUSANDS.sub(lambda match: re.sub(r"\D", "", match.group()), _INNER_APOSTROPHE.sub("", folded))
    return _TOKEN.findall(_DECIMAL_COMMA.sub(".", joined))


def indexed_terms(text: str, language: str) -> list[str]:
    """Terms under which a text is found: its :func:`terms` and its abbreviations, whatever they stand for.

    What documents define changes none of them: it is looked at when a question is asked.
    """
    found = terms(text, language)
    return found + [term for term in dict.fromkeys(abbreviations_in(text)) if term not in found]


def terms(text: str, language: str) -> list[str]:
    """Terms of a text for matching: its :func:`words_in` without stop words, stemmed; then its values.

    A number, a date or a body of public life is one term more, however it is written: see
    rag/text/values.py, rag/text/bodies.py.

    Args:
        text: any text.
        language: ``fr`` or ``en``; anything else is analysed as French.
    """
    known, plain, bodies = _known(language), _plain(text), public_bodies()
    words = _words(plain, known)
    more = [value for _, _, value in bodies.named_in(text)] if bodies.may_be_in(text, words) else []
    if may_have_values(words):
        more += [term for found in _telling(plain) for term in terms_of(found[2])]
    stems = _stemmed(words, known)
    return stems + [term for term in dict.fromkeys(more) if term not in stems]


def query_terms(text: str, languages: Iterable[str], bodies: Bodies | None = None) -> list[str]:
    """Distinct terms of a question, analysed once in each language of the corpus.

    The words of a value are none of them, nor is an abbreviation, but the value itself.
    """
    bodies = bodies or public_bodies()
    named = list(bodies.named_in(text))
    plain = _plain(_without(text, [item for item in named if bodies.is_short(text[item[0] : item[1]])]))
    found = _telling(plain)
    rest = _without(plain, found)
    known = sorted({_known(language) for language in languages})
    words = [term for language in known for term in _stemmed(_words(rest, language), language)]
    values = [value for _, _, value in named] + [term for item in found for term in terms_of(item[2])]
    return list(dict.fromkeys(words + values)) if known else []


def _without(text: str, found: Iterable[Found]) -> str:
    parts, reached = [], 0
    for start, end, _ in found:
        parts.append(text[reached:start])
        reached = end
    return ";".join([*parts, text[reached:]])


def _known(language: str) -> str:
    return language if language in LANGUAGES else "fr"


def _stemmed(words: Iterable[str], language: str) -> list[str]:
    stop = _stopwords(language)
    kept = [word for word in words if word not in stop and (len(word) > 1 or word.isdigit())]
    stems: list[str] = _stemmer(language).stemWords(kept)
    return stems


def _telling(plain: str) -> list[Found]:
    """The values that tell sentences apart: not « deux », nor what its digits tell already."""
    return [
        found
        for found in values_in(plain)
        if found[2] not in ("0", "1", "2") and not plain[found[0] : found[1]].isdigit() and terms_of(found[2])
    ]


_CONTENT_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:[-\u2010\u2011][^\W\d_]+)*")
_SPACED_THOUSANDS = re.compile(r"(?<=\d)[ \u00a0\u202f\u2009](?=\d{3}(?!\d))")


def content_words(text: str) -> list[str]:
    """Words and numbers of a text in order, lower case, without stop words of either language.

    Accents and hyphens stay, for the encoder; ``800 000`` is ``800000``.
    """
    found = _CONTENT_WORD.findall(_SPACED_THOUSANDS.sub("", text))
    lowered = [word.lower().replace("\u2010", "-").replace("\u2011", "-") for word in found]
    return [word for word in lowered if word[0].isdigit() or (len(word) > 1 and not is_stopword(fold(word)))]

"""Words for matching, and BM25 over them. One analyzer for French and English."""

from __future__ import annotations

import logging
import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

import bm25s
import numpy as np
import Stemmer
from bm25s.stopwords import STOPWORDS_EN, STOPWORDS_FRENCH
from numpy.typing import NDArray

ANALYZER_VERSION = 3
"""Changes whenever the same text would give other terms, or another concordance; the files of both are then
written anew."""

LANGUAGES = ("fr", "en")
_STEMMERS = {"fr": "french", "en": "english"}

_SHAPES = dict.fromkeys("’‘ʼʹ´`＇′", "'") | {"œ": "oe", "æ": "ae"}
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_SAME = str.maketrans(_SHAPES | dict.fromkeys(_INVISIBLE, ""))
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


def fold(text: str) -> str:
    """Case, accents, ligatures and apostrophe shapes removed; for comparing, never for showing."""
    lowered = unicodedata.normalize("NFKD", text.translate(_SAME)).casefold()
    decomposed = unicodedata.normalize("NFKD", lowered)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_SAME)


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


def words(text: str, language: str) -> list[str]:
    """Folded words and numbers of a text, in order, elisions and English contractions taken off.

    ``800 000`` (whatever the space), ``800.000`` and ``800,000`` are all ``800000``; ``14,2`` is
    ``14.2``; the parts of a hyphenated word are words, those of a word hyphenated at the end of a line
    are one.
    """
    folded = _ELISION.sub("", fold(_LINE_HYPHEN.sub(r"\1", text)))
    if language == "en":
        folded = _CONTRACTION.sub("", folded)
    joined = _THOUSANDS.sub(lambda match: re.sub(r"\D", "", match.group()), _INNER_APOSTROPHE.sub("", folded))
    return _TOKEN.findall(_DECIMAL_COMMA.sub(".", joined))


def terms(text: str, language: str) -> list[str]:
    """Terms of a text for matching: its :func:`words` without stop words, stemmed.

    Args:
        text: any text.
        language: ``fr`` or ``en``; anything else is analysed as French.
    """
    known = language if language in LANGUAGES else "fr"
    stop = _stopwords(known)
    kept = [word for word in words(text, known) if word not in stop and (len(word) > 1 or word.isdigit())]
    stems: list[str] = _stemmer(known).stemWords(kept)
    return stems


def query_terms(text: str, languages: Iterable[str]) -> list[str]:
    """Distinct terms of a question, analysed once in each language of the corpus."""
    found = (term for language in sorted(set(languages)) for term in terms(text, language))
    return list(dict.fromkeys(found))


class BM25:
    """BM25 (Lucene's variant, Robertson and Zaragoza 2009) over documents given as terms."""

    def __init__(self, index: bm25s.BM25 | None, size: int) -> None:
        self._index = index
        self.size = size

    @classmethod
    def build(cls, documents: Sequence[Sequence[str]]) -> BM25:
        """Index ``documents``, each a list of terms; an empty vocabulary is allowed."""
        if not any(documents):
            return cls(None, len(documents))
        logging.getLogger("bm25s").setLevel(logging.WARNING)  # it announces each build
        index = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
        index.index([list(terms) for terms in documents], show_progress=False)
        return cls(index, len(documents))

    def save(self, folder: Path) -> None:
        """Write the index into ``folder``."""
        folder.mkdir(parents=True, exist_ok=True)
        if self._index is not None:
            self._index.save(folder, show_progress=False)
        (folder / "size").write_text(str(self.size))  # last: without it, the folder is not whole

    @classmethod
    def load(cls, folder: Path) -> BM25:
        """Open the index saved in ``folder``, memory-mapped.

        Raises:
            OSError, ValueError: it is not there or not whole.
        """
        size = int((folder / "size").read_text())
        if not any(folder.glob("*.npy")):
            return cls(None, size)
        return cls(bm25s.BM25.load(folder, mmap=True), size)

    def scores(self, query: Sequence[str]) -> NDArray[np.float32]:
        """Score of every document for the terms of a question, shape ``(size,)``; 0 for no match."""
        if self._index is None:
            return np.zeros(self.size, dtype=np.float32)
        known = [term for term in query if term in self._index.vocab_dict]
        if not known:
            return np.zeros(self.size, dtype=np.float32)
        return np.asarray(self._index.get_scores(known), dtype=np.float32)

    def share(self, query: Sequence[str]) -> NDArray[np.float32]:
        """:meth:`scores` as a share of what the terms weigh together, 0 to 1."""
        weight = sum(self.idf(term) for term in query)
        return self.scores(query) / np.float32(weight) if weight else self.scores(())

    def idf(self, term: str) -> float:
        """Rarity of a term among the documents: ``log(1 + (N - df + .5) / (df + .5))``."""
        position = self._index.vocab_dict.get(term) if self._index is not None else None
        frequency = 0
        if self._index is not None and position is not None:
            indptr = self._index.scores["indptr"]
            frequency = int(indptr[position + 1] - indptr[position])
        return math.log1p((self.size - frequency + 0.5) / (frequency + 0.5))

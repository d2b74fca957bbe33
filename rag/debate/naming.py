"""The things that are spoken of: which words name one, in a motion and in the sources."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from rapidfuzz import fuzz

from rag.debate.sides import Row, Scored, Sides
from rag.text import LIGHT, content_words, fold, terms, tokenise

COMMON = 0.4
"""A word in more than this share of the sentences of a side names no point."""
OFTEN = 0.02
"""A word in this share of the sentences of a side, or in three, is used often."""
SPELT_ALIKE = 85
"""Least likeness of two words of one stem that name one thing, in hundredths. Set by hand, so that
« capitale » is not « capitalisme » (84)."""
_THING, _NAME, _BEFORE = "wKOCSTGL", "OC", "de"
"""Tags (rag/text/tags.py) of words that may name a thing, of names, of what stands before a thing's name."""


def spoken_of(motion: str) -> list[str]:
    """The things that a motion is about, as it writes them; all that it says, if it names none."""
    tokens = [token for token in tokenise(motion) if token.tag in _THING and token.word not in LIGHT]
    words = [motion[token.start : token.end] for token in tokens]
    named = [word for word in words if word in _things(f". {motion}")]
    kept = named or [word for word in words if content_words(word) and "-" not in word]
    return list(dict.fromkeys(kept))


def stems_like(sides: Sides, word: str) -> frozenset[str]:
    """The stems of a word, and of the corpus's words that mean the same, in either language.

    What a number or an abbreviation means, the encoder cannot tell.
    """
    if word[0].isdigit() or word.isupper():
        return sides.stems_of(word)
    vector = sides.index.word_encoder.get_text_embedding(word.lower())
    return sides.stems_of(" ".join([word, *sides.snapshot.vocabulary.alike(vector)]))


def speaks_of(sides: Sides, row: Row, name: str, stems: frozenset[str]) -> bool:
    """Whether a sentence has a word with one of some stems.

    One that has the stem of the name itself must be spelt like it: « capitale » is not « capitalisme ».
    """
    if not stems & sides.stems(row):
        return False
    language = sides.snapshot.sentence(row)[0].info.language
    own = sides.stems_of(name)
    for word in content_words(sides.snapshot.text_of("sentence", row)):
        found = set(terms(word, language)) & stems
        if found and (not found & own or fuzz.ratio(fold(word), fold(name)) >= SPELT_ALIKE):
            return True
    return False


def worth_of(sides: Sides, counts: dict[str, Counter[str]], sizes: dict[str, int]) -> dict[str, float]:
    """How well each word names a point: rare in the corpus, but used by several sides.

    That it is used often counts only up to a point, so that no commonplace names one.
    """
    idf = sides.snapshot.bm25["sentence"].idf
    shared = Counter(stem for each in counts.values() for stem in each)
    return {
        stem: idf(stem) * sum(min(each[stem], max(3, OFTEN * sizes[side])) for side, each in counts.items())
        for stem, users in shared.items()
        if users > 1 and all(each[stem] <= max(COMMON * sizes[side], 1) for side, each in counts.items())
    }


def name_of(sides: Sides, stem: str, chosen: dict[str, list[Scored]]) -> str:
    """What some sentences call the thing whose name has a stem; empty where they name no thing so."""
    words: Counter[str] = Counter()
    for row in (row for each in chosen.values() for row, _ in each):
        language = sides.snapshot.sentence(row)[0].info.language
        things = _things(sides.snapshot.text_of("sentence", row))
        words.update(word for word in things if stem in terms(word, language))
    return max(words, key=lambda word: (words[word], word)) if words else ""


def _things(text: str) -> list[str]:
    """Words that name things, as they stand: names, and what a determiner or « de » stands before."""
    tokens = tokenise(text)
    return [
        text[token.start : token.end]
        for before, token in pairwise(tokens)
        if token.tag in _NAME or (token.tag in _THING and before.tag in _BEFORE)
    ]

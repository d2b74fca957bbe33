"""Words to write with: thousands of real ones, as frequent as words are, and names that nobody has.

Nouns, adjectives and adverbs are those of the spelling dictionaries that have a telling ending; the
commonest come first, and the one at rank ``r`` is drawn as often as Zipf and Mandelbrot say, with a weight
of ``1 / (r + 2.7)``.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import Generic, Literal, TypeVar

Language = Literal["fr", "en"]
Gender = Literal["f", "m"]
T = TypeVar("T")

_ENDINGS = {
    "fr": {
        "f": r"[ts]ion|[lsrv]ité|ance|ence|ture",
        "m": r"isme|teur|[lnrst]age",
        "adjective": r"ique|able|ible|[nt]aire",
        "adverb": r"(?:able|ible|ique|euse|ive|ale|elle|aire)ment",
    },
    "en": {
        "f": r"[ts]ion|ity|ness|ance|ence",
        "m": r"ism|[a-z]{3}ment|ship",
        "adjective": r"ical|ional|ous|able|ible|tive",
        "adverb": r"[a-z]{4}ly",
    },
}
_KNOWN = 50_000
"""Words of a language that are looked at: the commonest."""
_MOST = 1500
"""Of a kind: further words would hardly be drawn."""
PLACES, PEOPLE, BODIES = 3000, 2000, 300
"""How many names there are of each."""
_FIRST = {
    "fr": "Odile Bruno Claire Denis Élodie Farid Gisèle Hugo Inès Jules Karim Léa Marc Nadia Olivier Paule "
    "Rémi Sonia Théo Ursule Victor Yasmine Zoé Armand",
    "en": "Alice Brian Carol Derek Esther Frank Grace Henry Iris Jack Karen Leo Mabel Nigel Olive Peter "
    "Rose Simon Tessa Umar Violet Walter Yvonne Adam",
}
_SYLLABLES = {
    "fr": "bar ber bou cha chi cor dam dor fer flo gan gil jan lam len lis mar mel mon nor per pra rou san "
    "sar tal tor val var ver vil",
    "en": "al bar ben bran cal car cor dar den ed fal fen gar hal har in kel kin lan mar mil nor os pen rad "
    "ras sel stan thor tor wal win",
}
_PLACE_ENDS = {
    "fr": "ac ange ange-le-Vieux ax-sur-Orne court eron gny ières illac in-la-Forêt mont nay oux ville",
    "en": "bourne bridge bury by combe den field ford ham ington mouth port stead ton worth",
}
_NAME_ENDS = {
    "fr": "ard at aux eau el en er et in ier on ot oux y",
    "en": "by er ett field ing ley man mere ney son stone ton well wick",
}


@dataclass(frozen=True, slots=True)
class Ranked(Generic[T]):
    """Things of which the first are drawn more often."""

    things: Sequence[T]
    weights: Sequence[float]

    @classmethod
    def of(cls, things: Sequence[T]) -> Ranked[T]:
        """Weighted by rank."""
        return cls(things, list(accumulate(1 / (rank + 2.7) for rank in range(len(things)))))

    def drawn(self, draw: random.Random) -> T:
        """One of them."""
        return draw.choices(self.things, cum_weights=self.weights)[0]


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun, and whether French has ``la`` before it."""

    word: str
    gender: Gender


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words and names of a language."""

    nouns: Ranked[Noun]
    adjectives: Ranked[str]
    adverbs: Ranked[str]
    places: Ranked[str]
    people: Ranked[str]
    bodies: Ranked[str]


@cache
def lexicon(language: Language) -> Lexicon:
    """Words of the spelling dictionary, names by syllables: the same at every call."""
    from spellchecker import SpellChecker

    counts = SpellChecker(language=language).word_frequency.dictionary
    known = sorted(filter(str.isalpha, counts), key=lambda word: (-counts[word], word))[:_KNOWN]
    kinds = {
        kind: [word for word in known if re.search(rf"..(?:{ending})$", word)][:_MOST]
        for kind, ending in _ENDINGS[language].items()
    }
    genders: tuple[Gender, Gender] = ("f", "m")
    nouns = [Noun(word, gender) for gender in genders for word in kinds[gender]]
    nouns.sort(key=lambda noun: (-counts[noun.word], noun.word))
    draw = random.Random(f"names {language}")
    return Lexicon(
        Ranked.of(nouns),
        Ranked.of(kinds["adjective"]),
        Ranked.of(kinds["adverb"]),
        Ranked.of(_names(draw, language, _PLACE_ENDS[language].split(), PLACES)),
        Ranked.of(_people(draw, language)),
        Ranked.of(sorted({_initials(draw) for _ in range(BODIES)})),
    )


def _names(draw: random.Random, language: Language, ends: Sequence[str], count: int) -> list[str]:
    """Different names of two or three syllables and an ending."""
    syllables, found = _SYLLABLES[language].split(), dict[str, None]()
    while len(found) < count:
        stem = "".join(draw.choices(syllables, k=draw.choice((1, 2, 2))))
        found[stem.capitalize() + draw.choice(ends)] = None
    return list(found)


def _initials(draw: random.Random) -> str:
    return draw.choice("AEIO") + "".join(draw.choices("BCDFGLMNPRST", k=3))


def _people(draw: random.Random, language: Language) -> list[str]:
    first = _FIRST[language].split()
    last = _names(draw, language, _NAME_ENDS[language].split(), PEOPLE)
    return [f"{draw.choice(first)} {name}" for name in last]

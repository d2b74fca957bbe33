"""Parts of a whole in words: « deux tiers », “half”, « un sur cinq ». Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction

from rag.text.folding import fold
from rag.text.lexicon import UNITS


def any_of(words: Iterable[str]) -> str:
    """A pattern of words, the longer first."""
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


_UNITS = {name: number for names in UNITS.values() for number, name in enumerate(names)}
_COUNT = rf"\d+|une|{any_of(_UNITS)}"
_PARTS = {
    "demi": 2, "half": 2, "moitie": 2, "tiers": 3, "third": 3, "quart": 4, "quarter": 4, "cinquieme": 5,
    "fifth": 5, "sixieme": 6, "sixth": 6, "septieme": 7, "seventh": 7, "huitieme": 8, "eighth": 8,
    "neuvieme": 9, "ninth": 9, "dixieme": 10, "tenth": 10, "vingtieme": 20, "twentieth": 20,
    "centieme": 100, "hundredth": 100,
}  # fmt: skip
_PART = any_of(_PARTS).replace("ieme", "i[èe]me")
_FOLLOWED = (
    r"(?=s?(?:\s+(?:d[eu]s?|d['’]\w+|of|more|less|fewer|plus|moins|seulement|environ|only|est|sont|ont"
    r"|are|is|were|was|et|and|ou|or)\b|\s*(?:[^\w\s]|$)))"
)
"""What tells « un cinquième » from « un cinquième candidat »."""
_SHARE = re.compile(
    r"\b(?:(?P<one>la moiti[ée]|(?:le|du|au) (?:tiers|quart)|(?<!first )(?<!second )half)"
    rf"|(?P<count>{_COUNT}|an?|le|la|les|the)[ -](?P<part>demi|half|tiers|quart|(?:{_PART})"
    rf"{_FOLLOWED})s?"
    rf"|(?P<few>{_COUNT})(?:\s+\w+)?\s+sur\s+(?P<many>{_COUNT})(?!\s+\w+[sx]\b)"
    rf"|(?P<few_en>{_COUNT})\s+(?:in|out of)\s+(?!(?:1\d|20)\d\d\b)(?P<many_en>{_COUNT}))\b(?!-\w)",
    re.IGNORECASE,
)
_HINTS = (
    "moiti",
    "tiers",
    "third",
    "quart",
    "half",
    "demi",
    "ièm",
    "iem",
    "fth",
    "xth",
    "nth",
    "hth",
    "ieth",
)
_OF = re.compile(rf"\b(?:sur|in|out of)\s+(?:{_COUNT})\b", re.IGNORECASE)


def shares_in(text: str) -> Iterator[tuple[int, int, str]]:
    """Where each part of a whole stands, with its value: ``1/5``."""
    small = text.lower()
    if not any(hint in small for hint in _HINTS) and not _OF.search(text):
        return
    for match in _SHARE.finditer(text):
        count, whole = match["count"] or match["few"] or match["few_en"], match["many"] or match["many_en"]
        if match["one"]:
            few, many = 1, _PARTS[fold(match["one"]).split()[-1]]
        else:
            few = _counted(count)
            many = _counted(whole) if whole else _PARTS[fold(match["part"])]
        if few < many:
            yield match.start(), match.end(), str(Fraction(few, many))


def _counted(word: str) -> int:
    """The value of a number or of an article in one word."""
    return int(word) if word.isdigit() else _UNITS.get(fold(word), 1)

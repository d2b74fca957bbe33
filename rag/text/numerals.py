"""The numbers of a text, by what they count: in digits or words, of French and English, parts of a whole too.

``800 000``, « huit cent mille » and ``0,8 million`` are one number; « sept virgule un » is ``7,1``; « un
cinquième », “one in five” and ``20 %`` are one share. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from rag.text.analyzer import fold
from rag.text.lexicon import TENS, UNITS

Found = tuple[int, int, str]
"""Where a number stands; its value: ``1200000``, ``7.1``, ``~1000`` (« des milliers »), ``20%``, ``1/5``."""

_UNITS = {name: number for names in UNITS.values() for number, name in enumerate(names)}
_SCALES = {
    "cent": 100, "cents": 100, "hundred": 100, "mille": 1000, "thousand": 1000, "million": 10**6,
    "millions": 10**6, "milliard": 10**9, "milliards": 10**9, "billion": 10**9, "billions": 10**9,
}  # fmt: skip
_VAGUE = {
    "dizaine": 10, "dizaines": 10, "dozen": 12, "dozens": 12, "douzaine": 12, "douzaines": 12,
    "vingtaine": 20, "trentaine": 30, "quarantaine": 40, "cinquantaine": 50, "centaine": 100,
    "centaines": 100, "hundreds": 100, "millier": 1000, "milliers": 1000, "thousands": 1000,
}  # fmt: skip
_ARTICLES = frozenset({"un", "one"})
"""Units that are no number by themselves: « un soldat », “no one”."""
_JOINTS = frozenset({"et", "and", "une", "de", "of", "a"})
_POINTS = frozenset({"virgule", "point"})
_PIECE = re.compile(
    r"(?P<digits>(?<![\w.,])(?:\d{1,3}(?:[ \u00a0\u202f\u2009.,’']\d{3})+(?!\d)|\d+(?:[.,]\d+)?))"
    r"|(?P<word>[^\W\d_]+)|(?P<stop>[^\s\w-])"
)
_GROUPED = re.compile(r"\d{1,3}(?:[ \u00a0\u202f\u2009.,’']\d{3})+")

_COUNT = rf"\d+|une|{'|'.join(sorted(_UNITS, key=len, reverse=True))}"
_PARTS = {
    "demi": 2, "half": 2, "moitié": 2, "tiers": 3, "third": 3, "quart": 4, "quarter": 4, "cinquième": 5,
    "fifth": 5, "sixième": 6, "sixth": 6, "septième": 7, "seventh": 7, "huitième": 8, "eighth": 8,
    "neuvième": 9, "ninth": 9, "dixième": 10, "tenth": 10, "vingtième": 20, "twentieth": 20,
    "centième": 100, "hundredth": 100,
}  # fmt: skip
_SHARE = re.compile(
    r"\b(?:(?P<one>la moitié|le tiers|le quart|(?<!first )(?<!second )half)"
    rf"|(?P<count>{_COUNT}|an?|le|la|les|the)[ -](?P<part>demi|half|tiers|quart|(?:{'|'.join(_PARTS)})(?=s?"
    r"(?:\s+(?:d[eu]s?|d['’]\w+|of|more|less|fewer|plus|moins)\b|\s*(?:[^\w\s]|$))))s?"
    rf"|(?P<few>{_COUNT})(?:\s+\w+)?\s+sur\s+(?P<many>{_COUNT})(?!\s+\w+[sx]\b)"
    rf"|(?P<few_en>{_COUNT})\s+(?:in|out of)\s+(?!(?:1\d|20)\d\d\b)(?P<many_en>{_COUNT}))\b(?!-\w)",
    re.IGNORECASE,
)
_PERCENT = re.compile(r"\s*(?:%|pour ?cents?\b|per ?cent\b)", re.IGNORECASE)
_ROUND = Fraction(1, 200)
"""So near to a percentage, a share in words is the same: « un tiers », ``33 %``."""


def numbers_in(text: str) -> Iterator[Found]:
    """The numbers of a text, each once: shares first, then the others, each sort in order."""
    shares = list(_shares(text))
    yield from shares
    taken = [(start, end) for start, end, _ in shares]
    for start, end, value in _counts(text):
        if any(start < last and first < end for first, last in taken):
            continue
        unit = _PERCENT.match(text, end)
        if unit and not value.startswith("~"):
            end, value = unit.end(), f"{value}%"
            taken.append((start, end))
        yield start, end, value


def is_same_number(one: str, other: str) -> bool:
    """Whether two values are one number; « 20 » is enough for ``20 %``, ``33 %`` for a third."""
    if one == other or one == f"{other}%":
        return True
    shares = [_as_share(value) for value in (one, other)]
    if shares[0] is None or shares[1] is None:
        return False
    return abs(shares[0] - shares[1]) < (_ROUND if ("/" in one) != ("/" in other) else Fraction(1, 10**9))


def _as_share(value: str) -> Fraction | None:
    if value.endswith("%"):
        return Fraction(value[:-1]) / 100
    return Fraction(value) if "/" in value else None


def _shares(text: str) -> Iterator[Found]:
    """« Deux tiers », “half”, « un sur cinq »."""
    for match in _SHARE.finditer(text):
        count, whole = match["count"] or match["few"] or match["few_en"], match["many"] or match["many_en"]
        if match["one"]:
            few, many = 1, _PARTS[match["one"].lower().split()[-1]]
        else:
            few = _counted(count)
            many = _counted(whole) if whole else _PARTS[match["part"].lower()]
        if few < many:
            yield match.start(), match.end(), str(Fraction(few, many))


def _counted(word: str) -> int:
    """The value of a number or of an article in one word."""
    return int(word) if word.isdigit() else _UNITS.get(fold(word), 1)


@dataclass(slots=True)
class _Sum:
    """A number as it is read, word after word; ``decimals`` are the digits after « virgule »."""

    start: int = -1
    end: int = -1
    total: float = 0.0
    current: float = 0.0
    decimals: str | None = None
    parts: int = 0
    vague: bool = False
    in_digits: bool = False

    def add(self, amount: float, start: int, end: int) -> None:
        if self.decimals is None:
            self.current += amount
        else:
            self.decimals = _with_digits(self.decimals, int(amount))
        self._extend(start, end)

    def multiply(self, scale: int, start: int, end: int) -> None:
        self.current, self.decimals = self.units, None
        if scale == 100:
            self.current = max(self.current, 1) * scale
        else:
            self.total += (self.current or (0 if self.total else 1)) * scale
            self.current = 0
        self._extend(start, end)

    def _extend(self, start: int, end: int) -> None:
        self.start = start if self.start < 0 else self.start
        self.end, self.parts = end, self.parts + 1

    @property
    def units(self) -> float:
        """What is read since the last scale word."""
        return float(f"{self.current:.0f}.{self.decimals}") if self.decimals else self.current

    def takes(self, amount: float) -> bool:
        """Whether a unit or a ten can follow: « vingt » « deux », not « vingt » « trente », nor ``2020``."""
        if self.in_digits:
            return False
        rest = self.current % 100
        if not self.parts or rest == 0 or self.decimals is not None:
            return True
        if amount < 10:
            return rest % 10 == 0 and rest >= 20
        return amount < 20 and rest in (60, 80)


def _with_digits(decimals: str, amount: int) -> str:
    """Digits, and the next word: « vingt » « cinq » are two of them, « zéro » « cinq » are as well."""
    last = int(decimals[-2:] or 0)
    joined = last >= 20 and last % 10 == 0 and (amount < 10 or (amount < 20 and last in (60, 80)))
    return decimals[:-2] + str(last + amount) if joined else decimals + str(amount)


def _counts(text: str) -> Iterator[Found]:
    """Numbers in digits and in words, a scale word after either."""
    own = _Sum()
    for match in _PIECE.finditer(text):
        start, end, word = match.start(), match.end(), fold(match.group())
        if match["digits"] and own.decimals == "" and word.isdigit():
            own.decimals = word
            own.end = end
        elif match["digits"]:
            yield from _closed(own, text)
            own = _Sum(in_digits=True)
            own.add(_value(match["digits"]), start, end)
        elif word in _UNITS or word in TENS or (word == "une" and own.parts and own.takes(1)):
            amount = _UNITS.get(word, TENS.get(word, 1))
            if word in ("vingt", "vingts") and not own.in_digits and own.current % 100 == 4:
                own.add(76, start, end)  # quatre-vingts
                continue
            if not own.takes(amount):
                yield from _closed(own, text)
                own = _Sum()
            own.add(amount, start, end)
        elif word in _SCALES:
            own.vague = own.vague or (not own.parts and word.endswith("s"))
            own.multiply(_SCALES[word], start, end)
        elif word in _VAGUE:
            own.vague = own.vague or not own.parts
            own.multiply(_VAGUE[word], start, end)
        elif word in _POINTS and own.parts and own.decimals is None:
            own.decimals = ""
        elif match["stop"] or word not in _JOINTS:
            yield from _closed(own, text)
            own = _Sum()
    yield from _closed(own, text)


def _value(digits: str) -> float:
    if _GROUPED.fullmatch(digits):
        return float(re.sub(r"\D", "", digits))
    return float(digits.replace(",", "."))


def _closed(own: _Sum, text: str) -> Iterator[Found]:
    if not own.parts:
        return
    written = text[own.start : own.end]
    if own.parts == 1 and fold(written) in _ARTICLES:
        return
    value = ("~" if own.vague else "") + f"{own.total + own.units:.15g}"
    yield own.start, own.end, value

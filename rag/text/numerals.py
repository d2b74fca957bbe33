"""The numbers of a text, by what they count: in digits or words, of French and English, parts of a whole too.

``800 000``, « huit cent mille », ``0,8 million`` and ``800 k€`` are one number; « sept virgule un » is
``7,1``; « un cinquième », “one in five” and ``20 %`` are one share. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from rag.text.folding import fold
from rag.text.lexicon import TENS, UNITS
from rag.text.shares import shares_in

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
_SHORT = {
    "k": 10**3,
    "m": 10**6,
    "mn": 10**6,
    "mio": 10**6,
    "b": 10**9,
    "bn": 10**9,
    "md": 10**9,
    "mds": 10**9,
}
_ARTICLES = frozenset({"un", "one"})
"""Units that are no number by themselves: « un soldat », “no one”."""
_SPACE = "[ \u00a0\u202f\u2009]"
CURRENCY = re.compile(
    r"\s?(?:[€$£]|(?:EUR|USD|GBP|CHF)\b|(?:d['’]\s?|de\s|of\s)?(?:euros?|dollars?|livres?|pounds?|francs?)\b)",
    re.IGNORECASE,
)
"""What an amount counts, after its number."""
WORDS = frozenset({*_UNITS, "zéro", "une", *TENS, *_SCALES, *_VAGUE})
_PIECE = re.compile(
    rf"(?P<digits>(?<![\w.,])(?:[1-9]\d{{0,2}}(?:(?:{_SPACE}\d{{3}})+|(?P<by>[.,’'])\d{{3}}(?:(?P=by)\d{{3}})*)"
    r"(?!\d)(?:[.,]\d+(?![.,]?\d))?|\d+(?:[.,]\d+)?))"
    r"|[^\W\d_]+"
)
_GROUPED = re.compile(rf"([1-9]\d{{0,2}}(?:(?:{_SPACE}\d{{3}})+|([.,’'])\d{{3}}(?:\2\d{{3}})*))([.,]\d+)?")
_SCALED = re.compile(
    rf"{_SPACE}?(?:(?P<short>mds?|bn)(?!\w)|(?P<tied>mds?|bn|mn|mio|[kmb])(?={CURRENCY.pattern}))",
    re.IGNORECASE,
)
_AFTER_SIGN = re.compile(rf"{_SPACE}?(?P<short>bn|mn|[kmb])(?!\w)", re.IGNORECASE)
_SIGN = re.compile(r"[€$£]\s?$")
_GAP = re.compile(r"[\s-]*(?:(?:de|of|and|a)[\s-]+(?:a\s+)?|d['’]\s*|(?P<et>et)[\s-]+)?", re.IGNORECASE)
"""What may stand inside a number: « vingt et un », “two hundred and five”, « une dizaine de milliers »."""
_AFTER_ET = frozenset({"un", "une", "onze"})
_POINT = re.compile(r"\s+(?:virgule|point)\s+", re.IGNORECASE)
_TWO_OF_A_SCALE = re.compile(r"([^\W\d_]+?)s?\s+and\s+[\w-]+\s+\1s?\b", re.IGNORECASE)
_NEW = re.compile(r"\b(?:à|tout|flambant|du|de|comme|est)\s$", re.IGNORECASE)
_PERCENT = re.compile(r"\s*(?:%|pour ?cents?\b|per ?cent\b)", re.IGNORECASE)
_ROUND = Fraction(1, 200)
"""So near to a percentage, a share in words is the same: « un tiers », ``33 %``."""


def numbers_in(text: str) -> Iterator[Found]:
    """The numbers of a text, each once: shares first, then the others, each sort in order."""
    shares = list(shares_in(text))
    yield from shares
    reached = 0  # « vingt pour cent »: its hundred is read already
    for start, end, value in apart(_counts(text), shares):
        if start < reached:
            continue
        unit = _PERCENT.match(text, end)
        if unit and not value.startswith("~"):
            end, value = unit.end(), f"{value}%"
            reached = end
        yield start, end, value


def apart(found: Iterable[Found], taken: Sequence[tuple[int, int, object]]) -> Iterator[Found]:
    """What is found where nothing is taken; both in order."""
    number = 0
    for item in found:
        while number < len(taken) and taken[number][1] <= item[0]:
            number += 1
        if number == len(taken) or taken[number][0] >= item[1]:
            yield item


def is_same_number(one: str, other: str) -> bool:
    """Whether two values are one number; « 20 » is enough for ``20 %``, ``33 %`` for a third."""
    if one == other or one == f"{other}%":
        return True
    shares = [as_share(value) for value in (one, other)]
    if shares[0] is None or shares[1] is None:
        return False
    return abs(shares[0] - shares[1]) < (_ROUND if ("/" in one) != ("/" in other) else Fraction(1, 10**9))


def as_share(value: str) -> Fraction | None:
    """A value that is a part of a whole, as one; ``None`` for others."""
    if value.endswith("%"):
        return Fraction(value[:-1]) / 100
    return Fraction(value) if "/" in value else None


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
        self.extend(start, end)

    def multiply(self, scale: int, start: int, end: int) -> None:
        self.current, self.decimals = self.units, None
        if scale == 100:
            self.current = max(self.current, 1) * scale
        elif self.total and not self.current and self.total < scale:  # mille milliards
            self.total *= scale
        else:
            self.total += (self.current or 1) * scale
            self.current = 0
        self.extend(start, end)

    def extend(self, start: int, end: int) -> None:
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
            return (rest % 10 == 0 and rest >= 20) or (rest % 20 == 10 and amount >= 7)  # dix-sept
        return amount < 20 and rest in (60, 80)


def _with_digits(decimals: str, amount: int) -> str:
    """Digits, and the next word: « vingt » « cinq » are two of them, « zéro » « cinq » are as well."""
    last = int(decimals[-2:] or 0)
    joined = last >= 20 and last % 10 == 0 and (amount < 10 or (amount < 20 and last in (60, 80)))
    return decimals[:-2] + str(last + amount) if joined else decimals + str(amount)


def _counts(text: str) -> Iterator[Found]:
    """Numbers in digits and in words, a scale word after either."""
    own = _Sum()
    before = -1  # where the piece before starts
    for match in _PIECE.finditer(text):
        word = match.group().lower()
        if word not in WORDS and not match["digits"]:
            continue
        start, end, word = match.start(), match.end(), fold(word)
        if own.parts and not _goes_on(own, text, before, match):
            yield from _closed(own, text)
            own = _Sum()
        before = start
        if match["digits"] and own.decimals == "" and word.isdigit():
            own.decimals, own.end = word, end
        elif match["digits"]:
            yield from _closed(own, text)
            own = _Sum(in_digits=True)
            scale, end = _short_scale(text, start, end)
            own.add(_value(match["digits"]), start, match.end())
            if scale:
                own.multiply(scale, start, end)
        elif word in _SCALES or word in _VAGUE:
            own.vague = own.vague or (not own.parts and (word in _VAGUE or word.endswith("s")))
            own.multiply(_SCALES.get(word) or _VAGUE[word], start, end)
        elif word in ("vingt", "vingts") and not own.in_digits and own.current % 100 == 4:
            own.add(76, start, end)  # quatre-vingts
        else:
            amount = _UNITS.get(word, TENS.get(word, 1))
            if not own.takes(amount):
                yield from _closed(own, text)
                own = _Sum()
            if word != "une" or own.parts:  # alone, it is an article
                own.add(amount, start, end)
    yield from _closed(own, text)


def _goes_on(own: _Sum, text: str, before: int, piece: re.Match[str]) -> bool:
    """Whether what stands between two pieces leaves them one number."""
    if gap := _GAP.fullmatch(text, own.end, piece.start()):
        joins = not gap["et"] or piece.group().lower() in _AFTER_ET
        return joins and not _TWO_OF_A_SCALE.match(text, before)
    if own.decimals is None and _POINT.fullmatch(text, own.end, piece.start()):
        own.decimals = ""
        return True
    return False


def _short_scale(text: str, start: int, end: int) -> tuple[int, int]:
    """What ``k€``, ``Md€`` or ``bn`` after digits multiply by, and where they end; 0 for none."""
    found = _SCALED.match(text, end) or (
        _SIGN.search(text[max(0, start - 2) : start]) and _AFTER_SIGN.match(text, end)
    )
    if not found:
        return 0, end
    return _SHORT[found[found.lastgroup or 0].lower()], found.end()


def _value(digits: str) -> float:
    if grouped := _GROUPED.fullmatch(digits):
        return float(re.sub(r"\D", "", grouped[1]) + (grouped[3] or "").replace(",", "."))
    return float(digits.replace(",", "."))


def _closed(own: _Sum, text: str) -> Iterator[Found]:
    if not own.parts:
        return
    written = fold(text[own.start : own.end])
    if own.parts == 1 and written in _ARTICLES:
        return
    if written == "neuf" and _is_new(text, own.start, own.end):
        return
    value = ("~" if own.vague else "") + f"{own.total + own.units:.15g}"
    yield own.start, own.end, value


def _is_new(text: str, start: int, end: int) -> bool:
    """« À neuf »: no nine, unless a word follows."""
    before = _NEW.search(text[max(0, start - 10) : start])
    return before is not None and not text[end : end + 2].strip().isalpha()

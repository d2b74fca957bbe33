"""What the numbers of a text count or measure, and whether two are of one thing. Pure.

Dates and years are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rag.text.analyzer import content_words
from rag.text.markers import denials
from rag.text.numerals import Found
from rag.text.tags import tokenise
from rag.text.values import amounts_in
from rag.types import Span

STEM = 7
"""Words are compared by so many first letters."""
OF_ONE, OF_ONE_SHARE = 2, 0.5
"""So many words besides the unit, and such a share of the shorter clause, two clauses have in common whose
figures are of one thing; more than that, where anything may be measured so. Set by hand."""
MEASURES = frozenset("% € £ $ CHF heure hour minute jour day moi month an année year kilomètr mètre".split())
"""Units in which anything may be measured."""
_CURRENCIES = {"€": "€", "euro": "€", "eur": "€", "$": "$", "dollar": "$", "usd": "$", "£": "£", "pound": "£",
               "livre": "£", "gbp": "£", "franc": "CHF", "chf": "CHF"}  # fmt: skip
_COUNTED = frozenset("wKGLunqHksAz%LTO")
"""Tags of what a number counts (rag/text/tags.py)."""
_NUMBER_WORDS = re.compile(
    r"(?:million|milliard|billion|thousand|hundred|millier|cent|mille|pour|euro|pound|dollar|ann[ée]e|year|jour|day"
    r"|moi|month|an|semaine|week|heure|hour|minute|point|moyenne|average|percent|plu|moin|more|les|[ée]taient"
    r"|[ée]tait|compte|ont|avaient|avait|seulement|only)s?$"
)
"""Words that tell nothing of what a number is of."""
_CLAUSE = re.compile(r"[,;:()–—]\s|\s(?:mais|but|while|alors que|tandis que|(?:et|and)(?!\s\d))\s")


@dataclass(frozen=True, slots=True)
class Measure:
    """A number of a text, and what it counts.

    Attributes:
        value: in the form of :func:`rag.text.values_in`.
        unit: ``%``, a currency, or the beginning of the noun that is counted; empty for none.
        counted: that noun; empty for none.
        start, end: the slice of the number.
        stop: where what it counts ends.
        stems: the beginnings of the words of its clause that tell what the number is of.
    """

    value: str
    unit: str
    counted: str
    start: int
    end: int
    stop: int
    stems: frozenset[str]

    @property
    def number(self) -> float:
        """The number that the value is; 0 for none."""
        try:
            return float(self.value.rstrip("%"))
        except ValueError:
            return 0.0


def is_year(value: str) -> bool:
    """Whether a value may be a year."""
    return len(value) == len("2026") and value[:2] in ("19", "20")


def measures_in(text: str) -> Iterator[Measure]:
    """The numbers of a text with what they count."""
    for start, end, value in amounts_in(text):
        if "-" not in value and not is_year(value):
            yield _measure(text, (start, end, value))


def _measure(text: str, found: Found) -> Measure:
    start, end, value = found
    stop, counted = _counted(text, end)
    money = (sign for name, sign in _CURRENCIES.items() if name in text[start:end].lower())
    unit = "%" if value.endswith("%") else next(money, "")
    own = unit or _stem(counted)
    begin, close = clause_around(text, start, end)
    stems = stems_of(f"{text[begin:start]} {text[end:close]}", counted)
    return Measure(value, own, counted, start, end, end if unit else stop, stems)


def _counted(text: str, end: int) -> tuple[int, str]:
    """The noun that a number counts, and where it ends; empty for none: « soldats », “jobs”."""
    stop, counted = end, ""
    for token in tokenise(text, end, min(len(text), end + 40)):
        if not counted and token.word in ("de", "d'", "of") and token.start - end < 3:
            continue
        if token.tag not in _COUNTED or token.start - stop > 4 or len(token.word) < 3:
            break
        if counted:
            break
        stop, counted = token.end, token.word
    return (stop, counted) if counted else (end, "")


def _stem(word: str) -> str:
    return word.rstrip("sx")[:8]


def clause_around(text: str, start: int, end: int) -> Span:
    """The clause in which a slice of a text stands."""
    ends = [match.span() for match in _CLAUSE.finditer(text)]
    begin = max((b for _, b in ends if b <= start), default=0)
    return begin, min((a for a, _ in ends if a >= end), default=len(text))


def stems_of(text: str, counted: str = "") -> frozenset[str]:
    """The beginnings of the words of a text that tell what it is of: neither units nor what is counted."""
    own = _stem(counted)
    words = (word for word in content_words(text) if word.isalpha() and not _NUMBER_WORDS.match(word))
    return frozenset(word.rstrip("sx")[:STEM] for word in words if not own or _stem(word) != own)


def of_one_thing(one: Measure, other: Measure, counting: bool = False) -> bool:
    """Whether two figures of one unit are of one thing, by the words of their clauses.

    Args:
        counting: whether what both count is one of the words.
    """
    also = int(counting and one.unit not in MEASURES)
    shared, fewer = len(one.stems & other.stems) + also, min(len(one.stems), len(other.stems)) + also
    half = shared - OF_ONE_SHARE * fewer
    enough = half > 0 if one.unit in MEASURES else half >= 0
    return one.unit == other.unit != "" and shared >= OF_ONE and enough


def can_contradict(claim: str, text: str) -> bool:
    """Whether one sentence can contradict another, by its figures and by what it denies.

    It cannot with the same figure, nor with other figures of other things, unless it denies what the other
    states or the other way round.
    """
    ours, theirs = list(measures_in(claim)), list(measures_in(text))
    if not (ours and theirs) or differ(claim, text):
        return True
    if has_same_figure(claim, text):
        return denials(claim) != denials(text)
    return _denies(claim, text) or _denies(text, claim)


def has_same_figure(claim: str, text: str) -> bool:
    """Whether two sentences count as many of something."""
    ours, theirs = ({(each.value, each.unit) for each in measures_in(words)} for words in (claim, text))
    return not ours.isdisjoint(theirs)


def differ(claim: str, text: str) -> bool:
    """Whether two sentences have different figures for one thing, and none in common for it."""
    ours, theirs = list(measures_in(claim)), list(measures_in(text))
    alike = [(a, b) for a in ours for b in theirs if of_one_thing(a, b, counting=True)]
    return any(a.value != b.value for a, b in alike) and not any(a.value == b.value for a, b in alike)


def _denies(text: str, other: str) -> bool:
    """Whether a clause of a text denies what a clause of the other is of."""
    denied = [stems_of(clause) for clause in _clauses(text) if denials(clause)]
    stated = [stems_of(clause) for clause in _clauses(other) if not denials(clause)]
    return any(len(one & two) >= OF_ONE for one in denied for two in stated)


def _clauses(text: str) -> list[str]:
    return _CLAUSE.split(text)

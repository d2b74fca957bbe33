"""The dates of a text: in digits, or with the name of a month in French or English. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.text.folding import fold
from rag.text.lexicon import MONTHS

Day = tuple[int, int, int]
"""Year, month and day, 0 for what is not said."""

_SHORT = {
    "janv": 1, "févr": 2, "fév": 2, "avr": 4, "juil": 7, "sept": 9, "oct": 10, "nov": 11, "déc": 12, "jan": 1,
    "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "dec": 12,
}  # fmt: skip
"""Months cut short: months only beside a day or a year."""
_NAMED = {fold(name): number for names in MONTHS.values() for number, name in enumerate(names, start=1)}
_MONTHS = _NAMED | {fold(name): number for name, number in _SHORT.items()}
_WRITTEN = {*_MONTHS, *_SHORT, "février", "août", "décembre"}
_BEGINNINGS = tuple(sorted({name[:3] for name in _WRITTEN}))
_MONTH = re.compile(rf"\b(?:{'|'.join(sorted(_WRITTEN, key=lambda name: (-len(name), name)))})\b\.?")
_BEFORE = re.compile(r"(?<![\d.,])(?P<day>\d{1,2})(?:er|st|nd|rd|th)?\s+(?:of\s+|de\s+)?$")
_AFTER = re.compile(r"(?:\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?(?!\w|[.,]\d))?(?:,?\s+(?P<year>\d{4})\b)?")
_IN_DIGITS = re.compile(
    r"\b(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)\b"
    r"|(?<![\w./-])(?P<first>\d{1,2})(?P<by>[/.-])(?P<second>\d{1,2})(?P=by)(?P<last>\d{4}|\d\d)(?![\w/-]|\.\d)"
    r"|(?<![\w./-])(?P<of>0?[1-9]|1[0-2])/(?P<in>(?:19|20)\d\d)(?![\w/-]|\.\d)"
)
_LONGEST = 16  # characters of a day before its month
_ALSO_WORDS = frozenset({"may", "march", "mars", "august"})
_SAID = re.compile(r"\b(?:in|since|until|by|during|early|late|next|last|en|de|depuis|fin|d[ée]but|mi)[ -]$")


def dates_in(text: str) -> Iterator[tuple[int, int, Day]]:
    """Where each date stands, with its year, month and day; those in digits first, each sort in order."""
    for match in _IN_DIGITS.finditer(text):
        if date := _in_digits(match):
            yield match.start(), match.end(), date
    small = text.lower()
    if len(small) != len(text) or not any(name in small for name in _BEGINNINGS):
        return
    reached = 0
    for match in _MONTH.finditer(small):
        if found := _around(text, small, match, reached):
            reached = found[1]
            yield found


def _around(text: str, small: str, match: re.Match[str], reached: int) -> tuple[int, int, Day] | None:
    """A month with the day and the year beside it, which stand after ``reached``."""
    month = _MONTHS[fold(match.group()).rstrip(".")]
    low = max(reached, match.start() - _LONGEST)
    before, after = _BEFORE.search(small[low : match.start()]), _AFTER.match(small, match.end())
    if before and after and after["day"]:  # « le 3 mars 20 personnes »
        after = None
    day = int((before and before["day"]) or (after and after["day"]) or 0)
    year = int((after and after["year"]) or 0)
    if day > 31 or not (day or year or _is_month(text, match.start(), match.group())):
        return None
    end = after.end() if after else match.end()
    return (low + before.start() if before else match.start()), end, (year, month, day)


def _in_digits(match: re.Match[str]) -> Day | None:
    if match["of"]:  # 07/2025
        return int(match["in"]), int(match["of"]), 0
    if match["year"]:
        year, month, day = (int(match[name]) for name in ("year", "month", "day"))
    else:
        day, month, year = int(match["first"]), int(match["second"]), _year(match["last"])
    if month > 12 >= day and not match["year"]:
        day, month = month, day  # 07/14/2025
    return (year, month, day) if 0 < month <= 12 and 0 < day <= 31 else None


def _is_month(text: str, start: int, named: str) -> bool:
    """Whether a name alone is that of a month: not “may”, “march on”, nor the planet Mars."""
    if fold(named) not in _NAMED:
        return False
    if named not in _ALSO_WORDS:
        return True
    before = text[max(0, start - _LONGEST) : start]
    if named == "mars":
        return text[start] == "m" or not before.strip()
    if named == "august":
        return text[start] == "A" and before.strip() != ""
    return text[start] == "M" and _SAID.search(before) is not None


def _year(digits: str) -> int:
    """A year of two digits is one of the last seventy or the next thirty."""
    return int(digits) if len(digits) != 2 else int(digits) + (2000 if int(digits) < 70 else 1900)

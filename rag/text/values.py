"""The values of a text, numbers and dates alike, each in one form however it is written. Pure.

``800 000``, « huit cent mille », ``0,8 million``, ``800 k€`` are ``800000``; ``20 %`` and « un cinquième »
are ``20%``; ``14/07/2025`` and « le 14 juillet 2025 » are ``2025-07-14``, « juillet 2025 » ``2025-07``, « le
14 juillet » ``--07-14``, « en juillet » ``--07``. What is about a number counts as it (« près de 800 000 »);
« des milliers » is none.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from rag.text.dates import Day, dates_in
from rag.text.numerals import CURRENCY, WORDS, Found, apart, as_share, numbers_in

_HINTS = (WORDS - {"un", "une", "one"}) | frozenset(
    "demi half moitie moiti quart quarts quarter quarters tiers third thirds".split()
)

_SIGN_BEFORE = re.compile(r"[€$£]\s?$")


def values_in(text: str) -> tuple[Found, ...]:
    """Where the numbers and dates of a text stand, and the one form of each; in order."""
    dates = sorted((start, end, _of_day(day)) for start, end, day in dates_in(text))
    numbers = [(start, end, _of_number(value)) for start, end, value in sorted(numbers_in(text))]
    return tuple(sorted([*dates, *(item for item in apart(numbers, dates) if item[2])]))


def amounts_in(text: str) -> Iterator[Found]:
    """The same, each with the euros, dollars or pounds that it counts: « 800 k€ », “€0.8 million”."""
    for start, end, value in values_in(text):
        before = _SIGN_BEFORE.search(text[max(0, start - 2) : start])
        after = None if before else CURRENCY.match(text, end)
        yield start - len(before.group() if before else ""), after.end() if after else end, value


def may_have_values(words: Collection[str]) -> bool:
    """Whether a text with such folded words can have any; quick."""
    return not _HINTS.isdisjoint(words) or any(not word.isalpha() for word in words)


def terms_of(value: str) -> list[str]:
    """Terms by which a value is found: itself, of a day its month and its day of any year, of ``20%`` 20.

    A month of any year is none: its name finds it.
    """
    if value.endswith("%"):
        return [value, value[:-1]]
    if value.startswith("--"):
        return [value] if len(value) == len("--07-14") else []
    _, _, rest = value.partition("-")
    return [value, value[: len("2025-07")], f"--{rest}"] if len(rest) == len("07-14") else [value]


def _of_day(day: Day) -> str:
    year, month, number = day
    return (f"{year:04d}-" if year else "--") + f"{month:02d}" + (f"-{number:02d}" if number else "")


def _of_number(value: str) -> str:
    """Its form; none of « des milliers », nor of digits too many to be counted."""
    if value.startswith("~") or "e" in value or "n" in value:
        return ""
    share = as_share(value) if "/" in value else None
    return value if share is None else f"{round(100 * share)}%"

"""What the program and the page say in words of our own, in French and English, each thing once.

The tables stand in sections, one a file; a key is in one of them only. Values stand as they were given,
but that a number which a line writes with ``:,`` has its thousands apart as the language does it.
"""

from __future__ import annotations

import re
from functools import cache

from rag.catalogue.answers import ANSWERS
from rag.catalogue.brief import BRIEF
from rag.catalogue.errors import ERRORS
from rag.catalogue.hand import HAND
from rag.catalogue.page import PAGE
from rag.types import Language

CATALOGUE: dict[str, dict[Language, str]] = {**ANSWERS, **BRIEF, **ERRORS, **PAGE, **HAND}

MONTHS: dict[Language, list[str]] = {
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
    "en": "January February March April May June July August September October November December".split(),
}
_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


_BEFORE_MARKS = re.compile(r" (?=[:;!?»%])|(?<=«) ")


class _FrenchNumber(int):
    """A whole number whose thousands stand apart by a thin no-break space where English has a comma."""

    def __format__(self, form: str) -> str:
        return super().__format__(form).replace(",", "\u202f")


@cache
def typeset(text: str, lang: Language) -> str:
    """Words of ours with the no-break spaces that French puts around its marks; others as they are."""
    return _BEFORE_MARKS.sub("\u00a0", text) if lang == "fr" else text


def say(key: str, lang: Language, /, **values: object) -> str:
    """An entry of the catalogue, with its values filled in."""
    if lang == "fr":
        values = {name: _FrenchNumber(v) if type(v) is int else v for name, v in values.items()}
    return typeset(CATALOGUE[key][lang], lang).format(**values)


def date(value: str, lang: Language) -> str:
    """An ISO date in words; anything else as it is."""
    found = _ISO_DATE.fullmatch(value)
    if not found or not 1 <= int(found[2]) <= 12:
        return value
    year, month, day = found[1], MONTHS[lang][int(found[2]) - 1], int(found[3])
    ordinal = "1er" if lang == "fr" and day == 1 else str(day)
    return f"{ordinal} {month} {year}"

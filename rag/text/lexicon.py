"""Words of French and English that several stages look for, told once; and characters that no reader sees."""

from __future__ import annotations

from rag.catalogue import MONTHS as NAMED

MONTHS = {lang: tuple(name.lower() for name in names) for lang, names in NAMED.items()}
"""Names of the months, by language."""

DAYS = (
    *"lundi mardi mercredi jeudi vendredi samedi dimanche".split(),
    *"monday tuesday wednesday thursday friday saturday sunday".split(),
)
"""Names of the days of the week, French then English."""

_FRENCH = "zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
_ENGLISH = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
UNITS = {"fr": tuple(_FRENCH.split()), "en": tuple(_ENGLISH.split())}
"""Numbers in one word from 0 on, folded; each stands at its own number."""

TENS = {
    "vingt": 20, "vingts": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60,
    "septante": 70, "huitante": 80, "octante": 80, "nonante": 90, "twenty": 20, "thirty": 30, "forty": 40,
    "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
"""Tens in one word, folded."""

INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
"""Soft hyphen, zero-width characters, marks of direction, byte order mark."""

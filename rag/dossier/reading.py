"""How long cards take to read out, by the words that are spoken.

Read out are the tag, who says it and when, and of the quote the highlighted words, all of it where none are.
Notes, headings, locators and words that are not highlighted are not. A number counts as many words as it has
when it is spoken: « 2026 » is four, « 800 000 » three. Roughly: « quatre-vingts » is two, “one hundred and
five” three.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.catalogue import date
from rag.dossier.types import Card
from rag.errors import InputError
from rag.text import read_words
from rag.types import Language, Quote

PACE = 150
"""Words a minute, read out at ease."""
PACE_MOST = 999

_NUMBER = re.compile(
    r"(?P<whole>\d{1,3}(?:[ \u00a0\u202f\u2009.,’']\d{3})+(?!\d)|\d+)(?:[.,](?P<decimals>\d{1,2}))?"
    r"(?:ers?|res?|es?|èmes?|st|nd|rd|th)?(?![^\W\d_])[ \u00a0\u202f]?(?P<sign>[%€$£])?"
)
_SCALES = (10**9, 10**6, 10**3, 1)
_SPELT_MOST = 10**12
"""Longer numbers are read digit by digit."""
_YEARS = range(1100, 2100)


@dataclass(frozen=True, slots=True)
class Length:
    """How long it takes to read cards out; ``words`` as they are spoken."""

    cards: int
    words: int
    pace: int

    @property
    def seconds(self) -> int:
        """At ``pace`` words a minute."""
        return round(60 * self.words / self.pace)

    @property
    def time(self) -> str:
        """Minutes and seconds: ``2 min 5 s``."""
        minutes, seconds = divmod(self.seconds, 60)
        return f"{minutes}\u00a0min {seconds}\u00a0s" if minutes else f"{seconds}\u00a0s"


def length(cards: Sequence[Card], pace: int = PACE, lang: Language | None = None) -> Length:
    """How long some cards are.

    Args:
        cards: to be read out, each whole.
        pace: words a minute.
        lang: in which tags and cites are spoken; each quote's own by default.

    Raises:
        InputError: the pace is not above 0.
    """
    if pace < 1:
        raise InputError("dossier_pace_slow", pace=pace)
    return Length(len(cards), sum(_words(card, lang) for card in cards), pace)


def _words(card: Card, lang: Language | None) -> int:
    own: Language = "en" if card.quote.source.language == "en" else "fr"
    said = lang or own
    ours = spoken(card.tag, said) + spoken(cite_read(card.quote, said), said)
    return ours + sum(spoken(text, own) for text in _read(card.quote))


def cite_read(quote: Quote, lang: Language) -> str:
    """Who says it and when, as it is read out before a quote: « M. Costa, 12 mai 2026 »."""
    info = quote.source
    who = quote.speaker or info.author or info.side or info.title
    return ", ".join(filter(None, (who, date(info.date, lang))))


def _read(quote: Quote) -> list[str]:
    """What is read of a quote."""
    return [quote.text[a - quote.start : b - quote.start] for a, b in quote.highlights] or [quote.text]


def spoken(text: str, lang: Language) -> int:
    """How many words a text has when it is read out."""
    numbers = sum(sum(_number(found, lang)) for found in _NUMBER.finditer(text))
    return numbers + len(read_words(_NUMBER.sub(" ; ", text)))


def _number(found: re.Match[str], lang: Language) -> Iterator[int]:
    """The words of a number: the whole, decimals after « virgule », and what it counts."""
    plain = found["whole"].isdecimal()
    whole = int(re.sub(r"\D", "", found["whole"]))
    if lang == "en" and plain and len(found["whole"]) == 4 and whole in _YEARS and whole % 1000 >= 10:
        yield sum(_below_hundred(pair, lang) or 1 for pair in divmod(whole, 100))  # twenty twenty-six
    else:
        yield _whole(whole, lang)
    if found["decimals"]:
        yield 1 + _whole(int(found["decimals"]), lang)
    if found["sign"]:
        yield 2 if (found["sign"], lang) == ("%", "fr") else 1


def _whole(number: int, lang: Language) -> int:
    if number == 0:
        return 1
    if number >= _SPELT_MOST:
        return len(str(number))
    count = 0
    for scale in _SCALES:
        group, number = divmod(number, scale)
        if scale == 1000 and group == 1 and lang == "fr":
            count += 1  # « mille » alone
        elif group:
            count += _below_thousand(group, lang) + (scale > 1)
    return count


def _below_thousand(number: int, lang: Language) -> int:
    hundreds, rest = divmod(number, 100)
    head = 0 if not hundreds else 1 if hundreds == 1 and lang == "fr" else 2
    return head + _below_hundred(rest, lang)


def _below_hundred(number: int, lang: Language) -> int:
    tens, units = divmod(number, 10)
    if number <= (16 if lang == "fr" else 20):
        return 1 if number else 0
    if lang == "en":
        return 2 if units else 1
    if tens < 7:
        return 2 if units else 1
    score = 1 if tens == 7 else 2  # soixante, quatre-vingt
    return score + _below_hundred(number - (60 if tens == 7 else 80), lang)

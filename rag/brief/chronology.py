"""The dated facts of the sources, in order: dates that are said, or sure by the date of the source."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from rag.brief.statements import Statement, Statements
from rag.brief.types import Event
from rag.text import content_words, dates_in
from rag.types import Quote, Span

MOST = 40
"""Most dates; of more, those that are said most precisely and by most sides."""
QUOTED = 3
"""Most quotes of one date."""
SAYS = 3
"""Fewest words that mean something beside a date: « Paris, 6 janvier 2026 » tells no fact."""
ALIKE = 0.8
"""Of sentences so alike of one side one is quoted."""

_YEAR = re.compile(
    r"\b(?:en|depuis|dès|avant|après|d['’]ici(?: à)?|vers|fin|début|mi-|jusqu['’]en|entre|de|l['’]an(?:née)?"
    r"|in|since|by|before|after|until|from|between|during|(?:summer|winter|spring|autumn|season|end"
    r"|beginning|year) of|été|hiver|printemps|automne)\s?(?P<year>(?:18|19|20)\d\d)\b"
    r"(?!\s?(?:[%€$£]|euros|pounds|personnes|people))",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"\s+(?P<word>dernier|passé|prochain|last|next)\b", re.IGNORECASE)
_RELATIVE_BEFORE = re.compile(r"\b(?P<word>last|next)\s+$", re.IGNORECASE)
_ISO = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?$")

_Dated = tuple[Span, str]


def chronology(statements: Statements) -> tuple[Event, ...]:
    """The dates that the sides' sentences give, the earliest first."""
    found: dict[str, list[tuple[Statement, Span]]] = defaultdict(list)
    for said in statements.by_row.values():
        dated: dict[str, Span] = {}
        for span, date in dates_of(said.text, statements.snapshot.infos[said.source].date):
            dated.setdefault(date, span)
        for date, span in dated.items():
            if len(content_words(said.text[: span[0]] + said.text[span[1] :])) >= SAYS:
                found[date].append((said, span))
    events = [Event(date, tuple(_quotes(statements, own))) for date, own in found.items()]
    kept = sorted(events, key=lambda each: (_worth(each), each.date), reverse=True)[:MOST]
    return tuple(sorted(kept, key=lambda each: each.date))


def dates_of(text: str, told: str) -> Iterator[_Dated]:
    """The dates of a text that have a year, said or sure; with their slices.

    Args:
        text: a sentence.
        told: when its source is of, ISO, or empty.
    """
    spans: list[Span] = []
    for start, end, day in sorted(dates_in(text)):
        year, month, number = day
        if not year:
            year, start, end = _sure_year(text, start, end, (month, number), told)
        if year:
            spans.append((start, end))
            yield (
                (start, end),
                "-".join(
                    f"{part:0{4 if n == 0 else 2}d}" for n, part in enumerate(day_of(year, month, number))
                ),
            )
    for match in _YEAR.finditer(text):
        start, end = match.span("year")
        if not any(a < end and start < b for a, b in spans):
            yield (start, end), match["year"]


def day_of(year: int, month: int, number: int) -> tuple[int, ...]:
    """The parts of a date that are said."""
    return tuple(part for part in (year, month, number) if part)


def _sure_year(text: str, start: int, end: int, day: tuple[int, int], told: str) -> tuple[int, int, int]:
    """The year of « le 8 août dernier » in a source of a known day, and the slice with that word; 0: none."""
    after, before = _RELATIVE.match(text, end), _RELATIVE_BEFORE.search(text[:start])
    found, known = after or before, _ISO.match(told.strip())
    if not found or not known or not known[2]:
        return 0, start, end
    month, number = day
    now = (int(known[2]), int(known[3] or 0))
    if now[0] == month and not (number and now[1] and now[1] != number):
        return 0, start, end  # of the same month: this year's or another's, nobody can tell
    is_past = found["word"].lower() in ("dernier", "passé", "last")
    later = (month, number) > now
    year = int(known[1]) + (-1 if is_past and later else 1 if not is_past and not later else 0)
    return year, (before.start() if before and not after else start), (after.end() if after else end)


def _quotes(statements: Statements, dated: Iterable[tuple[Statement, Span]]) -> Iterator[Quote]:
    """The quotes of a date: of each side the best first, none that says nearly the same of one side."""
    ordered = sorted(dated, key=lambda each: (not each[0].alone, -each[0].argues, each[0].row))
    kept: list[Statement] = []
    for said, span in ordered:
        same = [each for each in kept if each.side == said.side]
        if len(kept) < QUOTED and not any(statements.alike([said.row], [e.row])[0, 0] >= ALIKE for e in same):
            kept.append(said)
            yield statements.quote(said.row, span)


def _worth(event: Event) -> tuple[int, int, int]:
    return len({quote.source.side for quote in event.quotes}), event.date.count("-"), len(event.quotes)

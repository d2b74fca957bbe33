"""What a text states that can be right or wrong: its numbers, dates and names, compared. Pure.

A number is what it counts, not how it is written (rag/text/numerals.py); a date is its day, month and year
as far as they are given; a name is its words, a letter or two misspelt.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz

from rag.text.analyzer import is_stopword, words_in
from rag.text.dates import dates_in
from rag.text.numerals import is_same_number, numbers_in
from rag.text.spans import spans_in
from rag.text.tags import tokenise

FactKind = Literal["number", "date", "name"]
Status = Literal["given", "partly", "changed", "missing", "added"]
"""``changed``: another stands in its place; ``added``: the answer has one that is not asked for."""

SPELT = 80.0
"""From this share of equal letters, in per cent, two longer words count as one misspelt."""
SPELT_MIN = 5
"""Shorter words must be the same."""
VAGUE_MOST = 100
"""« Des milliers » are fewer than so many thousands."""

Value = str | tuple[int, int, int] | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """A number, a date or a name, by its slice of a text.

    Attributes:
        value: of a number as in rag/text/numerals.py; of a date year, month and day, 0 for what is not said;
            of a name its folded words.
    """

    kind: FactKind
    start: int
    end: int
    text: str
    value: Value


@dataclass(frozen=True, slots=True)
class Checked:
    """A fact that was expected, beside what was given for it; one of the two is empty where none is."""

    kind: FactKind
    status: Status
    expected: str
    given: str


def facts_in(text: str) -> tuple[Fact, ...]:
    """The numbers, dates and names of a text, in order."""
    found = [Fact("date", start, end, text[start:end], day) for start, end, day in dates_in(text)]
    numbers = (Fact("number", start, end, text[start:end], value) for start, end, value in numbers_in(text))
    for more in (numbers, _names(text)):
        found += [fact for fact in more if not any(_overlap(fact, other) for other in found)]
    return tuple(sorted(found, key=lambda fact: fact.start))


def compare(expected: Sequence[Fact], answer: str, known: str = "") -> tuple[Checked, ...]:
    """What of some facts an answer has.

    Args:
        expected: of the passage.
        answer: any text.
        known: what the question itself shows: its numbers and dates are not counted as the answer's.
    """
    shown = {fact.value for fact in facts_in(known)} - {fact.value for fact in expected}
    days = {str(fact.value[2]) for fact in expected if fact.kind == "date"}  # « le 6 ou le 7 janvier »
    given = [fact for fact in facts_in(answer) if fact.kind != "name"]
    spoken = [word for language in ("fr", "en") for word in words_in(answer, language)]
    spare = [fact for fact in given if fact.value not in shown | days and not _matches_any(fact, expected)]
    checked: list[Checked] = []
    for fact in expected:
        status, said = _found(fact, given, spoken)
        if status == "missing" and fact.kind != "name":
            instead = next((other for other in spare if other.kind == fact.kind), None)
            if instead is not None:
                spare.remove(instead)
                status, said = "changed", instead.text
        checked.append(Checked(fact.kind, status, fact.text, said))
    return (*checked, *(Checked(fact.kind, "added", "", fact.text) for fact in spare))


def _matches_any(fact: Fact, expected: Sequence[Fact]) -> bool:
    return any(_matches(other, fact) != "missing" for other in expected)


def _found(fact: Fact, given: Sequence[Fact], spoken: Collection[str]) -> tuple[Status, str]:
    if fact.kind == "name":
        return _name_status(fact, spoken)
    found = {_matches(fact, other): other.text for other in reversed(given)}
    for status in ("given", "partly"):
        if status in found:
            return status, found[status]
    return "missing", ""


def _matches(expected: Fact, given: Fact) -> Status:
    """Whether a number or a date is the one expected, or part of it."""
    one, other = expected.value, given.value
    if one == other or is_same_number(str(one), str(other)):
        return "given"
    if expected.kind == given.kind == "number":
        return "partly" if _is_about(str(one), str(other)) else "missing"
    if expected.kind != "date":
        return "missing"
    if given.kind == "number":  # a year alone
        return "partly" if other == str(one[0]) else "missing"
    pairs = list(zip(one, other, strict=True)) if given.kind == "date" else []
    if not pairs or any(a != b for a, b in pairs if a and b):
        return "missing"
    return "given" if all(b for a, b in pairs if a) else "partly"


def _is_about(one: str, other: str) -> bool:
    """Whether one of two numbers is vague and the other of its size: « des milliers », 5 000."""
    vague, exact = (one, other) if one.startswith("~") else (other, one)
    if not vague.startswith("~") or not exact[-1:].isdigit() or exact.startswith("~") or "/" in exact:
        return False
    return float(vague[1:]) <= float(exact) < VAGUE_MOST * float(vague[1:])


def _name_status(fact: Fact, spoken: Collection[str]) -> tuple[Status, str]:
    """A name is given when its last word is, as a person's family name; partly when another one is."""
    own = [str(word) for word in fact.value]
    said = [word for word in own if any(is_spelt(word, other) for other in spoken)]
    if own and own[-1] in said:
        return "given", " ".join(said)
    return ("partly", " ".join(said)) if said else ("missing", "")


def is_spelt(word: str, other: str) -> bool:
    """Whether two folded words are the same, or a long one misspelt."""
    if word == other:
        return True
    return min(len(word), len(other)) >= SPELT_MIN and fuzz.ratio(word, other) >= SPELT


def _overlap(one: Fact, other: Fact) -> bool:
    return one.start < other.end and other.start < one.end


def _names(text: str) -> Iterator[Fact]:
    tokens = tokenise(text)
    for first, last in spans_in("name", tokens):
        start, end = tokens[first].start, tokens[last - 1].end
        own = tuple(word for word in words_in(text[start:end], "fr") if not is_stopword(word))
        if own:
            yield Fact("name", start, end, text[start:end], own)

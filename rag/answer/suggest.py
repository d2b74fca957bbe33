"""Further questions that the sources answer, made of their own words; no model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from rag.answer.assistant import Assistant
from rag.answer.candidates import Candidate, Kind, of_sentences, of_subjects
from rag.answer.material import Material, Place
from rag.store import Snapshot
from rag.text import content_words
from rag.types import Answer, Language, Quote

SUGGESTED = 3
"""Most questions suggested at a time."""
TRIED = 6
"""Most questions that are asked to find those, as each takes as long as an answer."""
AROUND = 1500
"""Sentences are taken from so far before and after a quote, in characters."""
SOURCES = 4
"""Questions to begin with are about so many sources, of as many sides as there are."""
OF_A_KIND = 2
"""Most questions of a kind among them."""
OF_A_SUBJECT = 2
"""Most questions about one subject that are tried."""
ALIKE = 0.5
"""Two questions are too alike when they share this part of the words of the shorter."""

Turns = tuple[tuple[Kind, ...], ...]
_OPENING: Turns = (
    ("number",),
    ("asked", "stance", "side", "reply"),
    ("reason", "who", "date"),
    ("sources",),
)
_FOLLOWING: Turns = (
    ("side", "reply"),
    ("asked", "reason", "number"),
    ("stance", "who", "date"),
    ("sources",),
)
"""Kinds of questions in the order of their turns; those of one turn stand for each other."""


def follow_ups(assistant: Assistant, answer: Answer) -> tuple[str, ...]:
    """Questions about what stands near the quotes of an answer; each is answered, by other quotes too.

    Raises:
        StoreError: there is no index.
    """
    quotes = answer.quotes or answer.near
    shown = [_place(quote) for quote in quotes]

    def near(snapshot: Snapshot) -> list[Candidate]:
        quoted = [n for quote in quotes if (n := snapshot.number_of(quote.source.id)) is not None]
        numbers = list(dict.fromkeys([*quoted, *_first_sources(snapshot)]))[: SOURCES + 1]
        material = Material(snapshot, numbers)
        around = [(source, start - AROUND, end + AROUND) for source, start, end in shown]
        heard = frozenset(quote.source.side for quote in answer.quotes)
        return [
            *_made(material, answer.lang, _FOLLOWING, around, shown, heard),
            *_made(material, answer.lang, _FOLLOWING),
        ]

    asked = answer.rewritten_question or answer.question
    return _answered(assistant, assistant.index.read(near), answer.lang, shown, asked)


def openers(assistant: Assistant, lang: Language) -> tuple[str, ...]:
    """Questions to begin with, about what several of the first sources speak of.

    Raises:
        StoreError: there is no index.
    """

    def opening(snapshot: Snapshot) -> list[Candidate]:
        return _made(Material(snapshot, _first_sources(snapshot)), lang, _OPENING)

    return _answered(assistant, assistant.index.read(opening), lang, [], "")


def _first_sources(snapshot: Snapshot) -> list[int]:
    """Numbers of the first source of each side, then of others."""
    first: dict[str | None, int] = {}
    for number, info in enumerate(snapshot.infos):
        sides: list[str | None] = [*sorted(info.sides)]
        for side in sides or [None]:
            first.setdefault(side, number)
    return list(dict.fromkeys([*first.values(), *range(min(len(snapshot.infos), SOURCES))]))[:SOURCES]


def _made(
    material: Material,
    lang: Language,
    turns: Turns,
    around: Sequence[Place] | None = None,
    shown: Sequence[Place] | None = None,
    heard: frozenset[str | None] = frozenset(),
) -> list[Candidate]:
    """Candidates with kinds that take turns, in each the worthiest first.

    Args:
        material: of some sources.
        lang: of the questions.
        turns: of the kinds; those of the last come after all others.
        around: where the sentences stand that are turned around; anywhere by default.
        shown: where the subjects stand that are asked about; anywhere by default.
        heard: sides of whom nothing more is asked.
    """
    found = [*of_sentences(material, lang, around), *of_subjects(material, lang, shown, heard)]
    ranked = sorted(found, key=lambda each: -each.worth)
    of_kind = {kind: [each for each in ranked if each.kind == kind] for kinds in turns for kind in kinds}
    queues = [_alternately([of_kind[kind] for kind in kinds]) for kinds in turns]
    return [*_alternately(queues[:-1]), *queues[-1]]


def _alternately(queues: Sequence[Sequence[Candidate]]) -> list[Candidate]:
    return [each for turn in zip_longest(*queues) for each in turn if each]


def _answered(
    assistant: Assistant, tried: Iterable[Candidate], lang: Language, shown: Iterable[Place], asked: str
) -> tuple[str, ...]:
    """The questions to which the first quote is what they are made of, and not shown yet."""
    by_quotes = Assistant(assistant.index)  # no model is asked for what may never be
    found: list[Candidate] = []
    for count, each in enumerate(_unlike(tried, frozenset(content_words(asked)), found), start=1):
        first = next(iter(by_quotes.ask(each.question, lang=lang).quotes), None)
        if first and _overlap(first, each.places) and not _overlap(first, shown):
            found.append(each)
        if len(found) == SUGGESTED or count == TRIED:
            break
    return tuple(each.question for each in found)


def _unlike(tried: Iterable[Candidate], asked: frozenset[str], found: list[Candidate]) -> Iterator[Candidate]:
    """Candidates that are not nearly what was asked, nor what was found before; each once."""
    seen: set[str] = set()
    about: Counter[frozenset[str]] = Counter()
    for each in tried:
        others = [asked, *(other.words for other in found)]
        alike = any(
            len(each.words & other) >= ALIKE * min(len(each.words), len(other)) for other in others if other
        )
        same = any(len(each.places) == 1 and each.places <= other.places for other in found)
        if alike or same or each.question in seen or about[each.words] == OF_A_SUBJECT:
            continue
        if sum(each.kind == other.kind for other in found) < OF_A_KIND:
            seen.add(each.question)
            about[each.words] += 1
            yield each


def _overlap(quote: Quote, places: Iterable[Place]) -> bool:
    return any(
        quote.source.id == source and quote.start < end and start < quote.end for source, start, end in places
    )


def _place(quote: Quote) -> Place:
    return quote.source.id, quote.start, quote.end

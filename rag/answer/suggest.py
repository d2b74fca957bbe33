"""Further questions that the sources answer, made of their own words; no model."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from rag.answer.assistant import Assistant
from rag.catalogue import say
from rag.store import Snapshot
from rag.text import fold, is_stopword
from rag.types import Answer, Language, Quote

SUGGESTED = 3
"""Most questions suggested at a time."""
TRIED = 6
"""Most questions that are asked to find those, as each takes as long as an answer."""
AROUND = 4
"""Topics are taken from this many passages before and after a quote."""
REPEATED = 2
"""What is a topic of a source is said in it at least this often."""
WORD_MIN = 4
"""The words that a topic begins and ends with have at least as many letters."""
TOPIC_WORDS = 4
"""Most words of a topic."""

WINDOW = 20_000
"""Repetitions are counted this far before and after, in characters."""

_LINKS = frozenset("de du des d of et and pour for à aux au la le les l the to".split())
"""Words that may stand inside a topic."""
_PREPOSITIONS = frozenset(
    "contre vers avec avant après pendant entre depuis selon parmi malgré against with from into during "
    "between under about before after toward towards among despite according autour "
    "chaque plusieurs around each every several".split()
)
"""Words with which no topic begins or ends."""
_WORD = r"[^\W\d_]+(?:[-\u2010\u2011][^\W\d_]+)*"
_RUN = re.compile(rf"{_WORD}(?:[ \u00a0\u202f]{_WORD}|[’']{_WORD})*")
_TOKEN = re.compile(_WORD)


def follow_ups(assistant: Assistant, answer: Answer) -> tuple[str, ...]:
    """Questions about what stands near the quotes of an answer; each is answered, by other quotes too.

    Raises:
        StoreError: there is no index.
    """
    quotes = answer.quotes or answer.near
    near = assistant.index.read(lambda snapshot: list(_topics_near(snapshot, quotes)))
    asked = set(_content(answer.rewritten_question or answer.question))
    shown = {(quote.source.id, quote.start) for quote in quotes}
    return _answered(assistant, (t for t in near if not asked & set(_content(t))), answer.lang, shown)


def openers(assistant: Assistant, lang: Language) -> tuple[str, ...]:
    """Questions to begin with, about topics that the first sources open with.

    Raises:
        StoreError: there is no index.
    """

    def opening(snapshot: Snapshot) -> list[str]:
        found = [
            topics_in(snapshot, n, range(2 * AROUND)) for n in range(min(len(snapshot.infos), SUGGESTED))
        ]
        return [topic for each in zip(*map(_padded, found), strict=True) for topic in each if topic]

    return _answered(assistant, assistant.index.read(opening), lang, set())


def _padded(topics: Sequence[str]) -> list[str]:
    return [*topics, *[""] * TRIED][:TRIED]


def _answered(
    assistant: Assistant, tried: Iterable[str], lang: Language, shown: set[tuple[str, int]]
) -> tuple[str, ...]:
    """The questions about topics that get an answer with something not shown yet."""
    by_quotes = Assistant(assistant.index)  # no model is asked for what may never be
    found: list[str] = []
    words: set[str] = set()
    for topic in list(tried)[:TRIED]:
        if words & set(_content(topic)):
            continue  # too like the one before
        question = say("about", lang, topic=topic)
        answer = by_quotes.ask(question, lang=lang)
        if any((quote.source.id, quote.start) not in shown for quote in answer.quotes):
            found.append(question)
            words |= set(_content(topic))
        if len(found) == SUGGESTED:
            break
    return tuple(found)


def _topics_near(snapshot: Snapshot, quotes: Sequence[Quote]) -> Iterator[str]:
    for source_id in dict.fromkeys(quote.source.id for quote in quotes):
        number = snapshot.number_of(source_id)
        if number is None:
            continue
        starts = snapshot.passages["start"][snapshot.passages["source"] == number]
        near: dict[int, None] = {}
        for quote in quotes:
            if quote.source.id == source_id:
                own = int(starts.searchsorted(quote.start, side="right")) - 1
                near |= dict.fromkeys(range(own - AROUND, own + AROUND + 1))
        yield from topics_in(snapshot, number, near)


def topics_in(snapshot: Snapshot, number: int, passages: Iterable[int]) -> list[str]:
    """Topics of some passages of a source, the most repeated first; passages it has not are skipped."""
    text, columns = snapshot.source(number).text, snapshot.passages
    rows = (columns["source"] == number).nonzero()[0]
    counts: dict[str, int] = {}
    for row in (int(rows[passage]) for passage in passages if 0 <= passage < len(rows)):
        start, end = int(columns["start"][row]), int(columns["end"][row])
        around = text[max(0, start - WINDOW) : end + WINDOW].casefold()
        for phrase in phrases(text[start:end]):
            if phrase not in counts:
                counts[phrase] = around.count(phrase.casefold())
    repeated = {phrase: count for phrase, count in counts.items() if count >= REPEATED}
    return sorted(repeated, key=lambda phrase: (-repeated[phrase] * len(_content(phrase)), phrase))[:TRIED]


def phrases(text: str) -> Iterator[str]:
    """Runs of two to four words that begin and end with a word that means something, as they stand."""
    for run in _RUN.finditer(text):
        tokens = list(_TOKEN.finditer(run[0]))
        for first, token in enumerate(tokens):
            if not _means(token[0]):
                continue
            for last in range(first + 1, min(first + TOPIC_WORDS, len(tokens))):
                word = tokens[last][0]
                if _means(word):
                    yield run[0][token.start() : tokens[last].end()]
                elif word.casefold() not in _LINKS:
                    break


def _means(word: str) -> bool:
    folded = fold(word)
    return len(word) >= WORD_MIN and word.casefold() not in _PREPOSITIONS and not is_stopword(folded)


def _content(text: str) -> list[str]:
    return [fold(word) for word in _TOKEN.findall(text) if _means(word)]

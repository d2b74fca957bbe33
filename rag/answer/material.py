"""Of what questions are made: the sentences that some sources open with, and what their words tell."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from rag.answer.naming import Named, named_side
from rag.quotes import quotable_span
from rag.store import Snapshot
from rag.text import Genders, content_words, fold, subjects_in
from rag.types import Language, Span

SENTENCES = 150
"""So many sentences of a source are looked at: of a long one, those that it opens with."""
SUBJECTS = 6
"""Most subjects that questions are made of, the most spoken of first."""
MENTIONS_MIN = 3
"""What sources speak of stands in at least so many sentences of two of them."""
MENTIONS_MIN_COMPOUND = 1
"""Of any of them, where it tells of what: « la coopération de défense »."""
MENTIONS_MOST = 12
"""More mentions of a subject than these make it no worthier."""

Place = tuple[str, int, int]
"""Id of a source, and a slice of its text."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that can be quoted.

    Attributes:
        source: its id.
        side: of who says it.
        lang: of the source.
        span: its slice.
        text: its words.
        words: those that mean something, folded.
    """

    source: str
    side: str | None
    lang: Language
    span: Span
    text: str
    words: frozenset[str]

    @property
    def place(self) -> Place:
        """Where it stands."""
        return (self.source, *self.span)

    def is_in(self, places: Iterable[Place] | None) -> bool:
        """Whether it has words in one of some slices; in any, where none are given."""
        return places is None or any(
            self.source == source and self.span[0] < end and start < self.span[1]
            for source, start, end in places
        )


@dataclass(frozen=True, slots=True)
class Subject:
    """What sources speak of: its words, their language, and the sentences that have it."""

    phrase: str
    lang: Language
    mentions: tuple[Sentence, ...]

    @property
    def by_side(self) -> dict[str | None, list[Sentence]]:
        """The sentences of each side."""
        found: dict[str | None, list[Sentence]] = defaultdict(list)
        for each in self.mentions:
            found[each.side].append(each)
        return found


class Material:
    """The sentences that some sources of a snapshot open with.

    Args:
        snapshot: they are read from it.
        numbers: of the sources.
    """

    def __init__(self, snapshot: Snapshot, numbers: Sequence[int]) -> None:
        self.sentences = [each for number in numbers for each in _of_source(snapshot, number)]
        self._sources_of: dict[str, set[str]] = defaultdict(set)
        for each in self.sentences:
            for word in each.words:
                self._sources_of[word].add(each.source)

    @cached_property
    def genders(self) -> Genders:
        """The genders of French nouns."""
        return Genders(each.text for each in self.sentences if each.lang == "fr")

    @cached_property
    def _names(self) -> dict[tuple[str, Language], Named | None]:
        """How people name the sides, in the languages of their sources."""
        texts: dict[Language, list[str]] = defaultdict(list)
        for each in self.sentences:
            texts[each.lang].append(each.text)
        known = {(each.side, each.lang) for each in self.sentences if each.side}
        return {
            (side, lang): named_side(side, lang, ["\n".join(texts[lang])]) for side, lang in known if side
        }

    def named(self, side: str | None, lang: Language) -> Named | None:
        """How people name a side in a language that it speaks; ``None`` where nothing tells."""
        return self._names.get((side, lang)) if side else None

    def worth(self, words: frozenset[str]) -> float:
        """The share of some words that more than one source has."""
        return sum(len(self._sources_of.get(word, ())) > 1 for word in words) / max(len(words), 3)

    def subjects(self, inside: Sequence[Place] | None) -> list[Subject]:
        """What the sources speak of most; of what stands in some slices only, where they are given."""
        found: dict[tuple[str, Language], list[Sentence]] = defaultdict(list)
        certain: set[tuple[str, Language]] = set()
        wanted: set[tuple[str, Language]] = set()
        for each in self.sentences:
            for mention in subjects_in(each.text, each.lang):
                key = mention.phrase, each.lang
                found[key].append(each)
                certain |= {key} if mention.certain else set()
                wanted |= {key} if each.is_in(inside) else set()
        sides = {fold(each.side or "").split(" ")[0] for each in self.sentences}
        ranked: list[tuple[float, Subject]] = []
        for phrase, lang in wanted & certain:
            own = Subject(phrase, lang, tuple(dict.fromkeys(found[phrase, lang])))
            sources, count = len({each.source for each in own.mentions}), len(own.mentions)
            compound = re.search(r" d(?:e |u |’)", phrase) is not None
            enough = (count >= MENTIONS_MIN and sources > 1) or (compound and count >= MENTIONS_MIN_COMPOUND)
            if enough and not sides & set(content_words(phrase)):
                ranked.append((sources + min(count, MENTIONS_MOST) / 4 + compound, own))
        ranked.sort(key=lambda item: (-item[0], item[1].phrase))
        return [subject for _, subject in ranked[:SUBJECTS]]


def _of_source(snapshot: Snapshot, number: int) -> Iterator[Sentence]:
    source, columns = snapshot.source(number), snapshot.sentences
    lang: Language = "en" if source.info.language == "en" else "fr"
    first = int(snapshot.first_rows["sentence"][number])
    for row in range(first, min(first + SENTENCES, len(columns["start"]))):
        if int(columns["source"][row]) != number:
            break
        if columns["quotable"][row]:
            span = quotable_span(source.text, *snapshot.span("sentence", row))
            text = source.text[slice(*span)]
            side = snapshot.info_at(row).side
            yield Sentence(source.id, side, lang, span, text, frozenset(content_words(text)))

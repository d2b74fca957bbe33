"""The questions that sentences of the sources give, by rule or of a set; questions.py chooses among them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from rag.drill.question_set import Fitting, fitting, for_each_side, load_set
from rag.drill.sentences import WORDS_MIN, Sentences
from rag.drill.topics import topics_in
from rag.drill.types import Hidden, Kind
from rag.settings import Settings
from rag.text import content_start, content_words, facts_in, spans_in, terms, tokenise, words_in
from rag.types import Span, Voice

PART_MIN = 3
"""Fewest words that mean something in each part of a sentence that is to be completed."""
HIDDEN_MOST = 0.4
"""Most of a sentence that is hidden as one fact."""
COMMONPLACE = 0.2
"""A name in more than this share of the sentences of its source is too easy to guess."""
CUT_BETWEEN = (0.3, 0.7)
"""A sentence that is to be completed is cut between these shares of its length."""
_MEASURES = frozenset("nbu%q")
"""Tags of numbers and units (rag/text/tags.py): « milliards de dollars » is no topic."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A question that could be made of a sentence: which part of it is hidden, or for whom one speaks.

    A question of the set belongs to the sentence in which the first passage that answers it begins.
    """

    kind: Kind
    row: int
    part: Span | None = None
    hidden: Hidden | None = None
    side: str | None = None
    of_set: Fitting | None = None


class Drafts:
    """The questions that the sentences of one snapshot give.

    Args:
        settings: they say where the question set is.
        sentences: of the snapshot.
    """

    def __init__(self, settings: Settings, sentences: Sentences) -> None:
        self.settings = settings
        self.sentences = sentences
        self.snapshot = sentences.snapshot
        self.sides = self.snapshot.sides

    def of(self, kind: Kind, row: int, side: str | None) -> Iterator[Draft]:
        """The questions of a kind that a sentence gives, for a side or for any."""
        if kind == "blank":
            for hidden, span in self._facts(row):
                yield Draft(kind, row, span, hidden)
        elif kind == "complete":
            for at in self._cuts(row):
                yield Draft(kind, row, (at, self.sentences.span(row)[1]))
        elif kind == "about":
            for span in self._topics(row):
                yield Draft(kind, row, span)
        elif kind == "who":
            if len(self._voices()) > 1 and not self._tells_itself(row):
                yield Draft(kind, row)
        elif kind == "asked":
            yield from (d for d in self.asked.get(row, ()) if d.of_set and d.of_set.is_for(side))
        else:
            own = self.sentences.voice(row).side
            for each in self.sides if own is not None else ():
                if each != own and side in (None, each):
                    yield Draft(kind, row, side=each)

    @cached_property
    def asked(self) -> dict[int, list[Draft]]:
        """The questions of the set, by sentence."""
        found: dict[int, list[Draft]] = {}
        for each in fitting(load_set(self.settings), self.snapshot):
            for fits in for_each_side(each, self.snapshot):
                first = fits.places[0]
                row = self.snapshot.row_at("sentence", first.number, first.start)
                found.setdefault(row, []).append(Draft("asked", row, side=fits.side, of_set=fits))
        return found

    def rows_with(self, draft: Draft) -> set[int]:
        """The sentences that a draft is made of."""
        if draft.of_set is None:
            return {draft.row}
        ends = [
            [self.snapshot.row_at("sentence", place.number, at) for at in (place.start, place.end - 1)]
            for place in draft.of_set.places
        ]
        return {row for first, last in ends for row in range(first, last + 1)}

    def _facts(self, row: int) -> Iterator[tuple[Hidden, Span]]:
        """What can be hidden in a sentence: what is nowhere else in what is shown, and no commonplace."""
        start, end = self.sentences.span(row)
        text = self.sentences.source_text(row)
        for hidden, a, b in _hideable(text[start:end]):
            span = (start + a, start + b)
            rest = f"{text[start : span[0]]} {text[span[1] : end]} {self.sentences.voice(row).title}"
            told = set(words_in(rest, "fr"))
            if b - a > HIDDEN_MOST * (end - start) or told.issuperset(words_in(text[slice(*span)], "fr")):
                continue
            if hidden != "name" or not self._is_commonplace(row, text[slice(*span)]):
                yield hidden, span

    def _is_commonplace(self, row: int, name: str) -> bool:
        """Whether many sentences of a source have the name, so that it could be guessed."""
        stems = terms(name, self.sentences.voice(row).language)
        frequency = min(map(self.snapshot.lexical.frequency, stems), default=0)
        own = self.snapshot.rows_in("sentence", self.sentences.number(row))
        return frequency > max(COMMONPLACE * len(own), 2)

    def _cuts(self, row: int) -> Iterator[int]:
        """Where a sentence can be cut so that what follows is worth completing: before a clause, « pour »."""
        start, end = self.sentences.span(row)
        text = self.sentences.source_text(row)
        tokens = tokenise(text, start, end)
        low, high = (start + share * (end - start) for share in CUT_BETWEEN)
        for before, token in pairwise(tokens):
            opens = (
                before.tag in ",;"
                or (token.tag in "PtQ" and before.tag != "t")
                or token.word in {"qui", "who", "which", "that"}
            )
            parts = text[start : token.start], text[token.start : end]
            enough = min(len(content_words(part)) for part in parts) >= PART_MIN
            if opens and enough and low <= token.start <= high and token.tag.isalpha():
                yield token.start

    def _topics(self, row: int) -> Iterator[Span]:
        """Topics that a source comes back to, where a sentence has them; see :mod:`rag.drill.topics`."""
        start, end = self.sentences.span(row)
        text, number = self.sentences.source_text(row), self.sentences.number(row)
        first = self.snapshot.first_rows["passage"]
        passage = int(self.snapshot.sentences["passage"][row]) - int(first[number])
        for topic in topics_in(self.snapshot, number, [passage]):
            at = text.find(topic, start, end)
            others = set(content_words(text[start:end])) - set(content_words(topic))
            measures = any(token.tag in _MEASURES for token in tokenise(topic))
            if at >= 0 and not measures and len(others) >= WORDS_MIN - 1:
                yield at, at + len(topic)

    def _voices(self) -> set[str]:
        """Who may have said something: sides, or where there are none sources and those who speak in them."""
        return set(self.sides) or {_told_apart(voice) for voice in self.snapshot.heard.voices}

    def _tells_itself(self, row: int) -> bool:
        """Whether a sentence names its side, title or speaker, or another side has the very same words."""
        info, text = self.sentences.voice(row), self.sentences.text(row)
        said = set(words_in(text, "fr"))
        called = {
            word
            for name in (info.side or "", info.title, info.speaker or "")
            for word in words_in(name, "fr")
            if len(word) > 3
        }
        if (info.side is None and self.sides) or said & called:
            return True
        found = self.snapshot.concordance.find(self.snapshot.concordance.read(text))
        return len({self._voice(int(place)) for place in found}) > 1

    def _voice(self, place: int) -> str:
        """Who says a word of the concordance."""
        words = self.snapshot.concordance
        row = self.snapshot.row_at("sentence", words.source_of(place), words.start_of(place))
        return _told_apart(self.sentences.voice(row))


def _told_apart(voice: Voice) -> str:
    return voice.side or voice.speaker or voice.id


def _hideable(text: str) -> Iterator[tuple[Hidden, int, int]]:
    """Numbers, dates, names and quoted words of a sentence, apart from each other."""
    found: list[tuple[Hidden, int, int]] = []
    tokens = tokenise(text)
    for begin, end in spans_in("quoted", tokens):
        first, last = tokens[begin].start, tokens[end - 1].end
        if content_words(text[first:last]):
            found.append(("quoted", first, last))
    for fact in facts_in(text):
        whole = fact.kind != "name" or not _is_part_of_name(text, fact.start, fact.end)
        if whole and not any(fact.start < b and a < fact.end for _, a, b in found):
            year = fact.kind == "number" and re.fullmatch(r"(?:1[5-9]|20)\d\d", fact.text)
            found.append(("date" if year else fact.kind, fact.start, fact.end))
    return iter(sorted(found, key=lambda item: item[1]))


def _is_part_of_name(text: str, start: int, end: int) -> bool:
    """Whether a name begins the sentence, or goes on at either end (« Unies » of « Nations Unies »)."""
    begins = content_start(text, 0, len(text)) == start
    before, after = text[:start].split(), text[end:].split()
    touching = text[end : end + 1] == "/" or text[start - 1 : start] == "/"
    capital = bool(before and before[-1][0].isupper() and not before[-1].endswith((".", ",", ":", ";")))
    follows = bool(after and text[end : end + 1].isspace() and after[0][0].isupper())
    elided = bool(before) and len(before[-1]) < 3  # L’Europe
    return begins or touching or follows or (capital and not elided and len(before) > 1)

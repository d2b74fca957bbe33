"""Which of the ranked sentences are quoted: those that answer, of every side that does."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher

import numpy as np

from rag.errors import QuoteError
from rag.quotes import check, cut
from rag.search import ANSWERABLE, Hits, Query
from rag.store import Snapshot
from rag.text import fold, numbers_in
from rag.types import Quote, Span

logger = logging.getLogger(__name__)

PER_SIDE = 3
"""Most quotes of one side in an answer."""
RELEVANT = 0.1
"""A further quote of a side must have at least this share of the odds of the best of that side."""
HEARD = ANSWERABLE
"""Another side is heard when its best sentence, taken alone, would be held to answer."""
HEARD_WHEN_ASKED = 0.1
"""The probability that is enough when the question asks for every side."""
LISTED = 5
"""Most items quoted for a question that their common lead-in answers."""
NEIGHBOUR = 0.3
"""A neighbouring sentence of the same passage with at least this share of the odds of the one quoted is
quoted with it."""
JOINED_MAX = 450
"""Sentences are not joined into a quote longer than this, in characters."""
MARKED = 0.5
"""Words are marked when the reader is so sure of them: where it is so sure or little surer, three in four and
more are right, on the invented debates kept for checking."""
NEAREST = 3
"""How many near passages are offered when the sources do not say."""

_LEANING_START = re.compile(
    r"(?:(?:Elles?|Ils|Celui-ci|Celle-ci|Ceux-ci|Celles-ci|Cela|Ceci|Son|Sa|Ses|Leurs?"
    r"|He|She|They|It|His|Her|Its|Their)\b"
    r"|Il (?!(?:y|faut|s’agit|s'agit|convient|semble|reste|importe|existe|en va|se peut|a été)\b))"
)


class Evidence:
    """Picks the quotes of an answer among the hits."""

    def __init__(self, snapshot: Snapshot, query: Query, hits: Hits) -> None:
        self.snapshot = snapshot
        self.query = query
        self.hits = hits
        self._scores = dict(zip(hits.sentences.tolist(), hits.sentence_scores.tolist(), strict=True))
        self._quoted: set[int] = set()
        self._folded: dict[int, str] = {}

    def quotes(self, most: int) -> list[Quote]:
        """Checked quotes, best first; of each side that has something relevant."""
        chosen: list[Quote] = []
        best_of: dict[str | None, float] = {}
        taken: Counter[str | None] = Counter()
        hits = self.hits
        question = self.query.question
        wide = question.asks_every_side or question.request.kind in ("topic", "compare")
        heard = HEARD_WHEN_ASKED if wide else HEARD
        for row, probability, score in zip(
            hits.sentences, hits.probabilities, hits.sentence_scores, strict=True
        ):
            if len(chosen) >= most:
                break
            party = self._party(int(row))
            best_of.setdefault(party, float(score))
            opens = not taken[party] and (not chosen or probability >= heard)
            follows = 0 < taken[party] < PER_SIDE and score >= RELEVANT * best_of[party]
            if not (opens or follows):
                continue
            for quote in self._quotes_for(int(row), float(score), float(probability)):
                if len(chosen) < most and not any(_same(quote, other) for other in chosen):
                    chosen.append(quote)
                    taken.update(dict.fromkeys(quote.sides, 1) if quote.sides else [party])
        return chosen

    def chosen(self, rows: Sequence[int], score: float = 1.0) -> list[Quote]:
        """Sentences chosen already, each a quote of its own, in their order; none twice."""
        found = [self._alone(row, score) for row in dict.fromkeys(rows)]
        return [quote for quote in found if quote is not None]

    def nearest(self) -> list[Quote]:
        """Nearest sentences, one a passage, for when the sources do not say."""
        found: list[Quote] = []
        for row, score in zip(self.hits.sentences, self.hits.sentence_scores, strict=True):
            if len(found) >= NEAREST:
                break
            for quote in self._quotes_for(int(row), float(score), 0.0):
                if len(found) < NEAREST and not any(_same(quote, other) for other in found):
                    found.append(quote)
        return found

    def _quotes_for(self, row: int, score: float, likely: float) -> list[Quote]:
        """The quotes that a sentence makes: itself, or for a lead-in the items that it introduces.

        Of a sentence the words that answer are marked; items answer whole.
        """
        rows = [row]
        if self._announces(row):
            rows, likely = self._introduced(row)[:LISTED], 0.0
        found = [self._quote(each, score, likely) for each in rows if each not in self._quoted]
        return [quote for quote in found if quote is not None]

    def _announces(self, row: int) -> bool:
        return self.snapshot.text_of("sentence", row).rstrip().endswith(":")

    def _introduced(self, row: int) -> list[int]:
        columns = self.snapshot.sentences
        own = self.snapshot.rows_in("sentence", int(columns["source"][row]))
        leads = columns["lead_start"][own.start : own.stop]
        return [own[found] for found in np.flatnonzero(leads == columns["start"][row]).tolist()]

    def _party(self, row: int) -> str | None:
        """For whom a sentence speaks: a side, without one the speaker."""
        return self.snapshot.info_at(row).side or self.snapshot.speaker_at(row)

    def _quote(self, row: int, score: float, likely: float) -> Quote | None:
        """The checked quote that a sentence makes; ``None`` when it fails its check."""
        return self._of_rows(row, self._joined(row), score, likely)

    def _alone(self, row: int, score: float) -> Quote | None:
        return self._of_rows(row, [row], score, 0.0)

    def _of_rows(self, row: int, rows: Sequence[int], score: float, likely: float) -> Quote | None:
        self._quoted.update(rows)
        source = self.snapshot.sentence(row)[0]
        sentences = [self.snapshot.sentence(r)[1] for r in rows]
        quote = cut(source, sentences, self._around(row), score)
        quote = replace(quote, highlights=self._marked(quote, row, likely), also=self._elsewhere(quote, rows))
        try:
            return check(quote, source)
        except QuoteError:
            logger.exception("a quote failed its check and was dropped")
            return None

    def _elsewhere(self, quote: Quote, rows: Sequence[int]) -> tuple[Quote, ...]:
        """The same words in other sources, as far as the search has found them."""
        words, found = fold(quote.text), dict[str, Quote]()
        for row in self._as_long_as(rows[0]) if len(rows) == 1 else ():
            identifier = self.snapshot.infos[int(self.snapshot.sentences["source"][row])].id
            told = row in self._quoted or identifier in (quote.source.id, *found)
            if not told and self._words(row) == words:
                source, sentence = self.snapshot.sentence(row)
                other = cut(source, [sentence], self._around(row), quote.score)
                found[identifier] = check(other, source)
                self._quoted.add(row)
        return tuple(found.values())

    def _as_long_as(self, row: int) -> list[int]:
        """The hits with as many words as a sentence, but for the number that a list may give it."""
        counts, rows = self.snapshot.sentences["words"], self.hits.sentences
        alike: list[int] = rows[np.abs(counts[rows] - counts[row]) <= 1].tolist()
        return alike

    def _words(self, row: int) -> str:
        """The folded words of a sentence taken alone."""
        if row not in self._folded:
            source, sentence = self.snapshot.sentence(row)
            self._folded[row] = fold(cut(source, [sentence], self._around(row), 0.0).text)
        return self._folded[row]

    def _around(self, row: int) -> Span:
        """The passage in which a sentence stands."""
        return self.snapshot.span("passage", int(self.snapshot.sentences["passage"][row]))

    def _marked(self, quote: Quote, row: int, likely: float) -> tuple[Span, ...]:
        """The words of a sentence that answer, where it is surely they that do.

        The marker of a list item and the semicolon that ends it are of the sentence, not of its quote.
        """
        mark = self.hits.marks.get(row)
        if mark is None or likely < ANSWERABLE or mark.sure < MARKED:
            return ()
        start, end = max(mark.span[0], quote.start), min(mark.span[1], quote.end)
        return ((start, end),) if start < end else ()

    def _joined(self, row: int) -> list[int]:
        """The sentence with the neighbour without which it makes no sense, or that may answer as well."""
        home, said_by = self.snapshot.sentences["passage"], self.snapshot.heard.said_by
        beside = [
            other
            for other in (row - 1, row + 1)
            if 0 <= other < len(home)
            and home[other] == home[row]
            and said_by[other] == said_by[row]
            and other not in self._quoted
        ]
        if row - 1 in beside and _LEANING_START.match(self.snapshot.text_of("sentence", row)):
            beside = [row - 1]
        else:
            least = NEIGHBOUR * self._scores.get(row, 0.0)
            likely = {self._scores.get(other, -1.0): other for other in beside}
            beside = [other for score, other in sorted(likely.items()) if score >= least][-1:]
        rows = sorted([row, *beside])
        return rows if self._extent(rows) <= JOINED_MAX else [row]

    def _extent(self, rows: Sequence[int]) -> int:
        columns = self.snapshot.sentences
        return int(columns["end"][rows[-1]]) - int(columns["start"][rows[0]])


def _same(one: Quote, other: Quote) -> bool:
    """Whether two quotes overlap, or are one side's in nearly the same words with the same numbers."""
    if one.source.id == other.source.id and one.start < other.end and other.start < one.end:
        return True
    if one.party != other.party or not 0.8 < len(one.text) / len(other.text) < 1.25:
        return False
    numbers = [{value for *_, value in numbers_in(quote.text)} for quote in (one, other)]
    matcher = SequenceMatcher(None, fold(one.text), fold(other.text), autojunk=False)
    return numbers[0] == numbers[1] and matcher.quick_ratio() > 0.9 and matcher.ratio() > 0.9


def asked_sides(snapshot: Snapshot, query: Query) -> list[str]:
    """Sides of those to whom a question is put, sorted."""
    voices = snapshot.heard.voices
    numbers = range(len(voices)) if query.voices is None else query.voices
    return sorted({side for number in numbers if (side := voices[number].side)})

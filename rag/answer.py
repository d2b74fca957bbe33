"""Question -> answer made of quotes, without a language model."""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from typing import Any

from rag.errors import QuoteError
from rag.highlight import highlights, likeness
from rag.index import Index, Snapshot
from rag.lexical import fold
from rag.question import (
    asks_every_side,
    cleaned,
    is_small_talk,
    may_stand_alone,
    question_language,
    resolve_follow_up,
)
from rag.quote import as_json, check, cut
from rag.rank import ANSWERABLE, CERTAIN
from rag.retrieve import Hits, Query, find, make_query
from rag.speech import sources_asked
from rag.types import Answer, Block, Language, Prose, Quote, QuoteRef, Span
from rag.words import locator, named, say

logger = logging.getLogger(__name__)

PER_SIDE = 3
"""Most quotes of one side in an answer."""
RELEVANT = 0.1
"""A further quote of a side must have at least this share of the odds of the best of that side."""
HEARD = ANSWERABLE
"""Another side is heard when its best sentence, taken alone, would be held to answer. On the invented debates
fitted on, this lets 93 in 100 other sides be heard that do answer, and 52 in 100 that do not."""
HEARD_WHEN_ASKED = 0.1
"""The probability that is enough when the question asks for every side."""
LISTED = 5
"""Most items quoted for a question that their common lead-in answers."""
NEIGHBOUR = 0.3
"""A neighbouring sentence of the same passage with at least this share of the odds of the one quoted is
quoted with it. On the ``check`` articles of PIAF, first quotes are so 1.17 times as long on average."""
JOINED_MAX = 450
"""Sentences are not joined into a quote longer than this, in characters."""
SILENT_NAMED = 4
"""More silent sides than this are given as a count."""
NEAREST = 3
"""How many near passages are offered when the sources do not say."""


class Assistant:
    """Answers questions from one index. Safe to share between threads."""

    has_model = False
    """Whether a language model writes its answers, unless it is told not to."""

    def __init__(self, index: Index) -> None:
        self.index = index

    def ask(
        self,
        question: str,
        history: Sequence[str] = (),
        lang: Language | None = None,
        sides: Sequence[str] = (),
        sources: Sequence[str] = (),
        llm: bool = True,
    ) -> Answer:
        """Answer a question with quotes.

        Args:
            question: in French or English.
            history: the earlier questions of the conversation, oldest first.
            lang: language of the prose; the question's own by default.
            sides, sources: the only ones to ask; empty for all.
            llm: whether the model writes, where there is one (see :mod:`rag.llm`).

        Raises:
            InputError: the question is empty or too long, or a side is unknown.
            UnknownSource: a source is unknown.
            StoreError: there is no index.
        """
        question = cleaned(question)
        language = lang or question_language(question, history)
        return self._asked(question, resolve_follow_up(question, history), language, sides, sources)

    def _asked(
        self,
        question: str,
        rewritten: str | None,
        lang: Language,
        sides: Sequence[str],
        sources: Sequence[str],
    ) -> Answer:
        """The answer; to a question alone, where it may follow up another and is surely answered alone."""
        if rewritten is not None and may_stand_alone(question):
            alone = self._ask(question, None, lang, sides, sources)
            if alone.confidence >= CERTAIN:
                return alone
        return self._ask(question, rewritten, lang, sides, sources)

    def _ask(
        self,
        question: str,
        rewritten: str | None,
        lang: Language,
        sides: Sequence[str],
        sources: Sequence[str],
    ) -> Answer:
        return self.index.read(
            lambda snapshot: self._answer(snapshot, question, rewritten, lang, sides, sources)
        )

    def stream(self, question: str, **options: Any) -> Iterator[Answer]:
        """The answer, growing block by block; what was given once is never changed.

        Takes what :meth:`ask` takes; the last answer given is what it returns.
        """
        answer = self.ask(question, **options)
        for count in range(1, len(answer.blocks)):
            yield partial_answer(answer, count)
        yield answer

    async def aask(self, question: str, **options: Any) -> Answer:
        """:meth:`ask`, without blocking the event loop."""
        return await asyncio.to_thread(self.ask, question, **options)

    async def astream(self, question: str, **options: Any) -> AsyncIterator[Answer]:
        """:meth:`stream`, without blocking the event loop."""
        answer = await self.aask(question, **options)
        for count in range(1, len(answer.blocks)):
            yield partial_answer(answer, count)
        yield answer

    def _answer(
        self,
        snapshot: Snapshot,
        question: str,
        rewritten: str | None,
        lang: Language,
        sides: Sequence[str],
        sources: Sequence[str],
    ) -> Answer:
        clock = _Clock()
        if is_small_talk(question):
            return _small_talk(question, lang, clock)
        named_only: tuple[str, ...] = ()
        if not sides and not sources:
            named_only = _asked_by_name(snapshot, question, rewritten)
        query = make_query(snapshot, self.index, rewritten or question, lang, sides, named_only or sources)
        clock.lap("embed")
        hits = find(snapshot, query)
        clock.lap("search")
        confidence = float(hits.probabilities[0]) if len(hits.probabilities) else 0.0
        answerable = confidence >= ANSWERABLE
        evidence = Evidence(snapshot, query, hits)
        quotes = evidence.quotes(self.index.settings.max_quotes) if answerable else []
        near = [] if quotes else evidence.nearest()
        asked = _asked_sides(snapshot, query)
        silent = tuple(side for side in asked if side not in {quote.source.side for quote in quotes})
        blocks, numbered = compose(quotes, silent, lang)
        if quotes and confidence < CERTAIN:
            blocks = (Prose(say("uncertain", lang)), *blocks)
        if named_only:
            blocks = (*blocks, Prose(_only(snapshot, named_only, lang)))
        clock.lap("rank")
        return Answer(
            question=question,
            rewritten_question=rewritten,
            lang=lang,
            mode="sources",
            answerable=bool(quotes),
            confidence=confidence,
            blocks=blocks,
            quotes=numbered,
            near=tuple(near),
            sides=numbers_by_side(numbered),
            silent_sides=silent,
            timings_ms=clock.milliseconds(),
        )


def _small_talk(question: str, lang: Language, clock: _Clock) -> Answer:
    """What is said to a greeting: nothing was asked of the sources."""
    return Answer(
        question=question,
        rewritten_question=None,
        lang=lang,
        mode="sources",
        answerable=False,
        confidence=0.0,
        blocks=(Prose(say("small_talk", lang)),),
        quotes=(),
        near=(),
        sides={},
        silent_sides=(),
        timings_ms=clock.milliseconds(),
    )


def _asked_by_name(snapshot: Snapshot, question: str, rewritten: str | None) -> tuple[str, ...]:
    """Ids of the sources that a question is put to by name, itself or with what it follows up."""
    found = sources_asked(question, snapshot.infos) or sources_asked(rewritten or "", snapshot.infos)
    return tuple(snapshot.infos[number].id for number in sorted(found))


def _only(snapshot: Snapshot, ids: Sequence[str], lang: Language) -> str:
    """That only some sources were asked."""
    titles = [named(info, lang) for info in snapshot.infos if info.id in ids]
    if len(titles) > SILENT_NAMED:
        return say("only_asked_many", lang, count=len(titles))
    return say("only_asked", lang, sources=", ".join(titles))


class _Clock:
    def __init__(self) -> None:
        self._start = self._last = time.perf_counter()
        self._laps: dict[str, float] = {}

    def lap(self, name: str) -> None:
        now = time.perf_counter()
        self._laps[name], self._last = now - self._last, now

    def milliseconds(self) -> dict[str, float]:
        laps = {**self._laps, "total": time.perf_counter() - self._start}
        return {name: round(1000 * seconds, 2) for name, seconds in laps.items()}


# --- the evidence ---------------------------------------------------------------------------------

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

    def quotes(self, most: int) -> list[Quote]:
        """Checked quotes, best first; of each side that has something relevant."""
        chosen: list[Quote] = []
        best_of: dict[str | None, float] = {}
        taken: Counter[str | None] = Counter()
        hits = self.hits
        heard = HEARD_WHEN_ASKED if asks_every_side(self.query.text) else HEARD
        for row, probability, score in zip(
            hits.sentences, hits.probabilities, hits.sentence_scores, strict=True
        ):
            side = self._side(int(row))
            best_of.setdefault(side, float(score))
            opens = not taken[side] and (not chosen or probability >= heard)
            follows = 0 < taken[side] < PER_SIDE and score >= RELEVANT * best_of[side]
            if not (opens or follows):
                continue
            for quote in self._quotes_for(int(row), float(score)):
                if len(chosen) < most and not any(_same(quote, other) for other in chosen):
                    chosen.append(quote)
                    taken[side] += 1
        return chosen

    def nearest(self) -> list[Quote]:
        """Nearest sentences, one a passage, for when the sources do not say."""
        found: list[Quote] = []
        for row, score in zip(self.hits.sentences, self.hits.sentence_scores, strict=True):
            for quote in self._quotes_for(int(row), float(score)):
                if len(found) < NEAREST and not any(_same(quote, other) for other in found):
                    found.append(quote)
        return found

    def _quotes_for(self, row: int, score: float) -> list[Quote]:
        """The quotes that a sentence makes: itself, or for a lead-in the items that it introduces.

        Of a sentence the words that answer are marked; items answer whole.
        """
        rows, likely = [row], score
        if self._announces(row):
            rows, likely = self._introduced(row)[:LISTED], 0.0
        found = [self._quote(each, score, likely) for each in rows if each not in self._quoted]
        return [quote for quote in found if quote is not None]

    def _announces(self, row: int) -> bool:
        return self.snapshot.text_of("sentence", row).rstrip().endswith(":")

    def _introduced(self, row: int) -> list[int]:
        columns = self.snapshot.sentences
        same_source = columns["source"] == columns["source"][row]
        introduced = same_source & (columns["lead_start"] == columns["start"][row])
        return [int(found) for found in introduced.nonzero()[0]]

    def _side(self, row: int) -> str | None:
        return self.snapshot.infos[int(self.snapshot.sentences["source"][row])].side

    def _quote(self, row: int, score: float, likely: float) -> Quote | None:
        """The checked quote that a sentence makes; ``None`` when it fails its check."""
        rows = self._joined(row)
        self._quoted.update(rows)
        source = self.snapshot.sentence(row)[0]
        sentences = [self.snapshot.sentence(r)[1] for r in rows]
        passage = int(self.snapshot.sentences["passage"][row])
        around = tuple(int(self.snapshot.passages[name][passage]) for name in ("start", "end"))
        quote = cut(source, sentences, (around[0], around[1]), score)
        if likely >= ANSWERABLE:
            quote = replace(quote, highlights=self._highlights(source.text, quote, rows, likely))
        try:
            return check(quote, source)
        except QuoteError:
            logger.exception("a quote failed its check and was dropped")
            return None

    def _highlights(self, text: str, quote: Quote, rows: Sequence[int], likely: float) -> tuple[Span, ...]:
        """The words of a quote, made of some sentences, that answer."""
        asked = self.query.asked
        like = likeness(asked, self.snapshot.vocabulary, rows)
        return highlights(self.query.text, text, (quote.start, quote.end), asked.words, like, likely)

    def _joined(self, row: int) -> list[int]:
        """The sentence with the neighbour without which it makes no sense, or that may answer as well."""
        home = self.snapshot.sentences["passage"]
        beside = [
            other
            for other in (row - 1, row + 1)
            if 0 <= other < len(home) and home[other] == home[row] and other not in self._quoted
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
    """Whether two quotes overlap or say nearly the same words."""
    if one.source.id == other.source.id and one.start < other.end and other.start < one.end:
        return True
    if not 0.8 < len(one.text) / len(other.text) < 1.25:
        return False
    matcher = SequenceMatcher(None, fold(one.text), fold(other.text), autojunk=False)
    return matcher.quick_ratio() > 0.9 and matcher.ratio() > 0.9


def _asked_sides(snapshot: Snapshot, query: Query) -> list[str]:
    numbers = range(len(snapshot.infos)) if query.sources is None else sorted(query.sources)
    return sorted({side for number in numbers if (side := snapshot.infos[number].side) is not None})


# --- the answer -----------------------------------------------------------------------------------


def compose(
    quotes: Sequence[Quote], silent: Sequence[str], lang: Language
) -> tuple[tuple[Block, ...], tuple[Quote, ...]]:
    """The blocks of an answer, and its quotes numbered in the order in which they are shown.

    Args:
        quotes: checked, best first; none when the sources do not say.
        silent: sides asked that have nothing to say.
        lang: language of the prose.
    """
    if not quotes:
        return (Prose(say("not_in_sources", lang)),), ()
    ordered = [quotes[0], *_by_side(quotes[1:])]
    numbered = tuple(replace(quote, n=number) for number, quote in enumerate(ordered, start=1))
    blocks: list[Block] = []
    for previous, quote in zip((None, *numbered), numbered, strict=False):
        if previous is not None and previous.source.side != quote.source.side:
            blocks.append(heading_of(quote.source.side, lang))
        blocks += introduced(quote, lang)
    blocks += [Prose(text) for text in silences(silent, lang)]
    return tuple(blocks), numbered


def heading_of(side: str | None, lang: Language) -> Prose:
    """The heading over what the sources of a side say."""
    return Prose(say("also", lang, side=side) if side else say("also_unsided", lang), heading=True)


def introduced(quote: Quote, lang: Language) -> tuple[Prose, QuoteRef]:
    """A quote of an answer, after the words that say who speaks and where."""
    where = locator(quote.place, lang)
    source = named(quote.source, lang)
    words = say("according", lang, source=source, locator=f", {where}" if where else "")
    return Prose(words), QuoteRef(quote.n)


def _by_side(quotes: Sequence[Quote]) -> list[Quote]:
    """Sides in the order of their best quote, the quotes of each side together."""
    order = list(dict.fromkeys(quote.source.side for quote in quotes))
    return sorted(quotes, key=lambda quote: order.index(quote.source.side))


def silences(silent: Sequence[str], lang: Language) -> list[str]:
    """What is said of sides that have nothing to say."""
    if len(silent) > SILENT_NAMED:
        return [say("sides_silent", lang, count=len(silent))]
    return [say("side_silent", lang, side=side) for side in silent]


def numbers_by_side(quotes: Sequence[Quote]) -> dict[str, tuple[int, ...]]:
    """Numbers of the quotes of each side that has one."""
    sides = dict.fromkeys(quote.source.side for quote in quotes if quote.source.side is not None)
    return {side: tuple(q.n for q in quotes if q.source.side == side) for side in sides}


def partial_answer(answer: Answer, count: int) -> Answer:
    """The answer cut off after ``count`` blocks, with the quotes that they show."""
    blocks = answer.blocks[:count]
    shown = {block.n for block in blocks if isinstance(block, QuoteRef)}
    quotes = tuple(quote for quote in answer.quotes if quote.n in shown)
    return replace(
        answer, blocks=blocks, quotes=quotes, near=(), sides=numbers_by_side(quotes), silent_sides=()
    )


def markdown(answer: Answer) -> str:
    """The answer for a terminal: a view, from which no quote must be read back."""
    quotes = {quote.n: quote for quote in answer.quotes}
    parts: list[str] = []
    for block in answer.blocks:
        if isinstance(block, Prose):
            parts.append(f"## {block.text}" if block.heading else block.text)
        else:
            parts.append(_block_quote(quotes[block.n], f"[{block.n}]"))
    if answer.near:
        parts.append(say("nearest", answer.lang))
        parts += [
            f"{named(quote.source, answer.lang)}, {locator(quote.place, answer.lang)}\n\n"
            + _block_quote(quote, "")
            for quote in answer.near
        ]
    return "\n\n".join(parts)


def _block_quote(quote: Quote, mark: str) -> str:
    lines = quote.text.splitlines() or [""]
    return "\n".join(f"> {line}" for line in lines) + (f" {mark}" if mark else "")


def answer_as_json(answer: Answer) -> dict[str, Any]:
    """The answer as the command line and the API give it out; see the README for its fields."""
    lang = answer.lang
    return {
        "question": answer.question,
        "rewritten_question": answer.rewritten_question,
        "lang": lang,
        "mode": answer.mode,
        "answerable": answer.answerable,
        "confidence": round(answer.confidence, 4),
        "text": markdown(answer),
        "blocks": [
            {"quote": block.n} if isinstance(block, QuoteRef) else {"prose": block.text}
            for block in answer.blocks
        ],
        "quotes": [as_json(quote, lang) for quote in answer.quotes],
        "near": [as_json(quote, lang) for quote in answer.near],
        "sides": {side: list(numbers) for side, numbers in answer.sides.items()},
        "silent_sides": list(answer.silent_sides),
        "unsupported": list(answer.unsupported),
        "timings_ms": answer.timings_ms,
    }

"""Question -> answer made of quotes, without a language model."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from typing import Any

from rag.answer.composition import SILENT_NAMED, compose, numbers_by_side, partial_answer
from rag.answer.evidence import Evidence, asked_sides
from rag.catalogue import say
from rag.quotes import named
from rag.search import (
    ANSWERABLE,
    CERTAIN,
    Question,
    best_hits,
    cleaned,
    make_query,
    read_question,
    sources_asked,
)
from rag.store import Index, Snapshot
from rag.types import Answer, Language, Prose

logger = logging.getLogger(__name__)


class Assistant:
    """Answers questions from one index. Safe to share between threads.

    Candidates are found by vectors and BM25, the best passages are read with the question, and a probability
    tells whether they answer (docs/how-it-works.md, docs/evaluation.md); an answer is made of quotes alone.

    Args:
        index: to be asked; it is opened at the first question, and anew when another process has changed it.
        reads: whether passages are read, or ordered by a reranker, where the settings say so; who asks many
            questions for one that is shown does without.
    """

    has_model = False
    """Whether a language model writes its answers, unless it is told not to."""

    def __init__(self, index: Index, reads: bool = True) -> None:
        self.index = index
        plain = {"reader": False, "rerank_url": ""}
        self._settings = index.settings if reads else index.settings.model_copy(update=plain)

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
        return self._asked(read_question(cleaned(question), history, lang), sides, sources)

    def _asked(self, question: Question, sides: Sequence[str], sources: Sequence[str]) -> Answer:
        """The answer; to a question alone, where it may follow up another and is surely answered alone."""
        if question.rewritten is not None and question.may_stand_alone:
            alone = self._ask(question.alone, sides, sources)
            if alone.confidence >= CERTAIN:
                return alone
        return self._ask(question, sides, sources)

    def _ask(self, question: Question, sides: Sequence[str], sources: Sequence[str]) -> Answer:
        return self.index.read(lambda snapshot: self._answer(snapshot, question, sides, sources))

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
        self, snapshot: Snapshot, question: Question, sides: Sequence[str], sources: Sequence[str]
    ) -> Answer:
        clock = _Clock()
        if question.is_small_talk:
            return _small_talk(question, clock)
        named_only = () if sides or sources else _asked_by_name(snapshot, question)
        query = make_query(snapshot, self.index, question, sides, named_only or sources)
        clock.lap("embed")
        hits = best_hits(snapshot, self._settings, query)
        clock.lap("search")
        confidence = float(hits.probabilities[0]) if len(hits.probabilities) else 0.0
        answerable = confidence >= ANSWERABLE
        evidence = Evidence(snapshot, query, hits)
        quotes = evidence.quotes(self._settings.max_quotes) if answerable else []
        near = [] if quotes else evidence.nearest()
        asked = asked_sides(snapshot, query)
        silent = tuple(side for side in asked if side not in {quote.source.side for quote in quotes})
        blocks, numbered = compose(quotes, silent, question.lang)
        if quotes and confidence < CERTAIN:
            blocks = (Prose(say("uncertain", question.lang)), *blocks)
        if named_only:
            blocks = (*blocks, Prose(_only(snapshot, named_only, question.lang)))
        if hits.failed:
            why = hits.failed.in_words(question.lang)
            blocks = (*blocks, Prose(say("not_reranked", question.lang, reason=why)))
        clock.lap("rank")
        return Answer(
            question=question.asked,
            rewritten_question=question.rewritten,
            lang=question.lang,
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


def _small_talk(question: Question, clock: _Clock) -> Answer:
    """What is said to a greeting: nothing was asked of the sources."""
    return Answer(
        question=question.asked,
        rewritten_question=None,
        lang=question.lang,
        mode="sources",
        answerable=False,
        confidence=0.0,
        blocks=(Prose(say("small_talk", question.lang)),),
        quotes=(),
        near=(),
        sides={},
        silent_sides=(),
        timings_ms=clock.milliseconds(),
    )


def _asked_by_name(snapshot: Snapshot, question: Question) -> tuple[str, ...]:
    """Ids of the sources that a question is put to by name, itself or with what it follows up."""
    infos = snapshot.infos
    found = sources_asked(question.put_to, infos) or sources_asked(question.put_to_before, infos)
    return tuple(infos[number].id for number in sorted(found))


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

"""Question -> answer made of quotes, without a language model."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator, Sequence
from typing import Any

from rag.answer.clock import Clock
from rag.answer.composition import SILENT_NAMED, compose, joined, numbers_by_side, partial_answer
from rag.answer.selection import Selector
from rag.answer.yes_no import said_to
from rag.catalogue import say
from rag.errors import SettingsError
from rag.quotes import named
from rag.search import CERTAIN, Question, Scope, cleaned, read_question
from rag.store import Index, Snapshot
from rag.types import Answer, Language, Prose, SourceInfo, Translation

logger = logging.getLogger(__name__)

_OF_EACH_SIDE = ("compare", "summarise")
"""Requests to which no quote is the answer before others."""


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

    def translate(self, text: str, lang: Language) -> Translation:
        """A text in another language, by a model.

        Raises:
            SettingsError: none is set.
        """
        raise SettingsError("model_unset")

    def ask(
        self,
        question: str,
        history: Sequence[str] = (),
        lang: Language | None = None,
        sides: Sequence[str] = (),
        sources: Sequence[str] = (),
        llm: bool = True,
        speakers: Sequence[str] = (),
    ) -> Answer:
        """Answer a question with quotes.

        Args:
            question: in French or English.
            history: the earlier questions of the conversation, oldest first.
            lang: language of the prose; the question's own by default.
            sides, sources: the only ones to ask; empty for all.
            llm: whether the model writes, where there is one (see :mod:`rag.llm`).
            speakers: names of the only ones to ask of those who speak in the sources; empty for all.

        Raises:
            InputError: the question is empty or too long, or a side or a speaker is unknown.
            UnknownSource: a source is unknown.
            StoreError: there is no index.
        """
        asked = read_question(cleaned(question), history, lang, self.index.voices())
        return self._ask(asked, Scope(sides, sources, speakers))

    def _ask(self, question: Question, scope: Scope) -> Answer:
        parts = question.parts
        if len(parts) > 1:
            return joined(question, [self._ask(part, scope) for part in parts])
        return self.index.read(lambda snapshot: self._answer(snapshot, question, scope))

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

    def _answer(self, snapshot: Snapshot, question: Question, scope: Scope) -> Answer:
        clock = Clock()
        if question.is_small_talk:
            return _small_talk(question)
        found = Selector(self.index, snapshot, self._settings, question, clock, scope).select()
        several = len({quote.source.side for quote in found.quotes if quote.source.side}) > 1
        each_side = several and question.request.kind in _OF_EACH_SIDE
        blocks, numbered = compose(found.quotes, found.silent, question.lang, each_side)
        if found.quotes and found.confidence < CERTAIN:
            blocks = (Prose(say("uncertain", question.lang)), *blocks)
        elif found.quotes and (said := said_to(question, found.quotes[0].text)):
            who = named(found.quotes[0].source, question.lang, found.quotes[0].speaker)
            blocks = (Prose(say(f"said_{said}", question.lang, source=who)), *blocks)
        if found.quotes and found.is_selection:
            blocks = (Prose(say("selected", question.lang)), *blocks)
        if found.only:
            blocks = (*blocks, Prose(_only(found.only, question.lang)))
        if found.failed:
            why = found.failed.in_words(question.lang)
            blocks = (*blocks, Prose(say("not_reranked", question.lang, reason=why)))
        clock.lap("rank")
        return Answer(
            question=question.asked,
            rewritten_question=question.rewritten,
            lang=question.lang,
            mode="sources",
            answerable=bool(found.quotes),
            confidence=found.confidence,
            blocks=blocks,
            quotes=numbered,
            near=tuple(found.near),
            sides=numbers_by_side(numbered),
            silent_sides=found.silent,
            timings_ms=clock.milliseconds(),
            face=_facing(question, snapshot) if found.quotes else None,
        )


def _small_talk(question: Question) -> Answer:
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
        timings_ms={"total": 0.0},
    )


def _facing(question: Question, snapshot: Snapshot) -> str | None:
    """What the sides may be put face to face on, where the question compares or names several."""
    if len(snapshot.sides) < 2:
        return None
    if question.request.kind == "compare":
        return question.request.subject
    return "" if len(question.sides_named) > 1 else None


def _only(infos: Sequence[SourceInfo], lang: Language) -> str:
    """That only some sources, or some who speak in them, were asked."""
    if len(infos) > SILENT_NAMED:
        return say("only_asked_many", lang, count=len(infos))
    return say("only_asked", lang, sources=", ".join(named(info, lang) for info in infos))

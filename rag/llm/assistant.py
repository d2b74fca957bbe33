"""Answers that a language model writes, and that still cannot misquote.

The evidence, its order and the decision that the sources do not say are those of rag/answer/assistant.py;
with no evidence the model is not asked. It sees numbered sentences and refers to their numbers. What it
writes is taken apart (rag/llm/parse.py), each sentence is graded against the evidence (rag/llm/support.py),
and quotes come from the sources alone. Nothing is shown before a sentence of it holds, and nothing shown is
changed afterwards. Whatever goes wrong ends in the quotes that there would have been without a model, after
one line that says so.
"""

from __future__ import annotations

import asyncio
import logging
import re
import threading
import time
from collections import Counter
from collections.abc import AsyncIterator, Generator, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from rag.answer import Assistant, partial_answer
from rag.errors import EndpointError
from rag.llm.endpoint import Endpoint, Message
from rag.llm.grading import Grader
from rag.llm.matching import vectors_of
from rag.llm.parse import Sentences, read
from rag.llm.prompts import NO_ANSWER, answer_messages, condense_messages
from rag.llm.translation import translated
from rag.llm.writing import Writing
from rag.search import Question, Scope, cleaned, read_question
from rag.store import Index
from rag.text import LANGUAGES, names_in, numbers, terms
from rag.types import Answer, Language, Translation

logger = logging.getLogger(__name__)

CONDENSED_TOKENS = 80
"""A follow-up question made complete may have so many."""
CONDENSED_MAX = 300
"""And so many characters."""
KNOWN_WORDS = 0.8
"""And at least this share of its words from the conversation; its names and numbers all are."""
SENTENCES = 12
"""A model that writes more than so many does not come to an end either."""
REPEATED = 3
"""A model that repeats itself so often does not come to an end."""

_UNHEARD = ("slow", "unreachable", "refused", "cut", "unreadable")
"""Failures after which the endpoint is not asked again for the same answer."""


class _Patience:
    """The time that the model has for one answer, in seconds; what others need in between is not counted."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._begun = 0.0

    def __enter__(self) -> None:
        self._begun = time.perf_counter()

    def __exit__(self, *_: object) -> None:
        self._seconds -= time.perf_counter() - self._begun
        self._begun = 0.0

    @property
    def left(self) -> float:
        """How much is left; 0 or less when it is over."""
        running = time.perf_counter() - self._begun if self._begun else 0.0
        return self._seconds - running


class GroundedAssistant(Assistant):
    """Answers in a model's sentences, each with its quotes. Safe to share between threads.

    Raises:
        SettingsError: no endpoint is set, or its package is missing.
    """

    has_model = True

    def __init__(self, index: Index, endpoint: Endpoint | None = None) -> None:
        super().__init__(index)
        self.endpoint = endpoint or Endpoint(index.settings)
        self._vector = vectors_of(index)

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
        """As :meth:`rag.answer.Assistant.ask`; without the model where ``llm`` is false."""
        if not llm:
            return super().ask(question, history, lang, sides, sources, speakers=speakers)
        options = {
            "history": history, "lang": lang, "sides": sides, "sources": sources, "speakers": speakers
        }  # fmt: skip
        *_, answer = self.stream(question, **options)
        return answer

    def translate(self, text: str, lang: Language) -> Translation:
        """A text in another language; see :func:`rag.llm.translation.translated`."""
        return translated(self.endpoint, text, lang)

    def stream(self, question: str, **options: Any) -> Iterator[Answer]:
        """The answer, growing sentence by sentence; what was given once is never changed.

        Takes what :meth:`ask` takes. Closing it ends the request to the endpoint.
        """
        return self._stream(question, threading.Event(), **options)

    async def astream(self, question: str, **options: Any) -> AsyncIterator[Answer]:
        """:meth:`stream`, without blocking the event loop; cancelling it ends the request."""
        stop = threading.Event()
        answers = self._stream(question, stop, **options)
        try:
            while (answer := await asyncio.to_thread(next, answers, None)) is not None:
                yield answer
        finally:
            stop.set()
            with suppress(ValueError):  # a thread is still in it, and ends by itself
                answers.close()

    def _stream(
        self,
        question: str,
        stop: threading.Event,
        history: Sequence[str] = (),
        lang: Language | None = None,
        sides: Sequence[str] = (),
        sources: Sequence[str] = (),
        llm: bool = True,
        speakers: Sequence[str] = (),
    ) -> Generator[Answer]:
        if not llm:
            yield from _growing(super().ask(question, history, lang, sides, sources, speakers=speakers))
            return
        begun = time.perf_counter()
        patience = _Patience(self.endpoint.settings.llm_timeout)
        asked, failure = read_question(cleaned(question), history, lang, self.index.voices()), ""
        if asked.rewritten is not None:
            condensed, failure = self._condensed(asked, history, patience, stop)
            asked = replace(asked, condensed=condensed or None)
        scope = Scope(sides, sources, speakers)
        base = self._ask(asked, scope)
        if not base.answerable:
            yield from _growing(base)
            return
        draft = Writing(base)
        if not failure:
            with patience:
                failure = yield from self._written(
                    draft, Grader(self.index, base.quotes, scope, self._vector), patience, stop
                )
        if stop.is_set():
            return
        shown = len(draft.blocks)
        spent = 1000 * (time.perf_counter() - begun)
        yield from _growing(draft.finished(failure, spent), shown + 1)

    def _written(
        self, writing: Writing, grader: Grader, patience: _Patience, stop: threading.Event
    ) -> Generator[Answer, None, str]:
        """Let the model write; what it is called if it goes wrong."""
        base, settings = writing.base, self.endpoint.settings
        room = settings.llm_context - settings.llm_max_tokens
        asked = base.rewritten_question or base.question
        messages, count = answer_messages(asked, base.quotes, base.lang, room)
        sentences = self._sentences(messages, patience, stop)
        seen: Counter[str] = Counter()
        try:
            for sentence in sentences:
                if patience.left <= 0:
                    return "slow"
                if NO_ANSWER in sentence.upper().replace(" ", "_"):
                    return "" if writing.shown else "declined"
                graded = grader.grade(sentence, count)
                if graded is None:
                    continue
                seen[graded.text] += 1
                if seen[graded.text] > REPEATED or len(seen) > SENTENCES:
                    return "endless"
                if seen[graded.text] == 1 and writing.add(graded):
                    yield writing.answer()
        except EndpointError as error:
            logger.warning("%s", error)
            return error.kind
        finally:
            sentences.close()
        return "" if writing.shown else "unusable"

    def _sentences(
        self, messages: Sequence[Message], patience: _Patience, stop: threading.Event
    ) -> Generator[str]:
        """The sentences of the model; one that its failure cut off is not among them."""
        parser = Sentences()
        for piece in self.endpoint.stream(messages, patience.left, stop=stop):
            yield from parser.feed(piece)
            if parser.is_over:
                break
        if not stop.is_set():
            yield from parser.finish()

    def _condensed(
        self,
        question: Question,
        history: Sequence[str],
        patience: _Patience,
        stop: threading.Event,
    ) -> tuple[str | None, str]:
        """A follow-up question that stands alone, if the model gives one of the conversation's words.

        Returns:
            The question, and how the endpoint failed if it cannot be asked again.
        """
        messages = condense_messages(question.asked, history, question.lang)
        try:
            with patience:
                written = "".join(self.endpoint.stream(messages, patience.left, CONDENSED_TOKENS, stop))
        except EndpointError as error:
            logger.warning("%s", error)
            return None, error.kind if error.kind in _UNHEARD else ""
        text = read(next((line for line in written.splitlines() if line.strip()), ""), 0).text
        return (text if _is_condensed(text, question.asked, history) else None), ""


def _is_condensed(text: str, question: str, history: Sequence[str]) -> bool:
    """Whether a question says what the conversation said, and nothing that it did not."""
    said = " ".join([*history, question])
    own, known = _stems(text), _stems(said)
    names = {word.casefold() for word in names_in(text)[1:]}
    return (
        0 < len(text) <= CONDENSED_MAX
        and bool(own & _stems(question) or not _stems(question))
        and len(own & known) >= KNOWN_WORDS * len(own)
        and numbers(text).keys() <= numbers(said).keys()
        and names <= {word.casefold() for word in re.findall(r"[\w-]+", said)}
    )


def _stems(text: str) -> set[str]:
    return {term for lang in LANGUAGES for term in terms(text, lang)}


def _growing(answer: Answer, shown: int = 1) -> Iterator[Answer]:
    """The answer block by block, from a number of blocks on; whole at the end."""
    for count in range(shown, len(answer.blocks)):
        yield partial_answer(answer, count)
    yield answer

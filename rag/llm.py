"""Answers that a language model writes, and that still cannot misquote.

The evidence, its order and the decision that the sources do not say are those of rag/answer.py; with no
evidence the model is not asked. It sees numbered sentences and refers to their numbers. What it writes is
taken apart (rag/parse.py), each sentence is graded against the evidence (rag/support.py), and quotes come
from the sources alone. Nothing is shown before a sentence of it holds, and nothing shown is changed
afterwards. Whatever goes wrong ends in the quotes that there would have been without a model, after one line
that says so.
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
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import Any

from rag.answer import Assistant, heading_of, introduced, numbers_by_side, partial_answer, silences
from rag.claim import names_in, numbers
from rag.endpoint import Endpoint, Message
from rag.errors import EndpointError
from rag.index import Index, Snapshot
from rag.lexical import LANGUAGES, terms
from rag.parse import Sentences, read
from rag.prompts import NO_ANSWER, answer_messages, condense_messages
from rag.question import cleaned, question_language, resolve_follow_up
from rag.quote import check, cut
from rag.rank import CERTAIN
from rag.retrieve import asked_sources
from rag.support import Finding, Judge, Vector, vectors_of
from rag.types import Answer, Block, Language, Prose, Quote, SourceInfo
from rag.verify import Verifier
from rag.words import named, say

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
    ) -> Answer:
        """As :meth:`rag.answer.Assistant.ask`; without the model where ``llm`` is false."""
        if not llm:
            return super().ask(question, history, lang, sides, sources)
        options = {"history": history, "lang": lang, "sides": sides, "sources": sources}
        *_, answer = self.stream(question, **options)
        return answer

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
    ) -> Generator[Answer]:
        if not llm:
            yield from _growing(super().ask(question, history, lang, sides, sources))
            return
        begun = time.perf_counter()
        patience = _Patience(self.endpoint.settings.llm_timeout)
        question = cleaned(question)
        language = lang or question_language(question, history)
        rewritten, failure = resolve_follow_up(question, history), ""
        if rewritten is not None:
            condensed, failure = self._condensed(question, history, language, patience, stop)
            rewritten = condensed or rewritten
        base = self._asked(question, rewritten, language, sides, sources)
        if not base.answerable:
            yield from _growing(base)
            return
        draft = _Writing(base)
        if not failure:
            with patience:
                failure = yield from self._written(
                    draft, _Grader(self.index, base, sides, sources, self._vector), patience, stop
                )
        if stop.is_set():
            return
        shown = len(draft.blocks)
        spent = 1000 * (time.perf_counter() - begun)
        yield from _growing(draft.finished(failure, spent), shown + 1)

    def _written(
        self, writing: _Writing, grader: _Grader, patience: _Patience, stop: threading.Event
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
        question: str,
        history: Sequence[str],
        lang: Language,
        patience: _Patience,
        stop: threading.Event,
    ) -> tuple[str | None, str]:
        """A follow-up question that stands alone, if the model gives one of the conversation's words.

        Returns:
            The question, and how the endpoint failed if it cannot be asked again.
        """
        messages = condense_messages(question, history, lang)
        try:
            with patience:
                written = "".join(self.endpoint.stream(messages, patience.left, CONDENSED_TOKENS, stop))
        except EndpointError as error:
            logger.warning("%s", error)
            return None, error.kind if error.kind in _UNHEARD else ""
        text = read(next((line for line in written.splitlines() if line.strip()), ""), 0).text
        return (text if _is_condensed(text, question, history) else None), ""


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


# --- grading --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Graded:
    """A sentence of the model, checked.

    Attributes:
        text: its words.
        quotes: the evidence that bears it out.
        findings: why it counts as unsupported; none when it does not.
        position: the source whose position it gives as a fact, if it does.
    """

    text: str
    quotes: tuple[Quote, ...]
    findings: tuple[Finding, ...]
    position: SourceInfo | None = None


class _Grader:
    """Grades sentences against the evidence of one answer."""

    def __init__(
        self, index: Index, base: Answer, sides: Sequence[str], sources: Sequence[str], vector: Vector
    ) -> None:
        self._index = index
        self._base = base
        self._verifier = Verifier(index)
        infos = index.read(lambda snapshot: snapshot.infos)
        self._asked = index.read(lambda snapshot: asked_sources(snapshot, sides, sources))
        asked = infos if self._asked is None else [infos[number] for number in sorted(self._asked)]
        self._is_debate = len({info.side for info in asked if info.side is not None}) > 1
        self._judge = Judge(index, infos, vector)

    def grade(self, sentence: str, count: int) -> Graded | None:
        """Grade a sentence as the model wrote it; ``None`` when it has no words.

        Args:
            sentence: one of a model.
            count: how many quotes the model was given: the first ones of the answer's.
        """
        draft = read(sentence, count)
        if not any(character.isalpha() for character in draft.text):
            return None
        evidence = self._base.quotes[:count]
        found = [self._quoted(words) for words in draft.quoted]
        invented = tuple(Finding("invented_quote", "") for quote in found if quote is None)[:1]
        cited = [evidence[n - 1] for n in draft.cited if 1 <= n <= len(evidence)]
        named = list(dict.fromkeys([*cited, *(quote for quote in found if quote is not None)]))
        quotes, findings = self._borne_out(draft.text, named, evidence)
        return Graded(draft.text, tuple(quotes), (*invented, *findings), self._position(draft.text, quotes))

    def _borne_out(
        self, text: str, named: Sequence[Quote], evidence: Sequence[Quote]
    ) -> tuple[list[Quote], tuple[Finding, ...]]:
        """The quotes that support a sentence: those it refers to, else another; or why there are none."""
        judged = {quote: self._judge.judge(text, quote) for quote in named}
        if holding := [quote for quote in named if judged[quote].holds]:
            return holding, ()
        for pair in combinations(named, 2):
            if pair[0].source == pair[1].source and self._judge.judge(text, _together(*pair)).holds:
                return list(pair), ()
        judged |= {quote: self._judge.judge(text, quote) for quote in evidence if quote not in judged}
        others = sorted((q for q in judged if judged[q].holds), key=lambda q: -judged[q].score)
        if others:
            return others[:1], ()
        nearest = max(named or judged, key=lambda quote: judged[quote].score)
        return [], judged[nearest].findings

    def _position(self, text: str, quotes: Sequence[Quote]) -> SourceInfo | None:
        """The source of what only one side says, where the sentence does not say that it says so."""
        sides = {quote.source.side for quote in quotes}
        if not self._is_debate or len(sides) != 1 or None in sides:
            return None
        return None if self._judge.speaks_for(text, quotes) else quotes[0].source

    def _quoted(self, words: str) -> Quote | None:
        """The quote, whole sentences, that has words exactly; ``None`` when none of the sources asked has."""
        return self._index.read(lambda snapshot: self._sentences_with(snapshot, words))

    def _sentences_with(self, snapshot: Snapshot, words: str) -> Quote | None:
        asked = range(len(snapshot.infos)) if self._asked is None else self._asked
        found = self._verifier.within(snapshot, words, asked)
        if found.verdict != "exact":
            return None
        for piece in found.pieces:
            for quote in self._base.quotes:
                if piece.source == quote.source and quote.start <= piece.start < piece.end <= quote.end:
                    return quote
        place = [piece for piece in found.pieces if piece.n == found.pieces[0].n]
        number = next(n for n, info in enumerate(snapshot.infos) if info.id == place[0].source.id)
        first = snapshot.row_at("sentence", number, place[0].start)
        last = snapshot.row_at("sentence", number, place[-1].end - 1)
        source = snapshot.source(number)
        sentences = [snapshot.sentence(row)[1] for row in range(first, last + 1)]
        around = [snapshot.span("passage", int(snapshot.sentences["passage"][row])) for row in (first, last)]
        return check(cut(source, sentences, (around[0][0], around[1][1]), 1.0), source)


def _together(one: Quote, other: Quote) -> Quote:
    """Two quotes of a source as one, to be judged by; never shown."""
    return replace(one, text=f"{one.text} {other.text}", lead_in=f"{one.lead_in} {other.lead_in}")


# --- putting the answer together ------------------------------------------------------------------


@dataclass
class _Writing:
    """An answer as it grows.

    Attributes:
        base: the answer without a model.
        blocks, quotes, unsupported: as in the answer; only ever added to.
        held: sentences that wait for the first one that is borne out.
    """

    base: Answer
    blocks: list[Block] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)
    unsupported: list[str] = field(default_factory=list)
    held: list[Graded] = field(default_factory=list)

    @property
    def shown(self) -> bool:
        """Whether anything of the model is shown."""
        return bool(self.quotes)

    def add(self, graded: Graded) -> bool:
        """Take in a sentence; whether there is more to show."""
        self.held.append(graded)
        if not self.shown and not graded.quotes:
            return False
        if not self.shown and self.base.confidence < CERTAIN:
            self.blocks.append(Prose(say("uncertain", self.base.lang)))
        for sentence in self.held:
            self._write(sentence)
        self.held = []
        return True

    def _write(self, graded: Graded) -> None:
        lang = self.base.lang
        known = len(self.quotes)
        numbers = [self._number(quote) for quote in graded.quotes]
        parts = [graded.text, *(f"[{number}]" for number in numbers)]
        if graded.position is not None:
            parts.append(say("position", lang, source=named(graded.position, lang)))
        if graded.findings or not graded.quotes:
            parts.append(say("unsupported", lang, reasons=_reasons(graded.findings, lang)))
        if len(parts) > 1 + len(numbers):
            self.unsupported.append(graded.text)
        self.blocks.append(Prose(" ".join(parts)))
        for quote in self.quotes[known:]:
            self.blocks += introduced(quote, lang)

    def _known(self, quote: Quote) -> int:
        """The number of a quote that is shown; 0 of one that is not."""
        slices = {(known.source.id, known.start, known.end): known.n for known in self.quotes}
        return slices.get((quote.source.id, quote.start, quote.end), 0)

    def _number(self, quote: Quote) -> int:
        if known := self._known(quote):
            return known
        self.quotes.append(replace(quote, n=len(self.quotes) + 1))
        return len(self.quotes)

    def answer(self) -> Answer:
        """What there is so far."""
        return replace(
            self.base,
            mode="llm",
            blocks=tuple(self.blocks),
            quotes=tuple(self.quotes),
            near=(),
            sides=numbers_by_side(self.quotes),
            silent_sides=(),
            unsupported=tuple(self.unsupported),
        )

    def finished(self, failure: str, milliseconds: float) -> Answer:
        """The whole answer: with what the model left out, or with everything if it failed.

        Args:
            failure: what went wrong; empty when nothing did.
            milliseconds: that it took.
        """
        base, lang = self.base, self.base.lang
        timings = base.timings_ms | {"llm": round(milliseconds - base.timings_ms["total"], 2)}
        timings["total"] = round(milliseconds, 2)
        reason = say(f"llm_{failure}", lang) if failure else ""
        if not self.shown:
            line = Prose(say("llm_instead", lang, reason=reason))
            return replace(base, blocks=(line, *base.blocks), timings_ms=timings)
        more = any(not self._known(quote) for quote in base.quotes)
        if reason:
            self.blocks.append(Prose(say("llm_instead", lang, reason=reason) if more else reason))
        heard = {quote.source.side for quote in self.quotes}
        headed: set[str | None] = set()
        for quote in base.quotes:
            side = quote.source.side
            if self._known(quote) or not (failure or side not in heard):
                continue
            if side not in heard | headed:
                self.blocks.append(heading_of(side, lang))
                headed.add(side)
            self._number(quote)
            self.blocks += introduced(self.quotes[-1], lang)
        heard |= {quote.source.side for quote in self.quotes}
        silent = tuple(side for side in base.silent_sides if side not in heard)
        self.blocks += [Prose(text) for text in silences(silent, lang)]
        last = base.blocks[-1]
        if isinstance(last, Prose) and last.text not in silences(base.silent_sides, lang):
            self.blocks.append(last)  # that only some sources were asked
        return replace(self.answer(), silent_sides=silent, timings_ms=timings)


def _reasons(findings: Sequence[Finding], lang: Language) -> str:
    """Why a sentence is not borne out, in words of ours and of the sentence."""
    told = []
    for finding in findings:
        if finding.kind == "invented_quote":
            told.append(say("invented_quote", lang))
        elif finding.kind != "wording":
            told.append(f"{say(f'effect_{finding.kind}', lang)} ({_grouped(finding.words, lang)})")
    return ", ".join(told) or say("no_support", lang)


def _grouped(text: str, lang: Language) -> str:
    """Words with the digits of large numbers in threes, as they are written."""
    separator = "\u202f" if lang == "fr" else ","
    return re.sub(r"\d{5,}", lambda number: f"{int(number[0]):,}".replace(",", separator), text)

"""The border: every tool once, and no quote leaves it that is not a slice of the sources as they now are.

The way of a question, one line::

    door -> Tools.ask -> Assistant.ask -> Answer -> prove_answer -> page | command | JSON over HTTP and MCP

Doors (rag/ui, rag/cli, rag/api/services.py) call nothing else to find a quote, and set what they are given.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from rag.answer import Assistant, follow_ups, openers
from rag.api.briefs import Briefs
from rag.debate import Counter, Countered, Debate, Face, Rebuttal
from rag.dossier import PACE, Card, Checked, Dossier, Status, checked, make_card, status
from rag.drill import Begun, Drill, Grade, Question, State
from rag.llm import GroundedAssistant
from rag.quotes import OnPage, PageEvidence, prove_answer, prove_quotes, prove_whole, said_as_now, with_quotes
from rag.search import EVERYBODY, Retriever, Scope, WordHits, words_hits
from rag.store import Snapshot, spoken_in
from rag.text import Claim
from rag.types import Answer, Language, Quote, Translation
from rag.verify import Verification, Verifier
from rag.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Proved:
    """An answer of which all that still stands is proved.

    Attributes:
        answer: with the quotes that are slices of their sources.
        lost: those that are not; they must not be shown as quotes.
    """

    answer: Answer
    lost: tuple[Quote, ...]


class Tools:
    """The tools over one index. Safe to share between threads.

    Each takes what the tool takes and raises what it raises. Of what makes no sense without one of its quotes
    nothing is given unless all are proved.

    Args:
        assistant: what answers; the other tools read its index.

    Raises:
        QuoteError: the sources changed meanwhile: ask again.
    """

    def __init__(self, assistant: Assistant) -> None:
        self.index = assistant.index
        self.has_model = assistant.has_model
        self._assistant = assistant
        self._verifier = Verifier(self.index)
        self._debate = Debate(self.index)
        self._drill = Drill(self.index)
        self._page_evidence = PageEvidence(self.index)
        self.workspace = Workspace(self.index.settings)
        endpoint = assistant.endpoint if isinstance(assistant, GroundedAssistant) else None
        self.briefs = Briefs(self.index, self.dossier_check, endpoint)

    # --- answers --------------------------------------------------------------------------------------

    def ask(self, question: str, **options: Any) -> Answer:
        """Answer a question; see :meth:`rag.answer.Assistant.ask`. A quote that fails is left out."""
        return with_quotes(prove_answer(self._assistant.ask(question, **options), self.index))

    async def ask_stream(self, question: str, **options: Any) -> AsyncIterator[Proved]:
        """The answer of :meth:`ask`, growing block by block; the last one given is whole."""
        proved: Proved | None = None
        async for given in self._assistant.astream(question, **options):
            proved = await asyncio.to_thread(self.recheck, given)
            if proved.answer.quotes or not given.quotes:  # one that has lost all that it had is not shown
                yield proved
        if proved is not None:
            with_quotes(proved.answer)

    def recheck(self, answer: Answer) -> Proved:
        """An answer given before, as it stands against the sources now; it may have lost all its quotes."""
        proved = prove_answer(answer, self.index)
        kept = (*proved.quotes, *proved.near)
        return Proved(proved, tuple(q for q in (*answer.quotes, *answer.near) if q not in kept))

    def said_as_now(self, quotes: Sequence[Quote]) -> tuple[Quote, ...]:
        """Quotes given before, with titles, sides and speakers as the sources have them now."""
        return self.index.read(lambda snapshot: tuple(said_as_now(snapshot, quote) for quote in quotes))

    def openers(self, lang: Language) -> tuple[str, ...]:
        """Questions to begin with; see :func:`rag.answer.openers`."""
        return openers(self._assistant, lang)

    def follow_ups(self, answer: Answer) -> tuple[str, ...]:
        """Questions to go on with; see :func:`rag.answer.follow_ups`."""
        return follow_ups(self._assistant, answer)

    def search(
        self,
        query: str,
        k: int = 10,
        sides: Sequence[str] = (),
        sources: Sequence[str] = (),
        speakers: Sequence[str] = (),
    ) -> tuple[Quote, ...]:
        """Passages, best first; see :class:`rag.search.Retriever`. One that fails is left out."""
        retriever = Retriever(self.index, k=k, sides=sides, sources=sources, speakers=speakers)
        found = retriever.search(query)
        return prove_quotes(found, self.index)

    def search_words(
        self, words: str, k: int = 10, scope: Scope = EVERYBODY, exact: bool = False
    ) -> WordHits:
        """Where words stand in the sources; see :func:`rag.search.words_hits`."""
        found = self.index.read(lambda snapshot: words_hits(snapshot, words, k, scope, exact))
        return prove_whole(found, self.index)

    def slice(self, source: str, start: int, end: int, sha256: str | None = None) -> Quote:
        """Words of a source that somebody has chosen, as a quote; see :func:`rag.dossier.make_card`."""
        return self.dossier_card(source, start, end, sha256=sha256).quote

    def sources(self) -> list[dict[str, Any]]:
        """The sources, as JSON: the fields of :class:`rag.types.SourceInfo`, ``passages`` and ``voices``."""

        def listed(snapshot: Snapshot) -> list[dict[str, Any]]:
            spoken = spoken_in(snapshot)
            return [
                {**asdict(entry.info), "passages": entry.passages, "voices": [asdict(one) for one in voices]}
                for entry, voices in zip(snapshot.manifest.sources, spoken, strict=True)
            ]

        return self.index.read(listed)

    # --- the page itself --------------------------------------------------------------------------------

    def page_of(self, source: str, start: int, end: int, **options: Any) -> OnPage:
        """The pages that a slice of a source stands on; see :meth:`rag.quotes.PageEvidence.find`."""
        return prove_whole(self._page_evidence.find(source, start, end, **options), self.index)

    def page_picture(self, source: str, page: int, width: int, **options: Any) -> bytes:
        """A page of a source as a PNG; see :meth:`rag.quotes.PageEvidence.picture`."""
        return self._page_evidence.picture(source, page, width, **options)

    # --- claimed quotes, debate -----------------------------------------------------------------------

    def verify(self, quote: str, attributed: str | None = None, scope: Scope = EVERYBODY) -> Verification:
        """Check a claimed quote, words and meaning; see :meth:`rag.verify.Verifier.verify`."""
        found = self._verifier.verify(quote, attributed, meaning=True, scope=scope)
        return prove_whole(found, self.index)

    def verify_speech(
        self,
        speech: str,
        attributed: str | None = None,
        sentences: bool = False,
        scope: Scope = EVERYBODY,
    ) -> list[tuple[Claim, Verification]]:
        """Check all that a speech quotes, words and meaning; see :meth:`rag.verify.Verifier.speech`."""
        found = self._verifier.speech(speech, attributed, sentences, meaning=True, scope=scope)
        return prove_whole(found, self.index)

    def face(
        self,
        motion: str = "",
        lang: Language | None = None,
        echoes: bool = False,
        scope: Scope = EVERYBODY,
    ) -> Face:
        """The sides face to face; see :meth:`rag.debate.Debate.face`."""
        return prove_whole(self._debate.face(motion, lang, echoes, scope), self.index)

    def rebut(
        self,
        claim: str,
        side: str | None = None,
        lang: Language | None = None,
        scope: Scope = EVERYBODY,
    ) -> Rebuttal:
        """What to set against a claim; see :meth:`rag.debate.Debate.rebut`."""
        return prove_whole(self._debate.rebut(claim, side, lang, scope), self.index)

    def translate(
        self, source: str, start: int, end: int, lang: Language, sha256: str | None = None
    ) -> Translation:
        """A slice of a source in another language, by the model: no quote.

        Raises:
            SettingsError: no model is set.
            UnknownSource, InputError: there is no such slice, or the source is not the one that was quoted.
            EndpointError: the model fails.
        """
        quote = self.dossier_card(source, start, end, sha256=sha256).quote
        return self._assistant.translate(quote.text, lang)

    def counter(self, speech: str, side: str | None = None, **options: Any) -> Counter:
        """What to answer to a speech; see :meth:`rag.debate.Debate.counter`."""
        return prove_whole(self._debate.counter(speech, side, **options), self.index)

    def counter_sentence(
        self,
        sentence: str,
        side: str | None = None,
        lang: Language | None = None,
        scope: Scope = EVERYBODY,
    ) -> Countered:
        """What to answer to one sentence of it; see :meth:`rag.debate.Debate.counter_sentence`."""
        return prove_whole(self._debate.counter_sentence(sentence, side, lang, scope), self.index)

    # --- training: the state is the caller's to keep ----------------------------------------------------

    def drill(self, state: State, *given: Any, **options: Any) -> Begun:
        """Begin a session; see :meth:`rag.drill.Drill.begin`."""
        return prove_whole(self._drill.begin(state, *given, **options), self.index)

    def drill_grade(self, question: str | Question, answer: str, *given: Any, **options: Any) -> Grade:
        """Grade an answer to a question, or to the one with an id; see :meth:`rag.drill.Drill.grade`."""
        return prove_whole(self._drill.grade(question, answer, *given, **options), self.index)

    def drill_state(self, state: State) -> State:
        """What still counts of a state; see :meth:`rag.drill.Drill.kept`."""
        return self._drill.kept(state)

    # --- dossiers: a file is the caller's to keep -------------------------------------------------------

    def dossier_card(self, source: str, start: int, end: int, tag: str = "", **options: Any) -> Card:
        """A card from a slice of a source; see :func:`rag.dossier.make_card`."""
        card = self.index.read(lambda snapshot: make_card(snapshot, source, start, end, tag, **options))
        return prove_whole(card, self.index)

    def dossier_status(self, dossier: Dossier) -> list[Status]:
        """Whether each card still stands in its source."""
        return self.index.read(lambda snapshot: [status(card, snapshot) for card in dossier.cards])

    def dossier_check(self, dossier: Dossier, lang: Language, pace: int = PACE) -> Checked:
        """A dossier ready to be set, what is not verified marked; see :func:`rag.dossier.checked`."""
        found = self.index.read(lambda snapshot: checked(dossier, snapshot, lang, pace))
        prove_whole(found.quotes, self.index)  # of the marked cards nothing is set as a quote
        return found

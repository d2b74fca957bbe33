"""From a draft to a question: what is shown with it, how it is put, which passages answer it."""

from __future__ import annotations

from dataclasses import replace

from rag.answer import Assistant
from rag.catalogue import say
from rag.debate import Debate
from rag.drill.drafts import Draft
from rag.drill.ids import make_id
from rag.drill.question_set import Fitting, fact_in, passages
from rag.drill.sentences import Sentences, language_of_source
from rag.drill.types import Question, overlap
from rag.quotes import named
from rag.search import EVERYBODY, Scope
from rag.text import fold
from rag.types import Language, Quote, SourceInfo, Span


class Maker:
    """Makes questions of the drafts of one snapshot, answered by those of a scope."""

    def __init__(
        self, assistant: Assistant, debate: Debate, sentences: Sentences, scope: Scope = EVERYBODY
    ) -> None:
        self.scope = scope
        self.assistant = assistant
        self.debate = debate
        self.sentences = sentences
        self.snapshot = sentences.snapshot

    def identifier(self, draft: Draft) -> str:
        """The id of the question of a draft."""
        info: SourceInfo = self.sentences.voice(draft.row)
        start, end = self.sentences.span(draft.row)
        texts = [] if draft.side is None else [draft.side]
        if draft.of_set:
            first = draft.of_set.places[0]
            info, start, end = self.snapshot.infos[first.number], first.start, first.end
            texts.insert(0, draft.of_set.asked.question)
        return make_id(draft.kind, info, (start, end, *(draft.part or ())), texts)

    def question(self, draft: Draft, lang: Language | None) -> Question | None:
        """The question of a draft; ``None`` where nothing answers it."""
        if draft.of_set:
            return self._of_set(draft, draft.of_set, lang)
        info = self.sentences.voice(draft.row)
        own = language_of_source(info)
        language = lang or own
        pieces = tuple(self.sentences.pieces(draft.row, _shown(draft, self.sentences.span(draft.row))))
        topic = self._topic(draft)
        query = " ".join(piece.text for piece in pieces) or say("about", own, topic=topic)
        expected = self._expected(draft, query, topic, own)
        if not expected:
            return None
        return Question(
            id=self.identifier(draft),
            kind=draft.kind,
            lang=language,
            prompt=_prompt(draft, info, topic, language),
            shown=pieces,
            hidden=draft.hidden,
            topic=topic,
            source=info,
            side=draft.side,
            expected=expected,
            query=query,
        )

    def _of_set(self, draft: Draft, fits: Fitting, lang: Language | None) -> Question:
        asked, expected = fits.asked, passages(fits, self.snapshot)
        language = asked.lang or lang or language_of_source(expected[0].source)
        told = asked.question
        if fits.side is not None:
            told = say("drill_asked", language, side=fits.side, question=told)
        return Question(
            id=self.identifier(draft),
            kind="asked",
            lang=language,
            prompt=told,
            shown=(),
            hidden=fact_in(asked.answer or "") if expected[0].highlights else None,
            topic="",
            source=expected[0].source,
            side=fits.side,
            expected=expected,
            query=asked.question,
        )

    def _topic(self, draft: Draft) -> str:
        """What is asked about, verbatim; empty of another kind."""
        if draft.kind != "about" or draft.part is None:
            return ""
        return self.sentences.source_text(draft.row)[slice(*draft.part)]

    def _expected(self, draft: Draft, query: str, topic: str, lang: Language) -> tuple[Quote, ...]:
        """The passages that answer, the best first; none where they do not."""
        start, end = self.sentences.span(draft.row)
        own = self.sentences.quote(draft.row, start, end)
        if draft.kind == "about":
            said_by = [own.speaker] if own.speaker else []
            answer = self.assistant.ask(query, lang=lang, sources=[own.source.id], speakers=said_by)
            if not any(overlap(quote, own) for quote in answer.quotes):
                return ()
            others = [
                replace(quote, n=0, highlights=())
                for quote in answer.quotes
                if fold(topic) in fold(quote.text)
            ]
            return (own, *(quote for quote in others if not overlap(quote, own)))
        if draft.kind == "rebut":
            found = self.debate.rebut(own.text, own.source.side, lang, self.scope).against
            certain = (reply.quote for reply in found if reply.certain)
            return tuple(quote for quote in certain if quote.source.side == draft.side)
        if draft.kind != "who" and draft.part:
            return (replace(own, highlights=(draft.part,)),)
        return (own,)


def _shown(draft: Draft, sentence: Span) -> list[Span]:
    """The slices of a sentence that are shown with a question."""
    start, end = sentence
    if draft.kind == "about":
        return []
    if draft.kind == "blank" and draft.part:
        return [(start, draft.part[0]), (draft.part[1], end)]
    if draft.kind == "complete" and draft.part:
        return [(start, draft.part[0])]
    return [(start, end)]


def _prompt(draft: Draft, info: SourceInfo, topic: str, lang: Language) -> str:
    key = f"drill_blank_{draft.hidden}" if draft.kind == "blank" else f"drill_{draft.kind}"
    return say(key, lang, source=named(info, lang), topic=topic, side=draft.side or "")

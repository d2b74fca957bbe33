"""A model's sentences, graded one by one: quoted, borne out, or neither."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from rag.llm.matching import Vector
from rag.llm.parse import read
from rag.llm.support import Judge
from rag.llm.types import Finding
from rag.quotes import check, cut
from rag.search import Scope
from rag.store import Index, Snapshot
from rag.types import Quote, SourceInfo
from rag.verify import Verifier


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


class Grader:
    """Grades sentences against evidence, such as the quotes of an answer."""

    def __init__(self, index: Index, evidence: Sequence[Quote], scope: Scope, vector: Vector) -> None:
        self._index = index
        self._evidence = evidence
        self._verifier = Verifier(index)
        voices = index.read(lambda snapshot: snapshot.heard.voices)
        self._asked = index.read(scope.voices)
        asked = voices if self._asked is None else [voices[number] for number in self._asked]
        self._is_debate = len({voice.side for voice in asked if voice.side}) > 1
        self._judge = Judge(index, voices, vector)

    def grade(self, sentence: str, count: int) -> Graded | None:
        """Grade a sentence as the model wrote it; ``None`` when it has no words.

        Args:
            sentence: one of a model.
            count: how many quotes the model was given: the first ones of the evidence.
        """
        draft = read(sentence, count)
        if not any(character.isalpha() for character in draft.text):
            return None
        evidence = self._evidence[:count]
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
        asked = range(len(snapshot.heard.voices)) if self._asked is None else self._asked
        found = self._verifier.within(snapshot, words, asked)
        if found.verdict != "exact":
            return None
        for piece in found.pieces:
            for quote in self._evidence:
                if piece.source == quote.source and quote.start <= piece.start < piece.end <= quote.end:
                    return quote
        place = [piece for piece in found.pieces if piece.n == found.pieces[0].n]
        number = snapshot.number_of(place[0].source.id)
        assert number is not None, "a piece found has its source"
        first = snapshot.row_at("sentence", number, place[0].start)
        last = snapshot.row_at("sentence", number, place[-1].end - 1)
        source = snapshot.source(number)
        sentences = [snapshot.sentence(row)[1] for row in range(first, last + 1)]
        around = [snapshot.span("passage", int(snapshot.sentences["passage"][row])) for row in (first, last)]
        return check(cut(source, sentences, (around[0][0], around[1][1]), 1.0), source)


def _together(one: Quote, other: Quote) -> Quote:
    """Two quotes of a source as one, to be judged by; never shown."""
    return replace(one, text=f"{one.text} {other.text}", lead_in=f"{one.lead_in} {other.lead_in}")

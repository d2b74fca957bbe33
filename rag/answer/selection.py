"""What is quoted for a question, by what kind of thing it asks for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from rag.answer.clock import Clock
from rag.answer.evidence import HEARD, Evidence, asked_sides
from rag.answer.listing import items
from rag.answer.silence import on_matter, speak_of
from rag.answer.summary import carrying
from rag.errors import EndpointError
from rag.search import ANSWERABLE, Hits, Query, Question, Scope, best_hits, make_query, sources_named
from rag.settings import Settings
from rag.store import Index, Snapshot
from rag.types import Quote, SourceInfo, Voice

LISTED = 40
"""Most items of a list that is asked for."""
CARRYING = 6
"""How many sentences a summary has, of several sides so many or two of each."""
MENTIONING = 4
"""Of so many sources that speak of a subject it is summarised."""
COMPARED = 4
"""Most sides that are compared."""
OF_EACH = 2
"""How many quotes of each side are compared."""
OF_LIST = 0.8
"""Share of the probability of the best sentence of its side from which a sentence is taken for an item."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What is quoted.

    Attributes:
        quotes: checked, in the order in which they are shown.
        near: where nothing is quoted, the nearest passages.
        confidence: 0 to 1 that the sources answer.
        silent: sides asked that have nothing to say.
        only: the sources or voices that the question names, where no others were asked.
        failed: why a reranker has not put the hits in order.
        is_selection: whether they are chosen to carry their sources, and answer nothing in particular.
    """

    quotes: Sequence[Quote]
    near: Sequence[Quote]
    confidence: float
    silent: tuple[str, ...]
    only: tuple[SourceInfo, ...] = ()
    failed: EndpointError | None = None
    is_selection: bool = False


_ALL = Scope()


class Selector:
    """Selects quotes of one snapshot for one question.

    Args:
        index: for its encoder.
        snapshot: what is asked.
        settings: whether passages are read, and how many quotes there are.
        question: as it was read.
        clock: to which the laps ``embed`` and ``search`` are told.
        scope: the only ones to ask.

    Raises:
        InputError, UnknownSource: as :func:`rag.search.make_query` does.
    """

    def __init__(
        self,
        index: Index,
        snapshot: Snapshot,
        settings: Settings,
        question: Question,
        clock: Clock,
        scope: Scope = _ALL,
    ) -> None:
        self._index = index
        self._snapshot = snapshot
        self._settings = settings
        self._question = question
        self._clock = clock
        self._free = not scope
        self._named = question.addressed.voice if self._free else frozenset[int]()
        asked = self._named or scope.voices(snapshot)
        self._query = make_query(snapshot, index, question, voices=asked)
        clock.lap("embed")

    def select(self) -> Selection:
        """What is quoted."""
        request = self._question.request
        if request.kind == "summarise" or (request.kind == "compare" and not request.subject):
            return self._summary(request.subject)
        if request.kind == "compare" and len(self._asked) > 1:
            return self._comparison()
        return self._answer()

    @property
    def _asked(self) -> list[str]:
        return asked_sides(self._snapshot, self._query)

    @property
    def _voices(self) -> Sequence[Voice]:
        return self._snapshot.heard.voices

    def _hits(self, query: Query) -> Hits:
        hits = best_hits(self._snapshot, self._index, self._settings, query)
        self._clock.lap("search")
        return hits

    # --- a question ---

    def _answer(self) -> Selection:
        query, hits = self._best_reading()
        if hits.confidence < ANSWERABLE and self._question.asks_for_arguments and self._free:
            return self._carried(self._speakers(), OF_EACH)
        evidence = Evidence(self._snapshot, query, hits)
        quotes: list[Quote] = []
        if hits.confidence >= ANSWERABLE:
            listed = self._question.request.kind == "list"
            quotes = self._list(evidence, hits) if listed else evidence.quotes(self._settings.max_quotes)
        return self._selection(quotes, [] if quotes else evidence.nearest(), hits, query)

    def _best_reading(self) -> tuple[Query, Hits]:
        """The first reading that is answered, of a question about a side by the others or whom it asks."""
        tried = []
        for question in self._question.readings:
            query = self._query
            if (self._free and question.addressed.about) or question is not self._question:
                query = make_query(self._snapshot, self._index, question, voices=self._scope())
            tried.append((query, self._hits(query)))
            if tried[-1][1].confidence >= ANSWERABLE:
                return tried[-1]
        if self._named or not self._free or len(tried) == 1:
            return max(tried, key=lambda each: each[1].confidence)
        return self._query, self._hits(self._query)  # perhaps they tell it themselves

    def _speakers(self) -> list[int]:
        """Numbers of those who speak for a side, or of one."""
        addressed = self._question.addressed
        if addressed.voice:
            return sorted(addressed.voice)
        return on_matter(self._snapshot, sorted(self._scope()), sorted(addressed.about))

    def _scope(self) -> frozenset[int]:
        """Numbers of those who are asked about a side."""
        asked = self._query.voices
        if asked is not None:
            return asked
        return frozenset(range(len(self._voices))) - self._question.addressed.about

    def _list(self, evidence: Evidence, hits: Hits) -> list[Quote]:
        """Every item of the list that answers, of each side that has one."""
        by_side: dict[str | None, list[int]] = {}
        best: dict[str | None, float] = {}
        for row, likely in zip(hits.sentences.tolist(), hits.probabilities.tolist(), strict=True):
            side = self._snapshot.info_at(row).side
            if side in best and likely >= OF_LIST * best[side]:
                by_side[side].append(row)
            elif side not in best and (not best or likely >= HEARD):
                best[side], by_side[side] = likely, [row]
        rows: list[int] = []
        for sure in by_side.values():
            listed = items(self._snapshot, sure)
            told, every = (len({self._item(row) for row in of if row in listed}) for of in (sure, listed))
            is_list = sure[0] not in listed or 2 * told >= every > 1
            rows += listed if is_list else [sure[0]]  # one of them answers by itself
        if len(rows) < 2:
            return evidence.quotes(self._settings.max_quotes)
        return evidence.chosen(rows[:LISTED], hits.confidence)

    def _item(self, row: int) -> tuple[str, int]:
        """The item in which a sentence stands: itself after a lead-in, else its passage."""
        columns = self._snapshot.sentences
        led = columns["lead_start"][row] >= 0
        return ("sentence", row) if led else ("passage", int(columns["passage"][row]))

    # --- the sides opposite each other ---

    def _comparison(self) -> Selection:
        """The best quotes of each side on a subject, each looked for by itself."""
        found = []
        for side in self._asked[:COMPARED]:
            own = self._snapshot.heard.of_side(side)
            query = replace(self._query, voices=own & (self._query.voices or own))
            found.append((query, self._hits(query)))
        best = max((hits for _, hits in found), key=lambda hits: hits.confidence)
        if best.confidence < ANSWERABLE:
            return self._answer()
        quotes = [
            quote
            for query, hits in found
            if hits.confidence >= HEARD
            for quote in Evidence(self._snapshot, query, hits).quotes(OF_EACH)
        ]
        return self._selection(quotes, (), best)

    # --- a summary ---

    def _summary(self, subject: str) -> Selection:
        """What carries the sources that a subject names, or that have its words; all without one."""
        voices = self._voices
        asked = range(len(voices)) if self._query.voices is None else sorted(self._query.voices)
        numbers = sorted(sources_named(subject, voices) & set(asked)) if subject else list(asked)
        if not numbers:
            heard = {voices[number].number for number in asked}
            mentioning = [number for number in self._mentioning() if number in heard][:MENTIONING]
            numbers = [number for number in asked if voices[number].number in mentioning]
        if not numbers:
            return self._answer()
        sides = {voices[number].side for number in numbers} - {None}
        return self._carried(numbers, max(CARRYING, OF_EACH * min(COMPARED, len(sides))))

    def _carried(self, numbers: Sequence[int], count: int) -> Selection:
        """Sentences that carry what some say, said to be a selection."""
        rows = carrying(self._snapshot, numbers, count)
        quotes = Evidence(self._snapshot, self._query, Hits.none()).chosen(rows)
        return Selection(quotes, (), 1.0 if quotes else 0.0, (), is_selection=True)

    def _mentioning(self) -> list[int]:
        """Numbers of the sources that have words of what is summarised, those with most first."""
        found = self._snapshot.lexical.share("passage", self._query.terms)
        sources = self._snapshot.passages["source"][found.top(len(found.rows))]
        return list(dict.fromkeys(sources.tolist()))

    # --- who is silent ---

    def _selection(
        self, quotes: Sequence[Quote], near: Sequence[Quote], hits: Hits, query: Query | None = None
    ) -> Selection:
        heard = {side for quote in quotes for side in quote.sides}
        asked = asked_sides(self._snapshot, query or self._query)
        silent = [side for side in asked if side not in heard]
        return Selection(
            quotes,
            near,
            hits.confidence,
            tuple(side for side in silent if not quotes or speak_of(self._snapshot, side, quotes)),
            tuple(self._only()),
            hits.failed,
        )

    def _only(self) -> Iterator[SourceInfo]:
        """Those who were asked by name; a source where all who speak in it were."""
        every = Counter(voice.number for voice in self._voices) if self._named else Counter[int]()
        named = groupby((self._voices[n] for n in sorted(self._named)), lambda voice: voice.number)
        for number, voices in ((number, list(found)) for number, found in named):
            yield from [self._snapshot.infos[number]] if len(voices) == every[number] else voices

"""Questions for a debater to train on: made of the sources' own sentences by rule, or of a set; no model.

=============  ================================================================================
kind           what is asked
=============  ================================================================================
``blank``      the number, date, name or quoted words that are hidden in a sentence
``complete``   how a sentence goes on
``about``      what a source says about a topic that it comes back to
``who``        whose words a sentence is
``rebut``      what one's own side has against a sentence of another's
``asked``      a question of the question set; see rag/drill/question_set.py
=============  ================================================================================

Every question is checked before it is asked: the assistant holds what it shows to be answered, and quotes the
passage that the answer is judged by. The id of a question says which source (by its hash) and which slices it
is made of, and of a question of the set a hash of its words, so that it is the same question each time, and
none any more when the source has changed or the set no longer has it.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice, zip_longest
from typing import Literal

from rag.answer import Assistant
from rag.catalogue import say
from rag.debate import Debate
from rag.drill.drafts import KINDS, Draft, Drafts, Hidden, Kind
from rag.drill.question_set import Fitting, fact_in, passages
from rag.errors import InputError
from rag.quotes import named
from rag.store import Index, Snapshot
from rag.text import fold
from rag.types import Language, Quote, SourceInfo

SOURCES_TRIED, ROWS_TRIED = 200, 300
"""Most sources, and most sentences of each, among which questions are looked for."""
CHECKED_MORE = 5
"""How many candidates are checked for each question wanted, at most."""
MOST = 100
"""Most questions of a session."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question, and what its answer is judged by.

    Attributes:
        id: see the module.
        prompt: what to do, in the program's words; of an ``asked``, the question of the set.
        shown: what is shown with it; ``gap`` says where the words asked for are missing.
        hidden: what sort of words fills the gap, of a ``blank``; of an ``asked``, what sort of fact answers,
            ``None`` where it is no fact.
        topic: of ``about``, verbatim from the source.
        source: whose words are asked for, or shown; not to be told before the answer to a ``who``.
        side: for whom one speaks, of a ``rebut``, and of an ``asked`` that other sides answer as well.
        expected: the passages that answer, the best first; the words asked for are its highlights.
        query: what the assistant was asked, to check the question.
    """

    id: str
    kind: Kind
    lang: Language
    prompt: str
    shown: tuple[Quote, ...]
    hidden: Hidden | None
    topic: str
    source: SourceInfo
    side: str | None
    expected: tuple[Quote, ...]
    query: str

    @property
    def gap(self) -> Literal["before", "between", "after"] | None:
        """Where in what is shown the words asked for are missing, if they are."""
        if self.kind not in ("blank", "complete"):
            return None
        if len(self.shown) > 1:
            return "between"
        return "before" if self.shown[0].start > self.expected[0].start else "after"


class Quiz:
    """Makes questions from one index. Safe to share between threads."""

    def __init__(self, index: Index) -> None:
        self.index = index

    def questions(
        self,
        count: int,
        side: str | None = None,
        lang: Language | None = None,
        seed: int = 0,
        known: Iterable[str] = (),
    ) -> list[Question]:
        """New questions, of all kinds in turn, one of the set first; fewer where the sources give no more.

        Args:
            count: how many, :data:`MOST` at most.
            side: for whom one speaks: the questions are about its sources, or for it to answer the others.
            lang: of the prompts; the source's own by default.
            seed: the same one gives the same questions.
            known: ids that are not to be given.

        Raises:
            InputError: no source has the side, or too many are wanted.
            SettingsError: the question set cannot be read.
            StoreError: there is no index.
        """
        if not 1 <= count <= MOST:
            raise InputError("drill_out_of_range", count=count, most=MOST)
        return self.index.read(
            lambda snapshot: _Maker(self.index, snapshot).questions(count, side, lang, seed, set(known))
        )

    def question(self, identifier: str, lang: Language | None = None) -> Question:
        """The question with an id.

        Raises:
            InputError: there is none, or no more.
            SettingsError: it is of the question set, which cannot be read.
            StoreError: there is no index.
        """
        return self.index.read(lambda snapshot: _Maker(self.index, snapshot).question(identifier, lang))


_HASH = 16
_ID = re.compile(
    rf"(?P<kind>{'|'.join(KINDS)})-(?P<hash>[0-9a-f]{{{_HASH}}})-(?P<start>\d{{1,9}})-(?P<end>\d{{1,9}})"
    r"(?:-(?P<first>\d{1,9})-(?P<last>\d{1,9}))?(?:-(?P<words>[0-9a-f]{8}))?"
)


def hash_of(identifier: str) -> str:
    """The beginning of the hash of the source that a question is made of; empty for what is no id."""
    match = _ID.fullmatch(identifier)
    return match["hash"] if match else ""


def short_hash(info: SourceInfo) -> str:
    """What :func:`hash_of` gives for questions of a source."""
    return info.sha256[:_HASH]


def _words_key(*texts: str) -> str:
    """A short hash of a side, or of a question and a side."""
    return hashlib.sha256("\0".join(texts).encode("utf-8", "surrogatepass")).hexdigest()[:8]


class _Maker(Drafts):
    """Questions of one snapshot."""

    def __init__(self, index: Index, snapshot: Snapshot) -> None:
        super().__init__(index, snapshot)
        self.assistant = Assistant(index)
        self.debate = Debate(index)

    # --- choosing ---

    def questions(
        self, count: int, side: str | None, lang: Language | None, seed: int, known: set[str]
    ) -> list[Question]:
        if side is not None and side not in self.sides:
            raise InputError("side_unknown", side=side, sides=", ".join(self.sides) or "none")
        chance = random.Random(seed)
        budget = [CHECKED_MORE * count + len(KINDS)]
        taken: set[int] = set()
        kinds: list[Kind] = [kind for kind in KINDS if kind != "asked"]
        chance.shuffle(kinds)
        makers = [
            self._sound(kind, side, lang, random.Random(f"{seed} {kind}"), taken, known, budget)
            for kind in ("asked", *kinds)  # those of the set have the first choice of sentences
        ]
        found = (each for turn in zip_longest(*makers) for each in turn if each is not None)
        return list(islice(found, count))

    def _sound(
        self,
        kind: Kind,
        side: str | None,
        lang: Language | None,
        chance: random.Random,
        taken: set[int],
        known: set[str],
        budget: list[int],
    ) -> Iterator[Question]:
        """Questions of a kind that pass their check, each of sentences not taken yet."""
        for row in self._rows(kind, side, chance):
            drafts = [] if row in taken else self._drafts(kind, row, side)
            new = [draft for draft in drafts if self._is_new(draft, taken, known, lang)]
            if not new:
                continue
            if not budget[0]:
                return
            budget[0] -= 1
            draft = chance.choice(new)
            question = self._question(draft, lang)
            if question is not None and self._is_sound(question):
                taken |= self._rows_with(draft)
                yield question

    def _is_new(self, draft: Draft, taken: set[int], known: set[str], lang: Language | None) -> bool:
        """Whether a draft is of sentences not taken, not known, and in the language, where it has one."""
        spoken = draft.of_set.asked.lang if draft.of_set else None
        wanted = lang or self._language(self._info(draft.row))
        return (
            spoken in (None, wanted)
            and not taken & self._rows_with(draft)
            and self._identifier(draft) not in known
        )

    def _rows(self, kind: Kind, side: str | None, chance: random.Random) -> Iterator[int]:
        """Sentences in a random order, the sources in turn."""
        if kind == "asked":
            return iter(chance.sample(sorted(self._asked), len(self._asked)))
        others = kind == "rebut"  # a rebuttal starts from what another side says
        numbers = [
            number
            for number, info in enumerate(self.snapshot.infos)
            if side is None or kind == "who" or (info.side != side if others else info.side == side)
        ]
        chance.shuffle(numbers)
        turns = [self._rows_of(number, chance) for number in numbers[:SOURCES_TRIED]]
        return (row for turn in zip_longest(*turns) for row in turn if row is not None)

    def _rows_of(self, number: int, chance: random.Random) -> Iterator[int]:
        first = self.snapshot.first_rows["sentence"]
        begin = int(first[number])
        last = number + 1 == len(first)
        end = len(self.snapshot.sentences["start"]) if last else int(first[number + 1])
        rows = chance.sample(range(begin, end), min(end - begin, ROWS_TRIED))
        return (row for row in rows if self._is_usable(row))

    def _is_sound(self, question: Question) -> bool:
        """Whether the assistant answers what a question shows with a passage that it is judged by."""
        sides = [question.side] if question.side is not None else []
        sources = [question.source.id] if question.kind in ("blank", "complete", "about") else []
        answer = self.assistant.ask(question.query, lang=question.lang, sides=sides, sources=sources)
        return any(overlap(quote, gold) for quote in answer.quotes for gold in question.expected)

    # --- finding again ---

    def question(self, identifier: str, lang: Language | None) -> Question:
        match = _ID.fullmatch(identifier)
        draft = self._draft_of(match) if match else None
        question = self._question(draft, lang) if draft else None
        if question is None:
            raise InputError("drill_gone", question=identifier[:80])
        return question

    def _draft_of(self, match: re.Match[str]) -> Draft | None:
        """The draft that an id means, among those that its sentence gives."""
        identifier = match.group()
        for number, info in enumerate(self.snapshot.infos):
            if short_hash(info) != match["hash"] or int(match["end"]) > info.characters:
                continue
            row = self.snapshot.row_at("sentence", number, int(match["start"]))
            kind: Kind = match["kind"]  # type: ignore[assignment]
            drafts: Iterable[Draft] = ()
            if kind == "asked":
                drafts = self._asked.get(row, ())
            elif self._is_usable(row):
                drafts = self._drafts(kind, row, None)
            found = next((draft for draft in drafts if self._identifier(draft) == identifier), None)
            if found is not None:
                return found
        return None

    def _identifier(self, draft: Draft) -> str:
        info, (start, end) = self._info(draft.row), self._span(draft.row)
        texts = [] if draft.side is None else [draft.side]
        if draft.of_set:
            first = draft.of_set.places[0]
            info, start, end = self.snapshot.infos[first.number], first.start, first.end
            texts.insert(0, draft.of_set.asked.question)
        parts = [draft.kind, short_hash(info), *map(str, (start, end, *(draft.part or ())))]
        return "-".join([*parts, _words_key(*texts)] if texts else parts)

    # --- questions ---

    def _question(self, draft: Draft, lang: Language | None) -> Question | None:
        """The question of a draft; ``None`` where nothing answers it."""
        if draft.of_set:
            return self._question_of_set(draft, draft.of_set, lang)
        info = self._info(draft.row)
        language = lang or self._language(info)
        start, end = self._span(draft.row)
        shown = [(start, end)]
        if draft.kind == "blank" and draft.part:
            shown = [(start, draft.part[0]), (draft.part[1], end)]
        elif draft.kind == "complete" and draft.part:
            shown = [(start, draft.part[0])]
        elif draft.kind == "about":
            shown = []
        pieces = tuple(self._pieces(draft.row, shown))
        topic = self._whole(draft.row)[slice(*draft.part)] if draft.kind == "about" and draft.part else ""
        query = " ".join(piece.text for piece in pieces) or say("about", language, topic=topic)
        expected = self._expected(draft, query, language)
        if not expected:
            return None
        return Question(
            id=self._identifier(draft),
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

    def _question_of_set(self, draft: Draft, fits: Fitting, lang: Language | None) -> Question:
        asked, expected = fits.asked, passages(fits, self.snapshot)
        language = asked.lang or lang or self._language(expected[0].source)
        told = asked.question
        if fits.side is not None:
            told = say("drill_asked", language, side=fits.side, question=told)
        return Question(
            id=self._identifier(draft),
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

    def _expected(self, draft: Draft, query: str, lang: Language) -> tuple[Quote, ...]:
        start, end = self._span(draft.row)
        own = self._excerpt(draft.row, start, end)
        if draft.kind == "about":
            answer = self.assistant.ask(query, lang=lang, sources=[own.source.id])
            topic = fold(self._whole(draft.row)[slice(*draft.part)] if draft.part else "")
            if not any(overlap(quote, own) for quote in answer.quotes):
                return ()
            others = [
                replace(quote, n=0, highlights=()) for quote in answer.quotes if topic in fold(quote.text)
            ]
            return (own, *(quote for quote in others if not overlap(quote, own)))
        if draft.kind == "rebut":
            found = self.debate.rebut(own.text, own.source.side, lang).against
            return tuple(bearing.quote for bearing in found if bearing.quote.source.side == draft.side)
        if draft.kind != "who" and draft.part:
            return (replace(own, highlights=(draft.part,)),)
        return (own,)


def _prompt(draft: Draft, info: SourceInfo, topic: str, lang: Language) -> str:
    key = f"drill_blank_{draft.hidden}" if draft.kind == "blank" else f"drill_{draft.kind}"
    return say(key, lang, source=named(info, lang), topic=topic, side=draft.side or "")


def overlap(one: Quote, other: Quote) -> bool:
    """Whether two quotes of one source have words in common places."""
    same = one.source.sha256 == other.source.sha256
    return same and one.start < other.end and other.start < one.end

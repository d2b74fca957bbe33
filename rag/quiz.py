"""Questions for a debater to train on: made of the sources' own sentences by rule, or of a set; no model.

=============  ================================================================================
kind           what is asked
=============  ================================================================================
``blank``      the number, date, name or quoted words that are hidden in a sentence
``complete``   how a sentence goes on
``about``      what a source says about a topic that it comes back to
``who``        whose words a sentence is
``rebut``      what one's own side has against a sentence of another's
``asked``      a question of the question set; see rag/questionset.py
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
from functools import cached_property
from itertools import islice, pairwise, zip_longest
from typing import Literal, get_args

import numpy as np

from rag.answer import Assistant
from rag.debate import Debate
from rag.errors import InputError
from rag.facts import facts
from rag.index import Index, Snapshot
from rag.lexical import fold, words
from rag.questionset import Fitting, fact_in, fitting, for_each_side, load_set, passages
from rag.quote import excerpt, quotable_span
from rag.segment import content_start
from rag.spans import spans, tokenise
from rag.suggest import topics
from rag.types import Language, Quote, SourceInfo, Span
from rag.vocabulary import content_words
from rag.words import named, say

Kind = Literal["blank", "complete", "about", "who", "rebut", "asked"]
KINDS: tuple[Kind, ...] = get_args(Kind)
Hidden = Literal["number", "date", "name", "quoted"]

LENGTHS = (40, 420)
"""Shortest and longest sentence that a question is made of, in characters."""
WORDS_MIN = 5
"""Fewest words that mean something in such a sentence."""
PART_MIN = 3
"""Fewest of them in each part of a sentence that is to be completed."""
HIDDEN_MOST = 0.4
"""Most of a sentence that is hidden as one fact."""
COMMONPLACE = 0.2
"""A name in more than this share of the sentences of its source is too easy to guess."""
CUT_BETWEEN = (0.3, 0.7)
"""A sentence that is to be completed is cut between these shares of its length."""
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
            raise InputError(f"{count} questions: choose 1 to {MOST}")
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


_MEASURES = frozenset("nbu%q")
"""Tags of numbers and units (rag/spans.py): « milliards de dollars » is no topic."""
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


@dataclass(frozen=True, slots=True)
class _Draft:
    """A question that could be made of a sentence: which part of it is hidden, or for whom one speaks.

    A question of the set belongs to the sentence in which the first passage that answers it begins.
    """

    kind: Kind
    row: int
    part: Span | None = None
    hidden: Hidden | None = None
    side: str | None = None
    of_set: Fitting | None = None


class _Maker:
    """Questions of one snapshot."""

    def __init__(self, index: Index, snapshot: Snapshot) -> None:
        self.settings = index.settings
        self.snapshot = snapshot
        self.assistant = Assistant(index)
        self.debate = Debate(index)
        self.sides = sorted({info.side for info in snapshot.infos if info.side is not None})

    # --- choosing ---

    def questions(
        self, count: int, side: str | None, lang: Language | None, seed: int, known: set[str]
    ) -> list[Question]:
        if side is not None and side not in self.sides:
            raise InputError(f"no source has the side {side!r}; there are: {', '.join(self.sides) or 'none'}")
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

    def _is_new(self, draft: _Draft, taken: set[int], known: set[str], lang: Language | None) -> bool:
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

    def _is_usable(self, row: int) -> bool:
        """Whether a sentence is one: long enough, and more than an announcement or a heading."""
        text = self._text(row)
        return (
            bool(self.snapshot.sentences["quotable"][row])
            and LENGTHS[0] <= len(text) <= LENGTHS[1]
            and not text.endswith((":", "?"))
            and len(content_words(text)) >= WORDS_MIN
        )

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
            raise InputError(
                f"no question {identifier[:80]!r}: its source has changed, the set has lost it, or it "
                "never was one; take new ones with `replique drill`"
            )
        return question

    def _draft_of(self, match: re.Match[str]) -> _Draft | None:
        """The draft that an id means, among those that its sentence gives."""
        identifier = match.group()
        for number, info in enumerate(self.snapshot.infos):
            if short_hash(info) != match["hash"] or int(match["end"]) > info.characters:
                continue
            row = self.snapshot.row_at("sentence", number, int(match["start"]))
            kind: Kind = match["kind"]  # type: ignore[assignment]
            drafts: Iterable[_Draft] = ()
            if kind == "asked":
                drafts = self._asked.get(row, ())
            elif self._is_usable(row):
                drafts = self._drafts(kind, row, None)
            found = next((draft for draft in drafts if self._identifier(draft) == identifier), None)
            if found is not None:
                return found
        return None

    def _identifier(self, draft: _Draft) -> str:
        info, (start, end) = self._info(draft.row), self._span(draft.row)
        texts = [] if draft.side is None else [draft.side]
        if draft.of_set:
            first = draft.of_set.places[0]
            info, start, end = self.snapshot.infos[first.number], first.start, first.end
            texts.insert(0, draft.of_set.asked.question)
        parts = [draft.kind, short_hash(info), *map(str, (start, end, *(draft.part or ())))]
        return "-".join([*parts, _words_key(*texts)] if texts else parts)

    # --- sentences ---

    def _number(self, row: int) -> int:
        return int(self.snapshot.sentences["source"][row])

    def _info(self, row: int) -> SourceInfo:
        return self.snapshot.infos[self._number(row)]

    def _span(self, row: int) -> Span:
        return quotable_span(self._whole(row), *self.snapshot.span("sentence", row))

    def _whole(self, row: int) -> str:
        """The text of the source of a sentence."""
        return self.snapshot.source(self._number(row)).text

    def _text(self, row: int) -> str:
        return self._whole(row)[slice(*self._span(row))]

    def _excerpt(self, row: int, start: int, end: int) -> Quote:
        return excerpt(self.snapshot, self._number(row), start, end)

    def _rows_with(self, draft: _Draft) -> set[int]:
        """The sentences that a draft is made of."""
        if draft.of_set is None:
            return {draft.row}
        ends = [
            [self.snapshot.row_at("sentence", place.number, at) for at in (place.start, place.end - 1)]
            for place in draft.of_set.places
        ]
        return {row for first, last in ends for row in range(first, last + 1)}

    @staticmethod
    def _language(info: SourceInfo) -> Language:
        return "en" if info.language == "en" else "fr"

    def _pieces(self, row: int, spans: Iterable[Span]) -> Iterator[Quote]:
        """Slices without the white space at their ends and without what is around them; no empty ones."""
        text = self._whole(row)
        for start, end in spans:
            bare = text[start:end].strip()
            if bare:
                begin = text.index(bare, start)
                yield replace(self._excerpt(row, begin, begin + len(bare)), before="", after="")

    # --- drafts ---

    def _drafts(self, kind: Kind, row: int, side: str | None) -> Iterator[_Draft]:
        """The questions of a kind that a sentence gives, for a side or for any."""
        if kind == "blank":
            for hidden, span in self._facts(row):
                yield _Draft(kind, row, span, hidden)
        elif kind == "complete":
            for at in self._cuts(row):
                yield _Draft(kind, row, (at, self._span(row)[1]))
        elif kind == "about":
            for span in self._topics(row):
                yield _Draft(kind, row, span)
        elif kind == "who":
            if len(self._voices()) > 1 and not self._tells_itself(row):
                yield _Draft(kind, row)
        elif kind == "asked":
            yield from (d for d in self._asked.get(row, ()) if d.of_set and d.of_set.is_for(side))
        else:
            own = self._info(row).side
            for each in self.sides if own is not None else ():
                if each != own and side in (None, each):
                    yield _Draft(kind, row, side=each)

    @cached_property
    def _asked(self) -> dict[int, list[_Draft]]:
        """The questions of the set, by sentence."""
        found: dict[int, list[_Draft]] = {}
        for each in fitting(load_set(self.settings), self.snapshot):
            for fits in for_each_side(each, self.snapshot):
                first = fits.places[0]
                row = self.snapshot.row_at("sentence", first.number, first.start)
                found.setdefault(row, []).append(_Draft("asked", row, side=fits.side, of_set=fits))
        return found

    def _facts(self, row: int) -> Iterator[tuple[Hidden, Span]]:
        """What can be hidden in a sentence: what is nowhere else in what is shown, and no commonplace."""
        start, end = self._span(row)
        text = self._whole(row)
        for hidden, a, b in _hideable(text[start:end]):
            span = (start + a, start + b)
            rest = f"{text[start : span[0]]} {text[span[1] : end]} {self._info(row).title}"
            told = set(words(rest, "fr"))
            if b - a > HIDDEN_MOST * (end - start) or told.issuperset(words(text[slice(*span)], "fr")):
                continue
            if hidden != "name" or not self._is_commonplace(row, text[slice(*span)]):
                yield hidden, span

    def _is_commonplace(self, row: int, name: str) -> bool:
        """Whether many sentences of a source have the name, so that it could be guessed."""
        counted = [n for n in map(self.snapshot.vocabulary.number, content_words(name)) if n is not None]
        frequency = min((int(self.snapshot.vocabulary.frequency[n]) for n in counted), default=0)
        own = int(np.count_nonzero(self.snapshot.sentences["source"] == self._number(row)))
        return frequency > max(COMMONPLACE * own, 2)

    def _cuts(self, row: int) -> Iterator[int]:
        """Where a sentence can be cut so that what follows is worth completing: before a clause, « pour »."""
        start, end = self._span(row)
        text = self._whole(row)
        tokens = tokenise(text, start, end)
        low, high = (start + share * (end - start) for share in CUT_BETWEEN)
        for before, token in pairwise(tokens):
            opens = before.tag in ",;" or token.tag in "PtQ" or token.word in {"qui", "who", "which", "that"}
            parts = text[start : token.start], text[token.start : end]
            enough = min(len(content_words(part)) for part in parts) >= PART_MIN
            if opens and enough and low <= token.start <= high and token.tag.isalpha():
                yield token.start

    def _topics(self, row: int) -> Iterator[Span]:
        """Topics that a source comes back to, where a sentence has them; see :mod:`rag.suggest`."""
        start, end = self._span(row)
        text, number = self._whole(row), self._number(row)
        first = self.snapshot.first_rows["passage"]
        passage = int(self.snapshot.sentences["passage"][row]) - int(first[number])
        for topic in topics(self.snapshot, number, [passage]):
            at = text.find(topic, start, end)
            others = set(content_words(text[start:end])) - set(content_words(topic))
            measures = any(token.tag in _MEASURES for token in tokenise(topic))
            if at >= 0 and not measures and len(others) >= WORDS_MIN - 1:
                yield at, at + len(topic)

    def _voices(self) -> set[str]:
        """Who may have said something: sides, or the sources where none has a side."""
        return set(self.sides) or {info.id for info in self.snapshot.infos}

    def _tells_itself(self, row: int) -> bool:
        """Whether a sentence names its side or title, or another side has the very same words."""
        info, text = self._info(row), self._text(row)
        said = set(words(text, "fr"))
        called = {
            word for name in (info.side or "", info.title) for word in words(name, "fr") if len(word) > 3
        }
        if (info.side is None and self.sides) or said & called:
            return True
        found = self.snapshot.concordance.find(self.snapshot.concordance.read(text))
        voices = {self._voice(self.snapshot.concordance.source_of(int(place))) for place in found}
        return len(voices) > 1

    def _voice(self, number: int) -> str:
        info = self.snapshot.infos[number]
        return info.side or info.id

    # --- questions ---

    def _question(self, draft: _Draft, lang: Language | None) -> Question | None:
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

    def _question_of_set(self, draft: _Draft, fits: Fitting, lang: Language | None) -> Question:
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

    def _expected(self, draft: _Draft, query: str, lang: Language) -> tuple[Quote, ...]:
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


def _prompt(draft: _Draft, info: SourceInfo, topic: str, lang: Language) -> str:
    key = f"drill_blank_{draft.hidden}" if draft.kind == "blank" else f"drill_{draft.kind}"
    return say(key, lang, source=named(info, lang), topic=topic, side=draft.side or "")


def overlap(one: Quote, other: Quote) -> bool:
    """Whether two quotes of one source have words in common places."""
    same = one.source.sha256 == other.source.sha256
    return same and one.start < other.end and other.start < one.end


def _hideable(text: str) -> Iterator[tuple[Hidden, int, int]]:
    """Numbers, dates, names and quoted words of a sentence, apart from each other."""
    found: list[tuple[Hidden, int, int]] = []
    tokens = tokenise(text)
    for span in spans("quoted", tokens):
        first, last = tokens[span.first].start, tokens[span.last - 1].end
        if content_words(text[first:last]):
            found.append(("quoted", first, last))
    for fact in facts(text):
        whole = fact.kind != "name" or not _is_part_of_name(text, fact.start, fact.end)
        if whole and not any(fact.start < b and a < fact.end for _, a, b in found):
            year = fact.kind == "number" and re.fullmatch(r"(?:1[5-9]|20)\d\d", fact.text)
            found.append(("date" if year else fact.kind, fact.start, fact.end))
    return iter(sorted(found, key=lambda item: item[1]))


def _is_part_of_name(text: str, start: int, end: int) -> bool:
    """Whether a name begins the sentence, or goes on at either end (« Unies » of « Nations Unies »)."""
    begins = content_start(text, 0, len(text)) == start
    before, after = text[:start].split(), text[end:].split()
    touching = text[end : end + 1] == "/" or text[start - 1 : start] == "/"
    capital = bool(before and before[-1][0].isupper() and not before[-1].endswith((".", ",", ":", ";")))
    follows = bool(after and text[end : end + 1].isspace() and after[0][0].isupper())
    elided = bool(before) and len(before[-1]) < 3  # L’Europe
    return begins or touching or follows or (capital and not elided and len(before) > 1)

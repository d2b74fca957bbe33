"""What to answer to a speech, sentence by sentence: is it quoted rightly, what weakens it, what bears it out.

A sentence that states nothing (a greeting, a question: rag/text/stated.py) gets no reply; of one that
hands on what another says, that is what is judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from typing import Literal

from rag.debate.rebuttal import HELD_BEARS
from rag.debate.reply import Reply, limits_of, may_contradict, reply_of
from rag.debate.sides import Sides
from rag.errors import InputError
from rag.search import (
    BEARS,
    QUESTION_MAX,
    RELATIONS,
    Judged,
    cleaned,
    judge_nearest,
    sources_named,
    speakers_named,
)
from rag.text import (
    Claim,
    Nothing,
    Stated,
    compare,
    differ,
    facts_in,
    handed_on,
    has_same_figure,
    is_quotable,
    quoted_spans,
    read_words,
    segment,
    stated_in,
)
from rag.types import Language, Quote, Span
from rag.verify import Verification, Verifier

SHOWN = 3
"""Most quotes against a sentence, and most that bear it out."""
LIKELY = 0.3
"""A reply less likely than this is not among the strongest, though it may stand under its sentence."""
ALIKE = 0.5
"""Share of the words of a claim from which a sentence that denies as it does says the same. Set by hand."""
STRONGEST = 3
"""So many replies to a whole speech stand on top."""
SENTENCES = 300
"""Most sentences of a speech: each takes a quarter of a second."""
SPEECH_MAX = 100_000
"""Longest speech, in characters."""
RECITED_WORDS = 6
"""A shorter sentence without quote marks is nobody's own words."""
_WRONG = ("altered", "stitched", "misattributed")

Relation = Literal["misquoted", "contradicts", "weakens"]


@dataclass(frozen=True, slots=True)
class Retort:
    """The strongest reply to a sentence.

    Attributes:
        quote: what is set against it; of words quoted wrongly, how they stand in their source.
        relation: what it does to the sentence.
        strength: to order the replies of a speech by; above 2 for words quoted wrongly, above 1 for what is
            certain.
        reply: with its reasons; ``None`` for words quoted wrongly.
        check: of words quoted wrongly.
    """

    quote: Quote
    relation: Relation
    strength: float
    reply: Reply | None = None
    check: Verification | None = None


@dataclass(frozen=True)
class Countered:
    """A sentence of a speech, and what the sources have to it.

    Attributes:
        sentence: its words.
        nothing: why it states nothing; ``None`` where it states something.
        claim: the words that were judged; empty where none were.
        reported: whether they are what the sentence says that another says.
        by: who that is, as named; empty where it is not told.
        checks: what it quotes, or recites, each as verified.
        told: what is found of reported words, among those alone who are said to say them.
        against: what contradicts or weakens it: what is certain first, then what contradicts, the likeliest.
        supports: what bears it out.
        start, end: its slice of the speech.
    """

    sentence: str
    lang: Language
    nothing: Nothing | None = None
    claim: str = ""
    reported: bool = False
    by: str = ""
    checks: tuple[tuple[Claim, Verification], ...] = ()
    told: Verification | None = None
    against: tuple[Reply, ...] = ()
    supports: tuple[Reply, ...] = ()
    start: int = 0
    end: int = 0

    @cached_property
    def retort(self) -> Retort | None:
        """The strongest reply, if there is a likely one; none to what is only reported, of nobody named."""
        for claim, found in self.checks:
            if claim.quoted and (piece := _misquoted(found)):
                return Retort(piece, "misquoted", 2 + found.similarity, None, found)
        if self.reported and not self.by:
            return None
        for reply in self.against[:1]:
            if reply.likely >= LIKELY and reply.relation != "supports":
                strength = reply.likely + (1 if reply.certain else 0)
                return Retort(reply.quote, reply.relation, strength, reply)
        return None

    @property
    def found(self) -> bool:
        """Whether anything was found to it."""
        told = self.told is not None and self.told.meaning is not None
        return bool(self.checks or told or self.against or self.supports)


@dataclass(frozen=True)
class Counter:
    """A speech, sentence by sentence.

    Attributes:
        side: whose it is, if that was said.
    """

    lang: Language
    side: str | None
    sentences: tuple[Countered, ...]

    @cached_property
    def strongest(self) -> tuple[tuple[int, Retort], ...]:
        """The strongest replies, each with the number of its sentence, from 0; one a sentence and a quote."""
        found = [(n, each.retort) for n, each in enumerate(self.sentences) if each.retort is not None]
        kept: dict[tuple[str, int, int], tuple[int, Retort]] = {}
        for number, retort in sorted(found, key=lambda pair: (-pair[1].strength, pair[0])):
            quote = retort.quote
            kept.setdefault((quote.source.id, quote.start, quote.end), (number, retort))
        return tuple(kept.values())[:STRONGEST]


def units_in(speech: str) -> list[Span]:
    """The sentences of a speech, those together that words between quote marks hold together.

    Raises:
        InputError: there are none, or too many.
    """
    if len(speech) > SPEECH_MAX:
        raise InputError("text_long", name="speech", count=len(speech), most=SPEECH_MAX)
    demand_words(speech)
    spans = [(one.start, one.end) for passage in segment(speech) for one in passage.sentences]
    quoted = quoted_spans(speech)
    found: list[Span] = []
    for start, end in spans:
        if found and any(a < found[-1][1] and start < b for a, b in quoted):
            found[-1] = found[-1][0], end
        elif is_quotable(speech, start, end):
            found.append((start, end))
    if len(found) > SENTENCES:
        raise InputError("speech_sentences", count=len(found), most=SENTENCES)
    return found


_END = re.compile(r"(?<!\b[A-Z])(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z]{2})[.!?…]+[\s»”\"’')\]]*(?=\s|$)")
"""The end of a sentence that is being typed: no « M. », after which a name is still to come."""


def finished(speech: str) -> str:
    """As much of a speech that is being typed as has ended."""
    ends = [match.end() for match in _END.finditer(speech)]
    return speech[: ends[-1]] if ends else ""


def demand_words(text: str) -> None:
    """A speech has words.

    Raises:
        InputError: it has none.
    """
    if not read_words(text):
        raise InputError("text_empty", name="speech")


class Countering:
    """Answers sentences from one snapshot."""

    def __init__(self, sides: Sides) -> None:
        self.sides = sides
        self._verifier = Verifier(sides.index)

    def counter(self, sentence: str, side: str | None, lang: Language) -> Countered:
        """See :meth:`rag.debate.Debate.counter_sentence`.

        Raises:
            InputError: no source has the side.
        """
        known = self.sides.snapshot.sides
        if side is not None and side not in known:
            raise InputError("side_unknown", side=side, sides=", ".join(known))
        stated, quoted = stated_in(sentence), quoted_spans(sentence)
        checks = self._checks(sentence, stated, quoted) if quoted or not stated.nothing else ()
        if stated.nothing:
            return Countered(sentence, lang, None if checks else stated.nothing, checks=checks)
        claim = _claim(sentence, stated, quoted)
        found = self._judged(claim, side, [piece for _, each in checks for piece in each.pieces])
        return Countered(
            sentence=sentence,
            lang=lang,
            claim=claim,
            reported=stated.reported and not quoted,
            by="" if quoted else stated.by,
            checks=checks,
            told=None if quoted else self._told(claim, stated),
            against=self._replies(claim, (each for each in found if each.relation != "supports")),
            supports=self._replies(claim, (each for each in found if each.relation == "supports")),
        )

    def _checks(
        self, sentence: str, stated: Stated, quoted: Sequence[Span]
    ) -> tuple[tuple[Claim, Verification], ...]:
        """What a sentence quotes; else what it states, where those are a source's words."""
        at, end = (0, len(sentence)) if quoted else stated.span
        found = self._verifier.speech(sentence[at:end], sentences=not quoted, scope=self.sides.scope)
        return tuple(
            (_moved(claim, at), each) for claim, each in found if claim.quoted or _recites(claim, each)
        )

    def _told(self, claim: str, stated: Stated) -> Verification | None:
        """What those have of reported words who are named in the sources, in substance as well."""
        voices = self.sides.snapshot.heard.voices
        by = stated.by
        named = sources_named(by, voices) | speakers_named(by, voices) if by else frozenset()
        if not any(map(self.sides.hears, named)):
            return None
        return self._verifier.verify(claim, attributed=by, meaning=True, scope=self.sides.scope)

    def _judged(self, claim: str, side: str | None, known: Iterable[Quote]) -> list[Judged]:
        """The sentences that bear on a claim, the likeliest first, without those that are shown already."""
        snapshot = self.sides.snapshot
        found = judge_nearest(
            self.sides.index, snapshot, claim, sided=False, side=side, voices=self.sides.voices
        )
        numbers = {info.id: number for number, info in enumerate(snapshot.infos)}
        shown = {snapshot.row_at("sentence", numbers[quote.source.id], quote.start) for quote in known}
        least = BEARS if side is None else HELD_BEARS
        sayable = [each for each in found if self._is_heard(each.row) and each.row not in shown]
        share = self.sides.shares(claim, [each.row for each in sayable])
        bearing = (self._corrected(claim, each, share[each.row]) for each in sayable if each.bears >= least)
        told = [each for each in bearing if each is not None]
        return sorted(told, key=lambda each: (-each.likely * (1 + share[each.row]), each.row))

    def _is_heard(self, row: int) -> bool:
        """Whether a sentence can be said, and is of those heard: a passage may have others'."""
        return self.sides.can_say(row) and self.sides.hears(int(self.sides.snapshot.heard.said_by[row]))

    def _corrected(self, claim: str, found: Judged, share: float) -> Judged | None:
        """What a sentence does, where the judge is weak; ``None`` where that cannot be told.

        One that has another number or date does not bear a claim out; it contradicts it where that is of the
        same thing. One that cannot contradict it rather bears it out, where it has its words.
        """
        text = self.sides.snapshot.text_of("sentence", found.row)
        if found.relation == "supports" and _differs(claim, text):
            is_against = differ(claim, text) or _has_other_date(claim, text)
            return replace(found, relation="contradicts", likely=found.bears) if is_against else None
        cannot = not may_contradict(claim, text)
        if found.relation == "weakens":  # the same figure, under no condition
            cannot = cannot and has_same_figure(claim, text) and not limits_of(claim, text)
        if found.relation != "supports" and cannot:
            alike = replace(found, relation="supports", likely=found.bears / 2)
            return alike if share >= ALIKE else None
        return found

    def _replies(self, claim: str, found: Iterable[Judged]) -> tuple[Reply, ...]:
        replies = [reply_of(self.sides, claim, each) for each in islice(found, 2 * SHOWN)]
        order = tuple(RELATIONS.values())
        ranked = sorted(replies, key=lambda each: (not each.certain, order.index(each.relation)))
        return tuple(ranked[:SHOWN])


def _differs(claim: str, text: str) -> bool:
    """Whether a text has another number or date than a claim, in its place."""
    return any(fact.status == "changed" and fact.kind != "name" for fact in compare(facts_in(text), claim))


def _has_other_date(claim: str, text: str) -> bool:
    return any(fact.status == "changed" and fact.kind == "date" for fact in compare(facts_in(text), claim))


def _claim(sentence: str, stated: Stated, quoted: Sequence[Span]) -> str:
    """The words that are judged: those quoted, where a sentence only hands these on."""
    start, end = stated.span
    if len(quoted) == 1 and handed_on(sentence, quoted[0]):
        start, end = quoted[0]
    text = sentence[start:end]
    if len(text) > QUESTION_MAX:
        text = text[:QUESTION_MAX].rpartition(" ")[0]
    return cleaned(text[:1].upper() + text[1:])


def _moved(claim: Claim, by: int) -> Claim:
    return replace(claim, start=claim.start + by, end=claim.end + by)


def _recites(claim: Claim, found: Verification) -> bool:
    """Whether words without quote marks are a source's; or said to be somebody's, and found, maybe changed.

    What is only nearly a source's may well be the contrary of it, and is judged.
    """
    if claim.named:
        return found.verdict != "absent"
    return found.verdict == "exact" and len(read_words(found.quote)) >= RECITED_WORDS


def _misquoted(found: Verification) -> Quote | None:
    """How words quoted wrongly stand in their source."""
    said = found.attribution
    wrong_voice = said is not None and (
        (said.holds is False) if said.speaker is None else said.speaker.verdict == "contradicted"
    )
    return found.pieces[0] if found.pieces and (found.verdict in _WRONG or wrong_voice) else None

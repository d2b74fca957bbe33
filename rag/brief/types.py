"""The brief of a debate as frozen data: what stands in it, part by part.

Headings and terms are words of the sources, but no quotes: they are never typeset as such. All quotes are
:class:`rag.types.Quote`, with slices that are proved before they leave (rag/api/tools.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from rag.search import Relation
from rag.types import Language, Quote
from rag.verify import Effect

Stance = Literal["for", "against", "divided", "speaks", "silent"]
"""How a side, or an argument, stands to the motion; ``speaks`` where that is not certain, and without one."""
Precision = Literal["year", "month", "day"]
Failure = Literal["", "slow", "unreachable", "refused", "cut", "unreadable", "empty", "endless", "unusable"]
"""How a language model failed, as the catalogue tells it (``llm_…``); empty where it did not."""
Part = Literal[
    "positions", "answers", "unanswered", "figures", "chronology", "terms", "questions", "by_heart"
]
"""The parts of a brief, in their order."""


@dataclass(frozen=True, slots=True)
class Argument:
    """What a side argues: sentences of one meaning.

    Attributes:
        id: ``a1``, ``a2``…: unique in the brief.
        side: whose it is.
        heading: a phrase of the sources' own words, of one line; no quote.
        quotes: that make it, the strongest first; at least one.
        stance: ``for`` or ``against`` the motion; ``speaks`` where that is not certain, and without a motion.
        strength: 0 to 1, by which the arguments of a side are ordered.
    """

    id: str
    side: str
    heading: str
    quotes: tuple[Quote, ...]
    stance: Stance
    strength: float


@dataclass(frozen=True, slots=True)
class Written:
    """A sentence that a language model wrote; it is no quote, and never typeset as one.

    Attributes:
        text: its words, which the quotes bear out.
        quotes: that bear it out, of the side's arguments; at least one.
        remark: what must be said of it, such as that it gives a position as a fact; empty where nothing must.
    """

    text: str
    quotes: tuple[Quote, ...]
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Position:
    """What a side holds: its main arguments, the strongest first; none where it says nothing of the motion.

    Attributes:
        stance: how it stands to the motion; ``speaks`` or ``silent`` without one.
        introduction: what a language model wrote of it; empty without one.
    """

    side: str
    stance: Stance
    arguments: tuple[Argument, ...]
    introduction: tuple[Written, ...] = ()


@dataclass(frozen=True, slots=True)
class Answering:
    """An argument that answers one of another side.

    Attributes:
        by, to: ids of the argument that answers, and of the one answered.
        relation: what it does to it, ``contradicts`` or ``weakens``.
        likely: the probability of that, 0 to 1.
        certain: whether that is likely and clear.
        quote: the words that answer.
        answered: the words that they answer.
        reasons: facts and small words in which the two differ.
    """

    by: str
    to: str
    relation: Relation
    likely: float
    certain: bool
    quote: Quote
    answered: Quote
    reasons: tuple[Effect, ...] = ()


@dataclass(frozen=True, slots=True)
class Unanswered:
    """An argument to which no answer of the brief leads.

    Attributes:
        argument: its id.
        by: the other sides, in which no answer was found.
    """

    argument: str
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FigureUse:
    """A side that gives a figure.

    Attributes:
        value: in one form however it is written: ``800000``, ``20%``, ``2026-01-06``.
        words: as the source writes it.
        quote: the sentence that gives it, the figure its highlight.
    """

    side: str
    value: str
    words: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class Figure:
    """Figures or dates of several sides for one thing.

    Attributes:
        about: of what, in words of the sources: « soldats », « coût du tram »; no quote.
        differ: whether the sides give different values; ``False`` where all give the same.
        uses: by side; of two sides or more.
    """

    about: str
    differ: bool
    uses: tuple[FigureUse, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """What the sources say of one date.

    Attributes:
        date: ISO, as precise as it is said: ``2026``, ``2026-01``, ``2026-01-06``.
        quotes: that give it, the date their highlight.
    """

    date: str
    quotes: tuple[Quote, ...]

    @property
    def precision(self) -> Precision:
        """How precise the date is."""
        precisions: tuple[Precision, ...] = ("year", "month", "day")
        return precisions[self.date.count("-")]


@dataclass(frozen=True, slots=True)
class TermUse:
    """A term of a side for something.

    Attributes:
        term: its words, as they stand in the quote; its highlight.
        count: how many sentences of the side have it.
    """

    side: str
    term: str
    count: int
    quote: Quote


@dataclass(frozen=True, slots=True)
class Term:
    """The terms that the sides use for one thing, each of them used by its own side alone."""

    uses: tuple[TermUse, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question that a side may be asked by another, and what it can answer.

    Attributes:
        side: that is asked.
        by: that asks.
        question: one line; in the words of the program, or those of ``asked`` where the source itself asks.
        asked: the words of the asker's sources that make the question.
        answers: quotes of the asked side's own, the best first; none where it has nothing to answer with.
    """

    side: str
    by: str
    question: str
    asked: Quote
    answers: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class ByHeart:
    """Quotes of a side to know by heart: short, understood alone; the strongest first."""

    side: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """All that must be known the night before a debate.

    Attributes:
        motion: what is voted on; empty for the whole debate.
        lang: of the program's words.
        sides: all that speak, in order.
        positions: one for each side, in their order.
        answers: which argument answers which, the surest first.
        unanswered: the strongest first.
        figures: those that differ first.
        chronology: the earliest first.
        terms: empty where nothing is sure.
        questions: by the side that is asked.
        by_heart: one for each side that has any.
        among: names of those who alone were heard; none where all were.
        model_failure: how the language model failed, if it was asked.
        unsided: titles of the sources heard that have no side, so that nothing in it is theirs.
    """

    motion: str
    lang: Language
    sides: tuple[str, ...]
    positions: tuple[Position, ...]
    answers: tuple[Answering, ...] = ()
    unanswered: tuple[Unanswered, ...] = ()
    figures: tuple[Figure, ...] = ()
    chronology: tuple[Event, ...] = ()
    terms: tuple[Term, ...] = ()
    questions: tuple[Question, ...] = ()
    by_heart: tuple[ByHeart, ...] = ()
    among: tuple[str, ...] = ()
    model_failure: Failure = ""
    unsided: tuple[str, ...] = ()

    @property
    def arguments(self) -> dict[str, Argument]:
        """All arguments, by id."""
        return {each.id: each for each in self._arguments()}

    def _arguments(self) -> Iterator[Argument]:
        for position in self.positions:
            yield from position.arguments

    @property
    def is_introduced(self) -> bool:
        """Whether a language model wrote anything of it."""
        return any(position.introduction for position in self.positions)

    @property
    def empty_parts(self) -> tuple[Part, ...]:
        """The parts that have nothing, in their order."""
        filled: dict[Part, object] = {
            "positions": any(position.arguments for position in self.positions),
            "answers": self.answers,
            "unanswered": self.unanswered,
            "figures": self.figures,
            "chronology": self.chronology,
            "terms": self.terms,
            "questions": self.questions,
            "by_heart": self.by_heart,
        }
        return tuple(part for part, found in filled.items() if not found)

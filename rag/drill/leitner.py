"""What a debater has to go over again: five boxes (Leitner 1972), kept in a file (state.py).

A question got moves up a box, one missed goes back to the first, one got in part stays. What lies in the
first box comes back at the next session, in the others after two, four, eight and sixteen sessions. Sessions
count, not days: who debates tomorrow trains several times today.

::

    store/drill.json    {"format": "replique-drill", "version", "session", "cards": {id: …}, "sessions": […]}

It is replaced in one step, one process at a time. Questions are kept by their ids, which name the hash of
their source: of a source that has changed, they are dropped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import Annotated, Literal

from pydantic import Field

from rag.drill.grade.types import POINTS, Mark
from rag.drill.ids import hash_of
from rag.errors import InputError

BOXES = 5
SESSIONS_KEPT = 100
CARDS_KEPT = 10_000

Number = Annotated[int, Field(ge=0, le=10**9)]
Box = Annotated[int, Field(ge=1, le=BOXES)]


@dataclass(frozen=True, slots=True)
class Boxed:
    """A question that was answered.

    Attributes:
        box: 1 to :data:`BOXES`; the weakest are in 1.
        before: the box before the last answer, 0 for none: what an overruled verdict starts from.
        due: the session from which it comes back.
        answers, got: how often it was answered, and got.
        mark: the last verdict.
    """

    box: Box
    before: Box | Literal[0]
    due: Number
    answers: Number
    got: Number
    mark: Mark


@dataclass(frozen=True, slots=True)
class Session:
    """One session: its number, and the last verdict of each question answered in it."""

    number: Number
    marks: dict[str, Mark]

    @property
    def points(self) -> float:
        """1 for each question got, one half for each got in part."""
        return sum(POINTS[mark] for mark in self.marks.values())

    @property
    def share(self) -> float:
        """Points of those possible, 0 to 1."""
        return self.points / len(self.marks) if self.marks else 0.0


@dataclass(frozen=True, slots=True)
class State:
    """All that is remembered: the number of the last session begun, and the cards by question id."""

    session: Number = 0
    cards: dict[str, Boxed] = field(default_factory=dict)
    sessions: tuple[Session, ...] = ()

    def begun(self) -> State:
        """With a new session, unless nothing was answered in the last one."""
        if self.session and not self.current.marks:
            return self
        return replace(self, session=self.session + 1)

    @property
    def current(self) -> Session:
        """The session begun last."""
        last = self.sessions[-1:] if self.sessions and self.sessions[-1].number == self.session else ()
        return last[0] if last else Session(self.session, {})

    def answered(self, identifier: str, mark: Mark) -> State:
        """With a verdict on a question."""
        begun = self if self.session else self.begun()
        old = begun.cards.get(identifier)
        return begun._marked(identifier, old, old.box if old else 0, mark, begun.session)

    def overruled(self, identifier: str) -> State:
        """With the last verdict on a question turned into got: « j’avais bon ».

        Raises:
            InputError: it has not been answered.
        """
        old = self.cards.get(identifier)
        if old is None:
            raise InputError("drill_ungraded", question=identifier[:80])
        if old.mark == "got":
            return self
        number = max(
            (each.number for each in self.sessions if identifier in each.marks), default=self.session
        )
        return self._marked(identifier, old, old.before, "got", number, again=True)

    def _marked(
        self, identifier: str, old: Boxed | None, box: int, mark: Mark, number: int, again: bool = False
    ) -> State:
        """With a verdict given in a session; ``again``: on an answer that had another."""
        moved = min(box + 1, BOXES) if mark == "got" else 1 if mark == "missed" else max(box, 1)
        answers, got = (old.answers, old.got) if old else (0, 0)
        card = Boxed(
            moved, box, number + 2 ** (moved - 1), answers + (not again), got + (mark == "got"), mark
        )
        cards = {**{key: other for key, other in self.cards.items() if key != identifier}, identifier: card}
        sessions = {each.number: each for each in self.sessions}
        marks = sessions[number].marks if number in sessions else {}
        sessions[number] = Session(number, {**marks, identifier: mark})
        kept = tuple(sessions[each] for each in sorted(sessions))[-SESSIONS_KEPT:]
        return replace(self, cards=dict(list(cards.items())[-CARDS_KEPT:]), sessions=kept)

    def kept(self, hashes: Collection[str]) -> State:
        """Without the cards of sources that have changed or gone.

        Args:
            hashes: beginnings of the hashes of the sources there are; see
                :func:`rag.drill.ids.short_hash`.
        """
        cards = {key: card for key, card in self.cards.items() if hash_of(key) in hashes}
        return self if len(cards) == len(self.cards) else replace(self, cards=cards)

    def due(self) -> list[str]:
        """Ids of the questions to come back in this session, the weakest first."""
        found = [key for key, card in self.cards.items() if card.due <= self.session]
        return sorted(found, key=lambda key: (self.cards[key].box, self.cards[key].due, key))

    def resting(self) -> list[str]:
        """Ids of the others, those due first."""
        found = [key for key, card in self.cards.items() if card.due > self.session]
        return sorted(found, key=lambda key: (self.cards[key].due, key))

    def boxes(self) -> list[int]:
        """How many questions lie in each box, from the first."""
        counts = Counter(card.box for card in self.cards.values())
        return [counts[box] for box in range(1, BOXES + 1)]


def weak(state: State, identifiers: Sequence[str]) -> list[str]:
    """Of some questions, those whose last answer was not got."""
    return [key for key in identifiers if key in state.cards and state.cards[key].mark != "got"]

"""Cross-examination: a session of questions, answers graded, weak points that come back.

>>> drill = Drill(index)
>>> begun = drill.begin(load_state(store), count=10, side="Coalition", lang="fr")
>>> grade = drill.grade(begun.questions[0].id, "800 000 soldats", lang="fr")
>>> state = begun.state.answered(grade.question.id, grade.verdict)

Nothing here is kept: a command keeps the state in the store (:func:`rag.drill.state.update`), a page may keep
it in the browser (:func:`rag.drill.state.state_as_json`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from rag.drill.grade.grader import Grader
from rag.drill.grade.types import Grade
from rag.drill.ids import short_hash
from rag.drill.leitner import State
from rag.drill.questions import Quiz
from rag.drill.types import Question
from rag.errors import InputError
from rag.search import EVERYBODY, Scope
from rag.store import Index, Snapshot
from rag.types import Language

COUNT = 10
"""Questions of a session, unless said otherwise."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A session that begins.

    Attributes:
        state: with the session begun, and without the cards of sources that have changed.
        questions: those to be asked, in order.
        again: how many of them come back from earlier sessions; they stand first.
        seed: what they were chosen with.
    """

    state: State
    questions: tuple[Question, ...]
    again: int
    seed: int


class Drill:
    """Questions and grades over one index. Safe to share between threads.

    What is missed comes back in five boxes (Leitner 1972, « So lernt man lernen »); nothing is kept here,
    states go in and come out.

    Args:
        index: whose sources are asked about, with the question set of its settings.
    """

    def __init__(self, index: Index) -> None:
        self.index = index
        self.quiz = Quiz(index)
        self.grader = Grader(index)

    def begin(
        self,
        state: State,
        count: int = COUNT,
        side: str | None = None,
        lang: Language | None = None,
        seed: int | None = None,
        scope: Scope = EVERYBODY,
    ) -> Begun:
        """A session: what is due, then new questions, then, where there are too few, what rests.

        Args:
            state: what is remembered.
            count: how many questions; fewer where the sources give no more.
            side: for whom one speaks; no side by default.
            lang: of the prompts; each source's own by default. Questions of the set in another wait.
            seed: the same one and the same state give the same session; its number by default.
            scope: whose words the questions are about, and are answered by.

        Raises:
            InputError: no source has the side, the count is out of bounds, or the sources give no question.
            UnknownSource: there is no such source.
            SettingsError: the question set cannot be read.
            StoreError: there is no index.
        """
        begun = self.kept(state).begun()
        chosen = begun.session if seed is None else seed
        new = self.quiz.questions(count, side, lang, chosen, begun.cards, scope)
        due = self._again(begun.due(), count, side, lang, scope)
        resting = self._again(begun.resting(), count - len(due) - len(new), side, lang, scope)
        questions = _apart((*due, *new, *resting))[:count]
        if not questions:
            raise InputError("scope_drill_nothing" if scope else "drill_nothing")
        return Begun(begun, questions, sum(each in due for each in questions), chosen)

    def kept(self, state: State) -> State:
        """A state without the cards of sources that have changed or gone."""

        def hashes(snapshot: Snapshot) -> set[str]:
            return {short_hash(info) for info in snapshot.infos}

        return state.kept(self.index.read(hashes))

    def question(self, identifier: str, lang: Language | None = None, scope: Scope = EVERYBODY) -> Question:
        """The question with an id, as it is put of those in a scope.

        Raises:
            InputError: there is none, or no more.
            StoreError: there is no index.
        """
        return self.quiz.question(identifier, lang, scope)

    def grade(
        self,
        question: str | Question,
        answer: str,
        lang: Language | None = None,
        scope: Scope = EVERYBODY,
    ) -> Grade:
        """Grade an answer to a question, or to the one with an id; see :class:`rag.drill.grade.types.Grade`.

        With the scope of its session, the passages that it is judged by are those of the session.

        Raises:
            InputError: there is no such question, or the answer is too long.
            StoreError: there is no index.
        """
        if isinstance(question, str):
            question = self.quiz.question(question, lang, scope)
        return self.grader.grade(replace(question, lang=lang or question.lang), answer)

    def _again(
        self, identifiers: list[str], most: int, side: str | None, lang: Language | None, scope: Scope
    ) -> list[Question]:
        """Questions asked before that fit side, language and scope, without those that are no more."""
        found: list[Question] = []
        for identifier in identifiers:
            if len(found) >= most:
                break
            try:
                question = self.quiz.question(identifier, lang, scope)
            except InputError:
                continue
            if lang in (None, question.lang) and _is_for(question, side):
                found.append(question)
        return found


def _is_for(question: Question, side: str | None) -> bool:
    """Whether one who speaks for a side, or for none, is asked a question."""
    speakers = {quote.source.side for quote in question.expected}
    return side is None or question.kind == "who" or speakers == {side}


def _apart(questions: Iterable[Question]) -> tuple[Question, ...]:
    """Without the questions of the set that are answered by a passage which answers one before them."""
    kept: list[Question] = []
    taken: set[tuple[str, int, int]] = set()
    for question in questions:
        asked = question.expected if question.kind == "asked" else ()
        places = {(quote.source.sha256, quote.start, quote.end) for quote in asked}
        if not places & taken:
            kept.append(question)
            taken |= places
    return tuple(kept)

"""The questions that a side is likely asked by the others, with what it can answer in its own words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rag.answer import Assistant
from rag.brief.answering import Clash
from rag.brief.arguments import Group
from rag.brief.headings import phrase_of
from rag.brief.statements import Statements
from rag.brief.types import Figure, FigureUse, Question
from rag.catalogue import say
from rag.quotes import quotable_span
from rag.text import is_clear_question
from rag.types import Language, Progress

OF_A_SIDE = 6
"""Most questions to a side."""
ASKED = 2
"""Most that are the asker's own words, of a side."""
OF_FIGURES = 2
"""Most about a figure, of a side."""
OPEN = 2
"""Most that it has nothing to answer to."""
ANSWERS = 2
"""Most quotes that answer."""
SURE = 0.6
"""Least confidence of an answer to a question of a source's own."""
ASKED_LONGEST = 160
"""Of a question of a source's own, in characters."""


class Asking:
    """Makes the questions of one brief.

    Args:
        statements: of all sides.
        groups: the arguments of each side, the strongest first.
        clashes: what is against the arguments.
        figures: those of the brief.
        lang: of the questions.
    """

    def __init__(
        self,
        statements: Statements,
        groups: Mapping[str, Sequence[Group]],
        clashes: Sequence[Clash],
        figures: Sequence[Figure],
        lang: Language,
    ) -> None:
        self.statements = statements
        self.groups = groups
        self.clashes = clashes
        self.figures = figures
        self.lang = lang

    def questions(self, progress: Progress) -> tuple[Question, ...]:
        """All of them, by the side that is asked: about figures, those that are asked, about arguments."""
        found: list[Question] = []
        sides = list(self.groups)
        for done, side in enumerate(sides):
            progress("brief_questions", done, len(sides))
            own = [*self._of_figures(side), *self._asked(side)]
            own += list(self._of_arguments(side))[: OF_A_SIDE - len(own)]
            found += own
        progress("brief_questions", len(sides), len(sides))
        return tuple(found)

    def _of_figures(self, side: str) -> list[Question]:
        """Where does your figure come from, when another side has another?"""
        found = []
        for figure in self.figures:
            own = [use for use in figure.uses if use.side == side]
            others = [use for use in figure.uses if use.side != side]
            if figure.differ and own and others and (other := _another(own, others)):
                question = say(
                    "brief_ask_figure", self.lang, own=own[0].words, other=other.words, by=other.side
                )
                answers = tuple(dict.fromkeys(use.quote for use in own))[:ANSWERS]
                found.append(Question(side, other.side, question, other.quote, answers))
        return found[:OF_FIGURES]

    def _asked(self, side: str) -> list[Question]:
        """Questions that the others' sources put themselves, where this side has an answer."""
        snapshot, found = self.statements.snapshot, []
        assistant, scope = Assistant(self.statements.sides.index), self.statements.sides.scope
        for row in self._rows_that_ask(side):
            source = snapshot.source(int(snapshot.sentences["source"][row]))
            text = source.text[slice(*quotable_span(source.text, *snapshot.span("sentence", row)))]
            answer = assistant.ask(
                text, lang=self.lang, sides=[side], sources=scope.sources, speakers=scope.speakers
            )
            if answer.answerable and answer.confidence >= SURE:
                quote = self.statements.sides.quote(row, 1.0)
                by = quote.source.side or ""
                found.append(Question(side, by, " ".join(text.split()), quote, answer.quotes[:ANSWERS]))
            if len(found) == ASKED:
                break
        return found

    def _rows_that_ask(self, side: str) -> Iterator[int]:
        """Sentences of the other sides that are one clear question, a few."""
        snapshot, tried = self.statements.snapshot, 0
        for other in self.groups:
            for row in self.statements.sides.rows(other) if other != side else ():
                text = " ".join(snapshot.text_of("sentence", row).split())
                if tried < 2 * ASKED and len(text) <= ASKED_LONGEST and is_clear_question(text):
                    tried += 1
                    yield row

    def _of_arguments(self, side: str) -> Iterator[Question]:
        """What do you answer to the others' main arguments? Those with an answer first."""
        others = sorted(
            (group for name, own in self.groups.items() if name != side for group in own),
            key=lambda group: (-group.strength, group.said[0].row),
        )
        made = [self._of_argument(side, group) for group in others]
        yield from (each for each in made if each.answers)
        yield from [each for each in made if not each.answers][:OPEN]

    def _of_argument(self, side: str, group: Group) -> Question:
        answers = [
            each
            for each in self.clashes
            if each.answers and each.said.side == side and each.against.row in group.rows
        ]
        asked = answers[0].against if answers else group.said[0]
        rows = list(dict.fromkeys(each.said.row for each in answers))[:ANSWERS]
        heading, whole = phrase_of(asked.text, asked.lang)
        key = "brief_ask_argument" if whole else "brief_ask_this"
        question = say(key, self.lang, by=group.side, heading=heading)
        quotes = tuple(self.statements.quote(row) for row in rows)
        return Question(side, group.side, question, self.statements.quote(asked.row), quotes)


def _another(own: Sequence[FigureUse], others: Sequence[FigureUse]) -> FigureUse | None:
    """A use of another side with a value that this side does not give."""
    values = {use.value for use in own}
    return next((use for use in others if use.value not in values), None)

"""An answer -> its grade (got, partly or missed, with the reasons), by the grader of the question's kind.

Facts (numbers, dates, names) are compared by what they are (rag/text/facts.py); words between quote marks
are checked to the character (rag/verify/verifier.py); the rest is judged (rag/search/judged.py): whether the
passage bears the answer out, and the answer the passage. A verdict that is not likely enough says that it is
uncertain, and a user may overrule it. Of a question of the set, the short answer is what is compared, where
the passage has it.
"""

from __future__ import annotations

from collections.abc import Callable

from rag.drill.grade.asked import grade_asked
from rag.drill.grade.fact import grade_fact
from rag.drill.grade.meaning import grade_meaning
from rag.drill.grade.rebuttal import grade_rebuttal
from rag.drill.grade.sheet import Sheet
from rag.drill.grade.speaker import grade_speaker
from rag.drill.grade.types import Grade, Reason
from rag.drill.types import Kind, Question
from rag.errors import InputError
from rag.store import Index
from rag.text import fold, words_in

ANSWER_MAX = 4000
"""Longest answer, in characters."""
_NO_ANSWER = frozenset(
    "je ne sais pas|ne sais pas|sais pas|aucune idee|passe|pass|skip|i do not know|i don't know|don't know|"
    "no idea".split("|")
)
_GRADERS: dict[Kind, Callable[[Sheet], Grade]] = {
    "blank": grade_fact,
    "complete": grade_meaning,
    "about": grade_meaning,
    "who": grade_speaker,
    "rebut": grade_rebuttal,
    "asked": grade_asked,
}


class Grader:
    """Grades answers over one index. Safe to share between threads."""

    def __init__(self, index: Index) -> None:
        self.index = index

    def grade(self, question: Question, answer: str) -> Grade:
        """Grade an answer.

        Args:
            question: one that :class:`rag.drill.questions.Quiz` gave.
            answer: free text; empty for none.

        Raises:
            InputError: the answer is too long.
            StoreError: there is no index.
        """
        text = answer.encode("utf-8", "replace").decode("utf-8").strip()
        if len(text) > ANSWER_MAX:
            raise InputError("text_long", name="answer", count=len(text), most=ANSWER_MAX)
        said = " ".join(words_in(text, "fr"))
        if not said or said in _NO_ANSWER or fold(text).strip(" .!?") in _NO_ANSWER:
            return Grade(question, answer, "missed", True, (Reason("no_answer"),))
        grade = _GRADERS[question.kind]
        return self.index.read(lambda snapshot: grade(Sheet(self.index, snapshot, question, text)))

"""What the view for training asks of the server, which keeps nothing: the state is the browser's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rag.api import Tools
from rag.catalogue import say
from rag.drill import State, state_as_json, state_from_json
from rag.errors import InputError, StoreError
from rag.ui.call import Asked, classes_of, scope_of, told
from rag.ui.drill import view as drill_view
from rag.ui.messages import as_language


class DrillCalls:
    """The calls, over the tools of one index."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    def functions(self) -> list[Callable[[Asked], Any]]:
        """As plain functions: Gradio sets attributes on them."""
        return [told(call) for call in (self.drill, self.drill_grade, self.drill_overrule)]

    def drill(self, asked: Asked) -> dict[str, Any]:
        """Begin a session of ``count`` questions, for a ``side`` (after ``=``) or for none."""
        lang, side = as_language(asked["lang"]), str(asked.get("side", "")).removeprefix("=") or None
        begun = self._tools.drill(_state(asked), _count(asked), side, lang, scope=scope_of(asked))
        said = say("drill_begun", lang, count=len(begun.questions), again=begun.again)
        return {
            "html": drill_view.begun_html(begun, lang),
            "said": said,
            "state": state_as_json(begun.state),
        }

    def drill_grade(self, asked: Asked) -> dict[str, Any]:
        """Grade the ``answer`` to the question ``id``."""
        lang = as_language(asked["lang"])
        grade = self._tools.drill_grade(str(asked["id"]), str(asked["answer"]), lang, scope_of(asked))
        classes = classes_of(self._tools)
        shown = {"html": drill_view.graded(grade, classes, lang), "verdict": grade.verdict}
        kept = self._tools.drill_state(_state(asked))
        return shown | _scored(kept.answered(grade.question.id, grade.verdict), lang)

    def drill_overrule(self, asked: Asked) -> dict[str, Any]:
        """Count the last answer to the question ``id`` as got."""
        return _scored(_state(asked).overruled(str(asked["id"])), as_language(asked["lang"]))


def _scored(state: State, lang: Any) -> dict[str, Any]:
    return {"state": state_as_json(state), "score": drill_view.score_html(state, lang)}


def _state(asked: Asked) -> State:
    """What the browser remembers; nothing where that cannot be read."""
    try:
        return state_from_json(asked.get("state"))
    except StoreError:
        return State()


def _count(asked: Asked) -> int:
    try:
        return int(asked["count"])
    except (ValueError, TypeError):
        raise InputError("drill_uncounted") from None

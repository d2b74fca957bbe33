"""Cross-examination for other programs and agents. The server keeps nothing: the state goes to and fro."""

# No `from __future__ import annotations` here: Gradio reads the types of results as they stand.

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from rag.api.arguments import as_lang, as_number, as_scope, as_text
from rag.api.debates import Debates
from rag.api.tools import Tools
from rag.drill import (
    COUNT,
    MOST,
    State,
    begun_as_json,
    grade_as_json,
    score_as_json,
    state_as_json,
    state_from_json,
)
from rag.errors import InputError, StoreError
from rag.search import Scope
from rag.types import Language


class DrillServices:
    """The services of a training session, as methods; see :class:`rag.api.services.Services`."""

    def __init__(self, debates: Debates) -> None:
        self._debates = debates

    def named(self) -> tuple[Callable[..., Awaitable[Any]], ...]:
        """All of them."""
        return (self.drill, self.drill_grade, self.drill_overrule)

    async def drill(
        self,
        count: int = COUNT,
        side: str = "",
        lang: str = "",
        state: dict[str, Any] = {},  # noqa: B006 - Gradio reads it, nobody writes to it
        sides: list[str] = [],  # noqa: B006
        sources: list[str] = [],  # noqa: B006
        speakers: list[str] = [],  # noqa: B006
        debate: str = "",
    ) -> dict[str, Any]:
        """Begin a training session: questions that the sources answer, those missed before first.

        The questions do not tell their answers: have each answered, then call drill_grade. The server keeps
        nothing: give the state of each result to the next call.

        Args:
            count: how many questions, 1 to 100; fewer come where the sources give no more.
            side: the side one speaks for; empty: none.
            lang: fr or en, for the questions; empty: each source's own.
            state: what drill, drill_grade or drill_overrule gave last; empty: a beginner's.
            sides: ask about only sources of these sides; empty: all.
            sources: ask about only the sources with these ids; empty: all.
            speakers: ask about only what those say who speak in transcripts under these names; empty: all.
            debate: name of the debate to work in; empty: the server's own.

        Returns:
            What `replique drill --questions N --json` gives: questions with id, kind, prompt, what is shown
            and where a gap is; and the state.
        """
        tools = await self._debates.asked(debate)
        begun = await asyncio.to_thread(
            tools.drill,
            _state(state),
            as_number(count, "count", 1, MOST),
            as_text(side, "side") or None,
            as_lang(lang),
            None,
            as_scope(sides, sources, speakers),
        )
        return {**begun_as_json(begun), "state": state_as_json(begun.state)}

    async def drill_grade(
        self,
        question: str,
        answer: str,
        lang: str = "",
        state: dict[str, Any] = {},  # noqa: B006
        sides: list[str] = [],  # noqa: B006
        sources: list[str] = [],  # noqa: B006
        speakers: list[str] = [],  # noqa: B006
        debate: str = "",
    ) -> dict[str, Any]:
        """Grade an answer to a question of drill: got, partly or missed, why, and what the sources say.

        Where certain is false, compare the answer with the passages in expected, and call drill_overrule if
        it was right.

        Args:
            question: its id.
            answer: in free words; empty: none. What stands between quote marks is verified.
            lang: fr or en, for the reasons; empty: the source's own.
            state: what drill, drill_grade or drill_overrule gave last.
            sides: those that drill was given.
            sources: those that drill was given.
            speakers: those that drill was given.
            debate: name of the debate to work in; empty: the server's own.

        Returns:
            What `replique drill --answer ID TEXT --json` gives: verdict, reasons, quotes verified, expected
            passages and score; and the state.
        """
        return await asyncio.to_thread(
            _graded,
            await self._debates.asked(debate),
            as_text(question, "question"),
            as_text(answer, "answer"),
            as_lang(lang),
            _state(state),
            as_scope(sides, sources, speakers),
        )

    async def drill_overrule(self, question: str, state: dict[str, Any], debate: str = "") -> dict[str, Any]:
        """Count the last answer to a question as got: its grade was wrong.

        Args:
            question: its id.
            state: what drill_grade gave last.
            debate: name of the debate to work in; empty: the server's own.

        Returns:
            score, what `replique drill --overrule ID --json` gives; and the state.
        """
        tools = await self._debates.asked(debate)
        kept = await asyncio.to_thread(tools.drill_state, _state(state))
        return _scored(kept.overruled(as_text(question, "question")))


def _graded(
    tools: Tools, question: str, answer: str, lang: Language | None, state: State, scope: Scope
) -> dict[str, Any]:
    grade = tools.drill_grade(question, answer, lang, scope)
    kept = tools.drill_state(state)
    return grade_as_json(grade) | _scored(kept.answered(grade.question.id, grade.verdict))


def _scored(state: State) -> dict[str, Any]:
    return {"score": score_as_json(state), "state": state_as_json(state)}


def _state(given: object) -> State:
    """What was given back; a new one for nothing."""
    if given is None or given == {}:
        return State()
    try:
        return state_from_json(given)
    except StoreError:
        raise InputError("state_not_ours") from None

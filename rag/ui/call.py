"""A call of the page: it gives what can be shown, never an exception."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable, Mapping
from functools import wraps
from typing import Any

from rag.api import Debates, Tools, as_scope
from rag.catalogue import say
from rag.errors import RepliqueError
from rag.search import Scope
from rag.ui.documents.view import failure
from rag.ui.html import side_classes
from rag.ui.messages import as_language

logger = logging.getLogger(__name__)

Asked = Mapping[str, Any]
"""What the scripts send; ``lang`` is always there."""
Shown = dict[str, Any]
"""``html`` of the results, ``said`` of them in a line; or ``error``."""


def classes_of(tools: Tools) -> dict[str, str]:
    """The colour class of each side of a debate.

    Raises:
        StoreError: its index cannot be read.
    """
    return side_classes(tools.index.infos(), tools.workspace.said())


def per_debate(debates: Debates, calls: Callable[[Tools], Any]) -> list[Callable[[Asked], Any]]:
    """The functions of some calls, each made over the debate that is asked.

    Args:
        debates: what answers.
        calls: makes the calls over the tools of one debate; they have ``functions()``.

    Returns:
        Functions as Gradio takes them; each gives ``error`` and ``gone`` where there is no such debate.
    """

    def over(name: str) -> Callable[[Asked], Any]:
        def called(asked: Asked) -> Any:
            lang = as_language(asked.get("lang", ""))
            try:
                tools = debates.tools(str(asked.get("debate") or ""))
            except RepliqueError as error:
                return {"error": failure(error.in_words(lang), lang), "gone": True}
            functions = {function.__name__: function for function in calls(tools).functions()}
            return functions[name](asked)

        called.__name__ = name
        return called

    return [over(function.__name__) for function in calls(debates.own).functions()]


def streamed_per_debate(
    debates: Debates,
    stream: Callable[[Tools], Callable[[Asked], AsyncIterator[dict[str, Any]]]],
    refused: Callable[[Asked, RepliqueError], dict[str, Any]],
) -> Callable[[Asked], AsyncIterator[dict[str, Any]]]:
    """As :func:`per_debate`, of what is given piece by piece.

    Args:
        debates: what answers.
        stream: gives the pieces, over the tools of one debate.
        refused: the one piece that is given where there is no such debate.
    """

    async def over(asked: Asked) -> AsyncIterator[dict[str, Any]]:
        try:
            tools = await debates.asked(str(asked.get("debate") or ""))
        except RepliqueError as error:
            yield refused(asked, error)
            return
        async for update in stream(tools)(asked):
            yield update

    return over


def scope_of(asked: Asked) -> Scope:
    """Whom a tool hears: ``sides``, ``sources`` and ``speakers``, none for all.

    Raises:
        InputError: one of them is no list of names.
    """
    return as_scope(*(asked.get(name) or [] for name in ("sides", "sources", "speakers")))


def told(
    method: Callable[[Asked], dict[str, Any]], as_html: bool = True
) -> Callable[[Asked], dict[str, Any]]:
    """A call that gives an ``error`` in words, as HTML or as they are, instead of raising it."""

    @wraps(method)
    def called(asked: Asked) -> dict[str, Any]:
        lang = as_language(asked.get("lang", ""))
        try:
            return method(asked)
        except RepliqueError as error:
            reason = error.in_words(lang)
        except Exception:  # a fault of ours: its traceback is for the terminal, not for the page
            logger.exception("%s failed", method.__name__)
            reason = say("unexpected", lang)
        return {"error": failure(reason, lang) if as_html else reason}

    return called

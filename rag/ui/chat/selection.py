"""What can be done with words selected in a source: its buttons, and what they ask of the server."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rag.api import Tools
from rag.catalogue import say
from rag.quotes import cite
from rag.types import Language
from rag.ui.call import Asked, told
from rag.ui.html import button, escape
from rag.ui.messages import as_language

_DONE = (
    ("select-card", "select_card", "dossier"),
    ("select-copy", "select_copy", "copy"),
    ("select-verify", "select_verify", "tick"),
    ("select-rebut", "select_rebut", "differs"),
    ("select-elsewhere", "select_elsewhere", "person"),
)


def selection_tools(lang: Language) -> str:
    """The buttons, out of sight until words are selected."""
    buttons = "".join(button(action, key, lang, drawing) for action, key, drawing in _DONE)
    name = escape(say("select_tools", lang))
    return (
        f'<div class="selection-tools" role="toolbar" aria-label="{name}" hidden>'
        f'<p class="selection-said hint" role="status" dir="auto"></p>{buttons}</div>'
    )


class SelectionCalls:
    """The calls, over the tools of one index."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    def functions(self) -> list[Callable[[Asked], Any]]:
        """As plain functions: Gradio sets attributes on them."""
        return [told(self.selected, as_html=False)]

    def selected(self, asked: Asked) -> dict[str, Any]:
        """The words from ``start`` to ``end`` of a ``source`` (``sha256``): ``text``, ``cite``, ``side``."""
        start, end = int(asked["start"]), int(asked["end"])
        quote = self._tools.slice(str(asked["source"]), start, end, str(asked["sha256"]))
        cited = cite(quote, as_language(asked["lang"]))
        return {"text": quote.text, "cite": cited, "side": quote.source.side or ""}

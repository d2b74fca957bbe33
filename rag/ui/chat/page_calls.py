"""What the page asks of the server about pages of a PDF. Every answer can be shown, never an exception."""

from __future__ import annotations

import base64
from collections.abc import Callable
from functools import wraps
from typing import Any

from rag.api import Tools
from rag.errors import CorpusError, InputError
from rag.quotes import WIDTHS
from rag.ui.call import Asked, classes_of, told
from rag.ui.chat.page_view import page_html
from rag.ui.html import line
from rag.ui.messages import as_language

PATIENCE = 4.0
"""How long a call waits for a file to be read, in seconds, before it says that this takes a while."""


class PageCalls:
    """The calls, over the tools of one index."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    def functions(self) -> list[Callable[[Asked], Any]]:
        """As plain functions: Gradio sets attributes on them."""
        return [told(_patient(call)) for call in (self.quote_page, self.page_picture)]

    def quote_page(self, asked: Asked) -> dict[str, Any]:
        """A slice (``source``, ``sha256``, ``start``, ``end``) on its pages: ``html``, and its ``text``."""
        start, end = _number(asked, "start"), _number(asked, "end")
        found = self._tools.page_of(
            str(asked["source"]), start, end, sha256=str(asked["sha256"]), patience=PATIENCE
        )
        classes = classes_of(self._tools)
        return {"html": page_html(found, as_language(asked["lang"]), classes), "text": found.quote.text}

    def page_picture(self, asked: Asked) -> dict[str, Any]:
        """One ``page`` of a ``source`` (with its ``sha256``) as a ``picture`` about as wide as ``width``."""
        page, width = _number(asked, "page"), min(_number(asked, "width"), WIDTHS[-1])
        picture = self._tools.page_picture(
            str(asked["source"]), page, width, sha256=str(asked["sha256"]), patience=PATIENCE
        )
        return {"picture": f"data:image/png;base64,{base64.b64encode(picture).decode()}"}


def _number(asked: Asked, name: str) -> int:
    given = asked[name]
    if isinstance(given, bool) or not isinstance(given, int | float):
        raise InputError("give_number", name=name, given=repr(given)[:80], least=0, most=2**31 - 1)
    return int(given)


def _patient(method: Callable[[Asked], dict[str, Any]]) -> Callable[[Asked], dict[str, Any]]:
    """A call that says ``waiting``, in words, while a long file is being read: it is to be made again."""

    @wraps(method)
    def called(asked: Asked) -> dict[str, Any]:
        try:
            return method(asked)
        except CorpusError as error:
            if error.key != "page_slow":
                raise
            return {"waiting": line("page_waiting", as_language(asked["lang"]), "hint")}

    return called

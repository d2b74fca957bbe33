"""A quote in the reader's language, by the model: asked for quote by quote, marked as no quote."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rag.api import Tools
from rag.types import Translation
from rag.ui.call import Asked, told
from rag.ui.html import escape, line
from rag.ui.messages import as_language


class TranslationCalls:
    """The call, over the tools of one index."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    def functions(self) -> list[Callable[[Asked], Any]]:
        """As plain functions: Gradio sets attributes on them."""
        return [told(self.translate, as_html=False)]

    def translate(self, asked: Asked) -> dict[str, Any]:
        """A slice (``source``, ``sha256``, ``start``, ``end``) in the page's language, as ``html``."""
        place = str(asked["source"]), int(asked["start"]), int(asked["end"])
        found = self._tools.translate(*place, as_language(asked["lang"]), str(asked["sha256"]))
        return {"html": translation_html(found)}


def translation_html(found: Translation) -> str:
    """What the model wrote, under what it is; set apart from the quote, and not as one."""
    lang = found.lang
    doubt = "" if found.numbers_kept else line("translated_numbers", lang, "warning")
    return (
        f'<div class="translation" lang="{lang}" tabindex="-1">{line("translated", lang, "label")}{doubt}'
        f'<p class="translated" dir="auto">{escape(found.text)}</p></div>'
    )

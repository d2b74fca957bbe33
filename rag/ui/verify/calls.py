"""What the view of checks asks of the server. Every answer can be shown, never an exception."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from rag.api import Tools
from rag.catalogue import say
from rag.errors import InputError
from rag.search import Scope
from rag.text import Claim, quoted_spans, segment
from rag.types import Language, SourceInfo
from rag.ui.call import Asked, Shown, classes_of, scope_of, told
from rag.ui.html import escape
from rag.ui.messages import as_language
from rag.ui.verify.view import summary, verified
from rag.verify import QUOTE_MAX, Verification


class VerifyCalls:
    """The calls, over the tools of one index."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    def functions(self) -> list[Callable[[Asked], Any]]:
        """As plain functions: Gradio sets attributes on them."""
        return [told(self.verify)]

    def verify(self, asked: Asked) -> Shown:
        """Check a ``text`` of a ``kind`` (see rag/ui/verify/view.py), maybe ``attributed`` to somebody.

        With ``elsewhere``, the id of a source, it is looked for in all others.
        """
        lang, text = as_language(asked["lang"]), str(asked["text"])
        attributed = str(asked.get("attributed", "")).strip() or None
        kind, scope, head = str(asked["kind"]), scope_of(asked), ""
        if own := asked.get("elsewhere"):
            infos = self._tools.index.infos()
            scope, head = _others(infos, str(own)), _elsewhere(infos, str(own), lang)
            many = sum(len(passage.sentences) for passage in segment(text)) > 1
            kind = "sentences" if many else "quote"
        found = self._verified(text, kind, attributed, scope)
        said = summary([one for _, one in found], lang)
        return {"html": head + verified(found, classes_of(self._tools), lang), "said": said}

    def _verified(
        self, text: str, kind: str, attributed: str | None, scope: Scope
    ) -> list[tuple[Claim | None, Verification]]:
        """A quote that is in no source may be a speech after all."""
        if kind == "quote" and len(text) <= QUOTE_MAX:
            found = self._tools.verify(text, attributed, scope)
            if found.verdict != "absent" or not quoted_spans(text):
                return [(None, found)]
        return list(self._tools.verify_speech(text, attributed, kind == "sentences", scope))


def _others(infos: Sequence[SourceInfo], own: str) -> Scope:
    """The other sources than one.

    Raises:
        InputError: there are none.
    """
    others = [info.id for info in infos if info.id != own]
    if not others:
        raise InputError("scope_elsewhere")
    return Scope(sources=others)


def _elsewhere(infos: Sequence[SourceInfo], own: str, lang: Language) -> str:
    title = next((info.title for info in infos if info.id == own), own)
    return f'<p class="hint elsewhere" lang="{lang}">{escape(say("said_elsewhere", lang, title=title))}</p>'

"""What the view of checks asks of the server. Every answer can be shown, never an exception."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rag.api import Tools
from rag.text import Claim, quoted_spans
from rag.ui.call import Asked, Shown, told
from rag.ui.html import side_classes
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
        """Check a ``text`` of a ``kind`` (see rag/ui/verify/view.py), maybe ``attributed`` to somebody."""
        lang, text = as_language(asked["lang"]), str(asked["text"])
        attributed = str(asked.get("attributed", "")).strip() or None
        found = self._verified(text, str(asked["kind"]), attributed)
        said = summary([one for _, one in found], lang)
        classes = side_classes(self._tools.index.read(lambda snapshot: snapshot.infos))
        return {"html": verified(found, classes, lang), "said": said}

    def _verified(
        self, text: str, kind: str, attributed: str | None
    ) -> list[tuple[Claim | None, Verification]]:
        """A quote that is in no source may be a speech after all."""
        if kind == "quote" and len(text) <= QUOTE_MAX:
            found = self._tools.verify(text, attributed)
            if found.verdict != "absent" or not quoted_spans(text):
                return [(None, found)]
        return list(self._tools.verify_speech(text, attributed, kind == "sentences"))

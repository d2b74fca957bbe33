"""What the views of the debate tools ask of the server. Every answer can be shown, never an exception."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rag.api import Tools
from rag.errors import InputError
from rag.ui.call import Asked, Shown, classes_of, scope_of, told
from rag.ui.debate import view as debate_view
from rag.ui.debate.examples import offers
from rag.ui.form import example_button
from rag.ui.messages import as_language


class DebateCalls:
    """The calls, over the tools of one index."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    def functions(self) -> list[Callable[[Asked], Any]]:
        """As plain functions: Gradio sets attributes on them."""
        return [told(call) for call in (self.face, self.rebut, self.offers)]

    def face(self, asked: Asked) -> Shown:
        """The sides face to face on a ``motion``, empty for what divides them; with ``echoes``, if wanted."""
        lang = as_language(asked["lang"])
        found = self._tools.face(
            str(asked.get("motion", "")), lang, bool(asked.get("echoes")), scope_of(asked)
        )
        html = debate_view.faced(found, classes_of(self._tools), lang)
        return {"html": html, "said": debate_view.face_summary(found, lang)}

    def rebut(self, asked: Asked) -> Shown:
        """What to answer to a ``claim`` of a ``side``: its name after ``=``, or ``?`` to judge it."""
        lang, chosen = as_language(asked["lang"]), str(asked.get("side", ""))
        if not chosen:
            raise InputError("side_unchosen")
        side = None if chosen == "?" else chosen.removeprefix("=")
        found = self._tools.rebut(str(asked["claim"]), side, lang, scope_of(asked))
        html = debate_view.rebutted(found, classes_of(self._tools), lang)
        return {"html": html, "said": debate_view.rebut_summary(found, lang)}

    def offers(self, asked: Asked) -> Shown:
        """What the forms take from the debate.

        ``motion``, ``names``, ``sides``, ``among`` whom a tool may hear; examples to some forms.
        """
        lang = as_language(asked["lang"])
        classes = classes_of(self._tools)
        given = self._tools.index.read(lambda snapshot: offers(snapshot, classes, lang))
        motion = self._tools.workspace.said().motion
        face = example_button("face_motion", lang, motion=motion) if motion else ""
        return {**given, "motion": motion, "face": face}

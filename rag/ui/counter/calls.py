"""What the view that answers a speech asks of the server. Every answer can be shown, never an exception."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rag.api import Tools
from rag.debate import finished, units_in
from rag.dossier import PACE, PACE_MOST, Dossier, from_json, length
from rag.ui.call import Asked, Shown, classes_of, scope_of, told
from rag.ui.counter.large import large_card
from rag.ui.counter.view import retort, spoken
from rag.ui.messages import as_language


class CounterCalls:
    """The calls, over the tools of one debate."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    def functions(self) -> list[Callable[[Asked], Any]]:
        """As plain functions: Gradio sets attributes on them."""
        return [told(call) for call in (self.speech_sentences, self.counter_sentence, self.read_out)]

    def speech_sentences(self, asked: Asked) -> Shown:
        """The ``sentences`` of a ``text``; those alone that have ended, unless it is the ``whole``."""
        text = str(asked["text"])
        if not asked.get("whole"):
            text = finished(text)
        return {"sentences": [text[start:end] for start, end in units_in(text)] if text else []}

    def counter_sentence(self, asked: Asked) -> Shown:
        """What to answer to a sentence, its ``text``, of a ``side``: the name after ``=``, or nothing.

        Gives ``html``; and ``best``, the strongest reply with its ``strength`` and the ``place`` of its
        quote, ``None`` without any.
        """
        lang, side = as_language(asked["lang"]), str(asked.get("side", "")).removeprefix("=")
        found = self._tools.counter_sentence(str(asked["text"]), side or None, lang, scope_of(asked))
        classes = classes_of(self._tools)
        best = found.retort
        return {
            "html": spoken(found, classes, lang),
            "best": None
            if best is None
            else {
                "strength": best.strength,
                "place": f"{best.quote.source.id}:{best.quote.start}-{best.quote.end}",
                "html": retort(found, best, classes, lang),
            },
        }

    def read_out(self, asked: Asked) -> Shown:
        """The cards of a ``dossier`` in large print, checked: ``id``, ``html`` and ``seconds`` of each.

        ``pace``: words a minute.
        """
        lang, pace = as_language(asked["lang"]), asked.get("pace")
        words = pace if isinstance(pace, int) and 1 <= pace <= PACE_MOST else PACE
        given = asked.get("dossier")
        dossier = Dossier() if given is None else from_json(given)
        found, classes = self._tools.dossier_check(dossier, lang, words), classes_of(self._tools)
        return {
            "cards": [
                {
                    "id": item.card.id,
                    "html": large_card(item, classes, lang),
                    "seconds": length((item.card,), words).seconds if item.stands else 0,
                }
                for item in found.cards
            ]
        }

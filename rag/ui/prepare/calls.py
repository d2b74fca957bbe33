"""What the view of briefs asks of the server: the browser keeps a brief, and gets it back as it is wanted."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

from rag.api import Tools
from rag.brief import Brief, Edits, ordered, picture, to_record
from rag.catalogue import CATALOGUE, say
from rag.dossier import written
from rag.types import Language, Progress
from rag.ui.call import Asked, Shown, classes_of, scope_of, told
from rag.ui.messages import as_language
from rag.ui.prepare.edits import edits_of
from rag.ui.prepare.jobs import Jobs
from rag.ui.prepare.view import brief_html, summary


class PrepareCalls:
    """The calls, over the tools of one index.

    Args:
        tools: of one debate.
        jobs: the briefs that are being made, of all debates.
    """

    def __init__(self, tools: Tools, jobs: Jobs[Brief]) -> None:
        self._tools = tools
        self._jobs = jobs

    def functions(self) -> list[Callable[[Asked], Any]]:
        """As plain functions: Gradio sets attributes on them."""
        shown = [told(call) for call in (self.brief_begin, self.brief_news, self.brief_show)]
        return [*shown, told(self.brief_stop), told(self.brief_export, as_html=False)]

    def brief_begin(self, asked: Asked) -> Shown:
        """Begin the brief of a ``motion``; ``job`` is its name for the other calls."""
        lang, motion, scope = as_language(asked["lang"]), str(asked.get("motion", "")), scope_of(asked)

        def work(progress: Progress) -> Brief:
            made = self._tools.briefs.make(motion, lang, progress, scope, asked.get("llm") is not False)
            return ordered(made, list(classes_of(self._tools)))

        return {"job": self._jobs.begin(work)}

    def brief_news(self, asked: Asked) -> Shown:
        """How far a ``job`` is: ``stage`` in words, ``done``, ``total``.

        At last what :meth:`brief_show` gives, and the brief itself, ``record``.
        """
        lang = as_language(asked["lang"])
        job = self._jobs.news(str(asked["job"]))
        if not job.done.is_set():
            stage, done, total = job.stage
            return {"stage": _stage(stage, lang), "done": done, "total": total}
        brief = job.outcome()
        return {"record": to_record(brief), **self._shown(brief, Edits(), 0)}

    def brief_stop(self, asked: Asked) -> Shown:
        """Stop a ``job``."""
        self._jobs.stop(str(asked["job"]))
        return {}

    def brief_show(self, asked: Asked) -> Shown:
        """A brief (``record``) as it is wanted (``edits``): ``html``, ``said`` of it in a line."""
        edits = edits_of(asked)
        brief, lost = self._tools.briefs.again(asked.get("record"), edits)
        return self._shown(brief, edits, lost)

    def brief_export(self, asked: Asked) -> Shown:
        """A brief as it is wanted, in a ``format``: ``data`` in base 64, ``said`` of it."""
        brief, _ = self._tools.briefs.again(asked.get("record"), edits_of(asked))
        name = str(asked["format"])
        if name == "svg":
            content = picture(brief, classes_of(self._tools), alone=True).encode()
        else:
            content = written(self._tools.briefs.check(brief), f".{name}")
        return {"data": base64.b64encode(content).decode(), "said": say("exported", brief.lang)}

    def _shown(self, brief: Brief, edits: Edits, lost: int) -> Shown:
        said = summary(brief)
        if lost:
            said += " " + say("prepare_lost", brief.lang, count=lost)
        return {"html": brief_html(brief, edits, classes_of(self._tools)), "said": said}


def _stage(stage: str, lang: Language) -> str:
    key = f"prepare_stage_{stage}"
    return say(key if key in CATALOGUE else "prepare_stage_wait", lang)

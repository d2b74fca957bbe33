"""What the page in the browser asks of the server. Every answer is HTML or a record, never an exception."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import asdict
from functools import wraps
from typing import Any

from rag.api import Proved, Tools
from rag.catalogue import say
from rag.errors import InputError, RepliqueError, StoreError
from rag.quotes import as_json, has_pages
from rag.search import QUESTION_MAX
from rag.types import Language, SourceInfo
from rag.ui import html as render
from rag.ui.call import Asked, classes_of
from rag.ui.chat.answer import answer_parts, error_part
from rag.ui.chat.evidence import source_html, source_list
from rag.ui.chat.record import (
    as_markdown,
    as_record,
    from_record,
    restore,
    restored_parts,
    unreadable_part,
)
from rag.ui.chat.transcript import suggestions, welcome
from rag.ui.evaluation import REPORT, report_html
from rag.ui.html import side_classes
from rag.ui.masthead import corpus_line
from rag.ui.messages import as_language
from rag.upkeep import record as keep_verdict

logger = logging.getLogger(__name__)

_ASKED = ("history", "sides", "sources", "speakers")
Update = dict[str, Any]
"""An answer so far: ``turn`` (the script's own id for it), ``parts`` (see rag/ui/html.py), ``done``;
when done, ``record`` (see rag/ui/chat/record.py), or ``failed`` when there is no answer."""


class Calls:
    """The calls, over the tools of one index."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._index = tools.index

    def functions(self) -> list[Callable[[Asked], Any]]:
        """Those that give one result, as plain functions: Gradio sets attributes on them."""
        return [
            _plain(call)
            for call in (
                self.greet,
                self.source,
                self.suggest,
                self.restore,
                self.export,
                self.report,
                self.judge,
            )
        ]

    def greet(self, asked: Asked) -> dict[str, str]:
        """What depends on the corpus: its line in the masthead, the welcome, the list of sources."""
        lang = as_language(asked["lang"])
        try:
            infos, classes = self._infos(), classes_of(self._tools)
        except RepliqueError as error:
            return {"corpus": "", "welcome": error_part(error.in_words(lang), lang), "sources": ""}
        return {
            "corpus": corpus_line(infos, classes, lang),
            "welcome": welcome(infos, lang),
            "sources": source_list(infos, classes, lang),
        }

    def source(self, asked: Asked) -> dict[str, Any]:
        """One source whole: ``title``, ``sha256`` of its text, ``html``, has it ``pages``; or ``error``."""
        lang, wanted = as_language(asked["lang"]), asked["source"]
        said = self._tools.workspace.said()

        def shown(snapshot: Any) -> dict[str, Any]:
            for number, info in enumerate(snapshot.infos):
                if info.id == wanted:
                    classes = side_classes(snapshot.infos, said)
                    html = source_html(snapshot, number, classes, lang)
                    pages = has_pages(info)
                    return {"title": info.title, "sha256": info.sha256, "html": html, "pages": pages}
            return {"error": render.line("source_gone", lang, "error")}

        try:
            return self._index.read(shown)
        except RepliqueError as error:
            return {"error": error_part(error.in_words(lang), lang)}

    def suggest(self, asked: Asked) -> str:
        """Further questions after the answer of a ``record``, or to begin with; empty without any.

        None of ``history``, the questions asked so far, is suggested again.
        """
        lang = as_language(asked["lang"])
        try:
            if asked.get("record") is None:
                return suggestions(self._tools.openers(lang), "examples", lang)
            answer = restore(asked["record"], self._tools).answer
            before = {" ".join(str(question).split()) for question in asked.get("history", [])}
            offered = self._tools.follow_ups(answer)
            further = [each for each in offered if " ".join(each.split()) not in before]
            return suggestions(further, "follow_ups", answer.lang)
        except RepliqueError:
            return ""  # they are an offer: what is wrong is said where something was asked for

    def restore(self, asked: Asked) -> list[list[str]]:
        """The parts of answers that the browser kept, in the order of ``records``; checked again."""
        lang = as_language(asked["lang"])
        try:
            classes = classes_of(self._tools)
        except RepliqueError as error:
            return [[error_part(error.in_words(lang), lang)] for _ in asked["records"]]
        return [
            restored_parts(found, classes, lang) if found else [unreadable_part(lang)]
            for found in map(self._restored, asked["records"])
        ]

    def export(self, asked: Asked) -> str:
        """A conversation (``title``, ``turns`` of ``question`` and ``record``) as Markdown."""
        turns = [(str(turn["question"]), self._restored(turn.get("record"))) for turn in asked["turns"]]
        return as_markdown(str(asked["title"]), turns, as_language(asked["lang"]))

    def report(self, asked: Asked) -> str:
        """The last report of the evaluation suite."""
        return report_html(REPORT, as_language(asked["lang"]))

    def judge(self, asked: Asked) -> dict[str, str]:
        """Keep a verdict on a ``record``, or on its quote number ``n`` if that is given.

        ``verdict`` is one of :data:`rag.upkeep.feedback.Verdict`; ``history`` are the earlier questions.
        Gives ``said``, or ``error``.
        """
        lang, n = as_language(asked["lang"]), asked.get("n")
        try:
            answer = from_record(asked["record"])
            numbers = [quote.n for quote in answer.quotes]
            about = numbers.index(n) + 1 if n in numbers else n
            given = {**asdict(answer), "quotes": [as_json(quote, lang) for quote in answer.quotes]}
            keep_verdict(self._index, given, asked["verdict"], about, asked.get("history", []))
        except StoreError:
            logger.exception("a verdict could not be kept")
            return {"error": say("not_kept", lang)}
        except RepliqueError as error:
            return {"error": error.in_words(lang)}
        return {"said": say(f"verdict_{asked['verdict']}", lang)}

    async def ask(self, asked: Asked) -> AsyncIterator[Update]:
        """Answer a question; the parts of the answer come one after the other.

        Args:
            asked: ``question``; ``history``, the earlier questions; ``turn``; ``sides``, ``sources`` and
                ``speakers``, the only ones to ask, none for all; ``llm``, whether the model writes, if there
                is one.
        """
        lang, question = as_language(asked["lang"]), str(asked["question"]).strip()
        update: Update = {"turn": asked["turn"], "parts": [], "done": False}
        try:
            _refuse_unusable(question)
            llm = bool(asked.get("llm", True))
            options = {name: asked.get(name, []) for name in _ASKED} | {"llm": llm}
            if llm and self._tools.has_model:  # its first sentence may take a while: say who is at it
                yield {**update, "parts": [render.line("writing", lang, "searching")]}
            async for parts, record in self._answer_parts(question, lang, options):
                update = {**update, "parts": parts, "done": record is not None, "record": record}
                yield update
            return
        except RepliqueError as error:
            yield unanswered(asked, error)
        except Exception:  # a fault of ours: its traceback is for the terminal, not for the page
            logger.exception("no answer to %r", question)
            yield unanswered(asked, RepliqueError("unexpected"))

    async def _answer_parts(
        self, question: str, lang: Language, options: Mapping[str, Any]
    ) -> AsyncIterator[tuple[list[str], dict[str, Any] | None]]:
        """The parts of the answer so far, each time with more of them; the last time with its record."""
        proved = None
        shown: list[str] = []
        classes = await asyncio.to_thread(classes_of, self._tools)
        async for proved in self._tools.ask_stream(question, **options):
            parts = answer_parts(proved.answer, classes, complete=False)
            if parts != shown:  # each update costs the browser a turn, and the first words wait for it
                shown = parts
                yield parts, None
        if proved is not None:
            dropped = any(quote.n for quote in proved.lost)
            notice = [render.line("quotes_dropped", lang, "error")] if dropped else []
            yield answer_parts(proved.answer, classes) + notice, as_record(proved.answer)

    def _infos(self) -> tuple[SourceInfo, ...]:
        return self._index.infos()

    def _restored(self, record: object) -> Proved | None:
        try:
            return restore(record, self._tools)
        except RepliqueError:
            return None


def unanswered(asked: Asked, why: RepliqueError) -> Update:
    """What is shown instead of the answer to a question."""
    lang = as_language(asked["lang"])
    part = error_part(why.in_words(lang), lang)
    return {"turn": asked["turn"], "parts": [part], "done": True, "failed": True}


def _plain(method: Callable[[Asked], Any]) -> Callable[[Asked], Any]:
    @wraps(method)
    def called(asked: Asked) -> Any:
        return method(asked)

    return called


def _refuse_unusable(question: str) -> None:
    """Refuse what :meth:`Assistant.ask` would, in the words of the page.

    Raises:
        InputError: the question has no word, or too many.
    """
    if not any(character.isalnum() for character in question):
        raise InputError("no_question")
    if len(question) > QUESTION_MAX:
        raise InputError("question_long", count=len(question), most=QUESTION_MAX)

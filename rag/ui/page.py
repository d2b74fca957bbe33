"""The chat page and its API, over one :class:`~rag.answer.Assistant`."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import gradio as gr

from rag.answer import Assistant
from rag.errors import InputError, RepliqueError
from rag.question import QUESTION_MAX
from rag.types import Language, SourceInfo
from rag.ui import render, script
from rag.ui.border import prove_answer, with_quotes
from rag.ui.endpoints import add_endpoints
from rag.ui.messages import (
    EXAMPLE_COUNT,
    EXAMPLES,
    SHIPPED_SOURCES,
    browser_language,
    tell,
    translations,
)
from rag.ui.report_tab import REPORT, report_html
from rag.words import say

logger = logging.getLogger(__name__)

AT_ONCE = 8
"""How many questions are answered at the same time; others wait in the queue."""

Turn = dict[str, Any]
"""``question``; ``parts``, see rag/ui/render.py; ``failed``, whether it got no answer."""

_words = gr.I18n(**translations())


def build_page(assistant: Assistant) -> gr.Blocks:
    """The page; show it with ``page.launch(**launch_options())``.

    It answers from the live index, also when another process replaces it meanwhile.
    """
    desk = Desk(assistant)
    page = gr.Blocks(title="Réplique", analytics_enabled=False)
    with page:
        conversation = gr.State([])
        masthead = gr.HTML("<h1>Réplique</h1>", elem_id="masthead", apply_default_css=False)
        transcript = gr.HTML(
            [],
            html_template=script.TRANSCRIPT_TEMPLATE,
            js_on_load=script.TRANSCRIPT,
            apply_default_css=False,
            elem_id="transcript",
        )
        welcome, examples = _welcome()
        box, send = _composer()
        clear = _closing()
        report = gr.HTML(elem_id="report", apply_default_css=False)

        _connect(desk, conversation, transcript, box, send, examples, clear)
        page.load(desk.greet, outputs=[masthead, welcome, *examples, report], **_INTERNAL)
        add_endpoints(assistant, AT_ONCE)
    return page


_INTERNAL: Any = {
    "api_visibility": "private",
    "show_progress": "hidden",
    "concurrency_limit": AT_ONCE,
    "concurrency_id": "page",
}


def _connect(
    desk: Desk,
    conversation: gr.State,
    transcript: gr.HTML,
    box: gr.Textbox,
    send: gr.Button,
    examples: list[gr.Button],
    clear: gr.Button,
) -> None:
    """What asks, and what clears."""
    outputs = [transcript, conversation]
    asked = gr.on([box.submit, send.click], desk.converse, [box, conversation], outputs, **_INTERNAL)
    chosen = [
        example.click(desk.converse, [example, conversation], outputs, **_INTERNAL) for example in examples
    ]
    clear.click(lambda: ([], []), None, outputs, cancels=[asked, *chosen], **_INTERNAL)


def launch_options() -> dict[str, Any]:
    """What ``launch`` must be told for the page to look right, ask nothing of the network, store nothing."""
    # Gradio brings this font along, whole in these two weights; of most of its others only a part.
    sans = gr.themes.LocalFont("Source Sans Pro", weights=(400, 700))
    theme = gr.themes.Base(
        font=(sans, "system-ui", "sans-serif"),
        font_mono=("ui-monospace", "monospace"),  # its default is one of those in part
    )
    return {
        "theme": theme,
        "css_paths": [Path(__file__).with_name("page.css")],
        "head": script.HEAD,
        "js": script.ON_LOAD,
        "i18n": _words,
        "share": False,
        "ssr_mode": False,
        "mcp_server": False,
        "pwa": False,
        "enable_monitoring": False,
        "run_history": False,  # else gradio keeps every question and answer in the browser
        "footer_links": ["api"],
        "quiet": True,
    }


def _welcome() -> tuple[gr.Column, list[gr.Button]]:
    """What a first visit shows; the greeting fills it in. page.css hides it once there is a question."""
    with gr.Column(elem_id="welcome"):
        gr.HTML(_words("hint"), elem_id="hint", apply_default_css=False)
        with gr.Column(visible=False, elem_id="examples") as group:
            gr.HTML(_words("examples"), elem_id="examples-heading", apply_default_css=False)
            buttons = [gr.Button("", elem_classes="example") for _ in range(EXAMPLE_COUNT)]
    return group, buttons


def _composer() -> tuple[gr.Textbox, gr.Button]:
    """The box to type in, with its button."""
    with gr.Row(elem_id="composer"):
        box = gr.Textbox(
            label=_words("question_label"),
            placeholder=_words("placeholder"),
            show_label=False,
            container=False,
            lines=1,
            max_lines=6,
            autofocus=True,
            elem_id="question",
            html_attributes=gr.InputHTMLAttributes(enterkeyhint="send", autocomplete="off"),
        )
        send = gr.Button(_words("send"), variant="primary", elem_id="send")
    return box, send


def _closing() -> gr.Button:
    """The last line. What clears the conversation stands here, out of the way of what sends."""
    with gr.Row(elem_id="closing"):
        gr.HTML(_words("footer"), elem_id="footer", apply_default_css=False)
        return gr.Button(_words("clear"), elem_id="clear")


class Desk:
    """What the page does when it is opened and when it is asked; Gradio calls the methods."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._index = assistant.index

    def greet(self, request: gr.Request) -> list[Any]:
        """The header, the examples if they suit the corpus, the last report; in the browser's language."""
        lang = _language_of(request)
        infos: tuple[SourceInfo, ...] = ()
        try:
            infos = self._infos()
            masthead = render.header(infos, lang)
        except RepliqueError as error:
            masthead = render.header_error(str(error), lang)
        suited = {info.id for info in infos} == SHIPPED_SOURCES
        report = report_html(REPORT, lang)
        return [masthead, gr.Column(visible=suited), *map(gr.Button, EXAMPLES[lang]), report]

    async def converse(
        self, question: str, turns: list[Turn], request: gr.Request
    ) -> AsyncIterator[tuple[Any, Any]]:
        """Add a turn to the conversation; the parts of its answer come one after the other."""
        question, lang = question.strip(), _language_of(request)
        if not question:
            yield gr.skip(), gr.skip()
            return
        asked = render.question_part(question, lang)
        parts, failed = [render.searching_part(lang)], False
        yield _shown(turns, question, asked, parts)
        history = [turn["question"] for turn in turns if not turn["failed"]]
        try:
            _refuse_unusable(question, lang)
            async for parts in self._answer_parts(question, history, lang):
                yield _shown(turns, question, asked, parts)
        except RepliqueError as error:
            parts, failed = [render.error_part(str(error), lang)], True
        except Exception:  # a fault of ours: its traceback is for the terminal, not for the page
            logger.exception("no answer to %r", question)
            parts, failed = [render.error_part(tell("unexpected", lang), lang)], True
        if failed:
            yield _shown(turns, question, asked, parts, failed)

    async def _answer_parts(
        self, question: str, history: list[str], lang: Language
    ) -> AsyncIterator[list[str]]:
        """The parts of the answer so far, each time with more of them."""
        given = proved = None
        classes = render.side_classes(await asyncio.to_thread(self._infos))
        async for given in self._assistant.astream(question, history=history):
            proved = await asyncio.to_thread(prove_answer, given, self._index)
            yield render.answer_parts(proved, classes, complete=False)
        if given is not None and proved is not None:
            dropped = len(proved.quotes) < len(given.quotes)
            notice = [render.line("quotes_dropped", lang, "error")] if dropped else []
            yield render.answer_parts(with_quotes(proved), classes) + notice

    def _infos(self) -> tuple[SourceInfo, ...]:
        return self._index.read(lambda snapshot: snapshot.infos)


def _shown(
    turns: list[Turn], question: str, asked: str, parts: list[str], failed: bool = False
) -> tuple[list[Turn], list[Turn]]:
    """The conversation with one more turn, for the transcript and for the session."""
    turn = {"question": question, "parts": [asked, *parts], "failed": failed}
    return [*turns, turn], [*turns, turn]


def _refuse_unusable(question: str, lang: Language) -> None:
    """Say in the reader's language what :meth:`Assistant.ask` would say in English.

    Raises:
        InputError: the question has no word, or too many.
    """
    if not any(character.isalnum() for character in question):
        raise InputError(say("no_question", lang))
    if len(question) > QUESTION_MAX:
        raise InputError(tell("too_long", lang, count=len(question), most=QUESTION_MAX))


def _language_of(request: gr.Request) -> Language:
    return browser_language(request.headers.get("accept-language", ""))

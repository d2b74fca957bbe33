"""The page and its API, over one :class:`~rag.api.Tools`.

The desk (conversations, chat, debate tools, sources) is one ``gr.HTML`` whose scripts keep its content: what
is shown is appended and never drawn again, which ``gr.Chatbot`` does at each step of a stream; and its
messages eat characters of quotes on their way through markdown. Python makes all the HTML (rag/ui/*.py), the
scripts (rag/ui/static/js) put it in its place. Conversations live in the browser; the server keeps
nothing of a visit.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import gradio as gr
from gradio.utils import get_upload_folder

from rag.api import Services, Tools
from rag.dossier import PACE
from rag.ui import assets
from rag.ui.chat.calls import Calls
from rag.ui.chat.evidence import evidence_column
from rag.ui.chat.history import history_column
from rag.ui.chat.page_calls import PageCalls
from rag.ui.chat.transcript import chat_column
from rag.ui.debate.calls import DebateCalls
from rag.ui.debate.view import face_view, rebut_view
from rag.ui.documents.calls import CorpusCalls
from rag.ui.documents.view import corpus_panel
from rag.ui.dossier.calls import DossierCalls
from rag.ui.dossier.view import dossier_panel
from rag.ui.drill.calls import DrillCalls
from rag.ui.drill.view import drill_view
from rag.ui.endpoints import add_endpoints
from rag.ui.masthead import masthead
from rag.ui.messages import LANGUAGES, translations
from rag.ui.styles import css_paths
from rag.ui.verify.calls import VerifyCalls
from rag.ui.verify.view import verify_view

AT_ONCE = 8
"""How many questions are answered at the same time; others wait in the queue."""

_words = gr.I18n(**translations())


def build_page(tools: Tools) -> gr.Blocks:
    """The page; show it with ``page.launch(**launch_options())``.

    It answers from the live index, also when another process replaces it meanwhile.
    """
    calls = Calls(tools)
    page = gr.Blocks(title="Réplique", analytics_enabled=False)
    with page:
        gr.HTML(
            html_template=assets.FRAME,
            js_on_load=assets.MASTHEAD,
            apply_default_css=False,
            elem_id="masthead",
            frames={lang: masthead(lang) for lang in LANGUAGES},
        )
        desk = gr.HTML(
            html_template=assets.FRAME,
            js_on_load=assets.DESK,
            apply_default_css=False,
            elem_id="desk",
            elem_classes="view-desk",
            frames={lang: _columns(lang, tools.has_model) for lang in LANGUAGES},
            words=translations(),
            server_functions=[
                *calls.functions(),
                *PageCalls(tools).functions(),
                *VerifyCalls(tools).functions(),
                *DebateCalls(tools).functions(),
                *DrillCalls(tools).functions(),
            ],
        )
        gr.HTML(
            html_template=assets.FRAME,
            apply_default_css=False,
            elem_id="report",
            elem_classes="view-evaluation",
        )
        corpus = CorpusCalls(tools.index, Path(get_upload_folder()))
        settings = tools.index.settings
        documents = gr.HTML(
            html_template=assets.FRAME,
            js_on_load=assets.DOCUMENTS,
            apply_default_css=False,
            elem_id="corpus",
            elem_classes="view-corpus",
            frames={
                lang: corpus_panel(lang, settings.max_file_bytes, settings.read_only) for lang in LANGUAGES
            },
            server_functions=corpus.functions(),
        )
        gr.HTML(
            html_template=assets.FRAME,
            js_on_load=assets.DOSSIER,
            apply_default_css=False,
            elem_id="dossier",
            frames={lang: dossier_panel(lang, PACE) for lang in LANGUAGES},
            server_functions=DossierCalls(tools).functions(),
        )
        _connect(calls, desk)
        _connect_corpus(corpus, documents)
        add_endpoints(Services(tools), AT_ONCE)
    return page


def _columns(lang: Any, has_model: bool) -> str:
    tools = verify_view(lang) + face_view(lang) + rebut_view(lang) + drill_view(lang)
    return history_column(lang) + chat_column(lang, has_model) + tools + evidence_column(lang)


def _connect(calls: Calls, desk: gr.HTML) -> None:
    """A question streams its answer into the desk's value; stopping leaves what is there."""

    async def answered(event: gr.EventData) -> AsyncIterator[dict[str, Any]]:
        async for update in calls.ask(event._data):
            yield update

    options: Any = {"api_visibility": "private", "show_progress": "hidden"}
    asked = desk.ask(
        answered,
        None,
        desk,
        concurrency_limit=AT_ONCE,
        concurrency_id="page",
        trigger_mode="multiple",
        **options,
    )
    desk.stop(None, None, None, cancels=[asked], **options)


def _connect_corpus(calls: CorpusCalls, view: gr.HTML) -> None:
    """Files that are sent stream what becomes of them into the view's value."""

    async def added(event: gr.EventData) -> AsyncIterator[dict[str, Any]]:
        async for update in calls.add(event._data):
            yield update

    view.add_files(
        added, None, view, api_visibility="private", show_progress="hidden", trigger_mode="multiple"
    )


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
        "css_paths": css_paths(),
        "head": assets.head(),
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

"""The page and its API, over :class:`~rag.api.Debates`.

The desk (conversations, chat, debate tools, sources) is one ``gr.HTML`` whose scripts keep its content: what
is shown is appended and never drawn again, which ``gr.Chatbot`` does at each step of a stream; and its
messages eat characters of quotes on their way through markdown. Python makes all the HTML (rag/ui/*.py), the
scripts (rag/ui/static/js) put it in its place. Conversations live in the browser; the server keeps
nothing of a visit.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import gradio as gr
from gradio.utils import get_upload_folder

from rag.api import Debates, Services, Tools
from rag.brief import Brief
from rag.dossier import PACE
from rag.ui import assets
from rag.ui.call import per_debate, streamed_per_debate
from rag.ui.chat.calls import Calls, unanswered
from rag.ui.chat.evidence import evidence_column
from rag.ui.chat.history import history_column
from rag.ui.chat.page_calls import PageCalls
from rag.ui.chat.selection import SelectionCalls
from rag.ui.chat.transcript import chat_column
from rag.ui.chat.translation import TranslationCalls
from rag.ui.counter.calls import CounterCalls
from rag.ui.counter.view import counter_view
from rag.ui.debate.calls import DebateCalls
from rag.ui.debate.view import face_view, rebut_view
from rag.ui.debates.calls import DebatesCalls
from rag.ui.debates.view import debates_dialog
from rag.ui.documents.adding_calls import not_added
from rag.ui.documents.calls import CorpusCalls
from rag.ui.documents.search_calls import SearchCalls
from rag.ui.documents.view import corpus_panel
from rag.ui.dossier.calls import DossierCalls
from rag.ui.dossier.view import dossier_panel
from rag.ui.drill.calls import DrillCalls
from rag.ui.drill.view import drill_view
from rag.ui.endpoints import add_endpoints, add_streams
from rag.ui.footer import footer
from rag.ui.masthead import masthead
from rag.ui.messages import LANGUAGES, translations
from rag.ui.prepare.calls import PrepareCalls
from rag.ui.prepare.jobs import Jobs
from rag.ui.prepare.view import prepare_view
from rag.ui.styles import css_paths
from rag.ui.verify.calls import VerifyCalls
from rag.ui.verify.view import verify_view

AT_ONCE = 8
"""How many questions are answered at the same time; others wait in the queue,"""
WAITING = 64
"""at most so many; then one line says that it is full."""

_words = gr.I18n(**translations())


def build_page(debates: Debates) -> gr.Blocks:
    """The page; show it with ``gr.mount_gradio_app(app, page, "", **mount_options())``.

    It answers from the live index, also when another process replaces it meanwhile.
    """
    tools, uploads = debates.own, Path(get_upload_folder())
    jobs: Jobs[Brief] = Jobs()

    def preparing(one: Tools) -> PrepareCalls:
        return PrepareCalls(one, jobs)

    page = gr.Blocks(title="Réplique", analytics_enabled=False)
    with page:
        gr.HTML(
            html_template=assets.FRAME,
            js_on_load=assets.MASTHEAD,
            apply_default_css=False,
            elem_id="masthead",
            frames={lang: masthead(lang) for lang in LANGUAGES},
        )
        gr.HTML(
            html_template=assets.FRAME,
            js_on_load=assets.DESK,
            apply_default_css=False,
            elem_id="desk",
            elem_classes="view-desk",
            frames={lang: _columns(lang, tools.has_model) for lang in LANGUAGES},
            words=translations(),
            server_functions=[
                function
                for calls in (
                    Calls,
                    PageCalls,
                    SelectionCalls,
                    VerifyCalls,
                    DebateCalls,
                    CounterCalls,
                    DrillCalls,
                    TranslationCalls,
                    preparing,
                )
                for function in per_debate(debates, calls)
            ],
        )
        gr.HTML(
            html_template=assets.FRAME,
            apply_default_css=False,
            elem_id="report",
            elem_classes="view-evaluation",
        )
        settings = tools.index.settings
        gr.HTML(
            html_template=assets.FRAME,
            js_on_load=assets.DOCUMENTS,
            apply_default_css=False,
            elem_id="corpus",
            elem_classes="view-corpus",
            frames={
                lang: corpus_panel(lang, settings.max_file_bytes, settings.read_only, settings.fetch)
                for lang in LANGUAGES
            },
            server_functions=[
                *per_debate(debates, lambda one: CorpusCalls(one, uploads)),
                *per_debate(debates, SearchCalls),
            ],
        )
        gr.HTML(
            html_template=assets.FRAME,
            js_on_load=assets.DOSSIER,
            apply_default_css=False,
            elem_id="dossier",
            frames={lang: dossier_panel(lang, PACE) for lang in LANGUAGES},
            server_functions=per_debate(debates, DossierCalls),
        )
        gr.HTML(
            html_template=assets.FRAME,
            js_on_load=assets.DEBATES,
            apply_default_css=False,
            elem_id="debates",
            frames={lang: debates_dialog(lang, settings.read_only) for lang in LANGUAGES},
            server_functions=DebatesCalls(debates, uploads).functions(),
        )
        gr.HTML(
            html_template=assets.FRAME,
            js_on_load=assets.FOOTER,
            apply_default_css=False,
            elem_id="page-footer",
            frames={lang: footer(lang, settings.login is not None) for lang in LANGUAGES},
        )
        add_streams(
            AT_ONCE,
            page_ask=streamed_per_debate(debates, lambda one: Calls(one).ask, unanswered),
            page_add=streamed_per_debate(debates, lambda one: CorpusCalls(one, uploads).add, not_added),
        )
        add_endpoints(Services(debates), AT_ONCE)
    page.queue(max_size=WAITING)
    return page


def _columns(lang: Any, has_model: bool) -> str:
    debating = face_view(lang) + rebut_view(lang) + counter_view(lang)
    tools = verify_view(lang) + debating + prepare_view(lang) + drill_view(lang)
    return history_column(lang) + chat_column(lang, has_model) + tools + evidence_column(lang)


def mount_options() -> dict[str, Any]:
    """What Gradio must be told for the page to look right, ask nothing of the network, and store nothing."""
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
        "ssr_mode": False,
        "mcp_server": False,
        "pwa": False,
        "enable_monitoring": False,
        "run_history": False,  # else gradio keeps every question and answer in the browser
        "footer_links": ["api"],
        "show_error": False,
    }

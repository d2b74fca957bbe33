"""Pure: the top of the page."""

from __future__ import annotations

from collections.abc import Sequence

from rag.catalogue import say
from rag.types import Language, SourceInfo
from rag.ui.html import chip, escape, icon, icon_button, side_classes
from rag.ui.messages import LANGUAGES

VIEWS = ("chat", "verify", "face", "rebut", "drill", "corpus", "evaluation")
"""The first is shown when the page opens; see ``[data-view]`` in static/css/gradio.css."""
SIDES_NAMED = 6
"""At most this many sides are named."""


def masthead(lang: Language) -> str:
    """Name, views, what the corpus holds (filled in later), appearance and language."""
    menu = icon_button("history", "conversations", lang, "menu")
    theme = icon_button("theme", "theme", lang, "theme")
    api = f'<button type="button" class="api" data-do="api">{escape(say("api", lang))}</button>'
    return (
        f'<header class="masthead" lang="{lang}">{menu}<h1>{escape(say("app_name", lang))}</h1>'
        f"{_views(lang)}"
        f'<div class="corpus"></div>'
        f'<div class="tools">{_dossier(lang)}{api}{theme}{_language(lang)}</div></header>'
    )


def _dossier(lang: Language) -> str:
    """Opens the dossier, in any view; with the number of its cards."""
    return (
        '<button type="button" class="act" data-do="dossier" aria-expanded="false">'
        f'{icon("dossier")}{escape(say("dossier", lang))} <span class="count"></span></button>'
    )


def _views(lang: Language) -> str:
    buttons = "".join(
        f'<button type="button" data-do="view" data-view="{view}">'
        f"{escape(say(f'view_{view}', lang))}</button>"
        for view in VIEWS
    )
    return f'<nav class="views" aria-label="{escape(say("views", lang))}">{buttons}</nav>'


def _language(lang: Language) -> str:
    """One button a language that the page is not in."""
    return "".join(
        f'<button type="button" class="language" data-do="language" data-language="{other}" lang="{other}">'
        f"{escape(say('language', other))}</button>"
        for other in LANGUAGES
        if other != lang
    )


def corpus_line(infos: Sequence[SourceInfo], lang: Language) -> str:
    """How many documents there are, of which sides."""
    count = say("one_document", lang) if len(infos) == 1 else say("documents", lang, count=len(infos))
    classes = side_classes(infos)
    chips = [chip(side, name) for side, name in list(classes.items())[:SIDES_NAMED]]
    if len(classes) > SIDES_NAMED:
        more = say("more_sides", lang, count=len(classes) - SIDES_NAMED)
        chips.append(f'<span class="more-sides">{escape(more)}</span>')
    return f"<p>{escape(count)} {' '.join(chips)}</p>"

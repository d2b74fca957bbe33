"""Pure: the top of the page."""

from __future__ import annotations

from collections.abc import Sequence

from rag.catalogue import say
from rag.types import Language, SourceInfo
from rag.ui.debates.view import switcher
from rag.ui.html import SideClasses, button, chip, escape, icon, icon_button

VIEWS = ("chat", "prepare", "verify", "face", "rebut", "counter", "drill", "corpus")
"""The first is shown when the page opens; see ``[data-view]`` in static/css/gradio.css and footer.py."""
SIDES_NAMED = 6
"""At most this many sides stand in the masthead; the list behind the number of documents has all."""


def masthead(lang: Language) -> str:
    """Name, debate, what it holds (filled in later), dossier; under them the views."""
    menu = icon_button("history", "conversations", lang, "menu")
    return (
        f'<header class="masthead" lang="{lang}"><div class="masthead-line">'
        f"{menu}<h1>{escape(say('app_name', lang))}</h1>{switcher(lang)}"
        f'<div class="corpus"></div><div class="tools">{_dossier(lang)}</div></div>'
        f"{_views(lang)}{_lost(lang)}</header>"
    )


def _lost(lang: Language) -> str:
    """That the server is gone, or does not know the reader any more; see static/js/server.js."""
    states = "".join(
        f'<p data-state="{state}" hidden>{escape(say(key, lang))}</p>'
        for state, key in (("gone", "server_gone"), ("out", "signed_out"))
    )
    again = button("try-server", "retry", lang, "retry", state="gone")
    reload = button("reload", "reload", lang, "retry", state="out")
    return f'<div class="server-gone" role="alert" hidden>{states}{again}{reload}</div>'


def _dossier(lang: Language) -> str:
    """Opens the dossier, in any view; with the number of its cards."""
    return (
        '<button type="button" class="act" data-do="dossier" aria-expanded="false">'
        f'{icon("dossier")}{escape(say("dossier", lang))} <span class="count"></span></button>'
    )


def _views(lang: Language) -> str:
    links = "".join(view_link(view, lang) for view in VIEWS)
    return f'<nav class="views" aria-label="{escape(say("views", lang))}">{links}</nav>'


def view_link(view: str, lang: Language) -> str:
    """Leads to a view, by its address; see static/js/route.js."""
    return f'<a href="#/{view}" data-view="{view}">{escape(say(f"view_{view}", lang))}</a>'


def corpus_line(infos: Sequence[SourceInfo], classes: SideClasses, lang: Language) -> str:
    """How many documents there are, of which sides; names cut short for want of room are in a list."""
    count = say("one_document", lang) if len(infos) == 1 else say("documents", lang, count=len(infos))
    if not classes:
        return f"<p>{escape(count)}</p>"
    chips = [
        f'<span class="side-name" title="{escape(side)}">{chip(side, name)}</span>'
        for side, name in list(classes.items())[:SIDES_NAMED]
    ]
    if len(classes) > SIDES_NAMED:
        left = len(classes) - SIDES_NAMED
        more = say("one_more_side", lang) if left == 1 else say("more_sides", lang, count=left)
        chips.append(f'<span class="more-sides">{escape(more)}</span>')
    listed = "".join(f"<li>{chip(side, name)}</li>" for side, name in classes.items())
    return (
        f'<p><button type="button" class="act" popovertarget="all-sides">{escape(count)}</button> '
        f"{' '.join(chips)}</p>"
        f'<div id="all-sides" class="all-sides" popover><h2>{escape(say("all_sides", lang))}</h2>'
        f"<ul>{listed}</ul></div>"
    )

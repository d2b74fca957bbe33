"""Pure: the foot of the page: what is not a debater's, and how all of it works."""

from __future__ import annotations

from importlib import metadata

from rag.catalogue import say
from rag.types import Language
from rag.ui.html import escape, icon, icon_button
from rag.ui.masthead import view_link
from rag.ui.messages import LANGUAGES

VIEWS = ("evaluation",)
"""Views that the masthead does not have."""
_TOLD = ("quotes", "silence", "kept", "keys")


def footer(lang: Language, is_locked: bool = False) -> str:
    """How it works, the API, the evaluation, appearance, language, the version.

    Args:
        lang: of the page.
        is_locked: whether it asks for a password: then there is a way out, too.
    """
    how = escape(say("how_it_works", lang))
    opens = f'<button type="button" popovertarget="how-it-works">{how}</button>'
    api = f'<button type="button" class="api" data-do="api">{escape(say("api", lang))}</button>'
    links = "".join(view_link(view, lang) for view in VIEWS)
    leave = _leave(lang) if is_locked else ""
    named = escape(say("version", lang, number=metadata.version("replique")))
    return (
        f'<footer class="page-foot" lang="{lang}">{opens}{api}{links}'
        f"{icon_button('theme', 'theme', lang, 'theme')}{_language(lang)}{leave}<span>{named}</span>"
        f'<div id="how-it-works" class="how" popover role="dialog" aria-labelledby="how-title">'
        f'<h2 id="how-title">{how}</h2>{_how(lang)}{_close(lang)}</div></footer>'
    )


def _how(lang: Language) -> str:
    return "".join(f"<p>{escape(say(f'how_{part}', lang))}</p>" for part in _TOLD)


def _close(lang: Language) -> str:
    name = escape(say("close", lang))
    return (
        '<button type="button" class="icon-button" popovertarget="how-it-works" popovertargetaction="hide"'
        f' title="{name}" aria-label="{name}">{icon("close")}</button>'
    )


def _leave(lang: Language) -> str:
    """Ends the session; see rag/ui/gate/login.py."""
    return f'<form method="post" action="logout"><button>{escape(say("log_out", lang))}</button></form>'


def _language(lang: Language) -> str:
    """One button a language that the page is not in."""
    return "".join(
        f'<button type="button" class="language" data-do="language" data-language="{other}" lang="{other}">'
        f"{escape(say('language', other))}</button>"
        for other in LANGUAGES
        if other != lang
    )

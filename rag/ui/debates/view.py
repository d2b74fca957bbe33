"""Pure: the button that names the debate, and the dialog that lists, makes and shares debates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from rag.catalogue import say
from rag.types import Language
from rag.ui.html import button, escape, icon, icon_button, isolated
from rag.workspace import DESCRIBED_MOST, SUFFIX


def switcher(lang: Language) -> str:
    """Names the debate shown (filled in later) and opens the dialog."""
    label = escape(say("debates", lang))
    return (
        f'<button type="button" class="switcher" data-do="debates" aria-haspopup="dialog" title="{label}">'
        f'<span class="unseen">{label} </span><span class="debate-title" dir="auto"></span>'
        f"{icon('down')}</button>"
    )


def debates_dialog(lang: Language, read_only: bool) -> str:
    """The dialog: the list (filled in when it opens), and where it may be changed a form and an import."""
    changes = "" if read_only else f"{_form(lang)}{_import(lang)}"
    return (
        f'<dialog class="debates" lang="{lang}" aria-labelledby="debates-title">'
        f"{icon_button('close-debates', 'close', lang, 'close')}"
        f'<h2 id="debates-title" tabindex="-1">{escape(say("debates", lang))}</h2>'
        f'<p class="hint">{escape(say("debates_hint", lang))}</p>'
        f'<div class="said" role="status"></div><div class="debate-list"></div>{changes}</dialog>'
    )


def _form(lang: Language) -> str:
    """Makes a debate; renames or copies one when the list asks it to."""
    heads = "".join(
        f'<h3 data-for="{kind}"{hidden}>{escape(say(f"debate_{kind}", lang))}</h3>'
        for kind, hidden in (("new", ""), ("rename", " hidden"), ("copy", " hidden"))
    )
    go = escape(say("debate_go", lang))
    return (
        f'<form class="debate-form" data-kind="new">{heads}<div class="fields">'
        f"{_field('title', lang, required=True)}{_field('motion', lang)}</div>"
        f'<div class="adding-tools"><button type="submit" class="go">{go}</button>'
        f"{button('cancel-debate', 'cancel', lang, 'close')}</div></form>"
    )


def _field(name: str, lang: Language, required: bool = False) -> str:
    return (
        f"<label>{escape(say(f'debate_{name}', lang))}"
        f'<input name="{name}" maxlength="{DESCRIBED_MOST[name]}" dir="auto" autocomplete="off"'
        f' placeholder="{escape(say(f"debate_{name}_hint", lang))}"{" required" if required else ""}></label>'
    )


def _import(lang: Language) -> str:
    words = escape(say("debate_import", lang))
    return (
        f'<p class="debate-import"><button type="button" class="act" data-do="import-debate">'
        f'{icon("open")}{words}</button> <span class="hint">{escape(say("debate_import_hint", lang))}</span>'
        f'<input type="file" accept="{SUFFIX}" aria-label="{words}" tabindex="-1" hidden></p>'
    )


def debates_list(rows: Sequence[Mapping[str, Any]], current: str, lang: Language, read_only: bool) -> str:
    """The debates, the one shown marked, each a link with what can be done with it.

    Args:
        rows: see :func:`rag.api.listed_debates`.
        current: name of the debate shown.
        lang: of the words around.
        read_only: whether nothing may be changed.
    """
    entries = "".join(_entry(row, row["name"] == current, lang, read_only) for row in rows)
    return f"<ul>{entries}</ul>"


def _entry(row: Mapping[str, Any], is_current: bool, lang: Language, read_only: bool) -> str:
    name, title = row["name"], title_of(row, lang)
    address = f"?{urlencode({'debate': name})}" if name else "?"
    current = ' aria-current="page"' if is_current else ""
    motion = f'<span class="motion">{isolated(row["motion"])}</span>' if row["motion"] else ""
    data = f' data-name="{escape(name)}" data-title="{escape(title)}" data-motion="{escape(row["motion"])}"'
    tools = _tools(name, title, lang, read_only)
    return (
        f'<li{data}><a href="{escape(address)}"{current}>{isolated(title)}{motion}</a>'
        f'<span class="row-tools">{tools}</span></li>'
    )


def _tools(name: str, title: str, lang: Language, read_only: bool) -> str:
    share = icon_button("export-debate", "debate_export", lang, "save", about=title)
    if read_only:
        return share
    change = icon_button("rename-debate", "debate_rename", lang, "pencil", about=title)
    copy = icon_button("copy-debate", "debate_copy", lang, "copy", about=title)
    remove = icon_button("remove-debate", "debate_remove", lang, "bin", about=title) if name else ""
    return change + copy + share + remove


def title_of(row: Mapping[str, Any], lang: Language) -> str:
    """What a debate is called: its title, else its name, else that it is the default one."""
    return str(row["title"] or row["name"] or say("debate_default_title", lang))

"""Pure: the view in which a brief is made. js/preparing.js asks for it, and for each change of it."""

from __future__ import annotations

from collections.abc import Callable

from rag.brief import Argument, Brief, Edits, picture, picture_in_words, quotes_of
from rag.catalogue import say
from rag.types import Language
from rag.ui.form import tool
from rag.ui.html import SideClasses, button, chip, escape, icon_button, isolated, side_class
from rag.ui.prepare import parts
from rag.ui.prepare.parts import Setting

FORMATS = ("docx", "md", "svg")
"""That are saved as files; the last one is the map."""
PARTS: dict[str, Callable[[Setting], str]] = {
    "map": lambda setting: _map(setting),
    "positions": lambda setting: _positions(setting),
    "answers": parts.answers,
    "unanswered": parts.unanswered,
    "figures": parts.figures,
    "chronology": parts.chronology,
    "terms": parts.terms,
    "questions": parts.questions,
    "by_heart": parts.by_heart,
}
"""What makes each part of the page, in their order."""
SHOWN = 3
"""So many quotes of an argument are shown, the others when they are asked for."""


def prepare_view(lang: Language) -> str:
    """The frame of the view."""
    form = (
        f'<label for="brief-motion">{escape(say("prepare_label", lang))}</label>'
        '<input id="brief-motion" name="motion" type="text" dir="auto" autocomplete="off" maxlength="4000"'
        f' placeholder="{escape(say("prepare_placeholder", lang))}">'
    )
    stop = button("brief-stop", "stop", lang, "close")
    progress = (
        '<div class="prepare-progress" hidden><progress aria-label="'
        f'{escape(say("view_prepare", lang))}"></progress><span class="stage"></span>{stop}</div>'
    )
    return tool("prepare", lang, form, "prepare_go", scoped=True).replace(
        '<div class="tool-example">', f'{progress}<div class="tool-example">', 1
    )


def brief_html(brief: Brief, edits: Edits, classes: SideClasses) -> str:
    """A brief: what can be done with it, its contents, its parts; each says when there is nothing."""
    setting = Setting(brief, edits, classes)
    empty = set(brief.empty_parts) | (set() if brief.arguments else {"map"})
    made = "".join(
        parts.nothing(name, brief.lang) if name in empty else parts.section(name, make(setting), brief.lang)
        for name, make in PARTS.items()
    )
    title = brief.motion or say("prepare_whole", brief.lang)
    return (
        f'<div class="brief" lang="{brief.lang}"><h3 class="brief-title" tabindex="-1">{isolated(title)}</h3>'
        f"{_tools(brief.lang)}{parts.unwritten(brief)}{parts.unsided(brief)}"
        f"{_contents(brief.lang, empty)}{made}</div>"
    )


def summary(brief: Brief) -> str:
    """How many arguments and quotes, in a line; who alone was heard."""
    counts = {"arguments": len(brief.arguments), "quotes": len(quotes_of(brief))}
    said = say("prepare_summary", brief.lang, **counts)
    names = ", ".join(brief.among)
    return say("among_said", brief.lang, said=said, names=names) if names else said


def _tools(lang: Language) -> str:
    """Exports, printing, all quotes to the dossier."""
    saved = "".join(button("brief-export", f"prepare_{name}", lang, "save", format=name) for name in FORMATS)
    others = button("brief-print", "prepare_print", lang, "page")
    others += button("brief-cards", "prepare_cards", lang, "plus")
    label = escape(say("prepare_tools", lang))
    return f'<div class="brief-tools" role="group" aria-label="{label}">{saved}{others}</div>'


def _contents(lang: Language, empty: set[str]) -> str:
    entries = ""
    for name in PARTS:
        words = escape(parts.title_of(name, lang))
        if name in empty:
            words += f' <span class="hint">({escape(say("prepare_nothing", lang))})</span>'
        entries += f'<li><button type="button" data-do="brief-go" data-to="{name}">{words}</button></li>'
    label = escape(say("prepare_contents", lang))
    return f'<nav class="brief-contents" aria-label="{label}"><ol>{entries}</ol></nav>'


def _map(setting: Setting) -> str:
    """The map of the arguments, and what it shows in words."""
    brief, lang = setting.brief, setting.brief.lang
    told = ""
    for argument, words in picture_in_words(brief):
        said = "".join(f"<li>{isolated(each)}</li>" for each in words)
        own = chip(argument.side, side_class(argument.side, setting.classes))
        told += f"<li>{own} {isolated(argument.heading)}{f'<ul>{said}</ul>' if said else ''}</li>"
    return (
        f'<p class="hint">{escape(say("map_hint", lang))}</p>'
        f'<div class="map-frame">{picture(brief, setting.classes)}</div>'
        f"<details><summary>{escape(say('map_in_words', lang))}</summary>"
        f'<ul class="map-words">{told}</ul></details>'
    )


def _positions(setting: Setting) -> str:
    """The arguments of each side."""
    brief, lang = setting.brief, setting.brief.lang
    made = ""
    for position in brief.positions:
        stance = ""
        if brief.motion:
            words = escape(say(f"voted_{position.stance}", lang))
            stance = f' <span class="stance {position.stance}">{words}</span>'
        arguments = "".join(_argument(each, setting) for each in position.arguments)
        nothing = f'<p class="silence">{escape(say("silent", lang))}</p>'
        head = f"<h4>{setting.chip(position.side)}{stance}</h4>"
        introduction = parts.introduction(position, setting)
        made += f'<div class="brief-side">{head}{introduction}{arguments or nothing}</div>'
    return made


def _argument(argument: Argument, setting: Setting) -> str:
    """An argument with its quotes; its heading can be changed, and it can be moved and taken out."""
    lang = setting.brief.lang
    own = setting.edits.headings.get(argument.id, "")
    number = f"{argument.id[1:]}. " if setting.brief.is_introduced else ""
    heading = f"<span>{number}{isolated(own or argument.heading)}</span>"
    if own:
        heading += f' <span class="own-heading">{escape(say("prepare_yours", lang))}</span>'
    actions = "".join(
        icon_button(f"brief-{action}", f"prepare_{action}", lang, drawing)
        for action, drawing in (("rename", "pencil"), ("up", "up"), ("down", "down"), ("drop", "bin"))
    )
    shown = "".join(setting.figure(quote) for quote in argument.quotes[:SHOWN])
    if more := argument.quotes[SHOWN:]:
        figures = "".join(setting.figure(quote) for quote in more)
        words = escape(say("prepare_more_quotes", lang, count=len(more)))
        shown += f"<details><summary>{words}</summary>{figures}</details>"
    return (
        f'<article class="brief-argument" data-argument="{escape(argument.id)}"'
        f' data-own="{escape(own)}"><header>'
        f'<h5 tabindex="-1" data-anchor="{escape(argument.id)}">{heading}</h5>'
        f'<div class="brief-argument-tools">{actions}</div></header>{shown}</article>'
    )

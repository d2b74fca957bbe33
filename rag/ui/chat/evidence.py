"""Pure: the column of the sources. A source is shown whole; js/marks.js marks quotes by their offsets."""

from __future__ import annotations

from collections.abc import Sequence

from rag.catalogue import date, say
from rag.quotes import editorial
from rag.store import Snapshot, spoken_in
from rag.types import Language, SourceInfo
from rag.ui.chat.selection import selection_tools
from rag.ui.chat.source_text import text_html
from rag.ui.html import (
    SideClasses,
    button,
    chip,
    escape,
    icon,
    icon_button,
    isolated,
    line,
    side_class,
    whence,
)

VOICES_LISTED = 60
"""Of those who speak in a source so many can be chosen, those who say most."""
SOURCES_LISTED = 200
"""The list of sources shows at most this many."""


def evidence_column(lang: Language) -> str:
    """The column without a source; with what it says when one cannot be shown."""
    steps = (
        icon_button("previous", "previous_quote", lang, "previous")
        + '<span class="position" role="status"></span>'
        + icon_button("next", "next_quote", lang, "next")
    )
    said = "".join(
        f'<template class="t-{key}">{line(key, lang, "error")}</template>'
        for key in ("source_changed", "source_gone", "no_server")
    )
    name = escape(say("sources", lang))
    return (
        f'<aside id="evidence" class="evidence" lang="{lang}" aria-label="{name}">'
        '<div class="evidence-head"><div class="source-tabs"></div>'
        f"{icon_button('close', 'close', lang, 'close')}</div>"
        f'<div class="evidence-steps" hidden>{steps}{_ways(lang)}'
        f"{icon_button('link', 'copy_link', lang, 'link')}</div>"
        f'<div class="evidence-body" tabindex="0" role="group" aria-label="{name}"></div>'
        f"{selection_tools(lang)}{said}</aside>"
    )


def _ways(lang: Language) -> str:
    """What turns a quote between its text and its page, where there is one."""
    on_page = button("page", "show_on_page", lang, "page").replace(" data-do", " hidden data-do", 1)
    as_text = button("text", "show_as_text", lang, "find").replace(" data-do", " hidden data-do", 1)
    return f'<span class="ways">{on_page}{as_text}</span>'


def source_list(infos: Sequence[SourceInfo], classes: SideClasses, lang: Language) -> str:
    """The sources of the corpus, each a button that opens it."""
    entries = "".join(_entry(info, classes, lang) for info in infos[:SOURCES_LISTED])
    more = ""
    if len(infos) > SOURCES_LISTED:
        more = f'<p class="more">{escape(say("more_sources", lang, count=len(infos) - SOURCES_LISTED))}</p>'
    return (
        f'<div class="source-list" lang="{lang}"><h2>{escape(say("sources", lang))}</h2>'
        f"{line('evidence_hint', lang, 'hint')}{_sides(classes, lang)}<ul>{entries}</ul>{more}</div>"
    )


def _sides(classes: SideClasses, lang: Language) -> str:
    """A button a side: pressed, only that side is asked."""
    if len(classes) < 2:
        return ""
    buttons = "".join(
        f'<button type="button" class="chip {name}" data-do="scope" data-side="{escape(side)}"'
        f' aria-pressed="false">{isolated(side)}</button>'
        for side, name in classes.items()
    )
    label = escape(say("only_sides", lang))
    return f'<div class="sides" role="group" aria-label="{label}"><span>{label}</span> {buttons}</div>'


def _entry(info: SourceInfo, classes: SideClasses, lang: Language) -> str:
    side = chip(info.side, side_class(info.side, classes)) if info.side is not None else ""
    when = f'<span class="when">{isolated(date(info.date, lang))}</span>' if info.date else ""
    title = escape(info.title)
    only = escape(say("only_source", lang, title=info.title))
    return (
        f'<li><button type="button" class="source {side_class(info.side, classes)}" data-do="source"'
        f' data-source="{escape(info.id)}">{isolated(info.title, info.language)}'
        f'<span class="about">{side}{when}</span></button>'
        f'<button type="button" class="icon-button" data-do="scope" data-source="{escape(info.id)}"'
        f' data-title="{title}" aria-pressed="false" aria-label="{only}" title="{only}">'
        f"{icon('only')}</button></li>"
    )


def source_html(snapshot: Snapshot, number: int, classes: SideClasses, lang: Language) -> str:
    """A source whole; see :func:`rag.ui.chat.source_text.text_html`."""
    info = snapshot.infos[number]
    body = text_html(snapshot, number, classes, lang)
    return (
        f'<article class="source-view {side_class(info.side, classes)}">'
        f'<header lang="{lang}"><h2>{isolated(info.title, info.language)}</h2>'
        f"{_about(info, classes, lang)}{_speaking(snapshot, number, classes, lang)}"
        f"{line('select_hint', lang, 'hint select-hint')}</header>"
        f'<div class="source-text" lang="{escape(info.language)}">{body}</div></article>'
    )


def _about(info: SourceInfo, classes: SideClasses, lang: Language) -> str:
    side = chip(info.side, side_class(info.side, classes)) if info.side is not None else ""
    spoken = [(info.author, info.language), (date(info.date, lang), ""), (info.note, info.language)]
    spoken.append((editorial(info, lang), ""))
    told = [isolated(text, language) for text, language in spoken if text]
    remarks = " · ".join([*told, whence(info, lang)] if info.address else told)
    return f'<p class="about">{side} <span class="remarks">{remarks}</span></p>'


def _speaking(snapshot: Snapshot, number: int, classes: SideClasses, lang: Language) -> str:
    """A button for each of those who speak in a source: pressed, only they are asked."""
    voices = spoken_in(snapshot)[number][:VOICES_LISTED]
    buttons = "".join(
        f'<button type="button" class="chip {side_class(one.side, classes)}" data-do="scope"'
        f' data-speaker="{escape(one.name)}" aria-pressed="false">{isolated(one.name)}</button>'
        for one in voices
    )
    label = escape(say("only_voices", lang))
    group = f'<div class="sides" role="group" aria-label="{label}"><span>{label}</span> {buttons}</div>'
    return group if buttons else ""

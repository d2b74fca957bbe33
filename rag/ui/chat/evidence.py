"""Pure: the column of the sources. A source is shown whole; js/marks.js marks quotes by their offsets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rag.catalogue import date, say
from rag.quotes import editorial, locator
from rag.store import Snapshot
from rag.types import Language, Place, SourceInfo
from rag.ui.html import SideClasses, chip, escape, icon, icon_button, isolated, line, side_class, side_classes

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
        f'<div class="evidence-steps" hidden>{steps}{icon_button("link", "copy_link", lang, "link")}</div>'
        f'<div class="evidence-body" tabindex="0" role="group" aria-label="{name}"></div>'
        f"{said}</aside>"
    )


def source_list(infos: Sequence[SourceInfo], lang: Language) -> str:
    """The sources of the corpus, each a button that opens it."""
    classes = side_classes(infos)
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


def source_html(snapshot: Snapshot, number: int, lang: Language) -> str:
    """A source whole, as elements whose texts joined are its text.

    Each element carries ``data-start``, the offset in code points at which its text begins, so that any
    slice can be found by counting. Locators and pages are attributes, which the style sheet shows: they are
    no part of the text.
    """
    info = snapshot.infos[number]
    body = "".join(_blocks(snapshot, number, lang))
    return (
        f'<article class="source-view {side_class(info.side, side_classes(snapshot.infos))}">'
        f'<header lang="{lang}"><h2>{isolated(info.title, info.language)}</h2>'
        f"{_about(info, snapshot, lang)}</header>"
        f'<div class="source-text" lang="{escape(info.language)}">{body}</div></article>'
    )


def _about(info: SourceInfo, snapshot: Snapshot, lang: Language) -> str:
    side = (
        chip(info.side, side_class(info.side, side_classes(snapshot.infos))) if info.side is not None else ""
    )
    spoken = ((date(info.date, lang), ""), (info.note, info.language), (editorial(info, lang), ""))
    remarks = " · ".join(isolated(text, language) for text, language in spoken if text)
    return f'<p class="about">{side} <span class="remarks">{remarks}</span></p>'


def _blocks(snapshot: Snapshot, number: int, lang: Language) -> Iterator[str]:
    """Headings and the rest of each passage, and what stands between them."""
    text = snapshot.source(number).text
    at, shown = 0, Place(0, 0, 0)
    for start, end, kind, place in _units(snapshot, number):
        if start > at:
            yield _between(text[at:start], at)
        attributes = ""
        if place.page != shown.page:
            attributes += f' data-page="{escape(say("page", lang, page=place.page))}"'
        if place != shown and kind == "passage":
            attributes += f' data-locator="{escape(locator(replace(place, page=0), lang))}"'
        yield (
            f'<div class="{kind}" dir="auto" data-start="{start}"{attributes}>{escape(text[start:end])}</div>'
        )
        at, shown = end, place
    if at < len(text):
        yield _between(text[at:], at)


def _units(snapshot: Snapshot, number: int) -> Iterator[tuple[int, int, str, Place]]:
    """The pieces of the text that are shown as blocks: start, end, ``heading`` or ``passage``, place."""
    passages, sentences = snapshot.passages, snapshot.sentences
    own = sentences["source"] == number
    headings = set(zip(sentences["heading_start"][own], sentences["heading_end"][own], strict=True))
    for row in (passages["source"] == number).nonzero()[0]:
        at, end = int(passages["start"][row]), int(passages["end"][row])
        place = snapshot.sentence(int(passages["first"][row]))[1].place
        for opening, closing in sorted((int(a), int(b)) for a, b in headings if at <= a < b <= end):
            if opening > at:
                yield at, opening, "passage", place
            yield opening, closing, "heading", place
            at = closing
        if at < end:
            yield at, end, "passage", place


def _between(text: str, start: int) -> str:
    """White space between passages is kept for counting and not shown."""
    hidden = " hidden" if not text.strip() else ""
    return f'<div class="between" data-start="{start}"{hidden}>{escape(text)}</div>'

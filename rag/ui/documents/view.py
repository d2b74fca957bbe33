"""The view of the documents, pure. js/documents.js says what is pressed there, calls.py acts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import zip_longest

from rag.catalogue import date, say
from rag.documents import printable
from rag.quotes import remarks
from rag.store import Spoken
from rag.types import Language, SourceInfo
from rag.ui.documents.adding import FIELDS, adding, fields
from rag.ui.documents.search import search_form
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
)
from rag.upkeep import MOST, Added

ROWS = 2000
"""At most this many sources are listed."""
VOICES_NAMED = 6
"""At most this many of those who speak in a source are named in the table."""
VOICES_SIDED = 60
"""At most this many may be given a side in the form, those who say most."""


def corpus_panel(lang: Language, max_bytes: int, read_only: bool, fetches: bool = False) -> str:
    """The frame of the view: what adds documents, what lists them.

    Args:
        lang: of the words.
        max_bytes: the largest file.
        read_only: whether nothing may be changed.
        fetches: whether pages of the web may be asked for.
    """
    ways = line("corpus_read_only", lang, "hint") if read_only else adding(lang, max_bytes, fetches)
    return (
        f'<section class="corpus-panel" lang="{lang}" aria-labelledby="corpus-title">'
        f'<h2 id="corpus-title" tabindex="-1">{escape(say("view_corpus", lang))}</h2>'
        f"{search_form(lang)}{ways}"
        f'<div class="corpus-list"></div>{_edit_form(lang)}{_reading_dialog(lang)}</section>'
    )


def results(added: Sequence[Added], lang: Language) -> str:
    """What became of each file."""
    return f'<ul lang="{lang}">{"".join(_result(one, lang) for one in added)}</ul>'


def _result(one: Added, lang: Language) -> str:
    name = isolated(one.name)
    if one.refusal is not None:
        reason = escape(say("corpus_refused", lang, reason=one.refusal.in_words(lang)))
        return f'<li class="error">{name} {reason}</li>'
    assert one.source is not None  # what is not refused is a source
    said = escape(say("corpus_added", lang))
    told = "".join(f"<br>{escape(words)}" for words in remarks(one.source, lang))
    title = isolated(one.source.title, one.source.language)
    return f'<li class="added">{name} {said} {title}{told}</li>'


def failure(reason: str, lang: Language) -> str:
    """One line that says why nothing was done."""
    return f'<p class="error" role="alert" lang="{lang}">{escape(reason)}</p>'


def corpus_list(
    infos: Sequence[SourceInfo],
    classes: SideClasses,
    lang: Language,
    read_only: bool,
    voices: Sequence[Sequence[Spoken]] = (),
) -> str:
    """The sources as a table, with what chooses those to be asked.

    Args:
        infos: the sources.
        classes: see :func:`rag.ui.html.side_classes`.
        lang: of the words around.
        read_only: whether nothing may be changed.
        voices: those who speak in each; none by default.
    """
    if not infos:
        return line("no_documents_here", lang, "hint")
    head = "".join(
        f'<th scope="col">{escape(say(key, lang))}</th>'
        for key in (
            "column_only",
            "field_title",
            "field_side",
            "field_date",
            "column_language",
            "column_length",
        )
    )
    last = "" if read_only else f'<th scope="col">{escape(say("column_actions", lang))}</th>'
    spoken = zip_longest(infos[:ROWS], voices[:ROWS], fillvalue=())
    rows = "".join(_row(info, own, classes, lang, read_only) for info, own in spoken)  # type: ignore[arg-type]
    more = escape(say("more_sources", lang, count=len(infos) - ROWS)) if len(infos) > ROWS else ""
    label = escape(say("view_corpus", lang))
    options = "".join(f'<option class="{name}">{escape(side)}</option>' for side, name in classes.items())
    return (
        f'<div class="wide" tabindex="0" role="region" aria-label="{label}"><table lang="{lang}">'
        f"<thead><tr>{head}{last}</tr></thead><tbody>{rows}</tbody></table></div><p>{more}</p>"
        f'<datalist id="corpus-sides">{options}</datalist>'
    )


def _row(
    info: SourceInfo, voices: Sequence[Spoken], classes: SideClasses, lang: Language, read_only: bool
) -> str:
    side = chip(info.side, side_class(info.side, classes)) if info.side is not None else ""
    title = isolated(info.title, info.language)
    only = escape(say("only_source", lang, title=info.title))
    said: Mapping[str, str] = {name: getattr(info, name) or "" for name in FIELDS}
    data = "".join(f' data-{name}="{escape(value)}"' for name, value in said.items())
    data += f' data-editorial="{escape("" if info.editor else " ".join(info.editorial))}"'
    tools = "" if read_only else f'<td class="row-tools">{_tools(info, lang)}</td>'
    length = escape(say("characters", lang, count=info.characters))
    return (
        f'<tr data-source="{escape(info.id)}"{data}>'
        f'<td><button type="button" class="icon-button" data-do="scope" data-source="{escape(info.id)}"'
        f' data-title="{escape(info.title)}" aria-pressed="false" aria-label="{only}" title="{only}">'
        f"{icon('only')}</button></td>"
        f'<th scope="row">{title}<span class="file">{isolated(printable(info.path))}</span>'
        f"{_reading_button(info, lang)}{_voices(voices, info.language, classes, lang)}</th>"
        f"<td>{side}</td><td>{isolated(date(info.date, lang))}</td>"
        f"<td>{escape(_language_name(info.language, lang))}</td>"
        f'<td class="length">{length}</td>{tools}</tr>'
    )


def _voices(voices: Sequence[Spoken], language: str, classes: SideClasses, lang: Language) -> str:
    """Those who speak in a source, with their sides, and the fields that the form has for them."""
    if not voices:
        return ""
    named = ", ".join(
        isolated(one.name, language)
        + (f" {chip(one.side, side_class(one.side, classes))}" if one.side else "")
        for one in voices[:VOICES_NAMED]
    )
    more = len(voices) - VOICES_NAMED
    rest = f", {escape(say('more_voices', lang, count=more))}" if more > 0 else ""
    fields = "".join(
        f'<label>{isolated(one.name, language)}<input name="speaker" data-speaker="{escape(one.name)}"'
        f' value="{escape(one.side or "")}" maxlength="{MOST["side"]}" dir="auto" autocomplete="off"'
        ' list="corpus-sides"></label>'
        for one in voices[:VOICES_SIDED]
    )
    legend = f"<legend>{escape(say('voices_sides', lang))}</legend>"
    return (
        f'<span class="voices">{escape(say("voices", lang))} {named}{rest}</span>'
        f'<template class="t-voices">{legend}<div class="fields">{fields}</div></template>'
    )


def _tools(info: SourceInfo, lang: Language) -> str:
    return icon_button("edit-source", "edit_source", lang, "pencil", name=info.title) + icon_button(
        "remove-source", "remove_source", lang, "bin", name=info.title
    )


def _language_name(code: str, lang: Language) -> str:
    return say(f"in_{code}", lang) if code in ("fr", "en") else code


def _reading_dialog(lang: Language) -> str:
    """Where it is shown how a document was read."""
    return (
        '<dialog class="reading" aria-labelledby="reading-title">'
        f"{icon_button('close-reading', 'close', lang, 'close')}"
        '<div class="reading-body"></div></dialog>'
    )


def _reading_button(info: SourceInfo, lang: Language) -> str:
    """Shows how a document was read; says so when there is something to mind."""
    count = len(info.remarks)
    key = "how_read" if not count else "how_read_one" if count == 1 else "how_read_many"
    words, drawing = escape(say(key, lang, count=count)), icon("warning" if count else "page")
    return (
        f'<button type="button" class="act how-read" data-do="reading" data-source="{escape(info.id)}"'
        f' aria-label="{words}, {escape(say("title", lang, title=info.title))}">'
        f"{drawing}{words}</button>"
    )


def _edit_form(lang: Language) -> str:
    """What changes a source: a dialog, so that focus stays in it and comes back."""
    return (
        f'<dialog class="edit-source" aria-labelledby="edit-title"><form method="dialog">'
        f'<h3 id="edit-title">{escape(say("edit_source", lang))}</h3>'
        f'<div class="fields">{fields(lang, "side-meaning-edit")}</div>'
        f'<p id="side-meaning-edit" class="hint">{escape(say("side_meaning", lang))}</p>'
        '<fieldset class="voice-sides" hidden></fieldset>'
        f'<label class="whole-side"><input type="checkbox" name="whole_side">'
        "<span></span></label>"
        f'<p class="busy hint" role="status" hidden>{escape(say("corpus_saving", lang))}</p>'
        f'<div class="said" role="status"></div><div class="adding-tools">'
        f'<button type="submit" class="go">{escape(say("save", lang))}</button>'
        f"{button('close-edit', 'cancel', lang, 'close')}</div></form></dialog>"
    )

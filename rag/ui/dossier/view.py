"""Pure: the column of the dossier. js/dossier.js says what is pressed there, rag/ui/dossier/calls.py acts."""

from __future__ import annotations

import json
from dataclasses import replace

from rag.catalogue import date, say
from rag.dossier import TEXT_MOST, Card, Checked, CheckedCard, Dossier, headings_before, marked_parts
from rag.quotes import has_pages, locator, named
from rag.types import Language, Quote
from rag.ui.figures import slice_data, verbatim
from rag.ui.html import SideClasses, button, chip, escape, icon, icon_button, isolated, line, side_class

FORMATS = ("docx", "md", "html")
"""Of exports: suffixes without their dot."""


def dossier_panel(lang: Language, pace: int) -> str:
    """The column without its cards."""
    heading = escape(say("dossier", lang))
    title = escape(say("dossier_title", lang))
    return (
        f'<aside id="dossier-panel" class="dossier" lang="{lang}" aria-labelledby="dossier-heading">'
        f'<div class="dossier-head"><h2 id="dossier-heading" tabindex="-1">{heading}</h2>'
        f"{icon_button('dossier-close', 'close', lang, 'close')}</div>"
        f'<div class="dossier-body" tabindex="0" role="group" aria-label="{heading}">'
        f'<input class="dossier-title quiet" data-field="title" maxlength="{TEXT_MOST["title"]}" dir="auto"'
        f' aria-label="{title}" placeholder="{title}">'
        f'<p class="dossier-length" hidden><span></span> <label>'
        f'<input class="pace quiet" type="number" min="1" max="999" step="5" value="{pace}">'
        f" {escape(say('dossier_pace', lang))}</label></p>"
        f'<p class="error" hidden></p><div class="dossier-cards"></div>'
        f"{line('dossier_empty', lang, 'dossier-empty hint')}</div>{_files(lang)}</aside>"
    )


def _files(lang: Language) -> str:
    """What is done with the dossier as a whole."""
    exports = "".join(
        button("dossier-export", f"export_{suffix}", lang, "save", format=suffix) for suffix in FORMATS
    )
    files = (
        button("dossier-save", "dossier_save", lang, "save")
        + button("dossier-open", "dossier_open", lang, "open")
        + '<input class="dossier-file" type="file" accept=".json,application/json" hidden>'
        + button("dossier-new", "dossier_new", lang, "plus")
    )
    groups = (("dossier_export", exports), ("dossier_file", files))
    return "".join(
        f'<div class="dossier-files" role="group" aria-label="{escape(say(key, lang))}">'
        f'<span aria-hidden="true">{escape(say(key, lang))}</span>{buttons}</div>'
        for key, buttons in groups
    )


def length_line(found: Checked) -> str:
    """How many cards there are, and how long they take to read out; the pace stands after it."""
    size = found.length
    return say("dossier_length", found.lang, cards=size.cards, words=size.words, time=size.time)


def unverified_line(found: Checked) -> str:
    """How many cards are no longer verified; empty where all are."""
    if not found.unverified:
        return ""
    return say("dossier_unverified", found.lang, count=found.unverified, cards=len(found.cards))


def cards_html(dossier: Dossier, found: Checked, classes: SideClasses) -> str:
    """The cards under their headings.

    Args:
        dossier: as it is kept.
        found: the same, checked.
        classes: see :func:`rag.ui.html.side_classes`.
    """
    html = [_sections(dossier), _moved(found), _suggesting(found)]
    for number, (item, headings) in enumerate(headings_before(found), start=1):
        html += [_heading(item, level, name) for level, name in headings]
        html.append(_card(item, number, found.lang, classes))
    return "".join(html)


def _heading(item: CheckedCard, level: int, name: str) -> str:
    """A heading above a card; a card that is dropped on it comes under it, before that one."""
    path = escape(json.dumps(item.path[:level]))
    return (
        f'<h{level + 2} class="section-{level}" dir="auto" data-heading="{path}"'
        f' data-before="{escape(item.card.id)}">{escape(name)}</h{level + 2}>'
    )


def _moved(found: Checked) -> str:
    """How many cards were found again by their words, and what takes these over; nothing where none was."""
    if not found.moved:
        return ""
    said = say("one_card_moved" if found.moved == 1 else "cards_moved", found.lang, count=found.moved)
    return (
        f'<div class="cards-moved" lang="{found.lang}"><p>{escape(said)}</p>'
        f"{button('cards-renew', 'cards_renew', found.lang, 'tick')}</div>"
    )


def _suggesting(found: Checked) -> str:
    """How many cards have marks suggested, and what takes all of them over; nothing for one card or none."""
    count = sum(item.stands and bool(item.card.suggested) for item in found.cards)
    if count < 2:
        return ""
    return (
        f'<div class="cards-moved cards-suggest" lang="{found.lang}">'
        f"<p>{escape(say('cards_suggest', found.lang, count=count))}</p>"
        f"{button('cards-take', 'cards_take', found.lang, 'tick')}</div>"
    )


def _sections(dossier: Dossier) -> str:
    """The sections that there are, to choose from."""
    known = dict.fromkeys(" / ".join(card.section) for card in dossier.cards if card.section)
    options = "".join(f'<option value="{escape(section)}"></option>' for section in known)
    return f'<datalist id="dossier-sections">{options}</datalist>'


def _card(item: CheckedCard, number: int, lang: Language, classes: SideClasses) -> str:
    card, quote = item.card, item.card.quote
    verified = item.stands
    moved = f'<p class="hint">{escape(say("card_moved", lang))}</p>' if item.status == "moved" else ""
    name = escape(say("card_number", lang, n=number, tag=card.tag))
    grip = (
        f'<span class="grip" draggable="true" title="{escape(say("card_drag", lang))}" aria-hidden="true">'
        f"{icon('grip')}</span>"
    )
    tag = _writing("tag", card.tag, "card_tag", lang)
    note = _writing("note", card.note, "card_own_note", lang)
    return (
        f'<article class="dossier-card {side_class(quote.source.side, classes)}'
        f'{"" if verified else " unverified"}" data-card="{escape(card.id)}" aria-label="{name}">'
        f'<div class="card-head">{grip}{tag}</div>{_cite(quote, lang, classes)}'
        f"{_quoted(card, number, lang) if verified else _former(item, lang)}{moved}{note}"
        f'<div class="card-foot">{_section(" / ".join(card.section), lang)}{_tools(item, lang)}</div>'
        "</article>"
    )


def _writing(field: str, text: str, key: str, lang: Language) -> str:
    label = escape(say(key, lang))
    return (
        f'<textarea class="quiet {field}" rows="1" data-field="{field}" maxlength="{TEXT_MOST[field]}"'
        f' dir="auto" aria-label="{label}" placeholder="{label}">{escape(text)}</textarea>'
    )


def _section(section: str, lang: Language) -> str:
    return (
        f'<input class="quiet section" data-field="section" list="dossier-sections" value="{escape(section)}"'
        f' dir="auto" aria-label="{escape(say("card_section", lang))}"'
        f' placeholder="{escape(say("card_section_hint", lang))}">'
    )


def _tools(item: CheckedCard, lang: Language) -> str:
    show = icon_button("card-mark", "card_mark", lang, "marker") if item.stands else ""
    show += icon_button("card-show", "show_in_source", lang, "find") if item.stands else ""
    if item.stands and has_pages(item.card.quote.source):
        show += icon_button("card-page", "show_on_page", lang, "page")
    return (
        f'<span class="card-tools">{show}{icon_button("card-up", "card_up", lang, "up")}'
        f"{icon_button('card-down', 'card_down', lang, 'down')}"
        f"{icon_button('card-remove', 'card_remove', lang, 'bin')}</span>"
    )


def _cite(quote: Quote, lang: Language, classes: SideClasses) -> str:
    info = quote.source
    side = f"{chip(info.side, side_class(info.side, classes))} " if info.side is not None else ""
    title = isolated(named(replace(info, side=None), lang, quote.speaker), info.language)
    rest = ", ".join(filter(None, (locator(quote.place, lang), date(info.date, lang))))
    return f'<p class="card-cite">{side}<cite>{title}</cite>{", " if rest else ""}{escape(rest)}</p>'


def _quoted(card: Card, number: int, lang: Language) -> str:
    """The quote, its marks, and what is suggested; its words can be selected by keyboard."""
    quote = card.quote
    name = escape(say("card_words", lang, n=number))
    suggests = (
        f'<div class="card-suggests" lang="{lang}"><p class="hint">{escape(say("card_suggests", lang))}</p>'
        f"{button('card-take', 'card_take', lang, 'tick')}"
        f"{button('card-dismiss', 'card_dismiss', lang, 'close')}</div>"
        if card.suggested
        else ""
    )
    return (
        f'<blockquote class="card-quote"{slice_data(quote)}><p class="card-text" dir="auto" tabindex="0"'
        f' role="group" aria-label="{name}" data-start="{quote.start}">{_words(card, lang)}</p></blockquote>'
        f"{suggests}"
    )


def _words(card: Card, lang: Language) -> str:
    told = escape(say("card_suggested", lang))
    opening = {"own": "<mark>", "suggested": f'<mark class="suggested" title="{told}">'}
    return "".join(
        f"{opening[marked]}{escape(text)}</mark>" if marked else verbatim(text)
        for text, marked in marked_parts(card)
    )


def _former(item: CheckedCard, lang: Language) -> str:
    """What was quoted and no longer can be: its words are not set as a quote."""
    quote = item.card.quote
    return (
        f'<p class="warning">{escape(say(f"card_{item.status}", lang))}</p>'
        f'<p class="former" dir="auto" lang="{escape(quote.source.language)}">'
        f"<del>{escape(quote.text)}</del></p>"
    )

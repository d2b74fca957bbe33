"""Quotes as figures of the page, exact to the character."""

from __future__ import annotations

import json
import re
from collections.abc import Container
from dataclasses import replace

from rag.catalogue import date, say
from rag.quotes import cite, editorial, has_pages, is_read_by_ocr, is_uncertain, locator, named, parts
from rag.types import Language, Quote, SourceInfo
from rag.ui.html import (
    BLANK,
    NUMBERED,
    WHOLE,
    SideClasses,
    button,
    escape,
    icon,
    isolated,
    side_class,
    thumb,
    whence,
)

_MARK = re.compile(r"\[(\d{1,4})\]")


def with_marks(text: str, lang: Language, numbers: Container[int]) -> str:
    """Prose in which the number of a quote, ``[1]``, leads to it."""
    pieces = _MARK.split(text)
    for at in range(1, len(pieces), 2):
        number = int(pieces[at])
        pieces[at] = mark(number, lang) if number in numbers else f"[{pieces[at]}]"
    return "".join(
        piece if at % 2 and piece.startswith("<") else escape(piece) for at, piece in enumerate(pieces)
    )


def mark(number: int, lang: Language) -> str:
    """The number of a quote; pressed, it shows the quote in its source."""
    title = escape(say("show_quote", lang, number=number))
    return (
        f'<button type="button" class="mark" data-do="show" data-n="{number}" title="{title}">'
        f"[{number}]</button>"
    )


def attribution(quote: Quote, lang: Language) -> str:
    """Who says it and where, as answers word it before a quote."""
    where = locator(quote.place, lang)
    source = named(quote.source, lang, quote.speaker)
    return say("according", lang, source=source, locator=f", {where}" if where else "")


def quote_figure(quote: Quote, lang: Language, classes: SideClasses) -> str:
    """A quote of an answer, with who says it, and the text around."""
    opening = f'<blockquote class="quote"{slice_data(quote)}><p class="quote-text" dir="auto">'
    text = f"{opening}{quoted_words(quote)}</p></blockquote>"
    copy = button("copy", "copy_quote", lang, "copy", cite=cite(quote, lang, outward=True))
    actions = copy + _add_card(lang) + thumb("beside", lang, "wrong")
    return _figure(quote, lang, classes, "card", f"{mark(quote.n, lang)} ", text, actions)


def _add_card(lang: Language) -> str:
    """Adds the quote to the dossier; says so when it is there, and then shows it there."""
    words = "".join(
        f'<span class="{state}">{icon(drawing)}{escape(say(key, lang))}</span>'
        for state, drawing, key in (("out", "plus", "add_card"), ("in", "tick", "card_added"))
    )
    return f'<button type="button" class="act" data-do="add-card">{words}</button>'


_MARK_AND_WORD = re.compile(r"(?:«[ \u00a0])?\S{1,24}(?: [:;!?»](?!\S))+|«[ \u00a0]\S{1,24}")
"""A French mark with the word that it belongs to, where the source has a plain space between them."""


def verbatim(text: str) -> str:
    """Words of a source as HTML: the same characters, but no line ends between a mark and its word."""
    pieces: list[str] = []
    position = 0
    for match in _MARK_AND_WORD.finditer(text):
        kept = f'<span class="tied">{escape(match[0])}</span>'
        pieces += [escape(text[position : match.start()]), kept]
        position = match.end()
    return "".join([*pieces, escape(text[position:])])


def quoted_words(quote: Quote) -> str:
    """The words of a quote, those that answer marked."""
    return "".join(
        f"<mark>{escape(words)}</mark>" if marked else verbatim(words) for words, marked in parts(quote)
    )


def context_figure(
    quote: Quote, lang: Language, classes: SideClasses, remark: str = "", more: str = ""
) -> str:
    """A quote of a view without numbers, between the words that stand around it.

    Args:
        quote: checked.
        lang: language of the words around.
        classes: see :func:`side_classes`.
        remark: HTML that stands under the quote.
        more: HTML of further buttons.
    """
    bare = replace(quote, n=0)
    around = [
        f'<span class="around" lang="{escape(quote.source.language)}">{verbatim(words)}</span>'
        if words
        else ""
        for words in (quote.before, quote.after)
    ]
    text = (
        f'<div class="in-context" dir="auto">{around[0]}<blockquote class="quote"{slice_data(bare)}>'
        f'<p class="quote-text">{quoted_words(bare)}</p></blockquote>{around[1]}</div>{remark}'
    )
    copy = button("copy", "copy_quote", lang, "copy", cite=cite(quote, lang, outward=True))
    return _figure(bare, lang, classes, "card", "", text, copy + _add_card(lang) + more)


def plain_figure(quote: Quote, lang: Language, classes: SideClasses, remark: str = "", more: str = "") -> str:
    """As :func:`context_figure`, without the words around."""
    return context_figure(replace(quote, before="", after=""), lang, classes, remark, more)


def near_figure(quote: Quote, lang: Language, classes: SideClasses) -> str:
    """A passage that is near a question without answering it: not marked up as a quote of an answer."""
    text = f'<blockquote class="near"{slice_data(quote)}><p class="near-text" dir="auto">'
    return _figure(
        quote, lang, classes, "near-card", "", f"{text}{verbatim(quote.text)}</p></blockquote>", ""
    )


def slice_data(quote: Quote) -> str:
    """Attributes that say which slice of which source it is."""
    info = quote.source
    return (
        f' lang="{escape(info.language)}" data-source="{escape(info.id)}" data-title="{escape(info.title)}"'
        f' data-sha256="{info.sha256}" data-start="{quote.start}" data-end="{quote.end}" data-n="{quote.n}"'
        f' data-highlights="{json.dumps(quote.highlights)}"'
    )


def _figure(
    quote: Quote, lang: Language, classes: SideClasses, css_class: str, number: str, text: str, actions: str
) -> str:
    show = button("show", "show_in_source", lang, "find")
    if has_pages(quote.source):
        show += button("show-page", "show_on_page", lang, "page")
    return (
        f'<figure class="{css_class} {side_class(quote.source.side, classes)}" lang="{lang}">'
        f'<figcaption><p class="cite">{number}{_cite(quote, lang, classes)}</p>{_remarks(quote, lang)}'
        f"</figcaption>{_lead_in(quote, lang)}{text}{_also(quote, lang, classes)}"
        f'<div class="actions">{show}{actions}</div></figure>'
    )


def _also(quote: Quote, lang: Language, classes: SideClasses) -> str:
    """The other sources in which the same words stand; each is shown there when pressed."""
    if not quote.also:
        return ""
    before, _, after = say("same_words", lang, sources=BLANK).partition(BLANK)
    places = ", ".join(_place(replace(other, n=quote.n), lang, classes) for other in quote.also)
    return f'<p class="also">{escape(before)}{places}{escape(after)}</p>'


def _place(other: Quote, lang: Language, classes: SideClasses) -> str:
    info = other.source
    where = locator(other.place, lang)
    return (
        f'<button type="button" class="place" data-do="show"{slice_data(other)}'
        f' data-text="{escape(other.text)}" title="{escape(say("show_in_source", lang))}">'
        f"{isolated(named(replace(info, side=None), lang, other.speaker))}</button>"
        + _side_chip(info, classes)
        + NUMBERED.sub(WHOLE, escape(f", {where}" if where else ""))
    )


def _cite(quote: Quote, lang: Language, classes: SideClasses) -> str:
    """The words of :func:`attribution`, the side as a chip."""
    info = quote.source
    where = locator(quote.place, lang)
    words = say("according", lang, source=BLANK, locator=f", {where}" if where else "")
    opening, _, closing = words.partition(BLANK)
    who = named(replace(info, side=None), lang, quote.speaker)
    title = f"<cite>{isolated(who, info.language)}</cite>"
    return f"{escape(opening)}{title}{_side_chip(info, classes)}{NUMBERED.sub(WHOLE, escape(closing))}"


def _side_chip(info: SourceInfo, classes: SideClasses) -> str:
    """The side of a source after its title; the parentheses are for those who hear or copy it."""
    if info.side is None:
        return ""
    return (
        f' <span class="chip {side_class(info.side, classes)}"><span class="unseen">(</span>'
        f'{isolated(info.side)}<span class="unseen">)</span></span>'
    )


def _remarks(quote: Quote, lang: Language) -> str:
    """Author, date, note, editorial mention and how its page was read, where there are any."""
    info = quote.source
    supplied = editorial(info, lang)
    read = [say("read_by_ocr", lang)] if is_read_by_ocr(quote) else []
    read += [say("uncertain_page", lang)] if is_uncertain(quote) else []
    spoken = [
        (info.author, info.language),
        (date(info.date, lang), ""),
        (info.note, info.language),
        (supplied, ""),
    ]
    spoken += [(words, "") for words in read]
    remarks = [isolated(text, language) for text, language in spoken if text]
    remarks += [whence(info, lang)] if info.address else []
    return f'<p class="remarks">{" · ".join(remarks)}</p>' if remarks else ""


def _lead_in(quote: Quote, lang: Language) -> str:
    if not quote.lead_in.strip():
        return ""
    label = f'<span class="label">{escape(say("lead_in", lang))}</span>'
    words = (
        f'<bdi class="lead-in-text" lang="{escape(quote.source.language)}">{verbatim(quote.lead_in)}</bdi>'
    )
    return f'<p class="lead-in">{label} {words}</p>'

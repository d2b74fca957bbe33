"""Pure: what is to be shown -> HTML. Everything that is not a tag of ours is escaped here.

A conversation is shown in *parts*: pieces of HTML, one element each, that the page appends as they come
and does not touch again. There is no markdown on the way: it would eat characters of the quotes.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import replace

from rag.quote import parts
from rag.types import Answer, Language, Prose, Quote, SourceInfo
from rag.ui.messages import tell
from rag.words import cite, date, editorial, locator, named, say

SIDE_COLOURS = 8
"""How many colours page.css has for sides; they repeat after that."""

SideClasses = Mapping[str, str]
_NUMBERED = re.compile(r"(§|p\.) \d+")
_WHOLE = r'<span class="whole">\g<0></span>'  # a sign is not parted from its number
_SOURCE = "\0"  # stands for the source in a sentence that is filled in later


def escape(text: str) -> str:
    """Text as HTML that reads back as the same characters.

    A carriage return written as such would come back as a line feed.
    """
    return html.escape(text).replace("\r", "&#13;")


def isolated(text: str, lang: str = "") -> str:
    """Words of a document inside ours, in its language if given: its direction marks end with it."""
    attribute = f' lang="{escape(lang)}"' if lang else ""
    return f"<bdi{attribute}>{escape(text)}</bdi>"


# --- sides ----------------------------------------------------------------------------------------


def side_classes(infos: Iterable[SourceInfo]) -> dict[str, str]:
    """The colour class of each side: by its place among the corpus's sides, in alphabetical order."""
    sides = sorted({info.side for info in infos if info.side is not None})
    return {side: f"side-{number % SIDE_COLOURS}" for number, side in enumerate(sides)}


def side_class(side: str | None, classes: SideClasses) -> str:
    """The colour class of one side; a source may have none."""
    return classes.get(side, "side-none") if side is not None else "side-none"


def chip(side: str, css_class: str) -> str:
    """The name of a side in its colour."""
    return f'<span class="chip {css_class}">{isolated(side)}</span>'


def line(key: str, lang: Language, css_class: str) -> str:
    """One entry of the page's catalogue as a paragraph."""
    return f'<p class="{css_class}" lang="{lang}">{escape(tell(key, lang))}</p>'


# --- controls -------------------------------------------------------------------------------------

_ICONS = {
    "menu": "M4 6h16M4 12h16M4 18h16",
    "plus": "M12 5v14M5 12h14",
    "pencil": "M4 20l1-4L16 5l3 3L8 19z",
    "bin": "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13",
    "find": "M4 5h9M4 10h6M4 15h5M15 18a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM18 17l3 3",
    "copy": "M9 9h11v11H9zM15 9V4H4v11h5",
    "link": "M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1",
    "previous": "M15 5l-7 7 7 7",
    "next": "M9 5l7 7-7 7",
    "close": "M6 6l12 12M18 6L6 18",
    "retry": "M20 12a8 8 0 1 1-2.500-5.800M20 3v5h-5",
    "save": "M12 4v11M7 11l5 5 5-5M5 20h14",
    "theme": "M12 3a9 9 0 1 0 0 18zM12 3a9 9 0 0 1 0 18",
    "up": "M5 15l7-7 7 7",
    "down": "M5 9l7 7 7-7",
    "grip": "M9 6h.01M15 6h.01M9 12h.01M15 12h.01M9 18h.01M15 18h.01",
    "open": "M3 19V6h6l2 3h10v10z",
    "dossier": "M6 3h12v18l-6-4-6 4z",
    "good": "M7 11v9H3v-9zM7 11l4-8a2.500 2.500 0 0 1 2.500 2.500V9h6l-1.500 11H7",
    "wrong": "M17 13V4h4v9zM17 13l-4 8a2.500 2.500 0 0 1-2.500-2.500V15h-6L6 4h11",
    "only": "M4 5h16l-6 8v6l-4-2v-4z",
    "tick": "M4 13l5 5L20 6",
    "differs": "M5 9h14M5 15h14M16 4L8 20",
    "joined": "M3 8h7v8H3zM14 8h7v8h-7zM10 12h4",
    "person": "M12 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21a8 8 0 0 1 16 0",
    "warning": "M12 4L2.500 20h19zM12 10v5M12 17.500v.5",
}


def icon(name: str) -> str:
    """A drawing for a button, which must have words besides."""
    return f'<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="{_ICONS[name]}"></path></svg>'


def button(action: str, key: str, lang: Language, drawing: str, **data: object) -> str:
    """A button with its words beside the drawing.

    Args:
        action: what the scripts do when it is pressed, as ``data-do``.
        key: of its words in the catalogue.
        lang: of its words.
        drawing: name of its icon.
        data: more ``data-`` attributes.
    """
    words = escape(tell(key, lang))
    return f'<button type="button" class="act"{_data(action, data)}>{icon(drawing)}{words}</button>'


def icon_button(action: str, key: str, lang: Language, drawing: str, **data: object) -> str:
    """A button that shows its drawing only; its words are its name and appear when pointed at."""
    words = escape(tell(key, lang))
    return (
        f'<button type="button" class="icon-button"{_data(action, data)}'
        f' title="{words}" aria-label="{words}">'
        f"{icon(drawing)}</button>"
    )


def thumb(verdict: str, lang: Language, drawing: str) -> str:
    """A button that keeps a verdict of rag/feedback.py; pressed as long as it stands."""
    return icon_button("judge", f"judge_{verdict}", lang, drawing, verdict=verdict).replace(
        " title=", ' aria-pressed="false" title=', 1
    )


def _data(action: str, data: Mapping[str, object]) -> str:
    return "".join(f' data-{name}="{escape(str(value))}"' for name, value in {"do": action, **data}.items())


# --- an answer ------------------------------------------------------------------------------------


def error_part(message: str, lang: Language) -> str:
    """One line that says why there is no answer."""
    return f'<p class="error" role="alert" lang="{lang}">{escape(tell("error", lang, reason=message))}</p>'


def answer_parts(answer: Answer, classes: SideClasses, complete: bool = True) -> list[str]:
    """The parts of an answer.

    Args:
        answer: its quotes have been checked.
        classes: see :func:`side_classes`.
        complete: whether the answer is whole. While it is not, words at its end wait for the quote
            that they may belong to, so that nothing shown has to be changed.
    """
    understood = [_understood(answer)] if answer.rewritten_question else []
    if answer.mode == "llm":
        understood.append(line("written", answer.lang, "written"))
    if not answer.answerable:
        return [*understood, _not_in_sources(answer, classes)] if complete else understood
    quotes = {quote.n: quote for quote in answer.quotes}
    parts: list[str] = []
    waiting: Prose | None = None
    for block in answer.blocks:
        if isinstance(block, Prose):
            parts += _prose(waiting, answer, quotes)
            waiting = block
        else:
            quote = quotes[block.n]
            if waiting != Prose(attribution(quote, answer.lang)):  # else the caption says it
                parts += _prose(waiting, answer, quotes)
            parts.append(quote_figure(quote, answer.lang, classes))
            waiting = None
    return [*understood, *parts, *(_prose(waiting, answer, quotes) if complete else ())]


def _understood(answer: Answer) -> str:
    words = say("understood", answer.lang, question=_SOURCE).partition(_SOURCE)
    asked = isolated(answer.rewritten_question or "")
    return f'<p class="understood" lang="{answer.lang}">{escape(words[0])}{asked}{escape(words[2])}</p>'


def _prose(block: Prose | None, answer: Answer, numbers: Container[int]) -> list[str]:
    if block is None:
        return []
    tag, css_class = ("h3", "side-heading") if block.heading else ("p", "prose")
    if any(block.text.startswith(sentence) for sentence in answer.unsupported):
        css_class += " unsupported"
    words = _with_marks(block.text, answer.lang, numbers)
    return [f'<{tag} class="{css_class}" lang="{answer.lang}" dir="auto">{words}</{tag}>']


_MARK = re.compile(r"\[(\d{1,4})\]")


def _with_marks(text: str, lang: Language, numbers: Container[int]) -> str:
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
    title = escape(tell("show_quote", lang, number=number))
    return (
        f'<button type="button" class="mark" data-do="show" data-n="{number}" title="{title}">'
        f"[{number}]</button>"
    )


def _not_in_sources(answer: Answer, classes: SideClasses) -> str:
    verdict = "".join(
        f'<p class="verdict">{escape(block.text)}</p>' for block in answer.blocks if isinstance(block, Prose)
    )
    near = "".join(near_figure(quote, answer.lang, classes) for quote in answer.near)
    heading = f'<h3 class="nearest">{escape(say("nearest", answer.lang))}</h3>' if near else ""
    return f'<section class="not-in-sources" lang="{answer.lang}">{verdict}{heading}{near}</section>'


# --- quotes ---------------------------------------------------------------------------------------


def attribution(quote: Quote, lang: Language) -> str:
    """Who says it and where, as answers word it before a quote."""
    where = locator(quote.place, lang)
    source = named(quote.source, lang)
    return say("according", lang, source=source, locator=f", {where}" if where else "")


def quote_figure(quote: Quote, lang: Language, classes: SideClasses) -> str:
    """A quote of an answer, with who says it, and the text around."""
    opening = f'<blockquote class="quote"{slice_data(quote)}><p class="quote-text" dir="auto">'
    text = f"{opening}{quoted_words(quote)}</p></blockquote>"
    copy = button("copy", "copy_quote", lang, "copy", cite=cite(quote.source, quote.place, lang))
    actions = copy + _add_card(lang) + thumb("beside", lang, "wrong")
    return _figure(quote, lang, classes, "card", f"{mark(quote.n, lang)} ", text, actions)


def _add_card(lang: Language) -> str:
    """Adds the quote to the dossier; says so when it is there, and then shows it there."""
    words = "".join(
        f'<span class="{state}">{icon(drawing)}{escape(tell(key, lang))}</span>'
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


def context_figure(quote: Quote, lang: Language, classes: SideClasses, remark: str = "") -> str:
    """A quote of a view without numbers, between the words that stand around it.

    Args:
        quote: checked.
        lang: language of the words around.
        classes: see :func:`side_classes`.
        remark: HTML that stands under the quote.
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
    copy = button("copy", "copy_quote", lang, "copy", cite=cite(quote.source, quote.place, lang))
    return _figure(bare, lang, classes, "card", "", text, copy + _add_card(lang))


def plain_figure(quote: Quote, lang: Language, classes: SideClasses, remark: str = "") -> str:
    """As :func:`context_figure`, without the words around."""
    return context_figure(replace(quote, before="", after=""), lang, classes, remark)


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
    return (
        f'<figure class="{css_class} {side_class(quote.source.side, classes)}" lang="{lang}">'
        f'<figcaption><p class="cite">{number}{_cite(quote, lang, classes)}</p>{_remarks(quote, lang)}'
        f'</figcaption>{_lead_in(quote, lang)}{text}<div class="actions">{show}{actions}</div></figure>'
    )


def _cite(quote: Quote, lang: Language, classes: SideClasses) -> str:
    """The words of :func:`attribution`, the side as a chip."""
    info = quote.source
    where = locator(quote.place, lang)
    words = say("according", lang, source=_SOURCE, locator=f", {where}" if where else "")
    opening, _, closing = words.partition(_SOURCE)
    title = f"<cite>{isolated(named(replace(info, side=None), lang), info.language)}</cite>"
    chip = ""
    if info.side is not None:  # the parentheses are for those who hear or copy it
        chip = (
            f' <span class="chip {side_class(info.side, classes)}"><span class="unseen">(</span>'
            f'{isolated(info.side)}<span class="unseen">)</span></span>'
        )
    return f"{escape(opening)}{title}{chip}{_NUMBERED.sub(_WHOLE, escape(closing))}"


def _remarks(quote: Quote, lang: Language) -> str:
    """Date, note and editorial mention, where there are any."""
    info = quote.source
    supplied = editorial(info, lang)
    spoken = ((date(info.date, lang), ""), (info.note, info.language), (supplied, ""))
    remarks = [isolated(text, language) for text, language in spoken if text]
    return f'<p class="remarks">{" · ".join(remarks)}</p>' if remarks else ""


def _lead_in(quote: Quote, lang: Language) -> str:
    if not quote.lead_in.strip():
        return ""
    label = f'<span class="label">{escape(tell("lead_in", lang))}</span>'
    words = (
        f'<bdi class="lead-in-text" lang="{escape(quote.source.language)}">{verbatim(quote.lead_in)}</bdi>'
    )
    return f'<p class="lead-in">{label} {words}</p>'

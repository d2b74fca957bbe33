"""Pure: what is to be shown -> HTML. Everything that is not a tag of ours is escaped here.

A conversation is shown in *parts*: pieces of HTML, one element each, that the page appends as they come
and does not touch again. There is no markdown on the way: it would eat characters of the quotes.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from rag.types import Answer, Language, Prose, Quote, SourceInfo
from rag.ui.messages import tell
from rag.words import date, editorial, locator, named, say

SIDE_COLOURS = 8
"""How many colours page.css has for sides; they repeat after that."""
SIDES_NAMED = 6
"""The header names at most this many sides."""

SideClasses = Mapping[str, str]
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


def _side_class(side: str | None, classes: SideClasses) -> str:
    return classes.get(side, "side-none") if side is not None else "side-none"


# --- the header -----------------------------------------------------------------------------------


def header(infos: Sequence[SourceInfo], lang: Language) -> str:
    """Name of the page, and what the corpus holds."""
    count = tell("one_document", lang) if len(infos) == 1 else tell("documents", lang, count=len(infos))
    classes = side_classes(infos)
    chips = [_chip(side, name) for side, name in list(classes.items())[:SIDES_NAMED]]
    if len(classes) > SIDES_NAMED:
        more = tell("more_sides", lang, count=len(classes) - SIDES_NAMED)
        chips.append(f'<span class="more-sides">{escape(more)}</span>')
    return _header(f'<p class="corpus">{escape(count)} {" ".join(chips)}</p>', lang)


def header_error(message: str, lang: Language) -> str:
    """The header when the corpus cannot be read."""
    return _header(error_part(message, lang), lang)


def _header(corpus: str, lang: Language) -> str:
    return (
        f'<header class="masthead" lang="{lang}"><h1>{escape(tell("title", lang))}</h1>'
        f'<p class="tagline">{escape(tell("tagline", lang))}</p>{corpus}</header>{views(lang)}'
    )


VIEWS = ("chat", "evaluation")


def views(lang: Language) -> str:
    """The switch between the page's views; script.py keeps ``aria-pressed`` and the body's ``data-view``."""
    buttons = "".join(
        f'<button type="button" data-view="{view}" aria-pressed="{str(view == VIEWS[0]).lower()}">'
        f"{escape(tell(f'view_{view}', lang))}</button>"
        for view in VIEWS
    )
    return f'<nav class="views" lang="{lang}" aria-label="{escape(tell("views", lang))}">{buttons}</nav>'


def _chip(side: str, side_class: str) -> str:
    return f'<span class="chip {side_class}">{isolated(side)}</span>'


def line(key: str, lang: Language, css_class: str) -> str:
    """One entry of the page's catalogue as a paragraph."""
    return f'<p class="{css_class}" lang="{lang}">{escape(tell(key, lang))}</p>'


# --- a turn of the conversation -------------------------------------------------------------------


def question_part(question: str, lang: Language) -> str:
    """What the user asked."""
    return (
        f'<div class="question"><span class="unseen" lang="{lang}">{escape(tell("you", lang))}</span>'
        f'<h2 class="question-text" dir="auto">{escape(question)}</h2></div>'
    )


def searching_part(lang: Language) -> str:
    """Stands where the answer will."""
    return line("searching", lang, "searching")


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
    if not answer.answerable:
        return [*understood, _not_in_sources(answer, classes)] if complete else understood
    quotes = {quote.n: quote for quote in answer.quotes}
    parts: list[str] = []
    waiting: Prose | None = None
    for block in answer.blocks:
        if isinstance(block, Prose):
            parts += _prose(waiting, answer.lang)
            waiting = block
        else:
            quote = quotes[block.n]
            if waiting != Prose(attribution(quote, answer.lang)):  # else the caption says it
                parts += _prose(waiting, answer.lang)
            parts.append(quote_figure(quote, answer.lang, classes))
            waiting = None
    return [*understood, *parts, *(_prose(waiting, answer.lang) if complete else ())]


def _understood(answer: Answer) -> str:
    words = say("understood", answer.lang, question=_SOURCE).partition(_SOURCE)
    asked = isolated(answer.rewritten_question or "")
    return f'<p class="understood" lang="{answer.lang}">{escape(words[0])}{asked}{escape(words[2])}</p>'


def _prose(block: Prose | None, lang: Language) -> list[str]:
    if block is None:
        return []
    tag, css_class = ("h3", "side-heading") if block.heading else ("p", "prose")
    return [f'<{tag} class="{css_class}" lang="{lang}" dir="auto">{escape(block.text)}</{tag}>']


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
    mark = f'<span class="mark">[{quote.n}]</span> '
    text = f'<blockquote class="quote"{_slice(quote)}><p class="quote-text" dir="auto">'
    return _figure(quote, lang, classes, "card", mark, f"{text}{escape(quote.text)}</p></blockquote>")


def near_figure(quote: Quote, lang: Language, classes: SideClasses) -> str:
    """A passage that is near a question without answering it: not marked up as a quote of an answer."""
    text = f'<blockquote class="near"{_slice(quote)}><p class="near-text" dir="auto">'
    return _figure(quote, lang, classes, "near-card", "", f"{text}{escape(quote.text)}</p></blockquote>")


def _slice(quote: Quote) -> str:
    """Attributes that say which slice of which source it is."""
    return (
        f' lang="{escape(quote.source.language)}" data-source="{escape(quote.source.id)}"'
        f' data-start="{quote.start}" data-end="{quote.end}"'
    )


def _figure(quote: Quote, lang: Language, classes: SideClasses, css_class: str, mark: str, text: str) -> str:
    return (
        f'<figure class="{css_class} {_side_class(quote.source.side, classes)}" lang="{lang}">'
        f'<figcaption><p class="cite">{mark}{_cite(quote, lang, classes)}</p>{_remarks(quote, lang)}'
        f"</figcaption>{_lead_in(quote, lang)}{text}{_context(quote, lang)}</figure>"
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
            f' <span class="chip {_side_class(info.side, classes)}"><span class="unseen">(</span>'
            f'{isolated(info.side)}<span class="unseen">)</span></span>'
        )
    return f"{escape(opening)}{title}{chip}{escape(closing)}"


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
    words = f'<bdi class="lead-in-text" lang="{escape(quote.source.language)}">{escape(quote.lead_in)}</bdi>'
    return f'<p class="lead-in">{label} {words}</p>'


def _context(quote: Quote, lang: Language) -> str:
    if not (quote.before + quote.after).strip():
        return ""
    around = (
        f'<bdi class="around">{escape(quote.before)}</bdi><bdi class="within">{escape(quote.text)}</bdi>'
        f'<bdi class="around">{escape(quote.after)}</bdi>'
    )
    return (
        f'<details class="context"><summary>{escape(tell("context", lang))}</summary>'
        f'<p class="context-text" dir="auto" lang="{escape(quote.source.language)}">{around}</p></details>'
    )

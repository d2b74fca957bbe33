"""Pure: the search in the documents. js/finding.js asks, search_calls.py answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from rag.catalogue import say
from rag.quotes import locator, named
from rag.search import WordHits, around, count_in_words
from rag.store import Snapshot
from rag.types import Language, Quote
from rag.ui.figures import slice_data, verbatim
from rag.ui.html import SideClasses, button, chip, escape, isolated, line, side_class

QUERY_MOST = 1000
"""Longest query, in characters."""
AROUND = 160
"""So many characters are shown before and after a hit."""
PASSAGE_SHOWN = 700
"""A longer passage is shown in part; it is whole in its source."""


def search_form(lang: Language) -> str:
    """The form, its filters and the two lists that come of it."""
    label = escape(say("find_label", lang))
    exact = (
        '<label class="option"><input type="checkbox" name="exact" value="1">'
        f"{escape(say('find_exact', lang))}</label>"
    )
    filters = "".join(
        f'<label class="field">{escape(say(f"find_{name}", lang))}'
        f'<select name="{name}">{_options(name, (), lang)}</select></label>'
        for name in ("side", "source", "speaker")
    )
    lists = "".join(
        f'<section class="found found-{name}" aria-labelledby="found-{name}" hidden>'
        f'<h3 id="found-{name}">{escape(say(f"find_{name}", lang))}</h3>'
        '<p class="found-said hint" role="status"></p><ol class="hits"></ol>'
        f'<button type="button" class="act" data-do="find-more" data-list="{name}" hidden>'
        f"{escape(say('find_more', lang))}</button></section>"
        for name in ("words", "meaning")
    )
    return (
        f'<form class="finding" role="search" aria-label="{label}"><div class="finding-line">'
        f'<input type="search" name="query" dir="auto" autocomplete="off" maxlength="{QUERY_MOST}"'
        f' aria-label="{label}" placeholder="{escape(say("find_placeholder", lang))}">'
        f'<button type="submit" class="go">{escape(say("find_go", lang))}</button>'
        f"{button('find-clear', 'find_clear', lang, 'close')}</div>"
        f'<div class="finding-filters">{filters}{exact}</div>{line("find_hint", lang, "hint")}</form>'
        f'<div class="finding-error" role="status"></div><div class="finding-lists">{lists}</div>'
    )


def filter_options(snapshot: Snapshot, lang: Language) -> dict[str, str]:
    """The options of each filter, by its name."""
    voices = sorted({voice.speaker for voice in snapshot.heard.voices if voice.speaker})
    sources = ((info.id, info.title) for info in snapshot.infos)
    return {
        "side": _options("side", ((side, side) for side in snapshot.sides), lang),
        "source": _options("source", sources, lang),
        "speaker": _options("speaker", ((name, name) for name in voices), lang),
    }


def _options(name: str, values: Iterable[tuple[str, str]], lang: Language) -> str:
    every = f'<option value="">{escape(say(f"find_any_{name}", lang))}</option>'
    return every + "".join(
        f'<option value="{escape(value)}">{escape(told)}</option>' for value, told in values
    )


def words_found(found: WordHits, classes: SideClasses, lang: Language) -> dict[str, object]:
    """The places where words stand, as a list; how many, in a line; whether there are more."""
    said = count_in_words(found, lang) if found.count else say("find_none", lang)
    html = "".join(_hit(quote, classes, lang) for quote in found.quotes)
    return {"html": html, "said": said, "more": found.count > len(found.quotes)}


def meaning_found(
    passages: Sequence[Quote], asked: int, classes: SideClasses, lang: Language
) -> dict[str, object]:
    """Passages, likewise; there may be more where as many came as were asked for."""
    key = "find_nothing_near" if not passages else "find_near_one" if len(passages) == 1 else "find_near"
    html = "".join(_passage(quote, classes, lang) for quote in passages)
    return {"html": html, "said": say(key, lang, count=len(passages)), "more": len(passages) >= asked}


def _hit(quote: Quote, classes: SideClasses, lang: Language) -> str:
    """The words found, between those around them."""
    before, after = around(quote, AROUND)
    words = f"<mark>{escape(quote.text)}</mark>"
    text = f"{verbatim(before)}{words}{verbatim(after)}"
    return _item(quote, classes, lang, text)


def _passage(quote: Quote, classes: SideClasses, lang: Language) -> str:
    text = quote.text
    if len(text) > PASSAGE_SHOWN:
        text = text[:PASSAGE_SHOWN].rpartition(" ")[0] + "…"
    return _item(quote, classes, lang, verbatim(text))


def _item(quote: Quote, classes: SideClasses, lang: Language, text: str) -> str:
    """A hit under what opens its source in its place."""
    info, where = quote.source, locator(quote.place, lang)
    side = f" {chip(info.side, side_class(info.side, classes))}" if info.side is not None else ""
    title = named(replace(info, side=None), lang, quote.speaker)
    told = escape(say("find_open", lang, title=info.title, locator=where or f"{quote.start}"))
    return (
        f'<li class="hit {side_class(info.side, classes)}"><p class="hit-of">'
        f'<button type="button" class="hit-open" data-do="open-hit"{slice_data(quote)} aria-label="{told}">'
        f'{isolated(title, info.language)}</button>{side} <span class="where">{escape(where)}</span></p>'
        f'<p class="hit-text" dir="auto" lang="{escape(info.language)}">{text}</p></li>'
    )

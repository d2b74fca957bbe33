"""Pure: cards in large print, to read from; js/large.js turns them."""

from __future__ import annotations

from rag.catalogue import date, say
from rag.dossier import CheckedCard
from rag.quotes import locator, named
from rag.types import Language
from rag.ui.figures import slice_data, verbatim
from rag.ui.html import SideClasses, escape, icon_button, isolated, side_class


def large_dialog(lang: Language) -> str:
    """The large print, closed."""
    name = escape(say("large", lang))
    return (
        f'<dialog class="large" lang="{lang}" aria-label="{name}"><div class="large-head">'
        '<p class="clock" role="timer"></p><p class="timer-phase"></p>'
        '<p class="large-place" role="status"></p>'
        f"{icon_button('large-previous', 'large_previous', lang, 'previous')}"
        f"{icon_button('large-next', 'large_next', lang, 'next')}"
        f"{icon_button('large-smaller', 'large_smaller', lang, 'smaller')}"
        f"{icon_button('large-larger', 'large_larger', lang, 'larger')}"
        f"{icon_button('timer-go', 'timer_toggle', lang, 'clock')}"
        f"{icon_button('large-close', 'close', lang, 'close')}</div>"
        f'<div class="large-body" tabindex="0" role="group" aria-label="{name}"></div>'
        f'<p class="large-keys">{escape(say("large_keys", lang))}</p></dialog>'
    )


def large_card(item: CheckedCard, classes: SideClasses, lang: Language) -> str:
    """A card to be read out: its tag, who says it, the words; those that the debater marked, where any are.

    A card that no longer stands in its source shows no words.
    """
    card, quote = item.card, item.card.quote
    info = quote.source
    who = isolated(named(info, lang, quote.speaker), info.language)
    where = ", ".join(filter(None, (locator(quote.place, lang), date(info.date, lang))))
    said = f'<p class="large-cite">{who}{", " if where else ""}{escape(where)}</p>'
    if not item.stands:
        words = f'<p class="large-lost">{escape(say(f"card_{item.status}", lang))}</p>'
    else:
        opening = f'<blockquote class="large-quote"{slice_data(quote)}>'
        words = f'{opening}<p dir="auto">{_words(item)}</p></blockquote>'
    return (
        f'<article class="large-card {side_class(info.side, classes)}">'
        f'<h2 tabindex="-1" dir="auto">{escape(card.tag)}</h2>{said}{words}</article>'
    )


def _words(item: CheckedCard) -> str:
    """The words of a card; what is not read out of them, softer."""
    quote = item.card.quote
    if not quote.highlights:
        return verbatim(quote.text)
    pieces: list[str] = []
    at = quote.start
    for start, end in quote.highlights:
        pieces += [_unread(quote.text[at - quote.start : start - quote.start])]
        pieces += [verbatim(quote.text[start - quote.start : end - quote.start])]
        at = end
    return "".join([*pieces, _unread(quote.text[at - quote.start :])])


def _unread(words: str) -> str:
    return f'<span class="unread">{verbatim(words)}</span>' if words else ""

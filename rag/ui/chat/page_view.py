"""Pure: a quote on the pages of its PDF, whose pictures js/page-view.js fetches."""

from __future__ import annotations

from rag.catalogue import say
from rag.documents import Box
from rag.quotes import MarkedPage, OnPage, locator
from rag.types import Language, Place
from rag.ui.figures import verbatim
from rag.ui.html import SideClasses, chip, escape, icon_button, isolated, side_class


def page_html(found: OnPage, lang: Language, classes: SideClasses) -> str:
    """The words of a quote beside the pages that they stand on, their places marked; without the pictures."""
    quote = found.quote
    info, where = quote.source, locator(quote.place, lang)
    side = f"{chip(info.side, side_class(info.side, classes))} " if info.side is not None else ""
    tools = icon_button("page-smaller", "page_smaller", lang, "smaller") + icon_button(
        "page-larger", "page_larger", lang, "larger"
    )
    label = escape(say("page_quoted", lang, locator=where))
    named = escape(say("show_on_page", lang))
    pages = "".join(_page(page, found, lang) for page in found.pages)
    return (
        f'<article class="page-view {side_class(info.side, classes)}" lang="{lang}"><header>'
        f'<h2>{isolated(info.title, info.language)}</h2><p class="about">{side}'
        f'<span class="page-tools">{tools}</span></p></header><div class="page-beside">'
        f'<figure class="page-words"><figcaption>{label}</figcaption>'
        f'<blockquote lang="{escape(info.language)}" dir="auto">{verbatim(quote.text)}</blockquote></figure>'
        f'<div class="pages-frame" tabindex="0" role="group" aria-label="{named}">'
        f'<div class="pages">{pages}</div></div></div></article>'
    )


def _page(page: MarkedPage, found: OnPage, lang: Language) -> str:
    info = found.quote.source
    alt = escape(say("page_alt", lang, page=page.number, title=info.title))
    number = locator(Place(page.number, 0, 0, paging=info.paging), lang)
    marks = "".join(map(_mark, page.boxes))
    return (
        f'<figure class="page" data-page="{page.number}">'
        f'<div class="sheet" style="aspect-ratio:{page.width:.1f}/{page.height:.1f}">'
        f'<img alt="{alt}" hidden>{marks}</div><figcaption>{escape(number)}</figcaption></figure>'
    )


def _mark(box: Box) -> str:
    place = {
        "left": box.left,
        "top": box.top,
        "width": box.right - box.left,
        "height": box.bottom - box.top,
    }
    style = ";".join(f"{name}:{100 * value:.3f}%" for name, value in place.items())
    return f'<span class="page-mark" style="{style}"></span>'

"""Small pieces of HTML: escaping, icons, buttons, chips, the colours of sides."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping

from rag.catalogue import say
from rag.quotes import retrieved
from rag.types import Language, SourceInfo, sides_of
from rag.workspace import COLOURS, Description

NOTHING_SAID = Description()
SideClasses = Mapping[str, str]
NUMBERED = re.compile(r"(§|p\.) \d+")
WHOLE = r'<span class="whole">\g<0></span>'  # a sign is not parted from its number
BLANK = "\0"  # stands for the source in a sentence that is filled in later


def escape(text: str) -> str:
    """Text as HTML that reads back as the same characters.

    A carriage return written as such would come back as a line feed.
    """
    return html.escape(text).replace("\r", "&#13;")


def isolated(text: str, lang: str = "") -> str:
    """Words of a document inside ours, in its language if given: its direction marks end with it."""
    attribute = f' lang="{escape(lang)}"' if lang else ""
    return f"<bdi{attribute}>{escape(text)}</bdi>"


def side_classes(infos: Iterable[SourceInfo], described: Description = NOTHING_SAID) -> dict[str, str]:
    """The colour class of each side of some sources, in the order in which sides are shown.

    Both come from what is said of the debate; sides that are not described follow in alphabetical order.
    """
    return {side.name: f"side-{COLOURS.index(side.colour)}" for side in described.styled(sides_of(infos))}


def side_class(side: str | None, classes: SideClasses) -> str:
    """The colour class of one side; a source may have none."""
    return classes.get(side, "side-none") if side is not None else "side-none"


def whence(info: SourceInfo, lang: Language) -> str:
    """The site that a source was published on or fetched from, as a link to its page, and when it was."""
    address, site = escape(info.address), re.match(r"https?://([^/?#@\s]+)", info.address)
    if site is None:
        return isolated(info.address)
    opens = f'href="{address}" title="{address}" target="_blank" rel="noopener noreferrer"'
    link = f"<a {opens}>{isolated(site[1])}</a>"
    when = retrieved(info, lang)
    return f"{link}, {escape(when)}" if when else link


def chip(side: str, css_class: str) -> str:
    """The name of a side in its colour."""
    return f'<span class="chip {css_class}">{isolated(side)}</span>'


def line(key: str, lang: Language, css_class: str) -> str:
    """One entry of the page's catalogue as a paragraph."""
    return f'<p class="{css_class}" lang="{lang}">{escape(say(key, lang))}</p>'


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
    "page": "M6 3h9l4 4v14H6zM15 3v4h4M9 12h7M9 16h7",
    "larger": "M10 4a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13zM15 15l6 6M10 7.500v6M7 10.500h6",
    "smaller": "M10 4a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13zM15 15l6 6M7 10.500h6",
    "grip": "M9 6h.01M15 6h.01M9 12h.01M15 12h.01M9 18h.01M15 18h.01",
    "open": "M3 19V6h6l2 3h10v10z",
    "dossier": "M6 3h12v18l-6-4-6 4z",
    "good": "M7 11v9H3v-9zM7 11l4-8a2.500 2.500 0 0 1 2.500 2.500V9h6l-1.500 11H7",
    "wrong": "M17 13V4h4v9zM17 13l-4 8a2.500 2.500 0 0 1-2.500-2.500V15h-6L6 4h11",
    "translate": "M3 6h10M8 3v3M11 6c-1 4-4 6-7 8M5 9c1 3 4 5 7 5M12 21l4-10 4 10M13.500 17.500h5",
    "only": "M4 5h16l-6 8v6l-4-2v-4z",
    "tick": "M4 13l5 5L20 6",
    "differs": "M5 9h14M5 15h14M16 4L8 20",
    "joined": "M3 8h7v8H3zM14 8h7v8h-7zM10 12h4",
    "person": "M12 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21a8 8 0 0 1 16 0",
    "marker": "M5 16l9-9 4 4-9 9H5zM3 22h12",
    "clock": "M12 21a8.500 8.500 0 1 0 0-17 8.500 8.500 0 0 0 0 17zM12 8v5l3 2M10 2h4",
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
    words = escape(say(key, lang))
    return f'<button type="button" class="act"{_data(action, data)}>{icon(drawing)}{words}</button>'


def icon_button(action: str, key: str, lang: Language, drawing: str, **data: object) -> str:
    """A button that shows its drawing only; its words are its name and appear when pointed at."""
    words = escape(say(key, lang))
    return (
        f'<button type="button" class="icon-button"{_data(action, data)}'
        f' title="{words}" aria-label="{words}">'
        f"{icon(drawing)}</button>"
    )


def thumb(verdict: str, lang: Language, drawing: str) -> str:
    """A button that keeps a verdict of rag/upkeep/feedback.py; pressed as long as it stands."""
    return icon_button("judge", f"judge_{verdict}", lang, drawing, verdict=verdict).replace(
        " title=", ' aria-pressed="false" title=', 1
    )


def _data(action: str, data: Mapping[str, object]) -> str:
    return "".join(f' data-{name}="{escape(str(value))}"' for name, value in {"do": action, **data}.items())

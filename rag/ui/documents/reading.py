"""Pure: how a document was read: what must be said of it, what its text leaves out, its notes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import get_args

from rag.catalogue import say
from rag.documents import printable
from rag.quotes import locator, remarks
from rag.types import Language, Layout, LeftOut, LeftOutKind, Paging, Place, Source
from rag.ui.html import button, escape, isolated

SHOWN = 200
"""So many different texts of a kind are shown."""
_OPENING = 600
"""So much of the text is shown as its beginning, in characters."""


def reading_html(source: Source, layout: Layout, lang: Language) -> str:
    """How a document was read.

    Args:
        source: the document.
        layout: what its format tells of it.
        lang: of the words around.
    """
    info = source.info
    told = "".join(f"<li>{escape(words)}</li>" for words in remarks(info, lang))
    said = f'<ul class="read-remarks">{told}</ul>' if told else ""
    groups = [*_left_out(layout, lang), *_notes(source.text, layout, lang)]
    apart = "".join(groups) or f'<p class="hint">{escape(say("nothing_left_out", lang))}</p>'
    opening = source.text[:_OPENING].strip()
    more = "…" if len(source.text.strip()) > len(opening) else ""
    facts = [say("characters", lang, count=info.characters), _pages(layout, lang)]
    return (
        f'<div class="reading-text" lang="{lang}"><h3 id="reading-title" tabindex="-1">'
        f"{isolated(info.title, info.language)}</h3>"
        f'<p class="hint">{isolated(printable(info.path))} · '
        f"{escape(' · '.join(filter(None, facts)))}</p>{said}{apart}"
        f"<h4>{escape(say('text_begins', lang))}</h4>"
        f'<p class="opening" dir="auto" lang="{escape(info.language)}">{escape(opening)}{more}</p>'
        f"{button('read-source', 'read_source', lang, 'find', source=info.id)}</div>"
    )


def _pages(layout: Layout, lang: Language) -> str:
    """How many pages its text stands on."""
    count = len({page for _, page in layout.pages})
    return say(f"count_{layout.paging}", lang, count=count) if count else ""


def _left_out(layout: Layout, lang: Language) -> Iterable[str]:
    """What the text leaves out, by kind; the same text on several pages once."""
    order: Sequence[LeftOutKind] = get_args(LeftOutKind)
    found = sorted(layout.left_out, key=lambda one: order.index(one.kind))
    for kind, group in groupby(found, key=lambda one: one.kind):
        pages: dict[str, list[LeftOut]] = {}
        for one in group:
            pages.setdefault(" ".join(one.text.split()), []).append(one)
        count = sum(map(len, pages.values()))
        entries = [
            (text, _where([one.page for one in same], layout.paging, lang)) for text, same in pages.items()
        ]
        yield _folded(say(f"left_{kind}", lang), count, entries, lang)


def _notes(text: str, layout: Layout, lang: Language) -> Iterable[str]:
    """The notes, each with its mark and the page that it stands on."""
    notes = [part for part in layout.parts if part.kind == "note"]
    entries = []
    for note in notes:
        where = _where([layout.page_at(note.start)], layout.paging, lang)
        called = say("note_mark", lang, mark=note.mark) if note.mark else ""
        entries.append((text[note.start : note.end], ", ".join(filter(None, (called, where)))))
    if notes:
        yield _folded(say("left_notes", lang), len(notes), entries, lang)


def _folded(title: str, count: int, entries: Sequence[tuple[str, str]], lang: Language) -> str:
    items = "".join(
        f"<li>{isolated(text)}{f' <span>{escape(where)}</span>' if where else ''}</li>"
        for text, where in entries[:SHOWN]
    )
    if len(entries) > SHOWN:
        items += f"<li>{escape(say('more_sources', lang, count=len(entries) - SHOWN))}</li>"
    return f"<details><summary>{escape(title)} ({count})</summary><ul>{items}</ul></details>"


def _where(pages: Iterable[int], paging: Paging, lang: Language) -> str:
    """The pages, those that follow each other as a range; nothing where there are none."""
    ranges: list[tuple[int, int]] = []
    for page in sorted({page for page in pages if page}):
        if ranges and page == ranges[-1][1] + 1:
            ranges[-1] = ranges[-1][0], page
        else:
            ranges.append((page, page))
    places = [
        Place(first, 0, 0, last_page=last if last > first else 0, paging=paging) for first, last in ranges
    ]
    return ", ".join(locator(place, lang) for place in places)

"""Pure: the text of a source as elements whose texts joined are its text, with what its format tells of it.

Pages, locators and the marks of notes are drawn by the style sheet from attributes: they are no part of the
text, are not copied with it and do not disturb the counting of its characters.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from rag.catalogue import say
from rag.quotes import locator
from rag.store import Snapshot
from rag.types import Language, Layout, Part, PartKind, Place
from rag.ui.html import SideClasses, escape, side_class

Kind = Literal["passage", "row"] | PartKind
_ROW = re.compile(r"[^\n]* \| [^\n]*")
_WORDS = re.compile(r"\S(?:.*\S)?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Piece:
    """What is shown as one block."""

    start: int
    end: int
    kind: Kind
    place: Place
    speaker: str = ""
    css_class: str = ""


def text_html(snapshot: Snapshot, number: int, classes: SideClasses, lang: Language) -> str:
    """The text of a source: headings, notes, rows and the rest of each passage, and what stands between.

    Each element that has text of its own carries ``data-start``, the offset in code points at which its text
    begins, so that any slice can be found by counting.
    """
    writer = _Writer(snapshot.source(number).text, snapshot.layout(number), classes, lang)
    return "".join(writer.blocks(snapshot, number))


class _Writer:
    def __init__(self, text: str, layout: Layout, classes: SideClasses, lang: Language) -> None:
        self.text = text
        self.layout = layout
        self.classes = classes
        self.lang = lang
        self.notes = [part for part in layout.parts if part.kind == "note"]
        called = sorted((part.at, n) for n, part in enumerate(self.notes) if part.at >= 0)
        pages = [(offset, -page) for offset, page in layout.pages]
        self.inside = sorted(pages + called)  # what stands at a place in the text: minus a page, or a note

    def blocks(self, snapshot: Snapshot, number: int) -> Iterator[str]:
        at, shown, speaking = 0, Place(0, 0, 0), ""
        for piece in self._pieces(snapshot, number):
            if piece.start > at:
                yield self._between(at, piece.start)
            yield self._block(piece, shown, speaking)
            speaking = piece.speaker or speaking
            page = self._page(piece.end - 1, piece.place)
            at, shown = piece.end, replace(piece.place, page=page, last_page=0)
        if at < len(self.text):
            yield self._between(at, len(self.text))

    def _pieces(self, snapshot: Snapshot, number: int) -> Iterator[_Piece]:
        """The pieces of each passage, each with the place of its first sentence."""
        passages, sentences = snapshot.passages, snapshot.sentences
        own = snapshot.rows_in("sentence", number)
        headings = (sentences[name][own.start : own.stop] for name in ("heading_start", "heading_end"))
        spans = set(zip(*headings, strict=True))
        parts = [Part(int(start), int(end), "heading") for start, end in spans if start >= 0]
        told = {(part.start, part.end) for part in parts}
        parts += [part for part in self.layout.parts if (part.start, part.end) not in told]
        parts.sort(key=lambda part: part.start)
        starts = [part.start for part in parts]
        for row in snapshot.rows_in("passage", number):
            start, end = int(passages["start"][row]), int(passages["end"][row])
            first = max(0, bisect_right(starts, start) - 1)
            inside = [p for p in parts[first : bisect_right(starts, end)] if start <= p.start < p.end <= end]
            voice = snapshot.heard.of_passage(row)
            colour = f" said {side_class(voice.side, self.classes)}" if voice.speaker else ""
            said = (voice.speaker or "", colour)
            for begin, stop, kind in self._cut(start, end, inside):
                sentence = snapshot.sentence(snapshot.row_at("sentence", number, begin))[1]
                yield _Piece(begin, stop, kind, sentence.place, *(said if kind in ("passage", "row") else ()))

    def _cut(self, start: int, end: int, parts: Sequence[Part]) -> Iterator[tuple[int, int, Kind]]:
        at = start
        for part in parts:
            if part.start < at:
                continue
            yield from self._running(at, part.start)
            yield part.start, part.end, part.kind
            at = part.end
        yield from self._running(at, end)

    def _running(self, start: int, end: int) -> Iterator[tuple[int, int, Kind]]:
        """Running text, the rows of a table apart."""
        at = start
        for row in _ROW.finditer(self.text, start, end):
            yield from self._worded(at, row.start(), "passage")
            yield from self._worded(row.start(), row.end(), "row")
            at = row.end()
        yield from self._worded(at, end, "passage")

    def _worded(self, start: int, end: int, kind: Kind) -> Iterator[tuple[int, int, Kind]]:
        if found := _WORDS.search(self.text, start, end):
            yield found.start(), found.end(), kind

    def _block(self, piece: _Piece, shown: Place, speaking: str) -> str:
        place = replace(piece.place, page=self._page(piece.start, piece.place), last_page=0)
        attributes = ""
        if piece.kind == "note":
            attributes = f' data-locator="{escape(locator(place, self.lang))}"'
        elif place.page != shown.page:
            attributes = f' data-page="{self._number(place.page)}"'
        if piece.kind == "passage" and place != shown:
            attributes += f' data-locator="{escape(locator(replace(place, page=0), self.lang))}"'
        if piece.speaker not in ("", speaking):
            attributes += f' data-speaker="{escape(piece.speaker)}"'
        opening = f'<div class="{piece.kind}{piece.css_class}" dir="auto"'
        inside = [(at, what) for at, what in self.inside if piece.start < at <= piece.end]
        inside = [(at, what) for at, what in inside if what >= 0 or at < piece.end]
        back = self._back(piece) if piece.kind == "note" else ""
        if not inside and not back:
            words = escape(self.text[piece.start : piece.end])
            return f'{opening} data-start="{piece.start}"{attributes}>{words}</div>'
        return f"{opening}{attributes}>{back}{''.join(self._spans(piece, inside))}</div>"

    def _spans(self, piece: _Piece, inside: Sequence[tuple[int, int]]) -> Iterator[str]:
        """The text of a piece, cut where a page begins or a note is called."""
        at = piece.start
        for cut, what in [*inside, (piece.end, None)]:
            if cut > at:
                yield f'<span data-start="{at}">{escape(self.text[at:cut])}</span>'
                at = cut
            if what is not None:
                yield self._call(what) if what >= 0 else self._turn(-what)

    def _turn(self, page: int) -> str:
        number = self._number(page)
        return (
            f'<span class="page-turn" role="doc-pagebreak" aria-label="{number}" data-turn="{number}"></span>'
        )

    def _call(self, note: int) -> str:
        mark = escape(self.notes[note].mark)
        label = escape(say("note_called", self.lang, mark=self.notes[note].mark))
        return (
            f'<button type="button" class="note-mark" data-do="note" data-note="{note}" data-mark="{mark}"'
            f' aria-label="{label}" title="{label}"></button>'
        )

    def _back(self, piece: _Piece) -> str:
        """The mark before a note, which leads back to where it is called."""
        found = (n for n, part in enumerate(self.notes) if part.start == piece.start and part.at >= 0)
        if (note := next(found, None)) is None:
            return ""
        label = escape(say("note_back", self.lang, mark=self.notes[note].mark))
        return (
            f'<button type="button" class="note-back" data-do="note-back" data-note="{note}"'
            f' data-mark="{escape(self.notes[note].mark)}" aria-label="{label}" title="{label}"></button>'
        )

    def _page(self, position: int, place: Place) -> int:
        return self.layout.page_at(position) if self.layout.pages else place.page

    def _number(self, page: int) -> str:
        return escape(locator(Place(page, 0, 0, paging=self.layout.paging), self.lang))

    def _between(self, start: int, end: int) -> str:
        """White space between passages is kept for counting and not shown."""
        text = self.text[start:end]
        hidden = " hidden" if not text.strip() else ""
        return f'<div class="between" data-start="{start}"{hidden}>{escape(text)}</div>'

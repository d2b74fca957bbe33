"""Notes that a book keeps in a file of their own -> the pages that call them."""

from __future__ import annotations

import copy
import posixpath
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from rag.documents.formats.html_notes import body_of, call_of, targets_of
from rag.documents.formats.html_parse import decode_html, parse_html
from rag.documents.formats.html_tree import HEADINGS, strings_in, take_out, text_of

_TO_A_PAGE = re.compile(r"^[^#:]+#.")
_IN_BYTES = re.compile(rb"""href\s*=\s*["'][^"'#:]+#""")


def with_notes(pages: Mapping[str, bytes]) -> dict[str, bytes]:
    """The pages of a book, by name and in order; notes in a later one go to the one that calls them.

    One that several call goes to the first. Links into a page's own notes that name its file are those of
    a page that stands alone.
    """
    if not any(map(_IN_BYTES.search, pages.values())):
        return dict(pages)
    mover = _Mover({name: parse_html(decode_html(data)) for name, data in pages.items()})
    for name in pages:
        mover.move_to(name)
    mover.tidy()
    return {name: str(mover.trees[name]).encode() if name in mover.changed else pages[name] for name in pages}


class _Mover:
    def __init__(self, trees: dict[str, Any]) -> None:
        self.trees = trees
        self.changed: set[str] = set()
        self._numbers = {name: number for number, name in enumerate(trees)}
        self._targets = {name: targets_of(tree) for name, tree in trees.items()}
        self._bodies: dict[
            int, tuple[Any, str, str]
        ] = {}  # by id: the note, the page it went to, its name there
        self._emptied: dict[int, Any] = {}

    def move_to(self, name: str) -> None:
        """Bring a page the notes that it calls."""
        tree = self.trees[name]
        moved = []
        for anchor in tree.find_all("a", href=_TO_A_PAGE):
            path, _, place = unquote(str(anchor["href"])).partition("#")
            page = posixpath.normpath(posixpath.join(posixpath.dirname(name), path))
            if page == name:
                anchor["href"] = f"#{place}"
                self.changed.add(name)
            elif self._numbers.get(page, -1) > self._numbers[name]:
                moved += self._note(anchor, name, page, place)
        for body in moved:
            (tree.body or tree).append(body)

    def _note(self, anchor: Any, name: str, page: str, place: str) -> list[Any]:
        """The note that a link leads to, if it is one and is not there yet; the link then leads to it."""
        call, target = call_of(anchor), self._targets[page].get(place)
        body = body_of(target, anchor) if call and target is not None else None
        if call is None or body is None:
            return []
        self.changed |= {name, page}
        if id(body) in self._bodies:
            _, holder, known = self._bodies[id(body)]
            anchor["href"] = f"#{known}"
            if holder != name:  # said there: the mark alone goes
                call[1].name = "sup"
            return []
        known = f"note-{len(self._bodies)}-{place}"
        self._bodies[id(body)] = body, name, known
        anchor["href"] = f"#{known}"
        note = copy.copy(body)
        for inner in note.find_all(id=True):
            del inner["id"]
        note["id"] = known
        return [note]

    def tidy(self) -> None:
        """Take the notes from where they stood, and headings with nothing else under them."""
        for body, _, _ in self._bodies.values():
            self._emptied[id(body.parent)] = body.parent
            body.extract()
        for parent in self._emptied.values():
            if parent.parent is not None and parent.name != "body" and not text_of(parent):
                take_out(parent)
        for tree in {id(parent): _top(parent) for parent in self._emptied.values()}.values():
            page = tree.body or tree
            if all(_is_heading(string) for string in strings_in(page) if string.strip()):
                page.clear()


def _top(node: Any) -> Any:
    return next(iter(reversed([node, *node.parents])))


def _is_heading(string: Any) -> bool:
    return string.find_parent(HEADINGS) is not None

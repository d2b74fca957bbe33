"""Notes of a web page: the marks that call them, and what they say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from rag.documents.formats.html_tree import is_block, names_of, take_out, text_after, text_before, text_of
from rag.documents.formats.superscripts import lowered, raised_in_line

_MARK = re.compile(
    r"[\[(]?\s*(?:note\s+|n(?:ote)?\.?\s*|nb\s*)?(\d{1,3}|[*†‡§]{1,3}|[a-z]|[ivxlc]{1,5})\s*[\])]?",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r" (?:footnotes?|fn|fnref|noteref|note ref|notes?|reference|endnote|appel\w*|call|cite ref|ftnref\w*) "
)
_BACK = re.compile(r"[↑↩^⏎︎\s]*|retour|back")
_MOST = 4_000
_SHORT = 12


@dataclass(frozen=True, slots=True)
class Note:
    """A note of a page: what calls it, as printed, and what it says."""

    mark: str
    text: str


def take_notes(soup: Any) -> dict[int, Note]:
    """Take the notes of a page out of its tree.

    Returns:
        By the ``id()`` of the element that is its mark, the note. A mark whose note is not in the page
        has one without text.
    """
    targets = targets_of(soup)
    calls = [call for call in map(call_of, soup.find_all("a", href=re.compile("#."))) if call]
    order = {id(element): number for number, element in enumerate(soup.find_all(True))}
    marks = {name for anchor, element, _ in calls for name in (*_names(anchor), *_names(element))}
    bodies: dict[int, Any] = {}
    notes: dict[int, Note] = {}
    for anchor, element, mark in calls:
        target = targets.get(unquote(str(anchor["href"]).partition("#")[2]))
        if target is not None and order[id(target)] < order[id(anchor)]:
            continue  # the link of a note back to where it is called
        body = body_of(target, element) if target is not None else None
        if body is not None:
            is_new = id(body) not in bodies  # one that is called twice is said once
            bodies[id(body)] = body
            notes[id(element)] = Note(mark, _said(body, mark, marks) if is_new else "")
        elif target is None and element.name == "sup":
            notes[id(element)] = Note(mark, "")
    for body in bodies.values():
        take_out(body)
    return notes


def targets_of(soup: Any) -> dict[str, Any]:
    """What links can lead to in a page, by name."""
    targets: dict[str, Any] = {}
    for element in soup.find_all(True):
        for name in _names(element):
            targets.setdefault(name, element)
    return targets


def _names(element: Any) -> list[str]:
    names = [element.get("id"), element.get("name") if element.name == "a" else None]
    return [str(name) for name in names if name]


def call_of(anchor: Any) -> tuple[Any, Any, str] | None:
    """The link of a note, the whole element that is its mark, and the mark; ``None`` of another link."""
    found = _MARK.fullmatch(anchor.get_text().strip())
    if found is None:
        return None
    element = anchor
    while (
        not is_block(element.parent)
        and element.parent.parent
        and _MARK.fullmatch(element.parent.get_text().strip())
    ):
        element = element.parent
    is_raised = "sup" in (anchor.name, element.name) or anchor.find("sup") or anchor.find_parent("sup")
    is_named = _NAMED.search(names_of(anchor) + names_of(element)) or any(
        "noteref" in str(anchor.get(name)) for name in ("role", "epub:type")
    )
    is_bracketed = element.get_text().strip()[:1] in "[("
    return (anchor, element, found.group(1)) if is_raised or is_named or is_bracketed else None


def body_of(target: Any, mark: Any) -> Any:
    """The block that a note is; ``None`` where a link leads to a part of the text."""
    body = target
    while body.parent and not (is_block(body) and text_of(body)):
        body = body.parent
    if body.name in ("body", "html", "main", "article", "td", "[document]") or body.find(["h1", "h2"]):
        return None
    holds_mark = any(parent is body for parent in mark.parents)
    return None if holds_mark or len(body.get_text()) > _MOST else body


def _said(body: Any, mark: str, marks: set[str]) -> str:
    """The words of a note, without its mark and the links back to where it is called."""
    for link in body.find_all("a", href=re.compile("#.")):
        leads_back = unquote(str(link["href"]).partition("#")[2]) in marks
        if _BACK.fullmatch(link.get_text().strip().lower()) or (leads_back and len(link.get_text()) < _SHORT):
            link.string = " "
    for script in body.find_all(["sup", "sub"])[:_MOST]:
        _write_script(script, mark)
    said = re.sub(r"^(?:[\s↑↩^]|[\[(]\s*[\])])+|[\s↑↩]+$", "", text_of(body))
    return re.sub(rf"^[\[(]?{re.escape(mark)}[\])]?(?:\s*[.):–—-]|(?=\s))\s*", "", said, flags=re.IGNORECASE)


def _write_script(script: Any, mark: str) -> None:
    """Write what is raised or lowered in a note; but its own mark, which goes."""
    text, before = text_of(script), text_before(script)
    if not text or (text.strip("[]().") == mark and not before.strip()):
        return
    script.string = (
        lowered(text) if script.name == "sub" else raised_in_line(text, before, text_after(script))[0]
    )

"""Style sheets of an e-book -> the elements that mean the same: programs write raised digits as classes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

_RULE = re.compile(r"([^{}]{1,2000})\{([^{}]{0,5000})\}")
_SIMPLE = re.compile(r"(?:[a-z][a-z0-9]*)?\.([\w-]+)", re.IGNORECASE)
_MEANT = {
    "sup": re.compile(r"vertical-align\s*:\s*(?:super|(?:0?\.[2-9]|[1-9])\d*(?:em|ex|pt|%))", re.IGNORECASE),
    "sub": re.compile(r"vertical-align\s*:\s*(?:sub\b|-)", re.IGNORECASE),
    "s": re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through", re.IGNORECASE),
    "hidden": re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE),
}
_MOVED = re.compile(r"(?<![-\w])top\s*:\s*(-?)[\d.]*[1-9]", re.IGNORECASE)
_INLINE = ("span", "a", "small", "font", "i", "em", "b", "strong")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def meant_by_classes(sheets: Iterable[str]) -> dict[str, str]:
    """Classes that raise, lower, strike or hide: class -> ``sup``, ``sub``, ``s`` or ``hidden``."""
    found = {}
    for sheet in sheets:
        for selectors, declarations in _RULE.findall(_COMMENT.sub("", sheet)):
            meant = _meant(declarations)
            for selector in selectors.split(",") if meant else ():
                if simple := _SIMPLE.fullmatch(selector.strip()):
                    found[simple[1]] = meant
    return found


def with_elements(page: bytes, classes: dict[str, str]) -> bytes:
    """A page in which what is raised, lowered, struck or hidden by its style is so by its elements."""
    from lxml import etree, html

    try:
        root = html.document_fromstring(page, parser=html.HTMLParser(encoding=_encoding(page)))
    except (etree.LxmlError, LookupError, ValueError):
        return page
    own = meant_by_classes(style.text or "" for style in root.iter("style"))
    changed = False
    for element in list(root.iter("*")):
        names = element.get("class", "").split()
        known = (own.get(name) or classes.get(name) for name in names)
        meant = _meant(element.get("style", "")) or next(filter(None, known), "")
        if meant:
            changed = True
            _mark(element, meant)
    return bytes(html.tostring(root, encoding="utf-8", doctype="<!DOCTYPE html>")) if changed else page


def _meant(declarations: str) -> str:
    if "relative" in declarations and "font-size" in declarations and (moved := _MOVED.search(declarations)):
        return "sup" if moved[1] else "sub"  # as Writer raises and lowers
    return next((meant for meant, pattern in _MEANT.items() if pattern.search(declarations)), "")


def _mark(element: Any, meant: str) -> None:
    """Give an element its meaning: its own name changes, or what is in it goes into a new one."""
    if meant == "hidden":
        element.set("hidden", "hidden")
    elif element.tag == "span":
        element.tag = meant
    elif element.tag in _INLINE or meant == "s":
        inner = element.makeelement(meant)
        inner.text, element.text = element.text, None
        inner.extend(list(element))
        element.append(inner)


def _encoding(page: bytes) -> str:
    declared = re.search(rb"""<\?xml[^>]{0,100}encoding=["']([\w-]+)""", page[:300])
    return declared[1].decode("ascii") if declared else "utf-8"

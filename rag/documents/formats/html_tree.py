"""What the elements of a web page are, and how much they say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

DROPPED = re.compile(
    "script|style|noscript|template|head|title|svg|iframe|object|canvas|audio|video|select"
    "|datalist|annotation|button|textarea|input|option|rp"
)
"""Elements that show no text of the document."""
BLOCKS = re.compile(
    "address|article|aside|blockquote|body|caption|center|dd|details|dialog|div|dl|dt|fieldset"
    "|figcaption|figure|footer|form|h[1-6r]|header|hgroup|legend|li|main|menu|nav|ol|p|pre|search|section"
    "|summary|table|tbody|td|tfoot|th|thead|tr|ul"
)
"""Elements that begin a line of their own."""
_ROOTS = ("body", "html", "main", "article", "[document]")
_FEW = 24
HEADINGS = re.compile("h[1-6]")


def is_block(node: Any) -> bool:
    """Whether an element begins a line of its own."""
    return BLOCKS.fullmatch(node.name) is not None


def strings_in(root: Any) -> Iterator[Any]:
    """The strings of a tree that a browser shows, in order; iterative, for trees of any depth."""
    from bs4.element import NavigableString, PreformattedString, Tag

    stack: list[Any] = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, Tag):
            if not DROPPED.fullmatch(node.name):
                stack.extend(reversed(node.contents))
        elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
            yield node


def text_of(node: Any) -> str:
    """What an element says, on one line; iterative, for trees of any depth."""
    from bs4.element import PreformattedString, Tag

    pieces: list[str] = []
    stack: list[Any] = [node]
    while stack:
        one = stack.pop()
        if isinstance(one, Tag):
            if DROPPED.fullmatch(one.name):
                continue
            if is_block(one) or one.name == "br":
                pieces.append(" ")
                stack.append(" ")
            stack.extend(reversed(one.contents))
        elif not isinstance(one, PreformattedString):
            pieces.append(str(one))
    return " ".join("".join(pieces).split())


def text_after(node: Any) -> str:
    """What follows an element on its line, a few words of it."""
    return "".join(_near(node, "next_siblings"))


def text_before(node: Any) -> str:
    """What stands before an element on its line, a few words of it."""
    return "".join(reversed(list(_near(node, "previous_siblings"))))


def _near(node: Any, side: str) -> Iterator[str]:
    size = 0
    for element in (node, *node.parents):
        if is_block(element):
            return
        for sibling in getattr(element, side):
            is_tag = getattr(sibling, "name", None)
            if size > _FEW or (is_tag and (is_block(sibling) or sibling.name == "br")):
                return
            said = sibling.get_text() if is_tag else str(sibling)
            size += len(said)
            yield said


def style_of(tag: Any) -> str:
    """The style written on an element, in lower case without white space."""
    return re.sub(r"\s+", "", str(tag.get("style") or "").lower())


def names_of(tag: Any) -> str:
    """The class names and the id of an element, as words between spaces: ``cookieBanner`` is two."""
    classes = tag.get("class") or []
    named = " ".join([*(classes if isinstance(classes, list) else [classes]), str(tag.get("id") or "")])
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", named)
    return f" {' '.join(re.split(r'[^a-zà-ÿ0-9]+', apart.lower()))} "


def take_out(element: Any) -> list[str]:
    """Take an element out of its tree, and a heading with nothing else under it; what they say."""
    while element.parent.name not in _ROOTS and len(text_of(element.parent)) == len(text_of(element)):
        element = element.parent
    above = _sibling(element, "previous_siblings")
    below = _sibling(element, "next_siblings")
    is_alone = above is not None and re.fullmatch("h[2-6]", above.name) is not None
    if is_alone and below is not None:
        is_alone = HEADINGS.fullmatch(below.name) is not None and below.name <= above.name
    taken = [above, element] if is_alone else [element]
    for one in taken:
        one.extract()
    return [text_of(one) for one in taken]


def _sibling(element: Any, side: str) -> Any:
    """The next element with words on one side; the parent, where words stand there without an element."""
    for node in getattr(element, side):
        if str(node).strip() and not getattr(node, "name", None):
            return element.parent
        if getattr(node, "name", None) and text_of(node):
            return node
    return None

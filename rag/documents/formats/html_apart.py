"""What a web page holds and its reader does not see, or sees struck out."""

from __future__ import annotations

import re
from typing import Any

from rag.documents.formats.html_tree import is_block, names_of, style_of, text_of
from rag.types import LeftOut, LeftOutKind, Remark

_HIDDEN_STYLE = re.compile(
    r"(?:^|;)(?:display:none|visibility:(?:hidden|collapse)|opacity:0(?:\.0+)?(?:!important)?(?:;|$)"
    r"|font-size:0(?:px|pt|em|rem|%)?(?:!important)?(?:;|$)|(?:left|top|text-indent):-\d{3,}(?:px|em)?"
    r"|clip:rect\((?:0(?:px)?|1px),?(?:0(?:px)?|1px))"
)
_TINY = re.compile(r"(?:^|;)font-size:(?:0?\.\d+|1)(?:px|pt)(?:!important)?(?:;|$)")
_WHITE = re.compile(r"(?:^|;)color:(?:#fff(?:fff)?|white|rgba?\(255,255,255(?:,1)?\))(?:!important)?(?:;|$)")
_GROUND = re.compile(r"(?:^|;)background")
_UNSEEN_NAMES = re.compile(
    r" (?:sr only|visually hidden|screen reader text|visuallyhidden|hors ecran|u hidden visually) "
)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_NAME = re.compile(r"[a-z]*([.#][\w-]+)", re.IGNORECASE)
_STRUCK_STYLE = re.compile(r"(?:^|;)text-decoration(?:-line)?:[^;]*line-through")
_MOST_CSS = 200_000
_KINDS: dict[str, LeftOutKind] = {"del": "deleted", "s": "struck", "strike": "struck"}


def take_unseen(soup: Any) -> tuple[list[LeftOut], list[Remark]]:
    """Take out of a tree what is hidden, struck or deleted; what that was, and how often."""
    named = _hidden_names(soup)
    is_styled = soup.find(["style", "link"], rel=lambda rel: rel is None or "stylesheet" in rel) is not None
    found: list[tuple[Any, LeftOutKind]] = []
    stack = [soup]
    while stack:
        node = stack.pop()
        kind = _kind_of(node, named, is_styled)
        if kind is not None:
            found.append((node, kind))
        else:
            stack.extend(child for child in reversed(node.contents) if getattr(child, "name", None))
    left_out = []
    for node, kind in found:
        text = text_of(node)
        node.extract()
        if text:
            left_out.append(LeftOut(kind, text))
    counts = {kind: sum(one.kind == kind for one in left_out) for kind in ("hidden", "struck", "deleted")}
    return left_out, [Remark(kind, count) for kind, count in counts.items() if count]


def _kind_of(tag: Any, named: set[str], is_styled: bool) -> LeftOutKind | None:
    if tag.name in ("html", "body", "[document]", "head"):
        return None
    if tag.name in _KINDS:
        return _KINDS[tag.name]
    style = style_of(tag)
    if _STRUCK_STYLE.search(style):
        return "struck"
    if tag.has_attr("hidden") or _HIDDEN_STYLE.search(style) or _TINY.search(style):
        return "hidden"
    if tag.get("aria-hidden") == "true" and is_block(tag):  # a closed menu or dialog
        return "menu"
    if _UNSEEN_NAMES.search(names_of(tag)):  # what is read aloud instead of a picture
        return "menu"
    if named and (f"#{tag.get('id')}" in named or any(f".{name}" in named for name in _classes(tag))):
        return "hidden"
    return "hidden" if _WHITE.search(style) and _is_on_white(tag, is_styled) else None


def _classes(tag: Any) -> list[str]:
    classes = tag.get("class") or []
    return classes if isinstance(classes, list) else [classes]


def _is_on_white(tag: Any, is_styled: bool) -> bool:
    """Whether nothing gives white letters another ground; a class may, where the page has style sheets."""
    for element in (tag, *tag.parents):
        if _GROUND.search(style_of(element)) or element.get("bgcolor") or element.get("background"):
            return False
        if is_styled and element.name != "html" and (_classes(element) or element.get("id")):
            return False
    return True


def _hidden_names(soup: Any) -> set[str]:
    """Classes and ids that the page's own style sheet hides, each by a rule for it alone."""
    css = re.sub(
        r"/\*.*?\*/", "", "\n".join(str(style.string or "") for style in soup.find_all("style"))[:_MOST_CSS]
    )
    css = re.sub(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*\s*\}", "", css)  # for paper, or for small screens
    hidden: set[str] = set()
    for selectors, rules in _RULE.findall(css):
        if re.search(
            r"display:none|visibility:hidden|font-size:0(?:px|pt)?(?:;|$)", re.sub(r"\s+", "", rules.lower())
        ):
            names = (_NAME.fullmatch(selector.strip()) for selector in selectors.split(","))
            hidden |= {name.group(1) for name in names if name}
    return hidden

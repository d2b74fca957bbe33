"""Automatic numbers of a Word document: what stands before each numbered paragraph."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from rag.documents.formats.numbers import printed
from rag.documents.formats.word_styles import Styles, W, integer, is_on

_PLACE = re.compile(r"%([1-9])")
_LEVELS = 9


@dataclass(slots=True)
class _Level:
    style: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int | None = None  # the level whose numbers begin it anew, from 1; 0 for never
    legal: bool = False
    paragraph_style: str = ""


@dataclass(slots=True)
class _Numbering:
    abstract: str
    levels: dict[int, _Level]
    starts: dict[int, int] = field(default_factory=dict)  # what this list begins with, once


class Numbers:
    """Counts as Word does: lists of one definition go on, unless one begins anew.

    Args:
        root: ``word/numbering.xml``, or ``None``.
        styles: of the document.
    """

    def __init__(self, root: Any, styles: Styles) -> None:
        self._lists: dict[str, _Numbering] = {}
        self._counts: dict[str, dict[int, int]] = {}  # by definition
        if root is not None:
            self._read(root, styles)

    def label(self, number: tuple[str, int | None], style_id: str) -> tuple[str, int] | None:
        """What is printed before a paragraph, and its level; ``None`` where it has no number.

        Args:
            number: id of the list, and level where one is given.
            style_id: style of the paragraph, which may have a level of its own.
        """
        numbering = self._lists.get(number[0])
        if numbering is None:
            return None
        level = number[1]
        if level is None:
            named = (
                n for n, found in numbering.levels.items() if style_id and found.paragraph_style == style_id
            )
            level = next(named, 0)
        level = min(max(level, 0), _LEVELS - 1)
        rule = numbering.levels.get(level, _Level(text=f"%{level + 1}."))
        counts = self._counts.setdefault(numbering.abstract, {})
        self._count(numbering, counts, level, rule)
        if rule.style == "bullet":
            return "-", level
        return _PLACE.sub(
            lambda found: self._shown(numbering, counts, int(found[1]) - 1, rule), rule.text
        ).strip(), level

    def _count(self, numbering: _Numbering, counts: dict[int, int], level: int, rule: _Level) -> None:
        if level in numbering.starts:
            counts[level] = numbering.starts.pop(level)
        else:
            counts[level] = counts[level] + 1 if level in counts else rule.start
        for deeper in [number for number in counts if number > level]:
            restart = numbering.levels.get(deeper, _Level()).restart
            if restart is None or level < restart:
                del counts[deeper]

    def _shown(self, numbering: _Numbering, counts: dict[int, int], level: int, shown_in: _Level) -> str:
        rule = numbering.levels.get(level, _Level())
        number = counts.setdefault(level, numbering.starts.pop(level, rule.start))
        return printed(number, "decimal" if shown_in.legal and rule.style != "none" else rule.style)

    def _read(self, root: Any, styles: Styles) -> None:
        abstract = {e.get(f"{W}abstractNumId", ""): e for e in root.iterchildren(f"{W}abstractNum")}
        numbers = {e.get(f"{W}numId", ""): e for e in root.iterchildren(f"{W}num")}
        read = {identity: _levels(element) for identity, element in abstract.items()}
        for identity, element in numbers.items():
            target = _target(element, abstract, numbers, styles)
            numbering = _Numbering(target, dict(read.get(target, {})))
            for override in element.iterchildren(f"{W}lvlOverride"):
                level = integer(override.get(f"{W}ilvl"), 0)
                if (own := override.find(f"{W}lvl")) is not None:
                    numbering.levels[level] = _level(own)
                if (start := override.find(f"{W}startOverride")) is not None:
                    numbering.starts[level] = integer(start.get(f"{W}val"), 1)
            self._lists[identity] = numbering


def _target(element: Any, abstract: dict[str, Any], numbers: dict[str, Any], styles: Styles) -> str:
    """Id of the definition of a list, which may be that of a style of lists."""
    identity = _value(element, "abstractNumId")
    link = _value(abstract[identity], "numStyleLink") if identity in abstract else ""
    linked = styles.by_id[link].number if link in styles.by_id else None
    if linked and linked[0] in numbers:
        return _value(numbers[linked[0]], "abstractNumId")
    return identity


def _levels(element: Any) -> dict[int, _Level]:
    return {integer(e.get(f"{W}ilvl"), 0): _level(e) for e in element.iterchildren(f"{W}lvl")}


def _level(element: Any) -> _Level:
    restart, legal = _value(element, "lvlRestart"), element.find(f"{W}isLgl")
    formats = [e.get(f"{W}val", "") for e in element.iter(f"{W}numFmt")]
    return _Level(
        style=formats[-1] if formats else "decimal",  # the last one is for those who do not know the first
        text=_value(element, "lvlText"),
        start=integer(_value(element, "start"), 0),
        restart=integer(restart, 0) if restart else None,
        legal=legal is not None and is_on(legal.get(f"{W}val")),
        paragraph_style=_value(element, "pStyle"),
    )


def _value(element: Any, name: str) -> str:
    found = element.find(W + name)
    return str(found.get(f"{W}val", "")) if found is not None else ""

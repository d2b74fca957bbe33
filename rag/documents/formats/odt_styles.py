"""Styles and lists of an OpenDocument text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from rag.documents.formats.looks import Look
from rag.documents.formats.numbers import printed

STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"

_FORMATS = {
    "1": "decimal",
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
    "": "none",
}
_TINY = 2.5
_COUNT_MOST = 100_000


@dataclass(frozen=True, slots=True)
class OdtStyle:
    """A style with what it takes from its parent; ``names`` are its own and those of its parents."""

    look: Look
    names: tuple[str, ...] = ()
    outline: int | None = None
    shaded: bool = False
    hidden: bool = False


@dataclass(slots=True)
class OdtStyles:
    """The styles of a document: automatic ones and named ones."""

    lists: dict[str, dict[int, Any]] = field(default_factory=dict)  # name -> level from 0 -> element
    outline: dict[int, Any] = field(default_factory=dict)
    _elements: dict[tuple[str, str], Any] = field(default_factory=dict)
    _fonts: dict[str, str] = field(default_factory=dict)
    _done: dict[tuple[str, str], OdtStyle] = field(default_factory=dict)

    def add(self, root: Any) -> None:
        """Take in the styles of ``content.xml`` or ``styles.xml``; those taken in first are preferred."""
        if root is None:
            return
        for face in root.iter(f"{STYLE}font-face"):
            self._fonts.setdefault(face.get(f"{STYLE}name", ""), face.get(f"{SVG}font-family", ""))
        for element in root.iter(f"{STYLE}style"):
            self._elements.setdefault(
                (element.get(f"{STYLE}family", ""), element.get(f"{STYLE}name", "")), element
            )
        for element in root.iter(f"{TEXT}list-style"):
            self.lists.setdefault(element.get(f"{STYLE}name", ""), _levels(element))
        for element in root.iter(f"{TEXT}outline-style"):
            self.outline = self.outline or _levels(element)

    def get(self, family: str, name: str) -> OdtStyle:
        """A style; one that says nothing where there is none of the name."""
        key = (family, name)
        chain: list[tuple[str, str]] = []
        while key in self._elements and key not in self._done and key not in chain:
            chain.append(key)
            key = (family, self._elements[key].get(f"{STYLE}parent-style-name", ""))
        for each in reversed(chain):
            parent = self._elements[each].get(f"{STYLE}parent-style-name", "")
            base = self._done.get((family, parent), OdtStyle(Look()))
            self._done[each] = self._style(self._elements[each], base)
        return self._done.get((family, name)) or OdtStyle(Look(), (_spelled(name),) if name else ())

    def _style(self, element: Any, base: OdtStyle) -> OdtStyle:
        names = (element.get(f"{STYLE}display-name", ""), _spelled(element.get(f"{STYLE}name", "")))
        level = element.get(f"{STYLE}default-outline-level")
        display = element.find(f"{STYLE}text-properties[@{TEXT}display]")
        return OdtStyle(
            look=self._look(element.find(f"{STYLE}text-properties")).over(base.look),
            names=tuple(filter(None, (*names, *base.names)))[:30],
            outline=int(level) - 1 if level and level.isdecimal() and len(level) < 3 else base.outline,
            shaded=any(map(_has_ground, element)) or base.shaded,
            hidden=display is not None and display.get(f"{TEXT}display") == "none",
        )

    def _look(self, properties: Any) -> Look:
        if properties is None:
            return Look()
        get = properties.get
        font = get(f"{STYLE}font-name")
        position, weight, size = (
            get(f"{STYLE}text-position"),
            get(f"{FO}font-weight"),
            get(f"{FO}font-size", ""),
        )
        display, through = get(f"{TEXT}display"), get(f"{STYLE}text-line-through-style")
        through = through or get(f"{STYLE}text-line-through-type")
        color = get(f"{FO}color")
        return Look(
            vanish=None if display is None else display == "none",
            struck=None if through is None else through != "none",
            bold=None if weight is None else weight in ("bold", "600", "700", "800", "900"),
            script=None if position is None else _script(position),
            white=None if color is None else color.lower() == "#ffffff",
            shaded=True if _has_ground(properties) else None,
            tiny=_points(size) < _TINY if size.endswith("pt") else None,
            font=None if font is None else self._fonts.get(font, font),
        )


class OdtNumbers:
    """Counts the items of lists as Writer does.

    Args:
        styles: of the document.
    """

    def __init__(self, styles: OdtStyles) -> None:
        self._styles = styles
        self._counts: dict[str, dict[int, int]] = {}  # by list, or by style for lists that go on
        self._headings: dict[int, int] = {}

    def begin(self, element: Any, style: str) -> dict[int, int]:
        """The counts of a list that begins: those of the list that it continues, or new ones."""
        going_on = element.get(f"{TEXT}continue-numbering") == "true"
        earlier = element.get(f"{TEXT}continue-list", "")
        counts = self._counts.get(earlier) or (self._counts.get(f"style {style}") if going_on else None) or {}
        self._counts[f"style {style}"] = counts
        identity = element.get("{http://www.w3.org/XML/1998/namespace}id")
        if identity:
            self._counts[identity] = counts
        return counts

    def label(self, style: str, level: int, counts: dict[int, int], start: str | None) -> str:
        """What is printed before an item."""
        rules = self._styles.lists.get(style, {})
        rule = rules.get(level)
        if rule is None or not rule.tag.endswith("number"):
            return "-"
        _count(counts, level, rules, start)
        return _printed(level, rules, counts)

    def heading(self, level: int, start: str | None) -> str:
        """What is printed before a heading that stands in no list; empty where headings have no numbers."""
        rules = self._styles.outline
        if level not in rules:
            return ""
        _count(self._headings, level, rules, start)
        return _printed(level, rules, self._headings)


def _count(counts: dict[int, int], level: int, rules: dict[int, Any], start: str | None) -> None:
    if start and start.isdecimal() and len(start) < 7:
        counts[level] = int(start)
    else:
        counts[level] = counts[level] + 1 if level in counts else _start(rules, level)
    for deeper in [number for number in counts if number > level]:
        del counts[deeper]


def _start(rules: dict[int, Any], level: int) -> int:
    start = rules[level].get(f"{TEXT}start-value", "1") if level in rules else "1"
    return int(start) if start.isdecimal() and len(start) < 7 else 1


def _printed(level: int, rules: dict[int, Any], counts: dict[int, int]) -> str:
    rule = rules[level]
    if not rule.get(f"{STYLE}num-format"):
        return _around(rule, "")
    shown = rule.get(f"{TEXT}display-levels", "1")
    first = max(level + 1 - (int(shown) if shown.isdecimal() and len(shown) < 3 else 1), 0)
    numbers = []
    for each in range(first, level + 1):
        kind = rules[each].get(f"{STYLE}num-format", "") if each in rules else "1"
        if kind:
            numbers.append(
                printed(counts.setdefault(each, _start(rules, each)), _FORMATS.get(kind, "decimal"))
            )
    pattern = next((v for name, v in rule.attrib.items() if name.endswith("}num-list-format")), "")
    if pattern:
        for each in range(10, 0, -1):
            kind = rules[each - 1].get(f"{STYLE}num-format", "") if each - 1 in rules else ""
            number = counts.get(each - 1, 1)
            pattern = pattern.replace(f"%{each}%", printed(number, _FORMATS.get(kind, "decimal")))
        return str(pattern).strip()
    return _around(rule, ".".join(numbers))


def _around(rule: Any, number: str) -> str:
    before, after = (rule.get(f"{STYLE}num-{where}", "") for where in ("prefix", "suffix"))
    return f"{before}{number}{after}".strip()


def _levels(element: Any) -> dict[int, Any]:
    levels = ((each.get(f"{TEXT}level", ""), each) for each in element)
    return {int(level) - 1: each for level, each in levels if level.isdecimal() and len(level) < 3}


def _spelled(name: str) -> str:
    """``Heading_20_1`` -> ``Heading 1``."""
    return name.replace("_20_", " ").replace("_5f_", "_")


def _script(position: str) -> Any:
    first = position.split()[0] if position.split() else "0%"
    if first in ("super", "sub"):
        return first
    amount = first.rstrip("%").strip()
    if amount.lstrip("-").replace(".", "", 1).isdigit() and float(amount):
        return "super" if float(amount) > 0 else "sub"
    return ""


def _points(size: str) -> float:
    number = size.removesuffix("pt")
    return float(number) if number.replace(".", "", 1).isdigit() else 12.0


def _has_ground(properties: Any) -> bool:
    color = properties.get(f"{FO}background-color", "transparent").lower()
    return color not in ("transparent", "#ffffff")


def names_of(styles: Iterable[OdtStyle]) -> tuple[str, ...]:
    """Names of some styles and of their parents."""
    return tuple(name for style in styles for name in style.names)

"""Styles of a Word document, and the look that they and a run's own properties give."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from rag.documents.formats.looks import NO_LOOK, Look

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_TINY = 5  # half-points: nobody reads that


@dataclass(frozen=True, slots=True)
class Style:
    """A style with what it takes from the style that it is based on."""

    name: str = ""
    look: Look = NO_LOOK
    number: tuple[str, int | None] | None = None  # id of the numbering, level
    outline: int | None = None
    shaded: bool = False
    headed: bool = False  # of a table: its first row is set apart
    names: tuple[str, ...] = ()


@dataclass(slots=True)
class Styles:
    """The styles of a document, by id."""

    by_id: dict[str, Style] = field(default_factory=dict)
    usual: dict[str, Style] = field(default_factory=dict)  # by type, for what names no style
    look: Look = NO_LOOK

    def get(self, reference: Any, kind: str) -> Style:
        """The style that an element such as ``w:pStyle`` names."""
        usual = self.usual.get(kind, Style())
        return usual if reference is None else self.by_id.get(reference.get(f"{W}val", ""), usual)


def read_styles(root: Any) -> Styles:
    """The styles in ``word/styles.xml``; none where there is no such part."""
    styles = Styles()
    if root is None:
        return styles
    elements = {e.get(f"{W}styleId", ""): e for e in root.iterchildren(f"{W}style")}
    for identity in elements:
        _resolve(identity, elements, styles.by_id)
    for identity, element in elements.items():
        if is_on(element.get(f"{W}default", "0")):
            styles.usual.setdefault(element.get(f"{W}type", ""), styles.by_id[identity])
    default = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
    styles.look = look_of(default)
    return styles


def _resolve(identity: str, elements: dict[str, Any], done: dict[str, Style]) -> None:
    """Resolve a style and those that it is based on, the outermost first; circles are cut."""
    chain: list[str] = []
    while identity in elements and identity not in done and identity not in chain:
        chain.append(identity)
        based = elements[identity].find(f"{W}basedOn")
        identity = based.get(f"{W}val", "") if based is not None else ""
    for name in reversed(chain):
        done[name] = _style(elements[name], done.get(identity, Style()))
        identity = name


def _style(element: Any, base: Style) -> Style:
    named = element.find(f"{W}name")
    name = named.get(f"{W}val", "") if named is not None else ""
    properties = element.find(f"{W}pPr")
    first_row = element.find(f"{W}tblStylePr[@{W}type='firstRow']")
    return Style(
        name=name,
        look=look_of(element.find(f"{W}rPr")).over(base.look),
        number=number_of(properties) or base.number,
        outline=base.outline if (level := outline_of(properties)) is None else level,
        shaded=is_shaded(properties) or base.shaded,
        headed=first_row is not None or base.headed,
        names=(name, *base.names)[:20],
    )


def look_of(properties: Any) -> Look:
    """The look that a ``w:rPr`` gives."""
    if properties is None:
        return Look()
    found: dict[str, Any] = {}
    for element in properties:
        value = element.get(f"{W}val")
        match element.tag.rpartition("}")[2]:
            case "vanish":
                found["vanish"] = is_on(value)
            case "strike" | "dstrike":
                found["struck"] = is_on(value) or found.get("struck", False)
            case "b":
                found["bold"] = is_on(value)
            case "vertAlign":
                found["script"] = {"superscript": "super", "subscript": "sub"}.get(value or "", "")
            case "position" if (value or "").lstrip("-").isdigit() and abs(int(value)) >= 4:
                found.setdefault("script", "super" if int(value) > 0 else "sub")
            case "color":
                found["white"] = (value or "").upper() == "FFFFFF"
            case "sz":
                found["tiny"] = (value or "").isdigit() and int(value) < _TINY
            case "rFonts":
                found["font"] = element.get(f"{W}ascii") or element.get(f"{W}hAnsi")
            case "highlight":
                found["shaded"] = value != "none"
    if properties.find(f"{W}shd") is not None:
        found["shaded"] = is_shaded(properties)
    return Look(**found)


def number_of(properties: Any) -> tuple[str, int | None] | None:
    """Id of the numbering and level that a ``w:pPr`` names."""
    number = properties.find(f"{W}numPr") if properties is not None else None
    if number is None:
        return None
    identity, level = number.find(f"{W}numId"), number.find(f"{W}ilvl")
    if identity is None and level is None:
        return None
    return (
        "" if identity is None else identity.get(f"{W}val", ""),
        None if level is None else integer(level.get(f"{W}val"), 0),
    )


def outline_of(properties: Any) -> int | None:
    """The outline level that a ``w:pPr`` gives."""
    level = properties.find(f"{W}outlineLvl") if properties is not None else None
    return None if level is None else integer(level.get(f"{W}val"), 9)


def is_shaded(properties: Any) -> bool:
    """Whether properties give a ground that is not white."""
    shade = properties.find(f"{W}shd") if properties is not None else None
    if shade is None:
        return False
    fill, pattern = shade.get(f"{W}fill", "auto"), shade.get(f"{W}val", "clear")
    return fill.upper() not in ("AUTO", "FFFFFF") or pattern not in ("clear", "nil")


def is_on(value: str | None) -> bool:
    """Whether a switch such as ``<w:vanish/>`` is on."""
    return value not in ("0", "false", "off", "none")


def integer(value: str | None, otherwise: int) -> int:
    """A number in an attribute; at most nine figures, so that nothing grows from it."""
    text = value or ""
    return int(text) if text.lstrip("-").isdecimal() and len(text) < 10 else otherwise

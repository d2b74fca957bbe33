"""The arguments of the sides as a map: who answers whom, as SVG. Pure.

One column a side, one box an argument; an arrow leads from the argument that answers to the one answered.
What colour tells, shapes, dashes and words tell too. The page has a sheet for it; a file brings its style.
"""

from __future__ import annotations

import re
import textwrap
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from rag.brief.types import Answering, Argument, Brief
from rag.catalogue import say

LINE, PAD = 18, 12
"""Of a box: the height of a line, the room around its words; in pixels, as all that follows."""
UNDER, MARGIN, HEAD = 22, 20, 56
"""Room between boxes, around all, and for the names of the sides."""
LINES = 3
"""Most lines of a heading; what is longer ends with an ellipsis."""
LANE = 9
"""Between two arrows that pass over a column."""
LEGEND, LEGEND_WIDTH = 64, 580
LIGHT = ("#1f4fa3", "#a1361f", "#0f684b", "#74399b", "#7d5200", "#0a6474", "#97296a", "#5b4a2f", "#565c64")
DARK = ("#93b8f7", "#f0a48f", "#7fd1ae", "#cfa8ee", "#e3b95b", "#7fcfdd", "#f0a2d0", "#d2bd9a", "#a6abb3")
"""Colours of sides in a file, as static/css/tokens.css has them on the page; the last for none."""

_UNWRITABLE = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML cannot hold."""
_TIED = re.compile(r"(?<=\d) (?=\d{3}\b)| (?=[:;?!%»])|(?<=«) ")
"""Spaces at which no line ends."""
_STYLE = """
text { font-family: Georgia, serif; font-size: 15px; fill: var(--ink); }
.map-small { font-family: sans-serif; font-size: 12px; fill: var(--ink-soft); }
.map-side { font-family: sans-serif; font-weight: 600; fill: var(--side); }
.map-title { font-size: 20px; }
.map-ground { fill: var(--paper); }
.map-box { fill: var(--sheet); stroke: var(--ink-soft); }
.map-stripe { fill: var(--side); }
.map-arrow { fill: none; stroke: var(--ink); stroke-width: 2; }
.map-arrow.unsure { stroke-width: 1; }
.map-arrow.weakens { stroke-dasharray: 6 4; }
.map-tip { fill: var(--ink); stroke: var(--ink); }
.map-tip.open { fill: var(--sheet); }
.map-open { fill: none; stroke: var(--alert); stroke-width: 2; }
"""
_INKS = {
    "light": "--ink: #1d2126; --ink-soft: #565c64; --paper: #faf8f4; --sheet: #ffffff; --alert: #9a2a1c;",
    "dark": "--ink: #e8e5de; --ink-soft: #a6abb3; --paper: #15171b; --sheet: #1c1f25; --alert: #f2a091;",
}


@dataclass(frozen=True, slots=True)
class _Columns:
    """How wide columns are, how far apart, and how many letters a line of a box has at most."""

    width: int
    between: int
    letters: int

    def at(self, column: int) -> int:
        """Where a column begins."""
        return MARGIN + column * (self.width + self.between)


def _columns(brief: Brief) -> _Columns:
    """Wide ones for two sides, narrow ones for more."""
    return _Columns(270, 140, 34) if len(brief.sides) <= 2 else _Columns(212, 76, 26)


@dataclass(frozen=True, slots=True)
class _Box:
    """Where an argument stands, with the lines of its heading."""

    argument: Argument
    column: int
    x: int
    y: int
    width: int
    lines: tuple[str, ...]
    is_open: bool

    @property
    def height(self) -> int:
        return 2 * PAD + LINE * (len(self.lines) + 1)


def picture(brief: Brief, classes: Mapping[str, str], alone: bool = False) -> str:
    """The map as an ``svg`` element.

    Args:
        brief: with arguments of any side.
        classes: the colour class of each side, ``side-0`` and so on.
        alone: for a file of its own: with its style, and boxes that are no links.
    """
    columns = _columns(brief)
    boxes = _placed(brief, columns)
    width = max(columns.at(len(brief.sides)) - columns.between + MARGIN, LEGEND_WIDTH)
    top = HEAD + (HEAD if alone and brief.motion else 0)
    bottom = max((box.y + box.height for box in boxes.values()), default=HEAD + LINE) + top - HEAD
    height = bottom + MARGIN + LEGEND
    name = say("map_title", brief.lang)
    title = _cut(brief.motion, width // 10, 1) if alone and brief.motion else ()
    parts = [
        f"<title>{_text(name)}</title>",
        _markers(),
        *(f'<text class="map-title" x="{MARGIN}" y="{MARGIN + LINE}">{_text(each)}</text>' for each in title),
        f'<g transform="translate(0 {top - HEAD})">',
        *_heads(brief, columns, classes),
        *_arrows(brief, boxes, columns),
        *(_box(box, brief, classes, alone) for box in boxes.values()),
        "</g>",
        _legend(brief, bottom + MARGIN),
    ]
    if alone:
        parts[1:1] = [
            f"<style>{_file_style()}</style>",
            '<rect class="map-ground" width="100%" height="100%"/>',
        ]
    role = "img" if alone else "group"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="argument-map" role="{role}"'
        f' aria-label={_attribute(name)} lang="{brief.lang}" width="{width}" height="{height}"'
        f' viewBox="0 0 {width} {height}">{"".join(parts)}</svg>'
    )


def picture_in_words(brief: Brief) -> list[tuple[Argument, list[str]]]:
    """What the map shows, for who does not see it: each argument, and what its arrows and marks say."""
    arguments, lang = brief.arguments, brief.lang
    left = {each.argument for each in brief.unanswered}
    told: dict[str, list[str]] = {each: [] for each in arguments}
    for each in _shown(brief):
        words = say(each.relation, lang)
        relation = words if each.certain else say("relation_uncertain", lang, relation=words)
        to = arguments[each.to]
        told[each.by].append(say("map_answers", lang, relation=relation, heading=to.heading, side=to.side))
    for argument, said in told.items():
        said += [say("map_unanswered", lang)] if argument in left else []
    return [(arguments[each], said) for each, said in told.items()]


def _placed(brief: Brief, columns: _Columns) -> dict[str, _Box]:
    left = {each.argument for each in brief.unanswered}
    found: dict[str, _Box] = {}
    for column, side in enumerate(brief.sides):
        y = MARGIN + HEAD + LANE * len(_lanes(brief))
        for position in brief.positions:
            for argument in position.arguments if position.side == side else ():
                lines = _cut(argument.heading, columns.letters)
                x, is_open = columns.at(column), argument.id in left
                box = _Box(argument, column, x, y, columns.width, lines, is_open)
                found[argument.id] = box
                y += box.height + UNDER
    return found


def _lanes(brief: Brief) -> list[Answering]:
    """The arrows that pass over a column: each has a lane of its own above the boxes."""
    columns = {
        each.id: brief.sides.index(each.side) for each in brief.arguments.values() if each.side in brief.sides
    }
    return [each for each in _shown(brief) if abs(columns[each.by] - columns[each.to]) > 1]


def _cut(text: str, letters: int, most: int = LINES) -> tuple[str, ...]:
    """A text in lines, the last one with an ellipsis where there is more."""
    line = _TIED.sub("\u00a0", " ".join(text.split()))
    lines = textwrap.wrap(line, letters, max_lines=most, placeholder="…") or ["…"]
    return tuple(lines)


def _heads(brief: Brief, columns: _Columns, classes: Mapping[str, str]) -> Iterator[str]:
    """The name of each side over its column, how it stands to the motion; that it says nothing."""
    for column, side in enumerate(brief.sides):
        x = columns.at(column)
        position = next((each for each in brief.positions if each.side == side), None)
        name = _cut(side, columns.letters, 1)[0]
        yield f'<g class="{classes.get(side, "side-none")}">'
        yield f'<text class="map-side" x="{x}" y="{MARGIN + LINE - 4}">{_text(name)}</text>'
        if brief.motion and position and position.arguments:
            words = say(f"voted_{position.stance}", brief.lang)
            yield f'<text class="map-small" x="{x}" y="{MARGIN + 2 * LINE - 4}">{_text(words)}</text>'
        if position is None or not position.arguments:
            words = say("silent", brief.lang)
            yield f'<text class="map-small" x="{x}" y="{MARGIN + HEAD + PAD}">{_text(words)}</text>'
        yield "</g>"


def _box(box: _Box, brief: Brief, classes: Mapping[str, str], alone: bool) -> str:
    """An argument; on the page it leads to its quotes."""
    argument, lang = box.argument, brief.lang
    count = say("map_quotes", lang, count=len(argument.quotes))
    if box.is_open:
        count += f" · {say('map_unanswered', lang)}"
    words = [
        f'<text x="{box.x + PAD}" y="{box.y + PAD + LINE * (number + 1) - 4}">{_text(each)}</text>'
        for number, each in enumerate(box.lines)
    ]
    at = box.y + PAD + LINE * (len(box.lines) + 1) - 3
    shift = 16 if box.is_open else 0
    if box.is_open:  # an empty ring
        words.append(f'<circle class="map-open" cx="{box.x + PAD + 5}" cy="{at - 4}" r="4.500"/>')
    words.append(f'<text class="map-small" x="{box.x + PAD + shift}" y="{at}">{_text(count)}</text>')
    drawn = (
        f"<title>{_text(argument.heading)}</title>"
        f'<rect class="map-box" x="{box.x}" y="{box.y}" width="{box.width}" height="{box.height}" rx="4"/>'
        f'<rect class="map-stripe" x="{box.x}" y="{box.y}" width="5" height="{box.height}"/>{"".join(words)}'
    )
    css_class = classes.get(argument.side, "side-none")
    if alone:
        return f'<g class="{css_class}">{drawn}</g>'
    name = _attribute(f"{argument.side} : {argument.heading}. {count}")
    return (
        f'<a class="map-link {css_class}" href="#/prepare" data-do="brief-go" data-to="{_id(argument.id)}"'
        f" aria-label={name}>{drawn}</a>"
    )


def _shown(brief: Brief) -> list[Answering]:
    """The arrows between arguments that are there, one for two arguments: the surest."""
    known, seen = brief.arguments, set()
    found = []
    for each in sorted(brief.answers, key=lambda each: (not each.certain, -each.likely)):
        if {each.by, each.to} <= set(known) and (each.by, each.to) not in seen:
            seen.add((each.by, each.to))
            found.append(each)
    return found


def _arrows(brief: Brief, boxes: Mapping[str, _Box], columns: _Columns) -> Iterator[str]:
    """Between the boxes of columns side by side; above all others, where another column stands between."""
    shown, lanes = _shown(brief), _lanes(brief)
    ends = _ends(shown, boxes)
    for number, each in enumerate(shown):
        (x1, y1), (x2, y2) = ends[number, each.by], ends[number, each.to]
        bend = columns.between // 2 if x2 > x1 else -columns.between // 2
        way = f"M{x1} {y1}C{x1 + bend} {y1} {x2 - bend} {y2} {x2} {y2}"
        if each in lanes:
            lane = lanes.index(each)
            out = 18 + lane * 7 % (columns.between - 36)
            up, down = (x1 + out, x2 - out) if x2 > x1 else (x1 - out, x2 + out)
            way = f"M{x1} {y1}H{up}V{MARGIN + HEAD + LANE * lane - PAD}H{down}V{y2}H{x2}"
        unsure = "" if each.certain else " unsure"
        tip = "contradicts" if each.relation == "contradicts" else "weakens"
        yield (f'<path class="map-arrow {tip}{unsure}" marker-end="url(#map-{tip})" d="{way}"/>')


def _ends(shown: Sequence[Answering], boxes: Mapping[str, _Box]) -> dict[tuple[int, str], tuple[int, int]]:
    """Where each arrow leaves its box and reaches the other: spread over the edges that face each other."""
    edges: dict[tuple[str, bool], list[tuple[int, int]]] = defaultdict(list)
    for number, each in enumerate(shown):
        for own, other in ((each.by, each.to), (each.to, each.by)):
            edges[own, boxes[other].column > boxes[own].column].append((boxes[other].y, number))
    found: dict[tuple[int, str], tuple[int, int]] = {}
    for (argument, is_right), arrows in edges.items():
        box = boxes[argument]
        step = box.height / (len(arrows) + 1)
        for place, (_, number) in enumerate(sorted(arrows), start=1):
            is_tip = shown[number].to == argument
            x = box.x + box.width + (7 if is_tip else 0) if is_right else box.x - (7 if is_tip else 0)
            found[number, argument] = (x, round(box.y + place * step))
    return found


def _markers() -> str:
    """The tips: a full one contradicts, an open one weakens."""
    return "<defs>" + "".join(
        f'<marker id="map-{name}" viewBox="0 0 12 12" refX="5" refY="6" markerWidth="12" markerHeight="12"'
        f' markerUnits="userSpaceOnUse" orient="auto"><path class="map-tip{more}" d="{shape}"/></marker>'
        for name, more, shape in (
            ("contradicts", "", "M1 1L11 6L1 11z"),
            ("weakens", " open", "M6 1L11 6L6 11L1 6z"),
        )
    ) + "</defs>"  # fmt: skip


def _legend(brief: Brief, y: int) -> str:
    """What arrows and marks mean."""
    lang, parts = brief.lang, []
    for number, relation in enumerate(("contradicts", "weakens")):
        at = y + number * 22 + 8
        parts.append(
            f'<path class="map-arrow {relation}" marker-end="url(#map-{relation})" d="M{MARGIN} {at}h44"/>'
            f'<text class="map-small" x="{MARGIN + 60}" y="{at + 4}">{_text(say(relation, lang))}</text>'
        )
    x = MARGIN + 330
    parts.append(
        f'<path class="map-arrow unsure" d="M{x} {y + 8}h44"/>'
        f'<text class="map-small" x="{x + 60}" y="{y + 12}">{_text(say("map_unsure", lang))}</text>'
        f'<circle class="map-open" cx="{x + 38}" cy="{y + 30}" r="4.500"/>'
        f'<text class="map-small" x="{x + 60}" y="{y + 34}">{_text(say("map_unanswered", lang))}</text>'
    )
    return f'<g aria-hidden="true">{"".join(parts)}</g>'


def _file_style() -> str:
    """The style of a file of its own, light and dark."""

    def colours(inks: str, sides: Sequence[str]) -> str:
        names = [*range(len(sides) - 1), "none"]
        own = " ".join(f".side-{name} {{ --side: {each}; }}" for name, each in zip(names, sides, strict=True))
        return f"svg {{ {_INKS[inks]} }} {own}"

    dark = f"@media (prefers-color-scheme: dark) {{ {colours('dark', DARK)} }}"
    return f"{colours('light', LIGHT)}\n{dark}{_STYLE}"


def _id(argument: str) -> str:
    return re.sub(r"\W", "", argument)


def _text(words: str) -> str:
    return escape(_UNWRITABLE.sub("", words))


def _attribute(words: str) -> str:
    return quoteattr(_UNWRITABLE.sub("", words).replace("\n", " "))

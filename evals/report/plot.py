"""Cost against size as SVG: small plots with logarithmic axes, readable in light and dark. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from evals.report.scale import BESIDE, GROUPS, Measure, Report, Row, at, new_sentences, over

WIDTH, HEIGHT, ACROSS = 330, 250, 3
"""Of a plot, in pixels, and how many stand beside each other."""
LEFT, RIGHT, TOP, BOTTOM = 52, 14, 46, 34
COLOURS = (("#1f5fa8", "#8fbaf5"), ("#b35900", "#f0b072"), ("#4b7a1e", "#a4d474"), ("#8a3b8f", "#d9a0dd"))
"""Of lines, in light and dark; each has dashes and a mark of its own as well."""
FEW = 1.5
"""Powers of ten up to which there is."""
_DASHES = ("", "6 3", "2 3", "8 3 2 3")
_STYLE = """
text { font: 12px system-ui, sans-serif; fill: var(--ink) } .title { font-weight: 600; font-size: 13px }
.ground { fill: var(--paper) } .grid { stroke: var(--ink); stroke-opacity: .15 }
.line { fill: none; stroke-width: 2 } .end { text-anchor: end } .middle { text-anchor: middle }
"""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Line:
    """What is drawn: its name and its points."""

    name: str
    points: Sequence[Point]


@dataclass(frozen=True, slots=True)
class Plot:
    """Lines over one axis."""

    title: str
    lines: Sequence[Line]


def _floor(*names: str) -> Measure:
    return lambda report, _: at(report, "floors", "found", *names)


def _encoder(report: Report, row: Row) -> float | None:
    """Seconds of the encoder alone for what is new at a size."""
    floors = report["floors"].get("found", {})
    tokens = over(new_sentences(report, row), 1, floors.get("tokens_per_sentence", 0))
    return over(tokens, floors.get("tokens_per_s"))


PLOTS: dict[str, dict[str, Measure]] = {
    "Indexing what is new, s": {
        "Réplique": GROUPS["indexing"]["s"],
        "stock LlamaIndex": lambda _, row: at(row, "stock", "wall_s"),
        "the encoder alone": _encoder,
    },
    "Two sentences changed, s": {
        "added": GROUPS["two sentences added"]["s"],
        "removed": GROUPS["two sentences removed"]["s"],
        "nothing to do": GROUPS["nothing to do"]["s"],
    },
    "A question, ms": {
        "median": GROUPS["a question"]["median, ms"],
        "95 %": GROUPS["a question"]["95 %, ms"],
        "stock, median": BESIDE["a question, median, ms"][1],
        "the encoder alone": _floor("question_ms"),
    },
    "A cold command, s": {
        "an answer": GROUPS["a cold command"]["s"],
        "imports and models": GROUPS["a cold command"]["imports and models, s"],
    },
    "Peak memory, MB": {
        "indexing": GROUPS["indexing"]["peak memory, MB"],
        "a page": GROUPS["a page that has answered"]["peak memory, MB"],
        "stock, indexing": BESIDE["indexing, peak memory, MB"][1],
        "stock, asking": BESIDE["asking, peak memory, MB"][1],
    },
    "Bytes kept, in times the text": {
        "Réplique": GROUPS["the store"]["times the text"],
        "stock LlamaIndex": lambda _, row: over(at(row, "stock", "bytes"), at(row, "bytes")),
    },
}


def plot(report: Report) -> str:
    """All plots of a report, sentences from left to right."""
    plots = [Plot(title, list(_lines(report, measures))) for title, measures in PLOTS.items()]
    return drawn([plot for plot in plots if plot.lines])


def _lines(report: Report, measures: dict[str, Measure]) -> Iterator[Line]:
    for name, measure in measures.items():
        pairs = [(at(row, "index", "sentences"), measure(report, row)) for row in report["sizes"]]
        points = [(x, y) for x, y in pairs if x and y and y > 0]
        if points:
            yield Line(name, points)


def drawn(plots: Sequence[Plot]) -> str:
    """Plots beside and below each other."""
    width = WIDTH * ACROSS
    height = HEIGHT * max(1, math.ceil(len(plots) / ACROSS))
    inks = ["--ink: #1d2126; --paper: #ffffff;", "--ink: #e8e5de; --paper: #15171b;"]
    for number, pair in enumerate(COLOURS):
        inks = [f"{ink} --c{number}: {colour};" for ink, colour in zip(inks, pair, strict=True)]
    style = f":root {{ {inks[0]} }}\n@media (prefers-color-scheme: dark) {{ :root {{ {inks[1]} }} }}{_STYLE}"
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img">',
        "<title>Cost against the number of sentences</title>",
        f"<style>{style}</style>",
        f'<rect class="ground" width="{width}" height="{height}"/>',
    ]
    for number, each in enumerate(plots):
        place = f"{number % ACROSS * WIDTH} {number // ACROSS * HEIGHT}"
        parts += [f'<g transform="translate({place})">', *_plot(each), "</g>"]
    return "\n".join([*parts, "</svg>\n"])


def _plot(plot: Plot) -> Iterator[str]:
    across = _Axis.of([x for line in plot.lines for x, _ in line.points], LEFT, WIDTH - RIGHT)
    low = TOP + 16 * ((len(plot.lines) + 1) // 2)
    up = _Axis.of([y for line in plot.lines for _, y in line.points], HEIGHT - BOTTOM, low)
    yield f'<text class="title" x="{LEFT}" y="18">{escape(plot.title)}</text>'
    for value in across.marks():
        x = across.at(value)
        yield f'<line class="grid" x1="{x:.1f}" x2="{x:.1f}" y1="{low}" y2="{HEIGHT - BOTTOM}"/>'
        yield f'<text class="middle" x="{x:.1f}" y="{HEIGHT - BOTTOM + 16}">{_told(value)}</text>'
    for value in up.marks():
        y = up.at(value)
        yield f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
        yield f'<text class="end" x="{LEFT - 6}" y="{y + 4:.1f}">{_told(value)}</text>'
    for number, line in enumerate(plot.lines):
        points = [(across.at(x), up.at(y)) for x, y in line.points]
        yield from _drawn_line(number, points)
        x, y = LEFT + 138 * (number % 2), 34 + 16 * (number // 2)
        yield from _drawn_line(number, [(x, y), (x + 18, y)])
        yield f'<text x="{x + 24}" y="{y + 4}">{escape(line.name)}</text>'


def _drawn_line(number: int, points: Sequence[Point]) -> Iterator[str]:
    colour, told = f"var(--c{number})", " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    dashes = f' stroke-dasharray="{_DASHES[number]}"' if _DASHES[number] else ""
    yield f'<polyline class="line" stroke="{colour}"{dashes} points="{told}"/>'
    for x, y in points:
        if number % 2:
            yield f'<rect fill="{colour}" x="{x - 3:.1f}" y="{y - 3:.1f}" width="6" height="6"/>'
        else:
            yield f'<circle fill="{colour}" cx="{x:.1f}" cy="{y:.1f}" r="3"/>'


@dataclass(frozen=True, slots=True)
class _Axis:
    """A logarithmic axis: the powers of ten that it goes from and to, and where they are."""

    first: float
    last: float
    start: float
    end: float

    @classmethod
    def of(cls, values: Sequence[float], start: float, end: float) -> _Axis:
        """One with room for some values."""
        logs = [math.log10(value) for value in values]
        first, last = math.floor(2 * min(logs)) / 2, math.ceil(2 * max(logs)) / 2
        return cls(first, last if last > first else first + 1, start, end)

    def at(self, value: float) -> float:
        """Where a value is."""
        return self.start + (math.log10(value) - self.first) / (self.last - self.first) * (
            self.end - self.start
        )

    def marks(self) -> Iterator[float]:
        """The values that are named: 1, 3, 10, and so on; more where there is room."""
        for power in range(math.floor(self.first), math.ceil(self.last) + 1):
            for step in (1, 3) if self.last - self.first > FEW else (1, 2, 5):
                value = step * 10.0**power
                if self.first - 1e-9 <= math.log10(value) <= self.last + 1e-9:
                    yield value


def _told(value: float) -> str:
    for size, letter in ((1e6, "M"), (1e3, "k")):
        if value >= size:
            return f"{value / size:g}{letter}"
    return f"{value:g}"

"""The report of growth as tables: for the terminal, for the documentation, a line for the README."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Report = Mapping[str, Any]
Row = Mapping[str, Any]
Value = float | None
MB = 1e6


@dataclass(frozen=True, slots=True)
class Section:
    """A table: cells are texts."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


def at(row: Row, *names: str) -> Value:
    """A figure of a row; ``None`` where it was not measured."""
    found: Any = row
    for name in names:
        found = found.get(name) if isinstance(found, Mapping) else None
    return found if isinstance(found, (int, float)) else None


def over(value: Value, by: Value, times: float = 1) -> Value:
    """A ratio; ``None`` where there is none."""
    return None if value is None or not by else times * value / by


def figure(value: Value) -> str:
    """In three digits: ``1,234``, ``45.6``, ``0.123``."""
    if value is None:
        return "–"
    if abs(value) >= 100 or value == round(value):
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def store_bytes(row: Row) -> Value:
    """Of the whole store."""
    kinds = row.get("index", {}).get("store", {})
    return float(sum(kinds.values())) if kinds else None


def new_sentences(report: Report, row: Row) -> Value:
    """As many as were indexed to come to a size."""
    rows = report["sizes"]
    number = rows.index(row)
    before = at(rows[number - 1], "index", "sentences") if number else 0
    now = at(row, "index", "sentences")
    return None if now is None or before is None else now - before


Measure = Callable[[Report, Row], Value]


def _of(*names: str, by: float = 1) -> Measure:
    return lambda _, row: over(at(row, *names), by)


def _share(part: str) -> Measure:
    return lambda _, row: over(at(row, "ask", part), at(row, "ask", "questions"), 100)


def _change(name: str) -> dict[str, Measure]:
    return {
        "s": _of("change", name, "wall_s"),
        "processor s": _of("change", name, "cpu_s"),
        "MB of files new or changed": _of("change", name, "files_bytes", by=MB),
        "MB given to the disk": _of("change", name, "io_bytes", by=MB),
    }


def _reader(report: Report, row: Row) -> Value:
    whole, without = at(row, "ask", "answer_p50_ms"), at(row, "ask", "search_p50_ms")
    return None if whole is None or without is None else over(whole - without, whole, 100)


GROUPS: dict[str, dict[str, Measure]] = {
    "": {
        "documents": _of("index", "documents"),
        "passages": _of("index", "passages"),
        "MB of text": _of("bytes", by=MB),
    },
    "indexing": {
        "sentences/s": lambda report, row: over(new_sentences(report, row), at(row, "index", "wall_s")),
        "s": _of("index", "wall_s"),
        "processor s": _of("index", "cpu_s"),
        "peak memory, MB": _of("index", "peak_bytes", by=MB),
    },
    "nothing to do": {"s": _of("change", "nothing", "wall_s")},
    "two sentences added": {
        **_change("added"),
        "the next answer, ms": _of("change", "added", "then_ms"),
    },
    "two sentences altered": _change("altered"),
    "two sentences removed": _change("removed"),
    "a word of a whole document altered": _change("word"),
    "a question": {
        "the first of a process, ms": _of("ask", "first_ms"),
        "median, ms": _of("ask", "answer_p50_ms"),
        "95 %, ms": _of("ask", "answer_p95_ms"),
        "without the reader: median, ms": _of("ask", "search_p50_ms"),
        "without the reader: 95 %, ms": _of("ask", "search_p95_ms"),
        "the reader's share, %": _reader,
        "quoted right first, %": _share("right"),
        "silent, %": _share("silent"),
    },
    "a cold command": {
        "s": _of("cold", "command_s"),
        "imports and models, s": _of("cold", "loaded_s"),
        "ratio": lambda _, row: over(at(row, "cold", "command_s"), at(row, "cold", "loaded_s")),
    },
    "a page that has answered": {
        "a question, ms in the mean": _of("page", "mean_ms"),
        "peak memory, MB": _of("page", "peak_bytes", by=MB),
        "of that not mapped files, MB": _of("page", "own_bytes", by=MB),
    },
    "the store": {
        "MB": lambda _, row: over(store_bytes(row), MB),
        "times the text": lambda _, row: over(store_bytes(row), at(row, "bytes")),
        "bytes a sentence": lambda _, row: over(store_bytes(row), at(row, "index", "sentences")),
    },
}
"""What is told of each size."""

BESIDE: dict[str, tuple[Measure, Measure]] = {
    "indexing, sentences/s": (
        GROUPS["indexing"]["sentences/s"],
        lambda report, row: over(new_sentences(report, row), at(row, "stock", "wall_s")),
    ),
    "indexing, peak memory, MB": (_of("index", "peak_bytes", by=MB), _of("stock", "peak_bytes", by=MB)),
    "a question, median, ms": (_of("ask", "answer_p50_ms"), _of("stock_ask", "answer_p50_ms")),
    "a question, 95 %, ms": (_of("ask", "answer_p95_ms"), _of("stock_ask", "answer_p95_ms")),
    "without our reader, median, ms": (_of("ask", "search_p50_ms"), _of("stock_ask", "answer_p50_ms")),
    "without our reader, 95 %, ms": (_of("ask", "search_p95_ms"), _of("stock_ask", "answer_p95_ms")),
    "asking, peak memory, MB": (_of("ask", "peak_bytes", by=MB), _of("stock_ask", "peak_bytes", by=MB)),
    "kept, MB": (GROUPS["the store"]["MB"], _of("stock", "bytes", by=MB)),
    "right first, %": (
        _share("right"),
        lambda _, row: over(at(row, "stock_ask", "right"), at(row, "stock_ask", "questions"), 100),
    ),
}
"""Ours, and stock LlamaIndex's."""


def sections(report: Report) -> list[Section]:
    """All tables of what was measured."""
    rows = report["sizes"]
    made = [_growth(report, rows), *_kinds(rows), *_beside(report, rows), _floors(report)]
    return [section for section in made if section.rows]


def _size(row: Row) -> str:
    return figure(at(row, "index", "sentences") or at(row, "size"))


def _growth(report: Report, rows: Sequence[Row]) -> Section:
    cells = []
    for group, measures in GROUPS.items():
        for name, measure in measures.items():
            values = [measure(report, row) for row in rows]
            if any(value is not None for value in values):
                told = f"{group}: {name}" if group else name
                cells.append([told.strip(), *map(figure, values)])
    return Section("By size", ["sentences", *map(_size, rows)], cells)


def _kinds(rows: Sequence[Row]) -> Iterator[Section]:
    """What takes how much of the largest store."""
    row = next((row for row in reversed(rows) if store_bytes(row)), None)
    if row is None:
        return
    kinds = {**row["index"]["store"], "all": store_bytes(row)}
    cells = [
        [
            kind,
            figure(over(size, MB)),
            figure(over(size, store_bytes(row), 100)),
            figure(over(size, at(row, "bytes"))),
            figure(over(size, at(row, "index", "sentences"))),
        ]
        for kind, size in kinds.items()
        if size
    ]
    columns = ["kept", "MB", "% of the store", "times the text", "bytes a sentence"]
    yield Section(f"What takes how much, at {_size(row)} sentences", columns, cells)


def _beside(report: Report, rows: Sequence[Row]) -> Iterator[Section]:
    measured = [row for row in rows if "stock" in row]
    if not measured:
        return
    cells = []
    for name, (ours, stock) in BESIDE.items():
        cells.append([name])
        for row in measured:
            pair = ours(report, row), stock(report, row)
            cells[-1] += [*map(figure, pair), figure(over(pair[1], pair[0]))]
    columns = ["sentences"]
    for row in measured:
        columns += [f"{_size(row)}: ours", "stock", "stock / ours"]
    yield Section("Beside stock LlamaIndex", columns, cells)


def _floors(report: Report) -> Section:
    floors = report["floors"].get("found", {})
    killed = report["killed"]
    told: dict[str, Value] = {
        "the encoder alone, tokens/s": floors.get("tokens_per_s"),
        "so many sentences/s": over(floors.get("tokens_per_s"), floors.get("tokens_per_sentence")),
        "tokens of a sentence": floors.get("tokens_per_sentence"),
        "a question through the encoder, ms": floors.get("question_ms"),
        "Chroma alone, vectors/s": floors.get("insertions_per_s"),
        "an index run was killed after, s": at(killed, "after_s"),
        "of that the next had to do again, s": at(killed, "lost_s"),
    }
    cells = [[name, figure(value)] for name, value in told.items() if value is not None]
    return Section("Floors, and an index run killed half way", ["", ""], cells)


# --- documentation --------------------------------------------------------------------------------


def markdown(report: Report, plot: str) -> str:
    """The tables for the documentation, with the machine and the picture."""
    machine, made = report["machine"], report["made"]
    memory = figure(over(machine["memory_bytes"], 1e9))
    versions = ", ".join(f"{name} {version}" for name, version in machine["versions"].items())
    lines = [
        f"Measured {machine['date']} on {machine['cores']} cores ({machine['processor']}), {memory} GB of "
        f"memory, {machine['system']}; {versions}. {made['documents']:,} documents of {made['length']:g} "
        f"sentences and {made['words']:g} words a sentence in the mean as asked, seed {made['seed']}. "
        f"The run took {figure(over(report['seconds'], 60))} minutes.",
        f"![Cost against size]({plot})",
    ]
    if report["stopped"]:
        lines.append(f"Not all was measured: {report['stopped']}.")
    for section in sections(report):
        cells = [section.columns, ["---", *("---:" for _ in section.columns[1:])], *section.rows]
        lines += [f"**{section.title}**", "\n".join("| " + " | ".join(row) + " |" for row in cells)]
    return "\n\n".join(lines)


def _times(report: Report, row: Row, name: str) -> Value:
    """Stock LlamaIndex's figure in times ours."""
    ours, stock = BESIDE[name]
    return over(stock(report, row), ours(report, row))


def readme_line(report: Report) -> str:
    """Ratios alone."""
    rows = [row for row in report["sizes"] if "change" in row]
    if not rows:
        return "nothing was measured whole"
    first, last = rows[0], rows[-1]

    def grows(*names: str) -> str:
        return figure(over(at(last, *names), at(first, *names)))

    text = over(at(last, "bytes"), at(first, "bytes"))
    told = [
        f"From {_size(first)} to {_size(last)} sentences, {figure(text)} times the text, a question takes "
        f"{grows('ask', 'answer_p50_ms')} times as long in the median, a document of two sentences "
        f"{grows('change', 'added', 'wall_s')} times as long to add, a cold command "
        f"{grows('cold', 'command_s')} times; the store takes "
        f"{figure(over(store_bytes(last), at(last, 'bytes')))} times the text."
    ]
    stock = next((row for row in reversed(rows) if "stock_ask" in row), None)
    if stock is not None:
        times = {name: figure(_times(report, stock, name)) for name in BESIDE}
        told.append(
            f"Stock LlamaIndex in the same run, with the same encoder, at {_size(stock)} sentences: it "
            f"indexes {times['indexing, sentences/s']} times as fast as ours, keeps {times['kept, MB']} "
            f"times as many bytes, takes {times['a question, median, ms']} times as long for a question as "
            f"ours that reads, {times['without our reader, median, ms']} times as long as ours that does not."
        )
    return " ".join(told)

"""A report of the answers as tables: for the terminal, and for the documentation."""

from __future__ import annotations

from rich.table import Table

from evals.report.figures import METRICS, NO_INTERVAL, OURS, Report, figure, short, with_interval
from rag.errors import InputError

README_COLUMNS: tuple[tuple[str, str, str], ...] = (
    ("quote@1 fr", "lang:fr", "quote@1"),
    ("quote@1 en", "lang:en", "quote@1"),
    ("quote@3 fr", "lang:fr", "quote@3"),
    ("quote@3 en", "lang:en", "quote@3"),
    ("passage@1", "all", "passage@1"),
    ("nDCG@10", "all", "ndcg@10"),
    ("F1", "all", "f1"),
    ("length", "all", "length_ratio"),
    ("sides", "all", "sides"),
    ("abstention", "all", "balanced_accuracy"),
    ("AUC", "all", "auc"),
)
MARKERS = ("<!-- evals -->", "<!-- /evals -->")


def systems_table(report: Report, split: str) -> Table:
    """Every measure of every system, side by side."""
    name = report["dataset"]["name"]
    table = Table(title=f"{name}: {split}, with 95 % intervals", title_justify="left")
    table.add_column("measure", no_wrap=True)
    for system in report["systems"]:
        table.add_column(system["label"], justify="right", no_wrap=True)
    for metric, label in METRICS.items():
        found = [figure(report, split, s["name"], "all", metric) for s in report["systems"]]
        if any(found):
            cells = [short(f["value"]) if f and metric in NO_INTERVAL else with_interval(f) for f in found]
            table.add_row(label, *cells)
    return table


_SLICE_COLUMNS = ("quote@1", "quote@3", "passage@1", "f1", "sides", "answered", "abstention_recall")


def slices_table(report: Report, split: str) -> Table:
    """Ours by language, kind and side."""
    table = Table(title=f"Réplique by slice: {split}", title_justify="left")
    table.add_column("slice", no_wrap=True)
    table.add_column("n", justify="right")
    for metric in _SLICE_COLUMNS:
        table.add_column(METRICS[metric], justify="right", no_wrap=True)
    for part, figures in report["aggregates"][split].get(OURS, {}).items():
        found = [figures.get(metric) for metric in _SLICE_COLUMNS]
        cells = [short(one["value"]) if one else "" for one in found]
        table.add_row(part, str(figures["risk_area"]["n"]), *cells)
    return table


# --- README ---------------------------------------------------------------------------------------


def markdown_table(report: Report) -> str:
    """The README's table, from a report or a baseline: the headline split, every system."""
    split = report["headline"]
    rows = [["", *(column for column, _, _ in README_COLUMNS)]]
    rows.append(["---", *("---:" for _ in README_COLUMNS)])
    for system in report["systems"]:
        cells = [figure(report, split, system["name"], part, metric) for _, part, metric in README_COLUMNS]
        rows.append([system["label"], *(short(cell["value"]) if cell else "" for cell in cells)])
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    first = figure(report, split, OURS, "all", "quote@1")
    about = report["dataset"]
    count = f"{about['splits'].get(split, 0)} of {about['questions']} questions"
    note = f"Split `{split}`: {count}, in {about['families']} families in all"
    if first:
        note += f"; interval of Réplique's quote@1, both languages: {with_interval(first)}"
    return "\n".join([*lines, "", f"{note}."])


def in_readme(text: str, table: str) -> str:
    """A README with the table between its markers.

    Raises:
        InputError: it has no markers.
    """
    opening, closing = MARKERS
    before, opened, rest = text.partition(opening)
    _, closed, after = rest.partition(closing)
    if not (opened and closed):
        raise InputError("report_unmarked", opening=opening, closing=closing)
    return f"{before}{opening}\n{table}\n{closing}{after}"

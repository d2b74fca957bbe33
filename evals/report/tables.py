"""A report of the answers as tables: for the terminal, and for the documentation."""

from __future__ import annotations

from collections.abc import Iterator

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


def markdown_table(report: Report, debates: Report) -> str:
    """The README's table, from reports or baselines: the headline split of each, every system."""
    rows = [["", *(column for column, _, _ in README_COLUMNS)]]
    rows.append(["---", *("---:" for _ in README_COLUMNS)])
    rows += [*_rows(report, ""), *_rows(debates, "debates: ")]
    about, told = report["dataset"], debates["dataset"]
    split = report["headline"]
    notes = (
        f"Split `{split}`: {about['splits'].get(split, 0)} of {about['questions']} questions, in "
        f"{about['families']} families in all{_interval(report)}.",
        f"Two short documents hide what fails: *debates* are {told['questions']} questions on "
        f"{told['families']} invented ones that nothing was fitted on, many made to mislead"
        f"{_interval(debates)}.",
    )
    return "\n".join([*("| " + " | ".join(row) + " |" for row in rows), "", *notes])


def _rows(report: Report, before: str) -> Iterator[list[str]]:
    for system in report["systems"]:
        found = [
            figure(report, report["headline"], system["name"], part, metric)
            for _, part, metric in README_COLUMNS
        ]
        yield [before + system["label"], *(short(cell["value"]) if cell else "" for cell in found)]


def _interval(report: Report) -> str:
    first = figure(report, report["headline"], OURS, "all", "quote@1")
    return f"; interval of Réplique's quote@1, both languages: {with_interval(first)}" if first else ""


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

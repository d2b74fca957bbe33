"""What a report says: tables for the terminal and the README, the baseline, what changed."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.table import Table

from rag.errors import InputError

BASELINE = Path(__file__).resolve().parent / "baseline.json"
OURS = "ours"
METRICS = {
    "quote@1": "quote@1",
    "quote@3": "quote@3",
    "passage@1": "passage@1",
    "passage@5": "passage@5",
    "passage@10": "passage@10",
    "mrr": "MRR@10",
    "ndcg@10": "nDCG@10",
    "precision": "characters: precision",
    "recall": "characters: recall",
    "f1": "characters: F1",
    "length_ratio": "length of a right quote",
    "sides": "every side quoted",
    "sides_right": "every side quoted right",
    "verbatim": "verbatim",
    "answered": "answered when answerable",
    "abstention_recall": "silent when it should be",
    "abstention_precision": "silence is right",
    "balanced_accuracy": "abstention: balanced accuracy",
    "auc": "abstention: AUC",
    "risk_area": "area under risk-coverage",
    "ece": "calibration error",
    "ms_p50": "milliseconds: median",
    "ms_p95": "milliseconds: 95 %",
    "ms_p99": "milliseconds: 99 %",
}
"""What figures are called, in the order of the tables."""
HEADLINE = ("quote@1", "quote@3", "mrr", "sides", "balanced_accuracy", "verbatim")
"""What must not fall; higher is better."""
NO_INTERVAL = frozenset({"ms_p50", "ms_p95", "ms_p99"})
KEPT = (*HEADLINE, "passage@1", "passage@5", "ndcg@10", "f1", "length_ratio", "auc")
"""What the baseline keeps."""
KEPT_BY_LANGUAGE = ("quote@1", "quote@3")
"""What it keeps for French and for English."""
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

Report = Mapping[str, Any]


def load_report(file: Path) -> dict[str, Any]:
    """Read a report or a baseline.

    Raises:
        InputError: it cannot be read or is not one.
    """
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        if not isinstance(data, dict) or "aggregates" not in data:
            raise InputError("not_a_report", file=file)
        return data
    except OSError as error:
        raise InputError("not_read", file=file, reason=error.strerror) from None
    except ValueError:
        raise InputError("report_not_json", file=file) from None


def figure(report: Report, split: str, system: str, part: str, metric: str) -> dict[str, Any] | None:
    """One figure of a report with its interval; ``None`` where there is none."""
    found: dict[str, Any] | None = (
        report["aggregates"].get(split, {}).get(system, {}).get(part, {}).get(metric)
    )
    return found


def short(value: float) -> str:
    """A figure in few characters: ``.85``, ``1.00``, ``-.02``, ``12.3``."""
    text = f"{value:.2f}" if abs(value) < 10 else f"{value:.1f}"
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text


def with_interval(found: Mapping[str, Any] | None) -> str:
    """``.85 [.79, .91]``; nothing where there is no figure."""
    if found is None:
        return ""
    return f"{short(found['value'])} [{short(found['low'])}, {short(found['high'])}]"


# --- terminal -------------------------------------------------------------------------------------


def tables(report: Report) -> list[Table]:
    """Every system side by side for each split, then ours by slice."""
    made = []
    for split in report["aggregates"]:
        made += [_systems_table(report, split), _slices_table(report, split)]
    return made


def _systems_table(report: Report, split: str) -> Table:
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


def _slices_table(report: Report, split: str) -> Table:
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


# --- baseline -------------------------------------------------------------------------------------


def baseline(report: Report) -> dict[str, Any]:
    """What is kept of a report to compare later ones with: figures, hashes, versions; no questions."""
    wanted = {"all": KEPT, "lang:fr": KEPT_BY_LANGUAGE, "lang:en": KEPT_BY_LANGUAGE}
    names = ("format", "created", "dataset", "headline", "corpus", "versions", "systems")
    figures = {
        split: {
            system: {
                part: {metric: found[metric] for metric in kept if metric in found}
                for part, kept in wanted.items()
                if (found := parts.get(part))
            }
            for system, parts in systems.items()
        }
        for split, systems in report["aggregates"].items()
    }
    return {**{name: report[name] for name in names}, "aggregates": figures}


_FIGURE = re.compile(r'\{\s+"value": [^{}"]+,\s+"low": [^{}"]+,\s+"high": [^{}"]+,\s+"n": [^{}"]+\}')


def _on_one_line(found: re.Match[str]) -> str:
    return re.sub(r"\s*\n\s*", " ", found.group()).replace("{ ", "{").replace(" }", "}")


def write_json(file: Path, data: object) -> None:
    """Write JSON as people can read it, whole or not at all."""
    written = file.with_name(file.name + ".part")
    text = _FIGURE.sub(_on_one_line, json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False))
    written.write_text(text + "\n", encoding="utf-8")
    written.replace(file)


def failures(report: Report, base: Report) -> list[str]:
    """Why a report is worse than a baseline, one line each; none when it is not.

    A headline figure of ours may be below the baseline's by half the width of the baseline's interval.
    """
    for name, what in (("corpus", "corpus"), ("dataset", "question set")):
        if report[name].get("sha256") != base[name].get("sha256"):
            return [f"the baseline was measured on another {what}: run `python -m evals --write-baseline`"]
    if report["dataset"].get("limit") is not None:
        return ["only a sample was asked: run without --limit"]
    found = []
    split = base["headline"]
    for metric in HEADLINE:
        before, now = (figure(r, split, OURS, "all", metric) for r in (base, report))
        if before is None:
            continue
        allowed = before["value"] - (before["high"] - before["low"]) / 2
        if now is None or now["value"] < allowed - 1e-9:
            value = "missing" if now is None else f"{now['value']:.3f}"
            found.append(
                f"{METRICS[metric]} ({split}): {value}, baseline {before['value']:.3f}, "
                f"at least {allowed:.3f} is wanted"
            )
    return found


# --- comparison -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Change:
    """What changed for one question; each value before and now, by name."""

    id: str
    question: str
    split: str
    values: Mapping[str, tuple[float | None, float | None]]

    @property
    def is_worse(self) -> bool:
        """Whether the values fell, taken together."""
        return sum((now or 0) - (before or 0) for before, now in self.values.values()) < 0


COMPARED = ("quote@1", "quote@3", "passage@1", "sides", "answered", "silent", "verbatim")


def compare(old: Report, new: Report) -> list[Change]:
    """Questions of both reports that Réplique answers otherwise, the worse ones first."""
    before = {entry["id"]: entry for entry in old.get("questions", ())}
    found = []
    for entry in new["questions"]:
        if entry["id"] not in before:
            continue
        then, now = (_values(e) for e in (before[entry["id"]], entry))
        values = {n: (then.get(n), now.get(n)) for n in COMPARED if then.get(n) != now.get(n)}
        if values:
            found.append(Change(entry["id"], entry["question"], entry["split"], values))
    return sorted(found, key=lambda change: (not change.is_worse, change.id))


def _values(entry: Mapping[str, Any]) -> Mapping[str, float]:
    found: Mapping[str, float] = entry["results"].get(OURS, {}).get("values", {})
    return found


def comparison_lines(old: Report, new: Report) -> list[str]:
    """The comparison for the terminal: headline figures, then question by question."""
    lines = []
    for split in new["aggregates"]:
        for metric in HEADLINE:
            before, now = (figure(r, split, OURS, "all", metric) for r in (old, new))
            if before and now:
                gap = now["value"] - before["value"]
                lines.append(
                    f"{split} {METRICS[metric]}: {before['value']:.3f} → {now['value']:.3f} ({gap:+.3f})"
                )
    changes = compare(old, new)
    worse = sum(change.is_worse for change in changes)
    lines.append(f"{len(changes)} questions changed: {worse} worse, {len(changes) - worse} better or other")
    for change in changes:
        moved = ", ".join(f"{name} {_said(b)} → {_said(n)}" for name, (b, n) in change.values.items())
        lines.append(
            f"{'-' if change.is_worse else '+'} {change.id} [{change.split}] {moved}: {change.question}"
        )
    return lines


def _said(value: float | None) -> str:
    return "none" if value is None else f"{value:g}"


def misses(report: Report, split: str) -> Sequence[Mapping[str, Any]]:
    """Questions of a split that Réplique got wrong: wrong first quote, wrong silence, a side missing."""
    return [q for q in report["questions"] if q["split"] == split and reasons(q)]


def reasons(entry: Mapping[str, Any]) -> list[str]:
    """What is wrong with Réplique's result for a question; nothing when it is right."""
    values, found = _values(entry), []
    if values.get("answered") == 0:
        found.append("silent, though the sources say")
    elif values.get("quote@1") == 0:
        found.append("right in the first three" if values.get("quote@3") == 1 else "wrong quotes")
    if values.get("silent") == 0:
        found.append("answered, though the sources do not say")
    if values.get("sides") == 0 and values.get("answered") != 0:
        found.append("a side is missing")
    if values.get("verbatim", 1) < 1:
        found.append("a quote is not verbatim")
    return found

"""What a report is held against: the baseline that is kept, or another report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.report.figures import METRICS, OURS, Report, figure, values_of

BASELINE = Path(__file__).resolve().parent.parent / "baseline.json"
DEBATES = BASELINE.with_name("debates.json")
"""The same of the debates of the part ``report``."""
HEADLINE = ("quote@1", "quote@3", "mrr", "sides", "balanced_accuracy", "verbatim")
"""What must not fall; higher is better."""
KEPT = (*HEADLINE, "passage@1", "passage@5", "ndcg@10", "f1", "length_ratio", "auc")
"""What the baseline keeps."""
KEPT_BY_LANGUAGE = ("quote@1", "quote@3")
"""What it keeps for French and for English."""


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
    return {**{name: report[name] for name in names if name in report}, "aggregates": figures}


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
        then, now = (values_of(e) for e in (before[entry["id"]], entry))
        values = {n: (then.get(n), now.get(n)) for n in COMPARED if then.get(n) != now.get(n)}
        if values:
            found.append(Change(entry["id"], entry["question"], entry["split"], values))
    return sorted(found, key=lambda change: (not change.is_worse, change.id))


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

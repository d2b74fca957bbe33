"""What the report of growth falls short of: promises that do not depend on the machine."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from evals.report.scale import GROUPS, Report, Row, at, over

FROM = 100_000
"""Sentences from which on the promises hold: of a small store, most is what any store has."""
MOST_LOST = 60
"""Seconds of work that a kill may cost."""
MOST = {
    ("the store", "times the text"): 12,
    ("two sentences added", "MB given to the disk"): 5,
    ("indexing", "peak memory, MB"): 1500,
    ("a page that has answered", "peak memory, MB"): 1000,
    ("a cold command", "ratio"): 1.5,
}
MOST_SLOWER = 10
"""A question at the largest size, in times that at the smallest."""


def failures(report: dict[str, Any]) -> list[str]:
    """Why not all was measured, and promises that are not kept."""
    found = [report["stopped"]] if report["stopped"] else []
    for row in report["sizes"]:
        found += [f"{row['size']:,} sentences: {name}" for name in _wrong(row.get("change", {}))]
    if report["killed"].get("lost_s", 0) > MOST_LOST:
        found.append(f"{report['killed']['lost_s']:.0f} s of work lost by a kill, {MOST_LOST} at most")
    if report["sizes"] and report["sizes"][-1]["size"] >= FROM:
        found += _unkept(report, report["sizes"][-1])
    return [f"scale: {line}" for line in found]


def _wrong(change: Row) -> Iterator[str]:
    """Changes after which the answer was not what the documents say."""
    for name, told in change.items():
        if isinstance(told, dict) and told["answers"] != (name in ("added", "altered")):
            yield f"after the change `{name}`, the answer is not what the documents say"


def _unkept(report: Report, last: Row) -> Iterator[str]:
    slower = over(at(last, "ask", "answer_p50_ms"), at(report["sizes"][0], "ask", "answer_p50_ms"))
    measured = [
        ((group, name), GROUPS[group][name](report, last), most) for (group, name), most in MOST.items()
    ]
    for told, value, most in [*measured, (("a question", "times the smallest"), slower, MOST_SLOWER)]:
        if value is not None and value > most:
            yield f"{': '.join(told)}: {value:.2f}, {most} at most"

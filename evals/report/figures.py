"""A report of the answers on disk, and the figures in it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rag.errors import InputError

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
    "intruding": "a side with nothing to say quoted",
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
NO_INTERVAL = frozenset({"ms_p50", "ms_p95", "ms_p99"})

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


_FIGURE = re.compile(r'\{\s+"value": [^{}"]+,\s+"low": [^{}"]+,\s+"high": [^{}"]+,\s+"n": [^{}"]+\}')


def _on_one_line(found: re.Match[str]) -> str:
    return re.sub(r"\s*\n\s*", " ", found.group()).replace("{ ", "{").replace(" }", "}")


def write_json(file: Path, data: object) -> None:
    """Write JSON as people can read it, whole or not at all."""
    written = file.with_name(file.name + ".part")
    text = _FIGURE.sub(_on_one_line, json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False))
    written.write_text(text + "\n", encoding="utf-8")
    written.replace(file)


def values_of(entry: Mapping[str, Any]) -> Mapping[str, float]:
    """Réplique's values for a question of a report."""
    found: Mapping[str, float] = entry["results"].get(OURS, {}).get("values", {})
    return found


def misses(report: Report, split: str) -> Sequence[Mapping[str, Any]]:
    """Questions of a split that Réplique got wrong: wrong first quote, wrong silence, a side missing."""
    return [q for q in report["questions"] if q["split"] == split and reasons(q)]


def reasons(entry: Mapping[str, Any]) -> list[str]:
    """What is wrong with Réplique's result for a question; nothing when it is right."""
    values, found = values_of(entry), []
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

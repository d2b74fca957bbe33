"""The page's view of the last report of the evaluation suite. Pure but for reading that one file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rag.catalogue import date, say
from rag.types import Language
from rag.ui.html import escape

REPORT = Path("report.json")
"""Where ``replique eval`` leaves its report when it is not told otherwise: in the working folder."""
OURS = "ours"
SYSTEMS = ("bm25", "encoder", "fusion", "llamaindex")
"""Systems that the catalogue names; others are called as the report calls them."""
MEASURES = (
    "quote@1",
    "quote@3",
    "passage@1",
    "passage@5",
    "mrr",
    "sides",
    "balanced_accuracy",
    "verbatim",
)
"""What is shown, in this order, where the report has it."""


def report_html(file: Path, lang: Language) -> str:
    """The figures of a ``report.json`` as HTML, escaped; what to do where there is none.

    Args:
        file: the report that ``replique eval`` wrote.
        lang: language of the words around.
    """
    try:
        report = json.loads(file.read_text(encoding="utf-8"))
        body = _report(report, lang)
    except FileNotFoundError:
        body = _nothing("report_none", lang)
    except (OSError, ValueError, LookupError, TypeError, AttributeError):  # not a report, or another's
        body = _nothing("report_unreadable", lang)
    title = f'<h2 tabindex="-1">{escape(say("view_evaluation", lang))}</h2>'
    return f'<section class="report" lang="{lang}">{title}{body}</section>'


def _nothing(key: str, lang: Language) -> str:
    opening, _, closing = say(key, lang, command="\0").partition("\0")
    return f'<p class="empty">{escape(opening)}<code>replique eval</code>{escape(closing)}</p>'


def _report(report: Mapping[str, Any], lang: Language) -> str:
    splits = sorted(report["aggregates"], key=lambda split: split != report["headline"])
    return _about(report, lang) + "".join(_split(report, split, lang) for split in splits)


def _about(report: Mapping[str, Any], lang: Language) -> str:
    dataset, created = report["dataset"], str(report["created"])
    asked = say(
        "report_asked",
        lang,
        count=int(dataset["questions"]),
        families=int(dataset["families"]),
        name=dataset["name"],
        date=date(created[:10], lang),
        time=created[11:16],
    )
    if dataset.get("limit") is not None:
        asked += " " + say("report_sample", lang)
    corpus = say("report_corpus", lang, sha256=str(report["corpus"]["sha256"])[:12])
    return f"<p>{escape(asked)}</p><p>{escape(corpus)}</p>"


def _split(report: Mapping[str, Any], split: str, lang: Language) -> str:
    """One table: what is measured down, the systems across, the best of each line marked."""
    systems, figures = report["systems"], report["aggregates"][split]
    count = report["dataset"]["splits"].get(split, 0)
    caption = escape(say("report_split", lang, split=split, count=count))
    head = "".join(f'<th scope="col">{escape(_label(system, lang))}</th>' for system in systems)
    rows = ""
    for measure in MEASURES:
        cells = [figures.get(system["name"], {}).get("all", {}).get(measure) for system in systems]
        if any(cells):
            name = escape(say(f"measure_{measure}", lang))
            rows += f'<tr><th scope="row">{name}</th>{_cells(cells, lang)}</tr>'
    return (
        f'<div class="wide" tabindex="0" role="region" aria-label="{caption}"><table>'
        f"<caption>{caption}</caption>"
        f'<thead><tr><th scope="col">{escape(say("report_measure", lang))}</th>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _cells(cells: list[Mapping[str, Any] | None], lang: Language) -> str:
    best = max(float(cell["value"]) for cell in cells if cell)
    return "".join(
        f'<td class="best">{_figure(cell, lang)}</td>'
        if cell and float(cell["value"]) == best
        else f"<td>{_figure(cell, lang) if cell else ''}</td>"
        for cell in cells
    )


def _label(system: Mapping[str, str], lang: Language) -> str:
    name = str(system["name"])
    return say(f"system_{name}", lang) if name in SYSTEMS else str(system["label"])


def _figure(cell: Mapping[str, Any], lang: Language) -> str:
    value, low, high = (_number(float(cell[name]), lang) for name in ("value", "low", "high"))
    return f'{value} <span class="interval">[{low} – {high}]</span>'


def _number(value: float, lang: Language) -> str:
    return f"{value:.2f}".replace(".", "," if lang == "fr" else ".")

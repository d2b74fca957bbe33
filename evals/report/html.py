"""The report as one page of HTML that needs nothing else: tables, plots, every miss."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from evals.report.figures import (
    METRICS,
    NO_INTERVAL,
    OURS,
    Report,
    figure,
    misses,
    reasons,
    short,
    with_interval,
)

COLOURS = ("#1f5fa8", "#b35900", "#4b7a1e", "#8a3b8f", "#5c5c5c")
PLOTTED = ("quote@1", "quote@3", "passage@1", "mrr", "f1", "sides", "auc")
STYLE = """
:root { color-scheme: light dark }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem }
h1, h2, h3 { line-height: 1.2 } h2 { margin-top: 2.5rem }
.scroll { overflow-x: auto }
table { border-collapse: collapse; font-size: .875rem; font-variant-numeric: tabular-nums }
th, td { padding: .3rem .6rem; border-bottom: 1px solid #8886; text-align: right; white-space: nowrap }
th:first-child { text-align: left } caption { text-align: left; padding-bottom: .4rem }
svg { max-width: 100%; height: auto } svg text { fill: currentColor; font: 12px system-ui, sans-serif }
.axis { stroke: currentColor; stroke-opacity: .4 } .whisker { stroke: currentColor; stroke-width: 1.5 }
figure { margin: 1rem 0 } .plots { display: flex; flex-wrap: wrap; gap: 2rem }
article { border-top: 1px solid #8886; padding: .6rem 0 }
article h4 { margin: 0 } .why { font-weight: 600 } .id { font-weight: 400; opacity: .75 }
blockquote { margin: .3rem 0 .3rem 1rem; padding-left: .8rem; border-left: 3px solid #8886 }
"""


def html_page(report: Report) -> str:
    """The whole page; everything that comes from the report is escaped."""
    name, about = report["dataset"]["name"], report["dataset"]
    parts = [_section(report, split) for split in report["aggregates"]]
    limited = " (a sample)" if about.get("limit") is not None else ""
    ratio = report.get("cost_ratio")
    cost = f" An answer takes {ratio} times as long as plain fusion, in the same run." if ratio else ""
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Réplique: evaluation, {escape(name)}</title><style>{STYLE}</style></head><body><main>"
        f"<h1>Réplique: evaluation, {escape(name)}</h1>"
        f"<p>{about['questions']} questions{limited} in {about['families']} families, asked on "
        f"{escape(report['created'])} in {report.get('seconds', '?')} s. Intervals: 95 %, "
        f"families resampled.{cost}</p>"
        f"{''.join(parts)}{_definitions()}{_provenance(report)}</main></body></html>\n"
    )


def _section(report: Report, split: str) -> str:
    curves = report["curves"].get(split, {})
    plots = "".join([_bars(report, split), _risk_plot(report, curves), _reliability_plot(curves)])
    return (
        f"<section><h2>{escape(split)}</h2>{_systems(report, split)}"
        f'<div class="plots">{plots}</div>{_slices(report, split)}{_misses(report, split)}</section>'
    )


# --- tables ---------------------------------------------------------------------------------------


def _table(caption: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    top = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
    body = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>'
        + "".join(f"<td>{escape(cell)}</td>" for cell in row[1:])
        + "</tr>"
        for row in rows
    )
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(caption)}"><table>'
        f"<caption>{escape(caption)}</caption><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _systems(report: Report, split: str) -> str:
    systems = report["systems"]
    rows = []
    for metric, label in METRICS.items():
        found = [figure(report, split, s["name"], "all", metric) for s in systems]
        if any(found):
            cells = [short(f["value"]) if f and metric in NO_INTERVAL else with_interval(f) for f in found]
            rows.append([label, *cells])
    return _table(f"All systems, {split}", ["measure", *(s["label"] for s in systems)], rows)


def _slices(report: Report, split: str) -> str:
    names = ("quote@1", "quote@3", "passage@1", "mrr", "f1", "sides", "answered", "abstention_recall")
    own = report["aggregates"][split].get(OURS, {})
    rows = [
        [part, str(figures["risk_area"]["n"]), *(with_interval(figures.get(name)) for name in names)]
        for part, figures in own.items()
    ]
    return (
        f"<h3>By slice</h3>{_table(f'Réplique, {split}', ['slice', 'n', *(METRICS[n] for n in names)], rows)}"
    )


# --- plots ----------------------------------------------------------------------------------------


def _svg(width: int, height: int, title: str, body: str) -> str:
    return (
        f'<figure><figcaption>{escape(title)}</figcaption><svg viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" role="img" aria-label="{escape(title)}">{body}</svg></figure>'
    )


def _bars(report: Report, split: str) -> str:
    """A group of bars for each measure, a bar with its interval for each system."""
    left, top, tall, thick = 40, 40, 220, 16
    body = "".join(
        f'<line class="axis" x1="{left}" x2="900" y1="{y:.1f}" y2="{y:.1f}"/>'
        f'<text x="{left - 6}" y="{y + 4:.1f}" text-anchor="end">{share / 4:g}</text>'
        for share in range(5)
        for y in [top + tall * (1 - share / 4)]
    )
    x = left + 12.0
    for metric in PLOTTED:
        found = [figure(report, split, s["name"], "all", metric) for s in report["systems"]]
        if not any(found):
            continue
        middle = x + thick * len(found) / 2
        body += f'<text x="{middle:.1f}" y="{top + tall + 18}" text-anchor="middle">{escape(metric)}</text>'
        for number, one in enumerate(found):
            if one:
                body += _bar(one, x + number * thick, thick, top, tall, COLOURS[number % len(COLOURS)])
        x += thick * len(found) + 34
    return _svg(910, top + tall + 30, f"Figures by system, {split}", body + _legend(report, left, 16))


def _bar(found: Mapping[str, Any], x: float, thick: int, top: int, tall: int, colour: str) -> str:
    value, low, high = (top + tall * (1 - min(found[name], 1.0)) for name in ("value", "low", "high"))
    centre = x + thick / 2 - 1
    return (
        f'<rect x="{x:.1f}" y="{value:.1f}" width="{thick - 2}" height="{top + tall - value:.1f}" '
        f'fill="{colour}"><title>{escape(with_interval(found))}</title></rect>'
        f'<line class="whisker" x1="{centre:.1f}" x2="{centre:.1f}" y1="{low:.1f}" y2="{high:.1f}"/>'
    )


def _legend(report: Report, x: float, y: float) -> str:
    body = ""
    for number, system in enumerate(report["systems"]):
        colour = COLOURS[number % len(COLOURS)]
        body += f'<rect x="{x}" y="{y - 10}" width="12" height="12" fill="{colour}"/>'
        body += f'<text x="{x + 17}" y="{y}">{escape(system["label"])}</text>'
        x += 40 + 7.5 * len(system["label"])
    return body


def _frame(x_label: str, y_label: str) -> str:
    """Axes of a square plot from 0 to 1, at (50, 20), 260 wide."""
    ticks = "".join(
        f'<text x="{50 + 260 * t:.0f}" y="296" text-anchor="middle">{t:g}</text>'
        f'<text x="44" y="{284 - 260 * t:.0f}" text-anchor="end">{t:g}</text>'
        for t in (0, 0.25, 0.5, 0.75, 1)
    )
    return (
        '<line class="axis" x1="50" y1="280" x2="310" y2="280"/>'
        '<line class="axis" x1="50" y1="20" x2="50" y2="280"/>'
        f'{ticks}<text x="180" y="316" text-anchor="middle">{escape(x_label)}</text>'
        f'<text x="12" y="150" text-anchor="middle" transform="rotate(-90 12 150)">{escape(y_label)}</text>'
    )


def _line(points: Iterable[Sequence[float]], colour: str, more: str = "") -> str:
    drawn = " ".join(f"{50 + 260 * x:.1f},{280 - 260 * y:.1f}" for x, y in points)
    return f'<polyline points="{drawn}" fill="none" stroke="{colour}" stroke-width="2" {more}/>'


def _risk_plot(report: Report, curves: Mapping[str, Any]) -> str:
    body = _frame("share of questions answered", "share of those answered wrongly")
    for number, system in enumerate(report["systems"]):
        points = curves.get(system["name"], {}).get("risk_coverage", [])
        step = max(1, len(points) // 200)
        body += _line(points[::step], COLOURS[number % len(COLOURS)])
        y = 34 + 16 * number
        colour = COLOURS[number % len(COLOURS)]
        body += f'<rect x="330" y="{y - 10}" width="12" height="12" fill="{colour}"/>'
        body += f'<text x="347" y="{y}">{escape(system["label"])}</text>'
    return _svg(480, 325, "Risk and coverage, the surest answers first", body)


def _reliability_plot(curves: Mapping[str, Any]) -> str:
    bins = curves.get(OURS, {}).get("reliability", [])
    if not bins:
        return ""
    body = _frame("confidence", "share answerable")
    body += _line([(0, 0), (1, 1)], "currentColor", 'stroke-dasharray="4 4" stroke-opacity=".5"')
    body += _line([(b["confidence"], b["answerable"]) for b in bins], COLOURS[0])
    for b in bins:
        x, y = 50 + 260 * b["confidence"], 280 - 260 * b["answerable"]
        radius = 3 + min(9, b["n"] ** 0.5)
        body += (
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{COLOURS[0]}" fill-opacity=".6">'
            f"<title>{b['n']} questions</title></circle>"
        )
    return _svg(330, 325, "Reliability of Réplique's confidence", body)


# --- misses ---------------------------------------------------------------------------------------


def _misses(report: Report, split: str) -> str:
    found = misses(report, split)
    return (
        f"<h3>Misses</h3><details><summary>{len(found)} questions of {escape(split)} with something wrong"
        f"</summary>{''.join(map(_miss, found))}</details>"
    )


def _miss(entry: Mapping[str, Any]) -> str:
    result = entry["results"][OURS]
    history = "".join(f"<p>Asked before: {escape(text)}</p>" for text in entry["history"])
    quoted = "".join(map(_quote, result["quotes"][:3])) or "<p>nothing</p>"
    wanted = "".join(map(_quote, entry["gold"])) or "<p>nothing: the sources do not say</p>"
    confidence = result["values"].get("confidence", 0.0)
    marks = " · ".join(x for x in (entry["id"], entry["lang"], entry["kind"], f"{confidence:.2f}") if x)
    return (
        f'<article><h4>{escape(entry["question"])} <span class="id">{escape(marks)}</span></h4>{history}'
        f'<p class="why">{escape("; ".join(reasons(entry)))}</p>'
        f"<p>Quoted:</p>{quoted}<p>Wanted:</p>{wanted}</article>"
    )


def _quote(given: Mapping[str, Any]) -> str:
    place = f"{given['source']} {given['start']}:{given['end']}"
    return f"<blockquote>{escape(given['text'] or '…')} <small>{escape(place)}</small></blockquote>"


# --- notes ----------------------------------------------------------------------------------------

DEFINITIONS = (
    ("quote@k", "one of the first k quotes holds a gold slice, up to two characters of closing punctuation; "
     "nothing quoted counts 0"),
    ("passage@k, MRR@10, nDCG@10", "over the passages that each system can find; relevant are those that "
     "hold a gold slice"),
    ("characters", "those of the first three quotes together, against the gold slice that gives the best F1"),
    ("length of a right quote", "median length of a first quote that is right, over the gold slice it holds"),
    ("every side quoted", "of questions that several sides speak to: a quote of each, anywhere in the "
     "answer; right: a right one"),
    ("abstention", "balanced accuracy: mean of the shares of answerable questions answered and of others met "
     "with silence. AUC: how often an answerable question gets the higher score"),
    ("risk and coverage", "questions answered from the surest on; wrong is a first quote without gold, and "
     "any answer where the sources do not say"),
    ("calibration error", "mean distance, over ten bins, of confidence and the share that is answerable"),
    ("quotes of the others", "the first three sentences by the same scores; of stock LlamaIndex, its chunks"),
)  # fmt: skip


def _definitions() -> str:
    terms = "".join(f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>" for name, text in DEFINITIONS)
    return f"<section><h2>What is measured</h2><dl>{terms}</dl></section>"


def _provenance(report: Report) -> str:
    rows = [[name, version] for name, version in report["versions"].items()]
    rows += [["corpus, SHA-256", report["corpus"]["sha256"]]]
    if report["dataset"].get("sha256"):
        rows += [["questions, SHA-256", report["dataset"]["sha256"]]]
    return f"<section><h2>Provenance</h2>{_table('Versions and hashes', ['of', 'is'], rows)}</section>"

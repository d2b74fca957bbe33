"""Run the evaluation suite: ``python -m evals``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

from evals import grounded, verification
from evals.page import html_page
from evals.report import (
    BASELINE,
    baseline,
    comparison_lines,
    failures,
    in_readme,
    load_report,
    markdown_table,
    tables,
    write_json,
)
from evals.run import Dataset, Progress, evaluate, shipped_set, squad_set
from rag.errors import RepliqueError

WIDTH = 160
"""Of the tables where standard output is no terminal, in characters."""


def parser() -> argparse.ArgumentParser:
    """The options."""
    made = argparse.ArgumentParser(
        prog="python -m evals",
        description="Ask the question set, or a reading set, of Réplique and of plainer systems; print their "
        "figures side by side; write report.json and report.html.",
        epilog="Exit codes: 0 done, 1 a figure fell or something failed, 2 bad usage.",
    )
    made.add_argument("--output", type=Path, default=Path(), metavar="DIR", help="folder of the report [.]")
    made.add_argument("--limit", type=_positive, metavar="N", help="ask only N questions, drawn with a seed")
    made.add_argument("--squad", type=Path, metavar="FILE", help="ask a reading set in SQuAD format instead")
    made.add_argument(
        "--part",
        choices=("fit", "check", "report"),
        default="report",
        help="articles of the reading set; the ranker was fitted on `fit` of PIAF [report]",
    )
    made.add_argument("--compare", type=Path, metavar="OLD.json", help="say what changed since a report")
    made.add_argument("--check", type=Path, metavar="BASELINE", help="fail when a headline figure fell")
    made.add_argument(
        "--write-baseline",
        nargs="?",
        type=Path,
        const=BASELINE,
        metavar="FILE",
        help="keep the figures to check later runs against [evals/baseline.json]",
    )
    made.add_argument(
        "--mutations",
        action="store_true",
        help="check falsified and true quotes instead; write mutations.json; fail when a promise is broken",
    )
    made.add_argument(
        "--llm",
        action="store_true",
        help="ask with the language model of the settings and without instead; write grounded.json; fail "
        "when a promise is broken",
    )
    made.add_argument(
        "--speed",
        action="store_true",
        help="with --mutations: time a check on five megabytes too (some minutes)",
    )
    made.add_argument(
        "--readme",
        type=Path,
        metavar="README.md",
        help="ask nothing: write the table of evals/baseline.json between the markers of a file",
    )
    return made


def _positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"{text} is not 1 or more")
    return value


def main(arguments: Sequence[str] | None = None) -> int:
    """Run; returns the exit code."""
    made = parser()
    options = made.parse_args(arguments)
    if options.squad and (options.check or options.write_baseline):
        made.error("the baseline is of the question set: leave out --squad")
    if options.llm and (options.mutations or options.check or options.compare or options.write_baseline):
        made.error("--llm is a suite of its own: give it --output, --limit and --squad only")
    if options.mutations and (options.squad or options.check or options.compare or options.write_baseline):
        made.error("--mutations is a suite of its own: give it --output, --limit and --speed only")
    if options.limit and (options.check or options.write_baseline):
        made.error("the baseline is of the whole question set: leave out --limit")
    try:
        if options.readme:
            return _fill_readme(options.readme)
        if options.llm:
            return _ask_with_model(options)
        if options.mutations:
            return _check_quotes(options)
        return _run(options)
    except (RepliqueError, OSError) as error:
        print(f"evals: {error}", file=sys.stderr)
        return 1


def _fill_readme(file: Path) -> int:
    table = markdown_table(load_report(BASELINE))
    file.write_text(in_readme(file.read_text(encoding="utf-8"), table), encoding="utf-8")
    return 0


def _run(options: argparse.Namespace) -> int:
    old = load_report(options.compare) if options.compare else None  # it may be about to be replaced
    base = load_report(options.check) if options.check else None
    options.output.mkdir(parents=True, exist_ok=True)
    with _dataset(options) as dataset, _progress() as progress:
        report = evaluate(dataset, progress=progress)
    write_json(options.output / "report.json", report)
    (options.output / "report.html").write_text(html_page(report), encoding="utf-8")
    _show(report, old)
    print(f"{options.output / 'report.json'} and report.html written", file=sys.stderr)
    if options.write_baseline:
        write_json(options.write_baseline, baseline(report))
    fallen = failures(report, base) if base else []
    for line in fallen:
        print(f"evals: {line}", file=sys.stderr)
    return 1 if fallen else 0


def _check_quotes(options: argparse.Namespace) -> int:
    options.output.mkdir(parents=True, exist_ok=True)
    with _progress() as progress:
        report = verification.evaluate(progress, options.limit)
        if options.speed:
            report["speed"] = verification.speed(progress)
    verification.write(options.output / "mutations.json", report)
    console = Console(width=None if sys.stdout.isatty() else WIDTH)
    for table in verification.tables(report):
        console.print(table)
    if options.speed:
        console.print(verification.speed_in_words(report["speed"]), highlight=False)
    print(f"{options.output / 'mutations.json'} written", file=sys.stderr)
    broken = verification.failures(report)
    for line in broken:
        print(f"evals: {line}", file=sys.stderr)
    return 1 if broken else 0


def _ask_with_model(options: argparse.Namespace) -> int:
    options.output.mkdir(parents=True, exist_ok=True)
    with _dataset(options) as dataset, _progress() as progress:
        report = grounded.evaluate(dataset, progress=progress)
    write_json(options.output / "grounded.json", report)
    Console(width=None if sys.stdout.isatty() else WIDTH).print(grounded.table(report))
    print(f"{options.output / 'grounded.json'} written", file=sys.stderr)
    broken = grounded.failures(report)
    for line in broken:
        print(f"evals: {line}", file=sys.stderr)
    return 1 if broken else 0


def _dataset(options: argparse.Namespace) -> AbstractContextManager[Dataset]:
    if options.squad:
        return squad_set(options.squad, options.part, options.limit)
    return shipped_set(options.limit)


def _show(report: dict[str, Any], old: dict[str, Any] | None) -> None:
    console = Console(width=None if sys.stdout.isatty() else WIDTH)
    for table in tables(report):
        console.print(table)
    about = report["dataset"]
    console.print(
        f"{about['questions']} questions in {about['families']} families, {report['seconds']} s; an answer "
        f"takes {report['cost_ratio']} times as long as plain fusion",
        highlight=False,
    )
    for line in comparison_lines(old, report) if old else ():
        console.print(line, markup=False, highlight=False, soft_wrap=True)


@contextmanager
def _progress() -> Iterator[Progress]:
    """A progress bar on standard error."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("starting", total=None)

        def report(stage: str, done: int, total: int) -> None:
            bar.update(task, description=stage, completed=done, total=total)

        yield report


if __name__ == "__main__":
    sys.exit(main())

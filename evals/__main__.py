"""The evaluation suite as one command: ``python -m evals``.

Each command imports what it needs, so that help comes at once.
"""

from __future__ import annotations

import json
import signal
import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, Protocol

from rich.console import Console, RenderableType
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

from evals.options import NETWORKS, parse
from evals.report.baseline import BASELINE, DEBATES, baseline, comparison_lines
from evals.report.figures import load_report, write_json
from evals.sets.questions import Dataset, shipped_set
from evals.sets.squad import squad_set
from rag.errors import InputError, RepliqueError
from rag.types import Progress

WIDTH = 160
"""Of the tables where standard output is no terminal, in characters."""


class Suite(Protocol):
    """What each file of ``suites/`` that is a suite has, beside ``run``."""

    def tables(self, report: Any) -> Iterable[RenderableType]:
        """The report for the terminal."""

    def failures(self, report: Any) -> list[str]:
        """What falls short of what is promised, a line each."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run; returns the exit code."""
    options = parse(sys.argv[1:] if arguments is None else arguments)
    try:
        return _COMMANDS[options.command](options)
    except (RepliqueError, OSError) as error:
        print(f"evals: {error}", file=sys.stderr)
        return 1


# --- commands -------------------------------------------------------------------------------------


def _answers(options: Namespace) -> int:
    from evals.report.html import html_page
    from evals.suites import answers

    if options.readme:
        return _fill_readme(options.readme)
    old = load_report(options.compare) if options.compare else None  # it may be about to be replaced
    base = load_report(options.check) if options.check else None
    options.output.mkdir(parents=True, exist_ok=True)
    with _dataset(options) as dataset, _progress() as progress:
        report = answers.run(progress, dataset.of_headline() if options.headline else dataset)
    (options.output / "report.html").write_text(html_page(report), encoding="utf-8")
    _write(options.output / "report.json", report, " and report.html")
    _show([*answers.tables(report), *(comparison_lines(old, report) if old else ())])
    if options.write_baseline:
        write_json(options.write_baseline, baseline(report))
    return _code(answers.failures(report, base))


def _fill_readme(file: Path) -> int:
    from evals.report.tables import in_readme, markdown_table

    table = markdown_table(load_report(BASELINE), load_report(DEBATES))
    file.write_text(in_readme(file.read_text(encoding="utf-8"), table), encoding="utf-8")
    return 0


def _quotes(options: Namespace) -> int:
    from evals.suites import quotes

    options.output.mkdir(parents=True, exist_ok=True)
    with _progress() as progress:
        report = quotes.run(progress, options.limit, options.speed)
    _write(options.output / "mutations.json", report)
    return _told(quotes, report)


def _model(options: Namespace) -> int:
    from evals.suites import model

    options.output.mkdir(parents=True, exist_ok=True)
    with _dataset(options) as dataset, _progress() as progress:
        report = model.run(progress, dataset)
    _write(options.output / "grounded.json", report)
    return _told(model, report)


def _rebuttals(options: Namespace) -> int:
    from evals.suites import rebuttals

    with _progress() as progress:
        report = rebuttals.run(progress, options.part)
    return _told(rebuttals, report)


def _claims(options: Namespace) -> int:
    from evals.suites import claims

    with _progress() as progress:
        report = claims.run(progress, options.part)
    return _told(claims, report)


def _grades(options: Namespace) -> int:
    from evals.suites import grades

    with _progress() as progress:
        report = grades.run(progress, options.part)
    return _told(grades, report)


def _follow_ups(options: Namespace) -> int:
    from evals.suites import follow_ups

    with _progress() as progress:
        report = follow_ups.run(progress, options.part)
    return _told(follow_ups, report)


def _yes_no(options: Namespace) -> int:
    from evals.suites import yes_no

    with _progress() as progress:
        report = yes_no.run(progress, options.part)
    return _told(yes_no, report)


def _documents(options: Namespace) -> int:
    from evals.report.tables import in_readme
    from evals.suites import documents

    with _progress() as progress:
        report = documents.run(progress, options.limit, options.kind, options.keep)
    if options.write:
        text = options.write.read_text(encoding="utf-8")
        options.write.write_text(in_readme(text, documents.markdown(report)), encoding="utf-8")
    _show(documents.tables(report, options.faults))
    return _code(documents.failures(report))


def _statements(options: Namespace) -> int:
    from evals.suites import statements

    with _progress() as progress:
        report = statements.run(progress)
    _show([*statements.tables(report), *(report["misses"] if options.misses else ())])
    return _code(statements.failures(report))


def _highlights(options: Namespace) -> int:
    from evals.suites import highlights

    with _progress() as progress:
        report = highlights.run(progress, options.squad, options.part)
    return _told(highlights, report)


def _guess(options: Namespace) -> int:
    from evals.suites import guess

    with _progress() as progress:
        report = guess.run(progress)
    return _told(guess, report)


def _page(options: Namespace) -> int:
    from evals.suites import page

    with _progress() as progress:
        report = page.run(progress, options.questions, options.port)
    return _told(page, report)


def _debates(options: Namespace) -> int:
    from evals.suites import debates

    options.output.mkdir(parents=True, exist_ok=True)
    with _progress() as progress:
        report = debates.run(progress, options.part, options.limit)
    _write(options.output / "debates.json", report)
    if options.write_baseline:
        write_json(DEBATES, baseline(report))
    return _told(debates, report)


def _speed(options: Namespace) -> int:
    from evals.suites import speed

    with _progress() as progress:
        report = speed.run(progress)
    return _told(speed, report)


def _campaign(options: Namespace) -> int:
    from evals.campaign import campaign

    with _progress() as progress:
        report = campaign.run(progress, options.minutes, options.only, options.seed, options.doses)
    if options.write:
        campaign.write(report, options.write)
    return _told(campaign, report)


def _scale(options: Namespace) -> int:
    from evals.report.plot import plot
    from evals.report.scale import markdown
    from evals.report.tables import in_readme
    from evals.suites import scale

    numbers = {
        name: getattr(options, name) for name in ("documents", "length", "words", "questions", "stock")
    }
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # as Ctrl+C: no process is left behind
    with _progress() as progress, scale.kept(options.keep) as folder:
        report = scale.run(progress, scale.Plan(folder, **numbers))
    if options.json:
        _write(options.json, report)
    if options.write:
        picture = options.write.with_suffix(".svg")
        picture.write_text(plot(report), encoding="utf-8")
        text = options.write.read_text(encoding="utf-8")
        options.write.write_text(in_readme(text, markdown(report, picture.name)), encoding="utf-8")
    return _told(scale, report)


def _fit(options: Namespace) -> int:
    if options.file in NETWORKS:
        return _fit_network(options)
    from evals.fit import bearing, follow, grades, ranker, support

    options.output.mkdir(parents=True, exist_ok=True)
    if options.file == "ranker":
        print(json.dumps(ranker.run(options.piaf, options.output)))
    else:
        {"bearing": bearing, "follow": follow, "grades": grades, "support": support}[options.file].run(
            options.output
        )
    return 0


def _fit_network(options: Namespace) -> int:
    try:
        from evals.fit.network import run
        from evals.fit.network.claims import Inference
    except ImportError:
        raise InputError("fit_not_installed") from None
    sets = options.piaf, options.squad
    if options.file == "network":
        run.export(*sets, options.checkpoints, options.output)
        return 0
    folder, minutes = options.checkpoints / options.file, options.minutes or run.MINUTES[options.file]
    if options.file == "judge":
        run.fit_judge(*sets, Inference(options.nli, options.multinli, options.stsb), folder, minutes, _line)
    else:
        fit = {"encoder": run.fit_encoder, "reader": run.fit_reader}[options.file]
        fit(*sets, folder, minutes, _line)
    return 0


def _line(text: str) -> None:
    print(text, flush=True)


_COMMANDS = {
    "answers": _answers,
    "quotes": _quotes,
    "model": _model,
    "rebuttals": _rebuttals,
    "claims": _claims,
    "grades": _grades,
    "follow_ups": _follow_ups,
    "yes_no": _yes_no,
    "documents": _documents,
    "statements": _statements,
    "highlights": _highlights,
    "guess": _guess,
    "page": _page,
    "speed": _speed,
    "debates": _debates,
    "campaign": _campaign,
    "scale": _scale,
    "fit": _fit,
}


# --- what they share ------------------------------------------------------------------------------


def _dataset(options: Namespace) -> AbstractContextManager[Dataset]:
    if options.squad:
        return squad_set(options.squad, options.part, options.limit)
    return shipped_set(options.limit)


def _write(file: Path, report: dict[str, Any], others: str = "") -> None:
    write_json(file, report)
    print(f"{file}{others} written", file=sys.stderr)


def _told(suite: Suite, report: Any) -> int:
    """Show a report; returns the exit code."""
    _show(suite.tables(report))
    return _code(suite.failures(report))


def _show(lines: Iterable[RenderableType]) -> None:
    console = Console(width=None if sys.stdout.isatty() else WIDTH)
    for line in lines:
        console.print(line, markup=False, highlight=False, soft_wrap=isinstance(line, str))


def _code(failures: Sequence[str]) -> int:
    """Say what falls short; returns the exit code."""
    for line in failures:
        print(f"evals: {line}", file=sys.stderr)
    return 1 if failures else 0


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

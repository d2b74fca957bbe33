"""What all commands share: where the index is, what comes in, what goes out."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from rag.errors import InputError

if TYPE_CHECKING:
    from rag.api import Tools
    from rag.store import Index, SyncReport
    from rag.types import Progress


options: dict[str, Any] = {}
"""The global options of the command that runs."""

AsJson = Annotated[bool, typer.Option("--json", help="Give JSON, for scripts.")]
Lang = Annotated[Literal["fr", "en"] | None, typer.Option(help="Language of the words around the quotes.")]


def chosen() -> dict[str, Any]:
    """The settings that the global options give.

    Raises:
        InputError: they contradict each other.
    """
    given = {name: options.get(name) for name in ("corpus", "store", "debate")}
    if given["debate"] and (given["corpus"] or given["store"]):
        raise InputError("debate_and_corpus")
    return given


def given_index() -> Index:
    """The index of the settings, as it is."""
    from rag.settings import load_settings
    from rag.store import Index

    return Index(load_settings(**chosen()))


def ready_index() -> Index:
    """The index, made first where there is none; says when the corpus has changed since."""
    from rag.store import ensure, is_stale

    found = given_index()
    with progress_bar() as progress:
        report = ensure(found, progress)
    if report:
        warn(report)
        print(summary(report), file=sys.stderr)
    elif is_stale(found):
        print("the corpus has changed since it was indexed: run `replique index`", file=sys.stderr)
    return found


def ready_tools(llm: bool | None = False) -> Tools:
    """The tools over :func:`ready_index`; a model answers if ``llm`` is true, or ``None`` and one is set."""
    from rag.api import Tools, assistant_for

    return Tools(assistant_for(ready_index(), llm))


def summary(report: SyncReport) -> str:
    """What a sync did, in a line."""
    if not report.wrote and not report.kept:
        return f"nothing to do: {len(report.unchanged)} sources unchanged"
    named = {
        "added": report.added,
        "changed": report.changed,
        "removed": report.removed,
        "unchanged": report.unchanged,
        "kept as indexed before": report.kept,
    }
    counts = ", ".join(f"{len(ids)} {name}" for name, ids in named.items() if ids)
    return f"{counts} (everything anew: {report.rebuilt})" if report.rebuilt else counts


def warn(report: SyncReport) -> None:
    """Name the files that could not be read, and what must be said of how others were."""
    from rag.documents import printable
    from rag.quotes import remarks

    for error in report.skipped:
        print(f"skipped {error}", file=sys.stderr)
    for info in report.remarked:
        print(f"{printable(info.path)}: {' '.join(remarks(info, 'en'))}", file=sys.stderr)


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """A progress bar on a terminal; nothing elsewhere."""
    from rag.types import no_progress

    if not sys.stderr.isatty():
        yield no_progress
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    rate = TextColumn("{task.fields[rate]}", justify="right")
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        rate,
        TimeRemainingColumn(),
    )
    console = Console(file=sys.__stderr__)  # it moves the cursor
    with Bar(*columns, console=console, transient=True) as bar:
        tasks: dict[str, Any] = {}

        def report(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(_STAGES.get(stage, stage), total=total, rate="")
            speed = next(task.speed for task in bar.tasks if task.id == tasks[stage])
            bar.update(tasks[stage], completed=done, total=total, rate=f"{speed:,.0f}/s" if speed else "")

        yield report


_STAGES = {
    "wait": "waiting for another process that is indexing",
    "read": "reading documents",
    "embed": "embedding passages",
    "vectors": "indexing vectors",
    "merge": "joining small parts",
    "commit": "committing",
    "collect": "cleaning up",
    "brief_arguments": "finding the arguments",
    "brief_answers": "finding who answers what",
    "brief_figures": "comparing figures, dates, words",
    "brief_questions": "making questions",
    "brief_writing": "letting the model write",
    "sentences": "answering sentences",
}


def inputs(given: str | None, from_file: str | None, name: str) -> list[str]:
    """What is asked: the argument, or the lines of a file."""
    if (given is None) == (from_file is None):
        raise typer.BadParameter(f"give a {name}, or --from FILE")
    if given is not None:
        return [given]
    assert from_file is not None
    return read_input(from_file).splitlines()


def read_input(name: str) -> str:
    """The text of a file, of standard input for ``-``.

    Raises:
        InputError: it cannot be read, or is not UTF-8.
    """
    try:
        raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return raw.decode("utf-8-sig")
    except OSError as error:
        raise InputError("not_read", file=name, reason=error.strerror) from None
    except UnicodeDecodeError:
        raise InputError("not_utf8", file=name) from None


def print_results(
    texts: Iterable[str], answer: Callable[[str], dict[str, Any] | str], name: str, many: bool
) -> None:
    """Print one result for each text; of many, a bad one is said in its place and the rest goes on."""
    failed = 0
    for text in texts:
        try:
            result = answer(text)
        except InputError as error:
            if not many:
                raise
            failed += 1
            print(f"replique: {text!r}: {error}", file=sys.stderr)
            result = {name: text, "error": str(error)}
        if isinstance(result, dict):
            print_json(result)
        else:
            print(f"# {text}\n\n{result}\n" if many else result)
    if failed:
        sys.exit(1)


def print_json(value: object) -> None:
    """One line of JSON."""
    print(json.dumps(value, ensure_ascii=False))

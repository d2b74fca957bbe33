"""What concerns the documents and the store: index, show, sources, feedback, doctor."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from rag.cli.terminal import (
    AsJson,
    given_index,
    print_json,
    progress_bar,
    ready_index,
    ready_tools,
    summary,
    warn,
)
from rag.errors import CorpusError, InputError, UnknownSource


def index(
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Index everything anew.")] = False,
    as_json: AsJson = False,
) -> None:
    """Bring the index in step with the corpus folder."""
    from rag.quotes import remarks
    from rag.store import sync

    with progress_bar() as progress:
        report = sync(given_index(), rebuild=rebuild, progress=progress)
    warn(report)
    if as_json:
        told = {info.id: remarks(info, "en") for info in report.remarked}
        skipped = [[e.path, e.reason] for e in report.skipped]
        print_json({**asdict(report), "skipped": skipped, "remarked": told})
    else:
        print(summary(report))


def show(
    source: Annotated[str, typer.Argument(help="Id of a source; `replique sources` lists them.")],
    start: Annotated[int, typer.Option(min=0, help="First character.")] = 0,
    end: Annotated[int | None, typer.Option(min=0, help="Character after the last.")] = None,
    page: Annotated[
        Path | None, typer.Option(metavar="FILE.png", help="Draw its page of the PDF, the slice marked.")
    ] = None,
) -> None:
    """Print the text of a source, or a slice of it, exactly as it is; or draw the page that it stands on."""
    if page is not None:
        _draw(source, start, end, page)
        return

    def text_of(snapshot: Any) -> str:
        for number, info in enumerate(snapshot.infos):
            if info.id == source:
                return str(snapshot.source(number).text)
        raise UnknownSource("source_unknown", source=source)

    text = ready_index().read(text_of)
    stop = len(text) if end is None else end
    if not start <= stop <= len(text):
        raise InputError("slice_outside", source=source, length=len(text), start=start, end=stop)
    if sys.stdout.isatty():
        print(text[start:stop], end="")
    else:
        sys.stdout.buffer.write(text[start:stop].encode("utf-8", "surrogatepass"))
        sys.stdout.buffer.flush()


def _draw(source: str, start: int, end: int | None, file: Path) -> None:
    """Write a slice on its pages as a picture."""
    from rag.api import one_picture
    from rag.files import overwrite

    if file.suffix.lower() != ".png":
        raise InputError("page_suffix", file=file)
    if end is None:
        raise InputError("page_range")
    picture = one_picture(ready_tools(), source, start, end, patience=None)
    try:
        overwrite(file, picture)
    except OSError as error:
        raise CorpusError("not_written", file=file, reason=error.strerror) from None


def sources(as_json: AsJson = False) -> None:
    """List the sources: id, title, side, date, language, length, those who speak in a transcript."""
    rows = ready_tools().sources()
    if as_json:
        print_json(rows)
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from rag.store import Manifest

    for row in rows:
        row["remarks"] = ", ".join(_remark(remark) for remark in row["remarks"])
    columns = ["id", "title", "side", "date", "language", "characters", "passages"]
    columns += [name for name in ("voices", "remarks") if any(row[name] for row in rows)]
    table = Table(*columns, box=None, pad_edge=False)
    for row in rows:
        row["voices"] = ", ".join(map(_spoken, row["voices"]))
        table.add_row(*(Text(str(row[name] if row[name] is not None else "")) for name in columns))
    Console(width=None if sys.stdout.isatty() else 500).print(table)
    manifest = Manifest.read(given_index().store)
    for path, reason in manifest.skipped if manifest else ():
        print(f"skipped {path}: {reason['en']}", file=sys.stderr)


def _remark(remark: dict[str, Any]) -> str:
    """What must be said of how a source was read, in a word; the page and JSON say more."""
    return f"{remark['key']} {remark['count'] or remark['detail']}".strip()


def _spoken(voice: dict[str, Any]) -> str:
    side = f" [{voice['side']}]" if voice["side"] else ""
    return f"{voice['name']}{side} ({voice['sentences']})"


def feedback(
    as_json: AsJson = False,
    candidates: Annotated[
        bool, typer.Option("--candidates", help="Give questions for a question set, one JSON line each.")
    ] = False,
) -> None:
    """List what users said of answers."""
    from rag.upkeep import candidates as candidates_of
    from rag.upkeep import read_feedback

    given = read_feedback(given_index().store)
    if not given:
        print("no feedback yet", file=sys.stderr)
    elif candidates:
        for question in ready_index().read(lambda snapshot: candidates_of(snapshot, given)):
            print_json(question)
    elif as_json:
        for verdict in given:
            print_json(asdict(verdict))
    else:
        for verdict in given:
            told = f"{verdict.verdict} [{verdict.about}]" if verdict.about else verdict.verdict
            print(f"{verdict.time}  {told:<10}  {' '.join(verdict.question.split())}")


def doctor(as_json: AsJson = False) -> None:
    """Say what is set, and whether it works; exit code 1 when something does not."""
    from rag.upkeep import examine

    found = examine(given_index())
    if as_json:
        print_json(found.as_json())
    else:
        print(found.as_text())
    if not found.ok:
        sys.exit(1)

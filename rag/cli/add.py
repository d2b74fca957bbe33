"""Documents added: files, a page of the web, text from standard input."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rag.cli.terminal import AsJson, given_index, print_json, progress_bar
from rag.errors import InputError, RepliqueError

if TYPE_CHECKING:
    from rag.settings import Settings
    from rag.upkeep import Added, Details, Upload

_ADDRESS = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]+://")


def add(
    given: Annotated[
        list[str],
        typer.Argument(metavar="FILE|URL|-…", help="Files, addresses of pages, - for standard input."),
    ],
    title: Annotated[str | None, typer.Option(help="Title; needed for standard input.")] = None,
    side: Annotated[str | None, typer.Option(help="Whose voice it is.")] = None,
    date: Annotated[str | None, typer.Option(help="Date, as 2026-01-06.")] = None,
    author: Annotated[str | None, typer.Option(help="Who wrote it.")] = None,
    language: Annotated[str | None, typer.Option(help="Language, as fr; else it is found out.")] = None,
    note: Annotated[str | None, typer.Option(help="What every cite must mention.")] = None,
    as_json: AsJson = False,
) -> None:
    """Add documents to the corpus folder, and index them."""
    from rag.upkeep import Details, Editor

    if title is not None and len(given) > 1:
        raise typer.BadParameter("--title is for one document: add them one by one")
    details = Details(title=title, side=side, date=date, author=author, language=language, note=note)
    details.cleaned()
    index = given_index()
    handed = list(_handed(given, details, index.settings))
    uploads = [upload for _, upload in handed if not isinstance(upload, RepliqueError)]
    with progress_bar() as progress:
        added = iter(Editor(index).add(uploads, progress) if uploads else ())
    results = [
        (name, upload if isinstance(upload, RepliqueError) else next(added)) for name, upload in handed
    ]
    for name, result in results:
        _tell(name, result, as_json)
    refused = [result for _, result in results if isinstance(result, RepliqueError) or result.refusal]
    if refused:
        sys.exit(1)


def _handed(
    given: list[str], details: Details, settings: Settings
) -> Iterator[tuple[str, Upload | RepliqueError]]:
    """Each document by the name that it was given by; or why there is none."""
    for name in given:
        try:
            yield name, _upload(name, details, settings)
        except RepliqueError as error:
            yield name, error


def _upload(name: str, details: Details, settings: Settings) -> Upload:
    from rag.upkeep import Upload, page_upload, text_upload

    if settings.read_only:
        from rag.errors import ReadOnly

        raise ReadOnly("read_only")
    if name == "-":
        return text_upload(sys.stdin.buffer.read(settings.max_file_bytes + 1), details)
    if _ADDRESS.match(name):
        page = page_upload(name, settings)
        told = {field.name: getattr(details, field.name) for field in fields(details)}
        return replace(page, details=replace(page.details, **{n: v for n, v in told.items() if v}))
    file = Path(name)
    if not file.is_file():
        raise InputError("not_read", file=name, reason="a folder" if file.is_dir() else "no such file")
    if file.resolve().is_relative_to(settings.corpus.resolve()):
        raise InputError("file_there", name=name)
    return Upload(file, file.name, details)


def _tell(name: str, result: Added | RepliqueError, as_json: bool) -> None:
    """What became of one: on standard output where it is a source now, else the reason on standard error."""
    from rag.documents import printable
    from rag.quotes import remarks

    refusal = result if isinstance(result, RepliqueError) else result.refusal
    source = None if isinstance(result, RepliqueError) else result.source
    if as_json:
        told: dict[str, Any] = {"name": name, "source": source and asdict(source)}
        print_json({**told, "error": str(refusal) if refusal else ""})
    elif source is None:
        print(f"replique: {name}: {refusal}", file=sys.stderr)
    else:
        side = f" ({source.side})" if source.side else ""
        path = printable(source.path)
        print(f"added {source.id}: {source.title}{side}, in {path}")
        for remark in remarks(source, "en"):
            print(f"{path}: {remark}", file=sys.stderr)

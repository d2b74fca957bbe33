"""`replique brief`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rag.cli.ask import OnlySides, Sources, Speakers, scope_of
from rag.cli.terminal import AsJson, Lang, print_json, progress_bar, ready_tools
from rag.errors import DossierError, InputError
from rag.files import overwrite


def brief(
    motion: Annotated[
        str | None, typer.Argument(help="What is voted on; without it, the whole debate.")
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", help="Write a .docx, .md or .html file.")] = None,
    map_file: Annotated[
        Path | None, typer.Option("--map", help="Draw the arguments, who answers whom, into a .svg file.")
    ] = None,
    side: OnlySides = [],  # noqa: B006 - typer copies it
    source: Sources = [],  # noqa: B006
    speaker: Speakers = [],  # noqa: B006
    as_json: AsJson = False,
    lang: Lang = None,
    llm: Annotated[
        bool | None,
        typer.Option(
            "--llm/--no-llm", help="Let the language model introduce the positions [if one is set]."
        ),
    ] = None,
) -> None:
    """Tell what must be known the night before: positions, answers, figures, dates, likely questions."""
    from rag.brief import brief_as_json, brief_as_text, ordered, picture
    from rag.dossier import FORMATS, export
    from rag.workspace import COLOURS

    if out is not None and out.suffix.lower() not in FORMATS:
        raise InputError("dossier_format", suffix=out.suffix[:20])
    if map_file is not None and map_file.suffix.lower() != ".svg":
        raise InputError("map_format", suffix=map_file.suffix[:20])
    tools = ready_tools(llm)
    with progress_bar() as progress:
        found = tools.briefs.make(motion or "", lang, progress, scope_of(side, source, speaker))
    if out is not None:
        export(out, tools.briefs.check(found))
    if map_file is not None:
        styles = tools.workspace.said().styled(found.sides)
        classes = {side.name: f"side-{COLOURS.index(side.colour)}" for side in styles}
        _write(map_file, picture(ordered(found, list(classes)), classes, alone=True))
    if as_json:
        print_json(brief_as_json(found))
    elif out is None and map_file is None:
        print(brief_as_text(found))


def _write(file: Path, text: str) -> None:
    try:
        overwrite(file, text.encode())
    except OSError as error:
        raise DossierError("not_written", file=file, reason=error.strerror) from None

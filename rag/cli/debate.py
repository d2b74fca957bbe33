"""`replique face` and `replique rebut`."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from rag.cli.ask import FromFile
from rag.cli.terminal import (
    AsJson,
    Lang,
    inputs,
    print_json,
    print_results,
    ready_tools,
)


def face(
    motion: Annotated[
        str | None, typer.Argument(help="What is voted on; without it, what divides the sources.")
    ] = None,
    echoes: Annotated[bool, typer.Option("--echoes", help="Look up what each side quotes, too.")] = False,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Say who is for a motion and who against, and in which words; silence too."""
    from rag.debate import face_as_json, face_as_text

    found = ready_tools().face(motion or "", lang, echoes)
    if as_json:
        print_json(face_as_json(found))
    else:
        print(face_as_text(found))


def rebut(
    claim: Annotated[str | None, typer.Argument(help="What somebody on the other side says.")] = None,
    from_file: FromFile = None,
    side: Annotated[
        str | None, typer.Option(help="Whose claim it is; else judged by what the sides say.")
    ] = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Find what contradicts or weakens a claim, and what bears it out."""
    from rag.debate import rebuttal_as_json, rebuttal_as_text

    claims = inputs(claim, from_file, "claim")
    tools = ready_tools()

    def answer(text: str) -> dict[str, Any] | str:
        found = tools.rebut(text, side, lang)
        return rebuttal_as_json(found) if as_json else rebuttal_as_text(found)

    print_results(claims, answer, "claim", many=from_file is not None)

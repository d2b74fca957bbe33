"""`replique face`, `replique rebut` and `replique counter`."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from rag.cli.ask import AmongSides, FromFile, OnlySides, Sources, Speakers, scope_of
from rag.cli.terminal import (
    AsJson,
    Lang,
    inputs,
    print_json,
    print_results,
    progress_bar,
    read_input,
    ready_tools,
)


def face(
    motion: Annotated[
        str | None, typer.Argument(help="What is voted on; without it, what divides the sources.")
    ] = None,
    echoes: Annotated[bool, typer.Option("--echoes", help="Look up what each side quotes, too.")] = False,
    side: OnlySides = [],  # noqa: B006 - typer copies it
    source: Sources = [],  # noqa: B006
    speaker: Speakers = [],  # noqa: B006
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Say who is for a motion and who against, and in which words; silence too."""
    from rag.debate import face_as_json, face_as_text

    found = ready_tools().face(motion or "", lang, echoes, scope_of(side, source, speaker))
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
    among_side: AmongSides = [],  # noqa: B006 - typer copies it
    source: Sources = [],  # noqa: B006
    speaker: Speakers = [],  # noqa: B006
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Find what contradicts or weakens a claim, and what bears it out."""
    from rag.debate import rebuttal_as_json, rebuttal_as_text

    claims = inputs(claim, from_file, "claim")
    scope = scope_of(among_side, source, speaker)
    tools = ready_tools()

    def answer(text: str) -> dict[str, Any] | str:
        found = tools.rebut(text, side, lang, scope)
        return rebuttal_as_json(found) if as_json else rebuttal_as_text(found)

    print_results(claims, answer, "claim", many=from_file is not None)


def counter(
    speech: Annotated[str, typer.Option(metavar="FILE", help="What the other side says, in FILE (or -).")],
    side: Annotated[str | None, typer.Option(help="Which side that is.")] = None,
    among_side: AmongSides = [],  # noqa: B006 - typer copies it
    source: Sources = [],  # noqa: B006
    speaker: Speakers = [],  # noqa: B006
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Find what to answer to a speech, sentence by sentence, and the strongest replies to the whole."""
    from rag.debate import counter_as_json, counter_as_text

    text, scope, tools = read_input(speech), scope_of(among_side, source, speaker), ready_tools()
    with progress_bar() as progress:
        found = tools.counter(text, side, lang=lang, progress=progress, scope=scope)
    if as_json:
        print_json(counter_as_json(found))
    else:
        print(counter_as_text(found))

"""`replique ask` and `replique search`."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rag.cli.terminal import (
    AsJson,
    Lang,
    inputs,
    print_results,
    read_input,
    ready_tools,
)
from rag.errors import InputError

if TYPE_CHECKING:
    from rag.api import Tools
    from rag.search import Scope
    from rag.types import Language

FromFile = Annotated[
    str | None,
    typer.Option("--from", metavar="FILE", help="Take one a line from FILE, or from - (standard input)."),
]
OnlySides = Annotated[
    list[str], typer.Option("--side", "--among-side", help="Ask only this side; may be repeated.")
]
AmongSides = Annotated[list[str], typer.Option("--among-side", help="Hear only this side; may be repeated.")]
Speakers = Annotated[
    list[str],
    typer.Option("--speaker", help="Ask only this one who speaks in a transcript; may be repeated."),
]
Sources = Annotated[list[str], typer.Option("--source", help="Ask only this source; may be repeated.")]


def ask(
    question: Annotated[str | None, typer.Argument(help="The question, in French or English.")] = None,
    from_file: FromFile = None,
    as_json: AsJson = False,
    side: OnlySides = [],  # noqa: B006 - typer copies it
    source: Sources = [],  # noqa: B006
    speaker: Speakers = [],  # noqa: B006
    history: Annotated[
        Path | None,
        typer.Option(help="Earlier questions of the conversation: one a line, or a JSON list."),
    ] = None,
    lang: Lang = None,
    llm: Annotated[
        bool | None,
        typer.Option("--llm/--no-llm", help="Let the language model write [if REPLIQUE_LLM_URL is set]."),
    ] = None,
) -> None:
    """Answer a question with quotes from the sources."""
    from rag.answer import answer_as_json, markdown

    questions = inputs(question, from_file, "question")
    earlier = _read_history(history) if history else []
    tools = ready_tools(llm)

    def answer(text: str) -> dict[str, Any] | str:
        found = tools.ask(text, history=earlier, lang=lang, sides=side, sources=source, speakers=speaker)
        return answer_as_json(found) if as_json else markdown(found)

    print_results(questions, answer, "question", many=from_file is not None)


def search(
    query: Annotated[str | None, typer.Argument(help="A question or some words.")] = None,
    k: Annotated[int, typer.Option("-k", min=1, max=1000, help="How many passages.")] = 10,
    from_file: FromFile = None,
    as_json: AsJson = False,
    side: OnlySides = [],  # noqa: B006 - typer copies it
    source: Sources = [],  # noqa: B006
    speaker: Speakers = [],  # noqa: B006
    literal: Annotated[
        bool, typer.Option("--literal", help="Give the places where the words stand in a row; négoci* too.")
    ] = False,
    exact: Annotated[
        bool, typer.Option("--exact", help="With --literal: match case, accents and marks.")
    ] = False,
    lang: Lang = None,
) -> None:
    """Find passages, best first, whatever their side; or the places where words stand."""
    from rag.quotes import as_json as quote_as_json
    from rag.quotes import cite
    from rag.text import language_of

    if exact and not literal:
        raise typer.BadParameter("--exact goes with --literal")
    queries = inputs(query, from_file, "query")
    tools = ready_tools()
    if literal:
        scope = scope_of(side, source, speaker)
        print_results(
            queries,
            lambda text: _places(tools, text, k, scope, exact, as_json, lang),
            "query",
            bool(from_file),
        )
        return

    def passages(text: str) -> dict[str, Any] | str:
        found = tools.search(text, k, side, source, speaker)
        spoken = lang or language_of(text)
        if as_json:
            return {"query": text, "passages": [quote_as_json(passage, spoken) for passage in found]}
        return "\n\n".join(
            f"{passage.score:.2f}  {cite(passage, spoken)}\n{passage.text}" for passage in found
        )

    print_results(queries, passages, "query", many=from_file is not None)


def _places(
    tools: Tools, text: str, k: int, scope: Scope, exact: bool, as_json: bool, lang: Language | None
) -> dict[str, Any] | str:
    """Where some words stand; on a terminal they stand out."""
    from rag.search import word_hits_as_json, word_hits_as_text
    from rag.text import language_of

    found = tools.search_words(text, k, scope, exact)
    if as_json:
        return word_hits_as_json(text, found, lang)
    strong = ("\x1b[1;4m", "\x1b[0m") if sys.stdout.isatty() else ("", "")
    return word_hits_as_text(found, lang or language_of(text), strong)


def scope_of(sides: Sequence[str], sources: Sequence[str], speakers: Sequence[str]) -> Scope:
    """Whom a tool hears, as the options say."""
    from rag.search import Scope

    return Scope(sides, sources, speakers)


def _read_history(file: Path) -> list[str]:
    """Earlier questions: a line each, or JSON strings, or JSON messages with role and content."""
    text = read_input(str(file))
    if not text.lstrip().startswith("["):
        return [line for line in text.splitlines() if line.strip()]
    try:
        turns = json.loads(text)
    except ValueError as error:
        raise InputError("not_json", file=file, reason=error) from None
    questions = [
        turn if isinstance(turn, str) else turn.get("content")
        for turn in turns
        if isinstance(turn, str) or (isinstance(turn, dict) and turn.get("role", "user") == "user")
    ]
    if not all(isinstance(question, str) for question in questions):
        raise InputError("turns", file=file)
    return [str(question) for question in questions]

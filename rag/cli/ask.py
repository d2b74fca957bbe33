"""`replique ask` and `replique search`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

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

FromFile = Annotated[
    str | None,
    typer.Option("--from", metavar="FILE", help="Take one a line from FILE, or from - (standard input)."),
]
Sides = Annotated[list[str], typer.Option("--side", help="Ask only this side; may be repeated.")]
Speakers = Annotated[
    list[str],
    typer.Option("--speaker", help="Ask only this one who speaks in a transcript; may be repeated."),
]
Sources = Annotated[list[str], typer.Option("--source", help="Ask only this source; may be repeated.")]


def ask(
    question: Annotated[str | None, typer.Argument(help="The question, in French or English.")] = None,
    from_file: FromFile = None,
    as_json: AsJson = False,
    side: Sides = [],  # noqa: B006 - typer copies it
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
    side: Sides = [],  # noqa: B006 - typer copies it
    source: Sources = [],  # noqa: B006
    speaker: Speakers = [],  # noqa: B006
    lang: Lang = None,
) -> None:
    """Find passages, best first, whatever their side."""
    from rag.quotes import as_json as quote_as_json
    from rag.quotes import cite
    from rag.text import language_of

    queries = inputs(query, from_file, "query")
    tools = ready_tools()

    def passages(text: str) -> dict[str, Any] | str:
        found = tools.search(text, k, side, source, speaker)
        spoken = lang or language_of(text)
        if as_json:
            return {"query": text, "passages": [quote_as_json(passage, spoken) for passage in found]}
        return "\n\n".join(
            f"{passage.score:.2f}  {cite(passage, spoken)}\n{passage.text}" for passage in found
        )

    print_results(queries, passages, "query", many=from_file is not None)


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

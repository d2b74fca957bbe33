"""`replique verify`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from rag.cli.ask import FromFile, OnlySides, Sources, Speakers, scope_of
from rag.cli.terminal import (
    AsJson,
    Lang,
    inputs,
    print_json,
    print_results,
    read_input,
    ready_tools,
)

if TYPE_CHECKING:
    from rag.search import Scope


def verify(
    quote: Annotated[str | None, typer.Argument(help="The words that somebody says a source has.")] = None,
    from_file: FromFile = None,
    speech: Annotated[
        str | None, typer.Option(metavar="FILE", help="Check all that the speech in FILE (or -) quotes.")
    ] = None,
    sentences: Annotated[
        bool, typer.Option("--sentences", help="With --speech: check its unquoted sentences as well.")
    ] = False,
    attributed: Annotated[
        str | None, typer.Option(metavar="NAME", help="The source or side whose words they are said to be.")
    ] = None,
    side: OnlySides = [],  # noqa: B006 - typer copies it
    source: Sources = [],  # noqa: B006
    speaker: Speakers = [],  # noqa: B006
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Check whether a quote is in the sources, where, and what differs."""
    from rag.text import language_of
    from rag.verify import verification_as_json, verification_as_text

    scope = scope_of(side, source, speaker)
    if speech is not None:
        if quote is not None or from_file is not None:
            raise typer.BadParameter("give a quote, --from FILE or --speech FILE, and only one of them")
        _verify_speech(read_input(speech), attributed, sentences, scope, as_json, lang)
        return
    quotes = inputs(quote, from_file, "quote")
    tools = ready_tools()

    def check(text: str) -> dict[str, Any] | str:
        found = tools.verify(text, attributed, scope)
        spoken = lang or language_of(text)
        return verification_as_json(found, spoken) if as_json else verification_as_text(found, spoken)

    print_results(quotes, check, "quote", many=from_file is not None)


def _verify_speech(
    text: str,
    attributed: str | None,
    sentences: bool,
    scope: Scope,
    as_json: bool,
    lang: Literal["fr", "en"] | None,
) -> None:
    from rag.catalogue import say
    from rag.text import language_of
    from rag.verify import claim_as_json, claim_as_text

    spoken = lang or language_of(text)
    results = ready_tools().verify_speech(text, attributed, sentences, scope)
    if as_json:
        print_json({"results": [claim_as_json(claim, found, spoken) for claim, found in results]})
        return
    shown = [claim_as_text(claim, found, spoken) for claim, found in results]
    print("\n\n".join(shown) or say("no_quotes", spoken))

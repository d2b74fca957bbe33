"""The program behind the command: its parts registered, options that may stand anywhere, exit codes."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from rag.cli.add import add
from rag.cli.ask import ask, search
from rag.cli.brief import brief
from rag.cli.corpus import doctor, feedback, index, show, sources
from rag.cli.debate import counter, face, rebut
from rag.cli.debates import debates_app
from rag.cli.dossier import dossier_app
from rag.cli.drill import drill
from rag.cli.serve import evaluate, serve
from rag.cli.shown import guard_terminal
from rag.cli.terminal import (
    options,
)
from rag.cli.verify import verify
from rag.errors import IndexingStopped, InputError, RepliqueError

app = typer.Typer(
    name="replique",
    help="Answers from your documents, made of verbatim quotes, both sides heard.",
    epilog="--corpus, --store, --debate and --verbose may stand before or after the command.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

app.add_typer(debates_app, name="debates")
app.add_typer(dossier_app, name="dossier")
app.command()(drill)
for command in (
    index, add, ask, search, verify, face, rebut, counter, brief, show, sources, feedback, doctor,
):  # fmt: skip
    app.command()(command)
app.command("eval", context_settings={"allow_extra_args": True, "ignore_unknown_options": True})(evaluate)
app.command()(serve)

_STOPPED = 130
"""Exit code of what Ctrl+C has ended, as shells give it."""
_GLOBAL = {"--corpus": True, "--store": True, "--debate": True, "--verbose": False}
"""Options that may stand anywhere, and whether they take a value."""


def main(argv: Sequence[str] | None = None) -> NoReturn:
    """Run the command line; never returns.

    Exit codes: 0 done, 2 bad usage, 1 anything else, with one line on standard error.
    """
    guard_terminal()
    arguments = _globals_first(sys.argv[1:] if argv is None else argv)
    try:
        app(arguments, prog_name="replique")
        sys.exit(0)
    except IndexingStopped as error:
        _fail(str(error), _STOPPED)
    except RepliqueError as error:
        _fail(str(error), 2 if isinstance(error, InputError) else 1)
    except BrokenPipeError:  # the reader of our output has gone, as with `| head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except KeyboardInterrupt:
        _fail("stopped; nothing is lost, run it again", _STOPPED)
    except Exception as error:  # a fault of ours: the user still gets one line
        reason = " ".join(str(error).split()) or "no details"
        _fail(f"unexpected {type(error).__name__}: {reason}; --verbose shows where", 1)


def _fail(message: str, code: int) -> NoReturn:
    if options.get("verbose"):
        logging.getLogger("rag").exception("failed")
    print(f"replique: {message}", file=sys.stderr)
    sys.exit(code)


def _globals_first(arguments: Sequence[str]) -> list[str]:
    """Move the global options in front of the command, where the parser wants them."""
    front: list[str] = []
    rest: list[str] = []
    position = 0
    while position < len(arguments):
        argument = arguments[position]
        name = argument.partition("=")[0]
        if argument == "--":
            rest += arguments[position:]
            break
        if name in _GLOBAL:
            takes_next = _GLOBAL[name] and "=" not in argument
            front += arguments[position : position + 1 + takes_next]
            position += takes_next
        else:
            rest.append(argument)
        position += 1
    return front + rest


@app.callback()
def _globals(
    corpus: Annotated[Path | None, typer.Option(help="Folder of the documents [corpus].")] = None,
    store: Annotated[Path | None, typer.Option(help="Folder of the index [.replique].")] = None,
    debate: Annotated[
        str | None, typer.Option(metavar="NAME", help="Debate to work in; `replique debates` names them.")
    ] = None,
    verbose: Annotated[bool, typer.Option("--verbose", help="Log what happens; show tracebacks.")] = False,
) -> None:
    options.update(corpus=corpus, store=store, debate=debate, verbose=verbose)
    level = logging.DEBUG if verbose else logging.ERROR
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(message)s")
    logging.getLogger("rag").setLevel(level)

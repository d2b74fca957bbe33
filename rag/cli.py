"""The command ``replique``. Each command imports what it needs, so that help comes at once."""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, NoReturn

import typer

from rag.cli_dossier import dossier_app
from rag.cli_drill import drill
from rag.errors import EmptyCorpus, InputError, RepliqueError, UnknownSource
from rag.terminal import (
    AsJson,
    Lang,
    chosen,
    given_index,
    inputs,
    options,
    print_json,
    print_results,
    progress_bar,
    read_input,
    ready_index,
    summary,
    warn,
)

if TYPE_CHECKING:
    pass

app = typer.Typer(
    name="replique",
    help="Answers from your documents, made of verbatim quotes, both sides heard.",
    epilog="--corpus, --store and --verbose may stand before or after the command.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

app.add_typer(dossier_app, name="dossier")
app.command()(drill)

_GLOBAL = {"--corpus": True, "--store": True, "--verbose": False}
"""Options that may stand anywhere, and whether they take a value."""

FromFile = Annotated[
    str | None,
    typer.Option("--from", metavar="FILE", help="Take one a line from FILE, or from - (standard input)."),
]
Sides = Annotated[list[str], typer.Option("--side", help="Ask only this side; may be repeated.")]
Sources = Annotated[list[str], typer.Option("--source", help="Ask only this source; may be repeated.")]


def main(argv: Sequence[str] | None = None) -> NoReturn:
    """Run the command line; never returns.

    Exit codes: 0 done, 2 bad usage, 1 anything else, with one line on standard error.
    """
    arguments = _globals_first(sys.argv[1:] if argv is None else argv)
    try:
        app(arguments, prog_name="replique")
        sys.exit(0)
    except RepliqueError as error:
        _fail(str(error), 2 if isinstance(error, InputError) else 1)
    except BrokenPipeError:  # the reader of our output has gone, as with `| head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except KeyboardInterrupt:
        _fail("stopped; nothing is lost, run it again", 130)
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
    verbose: Annotated[bool, typer.Option("--verbose", help="Log what happens; show tracebacks.")] = False,
) -> None:
    options.update(corpus=corpus, store=store, verbose=verbose)
    level = logging.DEBUG if verbose else logging.ERROR
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(message)s")
    logging.getLogger("rag").setLevel(level)


# --- commands -------------------------------------------------------------------------------------


@app.command()
def index(
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Index everything anew.")] = False,
    as_json: AsJson = False,
) -> None:
    """Bring the index in step with the corpus folder."""
    from rag.synchronise import sync

    with progress_bar() as progress:
        report = sync(given_index(), rebuild=rebuild, progress=progress)
    warn(report)
    if as_json:
        print_json({**asdict(report), "skipped": [[e.path, e.reason] for e in report.skipped]})
    else:
        print(summary(report))


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="The question, in French or English.")] = None,
    from_file: FromFile = None,
    as_json: AsJson = False,
    side: Sides = [],  # noqa: B006 - typer copies it
    source: Sources = [],  # noqa: B006
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
    from rag.border import prove_answer, with_quotes
    from rag.desk import assistant_for

    questions = inputs(question, from_file, "question")
    earlier = _read_history(history) if history else []
    assistant = assistant_for(ready_index(), llm)

    def answer(text: str) -> dict[str, Any] | str:
        given = assistant.ask(text, history=earlier, lang=lang, sides=side, sources=source)
        found = with_quotes(prove_answer(given, assistant.index))
        return answer_as_json(found) if as_json else markdown(found)

    print_results(questions, answer, "question", many=from_file is not None)


@app.command()
def search(
    query: Annotated[str | None, typer.Argument(help="A question or some words.")] = None,
    k: Annotated[int, typer.Option("-k", min=1, max=1000, help="How many passages.")] = 10,
    from_file: FromFile = None,
    as_json: AsJson = False,
    side: Sides = [],  # noqa: B006 - typer copies it
    source: Sources = [],  # noqa: B006
    lang: Lang = None,
) -> None:
    """Find passages, best first, whatever their side."""
    from rag.border import prove_quotes
    from rag.question import question_language
    from rag.quote import as_json as quote_as_json
    from rag.retrieve import Retriever
    from rag.words import cite

    queries = inputs(query, from_file, "query")
    retriever = Retriever(ready_index(), k=k, sides=side, sources=source)

    def passages(text: str) -> dict[str, Any] | str:
        found = prove_quotes(retriever.search(text), retriever.index)
        spoken = lang or question_language(text)
        if as_json:
            return {"query": text, "passages": [quote_as_json(passage, spoken) for passage in found]}
        return "\n\n".join(
            f"{passage.score:.2f}  {cite(passage.source, passage.place, spoken)}\n{passage.text}"
            for passage in found
        )

    print_results(queries, passages, "query", many=from_file is not None)


@app.command()
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
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Check whether a quote is in the sources, where, and what differs."""
    from rag.border import prove_whole
    from rag.question import question_language
    from rag.verdict import verification_as_json, verification_as_text
    from rag.verify import Verifier

    if speech is not None:
        if quote is not None or from_file is not None:
            raise typer.BadParameter("give a quote, --from FILE or --speech FILE, and only one of them")
        _verify_speech(read_input(speech), attributed, sentences, as_json, lang)
        return
    quotes = inputs(quote, from_file, "quote")
    index = ready_index()
    verifier = Verifier(index)

    def check(text: str) -> dict[str, Any] | str:
        found = prove_whole(verifier.verify(text, attributed), index)
        spoken = lang or question_language(text)
        return verification_as_json(found, spoken) if as_json else verification_as_text(found, spoken)

    print_results(quotes, check, "quote", many=from_file is not None)


def _verify_speech(
    text: str, attributed: str | None, sentences: bool, as_json: bool, lang: Literal["fr", "en"] | None
) -> None:
    from rag.border import prove_whole
    from rag.question import question_language
    from rag.verdict import claim_as_json, claim_as_text
    from rag.verify import Verifier
    from rag.words import say

    spoken = lang or question_language(text)
    index = ready_index()
    results = prove_whole(Verifier(index).speech(text, attributed, sentences), index)
    if as_json:
        print_json({"results": [claim_as_json(claim, found, spoken) for claim, found in results]})
        return
    shown = [claim_as_text(claim, found, spoken) for claim, found in results]
    print("\n\n".join(shown) or say("no_quotes", spoken))


@app.command()
def face(
    motion: Annotated[str | None, typer.Argument(help="A motion or theme; without one, all.")] = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Put what each side says on a motion side by side; silence too."""
    from rag.border import prove_whole
    from rag.debate import Debate
    from rag.debate_forms import face_as_json, face_as_text

    index = ready_index()
    found = prove_whole(Debate(index).face(motion or "", lang), index)
    if as_json:
        print_json(face_as_json(found))
    else:
        print(face_as_text(found))


@app.command()
def rebut(
    claim: Annotated[str | None, typer.Argument(help="What somebody on the other side says.")] = None,
    from_file: FromFile = None,
    side: Annotated[str | None, typer.Option(help="Whose claim it is; else told from its words.")] = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Find what to set against a claim, and what its own side says of it."""
    from rag.border import prove_whole
    from rag.debate import Debate
    from rag.debate_forms import rebuttal_as_json, rebuttal_as_text

    claims = inputs(claim, from_file, "claim")
    index = ready_index()
    debate = Debate(index)

    def answer(text: str) -> dict[str, Any] | str:
        found = prove_whole(debate.rebut(text, side, lang), index)
        return rebuttal_as_json(found) if as_json else rebuttal_as_text(found)

    print_results(claims, answer, "claim", many=from_file is not None)


@app.command()
def show(
    source: Annotated[str, typer.Argument(help="Id of a source; `replique sources` lists them.")],
    start: Annotated[int, typer.Option(min=0, help="First character.")] = 0,
    end: Annotated[int | None, typer.Option(min=0, help="Character after the last.")] = None,
) -> None:
    """Print the text of a source, or a slice of it, exactly as it is."""

    def text_of(snapshot: Any) -> str:
        for number, info in enumerate(snapshot.infos):
            if info.id == source:
                return str(snapshot.source(number).text)
        raise UnknownSource(f"no source {source!r}: `replique sources` lists them")

    text = ready_index().read(text_of)
    stop = len(text) if end is None else end
    if not start <= stop <= len(text):
        raise InputError(f"{source} has characters 0 to {len(text)}: there is no slice {start}:{stop}")
    sys.stdout.buffer.write(text[start:stop].encode("utf-8", "surrogatepass"))
    sys.stdout.buffer.flush()


@app.command()
def sources(as_json: AsJson = False) -> None:
    """List the sources: id, title, side, date, language, length."""
    entries = ready_index().read(lambda snapshot: snapshot.manifest.sources)
    rows = [{**asdict(entry.info), "passages": entry.passages} for entry in entries]
    if as_json:
        print_json(rows)
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    columns = ("id", "title", "side", "date", "language", "characters", "passages")
    table = Table(*columns, box=None, pad_edge=False)
    for row in rows:
        table.add_row(*(Text(str(row[name] if row[name] is not None else "")) for name in columns))
    Console(width=None if sys.stdout.isatty() else 500).print(table)


@app.command()
def feedback(
    as_json: AsJson = False,
    candidates: Annotated[
        bool, typer.Option("--candidates", help="Give questions for a question set, one JSON line each.")
    ] = False,
) -> None:
    """List what users said of answers."""
    from rag.feedback import candidates as candidates_of
    from rag.feedback import read_feedback

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


@app.command()
def doctor(as_json: AsJson = False) -> None:
    """Say what is set, and whether it works; exit code 1 when something does not."""
    from rag.doctor import examine

    found = examine(given_index())
    if as_json:
        print_json(found.as_json())
    else:
        print(found.as_text())
    if not found.ok:
        sys.exit(1)


@app.command("eval", context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def evaluate(context: typer.Context) -> None:
    """Run the evaluation suite; takes what `python -m evals` takes. Needs a checkout."""
    import subprocess

    checkout = Path(__file__).resolve().parent.parent
    if not (checkout / "evals" / "__main__.py").is_file():
        raise RepliqueError("the evaluation suite is not in the package: clone the project, run `make eval`")
    path = os.pathsep.join(filter(None, [str(checkout), os.environ.get("PYTHONPATH")]))
    command = [sys.executable, "-m", "evals", *context.args]
    sys.exit(subprocess.call(command, env={**os.environ, "PYTHONPATH": path}))


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on [127.0.0.1].")] = None,
    port: Annotated[int | None, typer.Option(help="Port [7860].")] = None,
    allow_anyone: Annotated[
        bool, typer.Option("--allow-anyone", help="Listen beyond this machine without a password.")
    ] = False,
    open_browser: Annotated[bool, typer.Option("--open", help="Open the page in a browser.")] = False,
) -> None:
    """Open the chat page."""
    from rag.settings import load_settings
    from rag.synchronise import sync
    from rag.ui import refuse_strangers
    from rag.ui import serve as serve_page

    settings = load_settings(**chosen(), host=host, port=port, allow_anyone=allow_anyone or None)
    refuse_strangers(settings)
    with suppress(EmptyCorpus):  # the page says so, and asks for documents
        with progress_bar() as progress:
            report = sync(given_index(), progress=progress)
        warn(report)
    logging.getLogger("rag.ui").setLevel(logging.INFO)  # it says where the page is
    serve_page(settings, open_browser=open_browser)


def _read_history(file: Path) -> list[str]:
    """Earlier questions: a line each, or JSON strings, or JSON messages with role and content."""
    text = read_input(str(file))
    if not text.lstrip().startswith("["):
        return [line for line in text.splitlines() if line.strip()]
    try:
        turns = json.loads(text)
    except ValueError as error:
        raise InputError(f"{file} is not JSON: {error}") from None
    questions = [
        turn if isinstance(turn, str) else turn.get("content")
        for turn in turns
        if isinstance(turn, str) or (isinstance(turn, dict) and turn.get("role", "user") == "user")
    ]
    if not all(isinstance(question, str) for question in questions):
        raise InputError(f"{file}: each turn must be a string, or an object with role and content")
    return [str(question) for question in questions]

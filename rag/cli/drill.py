"""The command ``replique drill``: a session on a terminal, or its steps for a script."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from rag.cli.ask import AmongSides, Sources, Speakers, scope_of
from rag.cli.terminal import AsJson, Lang, print_json, read_input, ready_tools
from rag.errors import InputError

if TYPE_CHECKING:
    from rich.console import Console

    from rag.api import Tools
    from rag.drill import Begun, Question, State
    from rag.search import Scope
    from rag.types import Language


YES = frozenset({"o", "oui", "y", "yes"})


def drill(
    questions: Annotated[
        int | None, typer.Option("--questions", metavar="N", help="How many questions [10].")
    ] = None,
    side: Annotated[str | None, typer.Option(help="The side you speak for.")] = None,
    seed: Annotated[
        int | None, typer.Option(help="The same seed gives the same questions [number of the session].")
    ] = None,
    answer: Annotated[
        tuple[str, str] | None,
        typer.Option("--answer", metavar="ID TEXT", help="Grade an answer; - reads it from standard input."),
    ] = None,
    overrule: Annotated[
        str | None, typer.Option("--overrule", metavar="ID", help="Count the last answer to it as got.")
    ] = None,
    score: Annotated[bool, typer.Option("--score", help="Show scores and what comes back.")] = False,
    among_side: AmongSides = [],  # noqa: B006 - typer copies it
    source: Sources = [],  # noqa: B006
    speaker: Speakers = [],  # noqa: B006
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Train: answer questions that the sources answer; what you miss comes back."""
    from rag.drill import COUNT

    if sum((questions is not None, answer is not None, overrule is not None, score)) > 1:
        raise typer.BadParameter("give one of --questions, --answer, --overrule and --score")
    if (answer or overrule or score) and (side is not None or seed is not None):
        raise typer.BadParameter("--side and --seed choose questions: they do not go with this")
    scope = scope_of(among_side, source, speaker)
    if (overrule or score) and scope:
        raise typer.BadParameter(
            "--among-side, --source and --speaker choose questions: they do not go with this"
        )
    tools = ready_tools()
    if answer is not None:
        _grade(tools, answer, as_json, lang, scope)
    elif overrule is not None:
        _overrule(tools, overrule, as_json, lang)
    elif score:
        _score(tools, as_json, lang)
    else:
        count = COUNT if questions is None else questions
        begun = _begin(tools, count, side, seed, lang, scope)
        if as_json or questions is not None or not _on_terminal():
            _show(begun, as_json)
        else:
            _train(tools, begun, lang)


def _begin(
    tools: Tools, count: int, side: str | None, seed: int | None, lang: Language | None, scope: Scope
) -> Begun:
    """Begin a session, and keep that it has begun."""
    from rag.drill import load_state, update

    begun = tools.drill(load_state(tools.index.store), count, side, lang, seed, scope)
    update(tools.index.store, lambda state: tools.drill_state(state).begun())
    return begun


def _show(begun: Begun, as_json: bool) -> None:
    from rag.drill import begun_as_json, question_as_text

    if as_json:
        print_json(begun_as_json(begun))
        return
    print("\n\n".join(f"# {each.id}\n\n{question_as_text(each)}" for each in begun.questions))


def _grade(tools: Tools, given: tuple[str, str], as_json: bool, lang: Language | None, scope: Scope) -> None:
    from rag.drill import grade_as_json, grade_as_text, score_as_json, update

    identifier, text = given
    grade = tools.drill_grade(identifier, read_input("-") if text == "-" else text, lang, scope)
    asked, verdict = grade.question.id, grade.verdict
    state = update(tools.index.store, lambda old: tools.drill_state(old).answered(asked, verdict))
    if as_json:
        print_json({**grade_as_json(grade), "score": score_as_json(state)})
    else:
        print(grade_as_text(grade))


def _overrule(tools: Tools, identifier: str, as_json: bool, lang: Language | None) -> None:
    from rag.drill import update

    state = update(tools.index.store, lambda old: tools.drill_state(old).overruled(identifier))
    _print_score(state, as_json, lang)


def _score(tools: Tools, as_json: bool, lang: Language | None) -> None:
    from rag.drill import load_state

    _print_score(tools.drill_state(load_state(tools.index.store)), as_json, lang)


def _print_score(state: State, as_json: bool, lang: Language | None) -> None:
    from rag.drill import score_as_json, score_as_text

    if as_json:
        print_json(score_as_json(state))
    else:
        print(score_as_text(state, lang or "fr"))


def _train(tools: Tools, begun: Begun, lang: Language | None) -> None:
    """Ask every question, those not got once more at the end; the end of input ends the session."""
    from rich.console import Console

    from rag.drill import load_state, score_as_text

    console = Console(highlight=False)
    count = len(begun.questions)
    spoken = lang or begun.questions[0].lang
    try:
        missed = [
            (number, question)
            for number, question in enumerate(begun.questions, start=1)
            if not _ask(tools, console, question, "drill_progress", number, count)
        ]
        for number, question in missed:
            _ask(tools, console, question, "drill_again", number, count)
    except (EOFError, KeyboardInterrupt):
        console.print()
    console.print(score_as_text(load_state(tools.index.store), spoken), markup=False)


def _ask(tools: Tools, console: Console, question: Question, heading: str, number: int, count: int) -> bool:
    """Ask one question; whether it was got, in the end."""
    from rag.catalogue import say
    from rag.drill import grade_as_text, question_as_text, update

    lang = question.lang
    console.rule(say(heading, lang, number=number, count=count))
    console.print(question_as_text(question), markup=False)
    while True:
        try:
            answer = _typed(console, say("drill_prompt", lang))
            grade = tools.drill_grade(question, answer)
            break
        except InputError as error:
            console.print(str(error), markup=False)
    colour = {"got": "green", "partly": "yellow", "missed": "red"}[grade.verdict]
    told, _, rest = grade_as_text(grade).partition("\n")
    console.print(told, style=f"bold {colour}", markup=False)
    console.print(rest, markup=False)
    update(tools.index.store, lambda state: tools.drill_state(state).answered(question.id, grade.verdict))
    if grade.verdict == "got":
        return True
    if _typed(console, say("drill_overrule", lang)).strip().casefold() not in YES:
        return False
    update(tools.index.store, lambda state: state.overruled(question.id))
    return True


def _on_terminal() -> bool:
    """Whether somebody is there to answer."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _typed(console: Console, prompt: str) -> str:
    """A line from the user.

    Raises:
        EOFError: there are no more.
    """
    return console.input(f"\n{prompt}", markup=False)

"""`replique debates`: list, make, rename, copy, remove, restore, share."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from rag.cli.terminal import AsJson, chosen, print_json

if TYPE_CHECKING:
    from rag.workspace import Description, Shelf, Workspace

debates_app = typer.Typer(
    help="The debates: list them, make, rename, copy, remove, restore, share one.",
    rich_markup_mode=None,
)

Name = Annotated[str, typer.Argument(help="Name of the debate; `replique debates` lists them.")]
Title = Annotated[str, typer.Argument(help="What it is called.")]
Motion = Annotated[str | None, typer.Option(help="What is voted on.")]
Language = Annotated[Literal["fr", "en"] | None, typer.Option(help="Language of the debate.")]


def _shelf() -> Shelf:
    from rag.settings import load_settings
    from rag.workspace import Shelf

    return Shelf(load_settings(**chosen()))


@debates_app.callback(invoke_without_command=True)
def _list(context: typer.Context, as_json: AsJson = False) -> None:
    if context.invoked_subcommand is None:
        list_debates(as_json)


@debates_app.command("list")
def list_debates(as_json: AsJson = False) -> None:
    """List the debates: name, title, motion, sides; the default one first."""
    from rag.api import listed_debates

    rows = listed_debates(_shelf())
    if as_json:
        print_json(rows)
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table("name", "title", "motion", "sides", box=None, pad_edge=False)
    for row in rows:
        cells = (row["name"] or "(default)", row["title"], row["motion"], ", ".join(row["sides"]))
        table.add_row(*map(Text, cells))
    Console(width=None if sys.stdout.isatty() else 500).print(table)


@debates_app.command()
def new(title: Title, motion: Motion = None, language: Language = None) -> None:
    """Make a debate, and say its name; put documents into its folder, or add them in the page."""
    _print(_shelf().new(title, motion or "", language or ""))


@debates_app.command()
def rename(name: Name, title: Title, motion: Motion = None, language: Language = None) -> None:
    """Give a debate another title, motion or language; its name stays, and so do links to it."""
    from dataclasses import replace

    def renamed(old: Description) -> Description:
        told = old.motion if motion is None else motion
        return replace(old, title=title, motion=told, language=language or old.language)

    _shelf().workspace(name).describe(renamed)


@debates_app.command()
def copy(name: Name, title: Title) -> None:
    """Make a debate with the documents, dossier and questions of another, and say its name."""
    _print(_shelf().copy(name, title))


@debates_app.command()
def remove(name: Name) -> None:
    """Remove a debate, and say what `restore` takes to bring it back."""
    print(_shelf().remove(name))


@debates_app.command()
def restore(token: Annotated[str, typer.Argument(help="What `remove` said.")]) -> None:
    """Bring a removed debate back, and say its name."""
    _print(_shelf().restore(token))


@debates_app.command()
def export(
    name: Annotated[str, typer.Argument(help="Name of the debate; an empty one is the default debate.")],
    file: Annotated[Path, typer.Argument(metavar="FILE.replique", help="Where to.")],
) -> None:
    """Write a debate into one file to share: its documents, dossier and questions, no index."""
    from rag.workspace import export_debate

    export_debate(_shelf().workspace(name), file)


@debates_app.command("import")
def import_one(
    file: Annotated[Path, typer.Argument(metavar="FILE.replique", help="What a colleague exported.")],
    title: Annotated[str, typer.Option(help="What it is called here [its own title].")] = "",
) -> None:
    """Make a debate of a file that was exported, and say its name; the file is checked first."""
    from rag.workspace import import_debate

    _print(import_debate(_shelf(), file, title))


def _print(workspace: Workspace) -> None:
    print(workspace.name)

"""`replique serve` and `replique eval`."""

from __future__ import annotations

import logging
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from rag.cli.terminal import (
    chosen,
    given_index,
    progress_bar,
    warn,
)
from rag.errors import EmptyCorpus, RepliqueError


def evaluate(context: typer.Context) -> None:
    """Run the evaluation suite; takes what `python -m evals` takes, such as `quotes`. Needs a checkout."""
    import subprocess

    checkout = Path(__file__).resolve().parent.parent.parent
    if not (checkout / "evals" / "__main__.py").is_file():
        raise RepliqueError("no_suite")
    path = os.pathsep.join(filter(None, [str(checkout), os.environ.get("PYTHONPATH")]))
    command = [sys.executable, "-m", "evals", *context.args]
    sys.exit(subprocess.call(command, env={**os.environ, "PYTHONPATH": path}))


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on [127.0.0.1].")] = None,
    port: Annotated[int | None, typer.Option(help="Port [7860].")] = None,
    allow_anyone: Annotated[
        bool, typer.Option("--allow-anyone", help="Listen beyond this machine without a password.")
    ] = False,
    follow: Annotated[
        bool, typer.Option("--follow", help="Answer from the index that another process writes.")
    ] = False,
    open_browser: Annotated[bool, typer.Option("--open", help="Open the page in a browser.")] = False,
) -> None:
    """Open the chat page."""
    from rag.settings import load_settings
    from rag.store import sync
    from rag.ui import refuse_strangers
    from rag.ui import serve as serve_page

    asked = {"host": host, "port": port, "allow_anyone": allow_anyone or None, "follow": follow or None}
    settings = load_settings(**chosen(), **asked)
    refuse_strangers(settings)
    if not settings.follow:
        with suppress(EmptyCorpus):  # the page says so, and asks for documents
            with progress_bar() as progress:
                report = sync(given_index(), progress=progress)
            warn(report)
    logging.getLogger("rag.ui").setLevel(logging.INFO)  # it says where the page is
    serve_page(settings, open_browser=open_browser)

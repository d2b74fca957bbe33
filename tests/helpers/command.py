"""The command line, called in this process."""

from __future__ import annotations

import contextlib
import io
import logging
import sys
from dataclasses import dataclass
from pathlib import Path

from rag.cli.app import main
from tests.helpers import ROOT


@dataclass
class Done:
    returncode: int
    stdout: str
    stderr: str


def replique(*arguments: str, store: Path | None = None, cwd: Path = ROOT, stdin: str = "") -> Done:
    located = ["--store", str(store)] if store else []
    out, err = io.TextIOWrapper(io.BytesIO(), encoding="utf-8"), io.StringIO()
    before, level = sys.stdin, logging.getLogger("rag").level
    sys.stdin = io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8")
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), contextlib.chdir(cwd):
            main([*located, *arguments])
    except SystemExit as stopped:
        out.seek(0)
        return Done(int(stopped.code or 0), out.read(), err.getvalue())
    finally:
        sys.stdin = before
        logging.getLogger("rag").setLevel(level)
    raise AssertionError("main returned")

"""What a terminal is sent: words alone; a pipe gets what there is."""

from __future__ import annotations

import contextlib
import io
import logging
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.cli.app import main
from tests.helpers.command import replique

TEXT = "Le pont \u202ereuq\u202c est \x85 fermé.\rFermé.\r\nOui.\n"
NAME = "a\x1b[2Jb.txt"


class Terminal(io.TextIOWrapper):
    """Takes itself for one."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def log_as_it_was() -> Iterator[None]:
    level = logging.getLogger("rag").level
    yield
    logging.getLogger("rag").setLevel(level)


@pytest.mark.skipif(sys.platform == "win32", reason="no file has such a name")
def test_a_terminal_is_sent_nothing_that_it_obeys(tmp_path: Path) -> None:
    corpus, store = tmp_path / "corpus", tmp_path / "store"
    corpus.mkdir()
    (corpus / "pont.txt").write_bytes(TEXT.encode())
    (corpus / NAME).write_text("Le bac passe.")
    (corpus / "a\x1b[2Jb.pdf").write_bytes(b"no PDF")
    piped = replique("--corpus", str(corpus), "show", "pont", store=store)
    assert piped.stdout == TEXT.replace("\r\n", "\n").replace("\r", "\n")  # as a text stream is read
    assert "\x1b" not in piped.stderr

    out, err = (Terminal(io.BytesIO(), encoding="utf-8") for _ in range(2))
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        with pytest.raises(SystemExit):
            main(["--corpus", str(corpus), "--store", str(store), "show", "pont"])
        sys.stdout.flush()
        guarded = sys.stdout
        assert isinstance(guarded, io.TextIOWrapper)
        shown = guarded.buffer.getvalue().decode()  # type: ignore[attr-defined]
    assert shown == "Le pont \ufffdreuq\u202c est \x85 fermé.\ufffdFermé.\r\nOui.\n"

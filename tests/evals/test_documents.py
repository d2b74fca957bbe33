"""Documents that are made are read as what they are; what is read wrong is seen to be."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from evals.__main__ import main
from evals.report.tables import MARKERS
from evals.sets.made.articles import BY_HAND, boxed
from evals.sets.made.model import expected
from evals.sets.made.office import is_there
from evals.sets.made.shelf import KINDS, OFFICE, Document
from evals.suites.documents import COUNTS, SHARES, failures, measured, read, read_as, report_of
from rag.types import Layout, Part
from tests.helpers import ROOT

PRINTED = Document("PDF", "made.pdf", b"", expected(boxed(BY_HAND, 1)))
LINES = [piece.text for piece in PRINTED.right.pieces]
(BOX,) = (piece.text for piece in PRINTED.right.pieces if piece.floats and not piece.text.startswith("Tab"))


def wrong(lines: list[str]) -> set[str]:
    """What is measured as wrong of a text."""
    row = measured(read_as(PRINTED, "\n\n".join(lines)))
    return {c for c in SHARES[:4] if row[c][0] < row[c][1]} | {c for c in COUNTS if row[c]}


def changed(old: str, new: str) -> list[str]:
    assert any(old in line for line in LINES)
    return [line.replace(old, new) for line in LINES]


def test_the_right_text_is_right_wherever_a_box_stands() -> None:
    assert wrong(LINES) == set()
    assert wrong([line for line in LINES if line != BOX] + [BOX]) == set()
    assert "characters" in wrong([line for line in LINES if line != BOX])


@pytest.mark.parametrize(
    ("lines", "seen"),
    [
        (changed("servent 45 repas", "servent 451 repas"), {"false figures", "sentences", "order"}),
        (changed("10⁶", "106"), {"false figures"}),
        (changed("CO₂", "CO2"), {"false figures"}),
        (changed("imposait un", "impo- sait un"), {"sentences"}),
        ([*LINES[:4], "Les cahiers du débat", *LINES[4:]], {"leaks"}),
        ([*LINES[:4], "— 3 —", *LINES[4:]], {"leaks"}),
        ([LINES[1], LINES[0], *LINES[2:]], {"order"}),
        ([f"{LINES[0]} {LINES[1]}", *LINES[2:]], {"paragraphs"}),
    ],
)
def test_what_is_wrong_is_seen(lines: list[str], seen: set[str]) -> None:
    assert wrong(lines) >= seen


def test_a_note_is_tied_where_it_is_called() -> None:
    text = "\n\n".join(LINES)
    note, place = LINES[-2], text.index(" repas végétariens par an")
    start = text.index(note)
    for at, tied in ((place, 1), (place + 9, 0)):
        layout = Layout(
            parts=(Part(0, len(LINES[0]), "heading"), Part(start, start + len(note), "note", "1", at))
        )
        row = measured(read_as(PRINTED, text, layout))
        assert (row["headings"], row["notes"]) == ((1, 3), (tied, 2))


def test_what_must_not_be_there_may_be_there_as_often_as_it_is_right() -> None:
    assert BY_HAND.heads[1] == LINES[0]  # the running head is the title
    assert wrong(LINES) == set()
    assert wrong([LINES[0], *LINES]) >= {"leaks"}


HAS_OFFICE = is_there() or bool(os.environ.get("CI"))
SOME = {"PDF": 9, "PDF, LibreOffice": 4, "ODT, LibreOffice": 2, "RTF, LibreOffice": 2}
"""How many documents of a kind are tried; of others that need no LibreOffice, three."""


def tried() -> Iterator[Any]:
    for kind in KINDS:
        if OFFICE not in kind or kind in SOME:
            absent = (
                [pytest.mark.skipif(not HAS_OFFICE, reason="needs LibreOffice")] if OFFICE in kind else []
            )
            yield pytest.param(kind, marks=absent)


@pytest.mark.parametrize("kind", list(tried()))
def test_what_is_promised_of_a_kind_is_kept(kind: str) -> None:
    documents = KINDS[kind](kind, SOME.get(kind, 3))
    rows = [measured(read(document)) for document in islice(documents, SOME.get(kind, 3))]
    told = [f"{row['name']}: {fault}" for row in rows for fault in row["faults"][:5]]
    assert not failures(report_of(rows)), "\n".join(told)


def test_a_file_that_is_not_read_is_a_fault() -> None:
    row = measured(read(replace(PRINTED, data=b"%PDF-1.4")))
    assert row["characters"][0] == 0
    assert "made.pdf" in row["faults"][0]


def test_the_command_writes_its_table_and_keeps_what_was_read(tmp_path: Path) -> None:
    page = tmp_path / "reading.md"
    page.write_text("Before\n{}\n{}\nAfter".format(*MARKERS), encoding="utf-8")
    options = ["--kind", "Markdown", "--limit", "1", "--write", str(page), "--keep", str(tmp_path)]
    main(["documents", *options])
    assert re.search(r"\| Markdown \| 1 \|", page.read_text(encoding="utf-8"))
    assert {file.suffix for file in (tmp_path / "Markdown").iterdir()} == {".md", ".right", ".read"}


def test_the_table_of_the_docs_is_of_all_kinds_and_of_sixty_documents() -> None:
    table = (ROOT / "docs" / "reading.md").read_text(encoding="utf-8")
    told = dict(re.findall(r"^\| ([\w, -]+) \| (\d+) \|", table, flags=re.MULTILINE))
    assert {*told} == {*KINDS, "all"}
    assert int(told["all"]) >= 60

"""Does the check of a model's sentences tell what a quote bears out: ``python -m evals statements``."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.table import Table

from evals.sets.debates import write_corpus
from evals.sets.statements import SHIPPED, Statement, load_statements
from rag.drill import place_in
from rag.llm.support import Judge
from rag.llm.types import Support
from rag.quotes import excerpt
from rag.settings import load_settings, shipped_corpus
from rag.store import Index, sync
from rag.text import attributed
from rag.types import Progress

CHECKED = ("number", "date")
"""What may never pass with another in its place."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What the check says of a statement.

    Attributes:
        wording: see :meth:`rag.llm.support.Judge.wording`.
    """

    statement: Statement
    support: Support
    wording: tuple[float, float, bool]

    @property
    def is_right(self) -> bool:
        """Whether the check is right."""
        return self.support.holds == self.statement.holds


def judged(statements: Sequence[Statement]) -> Iterator[Judged]:
    """What the check says of each, debate by debate."""
    for debate in sorted({statement.debate for statement in statements}):
        with tempfile.TemporaryDirectory(prefix="replique-evals-") as folder:
            corpus = shipped_corpus()
            if debate != SHIPPED:
                corpus = Path(folder) / "corpus"
                write_corpus(debate, corpus)
            index = Index(load_settings(corpus=corpus, store=Path(folder) / "store"))
            try:
                sync(index)
                snapshot = index.snapshot()
                judge = Judge(index, snapshot.infos)
                numbers = {info.id: number for number, info in enumerate(snapshot.infos)}
                for statement in statements:
                    if statement.debate == debate:
                        number = numbers[statement.source]
                        place = place_in(snapshot.source(number).text, statement.quote)
                        assert place is not None, statement.quote
                        quote = excerpt(snapshot, number, *place)
                        support = judge.judge(statement.sentence, quote)
                        rest = attributed(statement.sentence).rest
                        yield Judged(statement, support, judge.wording(rest, quote))
            finally:
                index.close()


def run(progress: Progress) -> dict[str, Any]:
    """How many of each kind are told right; those of ``dev`` that are told wrong."""
    statements = load_statements()
    found: list[Judged] = []
    for one in judged(statements):
        progress("judging", len(found), len(statements))
        found.append(one)
    return report_of(found)


def report_of(found: Sequence[Judged]) -> dict[str, Any]:
    """The report of statements that were judged."""
    return {
        "figures": {
            split: {
                name: _counts([o for o in found if (o.statement.split, o.statement.holds) == (split, holds)])
                for name, holds in (("all that hold", True), ("all that do not", False))
            }
            for split in ("dev", "test")
        },
        "misses": [_miss(one) for one in found if one.statement.split == "dev" and not one.is_right],
    }


def _counts(chosen: Sequence[Judged]) -> dict[str, dict[str, int]]:
    """How many there are of each kind, and how many are told right."""
    right = Counter(one.statement.kind for one in chosen if one.is_right)
    kinds = sorted(Counter(one.statement.kind for one in chosen).items())
    return {kind: {"n": count, "right": right[kind]} for kind, count in kinds}


def _miss(one: Judged) -> str:
    statement = one.statement
    why = ", ".join(f"{finding.kind} ({finding.words})" for finding in one.support.findings)
    return (
        f"{statement.id} {statement.kind} {statement.holds} {why}\n"
        f"  {statement.sentence}\n  > {statement.quote}"
    )


def tables(report: dict[str, Any]) -> Iterator[Table]:
    """How many of each kind are told right."""
    shown = Table("split", "made by", "n", "told right")
    for split, parts in report["figures"].items():
        for name, kinds in parts.items():
            for kind, found in kinds.items():
                shown.add_row(split, kind, str(found["n"]), f"{found['right'] / found['n']:.2f}")
            n, right = (sum(found[key] for found in kinds.values()) for key in ("n", "right"))
            shown.add_row(split, name, str(n), f"{right / max(n, 1):.3f}")
            shown.add_section()
    yield shown


def failures(report: dict[str, Any]) -> list[str]:
    """Sentences that pass though a number or a date is another."""
    return [
        f"statements, {split}: {found['n'] - found['right']} with another {kind} pass"
        for split, parts in report["figures"].items()
        for kind, found in parts["all that do not"].items()
        if kind in CHECKED and found["right"] < found["n"]
    ]

"""Does the check of a model's sentences tell what a quote bears out: ``python -m evals.statements``.

``evals/data/statements.jsonl`` holds quotes of the invented debates and of the shipped documents, each with
a sentence as a model might write it, and whether the quote bears it out. They were written without sight of
the rules of rag/llm/support.py. One half, by a hash of the debate's name, is ``dev``, to look at while
working and to fit the weights of ``rag/weights/support.json`` on (``--fit``); the other, ``test``, is only
counted.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table
from scipy.optimize import minimize

from rag.encoders.use import EMBEDDED
from rag.llm.support import Judge
from rag.llm.types import Support
from rag.quotes import excerpt
from rag.settings import load_settings, shipped_corpus
from rag.store import Index, sync
from rag.text import attributed
from rag.weights import weights_file

DATA = Path(__file__).parent / "data"
WEIGHTS = weights_file("support")
OTHER_WORDS = frozenset(("subject", "object", "cause", "added", "contrary", "unrelated"))
"""Kinds of sentences that are not borne out by their words; the others by something that is checked apart."""
PENALTY = 3e-3


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence about a quote.

    Attributes:
        debate, source: where the quote stands.
        holds: whether the quote bears the sentence out.
        kind: how the sentence was made from the quote.
    """

    id: str
    debate: str
    source: str
    quote: str
    lang: str
    sentence: str
    holds: bool
    kind: str

    @property
    def split(self) -> str:
        """``dev`` or ``test``; those of one debate are together."""
        return "dev" if hashlib.sha256(self.debate.encode()).digest()[0] % 2 else "test"


def load_statements() -> list[Statement]:
    """All of them."""
    lines = (DATA / "statements.jsonl").read_text(encoding="utf-8").splitlines()
    return [Statement(**json.loads(line)) for line in lines]


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
            index = Index(load_settings(corpus=_corpus(debate, Path(folder)), store=Path(folder) / "store"))
            try:
                sync(index)
                snapshot = index.snapshot()
                judge = Judge(index, snapshot.infos)
                numbers = {info.id: number for number, info in enumerate(snapshot.infos)}
                for statement in statements:
                    if statement.debate == debate:
                        number = numbers[statement.source]
                        start = snapshot.source(number).text.index(statement.quote)
                        quote = excerpt(snapshot, number, start, start + len(statement.quote))
                        support = judge.judge(statement.sentence, quote)
                        rest = attributed(statement.sentence).rest
                        yield Judged(statement, support, judge.wording(rest, quote))
            finally:
                index.close()


def _corpus(debate: str, folder: Path) -> Path:
    """The documents of a debate, with the titles and sides that ``voices.json`` gives them."""
    if debate == "shipped":
        return shipped_corpus()
    corpus = folder / "corpus"
    corpus.mkdir()
    for source, (title, side) in json.loads((DATA / "voices.json").read_text("utf-8"))[debate].items():
        text = (DATA / "debates" / debate / f"{source}.txt").read_text(encoding="utf-8")
        head = json.dumps({"title": title, "side": side}, ensure_ascii=False)
        (corpus / f"{source}.md").write_text(f"---\n{head}\n---\n{text}", encoding="utf-8")
    return corpus


def fit(found: Sequence[Judged]) -> dict[str, float]:
    """Weights of :class:`rag.llm.wording.WordingModel`: logistic regression, both answers counting alike.

    Fitted on ``dev``: sentences that hold, and those that do not for their words.
    """
    dev = [one for one in found if one.statement.split == "dev"]
    used = [one for one in dev if one.statement.holds or one.statement.kind in OTHER_WORDS]
    rows = np.array([[w, a, f, w * f] for w, a, f in (one.wording for one in used)], np.float64)
    holds = np.array([one.statement.holds for one in used], np.float64)
    centre, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    scaled = (rows - centre) / spread
    counted = np.where(holds > 0, 0.5 / holds.mean(), 0.5 / (1 - holds.mean()))

    def loss(parameters: Any) -> float:
        logits = scaled @ parameters[:-1] + parameters[-1]
        value = (counted * (np.logaddexp(0, logits) - holds * logits)).mean()
        return float(value + PENALTY * parameters[:-1] @ parameters[:-1])

    *weights, bias = minimize(loss, np.zeros(5), method="L-BFGS-B").x
    weights = np.array(weights) / spread
    names = ("weakest", "alike", "foreign", "weakest_foreign")
    return {
        **{name: round(float(w), 3) for name, w in zip(names, weights, strict=True)},
        "bias": round(float(bias - weights @ centre), 3),
    }


def table(found: Sequence[Judged]) -> Table:
    """How many of each kind are told right."""
    shown = Table("split", "made by", "n", "told right")
    for split in ("dev", "test"):
        for holds in (True, False):
            chosen = [one for one in found if (one.statement.split, one.statement.holds) == (split, holds)]
            right = Counter(one.statement.kind for one in chosen if one.is_right)
            for kind, count in sorted(Counter(one.statement.kind for one in chosen).items()):
                shown.add_row(split, kind, str(count), f"{right[kind] / count:.2f}")
            name = "all that hold" if holds else "all that do not"
            shown.add_row(split, name, str(len(chosen)), f"{sum(right.values()) / max(len(chosen), 1):.3f}")
            shown.add_section()
    return shown


def main(arguments: Sequence[str] | None = None) -> int:
    """Run; returns the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m evals.statements", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("--misses", action="store_true", help="list those of `dev` that are told wrong")
    parser.add_argument(
        "--fit", action="store_true", help="fit the weights of rag/weights/support.json instead"
    )
    options = parser.parse_args(arguments)
    found = list(judged(load_statements()))
    if options.fit:
        kept = {
            "about": "Weights of the model that judges whether words are a quote's; see rag/llm/wording.py",
            "command": "python -m evals.statements --fit",
            "data": "evals/data/statements.jsonl, half `dev`",
            "encoder": EMBEDDED,
            "weights": fit(found),
        }
        WEIGHTS.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        return 0
    console = Console(width=None if sys.stdout.isatty() else 160)
    console.print(table(found))
    for one in found if options.misses else ():
        if one.statement.split == "dev" and not one.is_right:
            why = ", ".join(f"{finding.kind} ({finding.words})" for finding in one.support.findings)
            missed = one.statement
            console.print(f"{missed.id} {missed.kind} {missed.holds} {why}", markup=False)
            console.print(f"  {missed.sentence}\n  > {missed.quote}", markup=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())

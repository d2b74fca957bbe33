"""Rebuttals: is what the sources have against a claim found, and is nothing said where they have nothing?

``python -m evals rebuttals``; the claims are those of ``claims.jsonl`` of the debates of a part, each debate
a corpus of its own. Nobody says whose a claim is; then those of a side are put again, and the side with them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from rich.table import Table

from evals.sets.debates import Debate, debates_of, indexed, is_part
from evals.sets.judgements import Judged, judged_of
from evals.sets.squad import Split
from rag.debate import Debate as Tools
from rag.debate import Rebuttal
from rag.types import Progress, Quote

Figures = dict[str, list[float]]
"""What was found, a value a claim."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A claim with its rebuttal.

    Attributes:
        told: whether it was put with its side.
    """

    debate: Debate
    judged: Judged
    found: Rebuttal
    told: bool

    def label_of(self, quote: Quote) -> str:
        """What a quote does to the claim."""
        for label, golds in self.judged.golds.items():
            for gold in golds:
                place = self.debate.place(gold)
                if gold.source == quote.source.id and is_part((quote.start, quote.end), place):
                    return label
        return "neither"


def run(progress: Progress, part: Split) -> dict[str, float]:
    """How many claims there are, and in what share of them what should be said is said."""
    debates = debates_of(part)
    figures: Figures = defaultdict(list)
    for number, debate in enumerate(debates):
        progress(debate.name, number, len(debates))
        for answered in _answered(debate):
            _measure(answered, figures)
    counted = {"claims": float(sum(1 for debate in debates for _ in judged_of(debate)))}
    return counted | {name: round(float(np.mean(values)), 3) for name, values in figures.items()}


def _answered(debate: Debate) -> Iterator[Answered]:
    with indexed(debate) as index:
        tools = Tools(index)
        for judged in judged_of(debate):
            yield Answered(debate, judged, tools.rebut(judged.claim), False)
            side = debate.voices[judged.holder].side if judged.holder else None
            if side is not None:
                yield Answered(debate, judged, tools.rebut(judged.claim, side), True)


def _measure(answered: Answered, figures: Figures) -> None:
    golds, told = answered.judged.golds, ", its side told" if answered.told else ""
    listed = against(answered.found)
    labels = [answered.label_of(quote) for quote in listed]
    right = [label in ("contradicted", "weakened") for label in labels]
    if golds["contradicted"] or golds["weakened"]:
        figures[f"right sentence first{told}"].append(any(right[:1]))
        figures[f"right sentence in three{told}"].append(any(right[:3]))
        figures[f"answered{told}"].append(bool(listed))
    else:
        figures[f"nothing where nothing is against it{told}"].append(not listed)
    shown = [(q, True) for q in listed] + [(reply.quote, False) for reply in answered.found.supports]
    for quote, denies in shown:
        label = answered.label_of(quote)
        if label != "neither":
            figures[f"for or against, rightly{told}"].append((label != "supported") == denies)
    if not any(golds[label] for label in ("supported", "contradicted", "weakened")):
        figures[f"nothing where nothing bears on it{told}"].append(not listed and not answered.found.supports)
    if answered.judged.holder and not told:
        figures["whose it is told"].append(answered.found.side is not None)
        if answered.found.side is not None:
            side = answered.debate.voices[answered.judged.holder].side
            figures["whose it is, where told"].append(answered.found.side == side)


def against(found: Rebuttal) -> Sequence[Quote]:
    """What is set against a claim, in order: the other sides' quotes, then those of its own side."""
    return [reply.quote for reply in (*found.against, *found.own)]


def tables(report: dict[str, float]) -> Iterator[Table]:
    """The figures."""
    made = Table("rebuttals", "debates")
    for name, value in report.items():
        made.add_row(name, str(value))
    yield made


def failures(report: dict[str, float]) -> list[str]:
    """There is nothing to fall short of."""
    return []

"""Questions that follow others, put to the whole program: ``python -m evals follow_ups``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import numpy as np
from rich.table import Table

from evals.sets.debates import debates_of, indexed
from evals.sets.follow_ups import FollowUp, follow_ups
from evals.sets.squad import Split
from rag.answer import Assistant
from rag.types import Progress, Quote


def run(progress: Progress, part: Split) -> dict[str, Any]:
    """By way of following: how often what is quoted first answers, or one of three; silence where due."""
    first: dict[str, list[bool]] = defaultdict(list)
    three: dict[str, list[bool]] = defaultdict(list)
    silent = []
    debates = debates_of(part)
    for number, debate in enumerate(debates):
        progress(debate.name, number, len(debates))
        asked = follow_ups(debate)
        if not asked:
            continue
        with indexed(debate) as index:
            assistant = Assistant(index)
            for each in asked:
                quotes = assistant.ask(each.question, history=each.history).quotes
                if each.gold:
                    right = [_is_right(each, quote) for quote in quotes[:3]]
                    first[each.way].append(right[:1] == [True])
                    three[each.way].append(any(right))
                else:
                    silent.append(not quotes)
    ways = {
        way: {"asked": len(told), "first": _share(told), "in three": _share(three[way])}
        for way, told in sorted(first.items())
    }
    return {"ways": ways, "unanswered": {"asked": len(silent), "silent": _share(silent)}}


def _is_right(asked: FollowUp, quote: Quote) -> bool:
    return asked.is_answered_by(quote.source.id, quote.text)


def _share(found: list[bool]) -> float | None:
    return round(float(np.mean(found)), 3) if found else None


def tables(report: dict[str, Any]) -> Iterator[Table]:
    """The figures."""
    made = Table("way of following", "asked", "right first", "in three")
    for way, told in report["ways"].items():
        made.add_row(way, *map(str, told.values()))
    made.add_row(
        "nothing answers", str(report["unanswered"]["asked"]), f"silent {report['unanswered']['silent']}", ""
    )
    yield made


def failures(report: dict[str, Any]) -> list[str]:
    """There is nothing to fall short of."""
    return []

"""Claims on the invented debates, and what their sentences do to each (``claims.jsonl`` of a debate)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from evals.sets.debates import DEBATES, Debate
from rag.drill.question_set import Gold
from rag.reader.judge import LABELS, Label

Golds = tuple[Gold, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim, with the sentences of its debate that do something to it.

    Attributes:
        kind: what it was made for: ``argument``, ``number``, ``roles``…
        holder: the source whose claim it is; ``None`` where it is nobody's.
        golds: slices by label. ``supported``, ``contradicted`` and ``weakened`` are all that the debate has;
            ``neither`` are some that come near it.
    """

    claim: str
    lang: str
    kind: str
    holder: str | None
    golds: dict[Label, Golds]


def judged_of(debate: Debate) -> Iterator[Judged]:
    """The claims on a debate; none where it has none."""
    file = DEBATES / debate.name / "claims.jsonl"
    if not file.exists():
        return
    for line in file.read_text(encoding="utf-8").splitlines():
        read = json.loads(line)
        golds = {label: tuple(Gold(each["source"], each["text"]) for each in read[label]) for label in LABELS}
        yield Judged(read["claim"], read["lang"], read["kind"], read["holder"], golds)

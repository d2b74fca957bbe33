"""Sentences as a model might write them, each with a quote, and whether the quote bears it out.

``evals/data/statements.jsonl`` has quotes of the invented debates and of the shipped documents. The sentences
were written without sight of the rules of rag/llm/support.py. One half, by a hash of the debate's name, is
``dev``, to look at while working and to fit on; the other, ``test``, is only counted.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from evals.sets.debates import DATA

SHIPPED = "shipped"
"""The ``debate`` of the quotes of the shipped documents."""


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

"""A judge that says what it was told to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from rag.reader import Judgements, Passage

Likely = tuple[float, float, float, float]
"""Probabilities in the order of :data:`rag.reader.LABELS`."""
NEITHER: Likely = (0.0, 0.0, 0.0, 1.0)


@dataclass
class FakeJudge:
    """Judges sentences by their text, whatever the claim.

    Attributes:
        by_text: of some sentences; others do nothing.
        claims: what it was asked about, in order.
    """

    by_text: Mapping[str, Likely]
    claims: list[str] = field(default_factory=list)

    def read(self, claim: str, passages: Sequence[Passage]) -> list[Judgements]:
        """As :meth:`rag.reader.Judge.read`."""
        self.claims.append(claim)
        return [self._reading(passage) for passage in passages]

    def _reading(self, passage: Passage) -> Judgements:
        texts = [passage.text[slice(*span)] for span in passage.sentences]
        return np.array([self.by_text.get(text, NEITHER) for text in texts], np.float32).reshape(-1, 4)


def fake_judge(by_text: Mapping[str, Likely]) -> FakeJudge:
    """A judge that says of each sentence what it was told; of those not named, that they do nothing."""
    return FakeJudge(by_text)

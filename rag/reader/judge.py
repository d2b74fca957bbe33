"""Claim + passages -> what each sentence does to the claim, as probabilities.

A cross-encoder (rag/reader/cross.py) fitted by ``evals/fit/network`` from the reader's weights. Each sentence
is judged in its passage.
"""

from __future__ import annotations

from functools import cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from rag.reader.body import Vectors, load_body
from rag.reader.cross import CrossEncoder, load_heads
from rag.reader.pairs import HEAD, Pair, Passage, load_pairs

Label = Literal["supported", "contradicted", "weakened", "neither"]
LABELS: tuple[Label, ...] = ("supported", "contradicted", "weakened", "neither")
"""What a sentence does to a claim: bears it out, denies it, limits it or takes force from it, or nothing."""
Judgements = NDArray[np.float32]
"""Shape ``(sentences, labels)``: the probability of each label of :data:`LABELS` for each sentence. One that
was cut off because its passage is too long does nothing."""


class Judge(CrossEncoder[Judgements]):
    """Judges what the sentences of passages do to a claim. Safe to share between threads."""

    def reading(self, vectors: Vectors, pair: Pair, passage: Passage) -> Judgements:
        """See :data:`Judgements`."""
        heads, owners = self.heads, np.array(pair.owners)
        found = np.zeros((len(passage.sentences), len(LABELS)), np.float32)
        found[:, LABELS.index("neither")] = 1
        claimed = vectors[slice(*pair.question)].mean(axis=0)
        for number in sorted(set(pair.owners) - {HEAD}):
            said = vectors[owners == number].mean(axis=0)
            inner = np.tanh(
                heads["inner"] @ np.concatenate([said, said * claimed, claimed]) + heads["inner_bias"]
            )
            logits = heads["outer"] @ inner + heads["outer_bias"]
            likely = np.exp(logits - logits.max())
            found[number] = likely / likely.sum()
        return found


@cache
def load_judge() -> Judge:
    """The judge that comes with the program."""
    return Judge(load_body("judge"), load_heads("judge"), load_pairs())

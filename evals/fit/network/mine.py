"""Hard negatives: of the passages that do not answer, those that the encoder takes for near are read too."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import chain

import numpy as np
import torch

from evals.fit.network.batch import Maker
from evals.fit.network.encoder import pooled
from evals.fit.network.examples import NEAREST, Corpus, Example
from evals.fit.network.layers import Encoder

QUESTIONS = 512
"""How many questions are looked up at once."""


def mine(corpora: Iterable[Corpus], network: Encoder, maker: Maker) -> None:
    """Put the passages that the encoder finds among those of each question, in turn with those it has."""
    network.eval()
    with torch.no_grad():
        for corpus in corpora:
            sentences, _ = pooled(network.body, [maker.alone(unit) for unit in corpus.units])
            starts = np.cumsum([0, *map(len, sentences[:-1])])
            every = torch.cat(sentences)
            for begin in range(0, len(corpus.examples), QUESTIONS):
                asked = corpus.examples[begin : begin + QUESTIONS]
                rows = [maker.question_row(example.question, spoilt=False) for example in asked]
                near = (torch.stack(pooled(network.body, rows)[1]) @ every.T).cpu().numpy()
                best = np.argsort(-np.maximum.reduceat(near, starts, axis=1), axis=1, kind="stable")
                found = zip(asked, best[:, : 2 * NEAREST].tolist(), strict=True)
                corpus.examples[begin : begin + QUESTIONS] = [_with(*each) for each in found]


def _with(example: Example, found: list[int]) -> Example:
    golds = {gold.unit for gold in example.golds}
    own = [unit for unit in found if unit not in golds]
    others = dict.fromkeys(chain.from_iterable(zip(example.others, own, strict=False)))
    return replace(example, others=(*others, *(each for each in example.others if each not in others)))

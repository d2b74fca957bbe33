"""Fitting the encoder: questions are drawn to the sentences that answer them, away from all others at hand.

Contrastive (van den Oord et al. 2018, InfoNCE; Karpukhin et al. 2020, in-batch negatives). A passage is read
whole, and each of its sentences has the mean of the vectors of its tokens ("late chunking", Günther et al.
2024): a sentence is told in its context, and a passage is read once.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor

from evals.fit.network.batch import Maker, Row, batch_of, chunks
from evals.fit.network.examples import Corpus, Example
from evals.fit.network.layers import Body, Encoder
from evals.fit.network.trainer import Step
from rag.reader.pairs import HEAD

QUESTIONS = 20
"""Questions a step; the passages of each are read for all."""
NEGATIVES = 2
"""Passages near the question that do not answer it, for each."""
TEMPERATURE = 0.04
PASSAGE = 0.3
"""How much the passage as a whole counts beside its sentences."""
CHUNK = 2304


def pooled(body: Body, rows: Sequence[Row]) -> tuple[list[Tensor], list[Tensor]]:
    """Unit vectors of the sentences of each row, ``(sentences, width)``, and of the row as a whole."""
    sentences: list[Tensor] = [torch.empty(0)] * len(rows)
    wholes: list[Tensor] = [torch.empty(0)] * len(rows)
    for chunk in chunks(rows, CHUNK):
        batch = batch_of([rows[n] for n in chunk]).to(body.device)
        vectors = body(batch.ids, torch.zeros_like(batch.ids), batch.mask).float()
        means = F.normalize(batch.sentences @ vectors, dim=-1)
        whole = F.normalize((vectors * batch.mask[..., None]).sum(1), dim=-1)
        present = batch.sentences.sum(-1) > 0
        for at, n in enumerate(chunk):
            sentences[n], wholes[n] = means[at][present[at]], whole[at]
    return sentences, wholes


FIGURES = ("loss", "first")
"""What is logged: the loss, and how often the right sentence is the nearest of those at hand."""


def steps(
    network: Encoder,
    maker: Maker,
    corpora: Mapping[str, Sequence[Corpus]],
    shares: Mapping[str, float],
    chance: random.Random,
) -> Step:
    """Draws answered questions of the sets by their shares, each set's in an order by chance."""
    every = {
        name: [(corpus, example) for corpus in of for example in corpus.examples if example.golds]
        for name, of in corpora.items()
    }
    waiting: dict[str, list[tuple[Corpus, Example]]] = {}

    def drawn(name: str) -> tuple[Corpus, Example]:
        if not waiting.get(name):
            waiting[name] = chance.sample(every[name], len(every[name]))
        return waiting[name].pop()

    def step() -> tuple[Tensor, tuple[float, ...], int]:
        names = chance.choices(list(every), [shares[name] for name in every], k=QUESTIONS)
        loss, first, size = loss_of(network.body, maker, [drawn(name) for name in names])
        return loss, (float(loss.detach()), first), size

    return step


def loss_of(body: Body, maker: Maker, drawn: Sequence[tuple[Corpus, Example]]) -> tuple[Tensor, float, int]:
    """The loss of some answered questions, how often the right sentence is nearest, and the tokens read."""
    asked = [maker.question_row(example.question) for _, example in drawn]
    rows: list[Row] = []
    owner: list[int] = []
    for n, (corpus, example) in enumerate(drawn):
        own = maker.passages_for(corpus, example, NEGATIVES)
        rows += own
        owner += [n] * len(own)
    sentences, wholes = pooled(body, rows)
    _, questions = pooled(body, asked)
    asked_vectors = torch.stack(questions)
    every = torch.cat(sentences)
    gold = np.zeros((len(asked), len(every)), bool)
    right = np.zeros((len(asked), len(rows)), bool)
    at = 0
    for n, row in enumerate(rows):
        present = sorted(set(row.pair.owners) - {HEAD})
        for offset, number in enumerate(present):
            if number in row.gold:
                gold[owner[n], at + offset] = True
        right[owner[n], n] = bool(row.gold)
        at += len(present)
    near = asked_vectors @ every.T / TEMPERATURE
    whole = asked_vectors @ torch.stack(wholes).T / TEMPERATURE
    golds, rights = (torch.from_numpy(each).to(body.device) for each in (gold, right))
    loss = _unlikely(near, golds) + PASSAGE * _unlikely(whole, rights)
    first = float(golds.gather(1, near.argmax(1, keepdim=True)).float().mean())
    return loss, first, sum(len(row.pair.ids) for row in (*rows, *asked))


def _unlikely(logits: Tensor, gold: Tensor) -> Tensor:
    """Minus the mean log-probability of one of the right ones."""
    likely = logits.log_softmax(1).masked_fill(~gold, -1e4)
    return -likely.logsumexp(1).mean()

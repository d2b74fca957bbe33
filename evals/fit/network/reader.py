"""Fitting the reader: of all sentences of the passages read with a question, those that answer, or none."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor

from evals.fit.network.batch import NO_SPAN, Maker, Row, batch_of, chunks
from evals.fit.network.examples import Corpus, Example
from evals.fit.network.layers import NOWHERE, Reader
from evals.fit.network.trainer import Step

QUESTIONS = 8
"""Questions a step."""
CHUNK = 2304
"""Most tokens that go through the body at once."""
ALONE, SPAN = 0.5, 0.3
"""How much each passage alone, and the short answers, count beside the list of all passages."""


@dataclass(frozen=True, slots=True)
class Part:
    """A corpus that is fitted on: its share of the questions, and whether their short answers are known."""

    corpus: Corpus
    share: float
    spans: bool


FIGURES = ("loss", "span", "first", "silent")
"""What is logged: the loss of the lists, that of the spans, how often the right sentence is first where there
is one, and how often "none" is where there is none."""


def steps(reader: Reader, maker: Maker, parts: Sequence[Part], chance: random.Random) -> Step:
    """Draws questions of the parts by their shares, each part's in an order by chance; gives their loss."""
    waiting: dict[str, list[Example]] = {}

    def drawn(part: Part) -> list[Row]:
        name = part.corpus.name
        if not waiting.get(name):
            waiting[name] = chance.sample(part.corpus.examples, len(part.corpus.examples))
        return maker.drawn(part.corpus, waiting[name].pop(), part.spans)

    def step() -> tuple[Tensor, tuple[float, ...], int]:
        asked = [drawn(part) for part in chance.choices(parts, [part.share for part in parts], k=QUESTIONS)]
        rows = [row for own in asked for row in own]
        return loss_of(reader, rows, [len(own) for own in asked if own])

    return step


def loss_of(
    reader: Reader, rows: Sequence[Row], counts: Sequence[int]
) -> tuple[Tensor, tuple[float, ...], int]:
    """The loss of some questions, whose rows follow each other, ``counts`` of them for each.

    All sentences of a question's passages compete, with "none" at 0; each passage alone does as well.
    """
    scores: list[Tensor] = [torch.empty(0)] * len(rows)
    golds: list[Tensor] = [torch.empty(0)] * len(rows)
    spans, size, device = [], 0, reader.body.device
    for chunk in chunks(rows, CHUNK):
        batch = batch_of([rows[n] for n in chunk]).to(device)
        size += batch.ids.numel()
        vectors = reader.body(batch.ids, batch.kinds, batch.mask)
        logits, span = reader.heads(vectors, batch.question, batch.sentences)
        present = batch.sentences.sum(-1) > 0
        for at, n in enumerate(chunk):
            scores[n], golds[n] = logits[at][present[at]], batch.gold[at][present[at]]
        known = batch.spans[:, 0] != NO_SPAN
        if known.any():
            can = (batch.sentences.sum(1) > 0)[known]
            can[:, 0] = True
            for end in (0, 1):
                told = span[known, :, end].masked_fill(~can, NOWHERE)
                spans.append(F.cross_entropy(told, batch.spans[known, end], reduction="sum"))
    none = torch.zeros(1, device=device)
    alone = torch.stack([_unlikely(torch.cat([none, s]), g) for s, g in zip(scores, golds, strict=True)])
    together: list[Tensor] = []
    first: list[float] = []
    silent: list[float] = []
    begin = 0
    for count in counts:
        of, gold = torch.cat(scores[begin : begin + count]), torch.cat(golds[begin : begin + count])
        begin += count
        together.append(_unlikely(torch.cat([none, of]), gold))
        best = int(of.argmax())
        (first if gold.any() else silent).append(float(gold[best] if gold.any() else of[best] < 0))
    spanned = sum(spans) / len(rows) if spans else none.sum()
    loss = torch.stack(together).mean() + ALONE * alone.mean() + SPAN * spanned
    told = (
        float(torch.stack(together).mean().detach()),
        float(torch.as_tensor(spanned).detach()),
        float(np.mean(first)) if first else math.nan,
        float(np.mean(silent)) if silent else math.nan,
    )
    return loss, told, size


def _unlikely(logits: Tensor, gold: Tensor) -> Tensor:
    """Minus the log-probability of what is right: the gold sentences, or "none", which comes first."""
    likely = logits.log_softmax(0)
    return -likely[1:][gold].logsumexp(0) if gold.any() else -likely[0]

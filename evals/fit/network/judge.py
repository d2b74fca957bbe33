"""Fitting the judge: what each sentence of a passage does to a claim."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor, nn

from evals.fit.network.base import Base
from evals.fit.network.batch import Maker, Row, batch_of, chunks
from evals.fit.network.claims import UNLISTED, Claim, ClaimSet, Told
from evals.fit.network.layers import NOWHERE, Body
from evals.fit.network.trainer import Step
from rag.reader.judge import LABELS
from rag.reader.pairs import HEAD

CLAIMS = 24
"""Claims a step."""
KEPT = 6
"""Layers, the lowest, that stay as the reader's: half as long again is read in the same time, and little is
lost (Lee et al. 2019)."""
CHUNK, CHECKED = 2304, 4608
"""Most tokens that go through the body at once, while fitting and while checking."""
FIGURES = ("loss", "right")
"""What is logged: the loss, and how often a listed sentence is judged rightly."""
_NEITHER = Told(frozenset([LABELS.index("neither")]), UNLISTED)


class JudgeHead(nn.Module):
    """Vectors of tokens -> a logit for each sentence and label."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.inner, self.outer = nn.Linear(3 * width, width), nn.Linear(width, len(LABELS))
        for head in (self.inner, self.outer):
            nn.init.normal_(head.weight, std=0.02)
            nn.init.zeros_(head.bias)

    def arrays(self) -> dict[str, np.ndarray]:
        """The weights as the program reads them."""
        named = {"inner": self.inner, "outer": self.outer}
        return {
            key: values.detach().float().numpy()
            for name, head in named.items()
            for key, values in ((name, head.weight), (f"{name}_bias", head.bias))
        }

    def forward(self, vectors: Tensor, claim: Tensor, sentences: Tensor) -> Tensor:
        """Shape ``(rows, sentences, labels)``; takes what the reader's heads do."""
        vectors = vectors.float()
        claimed = (claim[:, None] @ vectors).expand(-1, sentences.shape[1], -1)
        said = sentences @ vectors
        return self.outer(torch.tanh(self.inner(torch.cat([said, said * claimed, claimed], -1))))


class Judge(nn.Module):
    """Body and head."""

    def __init__(self, base: Base, rows: Sequence[int]) -> None:
        super().__init__()
        self.body, self.head = Body(base, rows), JudgeHead(base.width)


@dataclass(frozen=True, slots=True)
class JudgeRow:
    """A claim with (a part of) a passage, and what is known of its sentences, in their order."""

    row: Row
    told: Sequence[Told]


def row_of(maker: Maker, claim: Claim, whole: bool) -> JudgeRow:
    """A claim as it is read, with its whole passage, or while fitting with a part of it."""
    if whole:
        row = maker.whole(claim.claim, claim.unit)
    else:
        row = maker.part_of(claim.claim, claim.unit, frozenset(claim.told))
    present = sorted(set(row.pair.owners) - {HEAD})
    return JudgeRow(row, [claim.told.get(number, _NEITHER) for number in present])


def steps(judge: Judge, maker: Maker, sets: Sequence[ClaimSet], chance: random.Random) -> Step:
    """Draws claims of the sets by their shares, each set's in an order by chance; gives their loss."""
    waiting: dict[str, list[Claim]] = {}

    def drawn(of: ClaimSet) -> JudgeRow:
        if not waiting.get(of.name):
            waiting[of.name] = chance.sample(of.claims, len(of.claims))
        return row_of(maker, waiting[of.name].pop(), whole=False)

    def step() -> tuple[Tensor, tuple[float, ...], int]:
        chosen = chance.choices(sets, [of.share for of in sets], k=CLAIMS)
        return loss_of(judge, [drawn(of) for of in chosen])

    return step


def loss_of(judge: Judge, rows: Sequence[JudgeRow]) -> tuple[Tensor, tuple[float, ...], int]:
    """Minus the log-probability that a label is right, over all sentences by their weights."""
    losses, weights, right, size = [], [], [], 0
    for n, logits in _judged(judge, rows, CHUNK):
        told = rows[n].told
        size += len(rows[n].row.pair.ids)
        wrong = torch.full_like(logits, NOWHERE)
        for number, each in enumerate(told):
            wrong[number, sorted(each.labels)] = 0
        losses.append(-(logits.log_softmax(-1) + wrong).logsumexp(-1))
        weights.append(torch.tensor([each.weight for each in told], device=logits.device))
        best = logits.argmax(-1).tolist()
        right += [b in each.labels for b, each in zip(best, told, strict=True) if each.weight == 1]
    weight = torch.cat(weights)
    loss = (torch.cat(losses) * weight).sum() / weight.sum()
    return loss, (float(loss.detach()), float(np.mean(right)) if right else math.nan), size


def _judged(judge: Judge, rows: Sequence[JudgeRow], most: int) -> Iterator[tuple[int, Tensor]]:
    """The number of each row with the logits of its sentences, shape ``(sentences, labels)``."""
    for chunk in chunks([each.row for each in rows], most):
        batch = batch_of([rows[n].row for n in chunk]).to(judge.body.device)
        vectors = judge.body(batch.ids, batch.kinds, batch.mask)
        logits = judge.head(vectors, batch.question, batch.sentences)
        for at, n in enumerate(chunk):
            yield n, logits[at, : len(rows[n].told)]


def judgements(judge: Judge, maker: Maker, claims: Sequence[Claim]) -> list[dict[int, np.ndarray]]:
    """For each claim the logits of the sentences that were read, by number."""
    rows = [row_of(maker, claim, whole=True) for claim in claims]
    found: list[dict[int, np.ndarray]] = [{} for _ in claims]
    judge.eval()
    with torch.no_grad():
        for n, logits in _judged(judge, rows, CHECKED):
            present = sorted(set(rows[n].row.pair.owners) - {HEAD})
            found[n] = dict(zip(present, logits.cpu().numpy(), strict=True))
    return found


def checking(judge: Judge, maker: Maker, sets: Sequence[ClaimSet]) -> Callable[[], str]:
    """How often the label is right, of each set, and for ours the mean F1 of the labels."""

    def check() -> str:
        told = []
        for of in sets:
            pairs = [
                (int(logits[number].argmax()), known.labels)
                for claim, logits in zip(of.claims, judgements(judge, maker, of.claims), strict=True)
                for number, known in claim.told.items()
                if number in logits and known.weight == 1
            ]
            right = np.mean([best in labels for best, labels in pairs])
            told.append(f"{of.name} {right:.3f} (F1 {mean_f1(pairs):.3f})")
        return ", ".join(told)

    return check


def calibrated(judge: Judge, maker: Maker, claims: Sequence[Claim]) -> dict[str, np.ndarray]:
    """The weights of the head, logits scaled and shifted so that probabilities are right of some claims.

    One scale, and a shift for each label (Guo et al. 2017), fitted on all sentences of the passages.
    """
    found = [
        (logits, each.told[number].labels if number in each.told else _NEITHER.labels)
        for each, judged in zip(claims, judgements(judge, maker, claims), strict=True)
        for number, logits in judged.items()
    ]
    logits = torch.tensor(np.stack([each for each, _ in found]))
    right = torch.tensor([min(labels) for _, labels in found])
    scale, shift = torch.ones(1, requires_grad=True), torch.zeros(len(LABELS), requires_grad=True)
    fitting = torch.optim.LBFGS([scale, shift], max_iter=200)

    def loss() -> Tensor:
        fitting.zero_grad()
        value = F.cross_entropy(logits * scale + shift, right)
        value.backward()
        return value

    fitting.step(loss)
    arrays = judge.head.arrays()
    factor = scale.detach().numpy()
    arrays["outer"], arrays["outer_bias"] = arrays["outer"] * factor, arrays["outer_bias"] * factor
    arrays["outer_bias"] = arrays["outer_bias"] + shift.detach().numpy()
    return arrays


def mean_f1(pairs: Sequence[tuple[int, frozenset[int]]]) -> float:
    """The mean F1 of the labels that are told alone."""
    alone = [(best, next(iter(labels))) for best, labels in pairs if len(labels) == 1]
    scores = []
    for label in sorted({right for _, right in alone}):
        hit = sum(best == right == label for best, right in alone)
        scores.append(2 * hit / max(sum((best == label) + (right == label) for best, right in alone), 1))
    return float(np.mean(scores)) if scores else math.nan

"""How far fitting has come: figures on debates that are not fitted on, the same questions each time."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence

import numpy as np
import torch

from evals.aggregates import area
from evals.fit.network.batch import NO_SPAN, Maker, Row, batch_of, chunks
from evals.fit.network.encoder import pooled
from evals.fit.network.examples import Corpus, Example
from evals.fit.network.layers import Encoder, Reader

QUESTIONS, PASSAGES = 240, 8
"""How many questions are asked, and with how many passages near them each is read."""
TOKENS = 4608
NOTHING = -99.0


def of_reader(network: Reader, maker: Maker, corpora: Sequence[Corpus]) -> Callable[[], str]:
    """How often the right sentence of all is first, and how well the reader tells that there is none."""
    asked = _drawn(corpora)

    def check() -> str:
        rows: list[Row] = []
        owner: list[int] = []
        for n, (corpus, example) in enumerate(asked):
            golds = {gold.unit: frozenset(gold.sentences) for gold in example.golds}
            for unit in (*golds, *example.others[:PASSAGES]):
                row = maker.whole(example.question, corpus.units[unit])
                rows.append(Row(row.pair, golds.get(unit, frozenset()), (NO_SPAN, NO_SPAN)))
                owner.append(n)
        best = [(NOTHING, False)] * len(asked)
        for n, (score, right) in zip(owner, _best(network, rows), strict=True):
            best[n] = max(best[n], (score, right))
        answered = np.array([bool(example.golds) for _, example in asked])
        scores, first = np.array([s for s, _ in best]), np.array([r for _, r in best])
        return f"first {first[answered].mean():.3f}, AUC {area(scores, answered):.3f}"

    return check


def _best(network: Reader, rows: Sequence[Row]) -> list[tuple[float, bool]]:
    """The score of the best sentence of each row, and whether it is right."""
    found = [(NOTHING, False)] * len(rows)
    network.eval()
    with torch.no_grad():
        for chunk in chunks(rows, TOKENS):
            batch = batch_of([rows[n] for n in chunk]).to(network.body.device)
            vectors = network.body(batch.ids, batch.kinds, batch.mask)
            logits, _ = network.heads(vectors, batch.question, batch.sentences)
            logits = logits.masked_fill(batch.sentences.sum(-1) == 0, NOTHING)
            for at, n in enumerate(chunk):
                top = int(logits[at].argmax())
                found[n] = (float(logits[at, top]), bool(batch.gold[at, top]))
    return found


def of_encoder(network: Encoder, maker: Maker, corpora: Sequence[Corpus]) -> Callable[[], str]:
    """How often the nearest sentence of a debate is right, and its passage among the nearest eight."""
    asked = [(corpus, example) for corpus, example in _drawn(corpora) if example.golds]

    def check() -> str:
        first, found = [], []
        network.eval()
        with torch.no_grad():
            for corpus in corpora:
                own = [example for of, example in asked if of is corpus]
                if own:
                    one, two = _nearest(network, maker, corpus, own)
                    first += one
                    found += two
        return f"first {np.mean(first):.3f}, passage in {PASSAGES} {np.mean(found):.3f}"

    return check


def _nearest(
    network: Encoder, maker: Maker, corpus: Corpus, asked: Sequence[Example]
) -> tuple[list[bool], list[bool]]:
    sentences, _ = pooled(network.body, [maker.alone(unit) for unit in corpus.units])
    _, questions = pooled(
        network.body, [maker.question_row(example.question, spoilt=False) for example in asked]
    )
    near = (torch.stack(questions) @ torch.cat(sentences).T).cpu().numpy()
    home = np.concatenate([np.full(len(each), n) for n, each in enumerate(sentences)])
    number = np.concatenate([np.arange(len(each)) for each in sentences])
    first, found = [], []
    for example, scores in zip(asked, near, strict=True):
        top = int(scores.argmax())
        golds = {gold.unit: gold.sentences for gold in example.golds}
        first.append(int(number[top]) in golds.get(int(home[top]), ()))
        best = np.full(len(corpus.units), NOTHING)
        np.maximum.at(best, home, scores)
        found.append(not golds.keys().isdisjoint(np.argsort(-best)[:PASSAGES].tolist()))
    return first, found


def _drawn(corpora: Iterable[Corpus]) -> list[tuple[Corpus, Example]]:
    every = [(corpus, example) for corpus in corpora for example in corpus.examples]
    return random.Random(0).sample(every, min(QUESTIONS, len(every)))

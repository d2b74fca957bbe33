"""Fit rag/weights/adapter.json, or for E5 adapter-e5.json: ``python -m evals fit adapter piaf-v1.1.json``.

A map from a question to the sentences that answer it. Questions and gold sentences are those of the articles
and debates fitted on, see ``evals/sets/pools.py``. A ridge regression from question to gold sentence gives
the start; then a few passes of Adam (Kingma & Ba 2015) make the gold sentences probable among all sentences
of the sets (the softmax with in-batch negatives of Henderson et al. 2017, with every sentence as a negative).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evals import SEED
from evals.sets.pools import Pool, debates_pool, piaf_pool
from rag.encoders.adapter import Adapter, Centre
from rag.encoders.load import E5
from rag.weights import weights_file

RANK = 16
RIDGE = 30.0
"""How strongly the start is held to the identity."""
TEMPERATURE = 0.05
PASSES, BATCH, RATE, DECAY = 2, 384, 2e-3, 1e-3
ORIGINAL = 0.3
"""How much one of PIAF's own questions counts; they were written with the passage in view."""
FOLDS = 3
DECIMALS = 3
MEAN_DECIMALS = 5
PROVENANCE = {
    "data": "PIAF 1.1 (Etalab), evals/data/piaf_variants.jsonl, evals/data/debates",
    "split": "articles and debates by hash of their title; those of `check` are not fitted on",
    "command": "make fit",
}

Vectors = NDArray[np.float64]
"""Double precision, so that the digits kept do not depend on the order of summation."""


def run(squad: Path, encoder: str, output: Path) -> None:
    """Fit the map and write it into a folder.

    Args:
        squad: PIAF 1.1 in SQuAD format.
        encoder: whose vectors to fit on, ``use`` or ``e5``.
        output: folder of the file.

    Raises:
        InputError: the set cannot be read or is not in SQuAD format.
    """
    adapter, pools, centre = fit_pools(squad, encoder)
    save(adapter, pools, output / weights_file("adapter", encoder).name, centre)


def fit_pools(squad: Path, encoder: str) -> tuple[Adapter, list[Pool], Centre | None]:
    """The map, the sets with their questions moved by it, and their means where they are taken off."""
    pools = [piaf_pool(squad, encoder), debates_pool(encoder)]
    centre = centre_vectors(pools) if encoder == E5 else None
    return move_questions(pools), pools, centre


@dataclass(frozen=True, slots=True)
class Pairs:
    """Questions with the sentences that answer them.

    Attributes:
        questions: shape ``(n, dimensions)``.
        sentences: shape ``(m, dimensions)``.
        gold: for each question, rows of sentences.
        weights: shape ``(n,)``.
    """

    questions: Vectors
    sentences: Vectors
    gold: Sequence[tuple[int, ...]]
    weights: Vectors


def pairs(pools: Sequence[Pool], is_chosen: Callable[[str], bool]) -> Pairs:
    """Those of the groups fitted on whose name is chosen."""
    questions, sentences, gold, weights = [], [], [], []
    begin = 0
    for pool in pools:
        groups = {g for g in set(pool.sentence_groups) if pool.is_fitted(g) and is_chosen(g)}
        rows = np.flatnonzero(np.isin(pool.sentence_groups, sorted(groups)))
        place = {int(row): begin + number for number, row in enumerate(rows)}
        sentences.append(pool.sentence_vectors[rows])
        begin += len(rows)
        for question, vector in zip(pool.questions, pool.question_vectors, strict=True):
            if question.group in groups and question.gold:
                questions.append(vector)
                gold.append(tuple(place[row] for row in sorted(question.gold)))
                weights.append(ORIGINAL if question.kind == "original" else 1.0)
    return Pairs(
        np.array(questions, np.float64), np.concatenate(sentences).astype(np.float64), gold, np.array(weights)
    )


def fit_adapter(found: Pairs) -> Adapter:
    """The map for some pairs; the same for the same pairs."""
    parameters = _start(found)
    chance = np.random.default_rng(SEED)
    mean = [np.zeros_like(p) for p in parameters]
    square = [np.zeros_like(p) for p in parameters]
    step = 0
    for _ in range(PASSES):
        shuffled = chance.permutation(len(found.questions))
        for first in range(0, len(shuffled), BATCH):
            step += 1
            slopes = _slopes(found, shuffled[first : first + BATCH], *parameters)
            for p, slope, m, s in zip(parameters, slopes, mean, square, strict=True):
                m += 0.1 * (slope - m)
                s += 0.001 * (slope**2 - s)
                p -= RATE * (m / (1 - 0.9**step)) / (np.sqrt(s / (1 - 0.999**step)) + 1e-8)
    down, up = (np.round(p, DECIMALS).astype(np.float32) for p in parameters)
    return Adapter(down, up)


def _start(found: Pairs) -> tuple[Vectors, Vectors]:
    """Ridge regression towards the identity, reduced to :data:`RANK` by singular values."""
    questions = found.questions
    targets = found.sentences[[gold[0] for gold in found.gold]]
    weighted = (questions * found.weights[:, None]).T
    held = RIDGE * np.eye(questions.shape[1])
    change = np.linalg.solve(weighted @ questions + held, weighted @ targets + held) - np.eye(len(held))
    left, values, right = np.linalg.svd(change)
    root = np.sqrt(values[:RANK])
    return left[:, :RANK] * root, root[:, None] * right[:RANK]


def _slopes(found: Pairs, batch: NDArray[np.int64], down: Vectors, up: Vectors) -> tuple[Vectors, Vectors]:
    """Gradient of the loss of some questions, for both matrices."""
    questions = found.questions[batch]
    thin = questions @ down
    moved = questions + thin @ up
    length = np.linalg.norm(moved, axis=1, keepdims=True)
    unit = moved / length
    logits = unit @ found.sentences.T / TEMPERATURE
    odds = np.exp(logits - logits.max(axis=1, keepdims=True))
    probable = odds / odds.sum(axis=1, keepdims=True)
    right = np.zeros_like(probable)
    for row, number in enumerate(batch):
        right[row, list(found.gold[number])] = 1
    gold = (probable * right).sum(axis=1, keepdims=True) + 1e-9
    counted = found.weights[batch][:, None] / (TEMPERATURE * len(batch))
    on_unit = (probable - probable * right / gold) * counted @ found.sentences
    on_moved = (on_unit - (on_unit * unit).sum(axis=1, keepdims=True) * unit) / length
    return questions.T @ (on_moved @ up.T) + DECAY * down, thin.T @ on_moved + DECAY * up


def move_questions(pools: Sequence[Pool]) -> Adapter:
    """Fit, and set ``searched_vectors`` of the pools.

    A question fitted on is moved by a map fitted without its group, so that what is fitted next on these
    vectors sees them as they are for new questions; others by the map that is given back.
    """
    whole = fit_adapter(pairs(pools, lambda group: True))
    without = [fit_adapter(pairs(pools, lambda group, k=k: _fold(group) != k)) for k in range(FOLDS)]  # type: ignore[misc]
    for pool in pools:
        moved = [
            (without[_fold(question.group)] if pool.is_fitted(question.group) else whole)(vector)
            for question, vector in zip(pool.questions, pool.question_vectors, strict=True)
        ]
        pool.searched_vectors = np.array(moved)
    return whole


def _fold(group: str) -> int:
    return int(hashlib.sha256(f"fold {group}".encode()).hexdigest(), 16) % FOLDS


def first_rate(pool: Pool, searched: bool) -> float:
    """Share of the answerable questions of groups not fitted on whose nearest sentence is a gold one."""
    vectors = pool.searched_vectors if searched else pool.question_vectors
    asked = [
        number
        for number, question in enumerate(pool.questions)
        if question.gold and pool.is_checked(question.group)
    ]
    rows = np.flatnonzero([pool.is_checked(group) for group in pool.sentence_groups])
    best = rows[(vectors[asked] @ pool.sentence_vectors[rows].T).argmax(axis=1)]
    hits = [row in pool.questions[number].gold for row, number in zip(best, asked, strict=True)]
    return round(float(np.mean(hits)), 4)


def centre_vectors(pools: Sequence[Pool]) -> Centre:
    """Means of the questions and sentences fitted on, each set counting alike; the pools are centred."""
    questions, texts = [], []
    for pool in pools:
        asked = [pool.is_fitted(question.group) for question in pool.questions]
        questions.append(pool.question_vectors[asked].mean(axis=0))
        texts.append(pool.sentence_vectors[[pool.is_fitted(g) for g in pool.sentence_groups]].mean(axis=0))
    means = (np.round(np.mean(each, axis=0), MEAN_DECIMALS) for each in (questions, texts))
    centre = Centre(*(np.asarray(mean, np.float32) for mean in means))
    for pool in pools:
        pool.centre(centre)
    return centre


def save(adapter: Adapter, pools: Sequence[Pool], output: Path, centre: Centre | None = None) -> None:
    """Write the map, one row of a matrix a line, with where it comes from and what it gives."""
    figures = {
        pool.name: {"encoder": first_rate(pool, False), "adapted": first_rate(pool, True)} for pool in pools
    }
    said = PROVENANCE | {"seed": SEED, "first sentence right on groups not fitted on": figures}
    lines = [f'"provenance": {json.dumps(said, ensure_ascii=False)}']
    for name, mean in (("questions", centre.questions), ("texts", centre.texts)) if centre else ():
        lines.append(f'"{name}": {json.dumps([round(float(v), MEAN_DECIMALS) for v in mean])}')
    for name, matrix in (("down", adapter.down), ("up", adapter.up.T)):
        rows = ",\n".join(json.dumps([round(float(v), DECIMALS) for v in row]) for row in matrix)
        lines.append(f'"{name}": [\n{rows}\n]')
    output.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")

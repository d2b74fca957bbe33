"""Rebuttals: is the other side's sentence on a claim found, and is nothing said where it has none?

``python -m evals.bearing`` takes the questions of the invented debates (``evals/data/debates``) that both
sides answer: a sentence of one side is put as a claim, the sentences of the other side that answer the same
question are what must be found among all that the other side says. The same claims put to other debates must
find nothing; all are on public policy, and so not far from each other. Figures are of debates not fitted on:
each is left out in turn. ``--fit`` fits the weights of ``rag/weights/bearing.json`` on all.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from evals.pools import DATA, units_of
from rag.debate.bearing import covered
from rag.encoders import load_encoder
from rag.encoders.use import EMBEDDED
from rag.store.bm25 import BM25
from rag.text import language_of, terms
from rag.weights import weights_file

SIDES = ("critic", "official")
FOREIGN = 3
"""To how many other debates each claim is put."""
SEED = 20260106
PENALTY = 1e-3
WEIGHTS = weights_file("bearing")

Floats = NDArray[np.float64]


class Side:
    """What one side of a debate says: its sentences, their words and vectors."""

    def __init__(self, text: str, encode: Any) -> None:
        units = units_of("", language_of(text), text)
        self.sentences = [sentence.strip() for unit in units for sentence in unit.sentences]
        self.stems = [
            frozenset(terms(sentence, unit.language)) for unit in units for sentence in unit.sentences
        ]
        self.vectors = np.array(encode([text for unit in units for text in unit.introduced]), np.float64)

    def rows(self, text: str) -> list[int]:
        """The sentences that make up a gold slice, or hold it."""
        bare = text.strip(" -–•;.")
        return [row for row, own in enumerate(self.sentences) if own.strip(" -–•;.") in text or bare in own]


@dataclass(frozen=True, slots=True)
class Debate:
    """Two sides, and the pairs of sentences (row of the first, row of the second) on one matter."""

    name: str
    sides: tuple[Side, Side]
    pairs: frozenset[tuple[int, int]]
    bm25: BM25


@dataclass(frozen=True, slots=True)
class Case:
    """A claim put to one side of a debate.

    Attributes:
        debate: that the claim comes from.
        features: cosine and share covered of each sentence, shape ``(n, 2)``.
        right: which sentences bear on it, shape ``(n,)``; none in another debate.
    """

    debate: str
    features: Floats
    right: NDArray[np.bool_]


def load_debates() -> list[Debate]:
    """The invented debates."""
    encode = load_encoder(EMBEDDED).get_text_embedding_batch
    return [_debate(folder, encode) for folder in sorted((DATA / "debates").iterdir()) if folder.is_dir()]


def _debate(folder: Path, encode: Any) -> Debate:
    sides = tuple(Side((folder / f"{side}.txt").read_text(encoding="utf-8"), encode) for side in SIDES)
    pairs: set[tuple[int, int]] = set()
    for line in (folder / "questions.jsonl").read_text(encoding="utf-8").splitlines():
        gold = json.loads(line)["gold"]
        rows = [
            [row for slice_ in gold if slice_["source"] == name for row in side.rows(slice_["text"])]
            for name, side in zip(SIDES, sides, strict=True)
        ]
        pairs |= set(product(*rows))
    stems = [sorted(found) for side in sides for found in side.stems]
    return Debate(folder.name, (sides[0], sides[1]), frozenset(pairs), BM25.build(stems))


def cases(debates: Sequence[Debate]) -> Iterator[Case]:
    """Each claim put to the other side of its debate, then to sides of other debates."""
    chance = random.Random(SEED)
    for debate in debates:
        others = [other for other in debates if other is not debate]
        for own in (0, 1):
            for row in sorted({pair[own] for pair in debate.pairs}):
                side, facing = debate.sides[own], debate.sides[1 - own]
                gold = {pair[1 - own] for pair in debate.pairs if pair[own] == row}
                right = np.isin(np.arange(len(facing.sentences)), sorted(gold))
                yield Case(debate.name, _features(side, row, facing, debate.bm25), right)
                for other in chance.sample(others, FOREIGN):
                    asked = other.sides[1 - own]
                    nothing = np.zeros(len(asked.sentences), bool)
                    yield Case(debate.name, _features(side, row, asked, other.bm25), nothing)


def _features(side: Side, row: int, facing: Side, bm25: BM25) -> Floats:
    claim = side.stems[row]
    shares = [covered(claim, stems, bm25.idf) for stems in facing.stems]
    return np.stack([facing.vectors @ side.vectors[row], np.array(shares)], axis=1)


# --- fit and figures ------------------------------------------------------------------------------


def fit(drawn: Sequence[Case]) -> Floats:
    """Weights of cosine and share, and the bias.

    The weights make the right sentence probable among all (listwise softmax); then their sum is scaled and
    moved so that the best sentence's tells whether there is a right one (logistic regression, claims that
    have one and claims that have none counting alike).
    """
    with_answer = [case for case in drawn if case.right.any()]

    def ranking(weights: Floats) -> float:
        losses = []
        for case in with_answer:
            scores = case.features @ weights
            odds = np.exp(scores - scores.max())
            losses.append(-math.log(odds[case.right].sum() / odds.sum()))
        return float(np.mean(losses) + PENALTY * weights @ weights)

    weights = minimize(ranking, np.array([5.0, 5.0]), method="L-BFGS-B").x
    best = np.array([(case.features @ weights).max() for case in drawn])
    there = np.array([case.right.any() for case in drawn], np.float64)
    counted = np.where(there > 0, 0.5 / there.mean(), 0.5 / (1 - there.mean()))

    def deciding(parameters: Floats) -> float:
        logits = parameters[0] * best + parameters[1]
        return float((counted * (np.logaddexp(0, logits) - there * logits)).mean())

    scale, bias = minimize(deciding, np.array([1.0, -1.0]), method="L-BFGS-B").x
    return np.array([*(scale * weights), bias])


def figures(drawn: Sequence[Case]) -> dict[str, float]:
    """How often it is right, each debate judged by weights fitted on the others."""
    ranks, said, silent = [], [], []
    for name in sorted({case.debate for case in drawn}):
        *weights, bias = fit([case for case in drawn if case.debate != name])
        for case in (case for case in drawn if case.debate == name):
            logits = case.features @ np.array(weights) + bias
            if case.right.any():
                order = np.argsort(-logits, kind="stable")
                ranks.append(int(np.flatnonzero(case.right[order])[0]))
                said.append(logits.max() >= 0)
            else:
                silent.append(logits.max() < 0)
    return {
        "claims": len(ranks),
        "first": round(float(np.mean(np.array(ranks) < 1)), 4),
        "in_three": round(float(np.mean(np.array(ranks) < 3)), 4),
        "said_when_there": round(float(np.mean(said)), 4),
        "silent_when_elsewhere": round(float(np.mean(silent)), 4),
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Run; returns the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m evals.bearing", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument(
        "--fit", action="store_true", help="fit the weights of rag/weights/bearing.json as well"
    )
    options = parser.parse_args(arguments)
    drawn = list(cases(load_debates()))
    found = figures(drawn)
    print(json.dumps(found))
    if options.fit:
        names = ("cosine", "covered", "bias")
        kept = {
            "about": "Weights of the probability that a sentence bears on a claim; see rag/debate/bearing.py",
            "command": "python -m evals.bearing --fit",
            "data": "evals/data/debates: sentences of both sides that answer one question",
            "encoder": EMBEDDED,
            "seed": SEED,
            "left_out_in_turn": found,
            "weights": {n: round(float(w), 3) for n, w in zip(names, fit(drawn), strict=True)},
        }
        WEIGHTS.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

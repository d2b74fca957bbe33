"""Fit rag/weights/ranker.json, or for E5 ranker-e5.json: ``python -m evals fit ranker piaf-v1.1.json``.

Two sets of questions are asked of corpora drawn at random (``drawn.py``).

*PIAF* (French, Etalab open data), with variants of some of its questions written for this purpose
(``evals/data/piaf_variants.jsonl``: English, paraphrased, telegraphic, misspelt, and questions near the topic
that the passage does not answer). Articles are split by a hash of their title: ``fit`` ones are fitted on,
``check`` articles are reported here, ``report`` articles are left to the evaluation suite.

*Debates*: pairs of invented documents that disagree, on other subjects than the shipped ones, with questions
of the kinds debaters ask (``evals/data/debates/``). They are split as the articles are. (The weights
that come with the program were fitted on those of the first 18 that are not of ``check``.)

The map of rag/weights/adapter.json is fitted first (``adapter.py``), on the same groups, and written as well.
The shipped documents and the question set take no part, but for one number: ``PRIOR_ODDS``, see there.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from evals import SEED
from evals.aggregates import Floats
from evals.fit.adapter import PROVENANCE, fit_pools, save
from evals.fit.drawn import Case, draw
from evals.report.figures import write_json
from evals.sets.pools import UNANSWERED
from rag.search.features import NAMES
from rag.search.rank import ANSWER_NAMES, answer_matrix
from rag.weights import weights_file

CORPORA = {"piaf": 250, "debates": 150}
PER_CORPUS = {"piaf": 8, "debates": 15}
WEIGHT = {"original": 0.1, "telegraphic": 0.5, "misspelt": 0.5, "paraphrase": 2.0}
"""How much an answerable case counts for the answer model, by kind; others count 1. PIAF's own questions were
written with the passage in view and repeat its words, as few debaters' do."""
NEAR = frozenset({*UNANSWERED, "near"})
GROUPS = ("far", "near", "taken out")
SHARES = {"answerable": 1.0, "taken out": 3.0, "near": 2.0, "far": 1.0}
"""How much the unanswerable cases of a group count together for the answer model; the answerable ones count
as much as they all."""
PRIOR_ODDS = 3.0
"""Odds that the documents somebody has chosen answer what they ask of them; the cases drawn are weighted
to even odds, the bias of the answer model is then moved to these. Three: to withhold an answer that stands
there is held to be thrice as bad as to show quotes, which can be read and are marked as uncertain, that do
not answer. Chosen among 2, 3 and 5 with the figures of ``dev`` in view."""


def run(squad: Path, encoder: str, output: Path) -> dict[str, dict[str, float]]:
    """Fit the map and the ranker, write both into a folder, and give the figures of what was not fitted on.

    Args:
        squad: PIAF 1.1 in SQuAD format.
        encoder: whose vectors to fit on, ``use`` or ``e5``.
        output: folder of the two files.

    Raises:
        InputError: the set cannot be read or is not in SQuAD format.
    """
    adapter, pools, centre = fit_pools(squad, encoder)
    save(adapter, pools, output / weights_file("adapter", encoder).name, centre)
    cases = {p.name: list(draw(p, True, SEED, CORPORA[p.name], PER_CORPUS[p.name])) for p in pools}
    ranking = fit_ranking([*cases["piaf"], *cases["debates"]])
    answer, bias = fit_answer([*cases["piaf"], *cases["debates"]], ranking)
    figures = {
        pool.name: report(list(draw(pool, False, SEED + 1, 100, 10)), ranking, answer, bias) for pool in pools
    }
    found = {
        "provenance": PROVENANCE
        | {
            "seed": SEED,
            "fitted_on_cases": {name: len(drawn) for name, drawn in cases.items()},
            "check": figures,
        },
        "ranking": {name: round(float(weight), 4) for name, weight in zip(NAMES, ranking, strict=True)},
        "answer": {
            "bias": round(bias, 4),
            **{name: round(float(w), 4) for name, w in zip(ANSWER_NAMES, answer, strict=True)},
        },
    }
    write_json(output / weights_file("ranker", encoder).name, found)
    return figures


def fit_ranking(cases: Sequence[Case], penalty: float = 1e-3) -> Floats:
    """Weights that make the right sentence probable among the candidates (listwise softmax)."""
    cases = [case for case in cases if case.right.any()]
    features = np.concatenate([case.features for case in cases]).astype(np.float64)
    spread = features.std(axis=0) + 1e-6
    scaled = features / spread
    right = np.concatenate([case.right for case in cases])
    counts = [len(case.right) for case in cases]
    starts = np.cumsum([0, *counts[:-1]])
    group = np.repeat(np.arange(len(cases)), counts)

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = scaled @ weights
        odds = np.exp(scores - np.maximum.reduceat(scores, starts)[group])
        total, good = np.add.reduceat(odds, starts), np.add.reduceat(odds * right, starts) + 1e-12
        value = -np.log(good / total).mean() + penalty * weights @ weights
        slope = scaled.T @ (odds / total[group] - odds * right / good[group]) / len(cases)
        return value, slope + 2 * penalty * weights

    found: Floats = minimize(loss, np.zeros(len(NAMES)), jac=True, method="L-BFGS-B").x / spread
    return found


def best_rows(cases: Sequence[Case], ranking: Floats) -> Floats:
    """The answer model's columns for the best candidate of each case."""
    rows = []
    for case in cases:
        best = int((case.features @ ranking).argmax())
        one = slice(best, best + 1)
        rows.append(answer_matrix(case.features[one], case.asked, case.size, case.foreign[one])[0])
    return np.array(rows, np.float64)


def case_weights(cases: Sequence[Case]) -> Floats:
    """Weights with which, in each set, answerable and unanswerable questions count alike; see SHARES."""
    groups = np.array([f"{case.pool} {_weight_group(case)}" for case in cases])
    weights = np.array([WEIGHT.get(case.kind, 1.0) if case.answerable else 1.0 for case in cases])
    for pool in sorted({case.pool for case in cases}):
        present = {group: share for group, share in SHARES.items() if f"{pool} {group}" in groups}
        silent = sum(share for group, share in present.items() if group != "answerable")
        for group, share in present.items():
            counted = 0.5 if group == "answerable" else 0.5 * share / silent
            chosen = groups == f"{pool} {group}"
            weights[chosen] *= counted / weights[chosen].sum()
    found: Floats = weights / weights.mean()
    return found


def _weight_group(case: Case) -> str:
    if case.answerable:
        return "answerable"
    if case.kind == "far" and case.pool == "debates":  # all debates are on public policy, and alike
        return "near"
    return "far" if case.kind == "far" else "near" if case.kind in NEAR else "taken out"


def fit_answer(cases: Sequence[Case], ranking: Floats, penalty: float = 3e-3) -> tuple[Floats, float]:
    """Logistic regression of "the sources answer" on the best candidate; weights and bias."""
    rows = best_rows(cases, ranking)
    centre, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    scaled = (rows - centre) / spread
    target = np.array([case.answerable for case in cases], np.float64)
    counted = case_weights(cases)

    def loss(parameters: Floats) -> tuple[float, Floats]:
        weights, bias = parameters[:-1], parameters[-1]
        logits = scaled @ weights + bias
        value = (counted * (np.logaddexp(0, logits) - target * logits)).mean() + penalty * weights @ weights
        residual = counted * (1 / (1 + np.exp(-logits)) - target) / len(target)
        return value, np.append(scaled.T @ residual + 2 * penalty * weights, residual.sum())

    found = minimize(loss, np.zeros(len(ANSWER_NAMES) + 1), jac=True, method="L-BFGS-B").x
    weights = found[:-1] / spread
    return weights, float(found[-1] - weights @ centre) + math.log(PRIOR_ODDS)


def report(cases: Sequence[Case], ranking: Floats, answer: Floats, bias: float) -> dict[str, float]:
    """Figures on cases not fitted on: right sentence first and in three, and abstention."""
    ranks = []
    for case in cases:
        if case.answerable:
            scores = case.features @ ranking
            ranks.append((scores > scores[case.right].max()).sum() if case.right.any() else 99)
    probability = 1 / (1 + np.exp(-(best_rows(cases, ranking) @ answer + bias)))
    groups = np.array([_weight_group(case) for case in cases])
    said, true = probability >= 0.5, np.array([case.answerable for case in cases])
    return {
        "cases": len(cases),
        "sentence@1": round(float(np.mean(np.array(ranks) < 1)), 4),
        "sentence@3": round(float(np.mean(np.array(ranks) < 3)), 4),
        "answered_when_answerable": round(float(said[true].mean()), 4),
        **{
            f"silent_when_{group}": round(float((~said[groups == group]).mean()), 4)
            for group in GROUPS
            if group in groups
        },
    }

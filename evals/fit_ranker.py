"""Fit rag/weights/adapter.json and rag/weights/ranker.json: ``python -m evals.fit_ranker piaf-v1.1.json``.

With ``--encoder e5`` rag/weights/adapter-e5.json and rag/weights/ranker-e5.json.

Two sets of questions are asked of corpora drawn at random, from which some passages have been taken out: so
there are corpora of all sizes, and questions whose passage is missing.

*PIAF* (French, Etalab open data), with variants of some of its questions written for this purpose
(``evals/data/piaf_variants.jsonl``: English, paraphrased, telegraphic, misspelt, and questions near the topic
that the passage does not answer). Articles are split by a hash of their title: ``fit`` ones are fitted on,
``check`` articles are reported here, ``report`` articles are left to the evaluation suite.

*Debates*: pairs of invented documents that disagree, on other subjects than the shipped ones, with questions
of the kinds debaters ask (``evals/data/debates/``). They are split by a hash of their name: two in ten are
reported here, the others fitted on.

The map of rag/weights/adapter.json is fitted first (``evals/fit_adapter.py``), on the same groups. The
shipped documents and the question set take no part, but for one number: ``PRIOR_ODDS``, see there.
"""

from __future__ import annotations

import argparse
import json
import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from evals import fit_adapter
from evals.pools import UNANSWERED, Pool, Question, debates_pool, piaf_pool
from rag.search import Asked
from rag.search.features import NAMES, Candidates, matrix
from rag.search.find import RERANKED
from rag.search.rank import ANSWER_NAMES, answer_matrix, fuse
from rag.store.bm25 import BM25
from rag.text import language_of, query_terms
from rag.weights import weights_file

SEED = 20260106
CORPORA = {"piaf": 250, "debates": 150}
PER_CORPUS = {"piaf": 8, "debates": 15}
SIZES = {"piaf": (1, 2, 3, 5, 10, 30, 100), "debates": (1, 1, 2, 4)}
"""How many articles, or debates, a drawn corpus may have."""
TAKEN_OUT = {"piaf": (0.25,), "debates": (0.0, 0.0, 0.35)}
"""Share of passages taken out of a drawn corpus; one of these, by chance."""
WEIGHT = {"original": 0.1, "telegraphic": 0.5, "misspelt": 0.5, "paraphrase": 2.0}
"""How much an answerable case counts for the answer model, by kind; others count 1. PIAF's own questions were
written with the passage in view and repeat its words, as few debaters' do."""
NEAR = frozenset({*UNANSWERED, "near"})
GROUPS = ("far", "near", "taken out")
SHARES = {"answerable": 1.0, "taken out": 3.0, "near": 2.0, "far": 1.0}
"""How much the unanswerable cases of a group count together for the answer model; the answerable ones count
as much as they all."""
FAR = 4
"""How many questions on quite another subject are asked of each drawn corpus."""
PRIOR_ODDS = 3.0
"""Odds that the documents somebody has chosen answer what they ask of them; the cases drawn are weighted
to even odds, the bias of the answer model is then moved to these. Three: to withhold an answer that stands
there is held to be thrice as bad as to show quotes, which can be read and are marked as uncertain, that do
not answer. Chosen among 2, 3 and 5 with the figures of ``dev`` in view."""
ENCODERS = ("use", "e5")
PROVENANCE = {
    "data": "PIAF 1.1 (Etalab), evals/data/piaf_variants.jsonl, evals/data/debates",
    "split": "articles and debates by hash of their title; those of `check` are not fitted on",
    "command": "make fit",
}


@dataclass(frozen=True, slots=True)
class Case:
    """One question asked of one drawn corpus."""

    features: NDArray[np.float32]
    right: NDArray[np.bool_]
    answerable: bool
    kind: str
    pool: str
    size: int
    asked: Asked
    foreign: NDArray[np.bool_]


class Corpus:
    """Some units of a pool, with a lexical index and word frequencies of their own."""

    def __init__(self, pool: Pool, units: Sequence[int]) -> None:
        self.pool = pool
        self.units = np.array(sorted(units))
        ranges = [pool.ranges[number] for number in self.units]
        self.rows = np.concatenate([np.arange(first, last) for first, last in ranges])
        self.home = np.repeat(np.arange(len(ranges)), [last - first for first, last in ranges])
        self.sentences = BM25.build([pool.sentence_terms[row] for row in self.rows])
        self.passages = BM25.build(
            [[t for row in range(first, last) for t in pool.sentence_terms[row]] for first, last in ranges]
        )
        self.vocabulary = pool.vocabulary.restricted(self.rows)
        self.known_languages = sorted(set(pool.languages[self.rows]))

    def candidates(self, question: Question, vector: NDArray[np.float32]) -> Candidates:
        """The sentences of the passages that plain fusion finds first."""
        pool, query = self.pool, query_terms(question.text, self.known_languages)
        lexical = self.sentences.share(query)
        dense = pool.sentence_vectors[self.rows] @ vector
        around_lexical = self.passages.share(query)
        around_dense = pool.unit_vectors[self.units] @ vector
        best_lexical = np.full(len(self.units), 0, np.float32)
        best_dense = np.full(len(self.units), -1, np.float32)
        np.maximum.at(best_lexical, self.home, lexical)
        np.maximum.at(best_dense, self.home, dense)
        fused = fuse(around_lexical, around_dense, best_lexical, best_dense, pool.encoder)
        top = np.sort(np.argsort(-fused, kind="stable")[:RERANKED])
        kept = np.isin(self.home, top)
        return Candidates(
            rows=self.rows[kept],
            home=np.searchsorted(top, self.home[kept]),
            lexical=lexical[kept],
            dense=dense[kept],
            passage_lexical=around_lexical[top],
            passage_dense=around_dense[top],
            offered=pool.offered[self.rows[kept]],
            corpus_size=len(self.rows),
        )


def draw(pool: Pool, fitted: bool, seed: int, corpora: int, per_corpus: int) -> Iterator[Case]:
    """Ask questions of corpora drawn at random, from the groups fitted on or from those checked."""
    chance = random.Random(seed)
    groups: dict[str, list[int]] = {}
    for number, unit in enumerate(pool.units):
        if pool.is_fitted(unit.group) if fitted else pool.is_checked(unit.group):
            groups.setdefault(unit.group, []).append(number)
    asked_of: dict[str, list[int]] = {}
    for number, question in enumerate(pool.questions):
        asked_of.setdefault(question.group, []).append(number)
    for _ in range(corpora):
        size = min(chance.choice(SIZES[pool.name]), len(groups))
        chosen = chance.sample(sorted(groups), size)
        units = [number for group in chosen for number in groups[group]]
        share = chance.choice(TAKEN_OUT[pool.name])
        kept = [number for number in units if chance.random() >= share] or units[:1]
        corpus = Corpus(pool, kept)
        on_topic = [q for group in chosen for q in asked_of[group]]
        variants = [q for q in on_topic if pool.questions[q].kind != "original"]
        others = [group for group in sorted(asked_of) if group not in chosen]
        far = asked_of[chance.choice(others)]
        for found, most in ((on_topic, per_corpus), (variants, per_corpus), (far, FAR)):
            for q in chance.sample(found, min(most, len(found))):
                yield _case(corpus, pool.questions[q], pool.searched_vectors[q], set(chosen))


def _case(corpus: Corpus, question: Question, vector: NDArray[np.float32], groups: set[str]) -> Case:
    candidates, asked = corpus.candidates(question, vector), corpus.pool.asked(question)
    features = matrix(asked, candidates, corpus.vocabulary)
    return Case(
        features=features,
        right=np.array([row in question.gold for row in candidates.rows]),
        answerable=not question.gold.isdisjoint(corpus.rows.tolist()),
        pool=corpus.pool.name,
        kind=question.kind if question.group in groups else "far",
        size=len(corpus.rows),
        asked=asked,
        foreign=corpus.pool.languages[candidates.rows] != language_of(question.text),
    )


# --- fitting --------------------------------------------------------------------------------------


def fit_ranking(cases: Sequence[Case], penalty: float = 1e-3) -> NDArray[np.float64]:
    """Weights that make the right sentence probable among the candidates (listwise softmax)."""
    cases = [case for case in cases if case.right.any()]
    features = np.concatenate([case.features for case in cases]).astype(np.float64)
    spread = features.std(axis=0) + 1e-6
    scaled = features / spread
    right = np.concatenate([case.right for case in cases])
    counts = [len(case.right) for case in cases]
    starts = np.cumsum([0, *counts[:-1]])
    group = np.repeat(np.arange(len(cases)), counts)

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        scores = scaled @ weights
        odds = np.exp(scores - np.maximum.reduceat(scores, starts)[group])
        total, good = np.add.reduceat(odds, starts), np.add.reduceat(odds * right, starts) + 1e-12
        value = -np.log(good / total).mean() + penalty * weights @ weights
        slope = scaled.T @ (odds / total[group] - odds * right / good[group]) / len(cases)
        return value, slope + 2 * penalty * weights

    return minimize(loss, np.zeros(len(NAMES)), jac=True, method="L-BFGS-B").x / spread


def best_rows(cases: Sequence[Case], ranking: NDArray[np.float64]) -> NDArray[np.float64]:
    """The answer model's columns for the best candidate of each case."""
    rows = []
    for case in cases:
        best = int((case.features @ ranking).argmax())
        one = slice(best, best + 1)
        rows.append(answer_matrix(case.features[one], case.asked, case.size, case.foreign[one])[0])
    return np.array(rows, np.float64)


def case_weights(cases: Sequence[Case]) -> NDArray[np.float64]:
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
    return weights / weights.mean()


def _weight_group(case: Case) -> str:
    if case.answerable:
        return "answerable"
    if case.kind == "far" and case.pool == "debates":  # all debates are on public policy, and alike
        return "near"
    return "far" if case.kind == "far" else "near" if case.kind in NEAR else "taken out"


def fit_answer(
    cases: Sequence[Case], ranking: NDArray[np.float64], penalty: float = 3e-3
) -> tuple[NDArray[np.float64], float]:
    """Logistic regression of "the sources answer" on the best candidate; weights and bias."""
    rows = best_rows(cases, ranking)
    centre, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    scaled = (rows - centre) / spread
    target = np.array([case.answerable for case in cases], np.float64)
    counted = case_weights(cases)

    def loss(parameters: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights, bias = parameters[:-1], parameters[-1]
        logits = scaled @ weights + bias
        value = (counted * (np.logaddexp(0, logits) - target * logits)).mean() + penalty * weights @ weights
        residual = counted * (1 / (1 + np.exp(-logits)) - target) / len(target)
        return value, np.append(scaled.T @ residual + 2 * penalty * weights, residual.sum())

    found = minimize(loss, np.zeros(len(ANSWER_NAMES) + 1), jac=True, method="L-BFGS-B").x
    weights = found[:-1] / spread
    return weights, float(found[-1] - weights @ centre) + math.log(PRIOR_ODDS)


# --- reporting ------------------------------------------------------------------------------------


def report(
    cases: Sequence[Case], ranking: NDArray[np.float64], answer: NDArray[np.float64], bias: float
) -> dict[str, float]:
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


def main() -> None:
    """Fit, report and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("squad", type=Path, help="PIAF 1.1 in SQuAD format; see the README")
    parser.add_argument("--encoder", choices=ENCODERS, default="use", help="whose vectors to fit on [use]")
    parser.add_argument("--output", type=Path, help="folder of the two files [rag]")
    options = parser.parse_args()
    files = {kind: weights_file(kind, options.encoder) for kind in ("adapter", "ranker")}
    if options.output:
        files = {kind: options.output / file.name for kind, file in files.items()}
    pools = [piaf_pool(options.squad, options.encoder), debates_pool(encoder=options.encoder)]
    centre = fit_adapter.centre_vectors(pools) if options.encoder == "e5" else None
    adapter = fit_adapter.move_questions(pools)
    fit_adapter.save(adapter, pools, PROVENANCE, files["adapter"], centre)
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
    files["ranker"].write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()

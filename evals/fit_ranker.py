"""Fit the weights of rag/ranker.json: ``python -m evals.fit_ranker piaf-v1.1.json``.

Questions come from PIAF (French, Etalab open data), with variants of some of them that were written for
this purpose (``evals/data/piaf_variants.jsonl``: English, paraphrased, telegraphic, misspelt, and questions
near the topic that the passage does not answer). Each is asked of a small corpus drawn at random, of 1 to
100 articles, from which one passage in four has been taken out: so there are corpora of all sizes, and
questions of which the passage is missing. Articles are split by a hash of their title; only ``fit`` articles
are fitted on, ``check`` articles are reported below, ``report`` articles are left to the evaluation suite.
The shipped documents and the question set take no part.
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

from evals.squad import Paragraph, Reading, Split, load_squad, split_of
from rag.embed import EMBEDDED, load_encoder
from rag.features import NAMES, Asked, Candidates, analyse, cues_offered, matrix
from rag.lexical import BM25, query_terms, terms
from rag.question import question_language
from rag.rank import ANSWER_NAMES, answer_matrix, fuse
from rag.retrieve import RERANKED
from rag.segment import segment
from rag.vocabulary import Vocabulary, content_words

SEED = 20260106
SIZES = (1, 2, 3, 5, 10, 30, 100)
"""How many articles a drawn corpus may have."""
TAKEN_OUT = 0.25
"""Share of passages taken out of a drawn corpus."""
ANSWERED = ("en", "en2", "paraphrase", "telegraphic", "misspelt")
UNANSWERED = ("near_fr", "near_en", "false_premise")
WEIGHT = {
    True: {"original": 0.1, "telegraphic": 0.5, "misspelt": 0.5, "paraphrase": 2.0},
    False: {"near_fr": 0.25, "near_en": 0.25, "false_premise": 0.25},
}
"""How much a case counts for the answer model, by whether it is answerable and by kind; others count 1.
PIAF's own questions were written with the passage in view and repeat its words, as few debaters' do."""
PRIOR_ODDS = 3.0
"""Odds that the documents somebody has chosen answer what they ask of them; the cases drawn are weighted
to even odds, the bias of the answer model is then moved to these."""
HERE = Path(__file__).parent
OUTPUT = HERE.parent / "rag" / "ranker.json"


@dataclass(frozen=True, slots=True)
class Question:
    """A question to fit on; ``gold`` are the sentence rows that answer, none when nothing does."""

    text: str
    kind: str
    paragraph: int
    gold: frozenset[int]


@dataclass(frozen=True, slots=True)
class Case:
    """One question asked of one drawn corpus."""

    features: NDArray[np.float32]
    right: NDArray[np.bool_]
    answerable: bool
    kind: str
    size: int
    words: int
    foreign: bool


class Pool:
    """All paragraphs of a reading set, segmented, analysed and embedded once."""

    def __init__(self, paragraphs: Sequence[Paragraph], readings: Sequence[Reading], variants: Path) -> None:
        encoder = load_encoder(EMBEDDED)

        def encode(texts: Sequence[str]) -> NDArray[np.float32]:
            return np.array(encoder.get_text_embedding_batch(list(texts)), np.float32)

        self.paragraphs = paragraphs
        self.texts: list[str] = []
        self.starts: list[int] = []
        ends: list[int] = []
        for paragraph in paragraphs:
            for passage in segment(paragraph.text):
                for sentence in passage.sentences:
                    self.texts.append(paragraph.text[sentence.start : sentence.end])
                    self.starts.append(sentence.start)
            ends.append(len(self.texts))
        self.ranges = list(zip([0, *ends[:-1]], ends, strict=True))
        self.questions = self._questions(readings, variants)
        self.sentence_vectors = encode(self.texts)
        self.paragraph_vectors = encode([paragraph.text for paragraph in paragraphs])
        self.question_vectors = encode([question.text for question in self.questions])
        self.sentence_terms = [terms(text, "fr") for text in self.texts]
        self.vocabulary = Vocabulary.build([content_words(text) for text in self.texts], encode)
        self.offered = np.array([cues_offered(text) for text in self.texts], np.int32)
        words = sorted({word for question in self.questions for word in content_words(question.text)})
        self.word_vectors = dict(zip(words, encode(words), strict=True))

    def _questions(self, readings: Sequence[Reading], variants: Path) -> list[Question]:
        questions: list[Question] = []
        by_id: dict[str, Question] = {}
        for reading in readings:
            gold = self._sentences_at(reading.paragraph, reading.answers)
            if gold:
                question = Question(reading.question, "original", reading.paragraph, gold)
                questions.append(question)
                by_id[reading.id] = question
        for line in variants.read_text(encoding="utf-8").splitlines():
            entry = json.loads(line)
            original = by_id.get(entry["id"])
            if original:
                for kind in (*ANSWERED, *UNANSWERED):
                    gold = original.gold if kind in ANSWERED else frozenset()
                    questions.append(Question(entry[kind], kind, original.paragraph, gold))
        return questions

    def _sentences_at(self, paragraph: int, positions: Sequence[int]) -> frozenset[int]:
        first, last = self.ranges[paragraph]
        begins = np.array(self.starts[first:last])
        return frozenset(first + int(np.searchsorted(begins, at, "right")) - 1 for at in positions)

    def asked(self, question: Question) -> Asked:
        """The question analysed, its vectors looked up."""
        return analyse(question.text, lambda words: [self.word_vectors[word] for word in words])


class Corpus:
    """Some paragraphs of a pool, with a lexical index and word frequencies of their own."""

    def __init__(self, pool: Pool, paragraphs: Sequence[int]) -> None:
        self.pool = pool
        self.paragraphs = np.array(sorted(paragraphs))
        ranges = [pool.ranges[number] for number in self.paragraphs]
        self.rows = np.concatenate([np.arange(first, last) for first, last in ranges])
        self.home = np.repeat(np.arange(len(ranges)), [last - first for first, last in ranges])
        self.sentences = BM25.build([pool.sentence_terms[row] for row in self.rows])
        self.passages = BM25.build(
            [[t for row in range(first, last) for t in pool.sentence_terms[row]] for first, last in ranges]
        )
        self.vocabulary = pool.vocabulary.restricted(self.rows)

    def candidates(self, question: Question, vector: NDArray[np.float32]) -> Candidates:
        """The sentences of the passages that plain fusion finds first."""
        pool, query = self.pool, query_terms(question.text, ["fr"])
        lexical = self.sentences.share(query)
        dense = pool.sentence_vectors[self.rows] @ vector
        around_lexical = self.passages.share(query)
        around_dense = pool.paragraph_vectors[self.paragraphs] @ vector
        best_lexical = np.full(len(self.paragraphs), 0, np.float32)
        best_dense = np.full(len(self.paragraphs), -1, np.float32)
        np.maximum.at(best_lexical, self.home, lexical)
        np.maximum.at(best_dense, self.home, dense)
        fused = fuse(around_lexical, around_dense, best_lexical, best_dense)
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


def draw(pool: Pool, split: Split, seed: int, corpora: int, per_corpus: int) -> Iterator[Case]:
    """Ask questions of the articles of a split of corpora drawn at random."""
    chance = random.Random(seed)
    articles: dict[str, list[int]] = {}
    for number, paragraph in enumerate(pool.paragraphs):
        if split_of(paragraph.article) == split:
            articles.setdefault(paragraph.article, []).append(number)
    asked_of: dict[int, list[int]] = {}
    for number, question in enumerate(pool.questions):
        asked_of.setdefault(question.paragraph, []).append(number)
    for _ in range(corpora):
        chosen = chance.sample(sorted(articles), min(chance.choice(SIZES), len(articles)))
        paragraphs = [number for article in chosen for number in articles[article]]
        kept = [number for number in paragraphs if chance.random() > TAKEN_OUT] or paragraphs[:1]
        corpus = Corpus(pool, kept)
        on_topic = [q for number in paragraphs for q in asked_of.get(number, [])]
        variants = [q for q in on_topic if pool.questions[q].kind != "original"]
        far = [q for n in chance.choice(list(articles.values())) for q in asked_of.get(n, [])]
        for group, most in ((on_topic, per_corpus), (variants, per_corpus), (far, 1)):
            for q in chance.sample(group, min(most, len(group))):
                yield _case(corpus, pool.questions[q], pool.question_vectors[q], set(kept))


def _case(corpus: Corpus, question: Question, vector: NDArray[np.float32], kept: set[int]) -> Case:
    candidates, asked = corpus.candidates(question, vector), corpus.pool.asked(question)
    return Case(
        features=matrix(asked, candidates, corpus.vocabulary),
        right=np.array([row in question.gold for row in candidates.rows]),
        answerable=bool(question.gold) and question.paragraph in kept,
        kind=question.kind,
        size=len(corpus.rows),
        words=len(asked.words),
        foreign=question_language(question.text) != "fr",
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
        foreign = np.array([case.foreign])
        rows.append(answer_matrix(case.features[best : best + 1], case.size, case.words, foreign)[0])
    return np.array(rows, np.float64)


def case_weights(cases: Sequence[Case]) -> NDArray[np.float64]:
    """Weights with which answerable and unanswerable questions count alike in sum."""
    answerable = np.array([case.answerable for case in cases])
    weights = np.array([WEIGHT[case.answerable].get(case.kind, 1.0) for case in cases])
    weights[answerable] *= weights[~answerable].sum() / weights[answerable].sum()
    return weights / weights.mean()


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
    said, true = probability >= 0.5, np.array([case.answerable for case in cases])
    return {
        "cases": len(cases),
        "sentence@1": round(float(np.mean(np.array(ranks) < 1)), 4),
        "sentence@3": round(float(np.mean(np.array(ranks) < 3)), 4),
        "answered_when_answerable": round(float(said[true].mean()), 4),
        "silent_when_not": round(float((~said[~true]).mean()), 4),
    }


def main() -> None:
    """Fit, report and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("squad", type=Path, help="PIAF 1.1 in SQuAD format; see the README")
    parser.add_argument("--output", type=Path, default=OUTPUT)
    options = parser.parse_args()
    pool = Pool(*load_squad(options.squad), HERE / "data" / "piaf_variants.jsonl")
    cases = list(draw(pool, "fit", SEED, corpora=300, per_corpus=10))
    ranking = fit_ranking(cases)
    answer, bias = fit_answer(cases, ranking)
    checked = list(draw(pool, "check", SEED + 1, corpora=120, per_corpus=10))
    figures = report(checked, ranking, answer, bias)
    found = {
        "provenance": {
            "data": "PIAF 1.1 (Etalab) and evals/data/piaf_variants.jsonl",
            "split": "articles by hash of their title; fitted on `fit`, checked on `check`",
            "seed": SEED,
            "command": "make fit",
            "fitted_on_cases": len(cases),
            "check": figures,
        },
        "ranking": {name: round(float(weight), 4) for name, weight in zip(NAMES, ranking, strict=True)},
        "answer": {
            "bias": round(bias, 4),
            **{name: round(float(w), 4) for name, w in zip(ANSWER_NAMES, answer, strict=True)},
        },
    }
    options.output.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()

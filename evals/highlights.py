"""Measure which words of a quote are marked: ``python -m evals.highlights piaf-v1.1.json``.

Each question of a reading set in SQuAD format is put to the sentence that answers it; what is marked is
compared, character by character, with what the set's readers marked. Variants of PIAF's questions (English,
paraphrased, telegraphic, misspelt: ``evals/data/piaf_variants.jsonl``) are told apart. ``--fit`` fits the
weights of ``rag/weights/highlight.json`` on the articles that are for fitting, variants included.
"""

from __future__ import annotations

import argparse
import json
import sys
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table
from scipy.optimize import minimize

from evals.metrics import Floats, aggregate, mean, resamples
from evals.squad import Paragraph, Reading, Split, load_squad, split_of
from rag.answer.highlight import FAMILIES, FEATURES, Contest, highlights, likeness
from rag.answer.tokens import SHARE, Likeness
from rag.encoders import load_encoder
from rag.encoders.use import EMBEDDED
from rag.errors import RepliqueError
from rag.search import Question, read_question
from rag.search.features import analyse
from rag.store import Vocabulary
from rag.text import content_words, segment
from rag.types import Encode, Span
from rag.weights import weights_file

HERE = Path(__file__).parent
VARIANTS = HERE / "data" / "piaf_variants.jsonl"
VARIANT_KINDS = ("en", "en2", "paraphrase", "telegraphic", "misspelt")
WEIGHTS = weights_file("highlight")
FLOOR = 0.05
"""Added to the F1 that a case is expected to get, before its logarithm is summed."""
PENALTY = 0.003
"""Of the squared weights, in fitting."""


@dataclass(frozen=True, slots=True)
class Case:
    """A question put to the sentence that answers it.

    Attributes:
        variant: how the question is put; ``original`` as in the set.
        article: title of the article, resampled together.
        text: the sentence.
        answers: slices of it, each of which a reader marked.
        like: see :func:`rag.answer.highlight.highlights`.
    """

    question: Question
    variant: str
    article: str
    text: str
    answers: tuple[Span, ...]
    like: Likeness


# --- the cases ------------------------------------------------------------------------------------


def load_cases(file: Path, part: Split, encode: Encode) -> list[Case]:
    """The questions of a part of a reading set, with the variants that there are of them.

    Raises:
        InputError: the file cannot be read or is not in SQuAD format.
    """
    paragraphs, readings = load_squad(file)
    variants = {entry["id"]: entry for entry in map(json.loads, VARIANTS.read_text("utf-8").splitlines())}
    sentences: dict[int, list[Span]] = {}
    cases: list[Case] = []
    for reading in readings:
        paragraph = paragraphs[reading.paragraph]
        if split_of(paragraph.article) == part:
            found = sentences.setdefault(reading.paragraph, _sentences(paragraph.text))
            cases += _cases(reading, paragraph, found, variants.get(reading.id, {}), encode)
    return cases


def _sentences(text: str) -> list[Span]:
    return [(one.start, one.end) for passage in segment(text) for one in passage.sentences]


def _cases(
    reading: Reading,
    paragraph: Paragraph,
    sentences: Sequence[Span],
    variants: dict[str, str],
    encode: Encode,
) -> Iterator[Case]:
    place = bisect_right(sentences, reading.answers[0], key=lambda span: span[0]) - 1
    start, end = sentences[place] if place >= 0 else (0, 0)
    spans = zip(reading.answers, reading.ends, strict=True)
    answers = tuple((a - start, min(b, end) - start) for a, b in spans if start <= a < min(b, end))
    if not answers:
        return
    text = paragraph.text[start:end]
    words = content_words(text)
    vocabulary = Vocabulary.build([words], encode)
    questions = {"original": reading.question} | {k: variants[k] for k in VARIANT_KINDS if k in variants}
    for variant, question in questions.items():
        read = read_question(question)
        like = likeness(analyse(read, encode), vocabulary, [0]) if words and read.words else {}
        yield Case(read, variant, paragraph.article, text, answers, like)


def remembered(encode: Encode) -> Encode:
    """The same, with what was given once kept."""
    known: dict[str, Sequence[float]] = {}

    def look_up(words: list[str]) -> list[Sequence[float]]:
        new = [word for word in dict.fromkeys(words) if word not in known]
        known.update(zip(new, encode(new) if new else (), strict=True))
        return [known[word] for word in words]

    return look_up


# --- the measure ----------------------------------------------------------------------------------

Row = dict[str, float]


def row(marked: Sequence[Span], answers: Sequence[Span], length: int) -> Row:
    """Values of one case.

    Precision, recall and F1 are of characters, against the answer that gives the best F1, and ``nan`` where
    nothing is marked; ``touches`` is whether an answer is touched; ``share`` is of the text.
    """
    if not marked:
        return {"marked": 0.0} | dict.fromkeys(("precision", "recall", "f1", "touches", "share"), np.nan)
    inside = {position for span in marked for position in range(*span)}
    best = (0.0, 0.0, 0.0)
    for start, end in answers:
        common = len(inside & set(range(start, end)))
        f1 = 2 * common / (len(inside) + end - start)
        best = max(best, (f1, common / len(inside), common / (end - start)))
    f1, precision, recall = best
    values = {"precision": precision, "recall": recall, "f1": f1, "touches": float(f1 > 0)}
    return {"marked": 1.0, **values, "share": len(inside) / length}


def marked(case: Case) -> tuple[Span, ...]:
    """What is marked for a case."""
    return highlights(case.question, case.text, (0, len(case.text)), case.like)


def table(cases: Sequence[Case], rows: Sequence[Row]) -> Table:
    """Figures by kind of question, then by variant, with intervals of 95 % over the articles."""
    shown = Table("questions", "n", "marked", "precision", "recall", "F1", "touches", "share")
    kinds = [case.question.wanted.kind for case in cases]
    original = [case.variant == "original" for case in cases]
    for kind in sorted(set(kinds), key=lambda k: (-kinds.count(k), k)):
        _add(shown, kind, [n for n, k in enumerate(kinds) if k == kind and original[n]], cases, rows)
    shown.add_section()
    for variant in ("original", *VARIANT_KINDS):
        _add(shown, variant, [n for n, case in enumerate(cases) if case.variant == variant], cases, rows)
    return shown


def _add(shown: Table, name: str, chosen: Sequence[int], cases: Sequence[Case], rows: Sequence[Row]) -> None:
    if not chosen:
        return
    weights = resamples([cases[n].article for n in chosen])
    cells = [_cell(np.array([rows[n][v] for n in chosen]), weights) for v in rows[0]]
    shown.add_row(name, str(len(chosen)), *cells)


def _cell(column: Floats, weights: Floats) -> str:
    figure = aggregate(lambda w: mean(column, w), weights, len(column))
    return f"{figure.value:.2f} [{figure.low:.2f}, {figure.high:.2f}]" if figure else ""


# --- the fit --------------------------------------------------------------------------------------


def fit(cases: Iterable[Case]) -> dict[str, dict[str, float]]:
    """Weights by family and feature that give the best expected F1 of what is chosen."""
    contests: dict[str, list[tuple[Floats, Floats]]] = {}
    for case in cases:
        span = (0, len(case.text))
        contest = Contest.between(case.question, case.text, span, case.like)
        if contest is not None:
            numbers = range(len(contest.candidates))
            gains = [row([contest.span(n)], case.answers, len(case.text))["f1"] for n in numbers]
            entry = (contest.features.astype(np.float64), np.array(gains))
            contests.setdefault(contest.family, []).append(entry)
    return {
        family: {name: round(float(w), 3) for name, w in zip(FEATURES, _fitted(entries), strict=True)}
        for family, entries in sorted(contests.items())
    }


def _fitted(entries: Sequence[tuple[Floats, Floats]]) -> Floats:
    features = np.concatenate([each for each, _ in entries])
    gains = np.concatenate([each for _, each in entries])
    sizes = [len(each) for _, each in entries]
    starts, owner = np.cumsum([0, *sizes[:-1]]), np.repeat(np.arange(len(sizes)), sizes)
    loss = _loss(features, gains, starts, owner)
    found: Floats = minimize(loss, np.zeros(len(FEATURES)), jac=True, method="L-BFGS-B").x
    return found


def _loss(
    features: Floats, gains: Floats, starts: NDArray[np.intp], owner: NDArray[np.intp]
) -> Callable[[Floats], tuple[float, Floats]]:
    """Minus the mean logarithm of the expected gain, candidates being chosen by their softmax."""

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = features @ weights
        odds = np.exp(scores - np.maximum.reduceat(scores, starts)[owner])
        chances = odds / np.add.reduceat(odds, starts)[owner]
        expected = np.add.reduceat(chances * gains, starts)
        slope = chances * (gains - expected[owner]) / (expected[owner] + FLOOR)
        value = PENALTY * weights @ weights - np.log(expected + FLOOR).mean()
        return float(value), 2 * PENALTY * weights - features.T @ slope / len(starts)

    return loss


def provenance(file: Path, weights: dict[str, dict[str, float]]) -> dict[str, Any]:
    """What is kept in ``rag/weights/highlight.json``."""
    return {
        "about": "Weights of the model that chooses the words to mark; see rag/answer/highlight.py",
        "command": f"python -m evals.highlights --fit {file.name}",
        "data": "PIAF 1.1 (Etalab) and evals/data/piaf_variants.jsonl, articles of the part `fit`",
        "encoder": EMBEDDED,
        "families": {family: sorted(k for k in FAMILIES if FAMILIES[k] == family) for family in weights},
        "weights": weights,
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Run; returns the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m evals.highlights", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("squad", type=Path, help="a reading set in SQuAD format, such as piaf-v1.1.json")
    parser.add_argument(
        "--part", choices=("fit", "check", "report"), default="report", help="articles [report]"
    )
    parser.add_argument("--fit", action="store_true", help="fit the weights, measure nothing")
    options = parser.parse_args(arguments)
    try:
        encode = remembered(load_encoder(EMBEDDED).get_text_embedding_batch)
        cases = load_cases(options.squad, "fit" if options.fit else options.part, encode)
    except RepliqueError as error:
        print(f"evals: {error}", file=sys.stderr)
        return 1
    if options.fit:
        kept = provenance(options.squad, fit(cases))
        WEIGHTS.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        return 0
    rows = [row(marked(case), case.answers, len(case.text)) for case in cases]
    Console(width=None if sys.stdout.isatty() else 160).print(table(cases, rows))
    print(f"at most {SHARE:.0%} of a sentence may be marked", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())

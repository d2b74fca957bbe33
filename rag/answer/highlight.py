"""The words of a quote that answer: the number, the date, the name, the place, the reason.

The spans of a quote that are of the kind asked for (:mod:`rag.text.tags`, :mod:`rag.text.answer_type`)
compete. A small log-linear model, fitted by ``evals/fit/highlight.py`` and kept with its provenance in
``highlight.json``, compares them by how near they stand to the words that question and quote share. What is
not likely is not marked.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from rag.answer.candidates import CANDIDATES, Candidate, candidates_in
from rag.answer.tokens import KNOWN, Likeness, QuoteTokens
from rag.search import DENIAL, Asked, Question, Scores
from rag.store import Vocabulary
from rag.text import Kind, Wanted, fold
from rag.types import Span
from rag.weights import read_weights

LISTS: frozenset[Kind] = frozenset({"person", "place", "where", "manner", "thing"})
"""Kinds of answer of which a whole list is marked, one by one."""
FAMILIES: dict[Kind, str] = {"name": "name", "cause": "cause", "manner": "thing", "thing": "thing"}
"""Which weights a kind is compared with: ``fact`` for those not named here."""
SURE = {"fact": 0.5, "name": 0.5, "cause": 0.5, "thing": 0.6}
"""Probability from which words are marked, by family."""
OPEN = frozenset({"cause", "thing"})
"""Families whose answers no pattern tells: the quote's own probability counts as well."""
FEATURES = (
    "left",
    "right",
    "head",
    "after_head",
    "preposition",
    "unit",
    "length",
    "name",
    "number",
    "quoted",
    "reason",
    "role",
    "when",
)
"""Names of the columns of :attr:`Contest.features`."""

_CLAUSE = re.compile(r"[.,;:!?()]")


def highlights(
    question: Question,
    text: str,
    span: Span,
    like: Likeness | None = None,
    likely: float = 1.0,
) -> tuple[Span, ...]:
    """The words of a quote that answer a question.

    Args:
        question: as it was read.
        text: the source's text.
        span: the quote in it.
        like: how similar the words of the quote are to its own; by default only the same ones are.
        likely: probability that the quote answers at all.

    Returns:
        Slices of ``text`` inside ``span``: whole words, in order, apart from each other, ``SHARE`` of the
        quote at most; none where no words of it are likely to be the answer, or where they are denied.
    """
    contest = Contest.between(question, text, span, like or {})
    found = contest.winners(load_weights()[contest.family], likely) if contest else ()
    if question.denies:
        return found
    return tuple(one for one in found if not DENIAL.search(_CLAUSE.split(text[span[0] : one[0]])[-1]))


def likeness(asked: Asked, vocabulary: Vocabulary, rows: Iterable[int]) -> dict[str, Scores]:
    """How similar the words of some sentences are to those of a question."""
    if not asked.words:
        return {}
    ids = np.unique(np.concatenate([vocabulary.sentence(row) for row in rows]))
    vectors = np.asarray(vocabulary.vectors[ids], dtype=np.float32)
    similarity = np.clip(vectors @ asked.vectors.T, 0.0, 1.0)
    return {vocabulary.words[number]: row for number, row in zip(ids, similarity, strict=True)}


@cache
def load_weights() -> dict[str, Scores]:
    """The fitted weights that come with the program, by family, in the order of :data:`FEATURES`."""
    data = read_weights("highlight")
    return {
        family: np.array([weights[name] for name in FEATURES], np.float32)
        for family, weights in data["weights"].items()
    }


_BETWEEN = re.compile(r"(?:,|&|,&)(?P<lead>[peR]?d?)")
"""What stands between two items of a list."""


@dataclass(frozen=True, slots=True)
class Contest:
    """The spans of a quote that may answer a question.

    Attributes:
        kind: what the question asks for.
        quote: the quote.
        candidates: one or more.
        features: shape ``(candidates, len(FEATURES))``.
        meant: tokens of the quote that are what is asked for with its qualifier (« soldats français »); a
            number of other soldiers is not marked where there are any.
    """

    kind: Kind
    quote: QuoteTokens
    candidates: Sequence[Candidate]
    features: Scores
    meant: NDArray[np.bool_]

    @classmethod
    def between(cls, question: Question, text: str, span: Span, like: Likeness) -> Contest | None:
        """Takes what :func:`highlights` takes; ``None`` where nothing competes."""
        aim = question.wanted
        if not CANDIDATES[aim.kind]:
            return None
        words = question.words
        quote = QuoteTokens(text, span, words, like)
        found = candidates_in(aim, quote)
        heads = [row for row, word in enumerate(words) if fold(word) in aim.head]
        head = quote.strength[heads].max(axis=0, initial=0.0)
        rows = [_features(candidate, aim, quote, head) for candidate in found]
        meant = _meant(question, words, aim, quote)
        return cls(aim.kind, quote, found, np.array(rows, np.float32), meant) if found else None

    @property
    def family(self) -> str:
        """Which weights count."""
        return FAMILIES.get(self.kind, "fact")

    def span(self, number: int) -> Span:
        """Where a candidate stands in the text."""
        candidate, tokens = self.candidates[number], self.quote.tokens
        return tokens[candidate.first].start, tokens[candidate.last - 1].end

    def winners(self, weights: Scores, likely: float) -> tuple[Span, ...]:
        """The best candidate, with those that are listed with it, if together they are likely enough."""
        scores = self.features @ weights
        odds = np.exp(scores - scores.max())
        best = int(odds.argmax())
        chosen = self._listed(best) if self.kind in LISTS else [best]
        begin, end = self.span(best)
        sure = odds[chosen].sum() / odds.sum()
        if self.family in OPEN:
            sure *= likely
        near = slice(max(0, self.candidates[best].first - 2), self.candidates[best].last + 2)
        if self.kind == "number" and self.meant.any() and not self.meant[near].any():
            return ()
        if sure < SURE[self.family] or not self.quote.fits(end - begin):
            return ()
        return tuple(sorted(self.span(number) for number in chosen))

    def _listed(self, best: int) -> list[int]:
        """A candidate and those of its kind in the same list, while they fit."""
        order = sorted(range(len(self.candidates)), key=lambda n: self.candidates[n].first)
        chosen, width = [best], self.quote.width(self.candidates[best].first, self.candidates[best].last)
        for step in (1, -1):
            end = best
            for other in order[::step]:
                one, two = (self.candidates[n] for n in (end, other)[::step])
                wider = width + self.quote.width(self.candidates[other].first, self.candidates[other].last)
                if one.kind == two.kind and self.quote.fits(wider) and self._alike(one, two):
                    chosen.append(other)
                    end, width = other, wider
        return chosen

    def _alike(self, one: Candidate, two: Candidate) -> bool:
        """Whether two candidates follow each other in a list; two groups must also open alike."""
        between = _BETWEEN.fullmatch(self.quote.tags, one.last, max(one.last, two.first))
        if between is None or one.kind != "group":
            return between is not None
        lead = between["lead"]
        return not lead or self.quote.tags[: one.first].endswith(lead)


def _meant(question: Question, words: Sequence[str], aim: Wanted, quote: QuoteTokens) -> NDArray[np.bool_]:
    """Tokens that are a word of what is asked for, followed by the word that follows it in the question."""
    found = np.zeros(len(quote.tokens), dtype=bool)
    folded = [fold(word) for word in words]
    for one, other in pairwise(token.word for token in question.tokens):
        if one in aim.head and one in folded and other in folded:
            same = [quote.strength[folded.index(word)] >= KNOWN**2 for word in (one, other)]
            found[:-1] |= same[0][:-1] & same[1][1:]
    return found


def _features(candidate: Candidate, aim: Wanted, quote: QuoteTokens, head: Scores) -> list[float]:
    first, last = candidate.first, candidate.last
    tags, before = set(quote.tags[first:last]), quote.before(first)
    left, right = quote.nearness(candidate.core.start, candidate.core.stop)
    earlier = np.flatnonzero(quote.content[:first])
    values = {
        "left": left,
        "right": right,
        "head": head[first:last].max(initial=0.0),
        "after_head": head[earlier[-1]] if len(earlier) else 0.0,
        "preposition": before is not None and before.word in aim.prepositions,
        "unit": any(token.word in aim.units for token in quote.tokens[first:last]),
        "length": math.log(max(1, int(quote.content[first:last].sum()))),
        "name": bool(tags & set("CSO")),
        "number": bool(tags & set("nyb")),
        candidate.kind: 1.0,
    }
    return [float(values.get(name, 0.0)) for name in FEATURES]

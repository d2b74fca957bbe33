"""The words of a quote that answer: the number, the date, the name, the place, the reason.

The spans of a quote that are of the kind asked for (:mod:`rag.text.tags`, :mod:`rag.text.answer_type`)
compete. A small log-linear model, fitted by ``evals/fit/highlight.py`` and kept with its provenance in
``highlight.json``, compares them by how near they stand to the words that question and quote share. What is
not likely is not marked.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from rag.search import Asked, Scores
from rag.store import Vocabulary
from rag.text import (
    CONTENT,
    COUNTING,
    Found,
    Kind,
    Token,
    Wanted,
    content_words,
    fold,
    reasons,
    spans_in,
    tokenise,
    wanted,
)
from rag.types import Span
from rag.weights import read_weights

CANDIDATES: dict[Kind, tuple[str, ...]] = {
    "number": ("number",),
    "duration": ("duration",),
    "time": ("time", "later", "when"),
    "person": ("person", "role", "agent"),
    "place": ("place",),
    "where": ("place", "where"),
    "name": ("quoted", "name", "group"),
    "cause": ("reason", "group"),
    "manner": ("reason", "group"),
    "thing": ("quoted", "name", "group"),
    "nothing": (),
}
"""Which spans (see :mod:`rag.text.tags`) can be an answer of each kind."""
LISTS: frozenset[Kind] = frozenset({"person", "place", "where", "manner", "thing"})
"""Kinds of answer of which a whole list is marked, one by one."""
FAMILIES: dict[Kind, str] = {"name": "name", "cause": "cause", "manner": "thing", "thing": "thing"}
"""Which weights a kind is compared with: ``fact`` for those not named here."""
SURE = {"fact": 0.5, "name": 0.5, "cause": 0.5, "thing": 0.6}
"""Probability from which words are marked, by family."""
OPEN = frozenset({"cause", "thing"})
"""Families whose answers no pattern tells: the quote's own probability counts as well."""
SHARE = 0.4
"""Most of a quote that is marked."""
SIMILAR = 0.45
"""Words less similar than this have nothing in common."""
KNOWN = 0.8
"""Words at least this similar say the same."""
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

_DENIAL = re.compile(
    r"\b(?:pas|jamais|ni|aucune?|nullement|aucunement|sans|non|not|never|nor|no|neither|without)\b|n['’]t\b",
    re.IGNORECASE,
)
"""« La France n’agit pas pour la paix »: peace is not why, and must not be marked as if it were."""
_CLAUSE = re.compile(r"[.,;:!?()]")

Likeness = Mapping[str, Scores]
"""For content words of a text, the similarity of each to the words of a question, 0 to 1."""


def highlights(
    question: str,
    text: str,
    span: Span,
    asked: Sequence[str] = (),
    like: Likeness | None = None,
    likely: float = 1.0,
) -> tuple[Span, ...]:
    """The words of a quote that answer a question.

    Args:
        question: as it was searched.
        text: the source's text.
        span: the quote in it.
        asked: the content words of the question; found in it by default.
        like: how similar the words of the quote are to those; by default only the same ones are.
        likely: probability that the quote answers at all.

    Returns:
        Slices of ``text`` inside ``span``: whole words, in order, apart from each other, :data:`SHARE` of the
        quote at most; none where no words of it are likely to be the answer, or where they are denied.
    """
    contest = Contest.between(question, text, span, asked, like or {})
    found = contest.winners(load_weights()[contest.family], likely) if contest else ()
    if _DENIAL.search(question):
        return found
    return tuple(one for one in found if not _DENIAL.search(_CLAUSE.split(text[span[0] : one[0]])[-1]))


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


_STEPS = {".": 6, ";": 6, ",": 2, "(": 2, ")": 2}
"""How far apart marks put the words on both sides; a word counts 1."""


@lru_cache(maxsize=100_000)
def _words(shape: str) -> list[str]:
    return content_words(shape)


class _Quote:
    """A quote cut into tokens, compared with the words of a question.

    Attributes:
        content: shape ``(tokens,)``, which carry meaning.
        known: shape ``(tokens,)``, which the question has.
        strength: shape ``(words, tokens)``, how much each word of the question and each token are alike.
    """

    def __init__(self, text: str, span: Span, asked: Sequence[str], like: Likeness) -> None:
        self.text = text
        self.tokens = tokenise(text, *span)
        self.tags = "".join(token.tag for token in self.tokens)
        self.length = span[1] - span[0]
        self.content = np.array([tag in CONTENT for tag in self.tags], dtype=bool)
        similarity = self._similarity([fold(word) for word in asked], like)
        self.known: NDArray[np.bool_] = similarity.max(axis=0, initial=0.0) >= KNOWN
        self.strength: Scores = np.where(similarity >= SIMILAR, similarity, 0.0) ** 2
        self._place = np.cumsum([0, *(_STEPS.get(tag, 1) for tag in self.tags)])

    def _similarity(self, asked: Sequence[str], like: Likeness) -> Scores:
        similarity = np.zeros((len(asked), len(self.tokens)), np.float32)
        for column in np.flatnonzero(self.content):
            token = self.tokens[column]
            for word in _words(self.text[token.start : token.end]):
                if word in like:
                    similarity[:, column] = np.maximum(similarity[:, column], like[word])
            if token.word in asked:
                similarity[asked.index(token.word), column] = 1.0
        return similarity

    def width(self, first: int, last: int) -> int:
        """Characters from one token to the one before another."""
        return self.tokens[last - 1].end - self.tokens[first].start

    def fits(self, width: int) -> bool:
        """Whether so many characters may be marked."""
        return width <= SHARE * self.length

    def trimmed(self, first: int, last: int) -> Span:
        """Tokens without the words of the question that they begin with; none if they end with one."""
        while first < last and (self.known[first] or not self.content[first]):
            first += 1
        return (first, last) if first < last and not self.known[last - 1] else (last, last)

    def before(self, first: int) -> Token | None:
        """The token before, articles passed over."""
        while first and self.tags[first - 1] == "d":
            first -= 1
        return self.tokens[first - 1] if first else None

    def nearness(self, first: int, last: int) -> tuple[float, float]:
        """How near the question's words are, before and after; of each word, the nearest match."""
        before = self.strength[:, :first] / np.sqrt(self._place[first] - self._place[:first])
        after = self.strength[:, last:] / np.sqrt(self._place[last + 1 :] - self._place[last])
        left, right = before.max(axis=1, initial=0.0), after.max(axis=1, initial=0.0)
        return float(left[left >= right].sum()), float(right[right > left].sum())


_BETWEEN = re.compile(r"(?:,|&|,&)(?P<lead>[peR]?d?)")
"""What stands between two items of a list."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Tokens that may be the answer, of which kind they are, and the core of them."""

    kind: str
    first: int
    last: int
    core: slice


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
    quote: _Quote
    candidates: Sequence[Candidate]
    features: Scores
    meant: NDArray[np.bool_]

    @classmethod
    def between(
        cls, question: str, text: str, span: Span, asked: Sequence[str], like: Likeness
    ) -> Contest | None:
        """Takes what :func:`highlights` takes; ``None`` where nothing competes."""
        aim = wanted(question)
        if not CANDIDATES[aim.kind]:
            return None
        words = list(asked) or list(dict.fromkeys(content_words(question)))
        quote = _Quote(text, span, words, like)
        found = _candidates(aim, quote)
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


def _meant(question: str, words: Sequence[str], aim: Wanted, quote: _Quote) -> NDArray[np.bool_]:
    """Tokens that are a word of what is asked for, followed by the word that follows it in the question."""
    found = np.zeros(len(quote.tokens), dtype=bool)
    folded = [fold(word) for word in words]
    for one, other in pairwise(token.word for token in tokenise(question)):
        if one in aim.head and one in folded and other in folded:
            same = [quote.strength[folded.index(word)] >= KNOWN**2 for word in (one, other)]
            found[:-1] |= same[0][:-1] & same[1][1:]
    return found


def _candidates(aim: Wanted, quote: _Quote) -> list[Candidate]:
    """Spans of the kinds that can answer and that say something new, each once."""
    found: dict[Span, Candidate] = {}
    dates = _dates(quote) if aim.kind == "number" else []
    for kind in CANDIDATES[aim.kind]:
        for span in reasons(quote.text, quote.tokens) if kind == "reason" else spans_in(kind, quote.tokens):
            if any(first < span.last and span.first < last for first, last in dates):
                continue
            first, last = _fitted(span, quote)
            core = slice(max(first, span.core_first), min(last, span.core_last))
            candidate = Candidate(kind, first, last, core)
            if first < last and _is_new(candidate, quote):
                found.setdefault((first, last), candidate)
    return list(found.values())


def _dates(quote: _Quote) -> list[Span]:
    """Dates that are more than a year: their numbers count nothing."""
    dates = [(found.first, found.last) for found in spans_in("time", quote.tokens)]
    return [(first, last) for first, last in dates if set(quote.tags[first:last]) & set("mMsA")]


def _fitted(span: Found, quote: _Quote) -> Span:
    """The tokens of a span, or of its core where the whole is too much of the quote."""
    if span.kind == "group":
        return quote.trimmed(span.first, span.last)
    if quote.fits(quote.width(span.first, span.last)):
        return span.first, span.last
    return span.core_first, span.core_last


def _is_new(candidate: Candidate, quote: _Quote) -> bool:
    """Whether most words of a core are not the question's; a group must be more than a number."""
    content = quote.content[candidate.core]
    known = quote.known[candidate.core] & content
    tags = quote.tags[candidate.first : candidate.last]
    counts = candidate.kind == "group" and COUNTING.issuperset(tags)
    return bool(content.any()) and 2 * known.sum() < content.sum() and not counts


def _features(candidate: Candidate, aim: Wanted, quote: _Quote, head: Scores) -> list[float]:
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

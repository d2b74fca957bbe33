"""Claims and what is to be said to them: a sentence of one side of a debate, put to the other side.

The questions of the invented debates that both sides answer are taken: what the other side's sentences that
answer the same question say must be found among all that it says. The same claims put to other debates must
find nothing; all are on public policy, and so not far from each other.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from evals import SEED
from evals.aggregates import Floats
from evals.sets.debates import Debate, is_gold
from rag.debate.bearing import covered
from rag.encoders.use import EmbeddedEncoder
from rag.store.bm25 import BM25
from rag.text import language_of, segment, terms
from rag.types import Encode

SIDES = ("critic", "official")
FOREIGN = 3
"""To how many other debates each claim is put."""


class Side:
    """What one side of a debate says: its sentences, their words and vectors."""

    def __init__(self, text: str, encode: Encode) -> None:
        lang = language_of(text)
        sentences = [sentence for passage in segment(text) for sentence in passage.sentences]
        own = [text[sentence.start : sentence.end] for sentence in sentences]
        leads = [f"{text[slice(*one.lead_in)]}\n" if one.lead_in else "" for one in sentences]
        self.sentences = [sentence.strip() for sentence in own]
        self.stems = [frozenset(terms(sentence, lang)) for sentence in own]
        introduced = [lead + sentence for lead, sentence in zip(leads, own, strict=True)]
        self.vectors = np.array(encode(introduced), np.float64)

    def rows(self, gold: str) -> list[int]:
        """The sentences that make up a gold slice, or hold it."""
        return [row for row, sentence in enumerate(self.sentences) if is_gold(sentence, gold)]


@dataclass(frozen=True, slots=True)
class Facing:
    """Two sides of a debate, and the pairs of their sentences (row of each) that are on one matter."""

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


def facing(debates: Iterable[Debate]) -> list[Facing]:
    """The sides of some debates face to face, of those that have the two."""
    encode = EmbeddedEncoder().get_text_embedding_batch
    return [_facing(debate, encode) for debate in debates if set(SIDES) <= debate.texts.keys()]


def _facing(debate: Debate, encode: Encode) -> Facing:
    sides = (Side(debate.texts[SIDES[0]], encode), Side(debate.texts[SIDES[1]], encode))
    pairs: set[tuple[int, int]] = set()
    for question in debate.questions:
        first, second = (
            [row for gold in question.gold if gold.source == name for row in side.rows(gold.text)]
            for name, side in zip(SIDES, sides, strict=True)
        )
        pairs |= set(product(first, second))
    stems = [sorted(found) for side in sides for found in side.stems]
    return Facing(debate.name, sides, frozenset(pairs), BM25.build(stems))


def cases(debates: Sequence[Facing]) -> Iterator[Case]:
    """Each claim put to the other side of its debate, then to sides of other debates."""
    chance = random.Random(SEED)
    for debate in debates:
        others = [other for other in debates if other is not debate]
        for own in (0, 1):
            for row in sorted({pair[own] for pair in debate.pairs}):
                side, other_side = debate.sides[own], debate.sides[1 - own]
                gold = {pair[1 - own] for pair in debate.pairs if pair[own] == row}
                right = np.isin(np.arange(len(other_side.sentences)), sorted(gold))
                yield Case(debate.name, _features(side, row, other_side, debate.bm25), right)
                for other in chance.sample(others, FOREIGN):
                    asked = other.sides[1 - own]
                    nothing = np.zeros(len(asked.sentences), bool)
                    yield Case(debate.name, _features(side, row, asked, other.bm25), nothing)


def _features(side: Side, row: int, asked: Side, bm25: BM25) -> Floats:
    claim = side.stems[row]
    shares = [covered(claim, stems, bm25.idf) for stems in asked.stems]
    return np.stack([asked.vectors @ side.vectors[row], np.array(shares)], axis=1)

"""Examples -> rows of tokens -> tensors."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
import torch
from torch import Tensor

from evals.fit.network.examples import Corpus, Example, Unit
from rag.reader.pairs import HEAD, PAD, Pair, Pairs, alone, joined
from rag.text import language_of
from rag.types import Span

PASSAGES = 5
"""How many passages a question is read with while fitting."""
NEAR = 5
"""Of so many nearest that do not answer, two are read."""
TAKEN_OUT = 0.2
"""Share of the answered questions that are asked without the sentences that answer."""
HEADLESS = 0.25
"""Share of the passages that are read without what stands over them."""
WHOLE, MOST = 0.2, 230
"""Share of the passages that are read whole, up to so many tokens; of others a part is."""
PART, SHORT = (40, 110), (12, 60)
"""Least and most tokens of a part, and of one that is read with a claim."""
NO_SPAN = -1
ACCORDING = {
    "fr": ("Selon les documents, ", "D'après les sources, ", "Que disent les textes : ", "Dans le corpus, "),
    "en": ("According to the documents, ", "In these sources, ", "From the texts: ", "Per the sources, "),
}
"""What people put before a question to whoever has read the documents; it changes nothing."""


@dataclass(frozen=True, slots=True)
class Row:
    """A question with a passage.

    Attributes:
        pair: its tokens.
        gold: which sentences answer, by their number in the passage.
        span: first and last token of the short answer; ``(0, 0)`` where nothing is to be marked,
            ``(NO_SPAN, NO_SPAN)`` where it is not known.
    """

    pair: Pair
    gold: frozenset[int]
    span: tuple[int, int]


class Maker:
    """Makes the rows of an example, as read by the tokenizer given; remembers the tokens of passages."""

    def __init__(self, pairs: Pairs, chance: random.Random) -> None:
        self._pairs = pairs
        self._chance = chance
        self._tokens: dict[tuple[int, str], tuple[list[int], list[tuple[int, int, Span]]]] = {}

    def drawn(self, corpus: Corpus, example: Example, spans: bool) -> list[Row]:
        """The rows of one question while fitting; ``spans`` tells whether the corpus has short answers."""
        chance = self._chance
        golds = list(example.golds)
        chance.shuffle(golds)
        golds = golds[:2]
        taken_out = bool(golds) and chance.random() < TAKEN_OUT
        others = list(example.others)
        first, rest = others[:NEAR], others[NEAR:]
        count = PASSAGES - len(golds)
        near = chance.sample(first, min(2, len(first), count))
        chosen = near + chance.sample(rest, min(count - len(near), len(rest)))
        question = self._pairs.question(as_typed(example.question, chance))
        rows = [self._row(question, corpus.units[unit], frozenset(), None, False) for unit in chosen]
        for gold in golds:
            unit, sentences = corpus.units[gold.unit], frozenset(gold.sentences)
            if taken_out and len(sentences) == len(unit.passage.sentences):
                continue
            known = gold.span if gold.span or spans else NO_SPAN
            rows.append(self._row(question, unit, sentences, known, taken_out))
        return rows

    def question_row(self, question: str, spoilt: bool = True) -> Row:
        """A question by itself, for the encoder; at times misspelt."""
        pair = self._pairs.asked(as_typed(question, self._chance) if spoilt else question)
        return Row(pair, frozenset(), (NO_SPAN, NO_SPAN))

    def passages_for(self, corpus: Corpus, example: Example, negatives: int) -> list[Row]:
        """Passages without a question, for the encoder: one that answers, and some that are near it."""
        gold = self._chance.choice(example.golds)
        chosen = self._chance.sample(example.others[:8], min(negatives, len(example.others[:8])))
        found = [(gold.unit, frozenset(gold.sentences)), *((unit, frozenset[int]()) for unit in chosen)]
        rows = []
        for number, sentences in found:
            unit = corpus.units[number]
            head, inside = self._passage(unit, unit.heading)
            kept = self._part(inside, len(unit.passage.sentences), sentences)
            pair = alone(head, [each for each in inside if each[1] in kept], 320)
            rows.append(Row(pair, sentences & frozenset(pair.owners), (NO_SPAN, NO_SPAN)))
        return rows

    def alone(self, unit: Unit) -> Row:
        """A whole passage by itself, as it is indexed."""
        return Row(alone(*self._passage(unit, unit.heading)), frozenset(), (NO_SPAN, NO_SPAN))

    def whole(self, question: str, unit: Unit) -> Row:
        """The row of a whole passage, as it is read when answering."""
        head, inside = self._passage(unit, unit.passage.head)
        return Row(joined(self._pairs.question(question), head, inside), frozenset(), (NO_SPAN, NO_SPAN))

    def part_of(self, claim: str, unit: Unit, told: frozenset[int]) -> Row:
        """The row of a claim while fitting: with a part of a passage that has one of some sentences."""
        return self._row(self._pairs.question(claim), unit, told, None, False, SHORT)

    def _passage(self, unit: Unit, head: str) -> tuple[list[int], list[tuple[int, int, Span]]]:
        key = (id(unit), head)
        if key not in self._tokens:
            self._tokens[key] = self._pairs.passage(replace(unit.passage, head=head))
        return self._tokens[key]

    def _row(
        self,
        question: list[int],
        unit: Unit,
        gold: frozenset[int],
        span: Span | int | None,
        without: bool,
        part: tuple[int, int] = PART,
    ) -> Row:
        headless = self._chance.random() < HEADLESS
        head, inside = self._passage(unit, "" if headless else unit.passage.head)
        count = len(unit.passage.sentences)
        kept = set(range(count)) - gold if without else self._part(inside, count, gold, part)
        pair = joined(question, head, [each for each in inside if each[1] in kept], 320)
        found = frozenset() if without else gold & frozenset(pair.owners)
        return Row(pair, found, _tokens_of(pair, span) if found else (NO_SPAN, NO_SPAN))

    def _part(
        self,
        inside: Sequence[tuple[int, int, Span]],
        count: int,
        gold: frozenset[int],
        part: tuple[int, int] = PART,
    ) -> set[int]:
        """The sentences that are read: a gold one, or any, and its neighbours while there is room."""
        chance = self._chance
        sizes = np.bincount([owner for _, owner, _ in inside], minlength=count)
        most = MOST if chance.random() < WHOLE else chance.randint(*part)
        low = high = chance.choice(sorted(gold)) if gold else chance.randrange(count)
        total = sizes[low]
        while True:
            able = [n for n in (low - 1, high + 1) if 0 <= n < count and total + sizes[n] <= most]
            if not able:
                return set(range(low, high + 1))
            one = chance.choice(able)
            total += sizes[one]
            low, high = min(low, one), max(high, one)


def _tokens_of(pair: Pair, span: Span | int | None) -> tuple[int, int]:
    if span is None:
        return 0, 0
    if isinstance(span, int):
        return NO_SPAN, NO_SPAN
    inside = [
        token
        for token, (start, end) in enumerate(pair.offsets)
        if pair.owners[token] != HEAD and start < span[1] and end > span[0]
    ]
    return (inside[0], inside[-1]) if inside else (NO_SPAN, NO_SPAN)


def as_typed(question: str, chance: random.Random) -> str:
    """The question as people put it: at times they say that it is to the documents, or misspell it."""
    if chance.random() < 0.05:
        question = chance.choice(ACCORDING[language_of(question)]) + question[:1].lower() + question[1:]
    return misspelt(question, chance)


def misspelt(question: str, chance: random.Random) -> str:
    """The question, at times as people type it: without accents or capitals, letters lost or exchanged."""
    way = chance.random()
    if way < 0.08:
        bare = unicodedata.normalize("NFD", question.lower())
        question = "".join(c for c in bare if not unicodedata.combining(c))
    elif way < 0.15:
        for _ in range(chance.randint(1, 2)):
            at = chance.randrange(max(len(question) - 1, 1))
            if question[at : at + 2].isalpha():
                way = chance.random()
                swapped = question[at + 1 : at + 2] + question[at]
                put = (
                    swapped
                    if way < 0.4
                    else question[at]
                    if way < 0.8
                    else question[at] + question[at : at + 2]
                )
                question = question[:at] + put + question[at + 2 :]
    return re.sub(r"\s*\?$", "", question) if chance.random() < 0.12 else question


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows as tensors; ``n`` rows of ``t`` tokens and ``s`` sentences at most.

    Attributes:
        ids, kinds: shape ``(n, t)``.
        mask: shape ``(n, t)``, 1 for what is there.
        question: shape ``(n, t)``, weights that average the question's tokens.
        sentences: shape ``(n, s, t)``, weights that average each sentence's; all 0 for one that is not there.
        gold: shape ``(n, s)``.
        spans: shape ``(n, 2)``.
    """

    ids: Tensor
    kinds: Tensor
    mask: Tensor
    question: Tensor
    sentences: Tensor
    gold: Tensor
    spans: Tensor

    def to(self, device: torch.device) -> Batch:
        """The same where a network is."""
        return Batch(*(getattr(self, each.name).to(device) for each in fields(self)))


def batch_of(rows: Sequence[Row], multiple: int = 8) -> Batch:
    """Pad rows to one length."""
    tokens = max(len(row.pair.ids) for row in rows)
    tokens = -(-tokens // multiple) * multiple
    owned = [sorted(set(row.pair.owners) - {HEAD}) for row in rows]
    many = max(max(len(each) for each in owned), 1)
    shape = (len(rows), tokens)
    ids, kinds = np.full(shape, PAD, np.int64), np.zeros(shape, np.int64)
    mask, question = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
    sentences = np.zeros((len(rows), many, tokens), np.float32)
    gold = np.zeros((len(rows), many), bool)
    for n, (row, present) in enumerate(zip(rows, owned, strict=True)):
        pair, size = row.pair, len(row.pair.ids)
        ids[n, :size], mask[n, :size], kinds[n, pair.passage : size] = pair.ids, 1, 1
        begin, end = pair.question
        question[n, begin:end] = 1 / max(end - begin, 1)
        owners = np.array(pair.owners)
        for s, number in enumerate(present):
            own = owners == number
            sentences[n, s, :size][own] = 1 / own.sum()
            gold[n, s] = number in row.gold
    spans = np.array([row.span for row in rows], np.int64)
    return Batch(*map(torch.from_numpy, (ids, kinds, mask, question, sentences, gold, spans)))


def chunks(rows: Sequence[Row], tokens: int) -> Iterator[list[int]]:
    """Numbers of rows of about one length, at most so many tokens together once padded."""
    order = sorted(range(len(rows)), key=lambda n: len(rows[n].pair.ids))
    chunk: list[int] = []
    for n in order:
        if chunk and len(rows[n].pair.ids) * (len(chunk) + 1) > tokens:
            yield chunk
            chunk = []
        chunk.append(n)
    if chunk:
        yield chunk

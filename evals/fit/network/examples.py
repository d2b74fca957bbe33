"""What reader and encoder are fitted on: questions, with passages that answer and some that do not.

=============  ===========================================================================================
set            what of it
=============  ===========================================================================================
PIAF 1.1       articles of the part ``fit``, and the variants of their questions in ``evals/data``
SQuAD 2.0      articles of the part ``fit``; half of its questions look answerable and are not
debates        those of the part ``fit`` of ``evals/data/debates``
=============  ===========================================================================================

The passages that do not answer are those that BM25 puts nearest to the question, of the same corpus or
debate, and some by chance; for the reader, those that the encoder finds as well (``mine.py``).
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from evals.sets.debates import DATA, Debate, is_part
from evals.sets.squad import Split, load_squad, split_of
from rag.reader import Passage, head_of, voice_of
from rag.search import read_question
from rag.store import Lexical, Postings
from rag.text import language_of, public_bodies, query_terms, segment, terms
from rag.types import Span

VARIANTS = DATA / "piaf_variants.jsonl"
"""Variants of questions of PIAF, written for this purpose; see ANSWERED and UNANSWERED."""
ANSWERED = ("en", "en2", "paraphrase", "telegraphic", "misspelt")
UNANSWERED = ("near_fr", "near_en", "twin_fr", "twin_en", "false_premise")
"""Kinds of the variants of PIAF's questions: those that their passage answers, those that it does not."""
NEAREST, BY_CHANCE = 12, 3
"""How many passages without an answer a question has: of those nearest to it, and of others."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A passage of a corpus; ``source`` is its document, ``group`` its article or debate.

    ``heading`` is what of its head stands in the document itself; ``start`` where it begins there.
    """

    passage: Passage
    heading: str
    start: int
    source: str
    group: str
    lang: str


@dataclass(frozen=True, slots=True)
class Gold:
    """A passage that answers: its number, the sentences of it that do, and where the short answer stands."""

    unit: int
    sentences: tuple[int, ...]
    span: Span | None


@dataclass(frozen=True, slots=True)
class Example:
    """A question with its passages, by number.

    Attributes:
        others: passages that do not answer, the nearest first.
    """

    question: str
    kind: str
    group: str
    golds: tuple[Gold, ...]
    others: tuple[int, ...]


@dataclass(slots=True)
class Corpus:
    """Passages, and questions on them."""

    name: str
    units: list[Unit] = field(default_factory=list)
    examples: list[Example] = field(default_factory=list)


def units_of(text: str, source: str, group: str, title: str, side: str = "") -> list[Unit]:
    """The passages of a document, as the reader sees them; each with what stands over it."""
    lang = language_of(text)
    voice = voice_of(title, side)
    return [
        Unit(
            Passage(
                text=text[passage.start : passage.end],
                sentences=tuple((s.start - passage.start, s.end - passage.start) for s in passage.sentences),
                head=head_of(voice, text, passage.sentences[0], passage.start),
            ),
            head_of("", text, passage.sentences[0], passage.start),
            passage.start,
            source,
            group,
            lang,
        )
        for passage in segment(text)
    ]


def debate_corpus(debate: Debate, seed: int) -> Corpus:
    """A debate, the passages of all its documents together."""
    chance, corpus = random.Random(f"{seed} {debate.name}"), Corpus(debate.name)
    for source, text in debate.texts.items():
        voice = debate.voices[source]
        corpus.units += units_of(text, source, debate.name, voice.title, voice.side)
    nearest = _Nearest(corpus.units)
    for asked in debate.questions:
        history = [str(before) for before in asked.history]
        question = read_question(asked.question, history).text
        places = [(gold.source, debate.place(gold)) for gold in asked.gold]
        golds = tuple(_golds(corpus.units, places, asked.answer))
        if len(golds) == 0 and asked.gold:
            continue
        others = nearest.others(question, {gold.unit for gold in golds}, chance)
        corpus.examples.append(Example(question, asked.kind or "", debate.name, golds, others))
    return corpus


def _golds(units: Sequence[Unit], places: Iterable[tuple[str, Span]], answer: str | None) -> Iterator[Gold]:
    for number, unit in enumerate(units):
        text = unit.passage.text
        found = [
            row
            for row, (start, end) in enumerate(unit.passage.sentences)
            if any(
                source == unit.source and is_part((unit.start + start, unit.start + end), place)
                for source, place in places
            )
        ]
        if not found:
            continue
        span = None
        for row in found:
            if not answer:
                break
            start, end = unit.passage.sentences[row]
            at = text.find(answer, start, end)
            if at >= 0:
                span = (at, at + len(answer))
                break
        yield Gold(number, tuple(found), span)


def reading_corpus(file: Path, name: str, part: Split, seed: int, variants: Path | None = None) -> Corpus:
    """A reading set in SQuAD format: those of its articles in a part."""
    chance, corpus = random.Random(f"{seed} {name}"), Corpus(name)
    paragraphs, _ = load_squad(file)
    units: list[list[int]] = []
    for paragraph in paragraphs:
        first = len(corpus.units)
        if split_of(paragraph.article) == part:
            title = paragraph.article.replace("_", " ")
            corpus.units += units_of(paragraph.text, str(len(units)), paragraph.article, title)
        units.append(list(range(first, len(corpus.units))))
    nearest = _Nearest(corpus.units)
    written = _variants(variants) if variants else {}
    number = -1
    for article in json.loads(file.read_text(encoding="utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            number += 1
            own = units[number]
            if not own:
                continue
            starts = _starts(corpus.units, own, paragraph["context"])
            for asked in paragraph["qas"]:
                golds = tuple(_reading_golds(corpus.units, own, starts, asked))
                if asked.get("answers") and not golds and not asked.get("is_impossible"):
                    continue
                questions = [(asked["question"], "original" if golds else "impossible", golds)]
                for kind, text in written.get(str(asked["id"]), {}).items():
                    questions.append((text, kind, golds if kind in ANSWERED else ()))
                for question, kind, found in questions:
                    away = {gold.unit for gold in found}
                    others = nearest.others(question, away, chance)
                    if not found:  # the passage that it seems to be on comes first
                        others = (*own, *(other for other in others if other not in own))
                    corpus.examples.append(Example(question, kind, article["title"], found, others))
    return corpus


def _variants(file: Path) -> dict[str, dict[str, str]]:
    read = (json.loads(line) for line in file.read_text(encoding="utf-8").splitlines())
    return {
        each["id"]: {kind: each[kind] for kind in (*ANSWERED, *UNANSWERED) if kind in each} for each in read
    }


def _starts(units: Sequence[Unit], own: Sequence[int], text: str) -> list[int]:
    starts, at = [], 0
    for number in own:
        at = text.index(units[number].passage.text, at)
        starts.append(at)
    return starts


def _reading_golds(
    units: Sequence[Unit], own: Sequence[int], starts: Sequence[int], asked: dict[str, Any]
) -> Iterator[Gold]:
    if asked.get("is_impossible") or not asked.get("answers"):
        return
    first = asked["answers"][0]
    begin, end = first["answer_start"], first["answer_start"] + len(first["text"])
    for number, at in zip(own, starts, strict=True):
        passage = units[number].passage
        if at <= begin < at + len(passage.text):
            span = (begin - at, min(end - at, len(passage.text)))
            shares = [min(span[1], b) - max(span[0], a) for a, b in passage.sentences]
            yield Gold(number, (int(np.argmax(shares)),), span)


class _Nearest:
    """Which passages of a corpus BM25 puts nearest to a question."""

    def __init__(self, units: Sequence[Unit]) -> None:
        postings = Postings.of(terms(f"{u.passage.head} {u.passage.text}", u.lang) for u in units)
        own = {"passage": np.arange(len(units), dtype=np.int32)}  # each passage is one of itself
        self._lexical = Lexical([(postings, None)], own, len(units), public_bodies())
        self._langs = sorted({unit.lang for unit in units})
        self._count = len(units)

    def others(self, question: str, golds: set[int], chance: random.Random) -> tuple[int, ...]:
        found = self._lexical.scores("passage", query_terms(question, self._langs))
        order = found.top(NEAREST + len(golds)).tolist()
        near = [row for row in order if row not in golds][:NEAREST]
        rest = [row for row in range(self._count) if row not in golds and row not in near]
        return (*near, *chance.sample(rest, min(BY_CHANCE, len(rest))))

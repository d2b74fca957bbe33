"""Documents of the corpus that is written, one after the other, and the folder that they grow in."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from evals import SEED
from evals.sets.written.facts import Fact, Facts
from evals.sets.written.prose import Writer
from evals.sets.written.words import Language

LENGTH, WORDS = 265, 9.0
"""Sentences of a document and words of a sentence, in the mean."""
_SPREAD = 0.7
"""Of lengths: the standard deviation of their logarithm."""
_MOST = 6
"""Longest document, in mean lengths."""
_FACT, _LIST, _HEADING = 0.18, 0.1, 0.12
"""How often a sentence is a fact, a paragraph a list, and a heading comes before a paragraph."""
_SIDES = {
    "fr": ("Majorité", "Opposition", "Syndicats", None),
    "en": ("Government", "Opposition", "Industry", None),
}
_WHERE = {"fr": " à {place}", "en": " in {place}"}
_LEADS = {"fr": "Le texte prévoit ce qui suit :", "en": "The text provides for what follows:"}


@dataclass(frozen=True, slots=True)
class Planted(Fact):
    """A fact with the document that it stands in."""

    document: str


@dataclass(frozen=True, slots=True)
class Written:
    """A document as its file has it; a heading counts as a sentence."""

    name: str
    text: str
    sentences: int
    facts: tuple[Planted, ...]


def written(length: float = LENGTH, words: float = WORDS, seed: int = SEED) -> Iterator[Written]:
    """Documents without end: the same for the same seed.

    Args:
        length: sentences of a document, in the mean; lengths are log-normal.
        words: of a sentence, in the mean; each has eight to twenty-five.
        seed: other documents for another.
    """
    facts = Facts()
    for number in count():
        yield _document(number, random.Random(f"{seed} {number}"), facts, length, words)


def _document(number: int, draw: random.Random, facts: Facts, length: float, words: float) -> Written:
    language: Language = "fr" if number % 3 else "en"
    writer = Writer(language, draw, words)
    drawn = draw.lognormvariate(math.log(length) - _SPREAD**2 / 2, _SPREAD)
    wanted = max(2, round(min(drawn, _MOST * length)))
    told: list[Fact] = []
    lines, done = [f"# {writer.title()}"], 1
    while done < wanted:
        if draw.random() < _HEADING:
            lines.append(f"## {writer.title()}")
            done += 1
        sentences = [_sentence(writer, facts, told) for _ in range(draw.randint(1, 6))]
        done += len(sentences)
        if len(sentences) > 2 and draw.random() < _LIST:
            lines += [_LEADS[language], "\n".join(f"- {sentence}" for sentence in sentences)]
            done += 1
        else:
            lines.append(" ".join(sentences))
    name = f"text-{number:06d}"
    text = _front_matter(writer, draw) + "\n\n".join(lines) + "\n"
    return Written(f"{name}.md", text, done, tuple(Planted(f.sentence, f.question, name) for f in told))


def _sentence(writer: Writer, facts: Facts, told: list[Fact]) -> str:
    if writer.draw.random() > _FACT:
        return writer.sentence()
    told.append(facts.made(writer.language, writer.draw))
    return told[-1].sentence


def _front_matter(writer: Writer, draw: random.Random) -> str:
    side = draw.choice(_SIDES[writer.language])
    date = f"{draw.randint(1990, 2025)}-{draw.randint(1, 12):02d}-{draw.randint(1, 28):02d}"
    fields = [
        f"title: {writer.title()}{writer.filled(_WHERE[writer.language])}",
        *([f"side: {side}"] if side else ()),
        f"date: {date}",
    ]
    return "\n".join(["---", *fields, f"language: {writer.language}", "---", ""])


class Growing:
    """A corpus folder to which documents are added; once tidied, it holds nothing else.

    Args:
        folder: where the files are.
        length, words, seed: as :func:`written` takes them.
    """

    def __init__(self, folder: Path, length: float = LENGTH, words: float = WORDS, seed: int = SEED) -> None:
        self.folder = folder
        self.sentences = self.bytes = 0
        self.documents: list[str] = []
        self.facts: list[Planted] = []
        self._more = written(length, words, seed)

    def grow(self, sentences: float, most: int) -> None:
        """Add documents until there are so many sentences, or ``most`` documents."""
        self.folder.mkdir(parents=True, exist_ok=True)
        while self.sentences < sentences and len(self.documents) < most:
            self._add(next(self._more))

    def tidy(self) -> None:
        """Remove what is in the folder besides: of a run that was stopped."""
        for file in set(self.folder.iterdir()) - {self.folder / name for name in self.documents}:
            file.unlink()

    def _add(self, document: Written) -> None:
        self.sentences += document.sentences
        self.documents.append(document.name)
        self.facts += document.facts
        self.bytes += len(document.text.encode())
        file = self.folder / document.name
        data = document.text.encode()
        if not file.exists() or file.read_bytes() != data:
            file.write_bytes(data)

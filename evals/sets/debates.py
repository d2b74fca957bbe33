"""The invented debates: documents that disagree, and questions on them (``evals/data/debates``)."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from shutil import copy

from evals.sets.squad import Split, split_of
from rag.documents import read_source
from rag.documents.frontmatter import FrontMatter, split_front_matter
from rag.drill import load_set, place_in
from rag.drill.question_set import Gold, SetQuestion
from rag.settings import load_settings
from rag.store import Index, sync
from rag.text import segment
from rag.types import Span

DATA = Path(__file__).resolve().parent.parent / "data"
DEBATES = DATA / "debates"
ALIKE = 0.8
"""Share of the shorter of two slices that both have, where they are one but for their edges."""
EDGES = " -–•;."
"""What a sentence may have at its edges beside the words of a gold slice."""


@dataclass(frozen=True, slots=True)
class Debate:
    """One of them.

    Attributes:
        name: of its folder.
        texts: of its documents as they are read, by name, in the order of the names.
        voices: what stands in front of each, its title and side among it.
        questions: asked of it; the gold slices of each are of its texts, none when nothing answers.
    """

    name: str
    texts: Mapping[str, str]
    voices: Mapping[str, FrontMatter]
    questions: tuple[SetQuestion, ...]

    def place(self, gold: Gold) -> Span:
        """Where a gold slice stands in its text, without the name of who says it, which is never quoted."""
        text = self.texts[gold.source]
        found = place_in(text, gold.text)
        start, end = found or (text.index(gold.text), text.index(gold.text) + len(gold.text))
        labels = (label for label in _labels(text) if label[0] <= start < label[1] < end)
        return next((label[1] for label in labels), start), end

    def placed(self, gold: Gold) -> Gold:
        """A gold slice as it stands in the text that is read."""
        start, end = self.place(gold)
        return Gold(gold.source, self.texts[gold.source][start:end], start, end)


def load_debates(folder: Path = DEBATES) -> list[Debate]:
    """All of them, by name."""
    return [load_debate(each) for each in sorted(folder.iterdir()) if each.is_dir()]


@lru_cache(maxsize=256)
def _labels(text: str) -> tuple[Span, ...]:
    """The names of those who speak, each with the white space after it."""
    sentences = [one for passage in segment(text) for one in passage.sentences]
    return tuple((a.start, b.start) for a, b in pairwise(sentences) if a.role == "label")


def debates_of(part: Split) -> list[Debate]:
    """Those of a part, by name."""
    return [debate for debate in load_debates() if split_of(debate.name) == part]


def load_debate(folder: Path) -> Debate:
    """The debate of a folder."""
    files = sorted(folder.glob("*.md"))
    limit = load_settings().max_file_bytes
    return Debate(
        name=folder.name,
        texts={file.stem: read_source(folder, file.name, file.stem, limit).text for file in files},
        voices={file.stem: split_front_matter(file.read_text(encoding="utf-8"))[0] for file in files},
        questions=load_set(load_settings(questions=folder / "questions.jsonl")),
    )


def write_corpus(debate: str, folder: Path) -> None:
    """Make a folder of the documents of a debate."""
    folder.mkdir()
    for file in (DEBATES / debate).glob("*.md"):
        copy(file, folder)


@contextmanager
def indexed(debate: Debate) -> Iterator[Index]:
    """A debate as a corpus of its own, for a while."""
    with tempfile.TemporaryDirectory(prefix="replique-evals-") as folder:
        corpus = Path(folder) / "corpus"
        write_corpus(debate.name, corpus)
        index = Index(load_settings(corpus=corpus, store=Path(folder) / "store", chroma=""))
        try:
            sync(index)
            yield index
        finally:
            index.close()


def is_part(sentence: Span, gold: Span) -> bool:
    """Whether a sentence is, but for what stands at its edges, a gold slice, a part of it, or holds it."""
    common = min(sentence[1], gold[1]) - max(sentence[0], gold[0])
    return common > ALIKE * min(sentence[1] - sentence[0], gold[1] - gold[0])


def is_gold(sentence: str, gold: str) -> bool:
    """Whether a sentence is part of a gold slice, or holds it."""
    return sentence.strip(EDGES) in gold or gold.strip(EDGES) in sentence

"""The invented debates: pairs of documents that disagree, and questions on them (``evals/data/debates``)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rag.drill import load_set
from rag.drill.question_set import SetQuestion
from rag.settings import load_settings

DATA = Path(__file__).resolve().parent.parent / "data"
DEBATES = DATA / "debates"
EDGES = " -–•;."
"""What a sentence may have at its edges beside the words of a gold slice."""


@dataclass(frozen=True, slots=True)
class Debate:
    """One of them.

    Attributes:
        name: of its folder.
        texts: of its documents, by name, in the order of the names.
        questions: asked of it; the gold slices of each are of its texts, none when nothing answers.
    """

    name: str
    texts: Mapping[str, str]
    questions: tuple[SetQuestion, ...]


def load_debates(folder: Path = DEBATES) -> list[Debate]:
    """All of them, by name."""
    return [load_debate(each) for each in sorted(folder.iterdir()) if each.is_dir()]


def load_debate(folder: Path) -> Debate:
    """The debate of a folder."""
    texts = {file.stem: file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.txt"))}
    return Debate(folder.name, texts, load_set(load_settings(questions=folder / "questions.jsonl")))


def write_corpus(debate: Debate, folder: Path) -> None:
    """Make a folder of the documents, with the titles and sides that ``voices.json`` gives them."""
    folder.mkdir()
    for source, (title, side) in json.loads((DATA / "voices.json").read_text("utf-8"))[debate.name].items():
        head = json.dumps({"title": title, "side": side}, ensure_ascii=False)
        (folder / f"{source}.md").write_text(f"---\n{head}\n---\n{debate.texts[source]}", encoding="utf-8")


def is_gold(sentence: str, gold: str) -> bool:
    """Whether a sentence is part of a gold slice, or holds it."""
    return sentence.strip(EDGES) in gold or gold.strip(EDGES) in sentence

"""Reading sets in SQuAD format: passages, questions, and where each answer stands."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from evals.sets.questions import Dataset, Question, Slice, sample, sha256
from rag.errors import InputError

Split = Literal["fit", "check", "report"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One passage of a reading set; ``article`` is the title of the article it comes from."""

    article: str
    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A question with its passage (number among the paragraphs) and where each answer begins and ends."""

    id: str
    question: str
    paragraph: int
    answers: tuple[int, ...]
    ends: tuple[int, ...]


def split_of(article: str) -> Split:
    """Six articles in ten are for fitting, two for checking while working, two for reporting."""
    bucket = int(sha256(article.encode()), 16) % 10
    return "fit" if bucket < 6 else "check" if bucket < 8 else "report"


def load_squad(file: Path) -> tuple[list[Paragraph], list[Reading]]:
    """Read a set in SQuAD format (Rajpurkar et al. 2016).

    Raises:
        InputError: the file cannot be read or is not in that format.
    """
    try:
        articles = json.loads(file.read_text(encoding="utf-8"))["data"]
        paragraphs: list[Paragraph] = []
        readings: list[Reading] = []
        for article in articles:
            for paragraph in article["paragraphs"]:
                number = len(paragraphs)
                paragraphs.append(Paragraph(article.get("title", ""), paragraph["context"]))
                readings += [_reading(qa, number) for qa in paragraph["qas"] if qa.get("answers")]
    except OSError as error:
        raise InputError("not_read", file=file, reason=error.strerror) from None
    except (ValueError, KeyError, TypeError):
        raise InputError("not_squad", file=file) from None
    return paragraphs, readings


def _reading(qa: dict[str, object], paragraph: int) -> Reading:
    answers: list[dict[str, Any]] = qa["answers"]  # type: ignore[assignment]
    starts = tuple(answer["answer_start"] for answer in answers)
    ends = tuple(answer["answer_start"] + len(answer.get("text", "")) for answer in answers)
    return Reading(str(qa["id"]), str(qa["question"]), paragraph, starts, ends)


@contextmanager
def squad_set(file: Path, part: Split = "report", limit: int | None = None) -> Iterator[Dataset]:
    """A reading set in SQuAD format, each of its passages a document.

    Raises:
        InputError: it cannot be read, or nothing of it is in that part.
    """
    paragraphs, readings = load_squad(file)
    names = {n: f"p{n:05d}" for n, p in enumerate(paragraphs) if split_of(p.article) == part}
    asked = [reading for reading in readings if reading.paragraph in names and reading.answers]
    if not asked:
        raise InputError("part_empty", file=file, part=part)
    families = {n: paragraphs[n].article or name for n, name in names.items()}
    questions = [_question(r, names[r.paragraph], families[r.paragraph], part) for r in asked]
    same: dict[str, set[str]] = {}
    for number, name in names.items():
        same.setdefault(paragraphs[number].text, set()).add(name)
    twins = {name: frozenset(group) for group in same.values() if len(group) > 1 for name in group}
    about = {"file": file.name, "sha256": sha256(file.read_bytes()), "limit": limit, "part": part}
    with tempfile.TemporaryDirectory(prefix="replique-evals-") as folder:
        for number, name in names.items():
            (Path(folder) / f"{name}.txt").write_bytes(paragraphs[number].text.encode())
        chosen = sample(questions, limit)
        yield Dataset(f"SQuAD: {file.stem}", part, Path(folder), chosen, True, twins, about)


def _question(reading: Reading, source: str, family: str, part: str) -> Question:
    """A question of a reading set; its gold slices are where its answers begin."""
    gold = tuple(Slice(source, at, at + 1) for at in reading.answers)
    return Question(reading.id, family, part, "", "reading", reading.question, (), True, gold, ())

"""Question sets: questions with the slices of the sources that answer them; the shipped one.

Lines are those that ``rag.drill`` trains with (see ``rag/drill/question_set.py``), with what a figure needs
besides: which questions are paraphrases of each other, in which half they are, whose voices answer. All must
be there.
"""

from __future__ import annotations

import hashlib
import random
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, TypeAdapter, ValidationError

from evals import SEED
from rag.errors import InputError

EVALS = Path(__file__).resolve().parent.parent
QUESTIONS = EVALS / "questions.jsonl"
CORPUS = EVALS.parent / "corpus"
DOCUMENTS = ("commentaire.md", "declaration.md")
"""The shipped documents, which the questions are about; others in the folder take no part."""


@dataclass(frozen=True, slots=True)
class Slice:
    """A range of a source, in code points; ``text`` is what a system says stands there."""

    source: str
    start: int
    end: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a set.

    Attributes:
        id: unique in the set.
        family: paraphrases of one question share it; never split, resampled together.
        split: the part of the set that it belongs to, reported apart.
        lang, kind: for the slices of the report.
        text: the question.
        history: the earlier questions of its conversation, oldest first.
        answerable: whether the sources say.
        gold: slices each of which answers; empty when nothing does.
        sides: whose voices answer; two or more when both must be heard.
    """

    id: str
    family: str
    split: str
    lang: str
    kind: str
    text: Annotated[str, Field(validation_alias="question")]
    history: tuple[str, ...]
    answerable: bool
    gold: tuple[Slice, ...]
    sides: tuple[str, ...]


_LINE = TypeAdapter(Question)


def load_questions(file: Path) -> list[Question]:
    """Read a question set, one JSON object a line.

    Raises:
        InputError: the file cannot be read or a line is not a question.
    """
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
        return [_LINE.validate_json(line) for line in lines if line.strip()]
    except OSError as error:
        raise InputError("not_read", file=file, reason=error.strerror) from None
    except ValidationError as error:
        first = error.errors()[0]
        problem = ": ".join([*map(str, first["loc"]), first["msg"]])
        raise InputError("not_a_question_set", file=file, problem=problem) from None
    except ValueError as error:
        raise InputError("not_a_question_set", file=file, problem=error) from None


def sample(questions: Sequence[Question], limit: int | None, seed: int = SEED) -> list[Question]:
    """``limit`` questions drawn at random, in their order; all of them where there are no more."""
    if limit is None or limit >= len(questions):
        return list(questions)
    chosen = sorted(random.Random(seed).sample(range(len(questions)), limit))
    return [questions[number] for number in chosen]


@dataclass(frozen=True, slots=True)
class Dataset:
    """Questions over a corpus.

    Attributes:
        name: for the report.
        headline: the split whose figures count.
        corpus: folder of the documents.
        questions: what is asked.
        by_source: whether a passage is a whole source, as in reading sets.
        twins: sources with the same text, by id, where there are any.
        about: what else the report says of it.
    """

    name: str
    headline: str
    corpus: Path
    questions: Sequence[Question]
    by_source: bool
    twins: Mapping[str, frozenset[str]]
    about: Mapping[str, Any]

    def of_headline(self) -> Dataset:
        """The questions of the split whose figures count, alone."""
        return replace(self, questions=[each for each in self.questions if each.split == self.headline])


@contextmanager
def shipped_set(limit: int | None = None) -> Iterator[Dataset]:
    """The shipped questions on the two shipped documents."""
    with tempfile.TemporaryDirectory(prefix="replique-evals-") as folder:
        for name in DOCUMENTS:
            shutil.copy(CORPUS / name, folder)
        questions = load_questions(QUESTIONS)
        about = {"file": QUESTIONS.name, "sha256": sha256(QUESTIONS.read_bytes()), "limit": limit}
        yield Dataset("questions", "test", Path(folder), sample(questions, limit), False, {}, about)


def sha256(data: bytes) -> str:
    """Hash of a file, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()

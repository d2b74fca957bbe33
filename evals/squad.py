"""Reading sets in SQuAD format: passages, questions, and the sentences that answer."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

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
    bucket = int(hashlib.sha256(article.encode()).hexdigest(), 16) % 10
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

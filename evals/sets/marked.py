"""Questions of a reading set, each with the sentence that answers it and the words that readers marked."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.sets.pools import ANSWERED, VARIANTS
from evals.sets.squad import Paragraph, Reading, Split, load_squad, split_of
from rag.answer.highlight import likeness
from rag.answer.tokens import Likeness
from rag.encoders import load_encoder
from rag.encoders.use import EMBEDDED
from rag.search import Question, read_question
from rag.search.features import analyse
from rag.store import Vocabulary
from rag.text import content_words, segment
from rag.types import Encode, Span


@dataclass(frozen=True, slots=True)
class Case:
    """A question put to the sentence that answers it.

    Attributes:
        variant: how the question is put; ``original`` as in the set.
        article: title of the article, resampled together.
        text: the sentence.
        answers: slices of it, each of which a reader marked.
        like: see :func:`rag.answer.highlight.highlights`.
    """

    question: Question
    variant: str
    article: str
    text: str
    answers: tuple[Span, ...]
    like: Likeness


def load_cases(file: Path, part: Split, encode: Encode | None = None) -> list[Case]:
    """The questions of a part of a reading set, with the variants that there are of them.

    Args:
        file: in SQuAD format.
        part: articles.
        encode: gives the vectors of words; by default, the encoder that comes with the program.

    Raises:
        InputError: the file cannot be read or is not in SQuAD format.
    """
    encode = encode or remembered(load_encoder(EMBEDDED).get_text_embedding_batch)
    paragraphs, readings = load_squad(file)
    variants = {entry["id"]: entry for entry in map(json.loads, VARIANTS.read_text("utf-8").splitlines())}
    sentences: dict[int, list[Span]] = {}
    cases: list[Case] = []
    for reading in readings:
        paragraph = paragraphs[reading.paragraph]
        if split_of(paragraph.article) == part:
            found = sentences.setdefault(reading.paragraph, _sentences(paragraph.text))
            cases += _cases(reading, paragraph, found, variants.get(reading.id, {}), encode)
    return cases


def _sentences(text: str) -> list[Span]:
    return [(one.start, one.end) for passage in segment(text) for one in passage.sentences]


def _cases(
    reading: Reading,
    paragraph: Paragraph,
    sentences: Sequence[Span],
    variants: dict[str, str],
    encode: Encode,
) -> Iterator[Case]:
    place = bisect_right(sentences, reading.answers[0], key=lambda span: span[0]) - 1
    start, end = sentences[place] if place >= 0 else (0, 0)
    spans = zip(reading.answers, reading.ends, strict=True)
    answers = tuple((a - start, min(b, end) - start) for a, b in spans if start <= a < min(b, end))
    if not answers:
        return
    text = paragraph.text[start:end]
    words = content_words(text)
    vocabulary = Vocabulary.build([words], encode)
    questions = {"original": reading.question} | {k: variants[k] for k in ANSWERED if k in variants}
    for variant, question in questions.items():
        read = read_question(question)
        like = likeness(analyse(read, encode), vocabulary, [0]) if words and read.words else {}
        yield Case(read, variant, paragraph.article, text, answers, like)


def remembered(encode: Encode) -> Encode:
    """The same, with what was given once kept."""
    known: dict[str, Sequence[float]] = {}

    def look_up(words: list[str]) -> list[Sequence[float]]:
        new = [word for word in dict.fromkeys(words) if word not in known]
        known.update(zip(new, encode(new) if new else (), strict=True))
        return [known[word] for word in words]

    return look_up

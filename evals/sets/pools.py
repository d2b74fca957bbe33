"""The sets that are fitted on: their passages and questions, analysed and embedded once."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evals.sets.debates import DATA, Debate, is_gold, load_debates
from evals.sets.squad import load_squad, split_of
from rag.encoders import e5, load_encoder
from rag.encoders.adapter import Centre, centred
from rag.encoders.load import E5
from rag.encoders.use import EMBEDDED
from rag.search import Asked, read_question
from rag.search.features import analyse
from rag.store import Vocabulary
from rag.text import content_words, cues_offered, language_of, segment, terms

VARIANTS = DATA / "piaf_variants.jsonl"
"""Variants of questions of PIAF, written for this purpose; see ANSWERED and UNANSWERED."""
ANSWERED = ("en", "en2", "paraphrase", "telegraphic", "misspelt")
UNANSWERED = ("near_fr", "near_en", "twin_fr", "twin_en", "false_premise")
"""Kinds of the variants of PIAF's questions: those that their passage answers, those that it does not."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A passage of a set: the group it belongs to (article or debate), its text and its sentences.

    ``introduced`` are the sentences as they are embedded, with what introduces them in front.
    """

    group: str
    language: str
    text: str
    starts: tuple[int, ...]
    sentences: tuple[str, ...]
    introduced: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question to fit on; ``gold`` are the sentence rows that answer, none when nothing does."""

    text: str
    kind: str
    group: str
    gold: frozenset[int]


class Pool:
    """Passages and questions of one set, analysed and embedded once.

    Attributes:
        sentence_groups: shape ``(sentences,)``, the group of each sentence.
        question_vectors: shape ``(questions, dimensions)``, as the encoder gives them.
        searched_vectors: the same, moved by an adapter once there is one.
        encoder: whose vectors of sentences and questions they are, ``use`` or ``e5``; words have those of
            ``use``.
    """

    def __init__(
        self, name: str, units: Sequence[Unit], questions: Sequence[Question], setting: str = EMBEDDED
    ) -> None:
        encoder = load_encoder(EMBEDDED)
        self.encoder = setting

        def encode(texts: list[str]) -> NDArray[np.float32]:
            return np.array(encoder.get_text_embedding_batch(texts), np.float32)

        self.name = name
        self.units = units
        self.questions = questions
        self.ranges = sentence_ranges(units)
        texts = [sentence for unit in units for sentence in unit.sentences]
        languages = [unit.language for unit in units for _ in unit.sentences]
        self.sentence_groups = np.array([unit.group for unit in units for _ in unit.sentences])
        self.languages = np.array(languages)
        if setting == E5:
            self._encode_with_e5()
        else:
            self.sentence_vectors = encode([text for unit in units for text in unit.introduced])
            self.unit_vectors = encode([unit.text for unit in units])
            self.question_vectors = encode([question.text for question in questions])
        self.searched_vectors = self.question_vectors
        self.sentence_terms = [terms(text, lang) for text, lang in zip(texts, languages, strict=True)]
        self.vocabulary = Vocabulary.build(
            [content_words(text) for text in texts], encoder.get_text_embedding_batch
        )
        self.offered = np.array([cues_offered(text) for text in texts], np.int32)
        words = sorted({word for question in questions for word in content_words(question.text)})
        self.word_vectors = dict(zip(words, encode(words), strict=True))

    def _encode_with_e5(self) -> None:
        """Vectors as the model gives them; 0 for sentences neither fitted on nor checked, to save minutes."""
        used = [self.is_fitted(group) or self.is_checked(group) for group in self.sentence_groups]
        texts = [text for unit in self.units for text in unit.introduced]
        self.sentence_vectors = np.zeros((len(texts), e5.DIMENSIONS), np.float32)
        self.sentence_vectors[used] = e5.encode([texts[row] for row in np.flatnonzero(used)])
        self.question_vectors = e5.encode([question.text for question in self.questions], is_query=True)
        self.unit_vectors = self._means()

    def _means(self) -> NDArray[np.float32]:
        """The vector of each unit, that of its sentences together."""
        sums = [self.sentence_vectors[first:last].sum(axis=0) for first, last in self.ranges]
        return centred(np.array(sums), np.zeros(1, np.float32))

    def centre(self, centre: Centre) -> None:
        """Take the means off all vectors."""
        self.sentence_vectors = centred(self.sentence_vectors, centre.texts)
        self.question_vectors = centred(self.question_vectors, centre.questions)
        self.searched_vectors = self.question_vectors
        self.unit_vectors = self._means()

    def is_fitted(self, group: str) -> bool:
        """Whether an article or debate is fitted on; of the others, only ``check`` ones are used here."""
        return split_of(group) == "fit"

    def is_checked(self, group: str) -> bool:
        """Whether an article or debate is used to check what was fitted."""
        return split_of(group) == "check"

    def asked(self, question: Question) -> Asked:
        """The question analysed, its vectors looked up."""
        return analyse(
            read_question(question.text), lambda words: [self.word_vectors[word] for word in words]
        )


def sentence_ranges(units: Sequence[Unit]) -> list[tuple[int, int]]:
    """First and last-plus-one sentence row of each unit."""
    ends = np.cumsum([len(unit.sentences) for unit in units])
    return [(int(end) - len(unit.sentences), int(end)) for unit, end in zip(units, ends, strict=True)]


def units_of(group: str, language: str, text: str) -> list[Unit]:
    """The passages of a text that hold any words."""
    return [
        Unit(
            group,
            language,
            text[passage.start : passage.end],
            tuple(sentence.start for sentence in passage.sentences),
            tuple(text[s.start : s.end] for s in passage.sentences),
            tuple(
                (f"{text[slice(*s.lead_in)]}\n" if s.lead_in else "") + text[s.start : s.end]
                for s in passage.sentences
            ),
        )
        for passage in segment(text)
    ]


def piaf_pool(squad: Path, encoder: str = EMBEDDED) -> Pool:
    """PIAF and the variants of its questions."""
    paragraphs, readings = load_squad(squad)
    units: list[Unit] = []
    first_unit: list[int] = []
    for paragraph in paragraphs:
        first_unit.append(len(units))
        units += units_of(paragraph.article, "fr", paragraph.text)
    first_unit.append(len(units))
    ranges = sentence_ranges(units)
    questions: list[Question] = []
    by_id: dict[str, Question] = {}
    for reading in readings:
        own = range(first_unit[reading.paragraph], first_unit[reading.paragraph + 1])
        rows = [row for unit in own for row in range(*ranges[unit])]
        starts = [start for unit in own for start in units[unit].starts]
        found = (int(np.searchsorted(starts, at, "right")) - 1 for at in reading.answers)
        gold = frozenset(rows[max(position, 0)] for position in found)
        question = Question(reading.question, "original", paragraphs[reading.paragraph].article, gold)
        questions.append(question)
        by_id[reading.id] = question
    for line in VARIANTS.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        original = by_id[entry["id"]]
        for kind in (each for each in (*ANSWERED, *UNANSWERED) if each in entry):
            gold = original.gold if kind in ANSWERED else frozenset()
            questions.append(Question(entry[kind], kind, original.group, gold))
    return Pool("piaf", units, questions, encoder)


def debates_pool(encoder: str = EMBEDDED) -> Pool:
    """The invented debates."""
    units: list[Unit] = []
    questions: list[Question] = []
    for debate in load_debates():
        own = {name: units_of(debate.name, language_of(text), text) for name, text in debate.texts.items()}
        questions += _questions(debate, own, sum(len(unit.sentences) for unit in units))
        units += [unit for part in own.values() for unit in part]
    return Pool("debates", units, questions, encoder)


def _questions(debate: Debate, own: dict[str, list[Unit]], first: int) -> Iterator[Question]:
    """Those of a debate, whose sentences begin with the row ``first``."""
    sentences = [(name, one) for name, units in own.items() for unit in units for one in unit.sentences]
    for asked in debate.questions:
        rows = frozenset(
            row
            for row, (source, sentence) in enumerate(sentences, first)
            if any(gold.source == source and is_gold(sentence, gold.text) for gold in asked.gold)
        )
        yield Question(asked.question, asked.kind or "", debate.name, rows)

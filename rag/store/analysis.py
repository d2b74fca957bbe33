"""A document that was read -> a part of one, all but its vectors."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np

from rag.store.blobs import Blobs
from rag.store.part import LEVELS, Part, Record
from rag.store.postings import Postings
from rag.store.units import passage_columns, sentence_columns
from rag.store.word_table import WordTable
from rag.text import definitions, indexed_terms, is_quotable, segment
from rag.types import Passage, Sentence, Source


@dataclass(frozen=True, slots=True)
class Segmented:
    """A source with its passages."""

    source: Source
    passages: Sequence[Passage]

    @classmethod
    def of(cls, source: Source) -> Segmented:
        """Cut it."""
        return cls(source, segment(source.text, source.layout))

    @property
    def sentences(self) -> list[Sentence]:
        """All sentences, in order."""
        return [sentence for passage in self.passages for sentence in passage.sentences]


def analysed(document: Segmented, file_sha256: str) -> Part:
    """All that is known of a document but the vectors of its units, which are left empty."""
    source, sentences = document.source, document.sentences
    speakers = sorted({sentence.speaker for sentence in sentences if sentence.speaker})
    told = tuple(sorted(set(definitions(source.text))))
    record = Record(source.info, file_sha256, len(sentences), len(document.passages), told)
    return Part(
        records=[record],
        speakers=speakers,
        texts=Blobs.of([source.text.encode("utf-8", "surrogatepass")]),
        layouts=Blobs.of([json.dumps(asdict(source.layout)).encode()]),
        units={
            "sentence": sentence_columns(source, document.passages, speakers),
            "passage": passage_columns(document.passages),
        },
        vectors=dict.fromkeys(LEVELS, np.zeros((0, 0), np.int8)),
        postings=Postings.of([_terms(source, sentence) for sentence in sentences]),
        words=WordTable.of([source.text]),
    )


def _terms(source: Source, sentence: Sentence) -> list[str]:
    if not is_quotable(source.text, sentence.start, sentence.end):
        return []
    return indexed_terms(source.text[sentence.start : sentence.end], source.info.language)

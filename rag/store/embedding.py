"""Documents -> vectors of their sentences and passages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.schema import Document, MetadataMode, TextNode
from numpy.typing import NDArray

from rag.encoders import OwnEncoder
from rag.reader import Passage, head_of
from rag.store.analysis import Segmented
from rag.store.batches import batches
from rag.store.nodes import SegmentParser, has_node, parse_node_id
from rag.store.part import LEVELS
from rag.store.vectors import Packed, packed
from rag.types import Level


@dataclass(frozen=True, slots=True)
class Unit:
    """A passage to be embedded: as the encoder reads it, with its own node and those of its sentences.

    Attributes:
        passage: what the encoder reads.
        row: number of the passage among those of its document.
        first: number of its first sentence.
        nodes: of the sentences that have a vector, by their number in the passage; its own at -1.
    """

    passage: Passage
    row: int
    first: int
    nodes: dict[int, TextNode]


TOGETHER = 256
"""How many passages the encoder is given at a time."""


def embedded(
    encoder: BaseEmbedding, documents: Sequence[Segmented], told: Callable[[int], None]
) -> list[dict[Level, Packed]]:
    """For each document, vectors of its sentences and of its passages; zeros for what is not embedded.

    Args:
        encoder: what embeds.
        documents: cut into passages.
        told: called with how many passages more are done.
    """
    units = [list(_units(document)) for document in documents]
    cut = batches((unit for own in units for unit in own), TOGETHER)
    vectors = (each for batch in cut for each in _batch(encoder, batch, told))
    return [
        _placed(document, [(unit, next(vectors)) for unit in own])
        for document, own in zip(documents, units, strict=True)
    ]


Found = dict[int, NDArray[np.float32]]


def _batch(encoder: BaseEmbedding, units: Sequence[Unit], told: Callable[[int], None]) -> list[Found]:
    found = list(_vectors(encoder, units))
    told(len(units))
    return found


def _vectors(encoder: BaseEmbedding, units: Sequence[Unit]) -> Iterator[Found]:
    """For each unit, the vectors of its nodes."""
    if isinstance(encoder, OwnEncoder):
        read = encoder.passages([unit.passage for unit in units])
        for unit, (sentences, whole) in zip(units, read, strict=True):
            yield {number: whole if number < 0 else sentences[number] for number in unit.nodes}
        return
    texts = [node.get_content(MetadataMode.EMBED) for unit in units for node in unit.nodes.values()]
    given = iter(encoder.get_text_embedding_batch(texts))
    for unit in units:
        yield {number: np.asarray(next(given), np.float32) for number in unit.nodes}


def _placed(document: Segmented, found: Sequence[tuple[Unit, Found]]) -> dict[Level, Packed]:
    width = next((len(vector) for _, vectors in found for vector in vectors.values()), 0)
    sizes: dict[Level, int] = {"sentence": len(document.sentences), "passage": len(document.passages)}
    whole = {level: np.zeros((sizes[level], width), np.float32) for level in LEVELS}
    for unit, vectors in found:
        for number, vector in vectors.items():
            if number < 0:
                whole["passage"][unit.row] = vector
            else:
                whole["sentence"][unit.first + number] = vector
    return {level: packed(whole[level]) for level in LEVELS}


def _units(part: Segmented) -> Iterator[Unit]:
    """The passages of a document that hold any words."""
    text = part.source.text
    document = Document(id_=part.source.info.sha256, text=text)
    nodes: dict[str, dict[int, TextNode]] = {level: {} for level in LEVELS}
    for node in SegmentParser().nodes_of(document, part.passages):
        nodes[node.metadata["level"]][parse_node_id(node.node_id)[1]] = node
    first = 0
    for number, passage in enumerate(part.passages):
        start, sentences = passage.start, passage.sentences
        own = range(first, first + len(sentences))
        first += len(sentences)
        if has_node(text, passage):
            read = Passage(
                text[start : passage.end],
                tuple((s.start - start, s.end - start) for s in sentences),
                head_of("", text, sentences[0], start),
            )
            with_node = {row - own[0]: nodes["sentence"][row] for row in own if row in nodes["sentence"]}
            yield Unit(read, number, own[0], {-1: nodes["passage"][number], **with_node})

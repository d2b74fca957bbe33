"""Texts -> vectors in a new segment; words -> vectors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from llama_index.core.schema import Document, MetadataMode, TextNode

from rag.encoders import OwnEncoder
from rag.reader import Passage, head_of
from rag.store.edition import Segmented
from rag.store.index import Index
from rag.store.nodes import SegmentParser, has_node, parse_node_id
from rag.store.shards import LEVELS, Shards, batches, document_id
from rag.types import Level, Progress

PASSAGES = 64
"""How many passages are embedded, and written, at a time."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A passage to be embedded: as the encoder reads it, with its own node and those of its sentences."""

    passage: Passage
    node: TextNode
    sentences: dict[int, TextNode]


class Embedding:
    """Has texts and words embedded by the encoder of an index."""

    def __init__(self, index: Index, shards: Shards, progress: Progress) -> None:
        self._index = index
        self._shards = shards
        self._progress = progress

    def missing(self, parts: Sequence[Segmented], segments: dict[str, list[str]]) -> dict[str, list[str]]:
        """The segments with one more, of the texts that none of them holds."""
        held = {text for texts in segments.values() for text in texts}
        missing = {p.source.info.unit_name: p for p in parts if p.source.info.unit_name not in held}
        if not missing:
            return dict(segments)
        return {**segments, self._new_segment(list(missing.values())): sorted(missing)}

    def words(self, words: list[str]) -> list[list[float]]:
        """A vector for each word of a vocabulary."""
        vectors: list[list[float]] = []
        for batch in batches(words):
            self._progress("words", len(vectors), len(words))
            vectors += self._index.word_encoder.get_text_embedding_batch(batch)
        self._progress("words", len(vectors), len(words))
        return vectors

    def _new_segment(self, parts: Sequence[Segmented]) -> str:
        sizes = {level: sum(_quotable(part, level) for part in parts) for level in LEVELS}
        name = self._shards.create(sizes)
        done = 0
        for batch in batches(self._units(parts), PASSAGES):
            self._progress("embed", done, sizes["passage"])
            self._embed(batch)
            nodes: dict[Level, list[TextNode]] = {
                "sentence": [node for unit in batch for node in unit.sentences.values()],
                "passage": [unit.node for unit in batch],
            }
            for level in LEVELS:
                for part in batches(nodes[level]):
                    self._shards.add(name, level, part)
            done += len(batch)
        self._progress("embed", done, sizes["passage"])
        return name

    def _embed(self, units: Sequence[Unit]) -> None:
        """Give nodes their vectors."""
        encoder = self._index.encoder
        if isinstance(encoder, OwnEncoder):
            for unit, (sentences, whole) in zip(
                units, encoder.passages([unit.passage for unit in units]), strict=True
            ):
                unit.node.embedding = whole.tolist()
                for number, node in unit.sentences.items():
                    node.embedding = sentences[number].tolist()
            return
        nodes = [node for unit in units for node in (unit.node, *unit.sentences.values())]
        vectors = encoder.get_text_embedding_batch([n.get_content(MetadataMode.EMBED) for n in nodes])
        for node, vector in zip(nodes, vectors, strict=True):
            node.embedding = vector

    def _units(self, parts: Sequence[Segmented]) -> Iterator[Unit]:
        """The passages of some texts that hold any words; one text at a time, as vectors take room."""
        parser = SegmentParser(variant=self._index.variant)
        for part in parts:
            info, text = part.source.info, part.source.text
            described = {"sha256": info.sha256, "units": info.unit_name}
            document = Document(id_=document_id(info.unit_name), text=text, metadata=described)
            nodes: dict[str, dict[int, TextNode]] = {level: {} for level in LEVELS}
            for node in parser.nodes_of(document, part.passages):
                nodes[node.metadata["level"]][parse_node_id(node.node_id)[1]] = node
            first = 0
            for number, passage in enumerate(part.passages):
                start, sentences = passage.start, passage.sentences
                own = range(first, first + len(sentences))
                first += len(sentences)
                if has_node(text, passage):
                    yield Unit(
                        Passage(
                            text[start : passage.end],
                            tuple((s.start - start, s.end - start) for s in sentences),
                            head_of("", text, sentences[0], start),
                        ),
                        nodes["passage"][number],
                        {row - own[0]: nodes["sentence"][row] for row in own if row in nodes["sentence"]},
                    )


def _quotable(part: Segmented, level: Level) -> int:
    """How many units of a text become nodes."""
    units = part.passages if level == "passage" else chain(*(passage.sentences for passage in part.passages))
    return sum(has_node(part.source.text, unit) for unit in units)

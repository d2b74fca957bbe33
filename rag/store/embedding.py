"""Texts -> vectors in a new segment; words -> vectors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from llama_index.core.schema import Document, MetadataMode, TextNode

from rag.encoders import averages
from rag.store.edition import Segmented
from rag.store.index import Index
from rag.store.nodes import SegmentParser
from rag.store.passage_vectors import PassageMeans
from rag.store.shards import LEVELS, Shards, batches, document_id
from rag.text import is_quotable
from rag.types import Level, Progress


class Embedding:
    """Has texts and words embedded by the encoder of an index."""

    def __init__(self, index: Index, shards: Shards, progress: Progress) -> None:
        self._index = index
        self._shards = shards
        self._progress = progress

    def missing(self, parts: Sequence[Segmented], segments: dict[str, list[str]]) -> dict[str, list[str]]:
        """The segments with one more, of the texts that none of them holds."""
        held = {text for texts in segments.values() for text in texts}
        missing = {p.source.info.sha256: p for p in parts if p.source.info.sha256 not in held}
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
        done, total = 0, sum(sizes.values())
        means = PassageMeans(parts) if averages(self._index.encoder) else None
        for level in LEVELS:
            for batch in batches(self._nodes(parts, level)):
                self._progress("embed", done, total)
                self._embed(batch, level, means)
                self._shards.add(name, level, batch)
                done += len(batch)
        assert done == total
        self._progress("embed", done, total)
        return name

    def _embed(self, nodes: Sequence[TextNode], level: Level, means: PassageMeans | None) -> None:
        """Give nodes their vectors; sentences before their passages."""
        if means and level == "passage":
            for node in nodes:
                node.embedding = means.of(node.node_id)
            return
        texts = [node.get_content(MetadataMode.EMBED) for node in nodes]
        vectors = self._index.encoder.get_text_embedding_batch(texts)
        for node, vector in zip(nodes, vectors, strict=True):
            node.embedding = vector
            if means:
                means.add(node.node_id, vector)

    def _nodes(self, parts: Sequence[Segmented], level: Level) -> Iterator[TextNode]:
        """The nodes of some texts at a level; one text at a time, as nodes with vectors take room."""
        parser = SegmentParser(variant=self._index.variant)
        for part in parts:
            sha256 = part.source.info.sha256
            document = Document(id_=document_id(sha256), text=part.source.text, metadata={"sha256": sha256})
            for node in parser.get_nodes_from_documents([document]):
                if isinstance(node, TextNode) and node.metadata["level"] == level:
                    yield node


def _quotable(part: Segmented, level: Level) -> int:
    """How many units of a text become nodes."""
    units = part.passages if level == "passage" else chain(*(passage.sentences for passage in part.passages))
    return sum(is_quotable(part.source.text, unit.start, unit.end) for unit in units)

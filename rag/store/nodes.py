"""Sentences and passages as LlamaIndex nodes, and the ids of those."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from llama_index.core.node_parser import NodeParser
from llama_index.core.schema import BaseNode, Document, NodeRelationship, RelatedNodeInfo, TextNode

from rag.text import is_answer, is_quotable, segment
from rag.types import Passage, Sentence


class SegmentParser(NodeParser):
    """A LlamaIndex node parser whose nodes carry exact offsets.

    A document becomes one node per passage and one per sentence (metadata ``level``), in that order.
    A node's text is the slice ``document.text[start_char_idx:end_char_idx]``; what introduces a
    sentence is metadata, so that it is embedded with it and never becomes part of it. Node ids are
    made of the document's id, ``variant``, the level and the number of the unit in the document.
    """

    variant: str = ""

    def _parse_nodes(
        self, nodes: Sequence[BaseNode], show_progress: bool = False, **kwargs: Any
    ) -> list[BaseNode]:
        return [node for document in nodes for node in self._nodes_of(document)]

    def _postprocess_parsed_nodes(
        self, nodes: list[BaseNode], parent_doc_map: dict[str, Document]
    ) -> list[BaseNode]:
        """Keep the offsets: the base class would look the text up again and find its first twin."""
        return nodes

    def _nodes_of(self, document: BaseNode) -> Iterator[TextNode]:
        return self.nodes_of(document, segment(document.get_content()))

    def nodes_of(self, document: BaseNode, passages: Sequence[Passage]) -> Iterator[TextNode]:
        """The nodes of a document that is cut into passages already."""
        text = document.get_content()
        origin = document.as_related_node_info()  # once: it hashes the whole text
        sentences = [sentence for passage in passages for sentence in passage.sentences]
        levels: tuple[tuple[str, Sequence[Passage | Sentence]], ...] = (
            ("passage", passages),
            ("sentence", sentences),
        )
        for level, units in levels:
            for number, unit in enumerate(units):
                if has_node(text, unit):
                    yield self._node(document, origin, text, level, number, unit)

    def _node(
        self,
        document: BaseNode,
        origin: RelatedNodeInfo,
        text: str,
        level: str,
        number: int,
        unit: Passage | Sentence,
    ) -> TextNode:
        own = {**document.metadata, "level": level}
        lead_in = unit.lead_in if isinstance(unit, Sentence) else None
        return TextNode(
            id_=node_id(document.node_id, self.variant, level, number),
            text=text[unit.start : unit.end],
            start_char_idx=unit.start,
            end_char_idx=unit.end,
            metadata=own | ({"lead_in": text[slice(*lead_in)]} if lead_in else {}),
            excluded_embed_metadata_keys=list(own),
            excluded_llm_metadata_keys=list(own),
            metadata_template="{value}",
            text_template="{metadata_str}\n{content}",
            relationships={NodeRelationship.SOURCE: origin},
        )


def has_node(text: str, unit: Passage | Sentence) -> bool:
    """Whether a unit is embedded: a passage with words, a sentence that may be an answer."""
    if isinstance(unit, Sentence):
        return is_answer(text, unit)
    return is_quotable(text, unit.start, unit.end)


def node_id(document: str, variant: str, level: str, number: int) -> str:
    """Id of unit ``number`` (from 0, at its level) of a document; see :func:`parse_node_id`."""
    return f"{document}-{variant}-{level[0]}{number}"


def parse_node_id(identifier: str) -> tuple[str, int]:
    """The document and the number that a node id was made of."""
    document, _, unit = identifier.rsplit("-", 2)
    return document, int(unit[1:])

"""LlamaIndex nodes of a text."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from llama_index.core.schema import Document, MetadataMode, NodeRelationship, TextNode

from rag.store.nodes import SegmentParser, has_node, node_id, parse_node_id
from rag.text.segmenter import segment
from rag.types import Passage, Sentence
from tests.helpers.segments import LONG, texts, units


def nodes_of(document: Document) -> list[TextNode]:
    nodes = SegmentParser(variant="v1").get_nodes_from_documents([document])
    return [node for node in nodes if isinstance(node, TextNode)]


@settings(max_examples=150, deadline=None)
@given(texts.filter(lambda text: not any("\ud800" <= c <= "\udfff" for c in text)))
def test_nodes_are_the_slices_they_say(text: str) -> None:
    document = Document(text=text, id_="some-document-id", metadata={"title": "T"})
    nodes = nodes_of(document)
    assert len({node.node_id for node in nodes}) == len(nodes)
    found: dict[str, Sequence[Passage | Sentence]] = {"passage": segment(text), "sentence": units(text)}
    for node in nodes:
        assert node.start_char_idx is not None and node.end_char_idx is not None
        assert node.text == text[node.start_char_idx : node.end_char_idx]
        level = node.metadata["level"]
        document_id, number = parse_node_id(node.node_id)
        unit = found[level][number]
        assert (unit.start, unit.end) == (node.start_char_idx, node.end_char_idx)
        assert document_id == document.node_id
        assert node.node_id == node_id(document_id, "v1", level, number)
    quotable = [u for level in found.values() for u in level if has_node(text, u)]
    assert len(nodes) == len(quotable)


def test_twin_sentences_keep_their_own_offsets() -> None:
    twin = "La paix est proche, dit le ministre des armées aux soldats réunis."
    text = f"{twin} {twin}\n\n{twin}"
    document = Document(text=text, id_="twins", metadata={"title": "Les jumelles"})
    nodes = nodes_of(document)
    starts = [node.start_char_idx for node in nodes if node.metadata["level"] == "sentence"]
    assert starts == [0, len(twin) + 1, 2 * len(twin) + 3]
    assert [node.node_id for node in nodes][:2] == ["twins-v1-p0", "twins-v1-p1"]


def test_only_the_lead_in_is_embedded_with_a_sentence() -> None:
    document = Document(text="Le plan prévoit :\n- une aide à tous", metadata={"title": "Caché"})
    item = nodes_of(document)[-1]
    assert item.get_content() == "- une aide à tous"
    assert item.get_content(MetadataMode.EMBED) == "Le plan prévoit :\n- une aide à tous"
    assert item.relationships[NodeRelationship.SOURCE].node_id == document.node_id  # type: ignore[union-attr]


def test_rules_are_no_nodes() -> None:
    document = Document(text="La paix est proche.\n\n-----\n\nLa guerre est loin.")
    nodes = nodes_of(document)
    assert "-----" not in [node.get_content() for node in nodes]


def test_a_document_is_hashed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise a long document takes time that grows with the square of its length."""
    calls: list[str] = []
    original = Document.as_related_node_info

    def counted(self: Document) -> object:
        calls.append(self.node_id)
        return original(self)

    monkeypatch.setattr(Document, "as_related_node_info", counted)
    assert len(nodes_of(Document(text=" ".join([LONG] * 20), id_="one"))) > 20
    assert calls == ["one"]

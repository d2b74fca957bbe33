"""The search as a LlamaIndex retriever."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.schema import NodeRelationship, NodeWithScore, QueryBundle, RelatedNodeInfo, TextNode

from rag.errors import InputError
from rag.quotes import check, quotable_span
from rag.search.best import best_hits
from rag.search.find import CANDIDATES
from rag.search.query import make_query
from rag.search.question import read_question
from rag.store import Index, Snapshot
from rag.types import Quote


def passage_quote(snapshot: Snapshot, row: int, score: float) -> Quote:
    """A whole passage as a checked quote."""
    cell = {name: int(column[row]) for name, column in snapshot.passages.items()}
    source, first = snapshot.sentence(cell["first"])
    who = snapshot.heard.speaker_of(cell["first"], cell["last"])
    place = first.place.to(snapshot.sentence(cell["last"])[1].place)
    start, end = quotable_span(source.text, cell["start"], cell["end"])
    text = source.text[start:end]
    quote = Quote(
        0, source.info.voiced(who), place, start, end, text, before="", after="", score=score, speaker=who
    )
    return check(quote, source)


class Retriever(BaseRetriever):
    """Réplique's search as a LlamaIndex retriever, to be put into an engine of one's own.

    Its nodes are passages, best first; each carries ``start_char_idx`` and ``end_char_idx`` in the
    source's text, and metadata ``source``, ``title``, ``side``, ``date``, ``sha256``.

    Args:
        index: an index that has been synchronised.
        k: how many passages.
        sides, sources, speakers: the only ones to search; empty for all.
    """

    def __init__(
        self,
        index: Index,
        k: int = 10,
        sides: Sequence[str] = (),
        sources: Sequence[str] = (),
        speakers: Sequence[str] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.index = index
        self.k = k
        self.sides = sides
        self.sources = sources
        self.speakers = speakers

    def search(self, text: str) -> list[Quote]:
        """The ``k`` best passages for a question or some keywords, best first; never balanced by side.

        Raises:
            InputError: the text is empty, or a side or a speaker is unknown.
            UnknownSource: a source is unknown.
            StoreError: there is no index.
        """
        if not text.strip():
            raise InputError("search_empty")
        return self.index.read(lambda snapshot: self._search(snapshot, text))

    def _search(self, snapshot: Snapshot, text: str) -> list[Quote]:
        asked = self.sides, self.sources, self.speakers
        query = make_query(snapshot, self.index, read_question(text), *asked)
        hits = best_hits(snapshot, self.index, self.index.settings, query, max(CANDIDATES, self.k))
        best = zip(hits.passages[: self.k], hits.passage_scores[: self.k], strict=True)
        return [passage_quote(snapshot, int(row), float(score)) for row, score in best]

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return [
            NodeWithScore(node=_node(quote), score=quote.score)
            for quote in self.search(query_bundle.query_str)
        ]


def _node(quote: Quote) -> TextNode:
    info = quote.source
    described = {"source": info.id, "title": info.title, "side": info.side, "date": info.date}
    described |= {"speaker": quote.speaker} if quote.speaker else {}
    return TextNode(
        id_=f"{info.id}:{quote.start}-{quote.end}",
        text=quote.text,
        start_char_idx=quote.start,
        end_char_idx=quote.end,
        metadata={**described, "sha256": info.sha256},
        relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=info.id)},
    )

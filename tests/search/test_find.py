"""Search over small corpora, through the real index."""

from __future__ import annotations

from pathlib import Path

import pytest
from llama_index.core.schema import QueryBundle

from evals.suites.systems import find_fused
from rag import Assistant, Index, Retriever, load_settings, sync
from rag.errors import InputError, UnknownSource
from rag.search.find import RERANKED, find_hits
from rag.search.query import make_query
from rag.search.question import read_question


def test_search_gives_passages_best_first(shipped: Assistant) -> None:
    found = Retriever(shipped.index, k=5).search("force armée de 800 000 soldats")
    assert len(found) == 5
    assert found[0].source.id == "commentaire"
    assert "800 000" in found[0].text
    scores = [passage.score for passage in found]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


def test_search_is_never_balanced_and_can_be_narrowed(shipped: Assistant) -> None:
    one = Retriever(shipped.index, k=20, sides=["Coalition"]).search("soldats")
    assert {passage.source.id for passage in one} == {"declaration"}
    other = Retriever(shipped.index, k=20, sources=["commentaire"]).search("soldats")
    assert {passage.source.id for passage in other} == {"commentaire"}


def test_bad_searches(shipped: Assistant) -> None:
    with pytest.raises(InputError, match="nothing to search"):
        Retriever(shipped.index).search("  ")
    with pytest.raises(InputError, match="there are"):
        Retriever(shipped.index, sides=["x"]).search("paix")
    with pytest.raises(UnknownSource):
        Retriever(shipped.index, sources=["x"]).search("paix")


@pytest.mark.parametrize("text", ["\ud800 soldats", "soldats\0", "🦜", "?!", "soldats " * 900])
def test_any_words_can_be_searched(shipped: Assistant, text: str) -> None:
    assert len(Retriever(shipped.index, k=5).search(text)) == 5


def test_as_a_llamaindex_retriever(shipped: Assistant) -> None:
    retriever = Retriever(shipped.index, k=3)
    nodes = retriever.retrieve(QueryBundle("cellule de coordination"))
    snapshot = shipped.index.snapshot()
    texts = {info.id: snapshot.source(n).text for n, info in enumerate(snapshot.infos)}
    assert len(nodes) == 3
    for scored in nodes:
        node = scored.node
        start, end = node.start_char_idx, node.end_char_idx  # type: ignore[attr-defined]
        assert texts[node.metadata["source"]][start:end] == node.get_content()
        assert node.metadata["side"] in {"Coalition", "Critique"}


def test_hits_are_distinct_and_consistent(shipped: Assistant) -> None:
    snapshot = shipped.index.snapshot()
    hits = find_hits(
        snapshot, make_query(snapshot, shipped.index, read_question("paix et guerre en Ukraine"))
    )
    assert len(set(hits.sentences)) == len(hits.sentences)
    homes = snapshot.sentences["passage"][hits.sentences]
    assert set(homes) <= set(hits.passages)
    assert hits.passages[0] == homes[0]
    assert hits.sentence_scores[0] == pytest.approx(hits.probabilities[0])
    assert snapshot.sentences["quotable"][hits.sentences].all()


def test_more_passages_than_are_reranked(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    colours = ["rouge", "vert", "bleu", "jaune", "noir", "blanc", "gris", "brun", "rose", "violet"]
    for number in range(RERANKED + 30):
        text = f"La maison numéro {number} est peinte en {colours[number % 10]}.\n"
        (corpus / f"m{number}.txt").write_text(text, encoding="utf-8")
    index = Index(load_settings(corpus=corpus, store=tmp_path / "store"))
    sync(index)
    found = Retriever(index, k=RERANKED + 30).search("En quelle couleur est la maison numéro 42 ?")
    assert found[0].source.id == "m42"
    assert len({passage.source.id for passage in found}) == RERANKED + 30
    scores = [passage.score for passage in found]
    assert scores == sorted(scores, reverse=True)
    snapshot = index.snapshot()
    fused = find_fused(snapshot, make_query(snapshot, index, read_question("maison numéro 42")))
    assert len(set(fused)) == len(fused) == RERANKED + 30

"""A reranker of the user's own in the search and in answers: its order, and what it may not spoil."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rag import Assistant, Index, Retriever, load_settings
from rag.catalogue import say
from rag.llm.assistant import GroundedAssistant
from rag.search import Hits, best_hits, make_query, read_question
from rag.search.best import SENT
from rag.types import Language, Prose
from tests.helpers import ROOT
from tests.helpers.indexes import made
from tests.helpers.models import KEY, TRUE, Fake
from tests.helpers.reranker import ranks, ranks_as_tei, sends, shared_words
from tests.helpers.scripted_endpoint import Script, Scripted, running, silent, status

ASKED: dict[Language, str] = {
    "fr": "Combien de soldats compterait l’armée ukrainienne ?",
    "en": "How many soldiers would the Ukrainian army have?",
}
Open = Callable[..., Index]


@pytest.fixture
def server() -> Iterator[Scripted]:
    with running() as server:
        server.script = ranks()
        yield server


@pytest.fixture
def opened(server: Scripted, shipped: Assistant) -> Iterator[Open]:
    """The shipped documents, in the order of the server."""
    indexes: list[Index] = []

    def opened(path: str = "/v1/rerank", seconds: float = 10.0, **settings: Any) -> Index:
        url = f"http://127.0.0.1:{server.server_port}{path}"
        chosen = load_settings(
            corpus=ROOT / "corpus",
            store=shipped.index.store,
            rerank_url=url,
            rerank_key=KEY,
            rerank_timeout=seconds,
            **settings,
        )
        indexes.append(Index(chosen, shipped.index.encoder))
        return indexes[-1]

    yield opened
    for index in indexes:
        index.close()


def hits_of(index: Index, text: str = ASKED["fr"]) -> Hits:
    snapshot = index.snapshot()
    return best_hits(snapshot, index, index.settings, make_query(snapshot, index, read_question(text)))


def plain(index: Index) -> Index:
    """The same without a reranker."""
    settings = index.settings.model_copy(update={"rerank_url": ""})
    return Index(settings, index.encoder)


def length(question: str, text: str) -> float:
    """A score that has nothing to do with ours."""
    return float(len(text))


@pytest.mark.parametrize("reader", [True, False])
def test_the_best_sentences_have_the_order_of_the_server(
    reader: bool, server: Scripted, opened: Open
) -> None:
    server.script = ranks(length)
    index = opened(reader=reader)
    before, after = hits_of(plain(index)), hits_of(index)
    assert len(before.sentences) > SENT, "nothing is left unsent"
    (asked,) = server.asked
    sent = [len(text) for text in asked["body"]["documents"]]
    order = sorted(range(SENT), key=lambda n: (-sent[n], n))
    assert sorted(order) != order, "the server changes nothing"
    assert after.sentences.tolist() == [
        *before.sentences[:SENT][order].tolist(), *before.sentences[SENT:].tolist()
    ]  # fmt: skip
    assert np.all(np.diff(after.scores) <= 0)
    assert after.failed is None


def test_how_probably_each_sentence_answers_stays(server: Scripted, opened: Open) -> None:
    server.script = ranks(length)
    index = opened()
    before, after = hits_of(plain(index)), hits_of(index)
    told = dict(zip(before.sentences.tolist(), before.probabilities.tolist(), strict=True))
    assert dict(zip(after.sentences.tolist(), after.probabilities.tolist(), strict=True)) == told
    assert after.marks == before.marks


def test_a_passage_stands_where_its_best_sentence_does(server: Scripted, opened: Open) -> None:
    server.script = ranks(length)
    index = opened()
    before, after = hits_of(plain(index)), hits_of(index)
    homes = index.snapshot().sentences["passage"][after.sentences]
    ranked = list(dict.fromkeys(homes.tolist()))
    assert after.passages[: len(ranked)].tolist() == ranked
    assert sorted(after.passages) == sorted(before.passages)
    assert np.all(np.diff(after.passage_scores) <= 0)
    found = Retriever(index, k=len(ranked)).search(ASKED["fr"])
    texts = [index.snapshot().sentence(int(row)) for row in after.sentences]
    assert found[0].source.id == texts[0][0].info.id
    assert found[0].start <= texts[0][1].start < found[0].end


def test_the_server_sees_whose_sentence_it_is(server: Scripted, opened: Open) -> None:
    index = opened()
    rows = hits_of(plain(index)).sentences[:SENT]
    hits_of(index)
    assert server.asked[0]["authorization"] == f"Bearer {KEY}"
    for row, text in zip(rows, server.asked[0]["body"]["documents"], strict=True):
        source, sentence = index.snapshot().sentence(int(row))
        assert text.startswith(f"{source.info.title} ({source.info.side})\n")
        assert text.endswith("\n" + source.text[sentence.start : sentence.end])


def test_both_forms_give_the_same_order(server: Scripted, opened: Open) -> None:
    first = hits_of(opened())
    server.script = ranks_as_tei(shared_words)
    second = hits_of(opened("/rerank"))
    assert second.failed is None
    assert second.sentences.tolist() == first.sentences.tolist()


# --- a server that is dead, slow or lies ----------------------------------------------------------

BAD: dict[str, tuple[Script | None, str]] = {
    "dead": (None, "unreachable"),
    "slow": (silent, "slow"),
    "refuses": (status(401, KEY), "refused"),
    "lies of how many": (sends('{"results": [{"index": 0, "relevance_score": 1}]}'), "unusable"),
    "lies of what": (sends(f'{{"error": "{KEY}"}}'), "unreadable"),
    "scores that are none": (ranks(lambda question, text: float("nan")), "unusable"),
}


def made_bad(server: Scripted, name: str) -> str:
    script, kind = BAD[name]
    if script is None:
        server.shutdown()
        server.server_close()
    else:
        server.script = script
    return kind


@pytest.mark.parametrize("name", BAD)
def test_a_bad_server_leaves_the_order_as_it_was(name: str, server: Scripted, opened: Open) -> None:
    kind = made_bad(server, name)
    index = opened(seconds=0.5)
    before = hits_of(plain(index))
    begun = time.perf_counter()
    after = hits_of(index)
    assert time.perf_counter() - begun < 5
    assert after.failed is not None
    assert after.failed.kind == kind
    for told in ("sentences", "scores", "odds", "passages", "passage_scores"):
        assert np.array_equal(getattr(after, told), getattr(before, told))


@pytest.mark.parametrize("lang", ASKED)
@pytest.mark.parametrize("name", ["dead", "slow", "lies of what"])
def test_an_answer_says_in_one_line_that_it_was_not_reranked(
    lang: Language, name: str, server: Scripted, opened: Open
) -> None:
    made_bad(server, name)
    index = opened(seconds=0.5)
    failed = hits_of(index).failed
    assert failed is not None
    answer, without = Assistant(index).ask(ASKED[lang]), Assistant(plain(index)).ask(ASKED[lang])
    assert answer.lang == lang
    assert answer.blocks[:-1] == without.blocks
    assert answer.quotes == without.quotes
    line = answer.blocks[-1]
    assert isinstance(line, Prose)
    assert line.text == say("not_reranked", lang, reason=failed.in_words(lang))
    assert "\n" not in line.text
    assert KEY not in line.text
    assert str(server.server_port) not in line.text


def test_a_good_server_is_not_spoken_of(server: Scripted, opened: Open) -> None:
    for lang, text in ASKED.items():
        blocks = Assistant(opened()).ask(text).blocks
        opening = say("not_reranked", lang, reason="\0").split("\0")[0]
        assert not any(isinstance(each, Prose) and opening in each.text for each in blocks)
    assert server.asked


def test_a_model_s_answer_keeps_all_that_was_said_of_the_search(server: Scripted, opened: Open) -> None:
    made_bad(server, "dead")
    index = opened()
    question = "Que dit le commentaire du nombre de soldats de l’armée ukrainienne ?"
    base = Assistant(index).ask(question)
    only, line = (block.text for block in base.blocks[-2:] if isinstance(block, Prose))
    assert only.startswith("Cherché seulement")
    assert line.startswith("Le classement")
    answer = GroundedAssistant(index, Fake(TRUE)).ask(question)  # type: ignore[arg-type]
    assert answer.mode == "llm"
    assert answer.blocks[-2:] == (Prose(only), Prose(line))


def test_nothing_found_asks_no_server(server: Scripted, tmp_path: Path) -> None:
    index = made(tmp_path, {"a.txt": "* * *\n"})
    url = f"http://127.0.0.1:{server.server_port}/v1/rerank"
    chosen = load_settings(corpus=tmp_path / "corpus", store=tmp_path / "store", rerank_url=url)
    hits = hits_of(Index(chosen, index.encoder))
    assert not len(hits.sentences)
    assert hits.failed is None
    assert not server.asked

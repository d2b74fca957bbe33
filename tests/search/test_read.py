"""The best passages are read with the question, and the hits ordered anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
import pytest

from rag import Index, load_settings
from rag.reader import UNREAD, Marked, Passage, Reading, load_reader
from rag.search import best as best_module
from rag.search.best import SENT, best_hits, reranked
from rag.search.find import RERANKED, Hits, find_hits
from rag.search.query import Query, make_query
from rag.search.question import read_question
from rag.search.rank import load_ranker, read_features
from rag.search.read import READ, passage_of, read_hits, to_read
from rag.store import Snapshot
from tests.helpers.indexes import made

COLOURS = "rouge vert bleu jaune noir blanc gris brun rose violet".split()
HOUSE = "De quelle couleur est la maison numéro 42 ?"
ORDER = """---
title: Arrêté
side: Mairie
---
Le port est ouvert toute l’année aux navires de pêche et aux voiliers de passage dans la baie.

## Pêche

Les pêcheurs du port déclarent chaque matin leurs prises au bureau du quai, qui en tient le registre.

Le filet dérivant est interdit à moins de trois milles de la côte, sauf en cas de grande tempête. Il blesse
les phoques. Les marins qui l’emploient paieront une amende de mille euros.
"""


def houses(count: int) -> dict[str, str]:
    """Documents of one passage with two sentences."""
    return {
        f"m{n}.txt": f"La maison numéro {n} est peinte en {COLOURS[n % 10]}. Elle a {n} fenêtres.\n"
        for n in range(count)
    }


class FakeReader:
    """Scores sentences as it is told to, and marks their first word; remembers what it read."""

    def __init__(self, score: Callable[[str], float]) -> None:
        self.score = score
        self.seen: list[Passage] = []

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        self.seen += passages
        return [
            Reading(
                np.array([self.score(p.text[slice(*s)]) for s in p.sentences], np.float32),
                [Marked((s[0], s[0] + len(p.text[slice(*s)].split()[0])), 0.9) for s in p.sentences],
            )
            for p in passages
        ]


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    index = made(tmp_path_factory.mktemp("many"), houses(RERANKED + 10))
    yield index
    index.close()


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    index = made(tmp_path_factory.mktemp("few"), {"a/arrete.md": ORDER, **houses(3)})
    yield index
    index.close()


def asked(index: Index, text: str = HOUSE, **options: Any) -> tuple[Snapshot, Query]:
    snapshot = index.snapshot()
    return snapshot, make_query(snapshot, index, read_question(text), **options)


def read_by(index: Index, score: Callable[[str], float], text: str = HOUSE) -> tuple[Hits, Hits, FakeReader]:
    """The hits before and after reading."""
    snapshot, query = asked(index, text)
    reader, before = FakeReader(score), find_hits(snapshot, query)
    return before, read_hits(snapshot, query, before, reader), reader  # type: ignore[arg-type]


def model_scores(reader: float, before: Hits, after: Hits) -> np.ndarray:
    """Scores of the sentences, in the order of after, were the reader to say one thing of them all."""
    places = [before.sentences.tolist().index(row) for row in after.sentences.tolist()]
    same = np.full(len(places), reader, np.float32)
    return load_ranker().read.scores(read_features(same, before.scores[places], before.odds[places]))


def falls(scores: Sequence[float]) -> bool:
    return bool((np.diff(scores) <= 1e-6).all())


def consistent(snapshot: Snapshot, before: Hits, after: Hits) -> None:
    """None is lost or doubled, and each level is in order."""
    assert sorted(after.sentences) == sorted(before.sentences)
    assert sorted(after.passages) == sorted(before.passages)
    assert len(set(after.passages.tolist())) == len(after.passages) == len(after.passage_scores)
    assert len(after.sentences) == len(after.scores) == len(after.odds)
    for scores in (after.scores, after.sentence_scores, after.passage_scores):
        assert falls(scores.tolist())
    assert 0 <= after.passage_scores.min() <= after.passage_scores.max() <= 1
    homes = snapshot.sentences["passage"][after.sentences]
    met = list(dict.fromkeys(homes.tolist()))
    assert after.passages[: len(met)].tolist() == met, "a passage stands where its best sentence does"


# --- order ----------------------------------------------------------------------------------------


def by_windows(sentence: str) -> float:
    """The more windows, the likelier."""
    words = sentence.split()
    return float(words[2]) / 10 if "fenêtres" in sentence else -4.0


@pytest.mark.parametrize("score", [by_windows, lambda s: 0.0, lambda s: -30.0, lambda s: 30.0])
def test_hits_are_ordered_and_none_is_lost_or_doubled(many: Index, score: Callable[[str], float]) -> None:
    before, after, _ = read_by(many, score)
    consistent(many.snapshot(), before, after)
    assert len(after.passages) == RERANKED + 10, "those never ranked are there too"


def test_the_best_passages_are_read_and_what_is_not_comes_last(many: Index) -> None:
    snapshot = many.snapshot()
    before, after, reader = read_by(many, by_windows)
    assert len(reader.seen) == READ
    assert reader.seen == [passage_of(snapshot, int(row)) for row in before.passages[:READ]]
    assert set(after.passages[:READ]) == set(before.passages[:READ])
    scores = dict(zip(before.passages.tolist(), before.passage_scores.tolist(), strict=True))
    assert falls([scores[row] for row in after.passages[READ:].tolist()]), "in the order that it had"


def test_the_reader_orders_what_it_reads(many: Index) -> None:
    snapshot = many.snapshot()
    _, after, reader = read_by(many, lambda s: 9.0 if "42 fenêtres" in s else -4.0)
    assert any("42" in passage.text for passage in reader.seen)
    assert snapshot.text_of("sentence", int(after.sentences[0])) == "Elle a 42 fenêtres."
    assert after.passages[0] == snapshot.sentences["passage"][after.sentences[0]]


def test_what_the_reader_is_sure_of_makes_the_answer_sure(many: Index) -> None:
    sure, unsure = (read_by(many, lambda s, odds=odds: odds)[1] for odds in (9.0, -7.0))  # type: ignore[misc]
    assert sure.probabilities[0] > 0.9 > 0.1 > unsure.probabilities[0]
    assert sure.sentence_scores[0] == pytest.approx(sure.probabilities[0])


def test_a_small_corpus_is_read_whole(few: Index) -> None:
    snapshot = few.snapshot()
    count = len(snapshot.passages["start"])
    assert 3 < count <= READ
    before, after, reader = read_by(few, by_windows)
    assert len(reader.seen) == len(before.passages) == count
    assert {p.text for p in reader.seen} == {passage_of(snapshot, n).text for n in range(count)}
    consistent(snapshot, before, after)


def test_more_than_a_few_passages_are_not_read_whole(tmp_path: Path) -> None:
    index = made(tmp_path, houses(READ + 1))
    assert len(read_by(index, by_windows)[2].seen) == READ
    index.close()


def test_each_side_has_some_of_its_passages_read() -> None:
    one = ["A"] * 30
    assert to_read(one) == list(range(READ)), "of one side, the best"
    late = ["A"] * 25 + ["B", "B", "B"]
    assert to_read(late) == [0, 1, 2, 3, 4, 5, 25, 26]
    many = [f"{n}" for n in range(40)]
    assert to_read(many) == list(range(READ)), "of many sides, the best"
    assert to_read(["A"] * 6 + ["B"]) == list(range(7)), "where there are few, all"
    assert to_read([]) == []


def test_only_the_sources_asked_are_read(few: Index) -> None:
    snapshot, query = asked(few, sources=["m1"])
    reader = FakeReader(by_windows)
    found = read_hits(snapshot, query, find_hits(snapshot, query), reader)  # type: ignore[arg-type]
    assert [passage.head for passage in reader.seen] == ["m1"]
    assert {snapshot.info_at(int(row)).id for row in found.sentences} == {"m1"}


# --- what is read, and what is marked -------------------------------------------------------------


def test_a_passage_is_read_with_what_stands_over_it(few: Index) -> None:
    snapshot = few.snapshot()
    found = [passage_of(snapshot, n) for n in range(len(snapshot.passages["start"]))]
    net = next(passage for passage in found if "filet" in passage.text.lower())
    assert net.head.splitlines()[0] == "Arrêté (Mairie)"
    assert net.head.splitlines()[1:] == ["## Pêche"]
    assert next(passage for passage in found if "ouvert" in passage.text).head == "Arrêté (Mairie)"


def test_sentences_of_a_passage_are_those_of_the_index(few: Index) -> None:
    snapshot = few.snapshot()
    for row in range(len(snapshot.passages["start"])):
        passage = passage_of(snapshot, row)
        assert passage.text == snapshot.text_of("passage", row)
        rows = np.flatnonzero(snapshot.sentences["passage"] == row)
        texts = [snapshot.text_of("sentence", int(n)) for n in rows]
        assert [passage.text[slice(*span)] for span in passage.sentences] == texts


def test_marks_are_slices_of_the_source(few: Index) -> None:
    snapshot = few.snapshot()
    _, after, _ = read_by(few, by_windows)
    assert set(after.sentences.tolist()) <= after.marks.keys()
    for row, mark in after.marks.items():
        source, sentence = snapshot.sentence(row)
        assert sentence.start <= mark.span[0] < mark.span[1] <= sentence.end
        told = source.text[sentence.start : sentence.end]
        assert source.text[slice(*mark.span)] == told.split()[0]


def test_with_the_reader_that_comes_with_the_program(few: Index) -> None:
    snapshot, query = asked(few, "Combien de fenêtres a la maison numéro 2 ?")
    before = find_hits(snapshot, query)
    found, again = (read_hits(snapshot, query, before, load_reader()) for _ in range(2))
    consistent(snapshot, before, found)
    assert found.sentences.tolist() == again.sentences.tolist()
    assert found.marks == again.marks
    assert snapshot.info_at(int(found.sentences[0])).id == "m2"


def test_a_sentence_that_was_cut_off_is_not_read(many: Index) -> None:
    class Cuts(FakeReader):
        """Reads the first sentence of each passage."""

        def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
            return [
                Reading(np.array([r.scores[0], UNREAD]), [r.marks[0], None])
                for r in super().read(question, passages)
            ]

    snapshot, query = asked(many)
    before = find_hits(snapshot, query)
    after = read_hits(snapshot, query, before, Cuts(lambda s: 1.0))  # type: ignore[arg-type]
    consistent(snapshot, before, after)
    assert len(after.marks) == READ
    read = model_scores(UNREAD, before, after)
    assert after.scores[-1] == pytest.approx(read.min(), abs=0.01), "none is held for worse than unread"


# --- settings -------------------------------------------------------------------------------------


def refuse(*args: Any) -> NoReturn:
    raise AssertionError("it is read")


def test_without_a_reader_the_first_order_stands(few: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(best_module, "load_reader", refuse)
    monkeypatch.setenv("REPLIQUE_READER", "off")
    settings = load_settings()
    assert not settings.reader
    snapshot, query = asked(few)
    found, first = best_hits(snapshot, few, settings, query), find_hits(snapshot, query)
    assert found.sentences.tolist() == first.sentences.tolist()
    assert found.scores.tolist() == first.scores.tolist()
    assert found.marks == {}
    monkeypatch.delenv("REPLIQUE_READER")
    with pytest.raises(AssertionError, match="it is read"):
        best_hits(snapshot, few, load_settings(), query)


# --- a reranker of the user's ---------------------------------------------------------------------


class FakeReranker:
    """Gives the longest text the best score."""

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        self.texts = texts
        return [float(len(text)) for text in texts]


def test_a_reranker_orders_even_sentences_of_one_score(many: Index) -> None:
    snapshot, query = asked(many)
    before = find_hits(snapshot, query)
    reranker = FakeReranker()
    after = reranked(snapshot, query, before, reranker)  # type: ignore[arg-type]
    consistent(snapshot, before, after)
    sent = before.sentences[:SENT].tolist()
    lengths = dict(zip(sent, map(len, reranker.texts), strict=True))
    assert falls([lengths[row] for row in after.sentences.tolist() if row in lengths])
    rest = [row for row in after.sentences.tolist() if row not in lengths]
    assert rest == before.sentences[SENT:].tolist()
    assert after.scores.tolist() == pytest.approx(before.scores.tolist(), abs=0.01), (
        "the scale is that of before"
    )
    odds = dict(zip(before.sentences.tolist(), before.odds.tolist(), strict=True))
    assert after.odds.tolist() == [odds[row] for row in after.sentences.tolist()]


# --- nothing --------------------------------------------------------------------------------------


def test_where_nothing_is_found_nothing_is_read(few: Index) -> None:
    snapshot, query = asked(few)
    nothing = replace(query, voices=frozenset())
    before = find_hits(snapshot, nothing)
    assert len(before.passages) == len(before.sentence_scores) == 0
    assert len(read_hits(snapshot, nothing, before, FakeReader(refuse)).passages) == 0  # type: ignore[arg-type]

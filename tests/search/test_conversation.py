"""A question that leans on the one before is read with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from rag import Index
from rag.reader import Passage, Reading
from rag.search import Hits, make_query, read_question
from rag.search.conversation import FAR, converse, conversed_hits
from rag.search.rank import FOLLOW_NAMES
from rag.store import Snapshot
from tests.helpers.indexes import made

PLAN = """---
title: Plan du phare
side: Mairie
---
Le phare coûtera 800 000 euros en 2027. Cette somme sera portée à 1,2 million en 2028.

Le maire a signé le contrat avec la société Brisants.

Le contrat prévoit des peintres, car la rouille gagne.
"""
TRACT = """---
title: Tract
side: Marins
---
Le phare est un gouffre : la somme de 800 000 euros n’y suffira jamais.

Nous demandons un feu automatique.
"""


class Told:
    """A reader that is told how surely a sentence answers a question; remembers the questions."""

    def __init__(self, score: Callable[[str, str], float]) -> None:
        self.score = score
        self.asked: list[str] = []

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        self.asked.append(question)
        return [
            Reading(
                np.array([self.score(question, p.text[slice(*s)]) for s in p.sentences], np.float32),
                [None] * len(p.sentences),
            )
            for p in passages
        ]


@pytest.fixture
def index(tmp_path: Path) -> Index:
    return made(tmp_path, {"plan.md": PLAN, "tract.md": TRACT})


def hits_of(index: Index, asked: str, before: str, reader: Told) -> tuple[Snapshot, Hits]:
    snapshot = index.snapshot()
    question = read_question(asked, [before], infos=snapshot.infos)
    sources = [snapshot.infos[number].id for number in question.addressed.voice]
    query = make_query(snapshot, index, question, sources=sources)
    return snapshot, conversed_hits(snapshot, index, query, reader)  # type: ignore[arg-type]


def texts(snapshot: Snapshot, hits: Hits) -> list[str]:
    return [snapshot.text_of("sentence", row) for row in hits.sentences.tolist()]


def nothing(question: str, sentence: str) -> float:
    return -5.0


def answers_before(question: str, sentence: str) -> float:
    return 5.0 if "800 000 euros en 2027" in sentence else -5.0


def test_each_reading_is_read(index: Index) -> None:
    reader = Told(nothing)
    hits_of(index, "Et pourquoi ?", "Combien coûtera le phare ?", reader)
    assert set(reader.asked) == {
        "Combien coûtera le phare ?", "Combien coûtera le phare ? Et pourquoi ?", "Et pourquoi ?",
    }  # fmt: skip
    replaced = Told(nothing)
    hits_of(index, "Et en 2028 ?", "Combien coûtera le phare en 2027 ?", replaced)
    assert "Combien coûtera le phare en 2028 ?" in replaced.asked
    assert "Et en 2028 ?" not in replaced.asked


def test_what_is_known_of_each_sentence(index: Index) -> None:
    snapshot = index.snapshot()
    question = read_question("Et en 2028 ?", ["Combien coûtera le phare en 2027 ?"], infos=snapshot.infos)
    query = make_query(snapshot, index, question)
    found = converse(snapshot, index, query, Told(answers_before))  # type: ignore[arg-type]
    assert found is not None
    rows = dict(zip(texts(snapshot, found.hits), found.features, strict=True))
    columns = {name: FOLLOW_NAMES.index(name) for name in FOLLOW_NAMES}
    first, second = (next(f for text, f in rows.items() if words in text) for words in ("en 2027", "en 2028"))
    assert first[columns["same"]] == second[columns["next"]] == 1
    assert first[columns["next"]] == second[columns["same"]] == 0
    assert second[columns["named"]] > first[columns["named"]]
    assert first[columns["replaced"]] == 5 and first[columns["joint"]] == first[columns["alone"]] == 0
    assert (found.features[:, columns["first"]] >= FAR[0]).all()


def test_a_name_is_put_to_whom_it_names(index: Index) -> None:
    snapshot, hits = hits_of(index, "Et les Marins ?", "Que dit la Mairie du phare ?", Told(nothing))
    assert {snapshot.info_at(row).side for row in hits.sentences.tolist()} == {"Marins"}


@pytest.mark.parametrize("asked", ["Qui dit le contraire ?", "Et que dit-on contre cela ?"])
def test_the_contrary_is_said_by_others(index: Index, asked: str) -> None:
    snapshot, hits = hits_of(index, asked, "Combien coûtera le phare ?", Told(answers_before))
    assert {snapshot.info_at(row).side for row in hits.sentences.tolist()} == {"Marins"}


@pytest.mark.parametrize("asked", ["Quoi d’autre ?", "Et pourquoi ?"])
def test_what_was_given_is_not_given_again(index: Index, asked: str) -> None:
    snapshot, hits = hits_of(index, asked, "Combien coûtera le phare ?", Told(answers_before))
    assert not any("en 2027" in text for text in texts(snapshot, hits))
    assert texts(snapshot, hits)


def test_a_sentence_with_its_reason_answers_why(index: Index) -> None:
    def peints(question: str, sentence: str) -> float:
        return 5.0 if "peintres" in sentence else -5.0

    snapshot, hits = hits_of(index, "Pourquoi ?", "Que prévoit le contrat ?", Told(peints))
    assert "rouille" in texts(snapshot, hits)[0]

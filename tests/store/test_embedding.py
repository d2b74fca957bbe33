"""The vectors of an index that our own encoder made."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from rag.encoders.own import OwnEncoder
from rag.reader import Passage
from rag.store.index import Index
from rag.store.stale import mismatch
from rag.store.synchronise import sync
from tests.helpers.indexes import WordEncoder, open_in, write

DOCUMENTS = {
    "Mairie/arrete.md": "# Fanfare\n\nLa fanfare est dirigée par Mme Dupin, qui la mène depuis dix ans dans "
    "toutes les fêtes du canton. Elle répète le mardi ; le concert aura lieu le 3 mai.\n\n"
    "Le maire refuse de payer les costumes de la fanfare, dont le prix a doublé en deux ans. Il juge la "
    "dépense inutile.\n",
    "Fanfare/reponse.md": "La commune paiera les costumes. ***\n\n---\n\nMme Dupin dirige la fanfare.\n",
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("own")
    write(folder / "corpus", DOCUMENTS)
    opened = open_in(folder, OwnEncoder())
    sync(opened)
    yield opened
    opened.close()


def test_a_sentence_has_the_vector_that_its_passage_gives_it(index: Index) -> None:
    snapshot = index.snapshot()
    count = len(snapshot.passages["start"])
    assert count > 2
    sentences = snapshot.vectors("sentence", range(len(snapshot.sentences["start"])))
    passages = snapshot.vectors("passage", range(count))
    assert set(sentences) == set(np.flatnonzero(snapshot.sentences["quotable"]).tolist())
    compared = 0
    for row in passages:
        own = np.flatnonzero(snapshot.sentences["passage"] == row)
        start = int(snapshot.passages["start"][row])
        source, first = snapshot.sentence(int(own[0]))
        spans = [snapshot.sentence(int(n))[1] for n in own]
        head = source.text[slice(*first.heading)] if first.heading and first.heading[1] <= start else ""
        read = Passage(
            snapshot.text_of("passage", row), tuple((s.start - start, s.end - start) for s in spans), head
        )
        [(expected, whole)] = OwnEncoder().passages([read])
        assert np.abs(passages[row] - whole).max() < 5e-3
        for n, vector in zip(own.tolist(), expected, strict=True):
            if n in sentences:
                assert np.abs(sentences[n] - vector).max() < 5e-3
                compared += 1
    assert compared == len(sentences)
    assert {len(vector) for vector in sentences.values()} == {384}


def test_it_is_the_index_of_the_default_settings(index: Index) -> None:
    default = Index(index.settings)
    assert default.encoder_id == index.encoder_id == index.snapshot().manifest.encoder
    assert mismatch(default, index.snapshot().manifest) == ""
    assert mismatch(Index(index.settings, WordEncoder()), index.snapshot().manifest) == "another encoder"

"""A question is looked for, and read, with its values as the sources write them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pytest

from rag import Index
from rag.encoders import load_encoder
from rag.reader import Passage, load_reader
from rag.search.find import find_hits
from rag.search.query import make_query
from rag.search.question import read_question
from rag.search.read import read_hits
from rag.search.wording import as_written, read_worded
from rag.settings import load_settings
from rag.store import sync
from rag.text import public_bodies
from tests.helpers.indexes import write

PORT = """---
title: Budget du port
side: Mairie
---
La ville versera 640 000 euros à la réfection de la jetée. La criée rouvre le 3 mars 2024.

L’Agence des ports et des îles (API) gère le phare. L’API emploie douze gardiens.

L’Organisation mondiale de la santé a fermé la criée.

Un cinquième des pêcheurs a quitté le port. Le phare sera repeint pour deux millions d’euros.
"""


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("Que font 640.000 euros ?", "Il verse 640 000 euros.", "Que font 640 000 euros ?"),
        ("Que font 640 k€ ?", "Il verse 640 000 euros.", "Que font 640 000 euros ?"),
        ("Que fait 0,64 million d’euros ?", "Il verse 640 k€.", "Que fait 640 k€ ?"),
        ("What is €640k for?", "Il verse 640\u202f000 euros.", "What is 640\u202f000 euros for?"),
        ("Qui, le 03/03/2024 ?", "Le 3 mars 2024, elle rouvre.", "Qui, le 3 mars 2024 ?"),
        ("Quoi en 03/2024 ?", "Elle rouvre le 3 mars 2024.", "Quoi en 3 mars 2024 ?"),
        ("Quoi en mars 2024 ?", "Le 03/03/2024. En mars 2024.", "Quoi en mars 2024 ?"),
        ("20 % de qui ?", "Un cinquième des pêcheurs.", "Un cinquième de qui ?"),
        ("Qui a 20 % ?", "Un cinquième des pêcheurs.", "Qui a un cinquième ?"),
        ("640 000 euros ?", "Il verse 640\u202f000 euros.", "640 000 euros ?"),
        ("640 000 euros ?", "Il verse 64 000 euros.", "640 000 euros ?"),
        ("Et 640.000, puis 20 % ?", "20 pour cent de 640 000.", "Et 640 000, puis 20 pour cent ?"),
        ("What does NATO do?", "L’OTAN décide.", "What does OTAN do?"),
        ("L’ONU vote ?", "The United Nations votes, and the ONU.", "L’ONU vote ?"),
        ("Et l’OMS en 03/2024 ?", "En mars 2024, la WHO.", "Et l’WHO en mars 2024 ?"),
        ("Qui vient ?", "Il verse 640 000 euros.", "Qui vient ?"),
    ],
)
def test_a_value_is_worded_as_the_text_writes_it(question: str, text: str, expected: str) -> None:
    assert as_written(question, text, public_bodies()) == expected


def test_the_form_that_stands_there_most_is_taken() -> None:
    assert (
        as_written("640.000 ?", "640k€, 640 000 euros, 640 000 euros", public_bodies()) == "640 000 euros ?"
    )


def test_each_passage_is_read_with_the_question_in_its_words() -> None:
    class Told:
        def read(self, text: str, passages: Sequence[Passage]) -> list[tuple[str, str]]:
            return [(text, passage.text) for passage in passages]

    texts = ["640 000 euros.", "Rien.", "0,64 million", "640 000 francs, 640 000 euros"]
    passages = [Passage(text, ((0, len(text)),), "") for text in texts]
    found = read_worded(Told(), "640.000 ?", passages, public_bodies())
    assert found == list(
        zip(["640 000 euros ?", "640.000 ?", "0,64 million ?", "640 000 francs ?"], texts, strict=True)
    )


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("port")
    write(folder / "corpus", {"port.md": PORT})
    settings = load_settings(corpus=folder / "corpus", store=folder / "store")
    index = Index(settings, load_encoder(settings.embed_model))
    sync(index)
    yield index
    index.close()


def best(index: Index, question: str) -> tuple[str, float]:
    """The sentence found, and how surely it answers."""
    snapshot = index.snapshot()
    query = make_query(snapshot, index, read_question(question))
    hits = read_hits(snapshot, query, find_hits(snapshot, query), load_reader())
    return snapshot.text_of("sentence", int(hits.sentences[0])), float(np.max(hits.probabilities))


@pytest.mark.parametrize(
    ("asked", "as_written", "forms"),
    [
        (
            "À quoi serviront les {} ?",
            "640 000 euros",
            "640.000 euros|640,000 euros|640000 euros|0,64 million d’euros|640 k€|0,64 M€|€640k|"
            "six cent quarante mille euros",
        ),
        ("Que se passe-t-il le {} ?", "3 mars 2024", "03/03/2024|03.03.2024|2024-03-03|3/3/24"),
        (
            "Pour combien repeint-on, {} ?",
            "deux millions d’euros",
            "2 000 000 euros|2 M€|2.000.000 €",
        ),
        ("Qui, {}, a quitté le port ?", "un cinquième", "20 %|vingt pour cent|20 pour cent"),
    ],
)
def test_another_form_of_a_value_is_answered_as_surely(
    index: Index, asked: str, as_written: str, forms: str
) -> None:
    expected = best(index, asked.format(as_written))
    assert as_written.lower() in expected[0].lower()
    for form in forms.split("|"):
        sentence, sure = best(index, asked.format(form))
        assert sentence == expected[0], form
        assert sure >= expected[1] - 0.01, form


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Qu’a fermé l’OMS ?", "L’Organisation mondiale de la santé a fermé la criée."),
        ("What did the WHO close?", "L’Organisation mondiale de la santé a fermé la criée."),
        ("Combien de gardiens emploie l’Agence des ports et des îles ?", "L’API emploie douze gardiens."),
    ],
)
def test_a_body_is_found_by_its_other_names(index: Index, question: str, sentence: str) -> None:
    found, sure = best(index, question)
    assert found.strip() == sentence
    assert sure > 0.5

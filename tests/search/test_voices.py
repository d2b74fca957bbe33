"""A transcript searched by who speaks: their rows alone are found, whatever stands beside them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.errors import InputError
from rag.search.named_sources import speakers_named
from rag.search.retriever import Retriever
from rag.store.index import Index
from tests.helpers.transcripts import debate


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    opened = debate(Path(tmp_path_factory.mktemp("voices")))
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("asked", "speakers"),
    [
        ({"speakers": ["Costa"]}, {"M. Costa"}),
        ({"speakers": ["jean costa"]}, {"M. Costa"}),
        ({"sides": ["Pour"]}, {"Mme Ferrand"}),
        ({"sides": ["Pour"], "speakers": ["M. Costa"]}, set()),
        ({"speakers": ["M. Costa", "FERRAND"]}, {"M. Costa", "Mme Ferrand"}),
        ({"sources": ["lettre"]}, {None}),
        ({}, {"M. Costa", "Mme Ferrand", None}),
    ],
)
def test_only_those_asked_are_found(
    index: Index, asked: dict[str, list[str]], speakers: set[str | None]
) -> None:
    found = Retriever(index, k=20, **asked).search("le tramway et les bus")  # type: ignore[arg-type]
    assert {quote.speaker for quote in found} == speakers
    assert all(
        quote.source.side == {"M. Costa": "Contre", "Mme Ferrand": "Pour", None: "Riverains"}[quote.speaker]
        for quote in found
    )


def test_who_does_not_speak_is_told_with_those_who_do(index: Index) -> None:
    with pytest.raises(InputError, match=r"M\. Costa, Mme Ferrand") as told:
        Retriever(index, speakers=["M. Durand"]).search("le tramway")
    assert "M. Durand" in told.value.in_words("fr")
    assert not speakers_named("Mme Costa", index.voices())

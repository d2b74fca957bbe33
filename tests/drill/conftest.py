"""Invented documents about wolves and a tramway, in French and in English, to train with."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from rag.drill.drill import Drill
from tests.helpers.drills import DECREE, LEAFLET, TRAM_AGAINST, TRAM_FOR, index_of


@pytest.fixture(scope="package")
def wolves(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Drill]:
    index = index_of(tmp_path_factory.mktemp("wolves"), {"arrete.md": DECREE, "tract.md": LEAFLET})
    yield Drill(index)
    index.close()


@pytest.fixture(scope="package")
def tram(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Drill]:
    index = index_of(tmp_path_factory.mktemp("tram"), {"plan.md": TRAM_FOR, "letter.md": TRAM_AGAINST})
    yield Drill(index)
    index.close()


@pytest.fixture(scope="package", params=["wolves", "tram"])
def drill(request: pytest.FixtureRequest) -> Drill:
    found: Drill = request.getfixturevalue(request.param)
    return found

"""Invented documents about wolves and a tramway, in French and in English, to train with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rag import Index, load_settings
from rag.drill.drill import Drill
from tests.helpers.drills import DECREE, LEAFLET, TRAM_AGAINST, TRAM_FOR, index_of
from tests.helpers.question_sets import Make, write


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


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wolves")
    index_of(folder, {"arrete.md": DECREE, "tract.md": LEAFLET}).close()
    return folder


@pytest.fixture
def make(built: Path, tmp_path: Path) -> Make:
    """A drill over the documents, with some questions as the set."""

    def made(*questions: dict[str, Any]) -> Drill:
        file = write(tmp_path / "set.jsonl", list(questions))
        return Drill(Index(load_settings(corpus=built / "docs", store=built / "store", questions=file)))

    return made

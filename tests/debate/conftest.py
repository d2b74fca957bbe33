"""Two invented documents about wolves that disagree, indexed once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from rag import Index, load_settings, sync
from rag.debate.debate import Debate
from tests.helpers.debates import DECREE, LEAFLET


@pytest.fixture(scope="package")
def located(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("debate")
    (folder / "docs").mkdir()
    (folder / "docs" / "arrete.md").write_text(DECREE, encoding="utf-8")
    (folder / "docs" / "tract.md").write_text(LEAFLET, encoding="utf-8")
    sync(Index(load_settings(corpus=folder / "docs", store=folder / "store")))
    return ["--corpus", str(folder / "docs"), "--store", str(folder / "store")]


@pytest.fixture(scope="package")
def debate(located: list[str]) -> Iterator[Debate]:
    index = Index(load_settings(corpus=located[1], store=located[3]))
    yield Debate(index)
    index.close()

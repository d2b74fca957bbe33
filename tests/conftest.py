"""What several test files share: the shipped documents indexed once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from rag import Assistant, Index, load_settings, sync
from tests.helpers import ROOT

settings.register_profile("untimed", deadline=None)  # shared machines are slow at times
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def shipped_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that holds the index of the shipped documents."""
    store = tmp_path_factory.mktemp("shipped") / "store"
    index = Index(load_settings(corpus=ROOT / "corpus", store=store))
    sync(index)
    index.close()
    return store


@pytest.fixture(scope="session")
def shipped(shipped_store: Path) -> Iterator[Assistant]:
    """An assistant over the shipped documents."""
    index = Index(load_settings(corpus=ROOT / "corpus", store=shipped_store))
    yield Assistant(index)
    index.close()

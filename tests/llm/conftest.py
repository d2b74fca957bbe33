"""The shipped documents, and an endpoint that is scripted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag import Index, load_settings
from tests.helpers import ROOT
from tests.helpers.scripted_endpoint import Scripted, running


@pytest.fixture(scope="package")
def index(shipped_store: Path) -> Iterator[Index]:
    index = Index(load_settings(corpus=ROOT / "corpus", store=shipped_store))
    index.encoder.get_query_embedding("réplique")
    yield index
    index.close()


@pytest.fixture
def server() -> Iterator[Scripted]:
    with running() as server:
        yield server

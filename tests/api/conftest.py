"""A served page and its client."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from gradio_client import Client

from tests.helpers.servers import served


@pytest.fixture(scope="module")
def url(shipped_store: Path) -> Iterator[str]:
    yield from served(shipped_store, mcp=True)


@pytest.fixture(scope="module")
def client(url: str) -> Client:
    return Client(url, verbose=False)

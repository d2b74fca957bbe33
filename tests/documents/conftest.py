"""A corpus folder of one document."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.documents import read_source
from rag.types import Source
from tests.helpers.documents import LIMIT, Read


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Write a file into a corpus folder and read it."""

    def write_and_read(name: str, content: str | bytes, limit: int = LIMIT) -> Source:
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_source(tmp_path, name, "some-id", limit)

    return write_and_read

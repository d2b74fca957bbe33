"""What the tests of changes to the corpus share: an editor, and a way to add one document."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rag.types import SourceInfo
from rag.upkeep.edit import Editor
from tests.helpers.indexes import made
from tests.helpers.uploads import upload


@pytest.fixture
def keeper(tmp_path: Path) -> Editor:
    return Editor(made(tmp_path))


@pytest.fixture
def add(keeper: Editor, tmp_path: Path) -> Callable[..., Any]:
    """Add one document; its source, or the reason why there is none."""

    def add_one(content: str | bytes, name: str = "blé.txt", **details: str) -> SourceInfo | str:
        (result,) = keeper.add([upload(tmp_path / "temp", content, name, **details)])
        assert result.name == name
        assert (result.source is None) == bool(result.error)
        assert "\n" not in result.error
        return result.source or result.error

    return add_one

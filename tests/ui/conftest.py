"""What the tests of the page share: the shipped documents indexed, and the tools over them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from rag.answer.assistant import Assistant
from rag.api.tools import Tools
from rag.settings import load_settings, shipped_corpus
from rag.store.index import Index


@pytest.fixture(scope="module")
def index(shipped_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Index:
    """The shipped corpus, indexed."""
    store = tmp_path_factory.mktemp("ui") / "store"
    return Index(load_settings(store=shutil.copytree(shipped_store, store), corpus=shipped_corpus()))


@pytest.fixture(scope="module")
def tools(index: Index) -> Tools:
    return Tools(Assistant(index))

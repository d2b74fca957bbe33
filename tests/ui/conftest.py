"""What the tests of the page share: the shipped documents indexed, and the tools over them."""

from __future__ import annotations

import pytest

from rag.answer.assistant import Assistant
from rag.api.tools import Tools
from rag.settings import load_settings, shipped_corpus
from rag.store.index import Index
from rag.store.synchronise import sync


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """The shipped corpus, indexed."""
    found = Index(load_settings(store=tmp_path_factory.mktemp("store"), corpus=shipped_corpus()))
    sync(found)
    return found


@pytest.fixture(scope="module")
def tools(index: Index) -> Tools:
    return Tools(Assistant(index))

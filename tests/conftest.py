"""What several test files share: the shipped documents indexed once."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from rag import Assistant, Index, load_settings, sync
from rag.reader import body
from rag.upkeep.feedback import FILE
from tests.helpers import ROOT

MEMORY, ROOM = Path("/dev/shm"), 2 << 30
if "TMPDIR" not in os.environ and MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM:
    # indexes are written there: each commit of theirs waits for a disk
    os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)

settings.register_profile("untimed", deadline=None)  # shared machines are slow at times
settings.load_profile("untimed")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that take long come first, so that no core waits for another at the end."""
    slow = {item.path for item in items if any(map(item.get_closest_marker, ("browser", "model", "server")))}
    items.sort(key=lambda item: (item.path not in slow, item.path.parent == ROOT / "tests"))


@pytest.fixture(scope="session", autouse=True)
def share_of_the_cores() -> Iterator[None]:
    """Networks run on as many cores as a worker has for itself: else threads wait for those of others."""
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    own = max(1, body.cores() // workers)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(body, "cores", lambda: own)
        yield


@pytest.fixture(scope="session")
def shipped_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that holds the index of the shipped documents."""
    store = tmp_path_factory.mktemp("shipped") / "store"
    index = Index(load_settings(corpus=ROOT / "corpus", store=store))
    sync(index)
    index.close()
    return store


@pytest.fixture
def shipped_copy(shipped_store: Path, tmp_path: Path) -> Path:
    """A store of the test's own with the index of the shipped documents, and nothing else that was kept."""
    store = tmp_path / "store"
    return shutil.copytree(shipped_store, store, ignore=shutil.ignore_patterns("drill.json", FILE))


@pytest.fixture(scope="session")
def shipped(shipped_store: Path) -> Iterator[Assistant]:
    """An assistant over the shipped documents."""
    index = Index(load_settings(corpus=ROOT / "corpus", store=shipped_store))
    yield Assistant(index)
    index.close()

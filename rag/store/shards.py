"""Chroma's index of the passages of each part: one collection a part, made from the part's own files."""

from __future__ import annotations

import shutil
import subprocess
import sys
import uuid
import weakref
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from chromadb.errors import ChromaError
from numpy.typing import NDArray

from rag.files import flush
from rag.settings import Settings
from rag.store.batches import batches
from rag.store.chroma import chroma_folder, close, close_if_free, connect, database_stamp
from rag.store.collections import SIZE, add, candidates, create_collection, has_terms, open_collection
from rag.store.part import Part
from rag.store.vectors import shortened, unpacked
from rag.types import Progress

if TYPE_CHECKING:
    from chromadb import Collection

BATCH = 2000
"""How many vectors are written at a time."""


class Shards:
    """The Chroma collections of one store, by the names of its parts.

    Args:
        settings: where the store is, or which Chroma server to use.
        store_id: random name of the store, so that several can share a server.

    Raises:
        StoreError: the Chroma server does not answer.
    """

    def __init__(self, settings: Settings, store_id: str) -> None:
        stamp = database_stamp(settings)  # before: a copy may be older than that, never newer
        self._client = connect(settings)
        self._prefix = f"{_PREFIX}{store_id}-"
        self._folder = None if settings.chroma else chroma_folder(settings)
        self._settings, self._stamp = settings, stamp
        self._whole: dict[str, Collection] = {}  # those that were seen to be
        self._let_go = weakref.finalize(self, close_if_free, self._client)
        self._let_go.atexit = False

    def close(self) -> None:
        """Let go of the files."""
        if self._let_go.detach():
            close(self._client)

    def flush(self) -> None:
        """Have the vectors on the disk itself; Chroma does so for its database only."""
        for file in self._folder.glob("*/*") if self._folder else ():
            flush(file)

    def is_replaced(self) -> bool:
        """Whether the folder of the vectors was deleted, or made anew, since it was opened."""
        return database_stamp(self._settings) != self._stamp

    def collection(self, part: str) -> Collection:
        """That of a part.

        Raises:
            chromadb.errors.NotFoundError: it is gone.
        """
        # embedding_function=None: Chroma's default one would download a model.
        return self._client.get_collection(self._prefix + part, embedding_function=None)

    def is_whole(self, part: str) -> bool:
        """Whether the collection of a part has all the vectors it was made for."""
        try:
            return _is_whole(self.collection(part))
        except ChromaError:
            return False

    def fill(self, name: str, part: Part, progress: Progress) -> None:
        """Make the collection of a part.

        Args:
            name: of the part.
            part: whose passages; each has the number of its row for a name.
            progress: called with ``vectors``, how many are written, how many there are.
        """
        vectors = part.vectors["passage"]
        rows = np.flatnonzero(vectors.any(axis=1))
        collection = self._begun(name, rows)
        if collection is None:
            collection = create_collection(self._client, self._prefix + name, len(rows))
        terms = _terms_of_passages(part) if has_terms(collection) else None
        for batch in batches(rows[collection.count() :].tolist(), BATCH):
            progress("vectors", int(np.searchsorted(rows, batch[0])), len(rows))
            given = shortened(unpacked(vectors[batch]), part.projection)
            add(collection, [str(row) for row in batch], given, terms and [terms[row] for row in batch])
        progress("vectors", len(rows), len(rows))

    def _begun(self, part: str, rows: NDArray[np.int64]) -> Collection | None:
        """The collection that a killed run has begun to fill, in the order of the rows."""
        try:
            collection = self.collection(part)
            held = set(collection.get(include=[])["ids"])
        except ChromaError:
            return None
        is_begun = len(held) < len(rows) == (collection.metadata or {}).get(SIZE)
        return collection if is_begun and held == {str(row) for row in rows[: len(held)]} else None

    def nearest(
        self, name: str, part: Part, vector: Sequence[float], terms: Sequence[str], k: int
    ) -> NDArray[np.int64]:
        """Rows of the passages of a part that Chroma holds to be nearest to a question, best first.

        Args:
            name: of the part.
            part: the part.
            vector: embedding of the question.
            terms: its terms, for a Chroma that indexes them.
            k: how many at most.
        """
        given = shortened(np.asarray([vector], np.float32), part.projection)[0]
        try:
            found = candidates(self._opened(name), given, terms, k)
        except ChromaError:
            self._whole.pop(name, None)  # it may have been made anew
            raise
        return np.array([int(row) for row, _ in found], np.int64)

    def _opened(self, name: str) -> Collection:
        """The collection of a part, which is whole; a server is not asked for it at each question."""
        if name not in self._whole:
            if len(self._whole) > _OPEN:
                self._whole = {}
            self._whole[name] = open_collection(self._client, self._prefix + name)
        return self._whole[name]

    def collect(self, live: Iterable[str]) -> None:
        """Delete every collection of this store whose part is not ``live``."""
        kept = {self._prefix + name for name in live}
        own = self._prefix if self._folder is None else _PREFIX  # an embedded store holds no other's
        for collection in self._client.list_collections():
            if collection.name.startswith(own) and collection.name not in kept:
                self._client.delete_collection(collection.name)
        if self._folder is not None:
            _sweep(self._folder, self._client.count_collections())


def _is_whole(collection: Collection) -> bool:
    size = collection.count()
    if size != (collection.metadata or {}).get(SIZE):
        return False
    # Chroma 1.5.9 counts vectors whose files are gone, and answers without them. Asked for the oldest
    # one, it raises.
    found = collection.get(limit=1, include=["embeddings"])["embeddings"]
    return size == 0 or (found is not None and len(found) == 1)


def _terms_of_passages(part: Part) -> list[list[str]]:
    """The terms of each passage of a part, with repetition."""
    home = part.units["sentence"]["passage"]
    found: list[list[str]] = [[] for _ in part.units["passage"]["start"]]
    for name in part.postings.names():
        term = name.decode()
        rows, counts = part.postings.find(term)
        for row, count in zip(rows.tolist(), counts.tolist(), strict=True):
            found[int(home[row])] += [term] * count
    return found


_PREFIX = "replique-"
_OPEN = 200
"""Collections known to be whole at most; those of parts that are gone are among them."""
_DATABASE = "chroma.sqlite3"
_ASK_DATABASE = """
import sqlite3, sys
database = sqlite3.connect(sys.argv[1] + "?mode=ro", uri=True)
print(*(row[0] for row in database.execute(sys.argv[2])))
"""


def _sweep(folder: Path, collections: int) -> None:
    """Delete the folders of deleted collections, which Chroma 1.5.9 leaves behind.

    Only its database knows which folder is whose.
    """
    try:
        found = [path for path in folder.iterdir() if path.is_dir() and _is_uuid(path.name)]
        if len(found) <= collections:
            return
        live = set(_ask_database(folder, "SELECT id FROM segments WHERE scope = 'VECTOR'"))
    except (OSError, subprocess.SubprocessError):
        return  # next time
    if len(live) == collections:  # or else Chroma has changed how it keeps them
        for path in found:
            if path.name not in live:
                shutil.rmtree(path, ignore_errors=True)


def is_sound(folder: Path) -> bool:
    """Whether Chroma's database can be read to its end, or is not there."""
    if not (folder / _DATABASE).exists():
        return True
    try:
        return _ask_database(folder, "PRAGMA quick_check") == ["ok"]
    except subprocess.CalledProcessError:
        return False
    except (OSError, subprocess.SubprocessError):
        return True  # nothing is known against it


def _ask_database(folder: Path, query: str) -> list[str]:
    """The words of the first column that a query of Chroma's database gives.

    Another process reads it: to close the file in this one would drop the locks that Chroma's own copy of
    SQLite holds on it (https://sqlite.org/howtocorrupt.html, 2.2.1).
    """
    command = [sys.executable, "-I", "-c", _ASK_DATABASE, (folder / _DATABASE).as_uri(), query]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=True).stdout.split()


def _is_uuid(name: str) -> bool:
    try:
        return str(uuid.UUID(name)) == name
    except ValueError:
        return False

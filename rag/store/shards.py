"""The vectors: pairs of Chroma collections (sentences, passages), each written once.

The only importer of chromadb, with the snapshot's vector store.
"""

from __future__ import annotations

import hashlib
import itertools
import secrets
import shutil
import subprocess
import sys
import threading
import uuid
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

import chromadb
import httpx
from chromadb.api.collection_configuration import (
    CreateCollectionConfiguration,
    CreateHNSWConfiguration,
)
from chromadb.api.shared_system_client import SharedSystemClient
from chromadb.config import Settings as ChromaSettings
from chromadb.errors import ChromaError, InternalError
from llama_index.core.schema import TextNode
from llama_index.vector_stores.chroma import ChromaVectorStore

from rag.errors import StoreError
from rag.files import flush
from rag.settings import Settings
from rag.store.nodes import parse_node_id
from rag.types import Level

if TYPE_CHECKING:
    from chromadb.api import ClientAPI


LEVELS: tuple[Level, ...] = ("sentence", "passage")
BATCH = 256
"""How many vectors are written at a time."""
CHROMA_FAILURES = (ChromaError, httpx.HTTPError)
"""What Chroma raises, embedded or as a server."""
T = TypeVar("T")

_connecting = threading.Lock()  # Chroma's register of open stores is not safe between threads


def document_id(unit_name: str) -> str:
    """Name of a text, as it is cut, within the store."""
    return unit_name[:32]


def variant(encoder: str, segmenter: int) -> str:
    """Name of what made the vectors; part of every node id."""
    return hashlib.sha256(f"{encoder}/{segmenter}".encode()).hexdigest()[:8]


def batches(items: Iterable[T], most: int = BATCH) -> Iterator[list[T]]:
    """Consecutive parts of at most ``most`` items."""
    rest = iter(items)
    while batch := list(itertools.islice(rest, most)):
        yield batch


@contextmanager
def store_errors() -> Iterator[None]:
    """Turn what Chroma raises into an error of ours.

    Raises:
        StoreError: the server does not answer, or the store is damaged.
    """
    try:
        yield
    except httpx.HTTPError as error:
        raise StoreError("chroma_silent", reason=_one_line(error)) from error
    except ChromaError as error:
        raise StoreError("vectors_failed", reason=_one_line(error)) from error


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__


class Shards:
    """The Chroma collections of one store.

    Args:
        settings: where the store is, or which Chroma server to use.
        store_id: random name of the store, so that several can share a server.

    Raises:
        StoreError: the Chroma server does not answer.
    """

    def __init__(self, settings: Settings, store_id: str) -> None:
        with _connecting:
            self._client = _client(settings)
        self._prefix = f"{_PREFIX}{store_id}-"
        self._folder = None if settings.chroma else chroma_folder(settings)
        self._file = self._file_number()
        self._let_go = weakref.finalize(self, _close_if_free, self._client)
        self._let_go.atexit = False

    def close(self) -> None:
        """Let go of the files."""
        if self._let_go.detach():
            with _connecting:
                _close(self._client)

    def flush(self) -> None:
        """Have the vectors on the disk itself; Chroma does so for its database only."""
        for file in self._folder.glob("*/*") if self._folder else ():
            flush(file)

    def is_replaced(self) -> bool:
        """Whether the folder of the vectors was deleted, or made anew, since it was opened."""
        return self._file_number() != self._file

    def _file_number(self) -> int:
        try:
            return (self._folder / _DATABASE).stat().st_ino if self._folder else 0
        except OSError:
            return 0

    def collection(self, segment: str, level: Level) -> Any:
        """One collection of a segment.

        Raises:
            chromadb.errors.NotFoundError: it is gone.
        """
        # embedding_function=None: Chroma's default one would download a model.
        return self._client.get_collection(f"{segment}-{level}", embedding_function=None)

    def create(self, sizes: Mapping[Level, int]) -> str:
        """A new segment, to be given ``sizes`` vectors; returns its name."""
        name = self._prefix + secrets.token_hex(6)
        hnsw = CreateHNSWConfiguration(space="cosine", ef_construction=200, ef_search=200, max_neighbors=32)
        for level in LEVELS:
            self._client.create_collection(
                f"{name}-{level}",
                embedding_function=None,
                configuration=CreateCollectionConfiguration(hnsw=hnsw),
                metadata={"vectors": sizes[level]},
            )
        return name

    def is_whole(self, segment: str) -> bool:
        """Whether a segment has all the vectors it was made for."""
        try:
            return all(_is_whole(self.collection(segment, level)) for level in LEVELS)
        except ChromaError:
            return False

    def add(self, segment: str, level: Level, nodes: Sequence[TextNode]) -> None:
        """Write nodes that carry their embeddings."""
        ChromaVectorStore(chroma_collection=self.collection(segment, level)).add(list(nodes))

    def merge(
        self,
        segments: Iterable[str],
        keep: frozenset[str],
        progress: Callable[[str, int, int], None],
    ) -> str:
        """Copy what is to be kept into one new segment.

        Args:
            segments: names of the segments to copy from.
            keep: the documents (see :func:`document_id`) to keep.
            progress: called with ``merge``, how much is done, how much there is.
        """
        parts = {
            level: [
                (collection, batch)
                for name in segments
                for collection in [self.collection(name, level)]
                for batch in batches(_ids_of(collection, keep))
            ]
            for level in LEVELS
        }
        target = self.create({level: sum(len(ids) for _, ids in parts[level]) for level in LEVELS})
        total, done = sum(map(len, parts.values())), 0
        for level in LEVELS:
            for collection, ids in parts[level]:
                progress("merge", done, total)
                found = collection.get(ids=ids, include=["embeddings", "documents", "metadatas"])
                wanted = {key: found[key] for key in ("ids", "embeddings", "documents", "metadatas")}
                self.collection(target, level).add(**wanted)
                done += 1
        return target

    def collect(self, live: Iterable[str]) -> None:
        """Delete every segment of this store that is not ``live``."""
        kept = {f"{name}-{level}" for name in live for level in LEVELS}
        own = self._prefix if self._folder is None else _PREFIX  # an embedded store holds no other's
        for collection in self._client.list_collections():
            if collection.name.startswith(own) and collection.name not in kept:
                self._client.delete_collection(collection.name)
        if self._folder is not None:
            _sweep(self._folder, self._client.count_collections())


_PREFIX = "replique-"
_DATABASE = "chroma.sqlite3"
_ASK_DATABASE = """
import sqlite3, sys
database = sqlite3.connect(sys.argv[1] + "?mode=ro", uri=True)
print(*(row[0] for row in database.execute(sys.argv[2])))
"""


def chroma_folder(settings: Settings) -> Path:
    """Where the vectors are, when no server holds them; absolute, as Chroma shares what has one name."""
    return settings.store.resolve() / "chroma"


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


def _is_whole(collection: Any) -> bool:
    size = collection.count()
    if size != collection.metadata["vectors"]:
        return False
    # Chroma 1.5.9 counts vectors whose files are gone, and answers without them. Asked for the oldest
    # one, it raises.
    return size == 0 or len(collection.get(limit=1, include=["embeddings"])["embeddings"]) == 1


def _ids_of(collection: Any, keep: frozenset[str]) -> list[str]:
    """Ids in a collection that belong to the documents to keep."""
    return [i for i in collection.get(include=[])["ids"] if parse_node_id(i)[0] in keep]


def _close(client: ClientAPI) -> None:
    client.close()  # type: ignore[attr-defined]  # on every client, though not in the interface


def _close_if_free(client: ClientAPI) -> None:
    """Close a client that nobody holds; unless this thread was just connecting, as it would wait for ever."""
    if _connecting.acquire(blocking=False):
        try:
            _close(client)
        finally:
            _connecting.release()


def _client(settings: Settings) -> ClientAPI:
    # Chroma would take settings from a file .env of the working folder, which is not about it.
    options = ChromaSettings(_env_file=None, anonymized_telemetry=False)  # type: ignore[call-arg]
    if not settings.chroma:
        with store_errors():
            try:
                return chromadb.PersistentClient(path=chroma_folder(settings), settings=options)
            except BaseException as error:
                # It keeps what could not be opened, and would give that out the next time.
                SharedSystemClient.clear_system_cache()
                if type(error).__name__ == "PanicException":  # of its Rust part; it has no better name
                    raise InternalError(str(error)) from None
                raise
    try:
        address = urlsplit(settings.chroma)
        return chromadb.HttpClient(
            host=address.hostname or "localhost",
            port=address.port or (443 if address.scheme == "https" else 80),
            ssl=address.scheme == "https",
            settings=options,
        )
    except (ValueError, *CHROMA_FAILURES) as error:
        raise StoreError("chroma_absent", address=settings.chroma, reason=_one_line(error)) from None

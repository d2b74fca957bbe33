"""The index as readers see it, over Chroma and one generation. The only importer of chromadb.

Vectors live in pairs of Chroma collections (sentences, passages) called *segments*. A segment is written
once, by one sync (see rag/synchronise.py), and never changed while a manifest names it.

A reader answers from what its manifest names. When something it needs is gone because another process
has committed meanwhile, it opens the new manifest and asks again.
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
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar
from urllib.parse import urlsplit

import chromadb
import httpx
import numpy as np
from chromadb.api.collection_configuration import (
    CreateCollectionConfiguration,
    CreateHNSWConfiguration,
)
from chromadb.api.shared_system_client import SharedSystemClient
from chromadb.config import Settings as ChromaSettings
from chromadb.errors import ChromaError, InternalError
from llama_index.core.schema import BaseNode, TextNode
from llama_index.core.vector_stores.types import (
    BasePydanticVectorStore,
    VectorStoreQuery,
    VectorStoreQueryResult,
)
from llama_index.vector_stores.chroma import ChromaVectorStore
from numpy.typing import NDArray
from pydantic import PrivateAttr

from rag.embed import encoder_id, family, load_encoder, word_encoder
from rag.errors import NoIndex, StoreError
from rag.generation import Generation, Level, Manifest, flush, manifest_stamp, store_id
from rag.segment import SEGMENTER_VERSION, node_id, parse_node_id
from rag.settings import Settings
from rag.types import SourceInfo

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from llama_index.core.base.embeddings.base import BaseEmbedding

LEVELS: tuple[Level, ...] = ("sentence", "passage")
BATCH = 256
"""How many vectors are written at a time."""
MOST_FILTERED = 10_000
"""Chroma is asked for certain texts only when they are fewer; SQLite takes 32,766 values in a query."""
CHROMA_FAILURES = (ChromaError, httpx.HTTPError)
"""What Chroma raises, embedded or as a server."""
T = TypeVar("T")

_connecting = threading.Lock()  # Chroma's register of open stores is not safe between threads


def document_id(sha256: str) -> str:
    """Name of a text within the store."""
    return sha256[:32]


def variant(encoder: str, segmenter: int) -> str:
    """Name of what made the vectors; part of every node id."""
    return hashlib.sha256(f"{encoder}/{segmenter}".encode()).hexdigest()[:8]


def batches(items: Iterable[T]) -> Iterator[list[T]]:
    """Consecutive parts of at most :data:`BATCH` items."""
    rest = iter(items)
    while batch := list(itertools.islice(rest, BATCH)):
        yield batch


@contextmanager
def store_errors() -> Iterator[None]:
    """Turn what Chroma raises into a :class:`~rag.errors.StoreError`."""
    try:
        yield
    except httpx.HTTPError as error:
        reason = _one_line(error)
        raise StoreError(
            f"the Chroma server does not answer ({reason}): start it with `chroma run`"
        ) from error
    except ChromaError as error:
        reason = _one_line(error)
        raise StoreError(f"the vector store failed ({reason}): run `replique index --rebuild`") from error


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__


# --- segments -------------------------------------------------------------------------------------


class Segments:
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


# --- reading --------------------------------------------------------------------------------------


class Snapshot(Generation):
    """One committed state of the index, open for reading."""

    def __init__(self, store: Path, manifest: Manifest, segments: Segments) -> None:
        super().__init__(store / manifest.generation, [entry.info for entry in manifest.sources])
        self.manifest = manifest
        self.encoder = family(manifest.encoder)  # whose weights of ranking go with its vectors
        self._segments = segments  # they close when nobody holds them
        self._collections = {
            level: [segments.collection(name, level) for name in manifest.segments] for level in LEVELS
        }
        self._by_text: dict[str, list[int]] = {}
        for number, info in enumerate(self.infos):
            self._by_text.setdefault(document_id(info.sha256), []).append(number)
        self._variant = variant(manifest.encoder, manifest.segmenter)

    def nearest(
        self, level: Level, vector: Sequence[float], k: int, sources: frozenset[int] | None = None
    ) -> dict[int, float]:
        """Rows whose vectors are nearest to a question's, with their cosine similarity.

        Args:
            level: sentences or passages.
            vector: embedding of the question.
            k: about how many; all there are, when there are fewer.
            sources: numbers of the sources asked; ``None`` for all.
        """
        found: dict[int, float] = {}
        for collection in self._collections[level] if sources != frozenset() else ():
            found |= self._query(collection, level, vector, k, sources)
        ranked = sorted(found.items(), key=lambda item: (-item[1], item[0]))
        return dict(ranked[:k])

    def _query(
        self, collection: Any, level: Level, vector: Sequence[float], k: int, sources: frozenset[int] | None
    ) -> dict[int, float]:
        """Nearest live rows of one collection; asks for more while others take their places."""
        where = self._where(sources)
        wanted, size = k, collection.count()
        while size:
            result = collection.query(
                query_embeddings=[vector],
                n_results=min(wanted, size),
                where=where,
                include=["distances"],
            )
            ids, distances = result["ids"][0], result["distances"][0]
            live = {
                row: 1.0 - float(distance)
                for identifier, distance in zip(ids, distances, strict=True)
                for row in self._live_rows(level, identifier, sources)
            }
            if len(live) >= k or len(ids) < wanted:
                return live
            wanted *= 2
        return {}

    def _where(self, sources: frozenset[int] | None) -> dict[str, Any] | None:
        """Chroma's filter for the texts of some sources; ``None`` when there are too many to list."""
        if sources is None or len(sources) > MOST_FILTERED:
            return None
        return {"sha256": {"$in": sorted({self.infos[number].sha256 for number in sources})}}

    def _live_rows(self, level: Level, identifier: str, sources: frozenset[int] | None) -> list[int]:
        """The rows that a vector stands for: one in each source asked that has its text."""
        document, number = parse_node_id(identifier)
        firsts = self.first_rows[level]
        return [
            int(firsts[source]) + number
            for source in self._by_text.get(document, ())
            if sources is None or source in sources
        ]

    def info_of(self, identifier: str) -> SourceInfo | None:
        """The first source that has the text of a node; ``None`` when none has it any more."""
        numbers = self._by_text.get(parse_node_id(identifier)[0])
        return self.infos[numbers[0]] if numbers else None

    def vectors(self, level: Level, rows: Sequence[int]) -> dict[int, NDArray[np.float32]]:
        """Embeddings of rows, by row; rows that have none are left out."""
        columns, firsts = self.rows(level)["source"], self.first_rows[level]
        wanted: dict[str, list[int]] = {}
        for row in rows:
            source = int(columns[row])
            document = document_id(self.infos[source].sha256)
            number = row - int(firsts[source])
            wanted.setdefault(node_id(document, self._variant, level, number), []).append(row)
        found: dict[int, NDArray[np.float32]] = {}
        for collection, ids in itertools.product(self._collections[level], batches(wanted)):
            result = collection.get(ids=ids, include=["embeddings"])
            for identifier, vector in zip(result["ids"], result["embeddings"], strict=True):
                found |= {row: np.asarray(vector, dtype=np.float32) for row in wanted[identifier]}
        return found

    def vector_store(self, level: Level) -> SnapshotVectors:
        """The vectors of this state as a LlamaIndex vector store, for engines of one's own."""
        stores = [ChromaVectorStore(chroma_collection=c) for c in self._collections[level]]
        return SnapshotVectors(self, stores)


class SnapshotVectors(BasePydanticVectorStore):
    """All vectors of one snapshot as one LlamaIndex vector store, for reading.

    A node's text is the slice ``start_char_idx:end_char_idx`` of the text of its metadata's ``source``.
    It shows the index as it was; take a new one after a sync.
    """

    stores_text: bool = True
    flat_metadata: bool = True
    _snapshot: Snapshot = PrivateAttr()
    _stores: list[ChromaVectorStore] = PrivateAttr()

    def __init__(self, snapshot: Snapshot, stores: list[ChromaVectorStore]) -> None:
        super().__init__(stores_text=True)
        self._snapshot = snapshot
        self._stores = stores

    @property
    def client(self) -> Snapshot:
        """What it reads."""
        return self._snapshot

    def query(self, query: VectorStoreQuery, **kwargs: Any) -> VectorStoreQueryResult:
        """The nearest live nodes of all segments, most similar first; see ``ChromaVectorStore.query``.

        Raises:
            StoreError: a sync has replaced the snapshot meanwhile.
        """
        with store_errors():
            found = [node for store in self._stores for node in self._live(store, query, kwargs)]
        found.sort(key=lambda pair: (-pair[1], pair[0].node_id))
        best = found[: query.similarity_top_k]
        return VectorStoreQueryResult(
            nodes=[node for node, _ in best],
            similarities=[similarity for _, similarity in best],
            ids=[node.node_id for node, _ in best],
        )

    def _live(
        self, store: ChromaVectorStore, query: VectorStoreQuery, options: dict[str, Any]
    ) -> list[tuple[BaseNode, float]]:
        """Nearest live nodes of one segment; asks for more while dead ones take their places."""
        wanted = query.similarity_top_k
        while True:
            result = store.query(replace(query, similarity_top_k=wanted), **options)
            nodes = result.nodes or ()
            scored = zip(nodes, result.similarities or [0.0] * len(nodes), strict=True)
            live = [(node, score) for node, score in scored if self._described(node)]
            if len(live) >= query.similarity_top_k or len(nodes) < wanted:
                return live
            wanted *= 2

    def _described(self, node: BaseNode) -> bool:
        """Say in a node's metadata whose words it has; whether it is live."""
        info = self._snapshot.info_of(node.node_id)
        if info is not None:
            node.metadata |= {"source": info.id, "title": info.title, "side": info.side, "date": info.date}
        return info is not None

    def add(self, nodes: Sequence[BaseNode], **kwargs: Any) -> NoReturn:
        """Refused: documents come in by way of the corpus folder."""
        raise StoreError("the index is for reading: put documents into the corpus folder and index it")

    def delete(self, ref_doc_id: str, **delete_kwargs: Any) -> NoReturn:
        """Refused, as :meth:`add` is."""
        raise StoreError("the index is for reading: take documents out of the corpus folder and index it")


# --- the index ------------------------------------------------------------------------------------


class Index:
    """The index of one corpus in one store, for reading. Opening it reads nothing."""

    def __init__(self, settings: Settings, encoder: BaseEmbedding | None = None) -> None:
        self.settings = settings
        self.store = settings.store
        self._encoder = encoder
        self._word_encoder: BaseEmbedding | None = None
        self._given_encoder = encoder.model_name if encoder else ""
        self._opening = threading.RLock()
        self._segments: Segments | None = None
        self._open: tuple[tuple[int, ...], Snapshot] | None = None  # with the stamp of its manifest

    @property
    def encoder(self) -> BaseEmbedding:
        """The encoder of the settings, loaded at the first use."""
        with self._opening:
            if self._encoder is None:
                self._encoder = load_encoder(self.settings.embed_model)
            return self._encoder

    @property
    def word_encoder(self) -> BaseEmbedding:
        """The encoder for words, and for likeness of two texts; mostly the same."""
        with self._opening:
            if self._word_encoder is None:
                self._word_encoder = word_encoder(self.encoder)
            return self._word_encoder

    @property
    def encoder_id(self) -> str:
        """What the manifest says of the encoder: the setting's id, or the name of the model given."""
        return self._given_encoder or encoder_id(self.settings.embed_model)

    @property
    def variant(self) -> str:
        """Part of the node ids that this version writes."""
        return variant(self.encoder_id, SEGMENTER_VERSION)

    def segments(self) -> Segments:
        """The vectors of the store.

        Raises:
            StoreError: the Chroma server does not answer.
        """
        with self._opening:
            if self._segments is not None and self._segments.is_replaced():
                self.close()
            if self._segments is None:
                self._segments = Segments(self.settings, store_id(self.store))
            return self._segments

    def read(self, action: Callable[[Snapshot], T]) -> T:
        """Run ``action`` on the live state, again when another process replaces it meanwhile.

        Raises:
            StoreError: there is no index, or its vectors are gone.
        """
        for attempt in itertools.count():
            seen = manifest_stamp(self.store)
            try:
                return action(self.snapshot())
            except (*CHROMA_FAILURES, StoreError) as error:
                with self._opening:
                    self._open = None
                # Once again in any case: a file may have been locked, a server started again.
                if attempt == 3 or (attempt and manifest_stamp(self.store) == seen):
                    with store_errors():
                        raise error
        raise AssertionError("unreachable")

    def snapshot(self) -> Snapshot:
        """The live state; opened anew when the manifest has changed.

        Raises:
            NoIndex: nothing has been indexed yet.
        """
        with self._opening:
            stamp = manifest_stamp(self.store)
            if self._open is None or stamp != self._open[0]:
                manifest = Manifest.read(self.store)
                if manifest is None:
                    raise NoIndex(f"no index in {self.store}: run `replique index`")
                self._open = stamp, Snapshot(self.store, manifest, self.segments())
            return self._open[1]

    def infos(self) -> tuple[SourceInfo, ...]:
        """The sources indexed; none where nothing has been indexed yet.

        Raises:
            StoreError: the index cannot be read.
        """
        try:
            return self.read(lambda snapshot: snapshot.infos)
        except NoIndex:
            return ()

    def is_whole(self) -> bool:
        """Whether there is an index whose files and vectors are all there."""
        try:
            return self.read(self._has_vectors)
        except StoreError:
            return False

    def _has_vectors(self, snapshot: Snapshot) -> bool:
        return all(map(self.segments().is_whole, snapshot.manifest.segments))

    def close(self) -> None:
        """Let go of the files."""
        with self._opening:
            self._open = None
            if self._segments is not None:
                self._segments.close()
                self._segments = None


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
        raise StoreError(
            f"the Chroma server {settings.chroma} does not answer ({_one_line(error)}): start it with "
            "`chroma run`, or unset REPLIQUE_CHROMA"
        ) from None

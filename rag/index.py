"""The index as readers see it, over Chroma and one generation. The only importer of chromadb.

Vectors live in pairs of Chroma collections (sentences, passages) called *segments*. A segment is written
once, by one sync (see rag/sync.py), and never changed while a manifest names it.

A reader answers from what its manifest names. When something it needs is gone because another process
has committed meanwhile, it opens the new manifest and asks again.
"""

from __future__ import annotations

import hashlib
import itertools
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

import chromadb
import numpy as np
from chromadb.api.collection_configuration import (
    CreateCollectionConfiguration,
    CreateHNSWConfiguration,
)
from chromadb.config import Settings as ChromaSettings
from chromadb.errors import ChromaError, NotFoundError
from llama_index.core.schema import TextNode
from llama_index.vector_stores.chroma import ChromaVectorStore
from numpy.typing import NDArray

from rag.embed import encoder_id, load_encoder
from rag.errors import StoreError
from rag.generation import Generation, Level, Manifest, manifest_stamp, store_id
from rag.segment import SEGMENTER_VERSION, node_id, parse_node_id
from rag.settings import Settings

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from llama_index.core.base.embeddings.base import BaseEmbedding

LEVELS: tuple[Level, ...] = ("sentence", "passage")
BATCH = 256
"""How many vectors are written at a time."""
T = TypeVar("T")


def document_id(sha256: str) -> str:
    """Name of a text within the store."""
    return sha256[:32]


def variant(encoder: str, segmenter: int) -> str:
    """Name of what made the vectors; part of every node id."""
    return hashlib.sha256(f"{encoder}/{segmenter}".encode()).hexdigest()[:8]


def batches(items: Sequence[T]) -> Iterator[Sequence[T]]:
    """Consecutive parts of at most :data:`BATCH` items."""
    for start in range(0, len(items), BATCH):
        yield items[start : start + BATCH]


@contextmanager
def store_errors() -> Iterator[None]:
    """Turn what Chroma raises into a :class:`~rag.errors.StoreError`."""
    try:
        yield
    except ChromaError as error:
        raise StoreError(f"the vector store failed ({error}): run `replique index --rebuild`") from error


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
        self._client = _client(settings)
        self._prefix = f"replique-{store_id}-"

    def close(self) -> None:
        """Let go of the files."""
        self._client.close()  # type: ignore[attr-defined]  # on every client, not in the interface

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
            collections = [self.collection(segment, level) for level in LEVELS]
            return all(c.metadata["vectors"] == c.count() for c in collections)
        except NotFoundError:
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
        for collection in self._client.list_collections():
            if collection.name.startswith(self._prefix) and collection.name not in kept:
                self._client.delete_collection(collection.name)


def _ids_of(collection: Any, keep: frozenset[str]) -> list[str]:
    """Ids in a collection that belong to the documents to keep."""
    return [i for i in collection.get(include=[])["ids"] if parse_node_id(i)[0] in keep]


# --- reading --------------------------------------------------------------------------------------


class Snapshot(Generation):
    """One committed state of the index, open for reading."""

    def __init__(self, store: Path, manifest: Manifest, segments: Segments) -> None:
        super().__init__(store / manifest.generation, [entry.info for entry in manifest.sources])
        self.manifest = manifest
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
        columns = self.rows(level)["source"]
        where = None
        if sources is not None:
            where = {"sha256": {"$in": sorted({self.infos[n].sha256 for n in sources})}}
        for collection in self._collections[level]:
            rows = self._query(collection, level, vector, k, where)
            found |= {row: s for row, s in rows.items() if sources is None or int(columns[row]) in sources}
        ranked = sorted(found.items(), key=lambda item: (-item[1], item[0]))
        return dict(ranked[:k])

    def _query(
        self, collection: Any, level: Level, vector: Sequence[float], k: int, where: Any
    ) -> dict[int, float]:
        """Nearest live rows of one collection; asks for more while dead vectors take their places."""
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
                for row in self._live_rows(level, identifier)
            }
            if len(live) >= k or len(ids) < wanted:
                return live
            wanted *= 2
        return {}

    def _live_rows(self, level: Level, identifier: str) -> list[int]:
        """The rows that a vector stands for: one in each source that has its text, none when dead."""
        document, number = parse_node_id(identifier)
        firsts = self.first_rows[level]
        return [int(firsts[source]) + number for source in self._by_text.get(document, ())]

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
        for collection in self._collections[level] if wanted else ():
            result = collection.get(ids=list(wanted), include=["embeddings"])
            for identifier, vector in zip(result["ids"], result["embeddings"], strict=True):
                found |= {row: np.asarray(vector, dtype=np.float32) for row in wanted[identifier]}
        return found

    def vector_store(self, level: Level) -> ChromaVectorStore:
        """The newest segment as a LlamaIndex vector store, for engines of one's own.

        Raises:
            StoreError: the index is empty.
        """
        if not self._collections[level]:
            raise StoreError("the index is empty: put documents into the corpus folder")
        return ChromaVectorStore(chroma_collection=self._collections[level][-1])


# --- the index ------------------------------------------------------------------------------------


class Index:
    """The index of one corpus in one store, for reading. Opening it reads nothing."""

    def __init__(self, settings: Settings, encoder: BaseEmbedding | None = None) -> None:
        self.settings = settings
        self.store = settings.store
        self._encoder = encoder
        self._segments: Segments | None = None
        self._snapshot: Snapshot | None = None
        self._seen: tuple[int, ...] = ()

    @property
    def encoder(self) -> BaseEmbedding:
        """The encoder of the settings, loaded at the first use."""
        if self._encoder is None:
            self._encoder = load_encoder(self.settings.embed_model)
        return self._encoder

    @property
    def encoder_id(self) -> str:
        """What the manifest says of the encoder."""
        return encoder_id(self.settings.embed_model)

    @property
    def variant(self) -> str:
        """Part of the node ids that this version writes."""
        return variant(self.encoder_id, SEGMENTER_VERSION)

    def segments(self) -> Segments:
        """The vectors of the store.

        Raises:
            StoreError: the Chroma server does not answer.
        """
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
            except (ChromaError, StoreError) as error:
                self._snapshot = None
                if attempt == 3 or manifest_stamp(self.store) == seen:
                    with store_errors():
                        raise error
        raise AssertionError("unreachable")

    def snapshot(self) -> Snapshot:
        """The live state; opened anew when the manifest has changed.

        Raises:
            StoreError: there is no index.
        """
        stamp, snapshot = manifest_stamp(self.store), self._snapshot
        if snapshot is None or stamp != self._seen:
            manifest = Manifest.read(self.store)
            if manifest is None:
                raise StoreError(f"no index in {self.store}: run `replique index`")
            snapshot = Snapshot(self.store, manifest, self.segments())
            self._snapshot, self._seen = snapshot, stamp
        return snapshot

    def close(self) -> None:
        """Let go of the files."""
        self._snapshot = None
        if self._segments is not None:
            self._segments.close()
            self._segments = None


def _client(settings: Settings) -> ClientAPI:
    options = ChromaSettings(anonymized_telemetry=False)
    if not settings.chroma:
        return chromadb.PersistentClient(path=str(settings.store / "chroma"), settings=options)
    address = urlsplit(settings.chroma)
    try:
        return chromadb.HttpClient(
            host=address.hostname or "localhost",
            port=address.port or (443 if address.scheme == "https" else 80),
            ssl=address.scheme == "https",
            settings=options,
        )
    except (ValueError, ChromaError) as error:
        raise StoreError(
            f"the Chroma server {settings.chroma} does not answer ({error}): start it with "
            "`chroma run`, or unset REPLIQUE_CHROMA"
        ) from None

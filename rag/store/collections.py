"""Chroma's collections, one for each part of the store: how they are made, filled and asked.

A Chroma that several machines serve (Chroma Cloud, distributed Chroma) can keep a lexical index of the
passages beside the dense one; the embedded one and ``chroma run`` refuse it. Which it is, is found out when a
collection is made; its metadata remember it.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from chromadb.api.collection_configuration import CreateCollectionConfiguration, CreateHNSWConfiguration
from chromadb.api.types import Schema, SparseVectorIndexConfig, VectorIndexConfig
from chromadb.errors import InvalidArgumentError, NotFoundError
from chromadb.execution.expression import K, Knn, Rank, Rrf, Search
from numpy.typing import NDArray

from rag.errors import StoreError
from rag.store.chroma import twice
from rag.store.sparse import passage_vector, question_vector

if TYPE_CHECKING:
    from chromadb import Collection
    from chromadb.api import ClientAPI

SIZE, SPARSE, TERMS = "vectors", "sparse", "terms"
"""In a collection's metadata: its size, and whether it indexes terms. In a passage's: these."""
BATCH = 2000
"""Most passages in one request to a server of one's own; the answer to a heartbeat may say less."""
CLOUD_BATCH = CLOUD_RESULTS = 300
"""Most passages in one request, and most results: Chroma Cloud's quotas."""


def create_collection(client: ClientAPI, name: str, size: int, sparse: bool | None = None) -> Collection:
    """An empty collection; one of the same name, left by a run that was killed, goes.

    Args:
        client: whose.
        name: its name.
        size: how many vectors it is to be given.
        sparse: whether it shall have an index of terms; ``None``: where the server can have one.

    Raises:
        chromadb.errors.ChromaError, httpx.HTTPError: it cannot be made.
    """
    with suppress(NotFoundError):
        twice(lambda: client.delete_collection(name))
    if sparse is not False:
        try:
            made = _create(client, name, {SIZE: size, SPARSE: True}, schema=_schema())
        except InvalidArgumentError:
            if sparse:
                raise
        else:
            if _indexes_terms(made):
                return made
            client.delete_collection(name)  # a server of before took no notice of the schema
            if sparse:
                raise InvalidArgumentError("no sparse vector index")
    hnsw = CreateHNSWConfiguration(space="cosine", ef_construction=200, ef_search=200, max_neighbors=16)
    configuration = CreateCollectionConfiguration(hnsw=hnsw)
    return _create(client, name, {SIZE: size, SPARSE: False}, configuration=configuration)


def _create(client: ClientAPI, name: str, metadata: dict[str, Any], **how: Any) -> Collection:
    # embedding_function=None: Chroma's default one would download a model.
    # get_or_create: the answer to the first try may have been lost.
    return twice(
        lambda: client.create_collection(
            name, embedding_function=None, metadata=metadata, get_or_create=True, **how
        )
    )


def _schema() -> Schema:
    schema = Schema()
    schema.create_index(VectorIndexConfig(space="cosine", embedding_function=None))
    return schema.create_index(SparseVectorIndexConfig(bm25=True), key=TERMS)


def _indexes_terms(collection: Collection) -> bool:
    kinds = collection.schema.keys.get(TERMS) if collection.schema else None
    index = kinds.sparse_vector.sparse_vector_index if kinds and kinds.sparse_vector else None
    return index is not None and index.enabled


def open_collection(client: ClientAPI, name: str) -> Collection:
    """A collection that has all its passages: one that is being filled would answer without the rest.

    Raises:
        chromadb.errors.NotFoundError: it is gone.
        chromadb.errors.ChromaError, httpx.HTTPError: it cannot be asked.
        StoreError: it has not all of them.
    """
    found = twice(lambda: client.get_collection(name, embedding_function=None))
    count, size = twice(found.count), (found.metadata or {}).get(SIZE, 0)
    if count != size:
        raise StoreError("vectors_filling", count=count, size=size)
    return found


def has_terms(collection: Collection) -> bool:
    """Whether a collection has an index of terms, to be given them and asked for them."""
    return bool((collection.metadata or {}).get(SPARSE))


def add(
    collection: Collection,
    ids: Sequence[str],
    vectors: NDArray[np.float32],
    terms: Sequence[Sequence[str]] | None = None,
) -> None:
    """Write passages into a collection.

    Args:
        collection: from :func:`create_collection`.
        ids: their names in it.
        vectors: their vectors, a row each.
        terms: the terms of each, with repetition; left out where the collection has no index of them.

    Raises:
        chromadb.errors.ChromaError, httpx.HTTPError: they cannot be written.
    """
    sparse = terms if has_terms(collection) else None
    most = twice(collection._client.get_max_batch_size)
    step = min(most if most > 0 else BATCH, BATCH if sparse is None else CLOUD_BATCH)
    for start in range(0, len(ids), step):
        part = slice(start, start + step)
        batch: dict[str, Any] = {"ids": list(ids[part]), "embeddings": vectors[part]}
        if sparse is not None:
            fields = [{TERMS: passage_vector(words)} if words else None for words in sparse[part]]
            batch["metadatas"] = fields if any(fields) else None
        twice(partial(collection.add, **batch))  # what was added already is left as it is


def candidates(
    collection: Collection,
    vector: NDArray[np.float32],
    terms: Sequence[str],
    k: int,
    ids: Sequence[str] | None = None,
) -> list[tuple[str, float | None]]:
    """The passages of a collection nearest to a question, best first.

    Args:
        collection: from :func:`create_collection`.
        vector: that of the question.
        terms: the terms of the question; used where the collection has an index of them.
        k: how many at most.
        ids: only these.

    Returns:
        The id of each with its cosine; ``None`` where it was ranked by meaning and by words together.

    Raises:
        chromadb.errors.ChromaError, httpx.HTTPError: it cannot be asked.
    """
    if has_terms(collection):
        search = _search(vector, terms, min(k, CLOUD_RESULTS), ids)
        found = twice(lambda: collection.search(search))["ids"][0]
        return [(name, None) for name in found]
    asked = twice(
        lambda: collection.query(
            query_embeddings=vector[None],
            n_results=k,
            ids=None if ids is None else list(ids),
            include=["distances"],
        )
    )
    distances = asked["distances"]
    assert distances is not None  # included
    return [(name, 1 - distance) for name, distance in zip(asked["ids"][0], distances[0], strict=True)]


def _search(vector: NDArray[np.float32], terms: Sequence[str], k: int, ids: Sequence[str] | None) -> Search:
    def ranked(query: Any, key: Any) -> Rank:
        # Without a default, what only one of the two finds would be left out.
        return Knn(query=query, key=key, limit=k, default=float(k), return_rank=True)

    ranks = [ranked(vector, K.EMBEDDING)]
    if terms:
        ranks.append(ranked(question_vector(terms), TERMS))
    return Search(where=None if ids is None else K.ID.is_in(list(ids)), rank=Rrf(ranks), limit=k)

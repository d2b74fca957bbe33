"""How long the stages of an answer take."""

from __future__ import annotations

import time


class Clock:
    """Laps, in the order in which they are first named; a lap named again adds to what it had."""

    def __init__(self) -> None:
        self._start = self._last = time.perf_counter()
        self._laps: dict[str, float] = {}

    def lap(self, name: str) -> None:
        """What has been done since the last lap is of this name."""
        now = time.perf_counter()
        self._laps[name] = self._laps.get(name, 0.0) + now - self._last
        self._last = now

    def milliseconds(self) -> dict[str, float]:
        """Of each lap, and of all together."""
        laps = {**self._laps, "total": time.perf_counter() - self._start}
        return {name: round(1000 * seconds, 2) for name, seconds in laps.items()}

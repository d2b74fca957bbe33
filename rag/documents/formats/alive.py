"""A reader says that it gets on: a page done. Whoever waits for it learns of it, where somebody does."""

from __future__ import annotations

from collections.abc import Callable


def _unheard(_: float) -> None:
    """Nobody waits."""


class _Ear:
    hear: Callable[[float], None] = staticmethod(_unheard)


def listen(hear: Callable[[float], None]) -> None:
    """From now on ``hear`` is told; it takes what :func:`sign` is given."""
    _Ear.hear = staticmethod(hear)


def sign(seconds: float = 0) -> None:
    """Say that the reader gets on, and that the next step may take so many seconds more than usual."""
    _Ear.hear(seconds)

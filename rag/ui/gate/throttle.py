"""How long who has said a wrong password must wait; no clock of its own."""

from __future__ import annotations

import ipaddress
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass

FREE = 5
"""So many wrong passwords cost nothing."""
LONGEST = 900.0
"""The longest wait, in seconds."""
FORGOTTEN = 4 * LONGEST
"""So long after the last wrong password, in seconds, those before it do not count any more."""
TOGETHER = 100
"""So many wrong ones from all addresses together make strangers wait."""
PAUSE = 5.0
"""Seconds between two attempts of strangers, then."""
REMEMBERED = 4096
"""Addresses, at most, of each sort."""


@dataclass
class _Missed:
    times: int = 0
    last: float = float("-inf")


class Throttle:
    """Counts wrong passwords by address, and all together; times are seconds of one clock.

    An address that has once said the right one does not wait for others: whoever guesses from many addresses
    at once keeps nobody out who was in.
    """

    def __init__(self) -> None:
        self._missed: OrderedDict[str, _Missed] = OrderedDict()
        self._known: OrderedDict[str, None] = OrderedDict()
        self._all = _Missed()

    def wait(self, address: str, now: float) -> float:
        """Seconds until this address may say a password; 0: at once."""
        source = network(address)
        missed = self._missed.get(source, _Missed())
        left = missed.last + _delay(missed.times) - now
        if source not in self._known and self._all.times >= TOGETHER:
            left = max(left, self._all.last + PAUSE - now)
        return max(0.0, left)

    def failed(self, address: str, now: float) -> None:
        """A wrong one was said."""
        source = network(address)
        for missed in (self._missed.setdefault(source, _Missed()), self._all):
            missed.times = missed.times + 1 if now - missed.last < FORGOTTEN else 1
            missed.last = now
        _bounded(self._missed, source)

    def passed(self, address: str) -> None:
        """The right one was said."""
        source = network(address)
        self._missed.pop(source, None)
        self._known[source] = None
        _bounded(self._known, source)


def network(address: str) -> str:
    """Whom an address belongs to: one machine has many of IPv6, all in one network of 64 bits."""
    with suppress(ValueError):
        number = ipaddress.ip_address(address.partition("%")[0])
        if isinstance(number, ipaddress.IPv6Address):
            mapped = number.ipv4_mapped
            return str(mapped or ipaddress.ip_network(f"{number}/64", strict=False))
    return address


def _delay(times: int) -> float:
    return 0.0 if times < FREE else min(LONGEST, 2.0 ** (times - FREE + 1))


def _bounded(
    kept: OrderedDict[str, object] | OrderedDict[str, _Missed] | OrderedDict[str, None], newest: str
) -> None:
    kept.move_to_end(newest)
    while len(kept) > REMEMBERED:
        kept.popitem(last=False)

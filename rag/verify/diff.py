"""A difference, made readable: neighbouring changes are one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from rag.verify.types import Difference


def merged(differences: Iterable[Difference]) -> Iterator[Difference]:
    """Equal stretches together; changes together when only white space stands between them."""
    pending: list[Difference] = []
    for item in differences:
        if pending and _joins(pending[-1], item):
            pending[-1] = _joined(pending[-1], item)
        elif len(pending) > 1 and _is_space(pending[-1]) and _both_change(pending[-2], item):
            space = pending.pop()
            pending[-1] = _joined(_joined(pending[-1], space), item)
        else:
            pending.append(item)
    yield from pending


def _joins(one: Difference, other: Difference) -> bool:
    return (one.op == "equal") == (other.op == "equal") and one.announced == other.announced


def _both_change(one: Difference, other: Difference) -> bool:
    return one.op != "equal" != other.op and not one.announced and not other.announced


def _is_space(item: Difference) -> bool:
    return item.op == "equal" and not item.quoted.strip() and not item.actual.strip()


def _joined(one: Difference, other: Difference) -> Difference:
    quoted, actual = one.quoted + other.quoted, one.actual + other.actual
    if one.op == other.op == "equal":
        return Difference("equal", quoted, actual)
    op: Any = "replace" if quoted.strip() and actual.strip() else "insert" if quoted.strip() else "delete"
    return Difference(op, quoted, actual, one.announced)

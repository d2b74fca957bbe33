"""The id of a question: its kind, the hash of its source, the slices it is made of, a hash of more words.

::

    blank-0123456789abcdef-120-214-133-139      a sentence, and what is hidden in it
    rebut-0123456789abcdef-120-214-89abcdef     a sentence, and a hash of the side that one speaks for

So a question is the same each time, and none any more when its source has changed, or when the set that it
is of no longer has it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence

from rag.drill.types import KINDS, Kind
from rag.types import SourceInfo

_HASH = 16
_ID = re.compile(
    rf"(?P<kind>{'|'.join(KINDS)})-(?P<hash>[0-9a-f]{{{_HASH}}})-(?P<start>\d{{1,9}})-(?P<end>\d{{1,9}})"
    r"(?:-(?P<first>\d{1,9})-(?P<last>\d{1,9}))?(?:-(?P<words>[0-9a-f]{8}))?"
)


def make_id(kind: Kind, info: SourceInfo, slices: Iterable[int], texts: Sequence[str]) -> str:
    """The id of a question.

    Args:
        kind: what is asked.
        info: the source.
        slices: start and end of the sentence, then of a part of it if one is meant.
        texts: what else tells it from others: the question of the set, the side.
    """
    parts = [kind, short_hash(info), *map(str, slices)]
    return "-".join([*parts, _words_key(*texts)] if texts else parts)


def read_id(identifier: str) -> re.Match[str] | None:
    """The groups ``kind``, ``hash``, ``start``, ``end`` of an id; ``None`` for what is no id."""
    return _ID.fullmatch(identifier)


def hash_of(identifier: str) -> str:
    """The beginning of the hash of the source that a question is made of; empty for what is no id."""
    match = read_id(identifier)
    return match["hash"] if match else ""


def short_hash(info: SourceInfo) -> str:
    """What :func:`hash_of` gives for questions of a source."""
    return info.sha256[:_HASH]


def _words_key(*texts: str) -> str:
    return hashlib.sha256("\0".join(texts).encode("utf-8", "surrogatepass")).hexdigest()[:8]

"""Whether a side that is not quoted speaks of the matter at all: only then is it silent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from rag.store import Snapshot
from rag.types import Quote

ALIKE = 0.34
"""Cosine of the means of two documents from which they are on one matter. Chosen on the invented debates of
``fit``: of documents of one debate 99 in 100 are so alike, of those of two debates 25 in 100."""
PASSAGES = 20
"""What a voice speaks of is told by so many of its first passages."""
DOCUMENTS = 8
"""A side is told by so many of its first voices."""


def speak_of(snapshot: Snapshot, side: str, quotes: Sequence[Quote]) -> bool:
    """Whether anybody of a side speaks of the matter of those quoted."""
    heard = snapshot.heard
    held = [one for quote in quotes for one in (quote, *quote.also)]
    cited = {heard.number_of(one.source.id, one.speaker) for one in held}
    own = sorted(heard.of_side(side))[:DOCUMENTS]
    told = _means(snapshot, [number for number in cited if number is not None])
    return any(float(mean @ other) >= ALIKE for mean in _means(snapshot, own) for other in told)


def on_matter(snapshot: Snapshot, numbers: Iterable[int], of: Iterable[int]) -> list[int]:
    """Those of some voices, by number, that are on the matter of others."""
    told = _means(snapshot, of)
    return [
        number
        for number in numbers
        if any(float(mean @ other) >= ALIKE for mean in _means(snapshot, [number]) for other in told)
    ]


def _means(snapshot: Snapshot, numbers: Iterable[int]) -> list[NDArray[np.float32]]:
    """Unit means of the vectors of the first passages of some voices."""
    found = []
    for number in numbers:
        vectors = list(snapshot.vectors("passage", _first_passages(snapshot, number)).values())
        if vectors:
            mean = np.mean(vectors, axis=0)
            found.append((mean / (np.linalg.norm(mean) or 1)).astype(np.float32))
    return found


def _first_passages(snapshot: Snapshot, number: int) -> list[int]:
    """Rows of the first passages in which a voice says something."""
    heard = snapshot.heard
    own = snapshot.rows_in("sentence", heard.voices[number].number)
    said = heard.said_by[own.start : own.stop] == number
    homes = snapshot.sentences["passage"][own.start : own.stop][said]
    rows: list[int] = np.unique(homes)[:PASSAGES].tolist()
    return rows

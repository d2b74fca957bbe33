"""Who quotes whom: words that one side puts between quote marks, as the other sides' sources have them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rag.debate.sides import Sides
from rag.quotes import excerpt
from rag.text import content_words, quoted_spans
from rag.types import Quote
from rag.verify import Verification, Verifier

ECHOES = 40
"""Most words between quote marks that are looked for elsewhere."""
ECHO_MAX = 200
"""Longest words between quote marks that are looked for elsewhere, in characters."""


@dataclass(frozen=True, slots=True)
class Echo:
    """Words that a source puts between quote marks, looked for in the sources of the other sides."""

    quote: Quote
    found: Verification


def echoes_of(sides: Sides, motion: str) -> list[Echo]:
    """What sources put between quote marks, as the sources of the other sides have it; the first ones.

    Where there are more than :data:`ECHOES`, those in sentences with words of the motion come before.
    """
    snapshot = sides.snapshot
    quoted = list(_quoted_words(sides))
    if len(quoted) > ECHOES:
        stems = sides.stems_of(motion)
        rows = {place: snapshot.row_at("sentence", *place[:2]) for place in quoted}
        quoted = sorted(sorted(quoted, key=lambda place: not stems & sides.stems(rows[place]))[:ECHOES])
    verifier = Verifier(sides.index)
    return [
        Echo(
            excerpt(snapshot, number, start, end),
            verifier.within(snapshot, snapshot.source(number).text[start:end], _others(sides, number, start)),
        )
        for number, start, end in quoted
    ]


def _quoted_words(sides: Sides) -> Iterator[tuple[int, int, int]]:
    """Short words between quote marks of those heard: number of the source, start, end."""
    snapshot = sides.snapshot
    for number in range(len(snapshot.infos)):
        text = snapshot.source(number).text if snapshot.infos[number].sides else ""
        for start, end in quoted_spans(text):
            short = end - start <= ECHO_MAX and _is_closed(text, end) and content_words(text[start:end])
            if short and _others(sides, number, start):
                yield number, start, end


def _others(sides: Sides, number: int, at: int) -> frozenset[int]:
    """Numbers of the voices heard of other sides than who says a place; none where that one has no side."""
    heard = sides.snapshot.heard
    said_by = int(heard.said_by[sides.snapshot.row_at("sentence", number, at)])
    side = heard.voices[said_by].side
    if side is None or not sides.hears(said_by):
        return frozenset()
    return frozenset(
        number
        for number, voice in enumerate(heard.voices)
        if voice.side not in (None, side) and sides.hears(number)
    )


def _is_closed(text: str, end: int) -> bool:
    """Whether a closing mark follows words between quote marks."""
    return text[end : end + 3].lstrip()[:1] in tuple('»”"›')

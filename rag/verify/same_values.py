"""Numbers, dates and bodies on both sides of a change: the same in another form, or others in their place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rag.text import Found, Marker, fold, public_bodies, values_in
from rag.types import EffectKind, Span

_OF_VALUES = frozenset({"number", "date", "name"})

Change = tuple[EffectKind, str, str]
"""What changes, in words of the quote, and in words of the source; either may be empty."""


def valued(text: str) -> list[Found]:
    """The numbers, dates and bodies of a text."""
    return sorted([*values_in(text), *public_bodies().named_in(text)])


@dataclass(frozen=True, slots=True)
class Values:
    """The values that a change touches, those of the quote first.

    Attributes:
        sides: the whole texts.
        touched: of each side, where they stand and what they are.
    """

    sides: Sequence[str]
    touched: tuple[list[Found], list[Found]]

    def same(self) -> list[Change]:
        """Those that are the same on both sides in another form: a change of writing only."""
        pairs = [(value, self._text(0, value), self._text(1, value)) for value in self._common()]
        return [
            ("wording" if value.startswith("=") else "spelling", one, other)
            for value, one, other in pairs
            if fold(one) != fold(other)
        ]

    def other(self) -> list[Change]:
        """Those in whose place others stand, as one change."""
        common = self._common()
        only = [[item for item in side if item[2] not in common] for side in self.touched]
        if not all(only):
            return []
        values = [value for side in only for _, _, value in side]
        if any(value.startswith("=") for value in values):
            return []
        kind: EffectKind = "date" if all("-" in value for value in values) else "number"
        texts = [" ".join(self.sides[n][start:end] for start, end, _ in side) for n, side in enumerate(only)]
        return [(kind, *texts)]  # type: ignore[list-item]

    def without(self, side: int, marks: Sequence[Marker], every: bool) -> list[Marker]:
        """Markers of a side that are no part of a value that is the same, or of ``every`` one touched."""
        common = self._common()
        told = [item for item in self.touched[side] if every or item[2] in common]
        return [
            mark
            for mark in marks
            if mark.kind not in _OF_VALUES or not any(s < mark.end and mark.start < e for s, e, _ in told)
        ]

    def _common(self) -> Counter[str]:
        return Counter(v for *_, v in self.touched[0]) & Counter(v for *_, v in self.touched[1])

    def _text(self, side: int, value: str) -> str:
        return next(self.sides[side][start:end] for start, end, found in self.touched[side] if found == value)


def touching(values: Sequence[Sequence[Found]], spans: Sequence[Span], sides: Sequence[str]) -> Values:
    """The values of both sides that a change touches."""
    found = [
        [item for item in own if item[0] < span[1] and span[0] < item[1]]
        for own, span in zip(values, spans, strict=True)
    ]
    return Values(sides, (found[0], found[1]))

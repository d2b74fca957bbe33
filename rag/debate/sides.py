"""What the debate tools share: the sentences of each side, how near they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from rag.errors import InputError
from rag.quotes import check, cut
from rag.search import Judged
from rag.store import Index, Snapshot
from rag.text import terms
from rag.types import Quote

Row = int
"""Of a sentence, in the snapshot."""


class Sides:
    """The sides that speak in one snapshot, and what each says; iterated over, it gives their names in order.

    Raises:
        InputError: fewer than two sides speak.
    """

    def __init__(self, index: Index, snapshot: Snapshot) -> None:
        self.index = index
        self.snapshot = snapshot
        self.names = snapshot.sides
        if len(self.names) < 2:
            raise InputError("sides_few")

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def side_of(self, row: Row) -> str | None:
        """The side that says a sentence."""
        return self.snapshot.info_at(row).side

    def rows(self, side: str) -> list[Row]:
        """The sentences of a side that can be quoted, in order; none that only introduces what follows."""
        heard = self.snapshot.heard
        kept = heard.rows_of("sentence", heard.of_side(side)) & (self.snapshot.sentences["quotable"] > 0)
        return [int(row) for row in np.flatnonzero(kept) if not self._announces(int(row))]

    def can_say(self, row: Row) -> bool:
        """Whether a sentence can be quoted, and does not only introduce what follows."""
        return bool(self.snapshot.sentences["quotable"][row]) and not self._announces(row)

    def sayable(self, found: Iterable[Judged]) -> list[Judged]:
        """Those of sentences that were judged that can be said, of sides or of none."""
        return [each for each in found if self.can_say(each.row)]

    def stems(self, row: Row) -> frozenset[str]:
        """The stems of a sentence."""
        language = self.snapshot.info_at(row).language
        return frozenset(terms(self.snapshot.text_of("sentence", row), language))

    def stems_of(self, text: str) -> frozenset[str]:
        """The stems of a text, in all languages of the sources."""
        languages = {info.language for info in self.snapshot.infos}
        return frozenset(stem for lang in languages for stem in terms(text, lang))

    def quote(self, row: Row, score: float) -> Quote:
        """A sentence as a quote, checked, with a score (cut to 0 to 1)."""
        source, sentence = self.snapshot.sentence(row)
        passage = self.snapshot.span("passage", int(self.snapshot.sentences["passage"][row]))
        return check(cut(source, [sentence], passage, min(max(score, 0.0), 1.0)), source)

    def vectors(self, rows: Iterable[Row]) -> dict[Row, NDArray[np.float32]]:
        """Unit vectors that tell which sentences are alike; those of the index where its encoder tells it."""
        chosen, encoder = list(dict.fromkeys(rows)), self.index.word_encoder
        if encoder is self.index.encoder:
            found = self.snapshot.vectors("sentence", chosen)
        else:
            encoded = encoder.get_text_embedding_batch([self._introduced(row) for row in chosen])
            found = {row: np.asarray(v, np.float32) for row, v in zip(chosen, encoded, strict=True)}
        return {row: vector / (np.linalg.norm(vector) or 1) for row, vector in found.items()}

    def _announces(self, row: Row) -> bool:
        """Whether a sentence only introduces what follows."""
        return self.snapshot.text_of("sentence", row).rstrip().endswith(":")

    def _introduced(self, row: Row) -> str:
        """A sentence as it is embedded, what introduces it in front."""
        source, sentence = self.snapshot.sentence(row)
        lead_in = f"{source.text[slice(*sentence.lead_in)]}\n" if sentence.lead_in else ""
        return lead_in + source.text[sentence.start : sentence.end]

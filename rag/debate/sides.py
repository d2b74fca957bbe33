"""What the debate tools share: the sentences of each side, how near they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from rag.errors import InputError
from rag.quotes import check, cut
from rag.search import EVERYBODY, NEAREST, Judged, Scope, judge_nearest
from rag.store import Index, Snapshot
from rag.text import terms
from rag.types import Language, Quote, Voice

Row = int
"""Of a sentence, in the snapshot."""


def demand_two(snapshot: Snapshot) -> None:
    """Refuse a debate in which fewer than two sides speak.

    Raises:
        InputError: it is one.
    """
    if len(snapshot.sides) < 2:
        raise InputError("sides_few")


class Sides:
    """The sides that speak in one snapshot, and what each says; iterated over, it gives their names in order.

    Args:
        index: for its encoders and settings.
        snapshot: the state of the index looked at.
        scope: the only ones to hear.
        least: how many sides must be among them.

    Attributes:
        voices: numbers of those heard; ``None`` for all.

    Raises:
        InputError: fewer than ``least`` of those heard speak, or fewer than two sides where it is not 0.
        UnknownSource: there is no such source.
    """

    def __init__(self, index: Index, snapshot: Snapshot, scope: Scope = EVERYBODY, least: int = 2) -> None:
        self.index = index
        self.snapshot = snapshot
        self.scope = scope
        if least:
            demand_two(snapshot)
        self.voices = scope.heard(snapshot)
        heard = {voice.side for voice in self._heard()}
        self.names = [side for side in snapshot.sides if side in heard]
        if len(self.names) < least:
            raise InputError("scope_one_side", count=len(self.names), sides=", ".join(self.names))

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def _heard(self) -> Iterator[Voice]:
        voices = enumerate(self.snapshot.heard.voices)
        return (voice for number, voice in voices if self.hears(number))

    def hears(self, voice: int) -> bool:
        """Whether a voice, by its number, is among those heard."""
        return self.voices is None or voice in self.voices

    def near(self, claim: str, count: int = NEAREST, side: str | None = None) -> list[Judged]:
        """What those heard say that is nearest to a claim and can be said, judged; of sides or of none.

        See :func:`rag.search.judge_nearest`.
        """
        found = judge_nearest(self.index, self.snapshot, claim, count, side=side, voices=self.voices)
        said_by = self.snapshot.heard.said_by
        return [each for each in found if self.can_say(each.row) and self.hears(int(said_by[each.row]))]

    def side_of(self, row: Row) -> str | None:
        """The side that says a sentence."""
        return self.snapshot.info_at(row).side

    def language(self, row: Row) -> Language:
        """The language of a sentence; any but English is analysed as French."""
        return "en" if self.snapshot.info_at(row).language == "en" else "fr"

    def rows(self, side: str) -> list[Row]:
        """The sentences of a side that can be quoted, in order; none that only introduces what follows."""
        heard = self.snapshot.heard
        own = (number for number in heard.of_side(side) if self.hears(number))
        kept = heard.rows_of("sentence", own) & (self.snapshot.sentences["quotable"] > 0)
        return [int(row) for row in np.flatnonzero(kept) if not self._announces(int(row))]

    def can_say(self, row: Row) -> bool:
        """Whether a sentence can be quoted, and does not only introduce what follows."""
        return bool(self.snapshot.sentences["quotable"][row]) and not self._announces(row)

    def stems(self, row: Row) -> frozenset[str]:
        """The stems of a sentence."""
        language = self.snapshot.info_at(row).language
        return frozenset(terms(self.snapshot.text_of("sentence", row), language))

    def stems_of(self, text: str) -> frozenset[str]:
        """The stems of a text, in all languages of the sources."""
        languages = {info.language for info in self.snapshot.infos}
        return frozenset(stem for lang in languages for stem in terms(text, lang))

    def shares(self, claim: str, rows: Sequence[Row]) -> dict[Row, float]:
        """The share of a claim's words that each sentence has, those counting most that few have."""
        own, asked = {row: self.stems(row) for row in rows}, self.stems_of(claim)
        among = Counter(stem for stems in own.values() for stem in stems & asked)
        total = sum(1 / count for count in among.values()) or 1
        return {row: sum(1 / among[stem] for stem in stems & asked) / total for row, stems in own.items()}

    @property
    def unsided(self) -> tuple[str, ...]:
        """The titles of the sources heard in which no side speaks."""
        heard: dict[str, list[Voice]] = {}
        for voice in self._heard():
            heard.setdefault(voice.id, []).append(voice)
        infos = {info.id: info for info in self.snapshot.infos}
        return tuple(infos[key].title for key, own in heard.items() if not any(each.side for each in own))

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

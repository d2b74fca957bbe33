"""The check of one claimed quote, in the order of the verdicts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rag.search import sources_named, speakers_named
from rag.store import Index, Snapshot
from rag.text import fold, own_words
from rag.types import Quote, SourceInfo
from rag.verify.apparatus import only_form_differs
from rag.verify.changed import Changed
from rag.verify.claimed import Claimed
from rag.verify.context import guard
from rag.verify.exact import Exact
from rag.verify.said import Substance
from rag.verify.source_words import SourceWords, Stretches
from rag.verify.speaker import find_speaker
from rag.verify.types import Attribution, Effect, Verification


def sources_meant(named: str, infos: Sequence[SourceInfo]) -> frozenset[int]:
    """Numbers of the sources, or voices, that a name means; none for a person whom no source is named after.

    « Le général Petit » is not « Rapport général ». Who speaks in a source is a person, whatever the titles.
    """
    if not named or speakers_named(named, infos):
        return frozenset()
    found, own = sources_named(named, infos), own_words(named)
    titles = (f"{infos[n].id} {infos[n].title} {infos[n].side or ''}" for n in found)
    return found if not own or any(word in fold(title) for title in titles for word in own) else frozenset()


class Check:
    """The check of one claimed quote: exact, or what else the sources have or say of it; and whose it is.

    Args:
        index, snapshot: what is looked in.
        quote: the words claimed.
        named: whose they are said to be; empty for nobody's.
        voices: numbers of the only voices to look at; ``None`` for all.
    """

    def __init__(
        self,
        index: Index,
        snapshot: Snapshot,
        quote: str,
        named: str,
        voices: frozenset[int] | None = None,
    ) -> None:
        claimed, words = Claimed.read(quote, snapshot.concordance), SourceWords(snapshot)
        self.index = index
        self.snapshot = snapshot
        self.exact = Exact(claimed, words, voices)
        self.changed = Changed(index, claimed, words)
        self.named = named
        self.meant = self._among(sources_meant(named, snapshot.heard.voices), voices)
        speaking = speakers_named(named, snapshot.heard.voices) if named else frozenset[int]()
        self.speaking = self._among(speaking, voices)
        self.voices = voices

    @staticmethod
    def _among(found: frozenset[int], voices: frozenset[int] | None) -> frozenset[int]:
        return found if voices is None else found & voices

    def run(self, meaning: bool = False) -> Verification:
        """What is found; with what the sources say in substance, if that is asked for."""
        found = replace(self._found(), in_part=self.voices is not None)
        if self.named:
            found = replace(found, attribution=self._attribution(found.pieces))
        if meaning:
            found = replace(
                found,
                meaning=Substance(self.index, self.snapshot).meaning(
                    found, self.meant or self.speaking or self.voices or ()
                ),
            )
        return found

    def _found(self) -> Verification:
        exact = self.exact.places
        own = [place for place in exact if self.exact.voice(place) in self.meant]
        if exact and self.meant and not own:
            return self.exact.verification(exact, "misattributed")
        if exact:
            return self.exact.verification(own or self._theirs_first(exact), "exact")
        found = self.changed.verification(self.meant or self.voices)
        in_a_row = len(found.pieces) == 1 and not self.exact.quote.cuts
        if found.verdict == "altered" and in_a_row and only_form_differs(found.diff):
            around = self._around(found.pieces)
            return replace(found, verdict="exact", similarity=1.0, near=(), warnings=around)
        return found

    def _around(self, pieces: Sequence[Quote]) -> tuple[Effect, ...]:
        """What the sentence around some pieces in a row has that limits or denies them."""
        number = self.snapshot.number_of(pieces[0].source.id)
        assert number is not None, "a piece has its source"
        return tuple(guard(self.snapshot, number, pieces[0].start, pieces[-1].end))

    def _theirs_first(self, places: Sequence[Stretches]) -> Sequence[Stretches]:
        """Places of an exact quote, those first that the speaker says who is named."""
        return sorted(places, key=lambda place: self.exact.voice(place) not in self.speaking)

    def _attribution(self, pieces: tuple[Quote, ...]) -> Attribution:
        heard, meant = self.snapshot.heard, self.meant or self.speaking
        ids = tuple(sorted({heard.voices[number].id for number in meant}))
        said_by = (heard.number_of(piece.source.id, piece.speaker) for piece in pieces)
        holds = any(number in meant for number in said_by) if ids and pieces else None
        speaker = None if self.meant or not pieces else find_speaker(self.snapshot, self.named, pieces)
        return Attribution(self.named, ids, holds, speaker)

    def stands_alone(self) -> bool:
        """Whether the words are found, and nobody is told to say them but perhaps the one that is named."""
        found = self.run()
        speaker = found.attribution.speaker if found.attribution else None
        return bool(found.pieces) and (
            speaker is None or speaker.verdict == "confirmed" or not speaker.quotes
        )

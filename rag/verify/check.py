"""The check of one claimed quote, in the order of the verdicts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rag.search import sources_named
from rag.store import Index, Snapshot
from rag.text import fold, own_words
from rag.types import Quote, SourceInfo
from rag.verify.changed import Changed
from rag.verify.claimed import Claimed
from rag.verify.exact import Exact
from rag.verify.said import Substance
from rag.verify.source_words import SourceWords
from rag.verify.speaker import find_speaker
from rag.verify.types import Attribution, Verification


def sources_meant(named: str, infos: Sequence[SourceInfo]) -> frozenset[int]:
    """Numbers of the sources that a name means; none for a person whom no source is named after.

    « Le général Petit » is not « Rapport général ».
    """
    found, own = sources_named(named, infos) if named else frozenset(), own_words(named)
    titles = (f"{infos[n].id} {infos[n].title} {infos[n].side or ''}" for n in found)
    return found if not own or any(word in fold(title) for title in titles for word in own) else frozenset()


class Check:
    """The check of one claimed quote: exact, or what else the sources have or say of it; and whose it is."""

    def __init__(
        self,
        index: Index,
        snapshot: Snapshot,
        quote: str,
        named: str,
        sources: frozenset[int] | None = None,
    ) -> None:
        claimed, words = Claimed.read(quote, snapshot.concordance), SourceWords(snapshot)
        self.index = index
        self.snapshot = snapshot
        self.exact = Exact(claimed, words, sources)
        self.changed = Changed(index, claimed, words)
        self.named = named
        self.meant = sources_meant(named, snapshot.infos)
        self.sources = sources

    def run(self, meaning: bool = False) -> Verification:
        """What is found; with what the sources say in substance, if that is asked for."""
        found = self._found()
        if self.named:
            found = replace(found, attribution=self._attribution(found.pieces))
        if meaning:
            found = replace(found, meaning=Substance(self.index, self.snapshot).meaning(found, self.meant))
        return found

    def _found(self) -> Verification:
        exact = self.exact.places
        own = [place for place in exact if self.exact.source(place) in self.meant]
        if exact and self.meant and not own:
            return self.exact.verification(exact, "misattributed")
        if exact:
            return self.exact.verification(own or exact, "exact")
        return self.changed.verification(self.meant or self.sources)

    def _attribution(self, pieces: tuple[Quote, ...]) -> Attribution:
        ids = tuple(sorted(self.snapshot.infos[number].id for number in self.meant))
        holds = any(piece.source.id in ids for piece in pieces) if ids and pieces else None
        speaker = None if ids or not pieces else find_speaker(self.snapshot, self.named, pieces)
        return Attribution(self.named, ids, holds, speaker)

    def stands_alone(self) -> bool:
        """Whether the words are found, and nobody is told to say them but perhaps the one that is named."""
        found = self.run()
        speaker = found.attribution.speaker if found.attribution else None
        return bool(found.pieces) and (
            speaker is None or speaker.verdict == "confirmed" or not speaker.quotes
        )

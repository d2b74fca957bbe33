"""Is a claimed quote in the sources? Where, and what differs?

==================  =====================================================================================
verdict             the words claimed
==================  =====================================================================================
``exact``           stand there, but for typography (rag/text/typography.py), the case of the first letter and
                    the punctuation at the end; where an ellipsis (``[…]``) stands, the pieces come in order
                    from one passage, and no negation is hidden in what is left out
``altered``         nearly stand there; a diff shows what was changed
``stitched``        stand in distant passages that are joined without a sign, or out of order
``misattributed``   stand there exactly, but not in the source that they are said to be from
``absent``          stand nowhere; the nearest passages are given apart
==================  =====================================================================================

An exact quote is told from the words alone, by looking them up. What is not exact is looked for by pairs of
neighbouring words that it shares with the sources, then aligned word by word (rag/verify/align.py). What the
sources say of it in substance is another matter, and told apart (rag/verify/said.py).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from rag.errors import InputError
from rag.search import sources_named
from rag.store import Index, Snapshot
from rag.text import Claim, attributed_quote, claims, read_words
from rag.types import Quote
from rag.verify.changed import Changed
from rag.verify.claimed import Claimed
from rag.verify.exact import Exact
from rag.verify.said import Substance
from rag.verify.source_words import SourceWords
from rag.verify.types import Attribution, Verification

QUOTE_MAX = 20_000
"""Longest claimed quote, in characters; a longer text is a speech."""
SPEECH_MAX = 1_000_000
"""Longest speech, in characters."""
MEANINGS = 40
"""Of a speech the first so many claims that are not exact are looked for in substance: each takes a while."""


class Verifier:
    """Checks claimed quotes against one index. Safe to share between threads.

    Words are compared without regard to typography; what is not exact is aligned word by word, at the least
    cost of the changes, numbers counting more than stop words (rag/verify/align.py).

    Args:
        index: whose sources are looked in.
    """

    def __init__(self, index: Index) -> None:
        self.index = index

    def verify(self, quote: str, attributed: str | None = None, meaning: bool = False) -> Verification:
        """Check one claimed quote.

        A text such as « Selon la Déclaration, “…” » is read as the quote inside and whose words it is, but
        where a source has most of what stands around the quote as well: then all of it is claimed.

        Args:
            quote: the words claimed.
            attributed: whose words they are said to be: a source (id, title or part of it) or a side.
            meaning: tell what the sources say in substance as well, where the words are not theirs; that
                takes about half a second.

        Raises:
            InputError: the quote is empty or too long, or no source has the name.
            StoreError: there is no index.
        """
        _demand_words(quote, QUOTE_MAX, "quote")
        return self.index.read(lambda snapshot: self._verify(snapshot, quote, attributed, meaning))

    def within(self, snapshot: Snapshot, quote: str, sources: Collection[int]) -> Verification:
        """Check words against some sources alone, by their numbers in an open snapshot."""
        return _Check(self.index, snapshot, quote, "", frozenset(sources)).run()

    def speech(
        self, text: str, attributed: str | None = None, sentences: bool = False, meaning: bool = False
    ) -> list[tuple[Claim, Verification]]:
        """Check all that a speech quotes, in order.

        Args:
            text: the speech.
            attributed: whose words the quotes are said to be, where the speech does not say.
            sentences: check the sentences that it does not put between quote marks as well.
            meaning: as for :meth:`verify`, of the first :data:`MEANINGS` of them.

        Raises:
            InputError, StoreError: as :meth:`verify` does.
        """
        _demand_words(text, SPEECH_MAX, "speech")
        return self.index.read(lambda snapshot: self._speech(snapshot, text, attributed, sentences, meaning))

    def _speech(
        self, snapshot: Snapshot, text: str, attributed: str | None, sentences: bool, meaning: bool
    ) -> list[tuple[Claim, Verification]]:
        if attributed:
            _demand_name(snapshot, attributed)
        found: list[tuple[Claim, Verification]] = []
        told = 0
        for claim in claims(text, sentences):
            known = sources_named(claim.named, snapshot.infos) if claim.named else frozenset()
            said = claim.named if known or not claim.quoted else attributed or claim.named
            check = _Check(self.index, snapshot, text[claim.start : claim.end], said or "")
            result = check.run(meaning and told < MEANINGS)
            told += result.verdict not in ("exact", "misattributed")
            found.append((claim, result))
        return found

    def _verify(self, snapshot: Snapshot, quote: str, attributed: str | None, meaning: bool) -> Verification:
        if attributed:
            _demand_name(snapshot, attributed)
            return _Check(self.index, snapshot, quote, attributed).run(meaning)
        whole = _Check(self.index, snapshot, quote, "")
        told = None if whole.exact.places else attributed_quote(quote)
        if told is None or whole.changed.surrounds(told[0]):
            return whole.run(meaning)
        return _Check(self.index, snapshot, quote[slice(*told[0])], told[1]).run(meaning)


def _demand_words(text: str, most: int, name: str) -> None:
    if len(text) > most:
        key = "quote_long" if name == "quote" else "text_long"
        raise InputError(key, name=name, count=len(text), most=most)
    if not read_words(text):
        raise InputError("text_empty", name=name)


def _demand_name(snapshot: Snapshot, name: str) -> None:
    if not sources_named(name, snapshot.infos):
        known = [info.id for info in snapshot.infos] + sorted({i.side for i in snapshot.infos if i.side})
        more = len(known) - 12
        key = "name_unknown_of_many" if more > 0 else "name_unknown"
        raise InputError(key, name=name, known=", ".join(known[:12]), more=more)


class _Check:
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
        self.meant = sources_named(named, snapshot.infos) if named else frozenset()
        self.sources = sources

    def run(self, meaning: bool = False) -> Verification:
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
        found = self.changed.verification(self.meant or self.sources)
        if self.meant and found.verdict == "absent":
            found = self.changed.verification(self.sources)
        return found

    def _attribution(self, pieces: tuple[Quote, ...]) -> Attribution:
        ids = tuple(sorted(self.snapshot.infos[number].id for number in self.meant))
        holds = any(piece.source.id in ids for piece in pieces) if ids and pieces else None
        return Attribution(self.named, ids, holds)

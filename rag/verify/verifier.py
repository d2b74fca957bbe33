"""Is a claimed quote in the sources? Where, and what differs?

==================  =====================================================================================
verdict             the words claimed
==================  =====================================================================================
``exact``           stand there, but for typography (rag/text/typography.py), the case of the first letter and
                    the punctuation at the end, and what is said to differ in form (rag/verify/apparatus.py);
                    where an ellipsis (``[…]``) stands, the pieces come in order
                    from one passage, and no negation is hidden in what is left out
``altered``         nearly stand there; a diff shows what was changed
``stitched``        stand in distant passages that are joined without a sign, or out of order
``misattributed``   stand there exactly, but not in the source that they are said to be from
``absent``          stand nowhere; the nearest passages are given apart
==================  =====================================================================================

An exact quote is told from the words alone, by looking them up, wherever they stand. What is not exact is
looked for by pairs of neighbouring words that it shares with the sources, of those alone whose words it is
said to be, then aligned word by word (rag/verify/align.py). What the sources say of it in substance, and who
says it in them, is another matter, and told apart (rag/verify/said.py, rag/verify/speaker.py).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from rag.errors import InputError
from rag.search import EVERYBODY, Scope, sources_named, speakers_named
from rag.store import Index, Snapshot
from rag.text import Claim, claims, handed_on, introduced, quoted_spans, read_words
from rag.types import Span
from rag.verify.check import Check, sources_meant
from rag.verify.types import Verification

Voices = frozenset[int] | None
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

    def verify(
        self,
        quote: str,
        attributed: str | None = None,
        meaning: bool = False,
        scope: Scope = EVERYBODY,
    ) -> Verification:
        """Check one claimed quote.

        Words that only introduce are none of the quote: a text such as « Selon la Déclaration, “…” » is read
        as the quote inside and whose words it is. What says more (« la mairie promet “deux ans” »), or
        introduces without quote marks, is claimed as well where a source has most of it.

        Args:
            quote: the words claimed.
            attributed: whose words they are said to be: a source (id, title or part of it), a side,
                or one who speaks in a source.
            meaning: tell what the sources say in substance as well, where the words are not theirs; that
                takes about half a second.
            scope: the only ones whose words are looked at.

        Raises:
            InputError: the quote is empty or too long, no source has the name, or none of those looked at.
            UnknownSource: there is no such source.
            StoreError: there is no index.
        """
        _demand_words(quote, QUOTE_MAX, "quote")

        def verified(snapshot: Snapshot) -> Verification:
            among = _looked_at(snapshot, attributed, scope)
            return self._check(snapshot, quote, attributed, among)[0].run(meaning)

        return self.index.read(verified)

    def within(self, snapshot: Snapshot, quote: str, voices: Collection[int]) -> Verification:
        """Check words against those of some voices alone, by their numbers in an open snapshot."""
        return Check(self.index, snapshot, quote, "", frozenset(voices)).run()

    def speech(
        self,
        text: str,
        attributed: str | None = None,
        sentences: bool = False,
        meaning: bool = False,
        scope: Scope = EVERYBODY,
    ) -> list[tuple[Claim, Verification]]:
        """Check all that a speech quotes, in order.

        Args:
            text: the speech.
            attributed: whose words the quotes are said to be, where the speech does not say.
            sentences: check the sentences that it does not put between quote marks as well.
            meaning: as for :meth:`verify`, of the first :data:`MEANINGS` of them.
            scope: as for :meth:`verify`.

        Raises:
            InputError, UnknownSource, StoreError: as :meth:`verify` does.
        """
        _demand_words(text, SPEECH_MAX, "speech")
        options = (text, attributed, sentences, meaning)
        return self.index.read(
            lambda snapshot: self._speech(snapshot, *options, _looked_at(snapshot, attributed, scope))
        )

    def _speech(
        self,
        snapshot: Snapshot,
        text: str,
        attributed: str | None,
        sentences: bool,
        meaning: bool,
        among: Voices,
    ) -> list[tuple[Claim, Verification]]:
        found: list[tuple[Claim, Verification]] = []
        told = 0
        for claim in claims(text, sentences):
            passage = text[claim.start : claim.end]
            if claim.quoted:
                named = _said(snapshot, claim.named, attributed)
                check = Check(self.index, snapshot, passage, named, among)
            else:
                check, (start, end) = self._check(snapshot, passage, None, among)
                claim = replace(claim, start=claim.start + start, end=claim.start + end, named=check.named)
            result = check.run(meaning and told < MEANINGS)
            told += result.verdict not in ("exact", "misattributed")
            found.append((claim, result))
        return found

    def _check(
        self, snapshot: Snapshot, text: str, attributed: str | None, among: Voices
    ) -> tuple[Check, Span]:
        """The check of a text without the words that only introduce it, and the slice that is checked."""
        whole, every = Check(self.index, snapshot, text, attributed or "", among), (0, len(text))
        if whole.exact.places:
            return whole, every
        marked = quoted_spans(text)
        told = handed_on(text, marked[0]) if len(marked) == 1 else None
        for one in introduced(text) if told is None else (told,):
            if not one.sure and whole.changed.surrounds(one.span, among):
                continue
            named = _said(snapshot, one.named, attributed)
            check = Check(self.index, snapshot, text[slice(*one.span)], named, among)
            if one is told or check.stands_alone():
                return check, one.span
        return whole, every


def _looked_at(snapshot: Snapshot, attributed: str | None, scope: Scope) -> Voices:
    """Numbers of the voices whose words are looked at; ``None`` for all.

    Raises:
        InputError: nobody has the name that the words are attributed to, or none of those looked at.
    """
    among = scope.heard(snapshot)
    if attributed:
        _demand_name(snapshot, attributed)
        voices = snapshot.heard.voices
        if among is not None and not among & (
            sources_named(attributed, voices) | speakers_named(attributed, voices)
        ):
            raise InputError("scope_without", name=attributed)
    return among


def _said(snapshot: Snapshot, named: str, attributed: str | None) -> str:
    """Whose words they are said to be: a source or speaker that the text names comes before one given."""
    voices = snapshot.heard.voices
    is_known = bool(named) and (sources_meant(named, voices) or speakers_named(named, voices))
    return named if is_known else attributed or named


def _demand_words(text: str, most: int, name: str) -> None:
    if len(text) > most:
        key = "quote_long" if name == "quote" else "text_long"
        raise InputError(key, name=name, count=len(text), most=most)
    if not read_words(text):
        raise InputError("text_empty", name=name)


def _demand_name(snapshot: Snapshot, name: str) -> None:
    voices = snapshot.heard.voices
    if not sources_named(name, voices) and not speakers_named(name, voices):
        known = [info.id for info in snapshot.infos] + snapshot.sides
        known += sorted({voice.speaker for voice in voices if voice.speaker})
        more = len(known) - 12
        key = "name_unknown_of_many" if more > 0 else "name_unknown"
        raise InputError(key, name=name, known=", ".join(known[:12]), more=more)

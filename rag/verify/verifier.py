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
neighbouring words that it shares with the sources, then aligned word by word (rag/verify/align.py).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise, takewhile
from typing import Any

import numpy as np

from rag.errors import InputError
from rag.quotes import excerpt
from rag.search import find_hits, make_query, passage_quote, sources_named
from rag.store import Concordance, Index, Positions, Snapshot
from rag.text import Claim, Word, attributed_quote, claims, either_case, read_words
from rag.types import Quote, Span
from rag.verify.align import Alignment, Finder, Run, Step, weights
from rag.verify.context import guard, left_out
from rag.verify.diff import merged
from rag.verify.effects import denies, effects_of
from rag.verify.types import Attribution, Difference, Effect, Verification

QUOTE_MAX = 20_000
"""Longest claimed quote, in characters; a longer text is a speech."""
SPEECH_MAX = 1_000_000
"""Longest speech, in characters."""
PLACES = 50
"""In how many places an exact quote is shown."""
ALTERED_LEAST = 0.55
"""Share of the weight of its words that a claimed quote has from one place, to be called altered."""
PIECE_WORDS, PIECE_WEIGHT = 3, 2.0
"""Words, and their weight (rag/verify/align.py), of the least piece of a stitched quote."""
JOINT = 1.5
"""What a joint of distant pieces counts, in changed words, against an alteration."""
STITCHED_LEAST = 0.75
"""Share of the words of a stitched quote that its pieces have."""
DISTANT = 5
"""Pieces of two passages are distant when more words than this stand between them."""
REACH = 1000
"""Pieces of one passage are at most so many words apart."""
NEAREST = 2

_ELLIPSIS = re.compile(r"[\[(]…[\])]|…")
_SIC = re.compile(r"\s*[\[(]sic\.?[\])]", re.IGNORECASE)
_BRACKETED_LETTER = re.compile(r"\[(\w)\](?=\w)")


class Verifier:
    """Checks claimed quotes against one index. Safe to share between threads."""

    def __init__(self, index: Index) -> None:
        self.index = index

    def verify(self, quote: str, attributed: str | None = None) -> Verification:
        """Check one claimed quote.

        A text such as « Selon la Déclaration, “…” » is read as the quote inside and whose words it is.

        Args:
            quote: the words claimed.
            attributed: whose words they are said to be: a source (id, title or part of it) or a side.

        Raises:
            InputError: the quote is empty or too long, or no source has the name.
            StoreError: there is no index.
        """
        _demand_words(quote, QUOTE_MAX, "quote")
        return self.index.read(lambda snapshot: self._verify(snapshot, quote, attributed))

    def within(self, snapshot: Snapshot, quote: str, sources: Collection[int]) -> Verification:
        """Check words against some sources alone, by their numbers in an open snapshot."""
        return _Check(self.index, snapshot, quote, "", frozenset(sources)).run()

    def speech(
        self, text: str, attributed: str | None = None, sentences: bool = False
    ) -> list[tuple[Claim, Verification]]:
        """Check all that a speech quotes, in order.

        Args:
            text: the speech.
            attributed: whose words the quotes are said to be, where the speech does not say.
            sentences: check the sentences that it does not put between quote marks as well.

        Raises:
            InputError, StoreError: as :meth:`verify` does.
        """
        _demand_words(text, SPEECH_MAX, "speech")
        return self.index.read(lambda snapshot: self._speech(snapshot, text, attributed, sentences))

    def _speech(
        self, snapshot: Snapshot, text: str, attributed: str | None, sentences: bool
    ) -> list[tuple[Claim, Verification]]:
        if attributed:
            _demand_name(snapshot, attributed)
        found: list[tuple[Claim, Verification]] = []
        for claim in claims(text, sentences):
            known = sources_named(claim.named, snapshot.infos) if claim.named else frozenset()
            said = claim.named if known or not claim.quoted else attributed or claim.named
            check = _Check(self.index, snapshot, text[claim.start : claim.end], said or "")
            found.append((claim, check.run()))
        return found

    def _verify(self, snapshot: Snapshot, quote: str, attributed: str | None) -> Verification:
        if attributed:
            _demand_name(snapshot, attributed)
            return _Check(self.index, snapshot, quote, attributed).run()
        whole = _Check(self.index, snapshot, quote, "")
        told = None if whole.exact_places else attributed_quote(quote)
        if told is not None:
            return _Check(self.index, snapshot, quote[slice(*told[0])], told[1]).run()
        return whole.run()


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


@dataclass(frozen=True, slots=True)
class _Place:
    """Words of the sources that stand for a quote: in one stretch, or in some."""

    stretches: tuple[Span, ...]
    """First and last word of each."""


class _Check:
    """The check of one claimed quote."""

    def __init__(
        self,
        index: Index,
        snapshot: Snapshot,
        quote: str,
        named: str,
        sources: frozenset[int] | None = None,
    ) -> None:
        self.index = index
        self.snapshot = snapshot
        self.concordance: Concordance = snapshot.concordance
        self.claimed = quote
        self.quote = _BRACKETED_LETTER.sub(r"\1", _SIC.sub("", quote))
        self.words = self.concordance.read(self.quote)
        self.cuts = [n for n, word in enumerate(self.words) if n and _ELLIPSIS.search(word.marks)]
        self.named = named
        self.meant = sources_named(named, snapshot.infos) if named else frozenset()
        self.sources = sources

    def run(self) -> Verification:
        exact = self.exact_places
        own = [place for place in exact if self._source(place) in self.meant]
        if exact and self.meant and not own:
            return self._exact(exact, "misattributed")
        if exact:
            return self._exact(own or exact, "exact")
        found = self._changed(self.meant or self.sources)
        if self.meant and found.verdict == "absent":
            found = self._changed(self.sources)
        return replace(found, attribution=self._attribution(found.pieces)) if self.named else found

    # --- exact ---

    @cached_property
    def exact_places(self) -> list[_Place]:
        """Where the quote stands exactly."""
        whole = [_Place(((int(n), int(n) + len(self.words) - 1),)) for n in self.concordance.find(self.words)]
        asked = self.sources
        return [
            place
            for place in whole or self._elliptic_places()
            if asked is None or self._source(place) in asked
        ]

    def _pieces(self) -> list[list[Word]]:
        """The words between the ellipses of the quote."""
        borders = [0, *self.cuts, len(self.words)]
        return [list(self.words[a:b]) for a, b in pairwise(borders)]

    def _elliptic_places(self) -> list[_Place]:
        """Where the pieces of a quote with ellipses stand in order, in one passage, and hide nothing."""
        if not self.cuts:
            return []
        chains = self._chains([(self.concordance.find(piece), len(piece)) for piece in self._pieces()])
        return [
            _Place(tuple(chain))
            for chain in chains
            if self._same_passage(chain[0][0], chain[-1][1]) and not self._hides(chain)
        ]

    def _chains(self, pieces: Sequence[tuple[Positions, int]]) -> list[list[Span]]:
        """Each place of the first piece with the next place of each that follows, none too far away.

        Args:
            pieces: the first word of each place of a piece, in order, and how many words it has.
        """
        first, length = pieces[0]
        columns = [first]
        last = first + length - 1
        for places, length in pieces[1:]:
            following = np.searchsorted(places, last, side="right")
            kept = following < len(places)
            columns = [column[kept] for column in columns] + [places[following[kept]]]
            kept = columns[-1] - columns[0] < REACH
            columns = [column[kept] for column in columns]
            last = columns[-1] + length - 1
        rows = zip(*columns, strict=True)
        lengths = [length for _, length in pieces]
        return [[(int(n), int(n) + size - 1) for n, size in zip(row, lengths, strict=True)] for row in rows]

    def _hides(self, chain: Sequence[Span]) -> bool:
        """Whether an ellipsis leaves out a negation of the very clause that it stands in."""
        return any(denies(self._between(one[1], other[0])) for one, other in pairwise(chain))

    def _exact(self, places: Sequence[_Place], verdict: Any) -> Verification:
        pieces = [
            piece
            for n, place in enumerate(places[:PLACES], 1)
            for piece in self._quotes(place, n, whole=True)
        ]
        steps = tuple(
            (ours, theirs)
            for ours, theirs in enumerate(
                n for first, last in places[0].stretches for n in range(first, last + 1)
            )
        )
        return Verification(
            quote=self.claimed,
            verdict=verdict,
            similarity=1.0,
            pieces=tuple(pieces),
            places=len(places),
            diff=tuple(self._diff(self._with_omissions(steps))),
            warnings=tuple(self._warnings(places[0])),
            attribution=self._attribution(pieces) if self.named else None,
        )

    def _attribution(self, pieces: Sequence[Quote]) -> Attribution:
        ids = tuple(sorted(self.snapshot.infos[number].id for number in self.meant))
        holds = any(piece.source.id in ids for piece in pieces) if ids and pieces else None
        return Attribution(self.named, ids, holds)

    # --- changed ---

    def _changed(self, sources: Collection[int] | None) -> Verification:
        """The best account of words that are not exact: altered, stitched or absent."""
        finder = Finder(self.concordance, self.words, sources)
        best = finder.alignment(self.cuts)
        stitched = self._stitched(finder) if best is None or best.cost > JOINT else None
        if stitched is not None and (best is None or stitched[1] < best.cost):
            steps, verdict = stitched[0], "stitched" if self._is_distant(stitched[0]) else "altered"
        elif best is not None and self._share(best) >= ALTERED_LEAST:
            steps, verdict = self._whole_words(best.steps), "altered"
            if self._is_distant(kept := [step for step in best.steps if step[0] >= 0]):
                steps, verdict = tuple(kept), "stitched"
        else:
            return self._absent(best)
        diff = tuple(self._diff(self._with_omissions(steps)))
        return Verification(
            quote=self.claimed,
            verdict=verdict,  # type: ignore[arg-type]
            similarity=self._similarity(steps),
            pieces=tuple(self._quotes(_Place(tuple(_stretches(steps))), 1)),
            places=1,
            diff=diff,
            effects=tuple(effects_of(diff, verdict == "altered" and self._is_reordered(steps))),
        )

    def _same(self, ours: int, theirs: int) -> bool:
        """Whether a word of the quote is the very word of the source that stands for it."""
        form = self.concordance.forms[self.concordance.form[theirs]]
        opens = ours == 0 or ours in self.cuts
        return form in either_case(self.words[ours].form) if opens else form == self.words[ours].form

    def _share(self, alignment: Alignment) -> float:
        """Weight of the words of the quote that one place has, as a share of all.

        One word in common tells nothing, unless it is a number.
        """
        weight = weights(self.words)
        folds = self.concordance.fold_numbers(self.words)
        same = [
            ours
            for ours, theirs in alignment.steps
            if ours >= 0 and theirs >= 0 and folds[ours] == self.concordance.folds[theirs]
        ]
        found = float(weight[same].sum())
        return found / float(weight.sum()) if len(same) > 1 or found > 1 or len(self.words) == 1 else 0.0

    def _similarity(self, steps: Sequence[Step]) -> float:
        """Twice the words that are the same, as a share of those of both sides."""
        same = sum(ours >= 0 and theirs >= 0 and self._same(ours, theirs) for ours, theirs in steps)
        ours, theirs = sum(o >= 0 for o, _ in steps), sum(t >= 0 for _, t in steps)
        return min(2 * same / (ours + theirs), 0.999)

    def _whole_words(self, steps: Sequence[Step]) -> tuple[Step, ...]:
        """With what a hyphen ties to the first and the last word: « Unis » stands for « États-Unis »."""
        first = next(t for _, t in steps if t >= 0)
        last = next(t for _, t in reversed(steps) if t >= 0)
        before, after = self.concordance.tied_before(first), self.concordance.tied_after(last)
        return (*((-1, n) for n in before), *steps, *((-1, n) for n in after))

    def _stitched(self, finder: Finder) -> tuple[tuple[Step, ...], float] | None:
        """The quote as pieces from several places, with what that account costs in words."""
        pieces = _cover(finder.runs(PIECE_WORDS), finder.weights)
        if len(pieces) < 2 or sum(p.end - p.begin for p in pieces) < STITCHED_LEAST * len(self.words):
            return None
        steps: list[Step] = []
        for piece in pieces:
            steps += [(n, -1) for n in range(steps[-1][0] + 1 if steps else 0, piece.begin)]
            steps += [(n, piece.place + n - piece.begin) for n in range(piece.begin, piece.end)]
        steps += [(n, -1) for n in range(steps[-1][0] + 1, len(self.words))]
        if not (self._is_distant(steps) or self._is_reordered(steps)):
            return None  # words left out in one passage: an alignment says it better
        missing = sum(float(finder.weights[ours]) for ours, theirs in steps if theirs < 0)
        return tuple(steps), missing + JOINT * (len(pieces) - 1)

    def _is_distant(self, steps: Sequence[Step]) -> bool:
        stretches = list(_stretches(steps))
        return any(
            not self._same_passage(one[1], other[0]) and not 0 < other[0] - one[1] <= DISTANT
            for one, other in pairwise(stretches)
        )

    def _is_reordered(self, steps: Sequence[Step]) -> bool:
        places = [theirs for _, theirs in steps if theirs >= 0]
        return any(other < one for one, other in pairwise(places))

    # --- absent ---

    def _absent(self, best: Alignment | None) -> Verification:
        """No such words: the passage that shares most of them, else those nearest in meaning."""
        similarity = self._similarity(best.steps) if best is not None else 0.0
        if best is not None and self._share(best) >= ALTERED_LEAST / 2:
            near = [passage_quote(self.snapshot, self._passage(best.first), similarity)]
        else:
            hits = find_hits(self.snapshot, make_query(self.snapshot, self.index, self.quote))
            rows = zip(hits.passages[:NEAREST], hits.passage_scores[:NEAREST], strict=True)
            near = [passage_quote(self.snapshot, int(row), float(score)) for row, score in rows]
        return Verification(quote=self.claimed, verdict="absent", similarity=similarity, near=tuple(near))

    # --- words of the sources ---

    def _source(self, place: _Place) -> int:
        return self.concordance.source_of(place.stretches[0][0])

    def _text(self, number: int) -> str:
        """Text of the source in which a word stands."""
        return self.snapshot.source(self.concordance.source_of(number)).text

    def _between(self, one: int, other: int) -> str:
        """What stands between two words of one source."""
        return self._text(one)[int(self.concordance.end[one]) : int(self.concordance.start[other])]

    def _passage(self, number: int) -> int:
        source = self.concordance.source_of(number)
        return self.snapshot.row_at("passage", source, int(self.concordance.start[number]))

    def _same_passage(self, one: int, other: int) -> bool:
        """Whether two words stand in one passage, or in one paragraph that is several."""
        if self.concordance.source_of(one) != self.concordance.source_of(other):
            return False
        return self._passage(one) == self._passage(other) or self._where(one) == self._where(other)

    def _where(self, number: int) -> object:
        source = self.concordance.source_of(number)
        row = self.snapshot.row_at("sentence", source, int(self.concordance.start[number]))
        return self.snapshot.sentence(row)[1].place

    def _quotes(self, place: _Place, n: int, whole: bool = False) -> Iterator[Quote]:
        """The stretches of a place; of a ``whole`` quote, with the punctuation that it ends with."""
        for first, last in place.stretches:
            start, end = self.concordance.slice_of(first, last)
            if whole and (first, last) == place.stretches[-1]:
                end += self._closing(last, end)
            yield excerpt(self.snapshot, self.concordance.source_of(first), start, end, n=n)

    def _closing(self, last: int, end: int) -> int:
        """How much of the punctuation at the end of the quote the source has after a word."""
        quoted, actual = self.quote[self.words[-1].end :], self._text(last)[end : end + 8]
        same = "".join(
            a for a, _ in takewhile(lambda pair: pair[0] == pair[1], zip(quoted, actual, strict=False))
        )
        return len(same.rstrip())

    def _warnings(self, place: _Place) -> list[Effect]:
        """What stands around an exact quote, or where it has an ellipsis, and is not in it."""
        start = self.concordance.slice_of(*place.stretches[0])[0]
        end = self.concordance.slice_of(*place.stretches[-1])[1]
        found = guard(self.snapshot, self._source(place), start, end)
        for one, other in pairwise(place.stretches):
            omitted = int(self.concordance.end[one[1]]), int(self.concordance.start[other[0]])
            found += left_out(self._text(one[0]), omitted, (omitted[0], omitted[0]))
        return found

    # --- the diff ---

    def _with_omissions(self, steps: Sequence[Step]) -> Iterator[Step]:
        """With the words of the source that an ellipsis, or nothing, stands for within one passage."""
        previous = -1
        for ours, theirs in steps:
            if 0 <= previous < theirs - 1 and self._same_passage(previous, theirs):
                yield from ((-1, n) for n in range(previous + 1, theirs))
            previous = theirs if theirs >= 0 else previous
            yield ours, theirs

    def _diff(self, steps: Iterable[Step]) -> Iterator[Difference]:
        """The quote beside the source, the shortest stretches that differ between those that are equal."""
        return merged(self._raw_diff(list(steps)))

    def _raw_diff(self, steps: Sequence[Step]) -> Iterator[Difference]:
        quote_end = source_end = -1  # last word of each that was passed
        for ours, theirs in steps:
            announced = self._announced_after(quote_end)
            quoted_gap = self._quoted_gap(ours) if ours > 0 else ""
            joined = theirs >= 0 and source_end >= 0 and theirs == source_end + 1
            actual_gap = self._between(source_end, theirs) if joined else ""
            if ours >= 0 and theirs >= 0:
                if quoted_gap or actual_gap:
                    yield self._gap(ours, theirs, quoted_gap, actual_gap, joined)
                yield self._word(ours, theirs)
            elif ours >= 0:
                yield Difference("insert", quoted_gap + self._quoted(ours), "")
            else:
                yield Difference("delete", "", actual_gap + self._actual(theirs), announced)
            quote_end = ours if ours >= 0 else quote_end
            source_end = theirs if theirs >= 0 else source_end

    def _announced_after(self, ours: int) -> bool:
        """Whether an ellipsis follows a word of the quote."""
        return ours + 1 in self.cuts

    def _quoted_gap(self, ours: int) -> str:
        return self.quote[self.words[ours - 1].end : self.words[ours].start]

    def _quoted(self, ours: int) -> str:
        return self.quote[self.words[ours].start : self.words[ours].end]

    def _actual(self, theirs: int) -> str:
        return self._text(theirs)[slice(*self.concordance.slice_of(theirs, theirs))]

    def _gap(self, ours: int, theirs: int, quoted: str, actual: str, joined: bool) -> Difference:
        """What stands before a word on both sides."""
        if not joined:
            return Difference("insert", quoted, "", announced=ours in self.cuts)
        marks = self.concordance.marks[self.concordance.mark[theirs]]
        if marks == self.words[ours].marks:
            return Difference("equal", quoted, actual)
        return Difference("replace", quoted, actual, announced=ours in self.cuts)

    def _word(self, ours: int, theirs: int) -> Difference:
        op: Any = "equal" if self._same(ours, theirs) else "replace"
        return Difference(op, self._quoted(ours), self._actual(theirs))


def _stretches(steps: Iterable[Step]) -> Iterator[Span]:
    """First and last of the words of the sources that stand in a row, words left out in between aside."""
    places = [theirs for _, theirs in steps if theirs >= 0]
    first = previous = places[0]
    for place in places[1:]:
        if place != previous + 1:
            yield first, previous
            first = place
        previous = place
    yield first, previous


def _cover(runs: Sequence[Run], weight: Any) -> list[Run]:
    """Runs that make up a quote from left to right, each the one that reaches furthest."""
    pieces: list[Run] = []
    position = 0
    while True:
        ahead = [
            run for run in runs if run.end > position and run.end - max(run.begin, position) >= PIECE_WORDS
        ]
        usable = [r for r in ahead if weight[max(r.begin, position) : r.end].sum() >= PIECE_WEIGHT]
        if not usable:
            return pieces
        here = min(max(run.begin, position) for run in usable)
        best = max(
            (run for run in usable if max(run.begin, position) == here), key=lambda run: (run.end, -run.place)
        )
        pieces.append(Run(here, best.end, best.place + here - best.begin))
        position = best.end

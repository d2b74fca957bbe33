"""Sentences that a claimed quote turns round: the same words but for a negation, a number or a name."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache

import numpy as np

from rag.text import Word, fold, is_stopword, language_of, markers_in, terms
from rag.types import EffectKind, Span
from rag.verify.align import Alignment, Finder
from rag.verify.diff import Comparison
from rag.verify.effects import FORM, effects_of
from rag.verify.types import Effect

TURNING: frozenset[EffectKind] = frozenset({"negation", "number", "date", "name"})
"""Changes that turn a sentence round, or make it one about something else."""
LEAST = 2
"""A sentence that shares fewer telling words with a quote than this is not the one that was changed."""
_CONTRACTED = re.compile(r"n['’]t\b|\bcannot\b", re.IGNORECASE)
_ENDS = frozenset(".!?…;")


class Contraries:
    """The sentences that one quote turns round, in the windows of the sources that are most like it."""

    def __init__(self, finder: Finder, comparison: Comparison) -> None:
        self.finder = finder
        self.comparison = comparison
        self.quote = comparison.quote
        self.words = comparison.words
        self.concordance = comparison.concordance
        self._language = language_of(self.quote.text)

    def found(self, best: Alignment | None) -> list[Alignment]:
        """They come before what is nearest, those first that cost least; none of a quote that is cut.

        Args:
            best: the nearest stretch. Where it has the words but for their form, nothing is turned round;
                where it has all that tells, another number or name is that of another matter.
        """
        if self.quote.cuts or len(self._telling) < LEAST:
            return []
        nearest = None if best is None else self._effects(best)
        if nearest is not None and all(effect.kind in FORM for effect in nearest):
            return []
        same = best is not None and not TURNING & {e.kind for e in nearest or ()} and self._is_same(best, ())
        found = {
            one.first: one
            for stretch in self._stretches()
            if (one := self._turned(stretch)) and (not same or self._denies(one))
        }
        return sorted(found.values(), key=lambda one: (not self._denies(one), one.cost, one.first))

    def _turned(self, stretch: Span) -> Alignment | None:
        """How the quote is made from a sentence, if by such a change alone."""
        found = self.finder.align(*stretch)
        if found is None:
            return None
        effects = self._effects(found)
        kinds = {effect.kind for effect in effects} - FORM
        if any(_CONTRACTED.search(f"{effect.quoted} {effect.actual}") for effect in effects):
            kinds -= {"modal"}  # « won’t » for « will »
        both = any(effect.kind == "negation" and effect.change == "changed" for effect in effects)
        turns = len(kinds) == 1 and kinds <= TURNING and not both
        return found if turns and self._is_same(found, TURNING) else None

    def _effects(self, found: Alignment) -> list[Effect]:
        return effects_of(self.comparison.diff(found.steps), reordered=False)

    def _denies(self, found: Alignment) -> bool:
        return any(effect.kind == "negation" for effect in self._effects(found))

    def _is_same(self, found: Alignment, but: Collection[EffectKind]) -> bool:
        """Whether the telling words of both sides are forms of the same ones, in the same order."""
        start, end = self.concordance.slice_of(found.first, found.last)
        actual = self.words.text(found.first)[start:end]
        own = self.concordance.read(actual)
        return self._stems(self.quote.text, self.quote.words, but) == self._stems(actual, own, but)

    @cached_property
    def _telling(self) -> list[str]:
        return self._stems(self.quote.text, self.quote.words, TURNING)

    def _stems(self, text: str, words: Sequence[Word], but: Collection[EffectKind]) -> list[str]:
        """The telling words of a text, without markers of some kinds."""
        marked = [marker for marker in markers_in(text) if marker.kind in but]
        return [
            _stem(fold(word.form), self._language)
            for n, word in enumerate(words)
            if not any(m.start < word.end and word.start < m.end for m in marked)
            and not (but and n == 0 and self._is_name(word))
            and not is_stopword(fold(word.form))
        ]

    def _is_name(self, word: Word) -> bool:
        """Whether a first word has its capital from itself: the sources never write it without."""
        small = replace(word, form=word.form.lower())
        return word.form[:1].isupper() and bool(self.concordance.form_numbers([small])[0] < 0)

    def _stretches(self) -> Iterator[Span]:
        """The sentences that have all telling words of the quote, as many together as it is long."""
        many = 1 + sum(not _ENDS.isdisjoint(word.marks) for word in self.quote.words[1:])
        asked = set(self._telling)
        seen: set[Span] = set()
        for begin, end in self.finder.windows():
            for stretch in self.words.sentences(begin, end, many):
                if stretch in seen:
                    continue
                seen.add(stretch)
                folds = np.unique(self.concordance.folds_at(slice(*stretch)))
                if asked <= {
                    _stem(self.concordance.folded_forms[number], self._language) for number in folds
                }:
                    yield stretch


@lru_cache(1 << 14)
def _stem(folded: str, language: str) -> str:
    """A word without its endings."""
    bare = re.sub("[sx]$", "", folded)
    return "".join(terms(bare, language)) or folded

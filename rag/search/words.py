"""Where words stand in the sources as they are written, one after the other: no meaning, no ranking."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from rag.errors import InputError
from rag.quotes import excerpt
from rag.search.query import EVERYBODY, Scope
from rag.search.question import QUESTION_MAX
from rag.store import Concordance, Positions, Snapshot, voices_at
from rag.text import Word, fold
from rag.types import Quote

_LOOKED_THROUGH = str.maketrans("", "", '"-')
"""Marks that may stand between two words or not: « le “hub” », « cessez le feu »."""
_ANY_ENDING = "*"


@dataclass(frozen=True, slots=True)
class WordHits:
    """The places where some words stand.

    Attributes:
        count: how many there are in all.
        quotes: the first of them, in the order of the sources, each between the words around it.
    """

    count: int
    quotes: tuple[Quote, ...]


def words_hits(
    snapshot: Snapshot, words: str, k: int = 10, scope: Scope = EVERYBODY, exact: bool = False
) -> WordHits:
    """Find the places where some words stand in a row.

    Typography is looked through (see :mod:`rag.text.typography`), and unless ``exact`` case, accents, hyphens
    and quote marks as well. A word that ends in ``*`` may go on in any way: ``négoci*``.

    Args:
        snapshot: the state of the index looked at.
        words: one or more.
        k: how many places are given.
        scope: the only ones whose words are looked at.
        exact: whether case, accents and all marks between the words must be the same.

    Raises:
        InputError: there is no word, or too many, or none of those to look at.
        UnknownSource: there is no such source.
    """
    if len(words) > QUESTION_MAX:
        raise InputError("text_long", name="query", count=len(words), most=QUESTION_MAX)
    concordance = snapshot.concordance
    wanted = concordance.read(words)
    if not wanted:
        raise InputError("search_wordless")
    heard = scope.heard(snapshot)
    places = _places(concordance, wanted, [words[w.end : w.end + 1] == _ANY_ENDING for w in wanted], exact)
    if heard is not None:
        places = places[np.isin(voices_at(snapshot, places), list(heard))]
    first = (_hit(snapshot, int(place), len(wanted)) for place in places[:k])
    return WordHits(len(places), tuple(first))


def _hit(snapshot: Snapshot, first: int, count: int) -> Quote:
    words = snapshot.concordance
    return excerpt(snapshot, words.source_of(first), *words.slice_of(first, first + count - 1))


def _places(words: Concordance, wanted: Sequence[Word], open_ended: Sequence[bool], exact: bool) -> Positions:
    """The first word of each place, in order."""
    folds = [_folds(words, word, is_open) for word, is_open in zip(wanted, open_ended, strict=True)]
    found = _rarest(words, folds)
    found = found[(found > 0) & (found + len(wanted) < words.size)]
    for offset, allowed in enumerate(folds):
        found = found[np.isin(words.folds_at(found + offset), allowed)]
    if exact:
        for offset, (word, is_open) in enumerate(zip(wanted, open_ended, strict=True)):
            found = found[np.isin(words.form[found + offset], _forms(words, word, is_open))]
    marks = np.array([_mark(mark, exact) for mark in words.marks], dtype=object)
    for offset, word in enumerate(wanted[1:], start=1):
        same = np.flatnonzero(marks == _mark(word.marks, exact))
        found = found[np.isin(words.mark[found + offset], same)]
    return found


def _rarest(words: Concordance, folds: Sequence[Positions]) -> Positions:
    """Where the words could begin, by the rarest of them."""
    offset = min(range(len(folds)), key=lambda n: sum(map(words.count, folds[n].tolist())))
    places = [words.occurrences(number) for number in folds[offset].tolist()]
    return np.sort(np.concatenate(places or [words.occurrences(-1)])) - offset


def _folds(words: Concordance, word: Word, open_ended: bool) -> Positions:
    """Positions of the folded forms that a word may have."""
    form = fold(word.form)
    if not open_ended:
        found = words.fold_numbers([word])
        return found[found >= 0]
    return np.array(list(_beginning(words.folded_forms, form)), np.int64)


def _forms(words: Concordance, word: Word, open_ended: bool) -> Positions:
    """Positions of the forms that a word may have."""
    if not open_ended:
        return words.form_numbers([word])
    return np.array(list(_beginning(words.forms, word.form)), np.int64)


def _beginning(forms: Sequence[str], start: str) -> Iterator[int]:
    return (number for number, form in enumerate(forms) if form.startswith(start))


def _mark(mark: str, exact: bool) -> str:
    return mark if exact else mark.translate(_LOOKED_THROUGH)

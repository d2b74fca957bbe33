"""Where a text speaks of known persons: « M. Costa », « Jean Costa », « costa », “Mrs Ferrand”. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from rag.text.folding import fold
from rag.text.speakers import are_apart, is_same_person, own_name
from rag.types import Span

_WORD = re.compile(r"[^\W\d_][\w-]*")
_LEAD = re.compile(
    r"\b(?:(?:monsieur|madame|mademoiselle|mme|mlle|mrs|mister|dr)\b\.?|(?:mm?|mr|ms|pr)\.)"
    r"\s*(?:(?:le|la)\s+|l['’])?$|\b(?:M|Mr|Ms|Me)\s+$",
    re.IGNORECASE,
)
"""What stands before a name, and goes with it."""
_SHORTEST = 2


def persons_in(text: str, names: Sequence[str]) -> list[tuple[Span, frozenset[int]]]:
    """The mentions of some persons in a text, in order: the slice of each, and numbers of those it may mean.

    Args:
        text: such as a question; people ask in small letters as well.
        names: of the persons, as documents have them.
    """
    found: dict[Span, set[int]] = {}
    words = [match.span() for match in _WORD.finditer(text)]
    for number, name in enumerate(names):
        for span in _mentions(text, words, own_name(name)):
            found.setdefault(span, set()).add(number)
    told = [(span, _meant(text[slice(*span)], may_be, names)) for span, may_be in sorted(found.items())]
    return [(span, meant) for span, meant in told if meant and not _is_inside(span, found)]


def _is_inside(span: Span, others: Iterable[Span]) -> bool:
    return any(other != span and other[0] <= span[0] and span[1] <= other[1] for other in others)


def _meant(said: str, may_be: set[int], names: Sequence[str]) -> frozenset[int]:
    """Those whom a mention surely means; where it does not tell (« martin »), those whom it may mean."""
    if exact := frozenset(n for n in may_be if fold(names[n]) == fold(said)):
        return exact
    known = {number: is_same_person(said, names[number]) for number in may_be}
    open_ = (n for n in known if known[n] is None and not are_apart(said, names[n]))
    return frozenset(n for n in known if known[n]) or frozenset(open_)


def _mentions(text: str, words: Sequence[Span], own: Sequence[str]) -> Iterator[Span]:
    """Where the last of a person's own words stands, with given names before it, and a title."""
    for at, (start, end) in enumerate(words):
        if not own or len(own[-1]) < _SHORTEST or fold(text[start:end]) != own[-1]:
            continue
        first = at
        while first and _is_given(text, words, first - 1, own[:-1]):
            first -= 1
        begin = words[first][0]
        lead = _LEAD.search(text[:begin])
        yield (lead.start() if lead else begin), end


def _is_given(text: str, words: Sequence[Span], at: int, given: Sequence[str]) -> bool:
    """Whether a word right before a name is a given name, its own or another's: « Paul Costa »."""
    start, end = words[at]
    if text[end : words[at + 1][0]].strip(" \u00a0."):
        return False
    word = text[start:end]
    titled = _LEAD.search(text[: words[at + 1][0]])
    return fold(word) in given or bool(at and word[0].isupper() and not titled)

"""A claimed quote as it is read: its words, and where an ellipsis says that some are left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rag.store import Concordance
from rag.text import Word

_ELLIPSIS = re.compile(r"[\[(]…[\])]|…")
_SIC = re.compile(r"\s*[\[(]sic\.?[\])]", re.IGNORECASE)
_LINE_END = re.compile(r"(?<=[^\W\d_])- (?=[a-zà-ÿ])")
"""A hyphen that the end of a line has put, the line end since made a space."""
_BRACKETED_LETTER = re.compile(r"\[(\w)\](?=\w)")


@dataclass(frozen=True, slots=True)
class Claimed:
    """A claimed quote.

    Attributes:
        verbatim: as it was given.
        text: without « [sic] » and without brackets around a letter; the words are slices of it.
        words: in order.
        cuts: numbers of the words before which an ellipsis stands.
    """

    verbatim: str
    text: str
    words: Sequence[Word]
    cuts: tuple[int, ...]

    @classmethod
    def read(cls, quote: str, concordance: Concordance) -> Claimed:
        """Read a quote as the sources are read."""
        text = _LINE_END.sub("-\n", _BRACKETED_LETTER.sub(r"\1", _SIC.sub("", quote)))
        words = concordance.read(text)
        cuts = tuple(n for n, word in enumerate(words) if n and _ELLIPSIS.search(word.marks))
        return cls(quote, text, words, cuts)

    def pieces(self) -> list[list[Word]]:
        """The words between the ellipses."""
        borders = [0, *self.cuts, len(self.words)]
        return [list(self.words[a:b]) for a, b in pairwise(borders)]

    def opens(self, number: int) -> bool:
        """Whether a word begins the quote, or what follows an ellipsis."""
        return number == 0 or number in self.cuts

    def word(self, number: int) -> str:
        """A word as it is written."""
        return self.text[self.words[number].start : self.words[number].end]

    def gap(self, number: int) -> str:
        """What stands between a word and the one before it."""
        return self.text[self.words[number - 1].end : self.words[number].start]

    def ending(self) -> str:
        """What stands after the last word."""
        return self.text[self.words[-1].end :]

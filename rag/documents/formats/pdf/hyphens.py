"""The end of a line and the start of the next: with a space, without, with or without the hyphen."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from rag.documents.formats.pdf.shapes import SPACE, Char

_LAST = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*$")
_FIRST = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_HYPHENS = "-\u2010\u00ad"
_ELIDED = re.compile(
    r"(?:^|\W)(?:[cdjlmnst]|(?:jus|lors|puis|quoi|pres|quel)?qu|aujourd)['’]$", re.IGNORECASE
)
_AFTER_VERBS = frozenset(
    "il elle on je tu nous vous ils elles ce moi toi lui leur en y la le les là ci t même mêmes".split()
)
"""What French sets after a hyphen: peut-il, celle-ci, lui-même."""
_FIRST_PARTS = frozenset(
    "ex non vice quasi semi demi mi sous pseudo franco anglo germano russo sino nippo italo hispano gréco "
    "euro afro indo israélo socio politico judéo self well all cross half post-"
    .split()
)  # fmt: skip
"""What makes compounds that keep their hyphen."""


class Joiner:
    """Joins the lines of one document, knowing the words that stand in it."""

    def __init__(self, lines: Iterable[Sequence[Char]]) -> None:
        self.words: Counter[str] = Counter()
        for line in lines:
            text = "".join(char.text for char in line).casefold()
            found = _WORD.findall(text)
            self.words.update(found[1:-1] if text.rstrip().endswith(tuple(_HYPHENS)) else found)

    def joined(self, before: list[Char], after: list[Char]) -> list[Char]:
        """One stretch of what ends a line and what begins the next."""
        if not before or not after:
            return before or after
        last, first = before[-1].text, after[0].text
        stem = before[-2].text if len(before) > 1 else " "
        if last == "\u00ad":
            return before[:-1] + after
        if last in _HYPHENS and stem.isalnum():
            return (before if self._keeps(before, after) else before[:-1]) + after
        if last in "–—/" and stem.isalnum() and first.isalnum():
            return before + after
        if last in "/@" and stem in ":/" and first.isalnum():
            return before + after
        if last in "’'" and _ELIDED.search("".join(char.text for char in before[-12:])):
            return before + after
        if _is_ideograph(last) and _is_ideograph(first):
            return before + after
        return [*before, SPACE, *after]

    def joined_in_cell(self, before: list[Char], after: list[Char]) -> list[Char]:
        """The same in a narrow cell, where words may be cut without a hyphen."""
        left = _LAST.search("".join(char.text for char in before[-40:]))
        right = _FIRST.match("".join(char.text for char in after[:40]))
        elided = (
            right is not None and after[right.end() : right.end() + 1] and after[right.end()].text in "’'"
        )
        if left and right and right.group().islower() and not elided:
            one, two = left.group(), right.group()
            if is_known(one + two) and not (is_known(one) and is_known(two) and len(two) > 2):
                return before + after
        return self.joined(before, after)

    def _keeps(self, before: list[Char], after: list[Char]) -> bool:
        """Whether a hyphen at a line's end belongs to the word."""
        left = _LAST.search("".join(char.text for char in before[-40:-1]))
        right = _FIRST.match("".join(char.text for char in after[:40]))
        if not left or not right or after[0].text.isupper():
            return not (left and right and left.group().isupper() and not self._both_known(left, right))
        one, two = left.group().casefold(), right.group().casefold()
        joined, parted = one + two, f"{one}-{two}"
        if self.words[joined] or self.words[parted]:
            return self.words[parted] > self.words[joined]
        if one in _FIRST_PARTS:
            return not (is_known(joined) and one in {"sous", "mi", "non", "euro", "all"})
        if two in {"nous", "vous", "ils", "elles", "même", "mêmes"} and is_known(one):
            return True
        if is_known(one + two.split("-")[0]):
            return False
        if two in _AFTER_VERBS or "-" in parted.replace("-", "", 1):
            return True
        return is_known(one) and is_known(two) and len(one) > 1 and len(two) > 2

    def _both_known(self, left: re.Match[str], right: re.Match[str]) -> bool:
        one, two = left.group().casefold(), right.group().casefold()
        return not is_known(one + two) and is_known(one) and is_known(two)


def _is_ideograph(char: str) -> bool:
    return "\u3040" <= char <= "\u9fff" or "\uff00" <= char <= "\uffef" or "\u3000" < char < "\u3040"


@lru_cache(1)
def _lexicon() -> frozenset[str]:
    """The words of French and English."""
    from spellchecker import SpellChecker

    return frozenset(word for language in ("fr", "en") for word in SpellChecker(language=language))


@lru_cache(10_000)
def is_known(word: str) -> bool:
    """Whether French or English has a word."""
    folded = word.casefold().replace("œ", "oe") if word.casefold() not in _lexicon() else word.casefold()
    return folded in _lexicon() or (folded.endswith("s") and folded[:-1] in _lexicon())

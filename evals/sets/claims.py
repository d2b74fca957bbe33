"""Claimed quotes, what a check should find of each, and the sentences that they are made of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.text import segment
from rag.types import Source

WORDS_LEAST = 6
"""Shorter sentences are not falsified."""


@dataclass(frozen=True, slots=True)
class Case:
    """A claimed quote and what a check should find.

    Attributes:
        kind: what was done to it.
        text: the claimed quote.
        expected: verdicts that are right.
        source, start, end: slice that it was made from; an empty ``source`` where there is none.
        removed, added: the words changed, for changes of one word; empty for others.
        effect: kind of effect that should be named; empty where any will do.
        attributed: whose words it is said to be.
    """

    kind: str
    text: str
    expected: tuple[str, ...]
    source: str = ""
    start: int = 0
    end: int = 0
    removed: str = ""
    added: str = ""
    effect: str = ""
    attributed: str = ""

    @property
    def is_true(self) -> bool:
        """Whether it is a true quote."""
        return self.expected == ("exact",)

    @property
    def is_one_word(self) -> bool:
        """Whether one word, or one number, was changed."""
        return bool(self.removed or self.added)


@dataclass(frozen=True, slots=True)
class Original:
    """A sentence as it stands in its source."""

    source: Source
    start: int
    end: int
    passage: int

    @property
    def text(self) -> str:
        """Its slice."""
        return self.source.text[self.start : self.end]


def originals(sources: Sequence[Source]) -> list[Original]:
    """The sentences of some sources that are long enough, without list marks and final punctuation."""
    found: list[Original] = []
    for source in sources:
        for number, passage in enumerate(segment(source.text)):
            for sentence in passage.sentences:
                match = re.search(
                    r"(?:^[-•*]\s+|^)(.*?)[\s.;:!?]*$", source.text[sentence.start : sentence.end], re.DOTALL
                )
                assert match is not None
                start = sentence.start + match.start(1)
                original = Original(source, start, sentence.start + match.end(1), number)
                if len(original.text.split()) >= WORDS_LEAST:
                    found.append(original)
    return found


def plain(text: str) -> str:
    """A text without the marks at its edges, its white space evened, to be looked for in another."""
    even = re.sub(r"[\s\u00a0\u202f]+", " ", text.replace("'", "’"))
    return re.sub(r"^\W+|\W+$", "", even)

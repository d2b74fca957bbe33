"""The sentences that questions are made of, by their row in a snapshot."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from rag.quotes import excerpt, quotable_span
from rag.store import Snapshot
from rag.text import content_words
from rag.types import Language, Quote, SourceInfo, Span, Voice

LENGTHS = (40, 420)
"""Shortest and longest sentence that a question is made of, in characters."""
WORDS_MIN = 5
"""Fewest words that mean something in such a sentence."""
ROWS_TRIED = 300
"""Most sentences of a source among which questions are looked for."""

_LEANS = re.compile(
    r"[\W_]*(?:cela|[cç]a|ceci|c['’]|ce(?:t|tte|s|lui|lle|ux|lles)?|ils?|elles?|leurs?|s(?:on|a|es)|mais|et|ou"
    r"|or|donc|car|ainsi|aussi|alors|puis|ensuite|enfin|pourtant|cependant|toutefois|néanmoins|sinon|d['’]où"
    r"|d['’]ailleurs|(?:par|en) (?:ailleurs|effet|outre|revanche)|de (?:plus|même)|it|they|he|she|this|that"
    r"|these|those|his|her|its|their|but|and|so|yet|thus|then|therefore|however|moreover|also|such"
    r"|in addition)(?:(?<=['’])|(?!\w))",
    re.IGNORECASE,
)
"""How a sentence begins that goes on from the one before, and is not understood without it."""


class Sentences:
    """The sentences of one snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot

    def number(self, row: int) -> int:
        """Number of the source of a sentence."""
        return int(self.snapshot.sentences["source"][row])

    def voice(self, row: int) -> Voice:
        """Who says a sentence."""
        return self.snapshot.heard.voices[int(self.snapshot.heard.said_by[row])]

    def span(self, row: int) -> Span:
        """The slice of a sentence, as it is quoted."""
        return quotable_span(self.source_text(row), *self.snapshot.span("sentence", row))

    def source_text(self, row: int) -> str:
        """The text of the source of a sentence."""
        return self.snapshot.source(self.number(row)).text

    def text(self, row: int) -> str:
        """The sentence."""
        return self.source_text(row)[slice(*self.span(row))]

    def quote(self, row: int, start: int, end: int) -> Quote:
        """A slice of the source of a sentence."""
        return excerpt(self.snapshot, self.number(row), start, end)

    def pieces(self, row: int, spans: Iterable[Span]) -> Iterator[Quote]:
        """Slices without the white space at their ends and without what is around them; no empty ones."""
        text = self.source_text(row)
        for start, end in spans:
            bare = text[start:end].strip()
            if bare:
                begin = text.index(bare, start)
                yield replace(self.quote(row, begin, begin + len(bare)), before="", after="")

    def is_usable(self, row: int) -> bool:
        """Whether a sentence is one that is understood alone: no announcement, heading or item of a list."""
        text = self.text(row)
        return (
            bool(self.snapshot.sentences["quotable"][row])
            and LENGTHS[0] <= len(text) <= LENGTHS[1]
            and not text.endswith((":", "?"))
            and not text[:1].islower()
            and not _LEANS.match(text)
            and self.snapshot.sentence(row)[1].lead_in is None
            and len(content_words(text)) >= WORDS_MIN
        )

    def of_source(self, number: int, chance: random.Random) -> Iterator[int]:
        """The usable sentences of a source in a random order, of :data:`ROWS_TRIED` at most."""
        first = self.snapshot.first_rows["sentence"]
        begin = int(first[number])
        last = number + 1 == len(first)
        end = len(self.snapshot.sentences["start"]) if last else int(first[number + 1])
        rows = chance.sample(range(begin, end), min(end - begin, ROWS_TRIED))
        return (row for row in rows if self.is_usable(row))


def language_of_source(info: SourceInfo) -> Language:
    """The language in which one speaks of a source."""
    return "en" if info.language == "en" else "fr"

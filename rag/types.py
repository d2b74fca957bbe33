"""The words of the program as frozen data. No behaviour beyond what follows from the fields."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

Encode = Callable[[list[str]], Sequence[Sequence[float]]]
"""Gives the vectors of some words."""
Level = Literal["sentence", "passage"]
Progress = Callable[[str, int, int], None]
"""Called with the stage, how much of it is done, and how much there is."""


def no_progress(stage: str, done: int, total: int) -> None:
    """Say nothing."""


Language = Literal["fr", "en"]
Span = tuple[int, int]
"""Half-open range of Unicode code points, always relative to the whole text of a source."""


@lru_cache(8)  # many quotes of one long text are checked in a row
def text_hash(text: str) -> str:
    """SHA-256 over the UTF-8 of ``text``, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """What is known of a source besides its text.

    Attributes:
        id: short name, unique in the corpus, never changed by adding other files.
        path: the file, relative to the corpus folder, with ``/``.
        title: its title; from the front matter, the document or the file's name.
        side: whose voice it is; ``None`` when nothing says so.
        date: ISO date or what the front matter holds; empty when unknown.
        language: ISO 639-1 code of the text.
        note: what every cite must mention, such as « Traduit de l’anglais ».
        kind: what sort of document it is; free text, may be empty.
        editorial: names of the fields that the corpus's keeper supplied, not the document.
        sha256: of the text (see :func:`text_hash`).
        characters: length of the text in code points.
    """

    id: str
    path: str
    title: str
    side: str | None
    date: str
    language: str
    note: str
    kind: str
    editorial: tuple[str, ...]
    sha256: str
    characters: int


def sides_of(infos: Iterable[SourceInfo]) -> list[str]:
    """The sides of some sources, sorted; sources without one count for none."""
    return sorted({info.side for info in infos if info.side is not None})


@dataclass(frozen=True, slots=True)
class Source:
    """One document of the corpus.

    Attributes:
        info: what is known of it.
        text: what all offsets count in, by code points.
    """

    info: SourceInfo
    text: str

    @property
    def id(self) -> str:
        """The id of the source."""
        return self.info.id


@dataclass(frozen=True, slots=True)
class Place:
    """Where a unit stands, counted the same way in every document; each number from 1, 0 for none.

    Attributes:
        page: page, for texts that have pages (form feeds separate them).
        paragraph: paragraph within the page, or within the text when it has no pages.
        point: list item that belongs to that paragraph.
    """

    page: int
    paragraph: int
    point: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """The unit quoted: a sentence, or one item of a ``;`` enumeration.

    Attributes:
        start, end: slice of the source's text, in code points.
        place: for the locator.
        lead_in: slice of what introduces it (``Ce soutien comprendra :``), if anything does.
        heading: slice of the heading it stands under, if any.
    """

    start: int
    end: int
    place: Place
    lead_in: Span | None = None
    heading: Span | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph or list item: the unit shown as context.

    Attributes:
        start, end: slice of the source's text, in code points.
        sentences: in order, inside ``start:end``, only white space between them.
    """

    start: int
    end: int
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """A checked slice of a source: ``source.text[start:end] == text``.

    Attributes:
        n: number within its answer, from 1; 0 outside an answer.
        source: what is known of the source, with the hash of its text.
        place: for the locator.
        start, end: its slice, in code points.
        text: the slice, to the character.
        before, after: text of the passage around the quote, for context.
        lead_in: the words that introduce a list item, verbatim; empty when there are none.
        highlights: slices, relative to the source, of the words that answer.
        score: 0 to 1, higher is better.
        also: the same words in other sources, as quotes without a number.
    """

    n: int
    source: SourceInfo
    place: Place
    start: int
    end: int
    text: str
    before: str
    after: str
    score: float
    lead_in: str = ""
    highlights: tuple[Span, ...] = ()
    also: tuple[Quote, ...] = ()

    @property
    def sides(self) -> list[str]:
        """The sides that hold its words, sorted."""
        return sides_of(quote.source for quote in (self, *self.also))


@dataclass(frozen=True, slots=True)
class Prose:
    """A block of an answer in the program's own words.

    Attributes:
        text: plain, of one paragraph.
        heading: whether it stands over what follows.
    """

    text: str
    heading: bool = False


@dataclass(frozen=True, slots=True)
class QuoteRef:
    """A block of an answer that shows a quote.

    Attributes:
        n: its number, from 1; see :attr:`Answer.quotes`.
    """

    n: int


Block = Prose | QuoteRef


@dataclass(frozen=True, slots=True)
class Answer:
    """What the program answers.

    Attributes:
        question: as asked.
        rewritten_question: what was looked for instead, for a follow-up; ``None`` otherwise.
        lang: language of the prose.
        mode: ``sources`` (no model) or ``llm``.
        answerable: whether the sources say.
        confidence: 0 to 1 that they do.
        blocks: the answer, in order.
        quotes: the quotes that blocks refer to, numbered from 1.
        near: when not answerable, the nearest passages; never quotes of an answer.
        sides: numbers of the quotes of each side.
        silent_sides: sides asked that have nothing to say.
        unsupported: sentences of the prose that no quote supports.
        timings_ms: milliseconds by stage.
        face: what the sides may be put face to face on, where several are asked about; empty for all that
            divides them.
    """

    question: str
    rewritten_question: str | None
    lang: Language
    mode: str
    answerable: bool
    confidence: float
    blocks: tuple[Block, ...]
    quotes: tuple[Quote, ...]
    near: tuple[Quote, ...]
    sides: dict[str, tuple[int, ...]]
    silent_sides: tuple[str, ...]
    unsupported: tuple[str, ...] = ()
    timings_ms: dict[str, float] = field(default_factory=dict)
    face: str | None = None


EffectKind = Literal[
    "negation", "number", "date", "name", "modal", "condition", "hedge", "attribution", "scope",
    "cut", "added", "order", "wording", "spelling", "quote_marks", "punctuation",
]  # fmt: skip
"""What a change to a quote is about; from ``cut`` on, when no word of the kinds before is touched."""

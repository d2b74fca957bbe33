"""The words of the program as frozen data. No behaviour beyond what follows from the fields."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Literal

from rag.layout import PLAIN as PLAIN
from rag.layout import Layout as Layout
from rag.layout import LeftOut as LeftOut
from rag.layout import LeftOutKind as LeftOutKind
from rag.layout import Paging as Paging
from rag.layout import Part as Part
from rag.layout import PartKind as PartKind
from rag.layout import Remark as Remark
from rag.layout import layout_from as layout_from

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
        author: who wrote it, where it says so; may be empty.
        address: where it was published or fetched from; may be empty.
        speakers: name and side of those who speak in it, as far as the keeper gave them one.
        paging: what its pages are, where it has any.
        ocr: numbers of the pages that were read by OCR.
        remarks: what must be said of how it was read.
        cut: a name for what its format tells of how its text is cut; empty where that is nothing.
        retrieved: ISO date on which it was fetched from its address; empty where it was not.
        editor: who supplied the fields named in ``editorial``; empty for the corpus's keeper.
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
    author: str = ""
    address: str = ""
    speakers: tuple[tuple[str, str], ...] = ()
    paging: Paging = "page"
    ocr: tuple[int, ...] = ()
    remarks: tuple[Remark, ...] = ()
    cut: str = ""
    retrieved: str = ""
    editor: str = ""

    def voiced(self, speaker: str | None) -> SourceInfo:
        """The source as the voice of a speaker: with the side that the keeper gave to that speaker."""
        side = dict(self.speakers).get(speaker) if speaker else None
        return self if side is None or side == self.side else replace(self, side=side)

    @property
    def unit_name(self) -> str:
        """Name of the text as it is cut into units: of one name are the same units."""
        return self.cut or self.sha256

    @property
    def sides(self) -> frozenset[str]:
        """Its own side and those of its speakers."""
        return frozenset(side for side in (self.side, *(side for _, side in self.speakers)) if side)


@dataclass(frozen=True, slots=True)
class Voice(SourceInfo):
    """A source as one of those who speak in it, or as what it says itself, with the side of that one.

    Attributes:
        number: of the source.
        speaker: who speaks, as the source names them; ``None`` for what nobody in it says.
    """

    number: int = 0
    speaker: str | None = None


def sides_of(infos: Iterable[SourceInfo]) -> list[str]:
    """The sides of some sources and of their speakers, sorted; sources without one count for none."""
    return sorted({side for info in infos for side in info.sides})


@dataclass(frozen=True, slots=True)
class Source:
    """One document of the corpus.

    Attributes:
        info: what is known of it.
        text: what all offsets count in, by code points.
        layout: what its format tells of the text.
    """

    info: SourceInfo
    text: str
    layout: Layout = PLAIN

    @property
    def id(self) -> str:
        """The id of the source."""
        return self.info.id


@dataclass(frozen=True, slots=True)
class Place:
    """Where a unit stands, counted the same way in every document; each number from 1, 0 for none.

    Attributes:
        page: page, for texts that have pages.
        paragraph: paragraph within the page, or within the text when it has no pages.
        point: list item that belongs to that paragraph.
        last_page: the page on which the unit ends, where that is another; else 0.
        note: a foot- or endnote, counted in the text.
        paging: what the pages are.
    """

    page: int
    paragraph: int
    point: int
    last_page: int = 0
    note: int = 0
    paging: Paging = "page"

    def to(self, last: Place) -> Place:
        """The place of what begins here and ends there."""
        end = last.last_page or last.page
        return replace(self, last_page=end if end != self.page else 0)


Role = Literal["body", "note", "heading", "contents", "caption", "columns", "label", "aside", "question"]
"""What a sentence is in its text; only ``body`` and ``note`` are ever an answer, the others are context:
``label`` names who speaks, ``aside`` is no word of the speaker, ``question`` is put to the next speaker."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """The unit quoted: a sentence, or one item of a ``;`` enumeration.

    Attributes:
        start, end: slice of the source's text, in code points.
        place: for the locator.
        lead_in: slice of what introduces it (``Ce soutien comprendra :``), if anything does.
        heading: slice of the heading it stands under, if any.
        role: what it is in the text.
        speaker: who says it, as the text names them; ``None`` where it does not.
    """

    start: int
    end: int
    place: Place
    lead_in: Span | None = None
    heading: Span | None = None
    role: Role = "body"
    speaker: str | None = None


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
        speaker: who says it in the source, as the source names them; ``None`` where it does not.
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
    speaker: str | None = None

    @property
    def sides(self) -> list[str]:
        """The sides that hold its words, sorted."""
        return sorted({quote.source.side for quote in (self, *self.also) if quote.source.side})

    @property
    def party(self) -> str | None:
        """For whom it speaks in a debate: its side, without one its speaker, else nobody in particular."""
        return self.source.side or self.speaker


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


@dataclass(frozen=True, slots=True)
class Translation:
    """The words of a quote in another language, by a language model: no quote.

    Attributes:
        text: in ``lang``.
        lang: the reader's.
        numbers_kept: whether its numbers and months are those of the quote.
    """

    text: str
    lang: Language
    numbers_kept: bool

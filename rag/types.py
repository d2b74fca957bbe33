"""The words of the program as frozen data. No behaviour beyond what follows from the fields."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

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


@dataclass(frozen=True, slots=True)
class Source:
    """One document of the corpus: what is known of it, and its text."""

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
        start, end: slice of the source's text.
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

    ``sentences`` are in order, inside ``start:end``, and only white space is between them.
    """

    start: int
    end: int
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """A checked slice of a source: ``source.text[start:end] == text``.

    Attributes:
        n: number within its answer, from 1; 0 outside an answer.
        before, after: text of the passage around the quote, for context.
        lead_in: the words that introduce a list item, verbatim; empty when there are none.
        highlights: slices, relative to the source, of the words that answer.
        score: 0 to 1, higher is better.
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


@dataclass(frozen=True, slots=True)
class Prose:
    """A block of an answer in the program's own words."""

    text: str
    heading: bool = False


@dataclass(frozen=True, slots=True)
class QuoteRef:
    """A block of an answer that shows quote number ``n``."""

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


@dataclass(frozen=True, slots=True)
class Card:
    """A quote with the claim it proves, as evidence is cut for competitive debate.

    Attributes:
        id: unique in its dossier.
        tag: the claim that the quote proves, in the debater's words.
        quote: as it was cut; its ``highlights`` are the words to be read out.
        note: for the debater alone.
        section: names of the headings it stands under, widest first (pocket, hat, block); three at most.
    """

    id: str
    tag: str
    quote: Quote
    note: str = ""
    section: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dossier:
    """Cards in the order in which they are to be used."""

    title: str = ""
    cards: tuple[Card, ...] = ()


Verdict = Literal["exact", "altered", "stitched", "misattributed", "absent"]
"""What a check of a claimed quote finds; see rag/verify.py."""

EffectKind = Literal[
    "negation", "number", "date", "name", "modal", "condition", "hedge", "attribution", "scope",
    "cut", "added", "order", "wording", "spelling", "quote_marks", "punctuation",
]  # fmt: skip
"""What a change to a quote is about; from ``cut`` on, when no word of the kinds before is touched."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A stretch of a claimed quote beside what stands in the source.

    Attributes:
        op: ``insert`` for words that the source does not have, ``delete`` for words of it left out.
        quoted: as in the claimed quote, verbatim.
        actual: as in the source, verbatim.
        announced: an ellipsis in the claimed quote says that words are left out here.
    """

    op: Literal["equal", "replace", "insert", "delete"]
    quoted: str
    actual: str
    announced: bool = False


@dataclass(frozen=True, slots=True)
class Effect:
    """What the changes of one kind do, in the words that they touch (`` … `` between two places)."""

    kind: EffectKind
    change: Literal["dropped", "added", "changed"]
    quoted: str
    actual: str


@dataclass(frozen=True, slots=True)
class Attribution:
    """Whose words a claimed quote is said to be.

    Attributes:
        named: as it was said.
        sources: ids of the sources meant; none when nothing in the corpus has such a name.
        holds: whether they have the words; ``None`` when no source is meant, or none has the words.
    """

    named: str
    sources: tuple[str, ...]
    holds: bool | None


@dataclass(frozen=True, slots=True)
class Verification:
    """What the sources have of a claimed quote.

    Attributes:
        quote: as claimed.
        verdict: see rag/verify.py.
        similarity: 0 to 1, share of the words that are the same and in the same order.
        pieces: the true passages, in the order of the claimed quote; of an exact one, at each place where it
            stands (the ``n`` of a piece is the number of its place).
        places: in how many places an exact quote stands, were they more than are given.
        diff: the claimed quote beside the first place.
        effects: what the changes do.
        warnings: of an exact quote, what the sentence around it has that limits or denies it.
        near: when absent, the nearest passages; never shown as a quote.
        attribution: whose words it is said to be, if that is said.
    """

    quote: str
    verdict: Verdict
    similarity: float
    pieces: tuple[Quote, ...] = ()
    places: int = 0
    diff: tuple[Difference, ...] = ()
    effects: tuple[Effect, ...] = ()
    warnings: tuple[Effect, ...] = ()
    near: tuple[Quote, ...] = ()
    attribution: Attribution | None = None

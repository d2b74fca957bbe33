"""Text -> passages -> sentences. Pure: the same text always gives the same slices.

A *passage* is a paragraph or a list item, the unit shown as context; a *sentence* is the unit quoted.
Both are slices of the text, in order, without overlap and with nothing but white space between them,
so that the pieces tile the text.

Lines are first gathered into *blocks*, what a reader sees as one paragraph, item, row or heading
(:mod:`rag.text.blocks`); each block is cut into sentences (:mod:`rag.text.sentences`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rag.text.blocks import Block, blocks_in
from rag.text.lines import Kind
from rag.text.sentences import is_quotable, sentences_of
from rag.types import Passage, Place, Sentence, Span

SEGMENTER_VERSION = 1
"""Changes whenever the same text would give other slices; the index is then rebuilt."""

PASSAGE_MAX = 1200
"""A longer block is split between its sentences, in characters."""
PASSAGE_MIN = 60
"""A shorter block is joined to a neighbour, in characters."""


def segment(text: str) -> tuple[Passage, ...]:
    """Cut a text into passages of sentences.

    Args:
        text: the whole text of a source; form feeds separate its pages.

    Returns:
        The passages in order; empty when the text holds only white space.
    """
    blocks = blocks_in(text)
    sentences = list(_sentences_by_block(text, blocks))
    return tuple(_passages(sentences, [block.kind for block in blocks]))


def _sentences_by_block(text: str, blocks: Iterable[Block]) -> Iterator[list[Sentence]]:
    """The sentences of each block, with their place and the slices that introduce and head them."""
    page, paragraph, point = 0, 0, 0
    heading: Span | None = None
    openers: list[tuple[int, Span]] = []  # sentences that introduce what follows, by indentation
    for block in blocks:
        if block.page != page:
            page, paragraph, point = block.page, 0, 0
        if not is_quotable(text, block.start, block.end):  # a rule of dashes is no paragraph
            yield sentences_of(text, block, Place(page, paragraph, point), None, heading)
            continue
        speech = text[block.start] == "—" and not openers  # a dash of dialogue, not a list item
        listed = block.kind == "row" or (block.kind == "item" and not speech)
        paragraph, point = (max(paragraph, 1), point + 1) if listed else (paragraph + 1, 0)
        introduced = listed or text[block.start].islower()
        openers = [opener for opener in openers if introduced and opener[0] < block.indent]
        lead_in = openers[-1][1] if openers else None
        sentences = sentences_of(text, block, Place(page, paragraph, point), lead_in, heading)
        yield sentences
        if block.kind == "heading":
            heading = block.start, block.end
        elif text[block.end - 1] == ":":
            openers.append((block.indent if introduced else -1, (sentences[-1].start, sentences[-1].end)))


def _passages(blocks: Iterable[list[Sentence]], kinds: Iterable[Kind]) -> Iterator[Passage]:
    for group in _groups(blocks, kinds):
        for part in _balanced(group):
            yield Passage(part[0].start, part[-1].end, tuple(part))


def _groups(blocks: Iterable[list[Sentence]], kinds: Iterable[Kind]) -> list[list[Sentence]]:
    """Join short blocks to what stands before them, headings to what stands below."""
    groups: list[list[Sentence]] = []
    awaits = False  # the last group is a heading, or too short with nothing before it
    for sentences, kind in zip(blocks, kinds, strict=True):
        joins = kind != "heading" and _extent(sentences) < PASSAGE_MIN and _fits(groups, sentences)
        if awaits or joins:
            groups[-1] += sentences
        else:
            groups.append([*sentences])
        awaits = kind == "heading" or _extent(groups[-1]) < PASSAGE_MIN
    if awaits and _extent(groups[-1]) < PASSAGE_MIN and _fits(groups[:-1], groups[-1]):
        groups[-2:] = [groups[-2] + groups[-1]]
    return groups


def _fits(groups: Sequence[list[Sentence]], sentences: Sequence[Sentence]) -> bool:
    """Whether ``sentences`` may join the last of ``groups``."""
    return bool(groups) and sentences[-1].end - groups[-1][0].start <= PASSAGE_MAX


def _extent(sentences: Sequence[Sentence]) -> int:
    return sentences[-1].end - sentences[0].start


def _balanced(sentences: Sequence[Sentence]) -> Iterator[list[Sentence]]:
    """Parts of about equal length, none over ``PASSAGE_MAX``."""
    target = _extent(sentences) / -(-_extent(sentences) // PASSAGE_MAX)
    part: list[Sentence] = []
    for sentence in sentences:
        if part and (sentence.end - part[0].start > PASSAGE_MAX or _extent(part) >= target):
            yield part
            part = []
        part.append(sentence)
    yield part

"""Text -> passages -> sentences. Pure: the same text always gives the same slices.

A *passage* is a paragraph or a list item, the unit shown as context; a *sentence* is the unit quoted.
Both are slices of the text, in order, without overlap and with nothing but white space between them,
so that the pieces tile the text.

Lines are first gathered into *blocks*, what a reader sees as one paragraph, item, row or heading
(:mod:`rag.text.blocks`); each block is cut into sentences (:mod:`rag.text.sentences`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from rag.text.blocks import CLOSERS, Block, blocks_in
from rag.text.lines import Kind, part_at
from rag.text.sentences import is_quotable, sentences_of
from rag.text.turns import Stretch, turns_in
from rag.types import PLAIN, Layout, Passage, Place, Role, Sentence, Span

SEGMENTER_VERSION = 2
"""Changes whenever the same text would give other slices; the index is then rebuilt."""

PASSAGE_MAX = 1200
"""A longer block is split between its sentences, in characters."""
PASSAGE_MIN = 60
"""A shorter block is joined to a neighbour, in characters."""


def segment(text: str, layout: Layout = PLAIN) -> tuple[Passage, ...]:
    """Cut a text into passages of sentences.

    Args:
        text: the whole text of a source; where its layout has no pages, form feeds separate them.
        layout: what its format tells of it.

    Returns:
        The passages in order; empty when the text holds only white space.
    """
    blocks, turns = turns_in(text, layout, blocks_in(text, layout))
    sentences = list(_sentences_by_block(text, layout, blocks, turns))
    runs = [(run, block.kind) for of, block in zip(sentences, blocks, strict=True) for run in _runs(of)]
    return tuple(_passages(runs))


def _sentences_by_block(
    text: str, layout: Layout, blocks: Iterable[Block], turns: Iterable[tuple[Stretch, ...]]
) -> Iterator[list[Sentence]]:
    """The sentences of each block, with their place and the slices that introduce and head them."""
    page, paragraph, point, notes = 0, 0, 0, 0
    heading: Span | None = None
    columns: Span | None = None  # the row of heads above the rows of a table
    openers: list[tuple[int, Span]] = []  # sentences that introduce what follows, by indentation
    for block, stretches in zip(blocks, turns, strict=True):
        if block.kind == "note":
            notes += 1
            yield _note(text, layout, block, notes)
            continue
        if block.page != page:
            page, paragraph, point = block.page, 0, 0
        if not is_quotable(text, block.start, block.end):  # a rule of dashes is no paragraph
            place = Place(page, paragraph, point, paging=layout.paging)
            yield sentences_of(text, block, place, None, heading)
            continue
        speech = text[block.start] == "—" and not openers  # a dash of dialogue, not a list item
        listed = block.kind in ("row", "columns") or (block.kind == "item" and not speech)
        paragraph, point = (max(paragraph, 1), point + 1) if listed else (paragraph + 1, 0)
        introduced = listed or text[block.start].islower()
        openers = [opener for opener in openers if introduced and opener[0] < block.indent]
        columns = columns if block.kind == "row" else None
        lead_in = columns or (openers[-1][1] if openers else None)
        place = Place(page, paragraph, point, paging=layout.paging)
        sentences = _spoken(text, block, stretches, place, lead_in, heading)
        yield [_placed(sentence, layout, _role(block)) for sentence in sentences]
        if (last := layout.page_at(block.end - 1)) != layout.page_at(block.start):
            page, paragraph = last, 1
        if block.kind == "columns":
            columns = block.start, block.end
        if block.kind == "heading":
            heading = block.start, block.end
        elif text[block.end - 1] == ":" and sentences[-1].role == "body":
            openers.append((block.indent if introduced else -1, (sentences[-1].start, sentences[-1].end)))


def _spoken(
    text: str,
    block: Block,
    stretches: Sequence[Stretch],
    place: Place,
    lead_in: Span | None,
    heading: Span | None,
) -> list[Sentence]:
    """The sentences of a block, with who speaks, where that is told."""
    if not stretches:
        return sentences_of(text, block, place, lead_in, heading)
    found: list[Sentence] = []
    for stretch in stretches:
        piece = replace(block, start=stretch.start, end=stretch.end)
        own = sentences_of(text, piece, place, None, heading, asked=bool(stretch.asks))
        asked = _asked(text, own, stretch)
        for one, is_asked in zip(own, asked, strict=True):
            role = "question" if is_asked else stretch.role
            found.append(replace(one, speaker=stretch.speaker, role=role))
    first = next((n for n, one in enumerate(found) if one.role == "body"), None)
    if lead_in and first is not None:
        found[first] = replace(found[first], lead_in=lead_in)
    return found


_ASKED = re.compile(rf"\?{CLOSERS}[*_]*$")


def _asked(text: str, sentences: Sequence[Sentence], stretch: Stretch) -> list[bool]:
    """Which sentences of a stretch are questions to somebody."""
    if stretch.asks in ("", "all"):
        return [stretch.asks == "all"] * len(sentences)
    marked = [_ASKED.search(text, one.start, one.end) is not None for one in sentences]
    if stretch.asks == "each":
        return marked
    last = next((n for n, one in enumerate(reversed(marked)) if not one), len(marked))
    return [n >= len(marked) - last for n in range(len(marked))]


def _note(text: str, layout: Layout, block: Block, number: int) -> list[Sentence]:
    """The sentences of a foot- or endnote: it is cited by its mark where that is a number."""
    part = part_at(layout, block.start)
    cited = int(part.mark) if part and part.mark.isdecimal() else number
    place = Place(layout.page_at(block.start), 0, 0, note=cited, paging=layout.paging)
    return [replace(one, role="note") for one in sentences_of(text, block, place, None, None)]


def _placed(sentence: Sentence, layout: Layout, role: Role) -> Sentence:
    """A sentence on its own page: what a paragraph has on a further page is the first of that page."""
    first, last = (layout.page_at(at) for at in (sentence.start, sentence.end - 1))
    place = sentence.place
    if first != place.page and layout.pages:
        place = replace(place, page=first, paragraph=1)
    role = sentence.role if sentence.role != "body" else role
    return replace(sentence, role=role, place=replace(place, last_page=last if last != first else 0))


def _role(block: Block) -> Role:
    return "body" if block.kind in ("paragraph", "item", "row") else block.kind  # type: ignore[return-value]


def _runs(sentences: list[Sentence]) -> list[list[Sentence]]:
    """The sentences of a block, apart from the stage directions before them."""
    first = next((n for n, one in enumerate(sentences) if one.role != "aside"), 0)
    return [run for run in (sentences[:first], sentences[first:]) if run]


def _passages(runs: Iterable[tuple[list[Sentence], Kind]]) -> Iterator[Passage]:
    for group in _groups(runs):
        for part in _balanced(group):
            yield Passage(part[0].start, part[-1].end, tuple(part))


def _groups(runs: Iterable[tuple[list[Sentence], Kind]]) -> list[list[Sentence]]:
    """Join short blocks to what stands before them, headings to what stands below."""
    groups: list[list[Sentence]] = []
    awaits = False  # the last group is a heading, or too short with nothing before it
    for sentences, kind in runs:
        joins = kind != "heading" and _extent(sentences) < PASSAGE_MIN and _fits(groups, sentences)
        if (awaits or joins) and not _apart(groups, sentences):
            groups[-1] += sentences
        else:
            groups.append([*sentences])
        awaits = kind == "heading" or _extent(groups[-1]) < PASSAGE_MIN
    short = awaits and _extent(groups[-1]) < PASSAGE_MIN and _fits(groups[:-1], groups[-1])
    if short and not _apart(groups[:-1], groups[-1]):
        groups[-2:] = [groups[-2] + groups[-1]]
    return groups


def _apart(groups: Sequence[list[Sentence]], sentences: Sequence[Sentence]) -> bool:
    """Whether ``sentences`` and the last of ``groups`` never share a passage: text and note, two speakers.

    A stage direction may follow any words, and none follow it but its like.
    """
    if not groups:
        return False
    last = groups[-1]
    if (sentences[0].role == "note") != (last[-1].role == "note"):
        return True
    return sentences[0].role != "aside" and (
        last[0].role == "aside" or last[0].speaker != sentences[0].speaker
    )


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
        full = _extent(part) >= target and sentence.role != "aside" if part else False
        if part and (full or sentence.end - part[0].start > PASSAGE_MAX):
            yield part
            part = []
        part.append(sentence)
    yield part

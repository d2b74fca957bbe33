"""The blocks of a transcript: each label at the head of one, headings told from what is said. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from rag.text.asides import is_aside
from rag.text.blocks import Block
from rag.text.labels import Label
from rag.types import Layout


def blocks_of_turns(
    text: str, layout: Layout, blocks: Sequence[Block], labels: Mapping[int, Label], doubtful: set[int]
) -> list[Block]:
    """The blocks of a text, none of them of two turns.

    Args:
        text: of a document.
        layout: what its format tells of it.
        blocks: its blocks.
        labels: of its turns, by where they start.
        doubtful: where else a turn may start.
    """
    cut = list(_cut(text, layout, blocks, labels.keys() | doubtful, labels))
    return _headed(text, cut, labels)


def _cut(
    text: str, layout: Layout, blocks: Sequence[Block], starts: Iterable[int], labels: Mapping[int, Label]
) -> Iterator[Block]:
    """The blocks, each label at the head of one; a label is no heading."""
    ordered = sorted(starts)
    at = 0
    for block in blocks:
        begin = block.start
        while at < len(ordered) and ordered[at] < block.end:
            start, at = ordered[at], at + 1
            if start > begin:
                yield replace(block, start=begin, end=begin + len(text[begin:start].rstrip()))
                begin = start
        loud = block.kind == "heading" and (text[begin] in "*_(" or is_aside(text[begin : block.end]))
        kind = "paragraph" if loud or (begin in labels and block.kind in ("heading", "row")) else block.kind
        page = block.page if begin == block.start or not layout.pages else layout.page_at(begin)
        yield replace(block, start=begin, kind=kind, page=page)


def _headed(text: str, blocks: list[Block], labels: Mapping[int, Label]) -> list[Block]:
    """The blocks, short lines without a stop being headings where words have one."""
    first = min(labels)
    spoken = [block for block in blocks if block.start in labels and labels[block.start].end < block.end]
    stopped = sum(_STOPS.search(text, block.start, block.end) is not None for block in spoken)
    if stopped < _STOPPED * len(spoken):
        return blocks
    return [
        replace(block, kind="heading")
        if block.kind in ("paragraph", "item")
        and block.start > first
        and block.start not in labels
        and block.end - block.start <= _TITLE
        and not _STOPS.search(text, block.start, block.end)
        and not is_aside(text[block.start : block.end])
        else block
        for block in blocks
    ]


_STOPS = re.compile(r"[.!?…:;,»”\"\])*_—–-]\s*$")
_STOPPED = 0.8
_TITLE = 120
"""A heading is no longer than this."""

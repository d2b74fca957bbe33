"""Several texts -> one: the chapters of a book, the parts of a message."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from rag.documents.formats.shared import Extract
from rag.types import Layout, LeftOut, Part, Remark


def join(chapters: Iterable[Extract]) -> Extract:
    """Texts as one: their bodies in order, then the notes of all."""
    pieces: list[str] = []
    notes: list[tuple[str, Part]] = []
    parts: list[Part] = []
    left_out: list[LeftOut] = []
    counts: dict[str, int] = {}
    size = 0
    for chapter in chapters:
        left_out += chapter.layout.left_out
        for remark in chapter.layout.remarks:
            counts[remark.key] = counts.get(remark.key, 0) + remark.count
        body = chapter.text[: _body_end(chapter)].rstrip()
        for part in chapter.layout.parts:
            at = part.at + size if part.at >= 0 else -1
            if part.start >= len(body):
                notes.append((chapter.text[part.start : part.end], replace(part, at=at)))
            else:
                parts.append(replace(part, start=part.start + size, end=part.end + size, at=at))
        if body:
            pieces.append(body)
            size += len(body) + 2
    for text, part in notes:
        pieces.append(text)
        parts.append(replace(part, start=size, end=size + len(text)))
        size += len(text) + 2
    remarks = tuple(Remark(key, count) for key, count in counts.items())
    return Extract(
        "\n\n".join(pieces), layout=Layout(parts=tuple(parts), left_out=tuple(left_out), remarks=remarks)
    )


def _body_end(chapter: Extract) -> int:
    """Where the notes at the end of a chapter begin."""
    end = len(chapter.text)
    for part in reversed(chapter.layout.parts):
        if part.kind != "note" or chapter.text[part.end : end].strip():
            break
        end = part.start
    return end

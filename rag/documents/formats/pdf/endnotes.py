"""Notes gathered under a heading at the end of a document."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.documents.formats.pdf.notes import marks_in, note_paragraphs
from rag.documents.formats.pdf.shapes import Paragraph

_TITLE = re.compile(
    r"\W*(?:\d+\W*)?(?:notes?(?: de fin| finales| et références| and references)?|end ?notes|références)\W*",
    re.IGNORECASE,
)


def endnotes_apart(paragraphs: list[Paragraph]) -> tuple[list[Paragraph], list[Paragraph]]:
    """The paragraphs without the notes under the last heading that names them, and those notes.

    They are notes where they are numbered from 1 and the text calls most of them.
    """
    at = next((i for i in range(len(paragraphs) - 1, -1, -1) if _names_notes(paragraphs[i])), None)
    if at is None:
        return paragraphs, []
    body, after = paragraphs[:at], paragraphs[at + 1 :]
    end = next(
        (i for i, own in enumerate(after) if own.kind not in ("text", "item") or own.aside), len(after)
    )
    notes = note_paragraphs(line for own in after[:end] for line in own.lines)
    if not notes or notes[0].label != "1" or not _called(notes, body):
        return paragraphs, []
    for note in notes:
        note.gathered = True
    return [*paragraphs[: at + 1], *after[end:]], notes


def _names_notes(own: Paragraph) -> bool:
    short = len(own.lines) == 1 and own.kind in ("heading", "text")
    return short and bool(_TITLE.fullmatch(own.lines[0].text))


def _called(notes: Sequence[Paragraph], body: Sequence[Paragraph]) -> bool:
    """Whether the text has the marks of most of the notes."""
    marks = {mark.label for mark in marks_in(line.chars() for own in body for line in own.lines)}
    return 2 * sum(note.label in marks for note in notes) > len(notes)

"""Blocks -> text, and what its slices are."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from rag.documents.formats import superscripts as scripts
from rag.documents.formats.blocks import (
    FIRST_ANCHOR,
    Block,
    Cell,
    Note,
    PageStart,
    Paragraph,
    Run,
    Table,
    Tree,
)
from rag.documents.formats.shared import Extract, has_visible, one_line, tidy
from rag.documents.formats.symbols import UNKNOWN
from rag.documents.formats.tables import head_rows, is_layout, joined, spread
from rag.types import Layout, LeftOut, LeftOutKind, Paging, Part, PartKind, Remark

_ANCHOR = f"[{chr(FIRST_ANCHOR)}-{chr(FIRST_ANCHOR + 0xFFFF)}]"
_ANCHORS = re.compile(_ANCHOR)
_SPACED_ANCHORS = re.compile(rf"(?<=\S)[ \u00a0\u202f]{{1,3}}({_ANCHOR}+)(?=[\s.,)\]]|$)")
_NEAR = 100
_UNSEEN = str.maketrans(dict.fromkeys("\u00ad\u200b\u2060\ufeff", ""))
_PLAIN_LABEL = re.compile(r"-|\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)]|\d{1,3}°")


@dataclass(slots=True)
class _Line:
    """A line of the text to be; it stands next to one of the same ``glue``, else apart."""

    text: str
    kind: PartKind | Literal[""] = ""
    glue: str = ""
    mark: str = ""
    at: int = -1  # of a note that somebody typed: its first anchor


def write(tree: Tree, paging: Paging = "page") -> Extract:
    """The text of a tree: its body, then its notes; with what is left out and what is to be said of it."""
    writer = _Writer(tree)
    writer.body(tree.blocks)
    writer.notes()
    for kind, blocks in tree.left_out:
        inner = _Writer(Tree())
        inner.body(blocks)
        writer.leave_out(kind, " ".join(line.text for line in inner.lines))
    text, parts, starts = _assembled(writer.lines, tree.notes)
    pages = tuple((starts[line], number) for line, number in writer.pages if line < len(starts))
    left_out = tuple(dict.fromkeys(writer.left_out))  # sections repeat their headers
    remarks = _remarks(tree, writer.left_out, text)
    return Extract(text, layout=Layout(paging, pages, parts, left_out, remarks))


class _Writer:
    """Writes the lines of a tree, one block after the other."""

    def __init__(self, tree: Tree) -> None:
        self.lines: list[_Line] = []
        self.pages: list[tuple[int, int]] = []  # index of the first line, number
        self.left_out: list[LeftOut] = []
        self._tree = tree
        self._typed: list[_Line] = []  # notes that somebody typed
        self._open: dict[str, int] = {}  # marks that may call one, with the index of the first anchor
        self._letters = {mark for mark in map(_typed_mark, _paragraphs(tree.blocks)) if mark.isalpha()}
        self._tables = 0

    def body(self, blocks: list[Block]) -> None:
        """Blocks, in order."""
        for block in blocks:
            if isinstance(block, PageStart):
                self.pages.append((len(self.lines), block.number))
            elif isinstance(block, Table):
                self._table(block)
            else:
                self._paragraph(block)

    def notes(self) -> None:
        """The notes, after everything else."""
        for index, note in enumerate(tuple(self._tree.notes)):
            text = joined(list(filter(None, (one_line(self._words(p)) for p in _paragraphs(note.blocks)))))
            if _seen(text):
                self.lines.append(_Line(text, "note", mark=note.mark, at=index))
        self.lines += self._typed

    def leave_out(self, kind: LeftOutKind, text: str) -> None:
        """Set some text apart, unless nobody would see it."""
        text = one_line(_ANCHORS.sub("", text).translate(_UNSEEN))
        if has_visible(text):
            self.left_out.append(LeftOut(kind, text))

    def _paragraph(self, paragraph: Paragraph) -> None:
        typed = _typed_mark(paragraph)
        if typed in self._open:
            called = self._open.pop(typed)
            words = one_line(self._words(Paragraph(_after_mark(paragraph.runs))))
            if _seen(words):
                self._typed.append(_Line(words, "note", mark=typed, at=called))
            return
        words = "\n".join(filter(None, map(_trimmed, self._words(paragraph).split("\n"))))
        if not _seen(words):
            return
        if paragraph.kind or paragraph.label:
            words = " ".join(filter(None, (paragraph.label, one_line(words))))
        if paragraph.item and not paragraph.kind:
            plain = _PLAIN_LABEL.fullmatch(paragraph.label)  # others are not told from wrapped lines
            margin = "  " * min(paragraph.depth, 8) if plain else ""
            self.lines.append(_Line(margin + words, glue="item" if plain else ""))
        else:
            glue = "contents" if paragraph.kind == "contents" else ""
            self.lines.append(_Line(words, paragraph.kind, glue))

    def _table(self, table: Table) -> None:
        self._tables += 1
        glue = f"table {self._tables}"  # tables in it have numbers of their own
        heads = head_rows(table)
        written: dict[int, str] = {}  # of cells that go on below
        for number, row in enumerate(spread(table)):
            if is_layout(table, row):
                for cell in row:
                    self.body(cell.blocks if cell is not None and id(cell) not in written else [])
                    written.setdefault(id(cell), "")
                continue
            texts = []
            for cell in row:
                if cell is not None and id(cell) not in written:
                    texts.append(self._cell(cell))
                    written[id(cell)] = _ANCHORS.sub("", texts[-1])
                else:
                    texts.append(written[id(cell)] if cell is not None else "")
            while len(texts) > 2 and row[len(texts) - 1] is None:
                texts.pop()
            if any(map(_seen, texts)):
                kind: PartKind | Literal[""] = "columns" if number < heads else ""
                self.lines.append(_Line(one_line(" | ".join(texts)), kind, glue))

    def _cell(self, cell: Cell) -> str:
        texts = (
            " ".join(filter(None, (p.label, one_line(joined(self._words(p).split("\n"))))))
            for p in _paragraphs(cell.blocks)
        )
        return joined([text for text in texts if _seen(text)])

    def _words(self, paragraph: Paragraph) -> str:
        """The words of a paragraph; characters stand for its notes."""
        for run in _merged(paragraph.runs):
            if run.out:
                self.leave_out(run.out, run.text)
        runs = _merged(_without_gaps(paragraph.runs))
        written = ""
        for index, run in enumerate(runs):
            text = run.text.translate(_UNSEEN)
            if run.script == "sub":
                text = scripts.lowered(text)
            elif run.script == "super":
                text = self._raised(
                    text, written, "".join(later.text for later in runs[index + 1 : index + 3])
                )
            written += text
        return _SPACED_ANCHORS.sub(r"\1", tidy(written))

    def _raised(self, text: str, before: str, after: str) -> str:
        if _ANCHORS.search(text):  # marks of notes, and commas between them
            return "".join(_ANCHORS.findall(text))
        plain, after = _ANCHORS.sub("", before[-_NEAR:]), _ANCHORS.sub("", after[:_NEAR])
        high = None if text.strip() in self._letters and plain.strip() else scripts.raised(text, plain, after)
        if high is not None:
            return high
        if not plain.strip():  # at the start of a line: a number
            return scripts.unicode_superscript(text)
        anchors = ""
        for mark in scripts.marks_in(text):
            anchors += self._tree.anchor(Note(mark, []))
            self._open.setdefault(mark, len(self._tree.notes) - 1)
        return anchors + (" " if text[-1:].isspace() else "")


def _typed_mark(paragraph: Paragraph) -> str:
    """The raised mark that a paragraph begins with; empty where there is none."""
    first = next((run for run in _merged(paragraph.runs) if run.out or has_visible(run.text)), Run(""))
    raised = first.script == "super" and not first.out and scripts.is_mark(first.text)
    return scripts.bare_mark(first.text) if raised else ""


def _after_mark(runs: list[Run]) -> list[Run]:
    merged = [run for run in _merged(runs) if run.out or has_visible(run.text)]
    return merged[1:]


def _merged(runs: list[Run]) -> list[Run]:
    """The runs, those of one look as one."""
    full = (run for run in runs if run.text)
    groups = groupby(full, key=lambda run: (run.script, run.out))
    return [Run("".join(run.text for run in alike), script, out) for (script, out), alike in groups]


def _without_gaps(runs: list[Run]) -> list[Run]:
    """The runs that are read; of the spaces before and after words left out, one."""
    kept: list[Run] = []
    gap = False
    for run in runs:
        if run.out:
            gap = True
            continue
        before = kept[-1].text[-1:] if kept else " "
        text = run.text.lstrip(" ") if gap and before in " \n" else run.text
        kept.append(Run(text, run.script))
        gap = gap and not text
    return kept


def _paragraphs(blocks: list[Block]) -> list[Paragraph]:
    return [block for block in blocks if isinstance(block, Paragraph)]


def _seen(text: str) -> bool:
    return has_visible(_ANCHORS.sub("", text))


def _trimmed(line: str) -> str:
    return line.strip(" \t") if _seen(line) else ""


def _assembled(lines: list[_Line], notes: list[Note]) -> tuple[str, tuple[Part, ...], list[int]]:
    """The text, its parts in order, and where each line begins."""
    pieces: list[str] = []
    starts: list[int] = []
    stood: dict[int, int] = {}  # number of the anchor -> where it stood
    size = 0
    for number, line in enumerate(lines):
        if number:
            near = line.glue and line.glue == lines[number - 1].glue
            pieces.append("\n" if near else "\n\n")
            size += len(pieces[-1])
        starts.append(size)
        for gone, anchor in enumerate(_ANCHORS.finditer(line.text)):
            stood.setdefault(ord(anchor[0]) - FIRST_ANCHOR, size + anchor.start() - gone)
        pieces.append(_ANCHORS.sub("", line.text))
        size += len(pieces[-1])
    parts = []
    for line, start, text in zip(lines, starts, pieces[::2], strict=True):
        if line.kind:
            at = stood.get(line.at, -1) if line.kind == "note" else -1
            parts.append(Part(start, start + len(text), line.kind, line.mark, at))
    return "".join(pieces), tuple(parts), starts


def _remarks(tree: Tree, left_out: list[LeftOut], text: str) -> tuple[Remark, ...]:
    of_kind = Counter(left.kind for left in left_out)
    counts = {
        "hidden": of_kind["hidden"] - tree.hidden_pages,
        "struck": of_kind["struck"],
        "changes": tree.changes,
        "comments": of_kind["comment"],
        "symbols": text.count(UNKNOWN),
        "hidden_pages": tree.hidden_pages,
        "drawings": tree.drawings,
    }
    return tuple(Remark(key, count) for key, count in counts.items() if count)

"""Word -> text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from rag.documents.formats.blocks import Block, Cell, Note, Paragraph, Row, Run, Table, Tree
from rag.documents.formats.looks import is_list, is_title, part_of
from rag.documents.formats.numbers import printed
from rag.documents.formats.package import Package, dublin, reading, sensible_author
from rag.documents.formats.shared import Extract, one_line, sensible_title
from rag.documents.formats.word_numbers import Numbers
from rag.documents.formats.word_runs import Inline
from rag.documents.formats.word_styles import (
    Style,
    Styles,
    W,
    integer,
    is_on,
    is_shaded,
    number_of,
    outline_of,
    read_styles,
)
from rag.documents.formats.writer import write
from rag.types import LeftOutKind

_TABLE_MOST_SPAN = 60


@reading("DOCX")
def read_docx(data: bytes, max_bytes: int) -> Extract:
    """A Word document as a reader of its final version sees it; templates and files with macros too.

    Args:
        data: the file.
        max_bytes: size limit of the file, which bounds what it may unpack to.

    Raises:
        NotReadable: no DOCX, damaged, protected, empty, or a zip bomb.
    """
    package = Package(data, max_bytes, ".docx")
    name = next(package.relations("", "officeDocument"), "word/document.xml")
    root = package.xml(name)
    body = root.find(f"{W}body") if root is not None else None
    if body is None:
        raise package.bodiless()
    reader = _Reader(package, name)
    reader.tree.blocks = reader.story(body)
    reader.beside(body)
    core = package.xml(next(package.relations("", "core-properties"), "docProps/core.xml"))
    extract = write(reader.tree)
    title = sensible_title(dublin(core, "title")) or reader.title
    return replace(
        extract,
        title=title,
        author=sensible_author(dublin(core, "creator")),
        language=dublin(core, "language"),
    )


class _Reader:
    """Walks the stories of a document: its body, notes, headers, comments."""

    def __init__(self, package: Package, name: str) -> None:
        parts = dict(package.related(name).values())
        self.tree = Tree()
        self.title = ""
        self._headers = sorted(
            t for kind, t in package.related(name).values() if kind in ("header", "footer")
        )
        self._package = package
        self._styles: Styles = read_styles(package.xml(parts.get("styles", "")))
        self._numbers = Numbers(package.xml(parts.get("numbering", "")), self._styles)
        self._settings = package.xml(parts.get("settings", ""))
        self._comments = package.xml(parts.get("comments", ""))
        self._notes = {
            kind: _by_id(package.xml(parts.get(f"{kind}s", "")), kind) for kind in ("footnote", "endnote")
        }
        self._marked = {"footnote": 0, "endnote": 0}
        self._inline = Inline(self._styles, self._note, self._box)
        self._boxes: list[Any] = []
        self._carried: list[Run] = []  # of a paragraph that the next one goes on
        self._paper = [_is_white_paper(self._settings)]
        self._formats = {
            kind: _note_format(self._settings, kind) or usual
            for kind, usual in (("footnote", "decimal"), ("endnote", "lowerRoman"))
        }

    def story(self, root: Any) -> list[Block]:
        """The blocks of a body, cell, box or note."""
        blocks: list[Block] = []
        carried, self._carried = self._carried, []
        for element in _elements(root, (f"{W}p", f"{W}tbl")):
            if element.tag == f"{W}tbl":
                blocks.append(self._table(element))
            else:
                blocks += self._paragraph(element)
        if self._carried:
            blocks.append(Paragraph(self._carried))
        self._carried = carried
        return blocks

    def beside(self, body: Any) -> None:
        """What stands beside the body: headers, footers, comments."""
        for name in self._headers:
            root = self._package.xml(name)
            if root is not None:
                kind: LeftOutKind = "footer" if root.tag == f"{W}ftr" else "header"
                self.tree.left_out.append((kind, self._apart(root)))
        for comment in self._comments if self._comments is not None else ():
            self.tree.left_out.append(("comment", self._apart(comment)))
        self.tree.changes = self._inline.changes
        self.tree.drawings = self._inline.drawings

    def _apart(self, root: Any) -> list[Block]:
        changes = self._inline.changes
        blocks = self.story(root)
        self._inline.changes = changes
        return blocks

    def _paragraph(self, element: Any) -> list[Block]:
        properties = element.find(f"{W}pPr")
        named = properties.find(f"{W}pStyle") if properties is not None else None
        style = self._styles.get(named, "paragraph")
        look = style.look.over(self._styles.look)
        paper = self._paper[-1] and not style.shaded and not is_shaded(properties)
        outer, self._boxes = self._boxes, []
        runs = self._carried + self._inline.read(element, look, paper)
        contents = self._inline.in_contents
        boxes, self._boxes = self._boxes, outer
        if _mark_is(properties, "ins"):
            self._inline.changes += 1
        if _is_first_letter(properties):
            self._carried = [replace(run, script="") for run in runs]
            return [block for box in boxes for block in self._box_blocks(box)]
        deleted = _mark_is(properties, "del") or _mark_is(properties, "moveFrom")
        self._carried = runs if deleted else []
        self._inline.changes += _mark_is(properties, "del")
        blocks: list[Block] = []
        if not deleted:
            paragraph = Paragraph(runs)
            hidden = _mark_is(properties, "vanish") and not any(
                run.text.strip() and not run.out for run in runs
            )
            if not hidden:
                self._describe(paragraph, properties, style, named)
            if contents:
                paragraph.kind = "contents"
            blocks.append(paragraph)
        for box in boxes:
            blocks += self._box_blocks(box)
        return blocks

    def _describe(self, paragraph: Paragraph, properties: Any, style: Style, named: Any) -> None:
        """What a paragraph is, and the number before it."""
        text = one_line("".join(run.text for run in paragraph.runs if not run.out))
        outline = outline_of(properties)
        paragraph.kind = part_of(style.names, style.outline if outline is None else outline, text) or ""
        if is_title(style.name):
            self.title = self.title or text
        number = number_of(properties) or style.number
        if number is not None:
            number = (number[0] or (style.number or ("", None))[0], number[1])
            label = self._numbers.label(number, named.get(f"{W}val", "") if named is not None else "")
            if label is not None:
                paragraph.label, paragraph.depth = label
                paragraph.item = bool(paragraph.label)
        elif is_list(style.names):
            paragraph.item = style.name.lower().startswith(("list bullet", "liste à puces"))
            paragraph.label = "-" if paragraph.item else ""
        if paragraph.kind and paragraph.label == "-":
            paragraph.label = ""

    def _box(self, box: Any) -> None:
        self._boxes.append(box)

    def _box_blocks(self, box: Any) -> list[Block]:
        self._paper.append(False)  # of whatever colour the box is
        blocks = self.story(box)
        self._paper.pop()
        return blocks

    def _note(self, reference: Any) -> str:
        kind = reference.tag.rpartition("}")[2].removesuffix("Reference")
        element = self._notes[kind].get(reference.get(f"{W}id", ""))
        custom = reference.get(f"{W}customMarkFollows") in ("1", "true", "on")
        if custom:
            following = "".join(text.text or "" for text in reference.itersiblings(f"{W}t"))
            mark = one_line(following) or "*"
        else:
            self._marked[kind] += 1
            mark = printed(self._marked[kind], self._formats[kind])
        note = Note(mark, [])
        anchor = self.tree.anchor(note)
        if element is not None:
            inline, self._inline = self._inline, Inline(self._styles, self._note, self._box)
            note.blocks = self.story(element)
            inline.changes += self._inline.changes
            self._inline = inline
            note.strip_mark()
        return anchor

    def _table(self, element: Any) -> Table:
        properties = element.find(f"{W}tblPr")
        named = properties.find(f"{W}tblStyle") if properties is not None else None
        style = self._styles.get(named, "table")
        table = Table([], style.headed and _sets_first_row_apart(properties))
        for row in _elements(element, (f"{W}tr",)):
            about = row.find(f"{W}trPr")
            head = about.find(f"{W}tblHeader") if about is not None else None
            deleted = about is not None and about.find(f"{W}del") is not None
            cells = [self._cell(cell, named is None) for cell in _elements(row, (f"{W}tc",))]
            if deleted:
                self._inline.changes += 1
                self.tree.left_out.append(("deleted", [block for cell in cells for block in cell.blocks]))
            else:
                table.rows.append(Row(cells, head is not None and is_on(head.get(f"{W}val"))))
        return table

    def _cell(self, element: Any, paper: bool) -> Cell:
        about = element.find(f"{W}tcPr")
        span = about.find(f"{W}gridSpan") if about is not None else None
        merged = about.find(f"{W}vMerge") if about is not None else None
        self._paper.append(self._paper[-1] and paper and not is_shaded(about))
        blocks = [] if merged is not None and merged.get(f"{W}val") != "restart" else self.story(element)
        self._paper.pop()
        columns = integer(span.get(f"{W}val"), 1) if span is not None else 1
        return Cell(blocks, min(max(columns, 1), _TABLE_MOST_SPAN), merged is not None and not blocks)


def _elements(root: Any, wanted: tuple[str, ...]) -> Iterator[Any]:
    """Elements of a kind below ``root``, in order, through what only wraps them; not those in one another."""
    stack = list(reversed(root))
    while stack:
        element = stack.pop()
        if element.tag in wanted:
            yield element
        elif element.tag.rpartition("}")[2] not in (
            "pPr",
            "sdtPr",
            "tblPr",
            "trPr",
            "tcPr",
            "Fallback",
            "sectPr",
        ):
            stack.extend(reversed(element))


def _by_id(root: Any, kind: str) -> dict[str, Any]:
    elements = root.iterchildren(W + kind) if root is not None else ()
    return {element.get(f"{W}id", ""): element for element in elements}


def _note_format(settings: Any, kind: str) -> str:
    found = settings.find(f"{W}{kind}Pr/{W}numFmt") if settings is not None else None
    return str(found.get(f"{W}val", "")) if found is not None else ""


def _is_white_paper(settings: Any) -> bool:
    """Whether pages are white: a document may show a background of its own."""
    return settings is None or settings.find(f"{W}displayBackgroundShape") is None


def _is_first_letter(properties: Any) -> bool:
    """Whether a paragraph is the large letter that the next one begins with."""
    frame = properties.find(f"{W}framePr") if properties is not None else None
    return frame is not None and frame.get(f"{W}dropCap") in ("drop", "margin")


def _mark_is(properties: Any, what: str) -> bool:
    """Whether the end of a paragraph is inserted, deleted, moved away or hidden."""
    found = properties.find(f"{W}rPr/{W}{what}") if properties is not None else None
    return found is not None and is_on(found.get(f"{W}val"))


def _sets_first_row_apart(properties: Any) -> bool:
    look = properties.find(f"{W}tblLook")
    if look is None:
        return True
    value = look.get(f"{W}val", "0")
    flags = int(value, 16) if value.isalnum() and all(c in "0123456789abcdefABCDEF" for c in value) else 0
    return is_on(look.get(f"{W}firstRow", "1" if flags & 0x20 else "0"))

"""OpenDocument text -> text."""

from __future__ import annotations

import posixpath
from dataclasses import replace
from typing import Any

from rag.documents.formats.blocks import Block, Cell, Note, Out, Paragraph, Row, Run, Table, Tree
from rag.documents.formats.equations import equation
from rag.documents.formats.looks import Look, is_title, part_of
from rag.documents.formats.odt_styles import STYLE, TABLE, TEXT, OdtNumbers, OdtStyles
from rag.documents.formats.package import Package, dublin, reading, sensible_author
from rag.documents.formats.shared import Extract, one_line, sensible_title
from rag.documents.formats.symbols import shown
from rag.documents.formats.writer import write
from rag.errors import NotReadable

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_XLINK = "{http://www.w3.org/1999/xlink}"
_CONTENTS = {
    f"{TEXT}{name}"
    for name in ("table-of-content", "illustration-index", "table-index", "object-index", "user-index",
                 "alphabetical-index")
}  # fmt: skip
_SILENT = {
    TEXT + name
    for name in (
        "tracked-changes sequence-decls variable-decls user-field-decls number page-number page-count "
        "ruby-text table-of-content-source hidden-text alphabetical-index-mark toc-mark bookmark"
    ).split()
} | {f"{_OFFICE}forms", f"{_OFFICE}annotation-end"}
_GLYPHS = {f"{TEXT}tab": "\t", f"{TEXT}line-break": "\n"}
_SPAN_MOST = 60


@reading("ODT")
def read_odt(data: bytes, max_bytes: int) -> Extract:
    """An OpenDocument text as its reader sees it.

    Args:
        data: the file.
        max_bytes: size limit of the file, which bounds what it may unpack to.

    Raises:
        NotReadable: no ODT, damaged, protected, or a zip bomb.
    """
    package = Package(data, max_bytes, ".odt")
    manifest = package.xml("META-INF/manifest.xml")
    if manifest is not None and next(manifest.iter("{*}encryption-data"), None) is not None:
        raise NotReadable("office_protected")
    root = package.xml("content.xml")
    body = root.find(f"{_OFFICE}body/{_OFFICE}text") if root is not None else None
    if body is None:
        raise package.bodiless()
    reader = _Reader(package, root)
    reader.tree.blocks = reader.story(body)
    reader.beside(body)
    meta = package.xml("meta.xml")
    author = next((e.text or "" for e in meta.iter("{*}initial-creator")), "") if meta is not None else ""
    return replace(
        write(reader.tree),
        title=sensible_title(dublin(meta, "title")) or reader.title,
        author=sensible_author(author or dublin(meta, "creator")),
        language=dublin(meta, "language"),
    )


class _Reader:
    """Walks the body of a document."""

    def __init__(self, package: Package, content: Any) -> None:
        self.tree = Tree()
        self.title = ""
        self._package = package
        self._styles = OdtStyles()
        self._named = package.xml("styles.xml")
        self._styles.add(content)
        self._styles.add(self._named)
        self._numbers = OdtNumbers(self._styles)
        self._boxes: list[Any] = []
        self._paper = [True]

    def story(self, root: Any, kind: Any = "", label: str = "", depth: int = 0) -> list[Block]:
        """The blocks below an element.

        Args:
            root: a body, section, cell, box or note.
            kind: of the part that its paragraphs are.
            label: what stands before the first paragraph, of an item of a list.
            depth: of that item.
        """
        blocks: list[Block] = []
        for element in root:
            tag = element.tag
            if tag in (f"{TEXT}p", f"{TEXT}h"):
                blocks += self._paragraph(element, kind, label, depth)
                label = ""
            elif tag == f"{TEXT}list":
                blocks += self._list(element, kind)
            elif tag == f"{TABLE}table":
                blocks.append(self._table(element))
            elif tag == f"{TEXT}section" and _is_hidden(element):
                self.tree.left_out.append(("hidden", self.story(element)))
            elif tag in _CONTENTS:
                blocks += self.story(element, "contents")
            elif tag.startswith(_DRAW):
                blocks += self._box_blocks(element)
            elif tag not in _SILENT and tag != f"{_OFFICE}annotation":
                blocks += self.story(element, kind)
        return blocks

    def beside(self, body: Any) -> None:
        """What stands beside the body: headers, footers; and how many changes are pending."""
        for name, kind in (("header", "header"), ("footer", "footer")):
            for which in (name, f"{name}-left", f"{name}-first"):
                for element in self._named.iter(STYLE + which) if self._named is not None else ():
                    self.tree.left_out.append((kind, self.story(element)))  # type: ignore[arg-type]
        for changes in body.iter(f"{TEXT}tracked-changes"):
            deletions = list(changes.iter(f"{TEXT}deletion"))
            self.tree.changes += len(deletions) + sum(1 for _ in changes.iter(f"{TEXT}insertion"))
            self.tree.left_out += [("deleted", self.story(deletion)) for deletion in deletions]

    def _paragraph(self, element: Any, kind: Any, label: str, depth: int) -> list[Block]:
        style = self._styles.get("paragraph", element.get(f"{TEXT}style-name", ""))
        outer, self._boxes = self._boxes, []
        self._paper.append(self._paper[-1] and not style.shaded)
        runs: list[Run] = []
        hidden = any(
            e.get(f"{TEXT}is-hidden", "true") != "false" for e in element.iter(f"{TEXT}hidden-paragraph")
        )
        self._inline(element, style.look, "hidden" if hidden else "", runs)
        self._paper.pop()
        boxes, self._boxes = self._boxes, outer
        text = one_line("".join(run.text for run in runs if not run.out))
        outline = style.outline
        if element.tag == f"{TEXT}h":
            level = element.get(f"{TEXT}outline-level", "1")
            outline = int(level) - 1 if level.isdecimal() and len(level) < 3 else 0
        part = kind or part_of(style.names, outline, text) or ""
        if element.tag == f"{TEXT}h" and not label and element.get(f"{TEXT}is-list-header") != "true":
            label = self._numbers.heading(outline or 0, element.get(f"{TEXT}start-value"))
        elif label == "-" and part:
            label = ""
        if any(map(is_title, style.names)):
            self.title = self.title or text
        blocks: list[Block] = [Paragraph(runs, part, label, bool(label), depth)]
        for box in boxes:
            blocks += self._box_blocks(box)
        return blocks

    def _list(
        self, element: Any, kind: Any, style: str = "", level: int = 0, counts: Any = None
    ) -> list[Block]:
        style = element.get(f"{TEXT}style-name", style)
        counts = self._numbers.begin(element, style) if counts is None else counts
        blocks: list[Block] = []
        for item in element:
            if item.tag not in (f"{TEXT}list-item", f"{TEXT}list-header"):
                continue
            own = item.get(f"{TEXT}style-override", style)
            nested_first = len(item) and item[0].tag == f"{TEXT}list"
            label = ""
            if item.tag == f"{TEXT}list-item" and len(item) and not nested_first:
                label = self._numbers.label(own, level, counts, item.get(f"{TEXT}start-value"))
            for child in item:
                if child.tag == f"{TEXT}list":
                    blocks += self._list(child, kind, style, min(level + 1, 9), counts)
                    continue
                blocks += self.story([child], kind, label, level)
                label = ""
        return blocks

    def _inline(self, element: Any, look: Look, out: Out, runs: list[Run]) -> None:
        self._write(element.text, look, out, runs)
        for child in element:
            self._child(child, look, out, runs)
            self._write(child.tail, look, out, runs)

    def _child(self, child: Any, look: Look, out: Out, runs: list[Run]) -> None:
        tag = child.tag
        if tag == f"{TEXT}s":
            count = child.get(f"{TEXT}c", "1")
            runs.append(
                Run(" " * (min(int(count), 8) if count.isdecimal() and len(count) < 5 else 1), out=out)
            )
        elif tag in _GLYPHS:
            runs.append(Run(_GLYPHS[tag], out=out))
        elif tag == f"{TEXT}note":
            if not (out or look.out(self._paper[-1])):
                runs.append(Run(self._note(child)))
        elif tag == f"{_OFFICE}annotation":
            paragraphs = [e for e in child if e.tag in (f"{TEXT}p", f"{TEXT}list")]
            self.tree.left_out.append(("comment", self.story(paragraphs)))
        elif tag == f"{TEXT}hidden-text":
            if child.get(f"{TEXT}is-hidden", "true") == "false":
                self._write(child.get(f"{TEXT}string-value", "") or child.text, look, out, runs)
        elif tag.startswith(_DRAW):
            equations = self._equations(child)
            runs += [Run(text, out=out) for text in equations]
            if not equations and tag != f"{_DRAW}a":
                self._boxes.append(child)
            elif tag == f"{_DRAW}a":
                self._inline(child, look, out, runs)
        elif tag not in _SILENT:
            name = child.get(f"{TEXT}style-name", "") if tag in (f"{TEXT}span", f"{TEXT}a") else ""
            own = self._styles.get("text", name).look.over(look) if name else look
            self._inline(child, own, out, runs)

    def _write(self, text: str | None, look: Look, out: Out, runs: list[Run]) -> None:
        if text:
            words = shown(_collapsed(text, runs), look.font or "")
            runs.append(Run(words, look.script or "", out or look.out(self._paper[-1]), bool(look.bold)))

    def _note(self, element: Any) -> str:
        citation = element.find(f"{TEXT}note-citation")
        note = Note(one_line("".join(citation.itertext())) if citation is not None else "", [])
        anchor = self.tree.anchor(note)
        body = element.find(f"{TEXT}note-body")
        outer, self._boxes = self._boxes, []
        note.blocks = self.story(body) if body is not None else []
        self._boxes = outer
        return anchor

    def _equations(self, element: Any) -> list[str]:
        """What the embedded equations of a frame say."""
        found = []
        for child in element.iter(f"{_DRAW}object"):
            math = next(child.iter("{http://www.w3.org/1998/Math/MathML}math"), None)
            name = posixpath.normpath(child.get(f"{_XLINK}href", "")) + "/content.xml"
            root = math if math is not None else self._package.xml(name)
            if root is not None and root.tag.endswith("}math"):
                found.append(equation(root))
        return found

    def _box_blocks(self, element: Any) -> list[Block]:
        """A frame or shape with words in it; pictures have none."""
        self._paper.append(False)  # of whatever colour the box is
        blocks = self.story(element)
        self._paper.pop()
        return blocks

    def _table(self, element: Any) -> Table:
        table = Table([])
        spans: dict[int, int] = {}  # column -> rows that a cell above still spans
        heads = {id(row) for group in element.iter(f"{TABLE}table-header-rows") for row in group}
        for row in _rows(element):
            cells: list[Cell] = []
            column = 0
            for cell in row:
                if cell.tag == f"{TABLE}table-cell":
                    columns = _number(cell, "number-columns-spanned")
                    self._paper.append(self._paper[-1] and not self._is_shaded(cell))
                    cells.append(Cell(self.story(cell), columns))
                    self._paper.pop()
                    spans[column] = _number(cell, "number-rows-spanned", 100_000) - 1
                    column += 1
                elif cell.tag == f"{TABLE}covered-table-cell":
                    if spans.get(column, 0) > 0:
                        spans[column] -= 1
                        cells.append(Cell([], above=True))
                    column += 1
            table.rows.append(Row(cells, id(row) in heads))
        return table

    def _is_shaded(self, cell: Any) -> bool:
        return self._styles.get("table-cell", cell.get(f"{TABLE}style-name", "")).shaded


def _is_hidden(section: Any) -> bool:
    display = section.get(f"{TEXT}display")
    conditional = display == "condition" and section.get(f"{TEXT}is-hidden") == "true"
    return bool(display == "none" or conditional)


def _rows(table: Any) -> list[Any]:
    """The rows of a table, not those of tables in it."""
    rows = []
    for child in table:
        if child.tag == f"{TABLE}table-row":
            rows.append(child)
        elif child.tag in (f"{TABLE}table-header-rows", f"{TABLE}table-rows", f"{TABLE}table-row-group"):
            rows += _rows(child)
    return rows


def _number(element: Any, name: str, most: int = _SPAN_MOST) -> int:
    value = element.get(TABLE + name, "1")
    return min(int(value), most) if value.isdecimal() and len(value) < 9 else 1


def _collapsed(text: str, runs: list[Run]) -> str:
    """White space as OpenDocument reads it: one space, none at the start; more are written as elements."""
    words = "".join(" " if char in " \t\r\n" else char for char in text)
    while "  " in words:
        words = words.replace("  ", " ")
    after_space = not runs or runs[-1].text[-1:] in " \n"
    return words.removeprefix(" ") if after_space else words

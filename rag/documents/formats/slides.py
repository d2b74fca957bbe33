"""Slides of PowerPoint -> text: of each its title, its shapes from top to bottom, its notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

from rag.documents.formats.blocks import Block, Cell, PageStart, Paragraph, Row, Run, Script, Table, Tree
from rag.documents.formats.equations import equation
from rag.documents.formats.package import Package, reading, sensible_author
from rag.documents.formats.shared import Extract, has_visible, one_line, sensible_title
from rag.documents.formats.symbols import shown
from rag.documents.formats.writer import write

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"
_NOTES = "Notes"
_FURNITURE = ("dt", "ftr", "sldNum", "hdr")  # dates, footers, numbers
_TITLES = ("title", "ctrTitle")
_SPAN_MOST = 60
_ROW = 0.5  # of the height of a shape: others that begin within it stand beside it


@reading("PPTX")
def read_pptx(data: bytes, max_bytes: int) -> Extract:
    """A presentation; its pages are the slides, hidden ones are left out.

    Args:
        data: the file.
        max_bytes: size limit of the file, which bounds what it may unpack to.

    Raises:
        NotReadable: no PPTX, damaged, protected, or a zip bomb.
    """
    Package(data, max_bytes, ".pptx")  # refuses what must not be opened
    from pptx import Presentation

    tree = Tree()
    slides = Presentation(BytesIO(data))
    for number, slide in enumerate(slides.slides, 1):
        _read_slide(tree, slide, number)
    title = sensible_title(slides.core_properties.title or "")
    author = sensible_author(slides.core_properties.author or "")
    return replace(write(tree, "slide"), title=title or _first_heading(tree), author=author)


def _read_slide(tree: Tree, slide: Any, number: int) -> None:
    hidden = slide.element.get("show") in ("0", "false")
    blocks: list[Block] = []
    for shape in _ordered(slide.shapes):
        blocks += _shape(tree, shape)
    if slide.has_notes_slide:
        said = slide.notes_slide.notes_text_frame
        notes = _paragraphs(said._txBody) if said is not None else []
        if any(run.text.strip() for p in notes for run in p.runs):
            blocks += [Paragraph([Run(_NOTES)], "heading"), *notes]
    if hidden:
        if has_visible(write(Tree(blocks)).text):
            tree.hidden_pages += 1
            tree.left_out.append(("hidden", blocks))
    else:
        tree.blocks += [PageStart(number), *blocks]


def _ordered(shapes: Iterable[Any]) -> list[Any]:
    """Shapes as they are read: the title, then rows from top to bottom, each from left to right."""
    placed = [(shape, _place(shape)) for shape in shapes]
    titles = [shape for shape, _ in placed if _placeholder(shape) in _TITLES]
    rest = sorted((each for each in placed if each[0] not in titles), key=lambda each: each[1][:2])
    rows: list[list[tuple[Any, tuple[int, int, int]]]] = []
    for each in rest:
        top, _, _ = each[1]
        first = rows[-1][0][1] if rows else None
        if first is not None and top < first[0] + _ROW * first[2]:
            rows[-1].append(each)
        else:
            rows.append([each])
    return titles + [shape for row in rows for shape, _ in sorted(row, key=lambda each: each[1][1])]


def _place(shape: Any) -> tuple[int, int, int]:
    return int(shape.top or 0), int(shape.left or 0), int(shape.height or 0)


def _placeholder(shape: Any) -> str:
    found = next(shape.element.iter("{*}nvPr"), None)
    kind = found.find("{*}ph") if found is not None else None
    return "" if kind is None else kind.get("type", "obj")


def _shape(tree: Tree, shape: Any) -> list[Block]:
    kind = _placeholder(shape)
    hidden = next((e.get("hidden") for e in shape.element.iter("{*}cNvPr")), None) in ("1", "true")
    if kind in _FURNITURE or hidden:
        if shape.has_text_frame:
            where = "hidden" if hidden else "page_number" if kind == "sldNum" else "footer"
            tree.left_out.append((where, _paragraphs(shape.text_frame._txBody)))  # type: ignore[arg-type]
        return []
    if hasattr(shape, "shapes"):  # a group
        return [block for inner in _ordered(shape.shapes) for block in _shape(tree, inner)]
    if getattr(shape, "has_table", False):
        return [_table(shape.table)]
    if shape.has_text_frame:
        paragraphs = _paragraphs(shape.text_frame._txBody, is_body=kind in ("body", "obj", "subTitle"))
        if kind in _TITLES:
            runs = [run for p in paragraphs for run in (*p.runs, Run(" "))]
            return [Paragraph(runs, "heading")]
        return list(paragraphs)
    tree.drawings += any(
        e.get("uri", "").endswith(("/chart", "/diagram")) for e in shape.element.iter(f"{_A}graphicData")
    )
    return []


def _table(table: Any) -> Table:
    rows = []
    for row in table._tbl.tr_lst:
        cells: list[Cell] = []
        for cell in row.tc_lst:
            if cell.get("hMerge") in ("1", "true"):
                continue
            span = cell.get("gridSpan", "1")
            above = cell.get("vMerge") in ("1", "true")
            blocks: list[Block] = [] if above or cell.txBody is None else list(_paragraphs(cell.txBody))
            cells.append(Cell(blocks, min(int(span), _SPAN_MOST) if span.isdecimal() else 1, above))
        rows.append(Row(cells))
    look = table._tbl.tblPr
    return Table(rows, look is not None and look.get("firstRow") in ("1", "true"))


def _paragraphs(body: Any, is_body: bool = False) -> list[Paragraph]:
    """The paragraphs of a shape; those of a body are items where more than one stands there."""
    paragraphs = []
    counts: dict[int, int] = {}
    for element in body.iterchildren(f"{_A}p"):
        properties = element.find(f"{_A}pPr")
        depth = int(properties.get("lvl", "0")) if properties is not None else 0
        paragraph = Paragraph(list(_runs(element)), depth=depth)
        label = _label(properties, counts, depth, is_body)
        if label and one_line("".join(run.text for run in paragraph.runs)):
            paragraph.label, paragraph.item = label, True
        paragraphs.append(paragraph)
    items = [p for p in paragraphs if p.item]
    if len(items) == 1 and items[0].label == "-" and len(paragraphs) == 1:
        items[0].label, items[0].item = "", False
    return paragraphs


def _label(properties: Any, counts: dict[int, int], depth: int, is_body: bool) -> str:
    """What is printed before a paragraph."""
    for deeper in [level for level in counts if level > depth]:
        del counts[deeper]
    automatic = properties.find(f"{_A}buAutoNum") if properties is not None else None
    if automatic is not None:
        first = automatic.get("startAt", "1")
        counts[depth] = counts[depth] + 1 if depth in counts else int(first) if first.isdecimal() else 1
        return _numbered(counts[depth], automatic.get("type", ""))
    counts.pop(depth, None)
    if properties is not None and properties.find(f"{_A}buNone") is not None:
        return ""
    bullet = properties is not None and any(
        properties.find(_A + name) is not None for name in ("buChar", "buBlip")
    )
    return "-" if bullet or is_body else ""


def _numbered(number: int, style: str) -> str:
    from rag.documents.formats.numbers import printed

    kinds = {
        "alphaLc": "lowerLetter",
        "alphaUc": "upperLetter",
        "romanLc": "lowerRoman",
        "romanUc": "upperRoman",
    }
    kind = next((usual for start, usual in kinds.items() if style.startswith(start)), "decimal")
    text = printed(number, kind)
    if style.endswith("ParenBoth"):
        return f"({text})"
    return text + (")" if style.endswith("ParenR") else "" if style.endswith("Plain") else ".")


def _runs(paragraph: Any) -> Iterator[Run]:
    for element in paragraph.iter(f"{_A}r", f"{_A}br", f"{_A}fld", _MATH):
        if element.tag == f"{_A}br":
            yield Run("\n")
        elif element.tag == _MATH:
            yield Run(equation(element))
        elif element.get("type") != "slidenum":
            yield _run(element)


def _run(element: Any) -> Run:
    text = element.find(f"{_A}t")
    properties = element.find(f"{_A}rPr")
    words = (text.text if text is not None else "") or ""
    if properties is None:
        return Run(words)
    symbols = properties.find(f"{_A}sym")
    font = properties.find(f"{_A}latin")
    face = next((e.get("typeface", "") for e in (font, symbols) if e is not None), "")
    raised = properties.get("baseline", "0").rstrip("%")
    amount = float(raised) if raised.lstrip("-").replace(".", "", 1).isdigit() else 0.0
    script: Script = "super" if amount > 0 else "sub" if amount < 0 else ""
    struck = properties.get("strike", "noStrike") != "noStrike"
    bold = properties.get("b") in ("1", "true")
    return Run(shown(words, face), script, "struck" if struck else "", bold)


def _first_heading(tree: Tree) -> str:
    """The title of the first slide, which is that of the presentation."""
    for block in tree.blocks[:3]:
        if isinstance(block, Paragraph) and block.kind == "heading":
            return one_line("".join(run.text for run in block.runs))
    return ""

"""What is inside a paragraph of Word: runs, fields, symbols, notes, tracked changes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from rag.documents.formats.blocks import Out, Run
from rag.documents.formats.equations import equation
from rag.documents.formats.looks import Look
from rag.documents.formats.symbols import shown
from rag.documents.formats.word_styles import Styles, W, look_of

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_TEXT = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_SYMBOL_FIELD = re.compile(r'\s*SYMBOL\s+(0x[0-9a-f]+|\d+)(?:.*?\\f\s*"?([^"\\]+)"?)?', re.IGNORECASE)
_UNREAD_FIELD = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES)\b", re.IGNORECASE)
_CONTENTS_FIELD = re.compile(r"\s*(?:TOC|TOA|INDEX)\b", re.IGNORECASE)


@dataclass(slots=True)
class _Field:
    """A field that is open: its instruction so far, whether its result has begun, and words before that."""

    instruction: str = ""
    result: bool = False
    held: list[Run] = field(default_factory=list)


class Inline:
    """Reads the paragraphs of one story; fields may run over several.

    Args:
        styles: of the document.
        note: gives the character that stands for the note of a reference.
        box: takes a text box that stands in the paragraph.
    """

    def __init__(self, styles: Styles, note: Callable[[Any], str], box: Callable[[Any], None]) -> None:
        self.changes = 0
        self.drawings = 0
        self.in_contents = False  # whether the paragraph stands in a table of contents
        self._styles, self._note, self._box = styles, note, box
        self._fields: list[_Field] = []
        self._runs: list[Run] = []
        self._paper = True
        self._custom_mark = False  # what follows is the mark of the note before it

    def read(self, paragraph: Any, look: Look, paper: bool) -> list[Run]:
        """The runs of a paragraph.

        Args:
            paragraph: ``w:p``.
            look: of its style.
            paper: whether its ground is white.
        """
        self._runs, self._paper = [], paper
        self.in_contents = False
        for child in paragraph:
            self._walk(child, look, "")
        for unended in self._fields:  # a damaged field must not swallow the document
            self._runs += [] if unended.result else unended.held
        self._fields = [f for f in self._fields if f.result and not _UNREAD_FIELD.match(f.instruction)]
        return self._runs

    def _walk(self, element: Any, look: Look, out: Out) -> None:
        tag = element.tag
        if tag == f"{W}r":
            self._run(element, look, out)
        elif tag in (f"{W}del", f"{W}moveFrom"):
            self.changes += 1
            self._inner(element, look, "deleted")
        elif tag in (f"{W}ins", f"{W}moveTo"):
            self.changes += tag == f"{W}ins"  # a move counts where it left
            self._inner(element, look, out)
        elif tag == f"{W}fldSimple":
            if not _UNREAD_FIELD.match(element.get(f"{W}instr", "")):
                self._inner(element, look, out)
        elif tag == f"{W}ruby":
            for base in element.iterchildren(f"{W}rubyBase"):
                self._inner(base, look, out)
        elif tag in (f"{M}oMath", f"{M}oMathPara"):
            self._write(equation(element), Look(), out)
        elif tag in (f"{MC}AlternateContent", f"{W}drawing", f"{W}pict", f"{W}object"):
            self._drawing(element)
        elif tag not in (f"{W}pPr", f"{W}sdtPr", f"{W}rt"):
            self._inner(element, look, out)

    def _inner(self, element: Any, look: Look, out: Out) -> None:
        for child in element:
            self._walk(child, look, out)

    def _run(self, run: Any, look: Look, out: Out) -> None:
        properties = run.find(f"{W}rPr")
        named = properties.find(f"{W}rStyle") if properties is not None else None
        own = look_of(properties).over(self._styles.get(named, "character").look).over(look)
        for child in run:
            name = child.tag.rpartition("}")[2]
            if name in ("t", "delText"):
                self._text(child.text or "", own, out)
            elif name == "sym":
                code = int(child.get(f"{W}char", "") or "0", 16) % 0x110000
                self._write(shown(chr(code), child.get(f"{W}font", "")), replace(own, font=None), out)
            elif name in _TEXT:
                self._write(_TEXT[name], own, out)
            elif name in ("footnoteReference", "endnoteReference"):
                self._custom_mark = child.get(f"{W}customMarkFollows") in ("1", "true", "on")
                if not own.out(self._paper) and out != "deleted" and self._is_shown():
                    self._runs.append(Run(self._note(child)))
            elif name == "fldChar":
                self._field(child, own, out)
            elif name == "instrText" and self._fields:
                self._fields[-1].instruction += child.text or ""
            elif name in ("AlternateContent", "drawing", "pict", "object", "ruby"):
                self._walk(child, own, out)

    def _text(self, text: str, look: Look, out: Out) -> None:
        if self._custom_mark and text.strip():
            self._custom_mark = False  # the note has it
        else:
            self._write(text, look, out)

    def _write(self, text: str, look: Look, out: Out) -> None:
        run = Run(
            shown(text, look.font or ""), look.script or "", out or look.out(self._paper), bool(look.bold)
        )
        if self._is_shown():
            self.in_contents = self.in_contents or (bool(text) and self._is_contents())
            self._runs.append(run)
        elif self._fields and not self._fields[-1].result:
            self._fields[-1].held.append(run)

    def _field(self, element: Any, look: Look, out: Out) -> None:
        kind = element.get(f"{W}fldCharType")
        if kind == "begin":
            box = element.find(f"{W}ffData/{W}checkBox")
            if box is not None:
                states = [box.find(W + name) for name in ("checked", "default")]
                state = next((s.get(f"{W}val") not in ("0", "false") for s in states if s is not None), False)
                self._write("☒" if state else "☐", look, out)
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].result = True
        elif kind == "end" and self._fields:
            ended = self._fields.pop()
            symbol = None if ended.result else _SYMBOL_FIELD.match(ended.instruction)
            if symbol:
                code = int(symbol[1], 0) % 0x100
                self._write(
                    shown(chr(0xF000 + code), (symbol[2] or "Symbol").strip()), replace(look, font=None), out
                )

    def _is_shown(self) -> bool:
        return all(f.result and not _UNREAD_FIELD.match(f.instruction) for f in self._fields)

    def _is_contents(self) -> bool:
        return any(_CONTENTS_FIELD.match(f.instruction) for f in self._fields)

    def _drawing(self, element: Any) -> None:
        """Text boxes, once: where a file has two versions of one, the newer that holds any."""
        if element.tag == f"{MC}AlternateContent":
            versions = list(element)
            element = next(
                (v for v in versions if v.find(f".//{W}txbxContent") is not None), element[:0] or element
            )
        boxes = [box for box in element.iter(f"{W}txbxContent") if _outermost(box, element)]
        for box in boxes:
            self._box(box)
        if not boxes:
            data = element.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}graphicData")
            self.drawings += any(d.get("uri", "").endswith(("/chart", "/diagram")) for d in data)


def _outermost(box: Any, top: Any) -> bool:
    """Whether no other text box, and no second version of one, holds a box below ``top``."""
    above = box.getparent()
    while above is not None and above is not top:
        if above.tag in (f"{W}txbxContent", f"{MC}Fallback"):
            return False
        above = above.getparent()
    return True

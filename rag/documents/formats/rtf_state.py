"""What holds in a group of an RTF file, and what its control words change."""

from __future__ import annotations

from dataclasses import dataclass, field

from rag.documents.formats.blocks import Out, Script


@dataclass(slots=True)
class Field:
    """A field: its instruction, whether it has a result, and the field that it stands in."""

    outer: Field | None = None
    instruction: str = ""
    has_result: bool = False

    def chain(self) -> list[Field]:
        """It and those around it."""
        found: list[Field] = []
        here: Field | None = self
        while here is not None and len(found) < 50:
            found.append(here)
            here = here.outer
        return found


@dataclass(slots=True)
class State:
    """Formatting and destination; a copy begins with each group, and ends with it."""

    opened: str = ""  # what ends with this very group
    skip: bool = False
    into: str = ""  # what is collected instead of written
    field: Field | None = None
    fallback: int = 1  # characters that stand for one of Unicode
    font: int = -1
    script: Script = ""
    bold: bool = False
    hidden: bool = False
    struck: bool = False
    deleted: bool = False
    revised: bool = False
    color: int = 0
    shaded: bool = False
    size: int = 24
    style: int = 0
    outline: int | None = None
    table: int = 0
    depth: int = 0

    def format(self, word: str, number: int | None) -> bool:
        """Take in a control word; whether it is one of formatting."""
        on = number != 0
        match word:
            case "plain":
                self.font, self.script, self.color, self.size = -1, "", 0, 24
                self.bold = self.hidden = self.struck = self.deleted = self.revised = self.shaded = False
            case "pard":
                self.style, self.outline, self.table, self.depth = 0, None, 0, 0
            case "b":
                self.bold = on
            case "v":
                self.hidden = on
            case "strike" | "striked":
                self.struck = on
            case "deleted":
                self.deleted = on
            case "revised":
                self.revised = on
            case "super" | "sub":
                self.script = ("super" if word == "super" else "sub") if on else ""
            case "nosupersub":
                self.script = ""
            case "up" | "dn":
                raised: Script = "super" if word == "up" else "sub"
                self.script = raised if (number or 0) >= 4 else ""
            case "highlight" | "cb" | "chcbpat" | "cbpat":
                self.shaded = bool(number)
            case _:
                return self._number(word, number or 0)
        return True

    def _number(self, word: str, number: int) -> bool:
        match word:
            case "cf":
                self.color = number
            case "fs":
                self.size = number
            case "f":
                self.font = number
            case "uc":
                self.fallback = min(max(number, 0), 8)
            case "s":
                self.style = number
            case "outlinelevel":
                self.outline = number
            case "intbl":
                self.table = self.table or 1
            case "itap":
                self.table = max(number, 0)
            case "ilvl":
                self.depth = max(number, 0)
            case _:
                return False
        return True

    def out(self, whites: set[int]) -> Out:
        """Why words are not read; empty where they are."""
        if self.deleted:
            return "deleted"
        white = self.color in whites and not self.shaded and not self.table
        return "hidden" if self.hidden or self.size < 5 or white else "struck" if self.struck else ""


@dataclass(slots=True)
class Tables:
    """Fonts, colours and styles of a file."""

    fonts: dict[int, tuple[str, int]] = field(default_factory=dict)  # name, character set
    whites: set[int] = field(default_factory=set)  # numbers of colours
    styles: dict[int, tuple[str, int | None]] = field(default_factory=dict)  # name, outline level
    _font: int = -1
    _charset: int = 0
    _style: int = 0
    _outline: int | None = None
    _colors: int = 0
    _color: dict[str, int] = field(default_factory=dict)

    def define(self, word: str, number: int | None) -> None:
        """Take in a control word of an entry."""
        match word:
            case "f":
                self._font, self._charset = number or 0, 0
            case "fcharset":
                self._charset = number or 0
            case "s" | "cs" | "ds" | "ts":
                self._style = (number or 0) if word == "s" else -1
            case "outlinelevel":
                self._outline = number
            case "red" | "green" | "blue":
                self._color[word] = number or 0

    def end(self, table: str, name: str) -> None:
        """An entry has ended with its ``;``."""
        if table == "fonttbl":
            self.fonts[self._font] = (name, self._charset)
        elif table == "stylesheet":
            self.styles[self._style] = (name, self._outline)
            self._style, self._outline = 0, None
        else:
            if [self._color.get(part) for part in ("red", "green", "blue")] == [255, 255, 255]:
                self.whites.add(self._colors)
            self._colors += 1
            self._color = {}

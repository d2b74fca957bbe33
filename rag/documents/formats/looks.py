"""How words look, and which part of a document a paragraph is by the name of its style."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from rag.documents.formats.blocks import Out, Script
from rag.types import PartKind

_HEADING = re.compile(
    r"(?:heading|titre|überschrift|título|titolo|kop|rubrik|otsikko|nagłówek)\s?[1-9]"
    r"|title|subtitle|titre|titre principal|sous-titre|untertitel|subtítulo|sottotitolo",
    re.IGNORECASE,
)
_CONTENTS = re.compile(
    r"(?:toc|tm|table des matières|contents|verzeichnis|tdc|illustration index)\s?\d"
    r"|table of (?:figures|authorities)|toc heading|en-tête de table des matières|contents heading",
    re.IGNORECASE,
)
_CAPTION = re.compile(r"caption|légende|beschriftung|leyenda|didascalia",
                      re.IGNORECASE)  # fmt: skip
_LIST = re.compile(r"list(?: bullet| number| paragraph| continue|e à puces|e à numéros|e numérotée)?(?: \d)?",
                   re.IGNORECASE)  # fmt: skip
_TITLES = ("title", "titre", "titre principal")
_HEADING_MOST = 200
_HEADING_WORDS = 12


@dataclass(frozen=True, slots=True)
class Look:
    """How characters look; ``None`` where nothing says."""

    vanish: bool | None = None
    struck: bool | None = None
    bold: bool | None = None
    script: Script | None = None
    white: bool | None = None
    shaded: bool | None = None
    tiny: bool | None = None
    font: str | None = None

    def over(self, other: Look) -> Look:
        """This look where it says something, the other elsewhere."""
        said = {name: value for name in self.__slots__ if (value := getattr(self, name)) is not None}
        return replace(other, **said)

    def out(self, paper: bool) -> Out:
        """Why characters of this look are not read, on white paper or on a coloured ground."""
        unseen = bool(self.vanish or self.tiny or (self.white and paper and not self.shaded))
        return "hidden" if unseen else "struck" if self.struck else ""


NO_LOOK = Look()
"""That of words of which nothing is said."""


def part_of(names: Iterable[str], outline: int | None, text: str) -> PartKind | None:
    """Which part a paragraph is; ``None`` for running text.

    Args:
        names: of its style and of those that this one is based on.
        outline: level in the outline, from 0; 9 for none; ``None`` where nothing says.
        text: its words.
    """
    names = tuple(names)
    if any(map(_CONTENTS.fullmatch, names)):
        return "contents"
    by_name = outline is None and any(map(_HEADING.fullmatch, names))
    if by_name or (outline is not None and outline < 9):
        return None if _is_prose(text) else "heading"
    return "caption" if any(map(_CAPTION.fullmatch, names)) else None


def is_list(names: Iterable[str]) -> bool:
    """Whether a style is one of lists, with or without a number."""
    return any(map(_LIST.fullmatch, names))


def is_title(name: str) -> bool:
    """Whether a style is that of a document's title."""
    return name.lower() in _TITLES


def _is_prose(text: str) -> bool:
    """Whether what has the style of a heading is a paragraph of text, as articles of law often are."""
    is_sentence = text.endswith((".", ";")) and len(text.split()) >= _HEADING_WORDS
    return len(text) > _HEADING_MOST or is_sentence

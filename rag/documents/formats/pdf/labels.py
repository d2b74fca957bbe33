"""What begins an item of a list: bullets and numbers."""

from __future__ import annotations

import re

from rag.documents.formats.pdf.shapes import Line

BULLETS = "•●◦▪■□‣·○➢➤✓►▶❖◆♦▸⁃*–-−"
_NUMBER = re.compile(
    r"\(?(?:\d{1,3}|[a-z]|[ivx]{1,4}|\d{1,2}(?:\.\d{1,2})+)[.)]"
    r"|\d{1,2}(?:\.\d{1,2})+\.?|[A-Z]\)|\d{1,2}°|\([A-Za-z0-9]{1,3}\)"
)

NOTE_LABEL = re.compile(r"[\[(]?(\d{1,3}|[a-z]|[*†‡§]{1,4}|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})[\])]?[.):]?")
"""The mark that a note begins with."""
PLAIN_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def may_label(text: str) -> bool:
    """Whether a word may be the bullet or the number of an item."""
    return (len(text) == 1 and text in BULLETS) or bool(_NUMBER.fullmatch(text))


def label_length(line: Line) -> int:
    """How many words of a line are its bullet or number: 0 or 1."""
    if len(line.words) < 2:
        return 0
    first, second = line.words[:2]
    near = second.left - first.right < 5 * line.size
    return int(near and may_label(first.text) and not first.chars[0].raised)

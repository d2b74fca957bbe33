"""What a reader of files gives, and what all of them share."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.types import PLAIN, Layout

EXPANSION = 20
"""How many times its size limit a compressed file may hold."""
_TEXT_MOST = 50_000_000

CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f]")
_UNSAFE = {code: None for code in (*range(32), *range(127, 160)) if chr(code) not in "\t\n"}
_SURROGATE = re.compile("[\ud800-\udfff]")
_SPACES = re.compile(r"[^\S\u00a0\u202f]+")


@dataclass(frozen=True, slots=True)
class Extract:
    """What a reader of files finds in one.

    Attributes:
        text: what a reader of the document reads, in reading order.
        title, author, date, address, language: what the document says of itself; empty where it does not.
        layout: what its format tells of the text.
    """

    text: str
    title: str = ""
    layout: Layout = PLAIN
    author: str = ""
    date: str = ""
    address: str = ""
    language: str = ""


def text_most(max_bytes: int) -> int:
    """How many characters the text of a file may have, and what it leaves out; ``max_bytes`` is its limit."""
    return min(EXPANSION * max_bytes, max(max_bytes, _TEXT_MOST))


def one_line(text: str) -> str:
    """``text`` on one line: white space collapsed, no-break spaces kept, unprintables out."""
    collapsed = _SPACES.sub(" ", tidy(text)).strip(" ")
    return collapsed if collapsed.strip() else ""


def tidy(text: str) -> str:
    r"""``text`` with ``\n`` line ends, without control characters or lone surrogates."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    return _SURROGATE.sub("\ufffd", unified.translate(_UNSAFE))


def has_visible(text: str) -> bool:
    """Whether a reader would see anything of ``text``."""
    return any(c.isprintable() and not c.isspace() for c in text)


def brief(error: Exception) -> str:
    """What a third-party parser says, short enough for one line of a report."""
    told = one_line(f"{type(error).__name__}: {error}").rstrip(": ")
    return told if len(told) <= 100 else f"{told[:99]}…"


_NO_TITLE = re.compile(  # « Word Document » is what python-docx invents where there is none
    r"microsoft (word|powerpoint|excel)\b.*|powerpoint presentation|word document"
    r"|\W*(untitled|sans titre|ohne titel|sin título|unspecified|anonymous)\b( document)?[\W\d]*"
    r"|(document|dokument|presentation|présentation|book|classeur|title|titre)[\W\d]*"
    r"|.*\.(docx?|dotx?|odt|rtf|pdf|ps|eps|dvi|tex|indd|qxd|pptx?|xlsx?|html?|md|txt|pages|wpd)",
    re.IGNORECASE,
)


def sensible_title(recorded: str) -> str:
    """The title in a document's properties, or nothing where a program only filled the field."""
    title = one_line(recorded)
    is_title = any(map(str.isalpha, title)) and not _NO_TITLE.fullmatch(title)
    return title if is_title else ""

"""A text read as words, but for typography: what decides whether a quote is exact.

A text is read as *words* with *marks* between them. Two texts are the same when their words, and the marks
between those, have the same form; a form keeps everything but typography:

=====================================  =================================================================
what differs                           in the form
=====================================  =================================================================
white space, of any kind and amount    nothing, but that it parts words (``pour quoi`` is two of them)
a space inside a number (``800 000``)  nothing; decimal points and commas stay
a space inside a time (``14 h 30``)    nothing
apostrophes ’ ' ʼ ′                    ``'``
quote marks « » “ ” „ " ‹ › ‘ ’        ``"`` (that there is one stays)
hyphens and dashes - ‐ ‑ – — −         ``-``
soft hyphens, zero-width characters    nothing
hyphens that the end of a line put     nothing; see rag/store/word_rows.py
ligatures œ æ ﬁ ﬂ                      ``oe ae fi fl``
accents as marks of their own          composed
``...``                                ``…``
list, heading and emphasis marks       nothing
marks of notes ``mot[12]`` ``mot¹``    nothing; the exponents of ``m²`` and ``10⁶`` stay
case, accents, digits, other marks     themselves
=====================================  =================================================================
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from rag.text.lexicon import INVISIBLE

IsWhole = Callable[[str, str], bool]
"""Whether the two parts of a word that the end of a line has cut are one word without a hyphen."""

_APOSTROPHES = "'’‘ʼʹ´`＇′‛"
_QUOTES = '«»“”„‟"‹›〝〞＂'
_DASHES = "\\-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_LIGATURES = str.maketrans(
    {"œ": "oe", "æ": "ae", "Œ": "OE", "Æ": "AE", "ĳ": "ij", "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi"}
    | {"ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)
_TITLE_LIGATURE = re.compile(r"[ŒÆ](?=[a-zà-ÿ])")
_LETTER = rf"[^\W\d_ʼʹ][\u0300-\u036f{INVISIBLE}]*"
_ALNUM = rf"[^\W_ʼʹ][\u0300-\u036f{INVISIBLE}]*"
WORD = re.compile(
    rf"""
    (?P<time>\d{{1,2}}\s?h(?:\s?\d{{2}})?(?![^\W_]))       # 14 h 30
    |(?P<number>
        (?:(?<![^\s(\[{_QUOTES}])[{_DASHES}])?           # a sign, not a hyphen
        (?:[1-9]\d{{0,2}}(?:\s{{1,3}}\d{{3}})+(?!\d)|\d+)(?:[.,]\d+)*(?![^\W_]))
    |(?P<contraction>(?:{_LETTER})*?n[{_APOSTROPHES}]t(?![^\W_]))
    |(?P<broken>(?P<head>(?:{_LETTER})+)[\u2010\-][^\S\n]*\n\s*(?P<tail>(?=[a-zà-ÿ])(?:{_LETTER})+))
    |(?P<word>(?:{_ALNUM})+)
    |(?P<symbol>[%‰§&@°№$€£¥¢+=©®™×÷±])                  # no word, but never a matter of typography
    """,
    re.VERBOSE,
)
_SUPERSCRIPT = "¹²³⁰⁴-⁹"
_NOTE_MARK = re.compile(
    rf"(?<=[^\W\d_])\[\d{{1,3}}\]|(?<=[.,;:!?…»”)\]%‰€$£°])[^\S\n]?\[\d{{1,3}}\]"  # mot[12], fin.[12]
    rf"|(?<=\S)[^\S\n]\[\d{{1,3}}\](?=[.,;:!?…»”)\s]*(?:[\n\r\f]|$)|[.,;:!?…])"  # mot [12].
    rf"|(?<=[^\W\d_]{{3}})[{_SUPERSCRIPT}]+(?![^\W_])|(?<=[.,;:!?…»”)%‰€$£])[{_SUPERSCRIPT}]+(?![^\W_])"
)
"""Marks of notes. A number in brackets between two words is none: somebody may have put it in."""
_LINE_MARK = re.compile(r"(?<=[\n\r\f])[^\S\n\r]*(?:(?:\#{1,6}|[-–—•‣▪◦·●○■□➢✓\uf0b7\uf0a7*>])\s+)+")
_ELISIONS = frozenset("c d j l m n s t qu jusqu lorsqu puisqu quoiqu presqu quelqu entr".split())
_SAME = str.maketrans(
    dict.fromkeys(INVISIBLE) | dict.fromkeys(_QUOTES, '"') | dict.fromkeys(_DASHES[1:], "-")
)
_ANY_APOSTROPHE = re.compile(f"[{_APOSTROPHES}]")
_DOUBLED = re.compile(rf"([{_APOSTROPHES},<>])\1(?!\1)")


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it stands in a text.

    Attributes:
        form: the word, but for typography.
        marks: what stands between it and the word before, likewise.
        start, end: its slice of the text.
    """

    form: str
    marks: str
    start: int
    end: int


def read_words(text: str, is_whole: IsWhole = lambda head, tail: True) -> list[Word]:
    """The words of a text, in order."""
    found: list[Word] = []
    after, previous = "", 0
    text = _without_note_marks(text)
    for start, end, form in _forms(text, is_whole):
        gap = text[previous:start] if previous else "\n" + text[:start]
        found.append(Word(form, _marks(gap, after in _ELISIONS), start, end))
        after, previous = form.lower() if len(form) < 8 else form, end
    return found


def _without_note_marks(text: str) -> str:
    """The text with spaces for its marks of notes, its offsets as they were."""
    if "[" not in text and text.isascii():
        return text
    return _NOTE_MARK.sub(lambda mark: " " * len(mark.group()), text)


def _forms(text: str, is_whole: IsWhole) -> Iterator[tuple[int, int, str]]:
    for match in WORD.finditer(text):
        kind, start, end = match.lastgroup, match.start(), match.end()
        if kind == "broken":
            head, tail = form_of(match["head"]), form_of(match["tail"])
            if is_whole(head, tail):
                yield start, end, head + tail
            else:
                yield start, match.end("head"), head
                yield match.start("tail"), end, tail
        else:
            yield start, end, _number(match.group()) if kind in ("number", "time") else form_of(match.group())


@lru_cache(1 << 16)
def form_of(raw: str) -> str:
    """The form of one word; see above."""
    if raw.isascii():
        return raw
    composed = unicodedata.normalize("NFC", raw.translate(_SAME))
    titled = _TITLE_LIGATURE.sub(lambda match: {"Œ": "Oe", "Æ": "Ae"}[match.group()], composed)
    return _ANY_APOSTROPHE.sub("'", titled.translate(_LIGATURES))


def _number(raw: str) -> str:
    return re.sub(r"\s", "", raw).translate(_SAME)


@lru_cache(1 << 14)
def _marks(gap: str, elided: bool) -> str:
    """Form of what stands between two words; ``elided``: the one before is ``l``, ``qu`` or the like."""
    bare = gap.translate(dict.fromkeys(map(ord, INVISIBLE)))
    if not bare.strip():
        return ""
    if bare not in ("*", "_"):  # 2*3
        bare = re.sub(r"[*_]+", "", _LINE_MARK.sub(" ", bare))
    if _ANY_APOSTROPHE.match(bare) and (len(bare) == 1 or elided):
        return "'" + _marks(bare[1:], False)
    quoted = _ANY_APOSTROPHE.sub('"', _DOUBLED.sub(_doubled, bare).translate(_SAME))
    return "".join(re.sub(r"\.{3,}", "…", quoted).split())


def _doubled(match: re.Match[str]) -> str:
    """One mark for the two of ``,,this''`` and ``<<that>>``."""
    return '"'


def either_case(form: str) -> tuple[str, str]:
    """A form with its first letter small and capital; ligatures have two of them."""
    first = form[:1]
    other = first.lower() if first != first.lower() else first.upper()
    return form, (other if len(other) == 1 else first) + form[1:]

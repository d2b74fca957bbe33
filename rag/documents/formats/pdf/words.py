"""Characters -> words: where spaces are, accents set on their letters, letters spaced apart."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from rag.documents.formats.pdf.shapes import Char, Word

_GAP = 0.12
"""Of the letters' size: a wider gap between two letters is a space."""
_GAP_WITH_SPACES = 0.22
"""The same where the file writes its spaces."""
_HINTED = 0.06
"""The same where PDFium sees one."""
_ACCENTS = {
    "`": "\u0300", "´": "\u0301", "ˊ": "\u0301", "ˆ": "\u0302", "^": "\u0302", "˜": "\u0303", "¨": "\u0308",
    "˚": "\u030a", "ˇ": "\u030c", "¸": "\u0327", "¯": "\u0304", "˘": "\u0306", "˙": "\u0307", "˝": "\u030b",
}  # fmt: skip


def words_of(chars: Sequence[Char]) -> list[Word]:
    """The words of a page, or of the part of it that runs one way, in the order of the file."""
    words: list[Word] = []
    for run in _runs(chars):
        words += _words_of_run(_composed(_undoubled(run)))
    return words


def _runs(chars: Sequence[Char]) -> list[list[Char]]:
    """Stretches that the file writes one after the other on one base line."""
    runs: list[list[Char]] = []
    last: Char | None = None
    for char in chars:
        if not char.text:
            continue
        if last is None or not _follows(last, char):
            runs.append([])
        runs[-1].append(char)
        last = char
    return runs


def _follows(last: Char, char: Char) -> bool:
    size = max(last.size, char.size, 0.1)
    if abs(char.base - last.base) > 0.12 * size or min(last.size, char.size) < 0.8 * size:
        return False
    return -0.6 * size < char.left - last.right < 2.5 * size


def _undoubled(run: list[Char]) -> list[Char]:
    """Without letters that are printed twice, a little apart, to look bold."""
    kept: list[Char] = []
    for char in run:
        twice = any(
            char.text == other.text and abs(char.left - other.left) < 0.12 * char.size and char.text != " "
            for other in kept[-2:]
        )
        if not twice:
            kept.append(char)
    return kept


def _composed(run: list[Char]) -> list[Char]:
    """Each accent that is a character of its own set on its letter."""
    if not any(char.text in _ACCENTS or unicodedata.combining(char.text[0]) for char in run):
        return run
    made: list[Char] = []
    waiting: Char | None = None
    for char in run:
        mark = char.text if unicodedata.combining(char.text[0]) else _ACCENTS.get(char.text)
        if waiting is not None and char.text.isalpha() and _over(waiting, char):
            made[-1] = _with_accent(char, waiting)
            waiting = None
        elif mark and made and made[-1].text.isalpha() and (_over(char, made[-1]) or char.text == mark):
            made[-1] = _with_accent(made[-1], char)
            waiting = None
        else:
            made.append(char)
            waiting = char if mark else None
    return made


def _over(accent: Char, letter: Char) -> bool:
    middle = (accent.left + accent.right) / 2
    return letter.left - 0.05 * letter.size < middle < letter.right + 0.05 * letter.size


def _with_accent(letter: Char, accent: Char) -> Char:
    base = {"ı": "i", "ȷ": "j"}.get(letter.text, letter.text)
    mark = _ACCENTS.get(accent.text, accent.text)
    return replace(letter, text=unicodedata.normalize("NFC", base + mark))


def _words_of_run(run: list[Char]) -> list[Word]:
    letters = [char for char in run if not char.text.isspace()]
    if not letters:
        return []
    gaps = [after.left - before.right for before, after in pairwise(letters)]
    size = letters[0].size or 1.0
    spaced_out = _is_spaced_out(run, letters, gaps, size)
    spaces = len(letters) != len(run) and not spaced_out
    usual = median(gaps) if len(gaps) > 3 and not spaces else _usual_gap(run)
    usual = max(usual, -0.12 * size)
    least = usual + (_GAP_WITH_SPACES if spaces else _GAP) * size
    if spaced_out:
        least = max(1.6 * usual, usual + 0.15 * size)
    words: list[Word] = []
    part: list[Char] = []
    led = part_led = False
    for char in run:
        if char.text.isspace():
            led = led or not spaced_out
            continue
        gap = char.left - part[-1].right if part else 0.0
        if part and (led or gap > least or (char.hinted and not spaced_out and gap > usual + _HINTED * size)):
            words.append(_word(part, part_led))
            part = []
        if not part:
            part_led = led or bool(words)
        part.append(char)
        led = False
    words.append(_word(part, part_led))
    return words


def _usual_gap(run: list[Char]) -> float:
    """Between the letters of one word, in a line whose spaces the file writes."""
    gaps = [b.left - a.right for a, b in pairwise(run) if not (a.text.isspace() or b.text.isspace())]
    return median(gaps) if len(gaps) > 3 else 0.0


def _is_spaced_out(run: list[Char], letters: list[Char], gaps: list[float], size: float) -> bool:
    """Whether a space, or a gap as wide as one, stands after almost every letter: C O M M E here."""
    if len(letters) < 4:
        return False
    lone = sum(1 for word in "".join(char.text for char in run).split() if len(word) == 1)
    parted = len(letters) != len(run) and lone >= 0.8 * len(letters)
    wide = len(letters) == len(run) and sorted(gaps)[len(gaps) // 4] > 0.15 * size
    return (parted or wide) and all(char.text.isalpha() for char in letters[:2])


def _word(chars: list[Char], led: bool) -> Word:
    bold = 2 * sum(char.bold for char in chars) > len(chars)
    first = chars[0]
    return Word(
        chars, first.left, max(char.right for char in chars), first.base,
        max(char.size for char in chars), bold, led,
    )  # fmt: skip

"""What a model writes, sentence by sentence as it comes: its words, what it refers to, what it quotes.

Forgiving about form, never about truth: a reference may be written in many ways, and stands for no more than
a wish until rag/llm/support.py has checked it. Of the model's quotation marks, brackets and markup nothing is
left in the words: all that a reader sees of the kind is ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from rag.text import is_quotable, quoted_spans, segment

QUOTED_MAX = 600
"""A quote may hold ends of sentences; one that is not closed after so many characters is not waited for."""

_THOUGHT = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL | re.IGNORECASE)
_END = re.compile(r"<\|[^|<>\n]{1,40}\|>|</?s>|<(?:end|start)_of_turn>|\[/?INST\]", re.IGNORECASE)
"""Marks of a chat template that a model writes out: its turn is over."""
_TURN = re.compile(r"^\s*(?:question|user|utilisateur|human)\s*:", re.IGNORECASE | re.MULTILINE)
"""Turns of others that it makes up, once it has written something: likewise."""
_NUMBERS = r"S?\d{1,3}(?:\s*(?:[,;/&+]|et|and)\s*S?\d{1,3}|\s*(?:[-–—]|à|to)\s*S?\d{1,3})*"
_NAMED = r"(?:(?:sources?|phrases?|sentences?|quotes?|cf\.?|voir|see|n[°o]\.?)\s*:?\s*)*#?\s*"
_REFERENCE = re.compile(
    rf"[\[【⟦{{(]\s*\^?{_NAMED}(?P<inside>{_NUMBERS})\s*[\]】⟧}})]|(?<![\w-])(?P<bare>S\d{{1,3}})(?![\w-])",
    re.IGNORECASE,
)
_LEADING_REFERENCES = re.compile(
    rf"\s*(?:(?:{_REFERENCE.pattern.replace('?P<inside>', '?:').replace('?P<bare>', '?:')})[\s.]*)+",
    re.IGNORECASE,
)
_UNFINISHED_REFERENCE = re.compile(r"\s*[\[【⟦{(][^\]】⟧})]{0,40}$")
_RANGE = re.compile(r"S?(\d+)\s*(?:[-–—]|à|to)\s*S?(\d+)", re.IGNORECASE)

_MARKS = re.compile(r"[«»“”„‟‹›\"＂〝〞「」『』❝❞]|``|''|‚|‛")
_SINGLE_QUOTED = re.compile(r"(?<!\w)['‘’](?=\w)([^'‘’]*(?:(?<=\w)['’](?=\w)[^'‘’]*)*)['’](?!\w)")
_MARKUP = re.compile(r"</?[a-z!][^>]*>|[*`~|\\]+|(?<!\w)_+|_+(?!\w)", re.IGNORECASE)
_LINE_OPENING = re.compile(r"^\s*(?:[>#•–—-]+\s+|\d{1,2}[.)]\s+|>+)*")
_LABEL = re.compile(r"^(?:réponse|answer|assistant)\s*:\s*", re.IGNORECASE)
_INVISIBLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_BRACKETS = str.maketrans("[]【】⟦⟧{}<>", "()()()()()")
_BEFORE_STOP = re.compile(r"\s+(?=[.,])|\(\s*\)")


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence of a model.

    Attributes:
        text: its words, without references, quotation marks or markup; may be empty.
        cited: numbers that it refers to, in order, whatever they are.
        quoted: what it puts between quotation marks, without them.
    """

    text: str
    cited: tuple[int, ...]
    quoted: tuple[str, ...]


class Sentences:
    """Takes text piece by piece, and gives each sentence once it is whole.

    Attributes:
        is_over: whether what comes is no longer the model's own turn; it is dropped.
    """

    def __init__(self) -> None:
        self._rest = ""
        self._given = False
        self.is_over = False

    def feed(self, piece: str) -> Iterator[str]:
        """The sentences that a further piece completes, as the model wrote them."""
        if self.is_over:
            return
        self._rest += piece
        if (end := self._end()) is not None:
            self._rest, self.is_over = self._rest[:end], True
            return
        if not _may_end(piece):
            return
        text = _THOUGHT.sub("", self._rest)
        if "<think>" in self._rest.lower() and "</think>" not in self._rest.lower():
            return
        whole, self._rest = _split(text)
        self._given = self._given or bool(whole)
        yield from whole

    def _end(self) -> int | None:
        """Where the model's own turn ends in what there is, if it does."""
        turns = (m for m in _TURN.finditer(self._rest) if self._given or self._rest[: m.start()].strip())
        ends = [m.start() for m in (_END.search(self._rest), next(turns, None)) if m is not None]
        return min(ends, default=None)

    def finish(self) -> Iterator[str]:
        """What is left at the end, unfinished or not."""
        text, self._rest = _THOUGHT.sub("", self._rest), ""
        whole, rest = _split(text)
        yield from (sentence for sentence in (*whole, rest) if sentence.strip())


def _may_end(piece: str) -> bool:
    """Most pieces are parts of words: a sentence is completed by what follows its end."""
    return any(character.isspace() or not character.isalnum() for character in piece)


def _split(text: str) -> tuple[list[str], str]:
    """The sentences that are whole, and the rest."""
    *lines, last = text.split("\n")
    whole = [sentence for line in lines for sentence in _sentences(line)]
    pieces = _sentences(last)
    if not pieces:
        return whole, last
    return [*whole, *pieces[:-1]], pieces[-1]


def _sentences(line: str) -> list[str]:
    """The sentences of a line, each with the references behind it, and not cut inside a quote."""
    starts = [unit.start for passage in segment(line) for unit in passage.sentences]
    cuts = [0, *starts[1:], len(line)] if starts else [0, len(line)]
    pieces: list[str] = []
    for begin, end in pairwise(cuts):
        piece = line[begin:end]
        if not pieces:
            pieces.append(piece)
        elif _is_open(pieces[-1]) or _UNFINISHED_REFERENCE.match(piece):
            pieces[-1] += piece
        elif found := _LEADING_REFERENCES.match(piece):
            pieces[-1] += found.group()
            pieces += [piece[found.end() :]] if piece[found.end() :].strip() else []
        else:
            pieces.append(piece)
    return [piece for piece in pieces if piece.strip()]


def _is_open(text: str) -> bool:
    opened = max(text.rfind("«"), text.rfind("“"))
    closed = max(text.rfind("»"), text.rfind("”"))
    straight = text.count('"') % 2 == 1
    return (opened > closed or straight) and len(text) - max(opened, 0) <= QUOTED_MAX


def read(sentence: str, most: int) -> Draft:
    """Take a sentence of a model apart.

    Args:
        sentence: as the model wrote it.
        most: how many numbered sentences it was given; a larger number in parentheses is not a reference.
    """
    flat = _INVISIBLE.sub("", " ".join(sentence.split()))
    cited: list[int] = []

    def taken(match: re.Match[str]) -> str:
        numbers = _numbers(match["inside"] or match["bare"])
        is_year_or_count = match.group()[0] == "(" and match.group()[1:].strip()[:1].isdigit()
        if is_year_or_count and not all(1 <= number <= most for number in numbers):
            return match.group()
        cited.extend(numbers)
        return ""

    without = _REFERENCE.sub(taken, flat)
    return Draft(_plain(without), tuple(dict.fromkeys(cited)), _quoted(without))


def _numbers(text: str) -> list[int]:
    ranges = {n for a, b in _RANGE.findall(text) if int(b) - int(a) < 10 for n in range(int(a), int(b) + 1)}
    return sorted({int(number) for number in re.findall(r"\d+", text)} | ranges)


def _quoted(text: str) -> tuple[str, ...]:
    """What stands between quotation marks of any shape; a mark that has no other quotes all on its side."""
    plain = (
        text.replace("``", "“")
        .replace("''", "”")
        .translate(str.maketrans("‟„＂〝〞「」『』❝❞", '““"“”“”“”“”'))
    )
    found = [plain[start:end] for start, end in quoted_spans(plain)]
    found += [match[1] for match in _SINGLE_QUOTED.finditer(plain)]
    if not found and _MARKS.search(plain):
        found = [part for part in _MARKS.split(plain) if part.strip()][:1]
    return tuple(
        dict.fromkeys(words for quote in found if is_quotable(words := _plain(quote), 0, len(words)))
    )


def _plain(text: str) -> str:
    """The words alone."""
    bare = _LABEL.sub("", _LINE_OPENING.sub("", text))
    bare = _MARKUP.sub("", _SINGLE_QUOTED.sub(r"\1", bare))
    bare = _MARKS.sub("", bare).translate(_BRACKETS)
    return " ".join(_BEFORE_STOP.sub("", bare).split())

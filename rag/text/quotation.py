"""What a speech quotes: passages between quote marks, and whose words it says they are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rag.text.saying import named_around
from rag.text.segmenter import segment
from rag.text.sentences import is_quotable
from rag.types import Span

_PAIRS = {"«": "»", "“": "”", "„": "“”", "‹": "›", '"': '"'}
_SINGLE = re.compile(r"(?<![\w’'.,;!?…»”\"])(?P<mark>['‘])(?=[^\W_])(?!\d\ds\b)")
"""A single mark that opens: no apostrophe, which has a letter before it."""
_SINGLE_END = {"'": re.compile(r"'(?!\w)"), "‘": re.compile(r"[’'](?!\w)")}
_PARAGRAPH_END = re.compile(r"\n\s*\n|\Z")


@dataclass(frozen=True, slots=True)
class Claim:
    """A stretch of a speech that is to be checked.

    Attributes:
        start, end: its slice of the speech, without the quote marks.
        quoted: whether quote marks stand around it; otherwise it is a sentence of the speaker's.
        named: whose words the speech says they are; empty when it does not.
    """

    start: int
    end: int
    quoted: bool
    named: str


def claims(speech: str, sentences: bool = False) -> list[Claim]:
    """What a speech quotes, in order.

    Args:
        speech: any text.
        sentences: take its sentences outside quote marks as well.
    """
    quoted = quoted_spans(speech)
    found = [Claim(start, end, True, named_around(speech, start, end)) for start, end in quoted]
    if sentences:
        found += [
            Claim(start, end, False, "")
            for passage in segment(speech)
            for unit in passage.sentences
            for start, end in _outside(speech, (unit.start, unit.end), quoted)
        ]
    return sorted(found, key=lambda claim: claim.start)


def _outside(speech: str, unit: Span, quoted: Iterable[Span]) -> list[Span]:
    """A sentence that holds no quoted words; what holds some is the speaker's way of quoting them."""
    touched = any(start < unit[1] and unit[0] < end for start, end in quoted)
    return [] if touched or not is_quotable(speech, *unit) else [unit]


def quoted_spans(text: str) -> list[Span]:
    """The outermost quoted passages of a text, without their marks.

    Marks inside quotes may be of any shape. A quote that is not closed ends with its paragraph, or where
    another opens; a mark that closes nothing is passed over.
    """
    found: list[Span] = []
    for begin, end in _paragraphs(text):
        found += _quoted_in(text, begin, end)
    return [_bare(text, span) for span in found if is_quotable(text, *span)]


def _paragraphs(text: str) -> Iterable[Span]:
    begin = 0
    while begin < len(text):
        match = _PARAGRAPH_END.search(text, begin)
        assert match is not None  # the end of the text is one
        yield begin, match.start()
        begin = max(match.end(), begin + 1)


def _quoted_in(text: str, begin: int, end: int) -> list[Span]:
    closed: list[Span] = []
    stack: list[tuple[str, int]] = []
    for position in range(begin, end):
        mark = text[position]
        opened = next((n for n in range(len(stack) - 1, -1, -1) if mark in _PAIRS[stack[n][0]]), None)
        if opened is not None and not _opens(text, position, mark):
            closed.append((stack[opened][1], position))  # with it ends what was left open inside
            del stack[opened:]
        elif mark in _PAIRS:
            stack.append((mark, position + 1))
    closed += [span for span in _single(text, begin, end) if not _cuts(span, closed, stack)]
    outermost = [span for span in closed if not any(a < span[0] and span[1] < b for a, b in closed)]
    borders = [*(start for _, start in stack), *(start for start, _ in outermost), end + 1]
    unclosed = [(start, min(border for border in borders if border > start) - 1) for _, start in stack]
    return sorted([*outermost, *unclosed])


def _single(text: str, begin: int, end: int) -> list[Span]:
    """Some words between single marks, such as 'these ones'; one that is not closed is an apostrophe."""
    found: list[Span] = []
    for opening in _SINGLE.finditer(text, begin, end):
        start = opening.end()
        if found and start < found[-1][1]:
            continue
        until = next((m.start() for m in _SINGLE.finditer(text, start, end)), end)
        ends = [m.start() for m in _SINGLE_END[opening["mark"]].finditer(text, start, until)]
        # « the workers' union »: rather a mark that no plural has before it
        last = next((e for e in ends if text[e - 1] != "s"), ends[0] if ends else None)
        if last is not None and re.search(r"\w\W+\w", text[start:last]):
            found.append((start, last))
    return found


def _cuts(span: Span, closed: Iterable[Span], stack: Iterable[tuple[str, int]]) -> bool:
    """Whether one border alone of quoted words lies within others, or others are left open in them."""
    crossed = any((a <= span[0] <= b) != (a <= span[1] <= b) for a, b in closed)
    return crossed or any(span[0] <= start <= span[1] for _, start in stack)


def _opens(text: str, position: int, mark: str) -> bool:
    """Whether a mark that may open or close opens: a word stands right after it, none before."""
    if mark not in '"“':
        return False
    before = text[position - 1] if position else " "
    after = text[position + 1 : position + 2]
    return (before.isspace() or before in "([’'«—–-") and after != "" and not after.isspace()


def _bare(text: str, span: Span) -> Span:
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end

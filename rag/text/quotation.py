"""What a speech quotes: passages between quote marks, and whose words it says they are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rag.text.segmenter import segment
from rag.text.sentences import is_quotable
from rag.types import Span

_PAIRS = {"«": "»", "“": "”", "„": "“”", "‹": "›", '"': '"'}
_PARAGRAPH_END = re.compile(r"\n\s*\n|\Z")
_SENTENCE_BREAK = re.compile(r"[.!?…»”]\s|\n")
_DENIED = re.compile(r"\b(?:ne|not|never|cannot)\b|\bn['’]|n['’]t\b", re.IGNORECASE)
PRONOUN = re.compile(r"(?:ils?|elles?|on|qui|nous|je|vous|cela|ce|it|he|she|they|we|who|that)", re.IGNORECASE)
_OPENING = ' \u00a0\u202f«“„"‹'
REACH = 160
"""How far from a quote its attribution may stand, in characters."""


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
    outermost = [span for span in closed if not any(a < span[0] and span[1] < b for a, b in closed)]
    borders = [*(start for _, start in stack), *(start for start, _ in outermost), end + 1]
    unclosed = [(start, min(border for border in borders if border > start) - 1) for _, start in stack]
    return sorted([*outermost, *unclosed])


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


SAYS = (
    r"(?:dit|disent|disait|déclare\w*|affirm\w+|écri\w+|annonce\w*|précise\w*|prévoi\w+|soutien\w+|assure\w*"
    r"|promet\w*|stipule\w*|proclame\w*|indique\w*|reconnaît|reconnaissent|admet\w*|prétend\w*|rappelle\w*"
    r"|souligne\w*|parle\w*|évoque\w*|dénonce\w*|conclut|explique\w*|says?|said|states?|stated|claim\w*|writes?|wrote"
    r"|declares?|declared|announce\w*|assert\w*|argue\w*|admits?|admitted|promise\w*|speaks? of)"
)
"""Verbs that hand on what somebody says."""
_BEFORE = (
    re.compile(
        r"(?:\b(?:selon|d['’]après|suivant|according to|in the words of|comme l['’ea]?\s?(?:dit|écrit|affirme"
        r"|rappelle|indique|annonce)|as (?:stated|written|said) (?:in|by))|^pour)\s+"
        r"(?P<name>[^,:;«“\"]{2,90}?)\s*[,:]?\s*$",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?:^|[,;:]\s*)(?:mais |et |or |donc |as |but |and )?(?P<name>[^,:;«“\"]{2,90}?)\s+"
        rf"(?:nous |l['’]|le |a |ont |has |have )*{SAYS}\b[^«“\".!?]{{0,60}}$",
        re.IGNORECASE,
    ),
)
_AFTER = (
    re.compile(
        rf"^[\s»”\"’,]*(?:selon|d['’]après|according to|(?:comme |as )?(?:l['’]|le |a )?{SAYS})\s+"
        r"(?P<name>[^,.;:!?«“\"]{2,90}?)\s*(?:[,.;:!?»«“\"\n]|$)",
        re.IGNORECASE,
    ),
    re.compile(r"^[\s»”\"’]*\((?P<name>[^()]{2,90})\)"),
)


def named_around(text: str, start: int, end: int) -> str:
    """Whose words a slice of a speech is said to be, in the speech's words; empty when it is not said."""
    before = text[max(0, start - REACH) : start].rstrip(_OPENING)
    before = before[max((m.end() for m in _SENTENCE_BREAK.finditer(before)), default=0) :].strip()
    after = text[end : end + REACH]
    found = [*(p.search(before) for p in _BEFORE), *(p.search(after) for p in _AFTER)]
    name = next((match["name"].strip() for match in found if match and not _DENIED.search(match.group())), "")
    return "" if PRONOUN.fullmatch(name) else name


def attributed_quote(text: str) -> tuple[Span, str] | None:
    """The quote in a text that is nothing but one quote and whose words it is, and that name."""
    spans = quoted_spans(text)
    if len(spans) != 1:
        return None
    start, end = spans[0]
    named = named_around(text, start, end)
    before, after = text[:start], text[end:]
    around = [*(p.match(before.rstrip(_OPENING)) for p in _BEFORE), *(p.match(after) for p in _AFTER)]
    bare = not is_quotable(before, 0, len(before)) or not is_quotable(after, 0, len(after))
    return ((start, end), named) if named and bare and any(around) else None

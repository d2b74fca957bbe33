"""A block -> its sentences, by rules of French and English punctuation, nothing learnt."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rag.text.blocks import CLOSERS, Block
from rag.text.lines import content_start
from rag.types import Place, Sentence, Span

SENTENCE_MAX = 1000
"""A longer run without an end of sentence is cut at the best place before this, in characters."""
SENTENCE_MIN_WORDS = 3
"""A sentence of fewer words is joined to the one before it, a question to the one after."""

_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_END = re.compile(rf"(?<![.!?…])(?P<stop>[.!?…]++){CLOSERS}(?=\s)")
_TITLES = frozenset(
    (
        "M MM Mr Mrs Ms Mme Mlle Me Dr Drs Pr Prof St Ste Mgr Gén Gen Col Lt Capt Sgt Sen Rep Gov Hon Rev "
        "cf Cf env av apr v vs éd Éd ed trad réf ref tél Tél c.-à-d p.ex ex i.e e.g"
    ).split()
)
"""Abbreviations that never end a sentence."""
_BEFORE_NUMBER = frozenset(
    (
        "no n nº art p pp fig vol chap tab al sect par ann janv févr fév avr juil sept oct nov déc jan feb "
        "mar jun jul aug dec"
    ).split()
)
"""Abbreviations that do not end a sentence when a number follows."""
_NUMBER = re.compile(r"[(\[]?\d|[IVXLC]{2,}\b|[A-Z](?:\.\s?)?-?\d")
"""A number as it follows such an abbreviation: ``5``, ``(2020)``, ``IV``, ``L. 123``."""
_WORD_BEFORE = re.compile(r"[^\s«»“”\"()\[\]'’]+$")
_INITIALS = re.compile(r"(?:(?:^|[-.])[A-ZÀ-Ý])+$")
_OPENERS = re.compile(
    r"(?:Ils?|Elles?|On|Nous|Vous|Ce|Cet|Cette|Ces|Les|Une?|Son|Sa|Ses|Leurs?|Mais|Et|En|Dans|Par|Pour|Aux?"
    r"|The|He|She|It|They|We|This|That|These|Those|But|And|In|His|Her|Their)\b|[CL][’']"
)
"""Words that are no name: after an initial, they open a sentence."""


def sentences_of(
    text: str,
    block: Block,
    place: Place,
    lead_in: Span | None,
    heading: Span | None,
    asked: bool = False,
) -> list[Sentence]:
    """The sentences of a block, with its place, the slice that introduces it and the heading above it.

    Where something is ``asked`` of somebody, a question at the end stands alone, be it short.
    """
    spans = _join_short(text, list(_split_sentences(text, block.start, block.end)), asked)
    pieces = [
        Sentence(start, end, place, lead_in=inner, heading=heading)
        for span in spans
        for item, inner in _enumeration(text, span)
        for start, end in _cut_long(text, item)
    ]
    if lead_in:  # it introduces the first words only; the sentences after them stand alone
        pieces[0] = replace(pieces[0], lead_in=lead_in)
    return pieces


def _split_sentences(text: str, start: int, end: int) -> Iterator[Span]:
    """Plain sentences of a block."""
    begin, content = start, content_start(text, start, end)
    for match in _END.finditer(text, start, end):
        after = _skip_space(text, match.end(), end)
        # "1." is the marker of an item, not a sentence
        if content < match.end() and after < end and _ends_sentence(text, begin, match, after):
            yield begin, match.end()
            begin, content = after, content_start(text, after, end)
    yield begin, end


def _skip_space(text: str, position: int, end: int) -> int:
    while position < end and text[position].isspace():
        position += 1
    return position


def _ends_sentence(text: str, begin: int, match: re.Match[str], after: int) -> bool:
    """Whether a mark that white space follows is the end, given what stands ``after`` that."""
    if text[after].islower() or text[after] in ",;:.!?…»”)]":
        return False
    if match["stop"] != ".":
        return True
    stop = match.start()
    found = _WORD_BEFORE.search(text, max(begin, stop - 30), stop)
    word = found.group().lstrip("-") if found else ""
    if word in _TITLES or (word.lower() in _BEFORE_NUMBER and _NUMBER.match(text, after)):
        return False
    return not _INITIALS.search(word) or _OPENERS.match(text, after) is not None


def _join_short(text: str, spans: Sequence[Span], asked: bool) -> list[Span]:
    """Join « Pourquoi ? » to what follows it, and « Non. » to what stands before it."""
    joined: list[Span] = []
    for start, end in spans:
        waits = bool(joined) and _is_short(text, *joined[-1])
        asks = "?" in text[start:end] and (asked or end < spans[-1][1])
        if waits or (joined and not asks and _is_short(text, start, end)):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _is_short(text: str, start: int, end: int) -> bool:
    if end - start > 20 * SENTENCE_MIN_WORDS:
        return False
    words = [word for word in text[start:end].split() if _LETTER_OR_DIGIT.search(word)]
    return len(words) < SENTENCE_MIN_WORDS


_LIST_MARK = re.compile(r"\([^()]*\)|(?P<mark>:(?=\s+[^\s«“\"‘'])|;(?=\s))")
"""The marks of an enumeration, those in brackets skipped."""


def _enumeration(text: str, span: Span) -> Iterator[tuple[Span, Span | None]]:
    """Split « lead-in : item ; item ; item » into the lead-in and its items.

    Yields each slice with the slice of its lead-in, ``None`` for anything else.
    """
    start, end = span
    marks = [match for match in _LIST_MARK.finditer(text, start, end) if match["mark"]]
    colon = next((n for n, match in enumerate(marks) if match["mark"] == ":"), len(marks))
    ends = [match.end() for match in marks[colon + 1 :] if match["mark"] == ";"]
    if not ends or marks[colon].end() - start > SENTENCE_MAX:
        yield span, None
        return
    lead_in = (start, marks[colon].end())
    yield lead_in, None
    begin = _skip_space(text, lead_in[1], end)
    for item_end in [*ends, end]:
        yield (begin, item_end), lead_in
        begin = _skip_space(text, item_end, end)


def _cut_long(text: str, span: Span) -> Iterator[Span]:
    start, end = span
    while end - start > SENTENCE_MAX:
        cut = _best_cut(text, start, start + SENTENCE_MAX)
        yield start, cut
        start = _skip_space(text, cut, end)
    if start < end:
        yield start, end


def _best_cut(text: str, start: int, limit: int) -> int:
    """End of the last clause, else of the last word, before ``limit``; else ``limit`` itself."""
    for pattern, least in (
        (r"[;:.](?=\s)", SENTENCE_MAX // 4),
        (r",(?=\s)", SENTENCE_MAX // 4),
        (r"\S(?=\s)", 0),
    ):
        ends = [match.end() for match in re.compile(pattern).finditer(text, start, limit)]
        if ends and ends[-1] > start + least:
            return ends[-1]
    return limit


def is_answer(text: str, sentence: Sentence) -> bool:
    """Whether a sentence may ever be an answer: words of the text itself, or of its notes."""
    return sentence.role in ("body", "note") and is_quotable(text, sentence.start, sentence.end)


def is_quotable(text: str, start: int, end: int) -> bool:
    """Whether a slice holds any letter or digit; rules of dashes and the like are never retrieved."""
    return _LETTER_OR_DIGIT.search(text, start, end) is not None

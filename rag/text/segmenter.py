"""Text -> passages -> sentences. Pure: the same text always gives the same slices.

A *passage* is a paragraph or a list item, the unit shown as context; a *sentence* is the unit quoted.
Both are slices of the text, in order, without overlap and with nothing but white space between them,
so that the pieces tile the text.

Lines are first gathered into *blocks* (what a reader sees as one paragraph, item, row or heading).
Whether a line break ends a paragraph or only wraps a line is decided from the text itself: it wraps one
when the next line goes on in lower case with what the line did not finish. A text is wrapped when many
of its lines do so; there, a break is a real one when the next word would still have fitted on the line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from rag.types import Passage, Place, Sentence, Span

SEGMENTER_VERSION = 1
"""Changes whenever the same text would give other slices; the index is then rebuilt."""

PASSAGE_MAX = 1200
"""A longer block is split between its sentences, in characters."""
PASSAGE_MIN = 60
"""A shorter block is joined to a neighbour, in characters."""
SENTENCE_MAX = 1000
"""A longer run without an end of sentence is cut at the best place before this, in characters."""
SENTENCE_MIN_WORDS = 3
"""A sentence of fewer words is joined to the one before it, a question to the one after."""

_BREAKS = r"\n\r\f\v\x1c-\x1e\x85\u2028\u2029"
_LINE = re.compile(rf"[^{_BREAKS}]+")
_BREAK = re.compile(rf"\r\n|[{_BREAKS}]")
_HEADING = re.compile(r"#{1,6}\s+(?=\S)")
_MARKER = re.compile(
    r"(?:[-–—•‣▪◦·●○■□➢✓\uf0b7\uf0a7*>]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)]|\d{1,3}°)\s+(?=\S)"
)
_ROW = re.compile(r"(?:^|\s)\|(?:\s|$)")
_CLOSERS = r"(?:\s*»|[”’\"')\]\u00b9\u00b2\u00b3\u2070-\u2079]|\[\d{1,3}\])*"
"""What may stand between the end of a sentence and the next: closing marks, calls of notes."""
_ENDS_CLAUSE = re.compile(rf"[.!?…:;]{_CLOSERS}$")
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_WRAP_MAX = 160
"""Lines longer than this are never the work of a line wrapper, in characters."""
_WRAPPED_SHARE = 0.2
"""Share of line breaks in mid-sentence above which a text counts as wrapped."""
_RAGGED = 0.9
"""Lines measured in points (PDF) differ in length: this share of the usual length is a full line."""

Kind = Literal["paragraph", "item", "row", "heading"]


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that is not blank, without the white space around it."""

    start: int
    end: int
    indent: int
    kind: Kind
    page: int
    gap: bool  # a blank line stands before it
    new_page: bool  # a form feed stands before it


@dataclass(frozen=True, slots=True)
class _Block:
    start: int
    end: int
    kind: Kind
    page: int
    indent: int


def segment(text: str) -> tuple[Passage, ...]:
    """Cut a text into passages of sentences.

    Args:
        text: the whole text of a source; form feeds separate its pages.

    Returns:
        The passages in order; empty when the text holds only white space.
    """
    blocks = _with_headings(text, list(_blocks(text)))
    sentences = list(_sentences_by_block(text, blocks))
    return tuple(_passages(sentences, [block.kind for block in blocks]))


def content_start(text: str, start: int, end: int) -> int:
    """Where the words of a unit begin: after its list marker, heading marks or quoting marks."""
    mark = _HEADING.match(text, start, end) or _MARKER.match(text, start, end)
    return mark.end() if mark else start


def _lines(text: str) -> Iterator[_Line]:
    page, previous_end, has_pages = 1, 0, "\f" in text
    for match in _LINE.finditer(text):
        raw = match.group()
        stripped = raw.strip()
        if not stripped:
            continue
        margin = raw[: len(raw) - len(raw.lstrip())]
        start = match.start() + len(margin)
        between = text[previous_end:start]
        feeds = between.count("\f")
        page += feeds
        yield _Line(
            start=start,
            end=start + len(stripped),
            indent=len(margin.expandtabs()),
            kind=_kind(stripped),
            page=page if has_pages else 0,
            gap=len(_BREAK.findall(between)) > 1 and not feeds,
            new_page=feeds > 0,
        )
        previous_end = start + len(stripped)


def _kind(line: str) -> Kind:
    if _HEADING.match(line):
        return "heading"
    if _MARKER.match(line):
        return "item"
    return "row" if _ROW.search(line) else "paragraph"


def _blocks(text: str) -> Iterator[_Block]:
    lines = list(_lines(text))
    full_from = _full_from(text, lines)
    group: list[_Line] = []
    for line in lines:
        if group and not _continues(text, group, line, full_from):
            yield _block(group)
            group = []
        group.append(line)
    if group:
        yield _block(group)


def _block(lines: Sequence[_Line]) -> _Block:
    first = lines[0]
    return _Block(first.start, lines[-1].end, first.kind, first.page, first.indent)


def _ends_clause(text: str, line: _Line) -> bool:
    return _ENDS_CLAUSE.search(text, line.start, line.end) is not None


def _stops_mid_sentence(text: str, line: _Line, following: _Line) -> bool:
    """Whether ``following`` goes on in lower case with what ``line`` did not finish."""
    return following.kind == "paragraph" and text[following.start].islower() and not _ends_clause(text, line)


def _length(line: _Line) -> int:
    return line.indent + line.end - line.start


def _room_needed(text: str, line: _Line, following: _Line) -> int:
    """Columns the line would have had with the next line's first word on it.

    A word ends at a plain space: no line is wrapped at a no-break space.
    """
    space = text.find(" ", following.start, following.end)
    return _length(line) + 1 + (space if space >= 0 else following.end) - following.start


def _full_from(text: str, lines: Sequence[_Line]) -> float:
    """Columns that a line and the next word must need for the line to be full; 0 in a text not wrapped."""
    pairs = [(a, b) for a, b in pairwise(lines) if not b.gap and not b.new_page]
    wrapped = [(a, b) for a, b in pairs if _stops_mid_sentence(text, a, b)]
    if not wrapped or len(wrapped) < _WRAPPED_SHARE * len(pairs):
        return 0
    lengths = sorted(_length(a) for a, _ in wrapped)
    rooms = sorted(_room_needed(text, a, b) for a, b in wrapped)
    few = len(wrapped) // 20  # lines that may be out of the ordinary
    usual, least = lengths[-1 - few], rooms[few]
    if usual > _WRAP_MAX:
        return 0
    return usual + 1 if least > usual else _RAGGED * usual


def _continues(text: str, block: Sequence[_Line], line: _Line, full_from: float) -> bool:
    """Whether ``line`` goes on with the paragraph whose lines so far are ``block``."""
    first, last = block[0], block[-1]
    if line.gap or line.kind in ("heading", "row") or first.kind in ("heading", "row"):
        return False
    ended = _ends_clause(text, last)
    enough = full_from if ended else _RAGGED * full_from  # a paragraph seldom ends without a stop
    full = full_from > 0 and _room_needed(text, last, line) >= enough
    if line.kind == "item":  # a dash between two words, or a number, may open a wrapped line
        lower = text[content_start(text, line.start, line.end)].islower()
        return full and not ended and (lower or first.kind != "item")
    if text[line.start].islower() and not ended:
        return True
    if line.new_page:
        return full and not ended
    if first.kind == "item" and max(line.indent, last.indent) > first.indent:
        return line.indent > first.indent  # hanging indent of a list item
    return full and line.indent < last.indent + 2  # unless it is the indented start of a paragraph


def _with_headings(text: str, blocks: Sequence[_Block]) -> list[_Block]:
    around = zip([None, *blocks], blocks, [*blocks[1:], None], strict=False)
    return [replace(b, kind="heading") if _is_heading(text, a, b, c) else b for a, b, c in around]


def _is_heading(text: str, previous: _Block | None, block: _Block, following: _Block | None) -> bool:
    """A markdown heading, or a short line without end punctuation above a longer paragraph.

    The line may bear a number, unless it is one of a numbered list.
    """
    if block.kind == "heading" or following is None or following.kind != "paragraph":
        return block.kind == "heading"
    numbered = _is_numbered(text, block) and not _is_numbered(text, previous)
    length = block.end - block.start
    return (
        (numbered or (block.kind == "paragraph" and not text[block.start].islower()))
        and length <= 90
        and following.end - following.start > 2 * length
        and text[block.end - 1] not in '.!?…:;,»”")'
    )


def _is_numbered(text: str, block: _Block | None) -> bool:
    return block is not None and block.kind == "item" and text[block.start].isalnum()


def _sentences_by_block(text: str, blocks: Iterable[_Block]) -> Iterator[list[Sentence]]:
    """The sentences of each block, with their place and the slices that introduce and head them."""
    page, paragraph, point = 0, 0, 0
    heading: Span | None = None
    openers: list[tuple[int, Span]] = []  # sentences that introduce what follows, by indentation
    for block in blocks:
        if block.page != page:
            page, paragraph, point = block.page, 0, 0
        if not is_quotable(text, block.start, block.end):  # a rule of dashes is no paragraph
            yield _sentences_of(text, block, Place(page, paragraph, point), None, heading)
            continue
        speech = text[block.start] == "—" and not openers  # a dash of dialogue, not a list item
        listed = block.kind == "row" or (block.kind == "item" and not speech)
        paragraph, point = (max(paragraph, 1), point + 1) if listed else (paragraph + 1, 0)
        introduced = listed or text[block.start].islower()
        openers = [opener for opener in openers if introduced and opener[0] < block.indent]
        lead_in = openers[-1][1] if openers else None
        sentences = _sentences_of(text, block, Place(page, paragraph, point), lead_in, heading)
        yield sentences
        if block.kind == "heading":
            heading = block.start, block.end
        elif text[block.end - 1] == ":":
            openers.append((block.indent if introduced else -1, (sentences[-1].start, sentences[-1].end)))


_END = re.compile(rf"(?<![.!?…])(?P<stop>[.!?…]++){_CLOSERS}(?=\s)")
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


def _split_sentences(text: str, start: int, end: int) -> Iterator[Span]:
    """Plain sentences of a block: rules of French and English punctuation, nothing learnt."""
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


def _sentences_of(
    text: str, block: _Block, place: Place, lead_in: Span | None, heading: Span | None
) -> list[Sentence]:
    spans = _join_short(text, list(_split_sentences(text, block.start, block.end)))
    pieces = [
        Sentence(start, end, place, lead_in=inner, heading=heading)
        for span in spans
        for item, inner in _enumeration(text, span)
        for start, end in _cut_long(text, item)
    ]
    if lead_in:  # it introduces the first words only; the sentences after them stand alone
        pieces[0] = replace(pieces[0], lead_in=lead_in)
    return pieces


def _join_short(text: str, spans: Sequence[Span]) -> list[Span]:
    """Join « Pourquoi ? » to what follows it, and « Non. » to what stands before it."""
    joined: list[Span] = []
    for start, end in spans:
        waits = bool(joined) and _is_short(text, *joined[-1])
        asks = "?" in text[start:end] and end < spans[-1][1]
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


def _passages(blocks: Iterable[list[Sentence]], kinds: Iterable[Kind]) -> Iterator[Passage]:
    for group in _groups(blocks, kinds):
        for part in _balanced(group):
            yield Passage(part[0].start, part[-1].end, tuple(part))


def _groups(blocks: Iterable[list[Sentence]], kinds: Iterable[Kind]) -> list[list[Sentence]]:
    """Join short blocks to what stands before them, headings to what stands below."""
    groups: list[list[Sentence]] = []
    awaits = False  # the last group is a heading, or too short with nothing before it
    for sentences, kind in zip(blocks, kinds, strict=True):
        joins = kind != "heading" and _extent(sentences) < PASSAGE_MIN and _fits(groups, sentences)
        if awaits or joins:
            groups[-1] += sentences
        else:
            groups.append([*sentences])
        awaits = kind == "heading" or _extent(groups[-1]) < PASSAGE_MIN
    if awaits and _extent(groups[-1]) < PASSAGE_MIN and _fits(groups[:-1], groups[-1]):
        groups[-2:] = [groups[-2] + groups[-1]]
    return groups


def _fits(groups: Sequence[list[Sentence]], sentences: Sequence[Sentence]) -> bool:
    """Whether ``sentences`` may join the last of ``groups``."""
    return bool(groups) and sentences[-1].end - groups[-1][0].start <= PASSAGE_MAX


def _extent(sentences: Sequence[Sentence]) -> int:
    return sentences[-1].end - sentences[0].start


def _balanced(sentences: Sequence[Sentence]) -> Iterator[list[Sentence]]:
    """Parts of about equal length, none over ``PASSAGE_MAX``."""
    target = _extent(sentences) / -(-_extent(sentences) // PASSAGE_MAX)
    part: list[Sentence] = []
    for sentence in sentences:
        if part and (sentence.end - part[0].start > PASSAGE_MAX or _extent(part) >= target):
            yield part
            part = []
        part.append(sentence)
    yield part


def is_quotable(text: str, start: int, end: int) -> bool:
    """Whether a slice holds any letter or digit; rules of dashes and the like are never retrieved."""
    return _LETTER_OR_DIGIT.search(text, start, end) is not None

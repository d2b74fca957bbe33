"""Text -> passages -> sentences. Pure: the same text always gives the same slices.

A *passage* is a paragraph or a list item, the unit shown as context; a *sentence* is the unit quoted.
Both are slices of the text, in order, without overlap and with nothing but white space between them,
so that the pieces tile the text.

Lines are first gathered into *blocks* (what a reader sees as one paragraph, item or heading). Whether
a line break ends a paragraph or only wraps a line is decided from the text itself: a text is wrapped
when many of its lines stop in mid-sentence; in a wrapped text a break is a real one when the next word
would still have fitted on the line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Literal

from llama_index.core.node_parser import NodeParser
from llama_index.core.schema import BaseNode, Document, NodeRelationship, TextNode

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
"""A sentence of fewer words is joined to the one before it."""

_LINE = re.compile(r"[^\n\r\f\v\x1c-\x1e\x85\u2028\u2029]+")
_HEADING = re.compile(r"#{1,6}\s+\S")
_MARKER = re.compile(r"(?:[-–—•‣▪◦·*+>]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)]|\d{1,3}°)[^\S\n]+(?=\S)")
_ENDS_CLAUSE = re.compile(r"[.!?…:;»”\")\]]$")
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_WRAP_MAX = 160
"""Lines longer than this are never the work of a line wrapper, in characters."""
_WRAPPED_SHARE = 0.2
"""Share of line breaks in mid-sentence above which a text counts as wrapped."""

Kind = Literal["paragraph", "item", "heading"]


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that is not blank, without the white space around it."""

    start: int
    end: int
    indent: int
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
    blocks = list(_blocks(text))
    sentences = [_sentences_of(text, *located) for located in _located(text, blocks)]
    return tuple(_passages(sentences, [block.kind for block in blocks]))


def content_start(text: str, start: int, end: int) -> int:
    """Where the words of a unit begin: after its list marker, heading marks or quoting marks."""
    mark = re.compile(r"#{1,6}\s+").match(text, start, end) or _MARKER.match(text, start, end)
    return mark.end() if mark and mark.end() < end else start


# --- lines and blocks -----------------------------------------------------------------------------


def _lines(text: str) -> Iterator[_Line]:
    page, previous_end, has_pages = 1, 0, "\f" in text
    for match in _LINE.finditer(text):
        raw = match.group()
        stripped = raw.strip()
        if not stripped:
            continue
        start = match.start() + len(raw) - len(raw.lstrip())
        between = text[previous_end:start]
        feeds = between.count("\f")
        page += feeds
        breaks = len(re.findall(r"\r\n|[\n\r\f\v\x1c-\x1e\x85\u2028\u2029]", between))
        yield _Line(
            start=start,
            end=start + len(stripped),
            indent=start - match.start(),
            page=page if has_pages else 0,
            gap=breaks > 1 and not feeds,
            new_page=feeds > 0,
        )
        previous_end = start + len(stripped)


def _blocks(text: str) -> Iterator[_Block]:
    lines = list(_lines(text))
    width = _wrap_width(text, lines)
    group: list[_Line] = []
    for line in lines:
        if group and not _continues(text, group, line, width):
            yield _block(text, group)
            group = []
        group.append(line)
    if group:
        yield _block(text, group)


def _block(text: str, lines: Sequence[_Line]) -> _Block:
    first = lines[0]
    kind: Kind = "paragraph"
    if _HEADING.match(text, first.start):
        kind = "heading"
    elif _MARKER.match(text, first.start, first.end):
        kind = "item"
    return _Block(first.start, lines[-1].end, kind, first.page, first.indent)


def _stops_mid_sentence(text: str, line: _Line, following: _Line) -> bool:
    return text[following.start].islower() and not _ENDS_CLAUSE.search(text[line.start : line.end])


def _room_needed(text: str, line: _Line, following: _Line) -> int:
    """Columns the line would have had with the next line's first word on it."""
    first_word = text[following.start : following.end].split(None, 1)[0]
    return line.indent + line.end - line.start + 1 + len(first_word)


def _wrap_width(text: str, lines: Sequence[_Line]) -> int:
    """The column at which the text was wrapped, or 0 when it was not."""
    pairs = [(a, b) for a, b in pairwise(lines) if not b.gap and not b.new_page]
    lengths = sorted(a.indent + a.end - a.start for a, b in pairs if _stops_mid_sentence(text, a, b))
    if not lengths or len(lengths) < _WRAPPED_SHARE * len(pairs):
        return 0
    width = lengths[int(0.95 * (len(lengths) - 1))]
    return width if width <= _WRAP_MAX else 0


def _continues(text: str, block: Sequence[_Line], line: _Line, width: int) -> bool:
    """Whether ``line`` goes on with the paragraph whose lines so far are ``block``."""
    last = block[-1]
    mid_sentence = _stops_mid_sentence(text, last, line)
    if line.gap or _HEADING.match(text, line.start) or _HEADING.match(text, block[0].start):
        return False
    if line.new_page:
        return mid_sentence
    full = bool(width) and _room_needed(text, last, line) > 0.85 * width
    marker = _MARKER.match(text, line.start, line.end)
    if marker:  # a dash between two words may fall at the start of a wrapped line
        ended = _ENDS_CLAUSE.search(text[last.start : last.end])
        return full and not ended and text[marker.end()].islower()
    if line.indent >= last.indent + 2 and _MARKER.match(text, block[0].start, block[0].end):
        return True  # hanging indent of a list item
    if width and line.indent >= last.indent + 2 and not mid_sentence:
        return False  # first line of an indented paragraph
    return full


# --- places, lead-ins, headings -------------------------------------------------------------------


def _located(text: str, blocks: Sequence[_Block]) -> Iterator[tuple[_Block, Place, Span | None, Span | None]]:
    """Each block with its place, and the slices that introduce and head it."""
    page, paragraph, point = 0, 0, 0
    heading: Span | None = None
    opener: _Block | None = None  # the last paragraph, which may introduce list items
    for index, block in enumerate(blocks):
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        if block.page != page:
            page, paragraph, point = block.page, 0, 0
        dialogue = block.kind == "item" and _is_dialogue(text, block, opener)
        if block.kind == "item" and not dialogue:
            paragraph, point = max(paragraph, 1), point + 1
        else:
            paragraph, point = paragraph + 1, 0
        introduced = _introduces(text, opener) and (
            (block.kind == "item" and not dialogue) or text[block.start].islower()
        )
        lead_in = _last_sentence(text, opener) if introduced and opener else None
        yield block, Place(page, paragraph, point), lead_in, heading
        if _is_heading(text, block, following):
            heading, opener = (block.start, block.end), None
        elif block.kind == "paragraph" and not introduced:
            opener = block


def _is_dialogue(text: str, block: _Block, opener: _Block | None) -> bool:
    """A dash that opens a line of speech rather than a list item."""
    return text[block.start] == "—" and not _introduces(text, opener)


def _introduces(text: str, block: _Block | None) -> bool:
    return block is not None and text[block.start : block.end].endswith(":")


def _last_sentence(text: str, block: _Block) -> Span:
    return list(_split_sentences(text, block.start, block.end))[-1]


def _is_heading(text: str, block: _Block, following: _Block | None) -> bool:
    """A markdown heading, or a short line without end punctuation above a longer paragraph."""
    if block.kind == "heading":
        return True
    length = block.end - block.start
    return (
        block.kind == "paragraph"
        and following is not None
        and following.kind == "paragraph"
        and length <= 90
        and following.end - following.start > 2 * length
        and not text[block.start].islower()
        and text[block.end - 1] not in '.!?…:;,»”")'
    )


# --- sentences ------------------------------------------------------------------------------------

_END = re.compile(r"[.!?…]+(?:[ \t\u00a0\u202f]*»|[”’\"')\]]|\[\d{1,3}\])*(?=\s)|(?<=:)(?=\s+[–—]\s)")
_TITLES = frozenset(
    (
        "m mm mr mrs ms mme mlle me dr drs pr prof st ste mgr cf env av apr vs gén gen col lt capt sgt sen "
        "rep gov hon rev éd ed dir coll trad réf ref tél tel c.-à-d p.ex i.e e.g resp"
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
_WORD_BEFORE = re.compile(r"[^\s«»“”\"()\[\]]+$")
_INITIALS = re.compile(r"(?:(?:^|[-.’'])[A-ZÀ-Ý])+$")


def _split_sentences(text: str, start: int, end: int) -> Iterator[Span]:
    """Plain sentences of a block: rules of French and English punctuation, nothing learnt."""
    begin = start
    for match in _END.finditer(text, start, end):
        after = _skip_space(text, match.end(), end)
        if after < end and _ends_sentence(text, begin, match, after):
            yield begin, match.end()
            begin = after
    yield begin, end


def _skip_space(text: str, position: int, end: int) -> int:
    while position < end and text[position].isspace():
        position += 1
    return position


def _ends_sentence(text: str, begin: int, match: re.Match[str], after: int) -> bool:
    following = text[after]
    if following.islower() or following in ",;:.!?…»”)]":
        return False
    if content_start(text, begin, match.end() + 2) >= match.end():
        return False  # "1." is the marker of the item, not a sentence
    if match.group() != ".":
        return True
    found = _WORD_BEFORE.search(text, max(begin, match.start() - 30), match.start())
    word = found.group() if found else ""
    folded = word.lower().lstrip("’'-")
    if folded in _TITLES or (folded in _BEFORE_NUMBER and following.isdigit()):
        return False
    return word.endswith("J.-C") or not _INITIALS.search(word)


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
        if not joined:
            joined.append((start, end))
            continue
        begin, last_end = joined[-1]
        opens = len(joined) == 1 or text[last_end - 1] == "?"
        if _is_short(text, start, end) or (opens and _is_short(text, begin, last_end)):
            joined[-1] = (begin, end)
        else:
            joined.append((start, end))
    return joined


def _is_short(text: str, start: int, end: int) -> bool:
    if end - start > 20 * SENTENCE_MIN_WORDS:
        return False
    words = [word for word in text[start:end].split() if _LETTER_OR_DIGIT.search(word)]
    return len(words) < SENTENCE_MIN_WORDS


_COLON = re.compile(r"\s*:(?=\s+(?![«“\"‘—–-]))")


def _enumeration(text: str, span: Span) -> Iterator[tuple[Span, Span | None]]:
    """Split « lead-in : item ; item ; item » into the lead-in and its items.

    Yields each slice with the slice of its lead-in, ``None`` for anything else.
    """
    start, end = span
    colon = _COLON.search(text, start, end)
    if not colon or text.find(";", colon.end(), end) < 0:
        yield span, None
        return
    lead_in = (start, colon.end())
    yield lead_in, None
    begin = _skip_space(text, colon.end(), end)
    for match in re.compile(r";(?=\s)").finditer(text, begin, end):
        after = _skip_space(text, match.end(), end)
        if after < end:
            yield (begin, match.end()), lead_in
            begin = after
    yield (begin, end), lead_in


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
    for pattern in (r"[;:.](?=\s)", r",(?=\s)", r"\S(?=\s)"):
        ends = [match.end() for match in re.compile(pattern).finditer(text, start, limit)]
        if ends and ends[-1] > start + SENTENCE_MAX // 4:
            return ends[-1]
    return limit


# --- passages -------------------------------------------------------------------------------------


def _passages(blocks: Sequence[list[Sentence]], kinds: Sequence[Kind]) -> Iterator[Passage]:
    pending: list[Sentence] = []  # blocks too short to stand alone, or headings, awaiting a neighbour
    done: list[list[Sentence]] = []
    for sentences, kind in zip(blocks, kinds, strict=True):
        group = pending + sentences
        short = _extent(group) < PASSAGE_MIN
        if kind == "heading" and _extent(group) <= PASSAGE_MAX:
            pending = group
        elif short and done and not pending and _extent(done[-1] + group) <= PASSAGE_MAX:
            done[-1] = done[-1] + group
        elif short:
            pending = group
        else:
            done.append(group)
            pending = []
    if pending:
        if done and _extent(pending) < PASSAGE_MIN and _extent(done[-1] + pending) <= PASSAGE_MAX:
            done[-1] = done[-1] + pending
        else:
            done.append(pending)
    for group in done:
        for part in _balanced(group):
            yield Passage(part[0].start, part[-1].end, tuple(part))


def _extent(sentences: Sequence[Sentence]) -> int:
    return sentences[-1].end - sentences[0].start if sentences else 0


def _balanced(sentences: list[Sentence]) -> Iterator[list[Sentence]]:
    """Parts of about equal length, none over ``PASSAGE_MAX`` unless one sentence is."""
    parts = -(-_extent(sentences) // PASSAGE_MAX)
    target = _extent(sentences) / max(parts, 1)
    part: list[Sentence] = []
    for sentence in sentences:
        grown = [*part, sentence]
        if part and (_extent(grown) > PASSAGE_MAX or _extent(part) >= target):
            yield part
            grown = [sentence]
        part = grown
    if part:
        yield part


# --- LlamaIndex -----------------------------------------------------------------------------------


def is_quotable(text: str, start: int, end: int) -> bool:
    """Whether a slice holds any letter or digit; rules of dashes and the like are never retrieved."""
    return _LETTER_OR_DIGIT.search(text, start, end) is not None


class SegmentParser(NodeParser):
    """A LlamaIndex node parser whose nodes carry exact offsets.

    A document becomes one node per passage and one per sentence (metadata ``level``), in that order.
    A node's text is the slice ``document.text[start_char_idx:end_char_idx]``; what introduces a
    sentence is metadata, so that it is embedded with it and never becomes part of it. Node ids are
    made of the document's id, ``variant``, the level and the number of the unit in the document.
    """

    variant: str = ""

    def _parse_nodes(
        self, nodes: Sequence[BaseNode], show_progress: bool = False, **kwargs: Any
    ) -> list[BaseNode]:
        return [node for document in nodes for node in self._nodes_of(document)]

    def _postprocess_parsed_nodes(
        self, nodes: list[BaseNode], parent_doc_map: dict[str, Document]
    ) -> list[BaseNode]:
        """Keep the offsets: the base class would look the text up again and find its first twin."""
        return nodes

    def _nodes_of(self, document: BaseNode) -> Iterator[TextNode]:
        text = document.get_content()
        passages = segment(text)
        sentences = [sentence for passage in passages for sentence in passage.sentences]
        levels: tuple[tuple[str, Sequence[Passage | Sentence]], ...] = (
            ("passage", passages),
            ("sentence", sentences),
        )
        for level, units in levels:
            for number, unit in enumerate(units):
                if is_quotable(text, unit.start, unit.end):
                    yield self._node(document, text, level, number, unit)

    def _node(
        self, document: BaseNode, text: str, level: str, number: int, unit: Passage | Sentence
    ) -> TextNode:
        own = {**document.metadata, "level": level}
        lead_in = unit.lead_in if isinstance(unit, Sentence) else None
        return TextNode(
            id_=node_id(document.node_id, self.variant, level, number),
            text=text[unit.start : unit.end],
            start_char_idx=unit.start,
            end_char_idx=unit.end,
            metadata=own | ({"lead_in": text[slice(*lead_in)]} if lead_in else {}),
            excluded_embed_metadata_keys=list(own),
            excluded_llm_metadata_keys=list(own),
            metadata_template="{value}",
            text_template="{metadata_str}\n{content}",
            relationships={NodeRelationship.SOURCE: document.as_related_node_info()},
        )


def node_id(document: str, variant: str, level: str, number: int) -> str:
    """Id of unit ``number`` (from 0, at its level) of a document; see :func:`parse_node_id`."""
    return f"{document}-{variant}-{level[0]}{number}"


def parse_node_id(identifier: str) -> tuple[str, int]:
    """The document and the number that a node id was made of."""
    document, _, unit = identifier.split("-")
    return document, int(unit[1:])

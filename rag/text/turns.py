"""Who speaks in each slice of a transcript, an interview, an official report. Pure, linear in the text.

A document in which nobody's label comes back (:mod:`rag.text.transcripts`) has no speakers. Whoever is
named speaks until another is named, a heading stands there, or the editor has the word; where it cannot be
told for certain who goes on after an interruption or a question, nobody is said to.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from rag.text.asides import asides_in, is_aside, is_editors
from rag.text.blocks import Block
from rag.text.labels import Label
from rag.text.lines import lines_in
from rag.text.naming import is_chair, names_of
from rag.text.transcripts import Labels, labels_in
from rag.text.turn_blocks import blocks_of_turns
from rag.types import Layout, Role

Asks = Literal["", "all", "each", "last"]
"""Which sentences are questions to somebody: none, all, those with a question mark, such a one at the end."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A slice of a block, its speaker, what it is, and what is asked in it."""

    start: int
    end: int
    speaker: str | None
    role: Role = "body"
    asks: Asks = ""


@dataclass(slots=True)
class _Turn:
    """What stands from one label to the next: numbers of blocks."""

    speaker: str | None
    label: Label | None = None
    blocks: list[int] = field(default_factory=list)
    words: list[int] = field(default_factory=list)
    asides: set[int] = field(default_factory=set)
    over: bool = False  # a heading or the editor ended it

    @property
    def is_crowd(self) -> bool:
        return self.label is not None and self.label.form == "crowd"


def turns_in(
    text: str, layout: Layout, blocks: Sequence[Block]
) -> tuple[list[Block], list[tuple[Stretch, ...]]]:
    """The blocks of a text, none of them of two turns, and the stretches that tile each that is spoken.

    Args:
        text: of a document.
        layout: what its format tells of it.
        blocks: its blocks.

    Returns:
        As many blocks as tuples of stretches; a tuple is empty where there is nothing to tell.
    """
    found = labels_in(text, list(lines_in(text, layout))) if len(blocks) > 2 else Labels()
    if not found.sure:
        return list(blocks), _unlabelled(text, blocks)
    labels = {label.start: label for label in found.sure}
    cut = blocks_of_turns(text, layout, blocks, labels, found.doubtful)
    turns = list(_turns(text, cut, labels, found.doubtful, names_of(found.sure)))
    stretches: list[tuple[Stretch, ...]] = [()] * len(cut)
    for number, one in _spoken(text, cut, turns):
        stretches[number] = one
    return cut, stretches


def _unlabelled(text: str, blocks: Sequence[Block]) -> list[tuple[Stretch, ...]]:
    """The questions of a text that is made of paragraphs that ask and others that answer."""
    nothing: list[tuple[Stretch, ...]] = [()] * len(blocks)
    asks = [
        block.kind == "paragraph" and _is_question(text[max(block.start, block.end - _ASKED - 1) : block.end])
        and block.end - block.start <= _ASKED
        for block in blocks
    ]  # fmt: skip
    answered = [one and not other for one, other in zip(asks, [*asks[1:], True], strict=False)]
    if sum(answered) < _ASKED_LEAST or sum(answered) < max(0.8 * sum(asks), _ASKED_SHARE * len(blocks)):
        return nothing
    return [
        (Stretch(block.start, block.end, None, "body", "all"),) if one else ()
        for block, one in zip(blocks, answered, strict=True)
    ]


def _turns(
    text: str, blocks: Sequence[Block], labels: dict[int, Label], doubtful: set[int], names: dict[str, str]
) -> Iterator[_Turn]:
    turn = _Turn(None)
    known = sorted({label.name for label in labels.values() if label.form == "titled"}, key=len, reverse=True)
    narrated = re.compile(rf"[*_]*(?:{'|'.join(map(re.escape, known)) or '(?!)'})[*_]*\s+{_DOES}\b")
    for number, block in enumerate(blocks):
        label = labels.get(block.start)
        if label or block.start in doubtful:
            yield turn
            crowd = label is None or label.form == "crowd"
            turn = _Turn(None if crowd or label is None else names[label.key], label, [number], [number])
            continue
        words = text[block.start : block.end]
        ended = (
            block.kind == "heading"
            or _RULE.fullmatch(words) is not None
            or is_editors(words)
            or narrated.match(words) is not None
        )
        if ended:
            turn.over = True
            yield turn
            turn = _Turn(None)
        if block.kind in ("paragraph", "item"):
            turn.blocks.append(number)
            if is_aside(words):
                turn.asides.add(number)
            elif not ended:
                turn.words.append(number)
        if ended:
            yield turn
            turn = _Turn(None)
    yield turn


_DOES = (
    r"(?:met|lève|ouvre|suspend|clôt|quitte|sort|entre|arrive|rejoint|remercie|donne|annonce|se lève"
    r"|applaudit|proteste"
    r"|rises|leaves|opens|closes|adjourns|thanks|resumes|takes)"
)
_RULE = re.compile(r"[\s*_=—–-]{3,}")
_ASKS = re.compile(r"\?[\s»”\"’)*_]*$")
_BOLD = re.compile(r"(\*\*|__).*\?[^\w]*\1", re.DOTALL)
_CALLS = re.compile(r"[!…][\s»”\"’)*_.]*$")
_CALLED = 120
"""What somebody calls in is no longer than this, in characters."""
_ASKED = 400
"""A question to somebody, between two turns of theirs, is no longer than this."""
_ANSWERERS = 4
"""So many, at most, are asked by one who has no label."""
_ASKED_LEAST, _ASKED_SHARE = 3, 0.2
"""So many questions, and such a share of the paragraphs, has a text of questions and answers."""
_INTERVIEWER = re.compile(
    r"(?:q\d*|question|.*\b(?:journaliste|journalist|intervie?we[ur]r?|reporter|enquêt(?:eur|rice)"
    r"|animat(?:eur|rice)"
    r"|présentat(?:eur|rice)|modérat(?:eur|rice)|moderator|host)\b.*)",
    re.IGNORECASE,
)
_ALL = re.compile(r"q\d*|question", re.IGNORECASE)


def _spoken(
    text: str, blocks: Sequence[Block], turns: Sequence[_Turn]
) -> Iterator[tuple[int, tuple[Stretch, ...]]]:
    asking = _interviewers(text, blocks, turns)
    unnamed = _asks_unnamed(text, blocks, turns, asking)
    floor: str | None = None  # who spoke before a crowd called in
    named = [turn for turn in turns if turn.blocks or turn.label or turn.over]
    following = _following(named)
    for before, turn, after in zip([None, *named], named, following, strict=False):
        if turn.is_crowd:
            yield from _crowd(text, blocks, turn, floor)
            continue
        floor = turn.speaker
        who = _who(text, blocks, turn, before, after, asking)
        before_all = turn.label is None and bool(turn.words)
        if unnamed and (len(turn.words) > 1 or before_all) and after is not None and not turn.over:
            who[turn.words[-1]] = None, "all"
        if len(turn.words) > 1 and who[turn.words[-1]][0] != turn.speaker:
            floor = None
        for number in turn.blocks:
            block = blocks[number]
            if number in turn.asides:
                yield number, (Stretch(block.start, block.end, None, "aside"),)
                continue
            if number not in who:
                continue
            speaker, asks = who[number]
            label = turn.label if number == turn.blocks[0] else None
            if speaker or asks or label:
                yield number, tuple(_stretches(text, block, label, speaker, asks))


def _following(turns: Sequence[_Turn]) -> list[_Turn | None]:
    """The turn after each, of somebody who is one."""
    found: list[_Turn | None] = []
    after: _Turn | None = None
    for turn in reversed(turns):
        found.append(after)
        after = after if turn.is_crowd else turn
    return found[::-1]


def _crowd(
    text: str, blocks: Sequence[Block], turn: _Turn, floor: str | None
) -> Iterator[tuple[int, tuple[Stretch, ...]]]:
    """What nobody in particular calls in; then whoever had the floor goes on."""
    for number in turn.blocks:
        block = blocks[number]
        if number == turn.blocks[0]:
            yield number, tuple(_stretches(text, block, turn.label, None, "", "aside"))
        elif number in turn.asides:
            yield number, (Stretch(block.start, block.end, None, "aside"),)
        elif floor:
            yield number, tuple(_stretches(text, block, None, floor, ""))


def _who(
    text: str,
    blocks: Sequence[Block],
    turn: _Turn,
    before: _Turn | None,
    after: _Turn | None,
    asking: set[str],
) -> dict[int, tuple[str | None, Asks]]:
    """Who speaks in the blocks of a turn that are words, and what is asked there."""
    speaker = turn.speaker
    found: dict[int, tuple[str | None, Asks]] = {}
    if speaker is None:
        return dict.fromkeys(turn.words, (None, ""))
    each: Asks = (
        "all" if _ALL.fullmatch(speaker) else "each" if speaker in asking or is_chair(speaker) else ""
    )
    answered = after is not None and not turn.over and after.speaker not in (None, speaker)
    again = after is not None and not turn.over and after.speaker == speaker
    sure = True
    for number in turn.words:
        words = text[blocks[number].start : blocks[number].end]
        last = number == turn.words[-1]
        own = number == turn.words[0]
        if not own and (_BOLD.fullmatch(words) or (again and last and _is_question(words))):
            found[number] = None, "all"
            sure = False  # who answers is named, or not known
            continue
        found[number] = (speaker, each or ("last" if last and answered else "")) if sure else (None, "")
        if speaker in asking and _ASKS.search(words):
            sure = False
        if own and _calls_in(text, blocks[number], turn, before, asking):
            sure = False
    return found


def _is_question(words: str) -> bool:
    return len(words) <= _ASKED and _ASKS.search(words) is not None


def _calls_in(text: str, block: Block, turn: _Turn, before: _Turn | None, asking: set[str]) -> bool:
    """Whether a turn begins as an interruption of somebody who had the floor."""
    held = before.speaker if before and not before.over else None
    if turn.label is None or not held or held == turn.speaker or held in asking or is_chair(held):
        return False
    if block.end - turn.label.end > _ASKED:
        return False
    words = text[turn.label.end : block.end].strip()
    for start, end in reversed(asides_in(words, 0, len(words))):
        words = f"{words[:start]} {words[end:]}".strip()
    return 0 < len(words) <= _CALLED and _CALLS.search(words) is not None


def _asks_unnamed(text: str, blocks: Sequence[Block], turns: Sequence[_Turn], asking: set[str]) -> bool:
    """Whether somebody without a label asks between the turns of those who answer."""
    labelled = [turn for turn in turns if turn.label]
    names = {turn.speaker for turn in labelled}
    if (
        len(names) > _ANSWERERS
        or asking & {str(name) for name in names}
        or any(is_chair(str(name)) for name in names)
    ):
        return False
    last = [blocks[turn.words[-1]] for turn in labelled[:-1] if len(turn.words) > 1 and not turn.over]
    asked = sum(_is_question(text[block.start : block.end]) for block in last)
    return asked > 1 and asked >= len(last) / 2 and len(last) >= len(labelled) / 2


def _interviewers(text: str, blocks: Sequence[Block], turns: Sequence[_Turn]) -> set[str]:
    """Who asks in an interview: so called, or asks at the end of nearly each short turn."""
    asked: dict[str, list[bool]] = defaultdict(list)
    for turn in turns:
        if turn.speaker and turn.words:
            block = blocks[turn.words[0]]
            asked[turn.speaker].append(len(turn.words) < 3 and _is_question(text[block.start : block.end]))
    return {
        name
        for name, questions in asked.items()
        if _INTERVIEWER.fullmatch(name) or (len(questions) > 1 and sum(questions) >= 0.6 * len(questions))
    }


def _stretches(
    text: str, block: Block, label: Label | None, speaker: str | None, asks: Asks, role: Role = "body"
) -> Iterator[Stretch]:
    """The stretches that tile a block: the label, the words, stage directions among them."""
    begin = block.start
    if label:
        yield Stretch(label.start, label.end, speaker, "label")
        begin = label.end
    borders = [begin]
    asides = asides_in(text, begin, block.end) if role == "body" else []
    for start, end in asides:
        borders += [start, end]
    borders.append(block.end)
    spans = [(a, b) for a, b in pairwise(borders)]
    kept = [(n, *_bare(text, a, b)) for n, (a, b) in enumerate(spans)]
    kept = [(n, a, b) for n, a, b in kept if a < b]
    words = [n for n, _, _ in kept if n % 2 == 0]
    for n, start, end in kept:
        if n % 2:
            yield Stretch(start, end, None, "aside")
        else:
            yield Stretch(start, end, speaker, role, "" if asks == "last" and n != words[-1] else asks)


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    return start, max(start, start + len(words.strip()))

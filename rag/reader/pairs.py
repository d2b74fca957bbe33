"""A question and a passage as one row of tokens: ``<s> query: Q </s></s> passage: HEAD SENTENCES </s>``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from rag.types import Sentence, Span
from rag.weights import weights_path

if TYPE_CHECKING:
    from tokenizers import Encoding, Tokenizer

START, PAD, END = 0, 1, 2
"""Numbers of the tokens ``<s>``, ``<pad>`` and ``</s>``."""
QUESTION_TOKENS, HEAD_TOKENS, PAIR_TOKENS = 96, 64, 384
"""Most tokens of a question, of what stands over a passage, and of both with the passage; the rest is cut."""
HEAD = -1
"""Owner of a token that belongs to no sentence."""


@dataclass(frozen=True, slots=True)
class Passage:
    """What is read with a question.

    Attributes:
        text: of the passage.
        sentences: slices of ``text``, in order.
        head: what stands over it: title and side of the source, heading, the sentence that introduces it.
    """

    text: str
    sentences: tuple[Span, ...]
    head: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """A row of tokens.

    Attributes:
        ids: numbers of the tokens.
        question: where those of the question begin and end in the row.
        passage: where the passage's part begins in the row, its ``passage:`` included.
        owners: shape ``(tokens,)``, the sentence of each token, :data:`HEAD` for others.
        offsets: slice of the passage's text for each token; ``(0, 0)`` for those of no sentence.
    """

    ids: Sequence[int]
    question: Span
    passage: int
    owners: Sequence[int]
    offsets: Sequence[Span]


def voice_of(title: str, side: str | None, speaker: str | None = None) -> str:
    """Whose words a source has, as the reader sees it."""
    named = f"{speaker}, {title}" if speaker else title
    return f"{named} ({side})" if side else named


def head_of(voice: str, text: str, first: Sentence, start: int) -> str:
    """What stands over a passage for the reader: whose it is, the heading, the sentence that introduces it.

    Args:
        voice: title and side of the source.
        text: of the source.
        first: the first sentence of the passage.
        start: where the passage begins.
    """
    outside = [span for span in (first.heading, first.lead_in) if span and span[1] <= start]
    return "\n".join(filter(None, [voice, *(text[slice(*span)] for span in outside)]))


class Pairs:
    """Makes rows of tokens; what a passage gives is kept for the next question by the caller."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._opening = len(self._encoded("query:").ids)

    def question(self, text: str) -> list[int]:
        """The tokens of a question; of a long one the end, where what is asked mostly stands."""
        ids: list[int] = self._encoded(f"query: {text}").ids
        return ids[: self._opening] + ids[max(self._opening, len(ids) - QUESTION_TOKENS + self._opening) :]

    def passage(self, passage: Passage) -> tuple[list[int], list[tuple[int, int, Span]]]:
        """The tokens of a passage's head, and of its sentences: number, owner, slice of the text."""
        intro = f"passage: {passage.head}\n" if passage.head else "passage: "
        found = self._encoded(intro + passage.text)
        head: list[int] = []
        inside: list[tuple[int, int, Span]] = []
        number = 0 if passage.sentences else HEAD
        for token, (first, last) in zip(found.ids, found.offsets, strict=True):
            start, end = first - len(intro), last - len(intro)
            if end <= 0:
                head.append(token)
                continue
            while number + 1 < len(passage.sentences) and end > passage.sentences[number][1]:
                number += 1
            inside.append((token, number, _within(passage, number, start, end)))
        return head[:HEAD_TOKENS], inside

    def _encoded(self, text: str) -> Encoding:
        whole = text.encode("utf-8", "replace").decode()  # it takes no half of a pair of surrogates
        return self._tokenizer.encode(whole, add_special_tokens=False)

    def alone(self, passage: Passage) -> Pair:
        """A row of a passage without a question, for the encoder."""
        return alone(*self.passage(passage))

    def asked(self, question: str) -> Pair:
        """A row of a question without a passage, for the encoder."""
        ids = [START, *self.question(question), END]
        return Pair(ids, (1, len(ids) - 1), len(ids), [HEAD] * len(ids), [(0, 0)] * len(ids))


def _within(passage: Passage, number: int, start: int, end: int) -> Span:
    """The part of a token's slice that lies in its sentence: a token has the space before it."""
    if number == HEAD:
        return (0, 0)
    first, last = passage.sentences[number]
    start = min(max(start, first), last - 1)
    end = max(min(end, last), start + 1)
    while start < end - 1 and passage.text[start].isspace():
        start += 1
    return (start, end)


def joined(
    question: Sequence[int],
    head: Sequence[int],
    inside: Sequence[tuple[int, int, Span]],
    most: int = PAIR_TOKENS,
) -> Pair:
    """One row of a question and (a part of) a passage, at most ``most`` tokens long."""
    before = [START, *question, END, END]
    room = most - len(before) - len(head) - 1
    kept = inside[: max(room, 0)]
    ids = [*before, *head, *(token for token, _, _ in kept), END]
    lead = len(before) + len(head)
    return Pair(
        ids=ids,
        question=(1, 1 + len(question)),
        passage=len(before),
        owners=[*[HEAD] * lead, *(owner for _, owner, _ in kept), HEAD],
        offsets=[*[(0, 0)] * lead, *(slice_ for _, _, slice_ in kept), (0, 0)],
    )


def alone(head: Sequence[int], inside: Sequence[tuple[int, int, Span]], most: int = PAIR_TOKENS) -> Pair:
    """A row of (a part of) a passage: ``<s> passage: HEAD SENTENCES </s>``."""
    kept = inside[: max(most - len(head) - 2, 0)]
    lead = 1 + len(head)
    return Pair(
        ids=[START, *head, *(token for token, _, _ in kept), END],
        question=(0, 0),
        passage=lead + len(kept) + 1,
        owners=[*[HEAD] * lead, *(owner for _, owner, _ in kept), HEAD],
        offsets=[*[(0, 0)] * lead, *(slice_ for _, _, slice_ in kept), (0, 0)],
    )


@cache
def load_pairs() -> Pairs:
    """With the tokenizer that comes with the program."""
    from tokenizers import Tokenizer

    return Pairs(Tokenizer.from_file(str(weights_path("tokenizer.json"))))

"""What the systems share: what is looked for, with which encoder, and rows of the index as slices."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from evals.metrics import DEPTH, key
from evals.sets.questions import Question, Slice
from rag.quotes import quotable_span
from rag.search import read_question
from rag.store import Snapshot
from rag.types import Quote

FOUND = 3 * DEPTH
"""How many passages a system gives: of reading sets, several can be of one document."""


def searched(question: Question) -> str:
    """What is looked for; a follow-up is put back into its conversation, for every system alike."""
    return read_question(question.text, question.history).text


def passage_units(snapshot: Snapshot) -> list[Slice]:
    """The passages of the index."""
    return [_passage(snapshot, row) for row in range(len(snapshot.passages["start"]))]


def _passage(snapshot: Snapshot, row: int) -> Slice:
    cell = {name: int(values[row]) for name, values in snapshot.passages.items()}
    return Slice(snapshot.infos[cell["source"]].id, cell["start"], cell["end"])


def passage_keys(snapshot: Snapshot, rows: Iterable[int]) -> tuple[str, ...]:
    """Keys of the first :data:`FOUND` of some passages."""
    return tuple(key(_passage(snapshot, int(row))) for row in islice(rows, FOUND))


def sentence_slice(snapshot: Snapshot, row: int) -> Slice:
    """A sentence as it would be quoted, without list marker."""
    source, sentence = snapshot.sentence(row)
    start, end = quotable_span(source.text, sentence.start, sentence.end)
    return Slice(source.id, start, end, source.text[start:end])


def quote_slice(quote: Quote) -> Slice:
    """A quote of ours."""
    return Slice(quote.source.id, quote.start, quote.end, quote.text)

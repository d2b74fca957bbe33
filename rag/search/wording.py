"""A question in the words of what it is read with: each value and body of it as the text names it.

The networks take ``800.000`` and ``800 000`` for two numbers. What is shown of a question stays as asked.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from rag.reader import Passage
from rag.text import Bodies, amounts_in, fold, terms_of

WORDED_BY = 8
"""So many sentences that have a value of a question tell how the sources write it."""


def as_written(question: str, text: str, bodies: Bodies) -> str:
    """The question with its numbers, dates and bodies as a text writes them, where it has them otherwise."""
    asked = sorted([*amounts_in(question), *bodies.named_in(question)])
    forms = _forms(text, bodies) if asked else {}
    parts: list[str] = []
    reached = 0
    for start, end, value in asked:
        written, own = forms.get(value), question[start:end]
        if written and start >= reached and not any(fold(own) in fold(form) for form in written):
            parts += [question[reached:start], _instead(written.most_common(1)[0][0], value, start)]
            reached = end
    return "".join([*parts, question[reached:]])


def _instead(form: str, value: str, start: int) -> str:
    inside = start > 0 and value[0].isdigit() and "-" not in value  # « Un cinquième », not « July 14 »
    return form[:1].lower() + form[1:] if inside else form


def _forms(text: str, bodies: Bodies) -> dict[str, Counter[str]]:
    """How a text writes each value; a day stands for its month as well, where nothing nearer does."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    also: dict[str, Counter[str]] = defaultdict(Counter)
    for start, end, value in [*amounts_in(text), *bodies.named_in(text)]:
        found[value][text[start:end]] += 1
        for term in terms_of(value):
            also[term][text[start:end]] += 1
    return {**also, **found}


def read_worded(reader: Any, question: str, passages: Sequence[Passage], bodies: Bodies) -> list[Any]:
    """What a reader or judge reads in each passage, with the question in its words; in their order."""
    numbers: dict[str, list[int]] = defaultdict(list)
    for number, passage in enumerate(passages):
        numbers[as_written(question, passage.text, bodies)].append(number)
    found: dict[int, Any] = {}
    for text, own in numbers.items():
        found |= zip(own, reader.read(text, [passages[number] for number in own]), strict=True)
    return [found[number] for number in range(len(passages))]

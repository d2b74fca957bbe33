"""What a claimed quote may change without changing the words: how it is set, and what stands in brackets.

Capitals, a number in words for one in figures, and a name put in between brackets are not the source's, but
say nothing else: the quote is exact, and what differs is told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.text import Found, Word, fold, markers_in, read_words, values_in
from rag.types import Span
from rag.verify.same_values import Values, touching
from rag.verify.types import Difference

_PER_CENT = re.compile(r"%|\bpour ?cent|\bper ?cent", re.IGNORECASE)
_INSERTED = re.compile(r"\s*\[(?P<words>[^\[\]]+)\]\s*")


def only_form_differs(diff: Sequence[Difference]) -> bool:
    """Whether a claimed quote has the words of the source, but for their form and names in brackets."""
    sides = ["".join(getattr(item, side) for item in diff) for side in ("quoted", "actual")]
    values = [values_in(side) for side in sides]
    at = [0, 0]
    for item in diff:
        spans = [(at[0], at[0] + len(item.quoted)), (at[1], at[1] + len(item.actual))]
        at = [end for _, end in spans]
        if not _keeps_the_words(item) and not _is_in_same_values(
            touching(values, spans, sides), spans, sides
        ):
            return False
    return True


def _keeps_the_words(item: Difference) -> bool:
    if item.op == "equal" or not (item.quoted.strip() or item.actual.strip()):
        return True
    if item.op == "insert":
        return _is_put_in_brackets(item.quoted)
    return item.op == "replace" and _is_recased(item)


def _is_put_in_brackets(text: str) -> bool:
    """Whether words are put in that a reader sees to be put in, and nothing that turns or counts anything."""
    found = _INSERTED.fullmatch(text)
    return found is not None and all(marker.kind == "name" for marker in markers_in(found["words"]))


def _is_recased(item: Difference) -> bool:
    one, other = read_words(item.quoted), read_words(item.actual)
    return 0 < len(one) == len(other) and all(map(_is_same_word, one, other))


def _is_same_word(one: Word, other: Word) -> bool:
    """Whether two words differ in capitals only; of capitals the accents may be missing."""
    forms = one.form, other.form
    same = forms[0].lower() == forms[1].lower()
    bare = forms[0].isupper() != forms[1].isupper() and fold(forms[0]) == fold(forms[1])
    return (same or bare) and one.marks == other.marks


def _is_in_same_values(values: Values, spans: Sequence[Span], sides: Sequence[str]) -> bool:
    """Whether a change is all within numbers and dates that are the same on both sides."""
    one, other = values.touched
    if not one or [value for *_, value in one] != [value for *_, value in other]:
        return False
    pairs = zip(one, other, strict=True)
    if not all(_is_other_form(sides[0][slice(*a[:2])], sides[1][slice(*b[:2])]) for a, b in pairs):
        return False
    sided = list(zip(sides, spans, values.touched, strict=True))
    texts = [side[start:end] for side, _, found in sided for start, end, _ in found]
    return (
        len({_PER_CENT.search(text) is None for text in texts}) == 1
        and all(marker.kind in ("number", "date") for text in texts for marker in markers_in(text))
        and not any(_outside(*each) for each in sided)
    )


def _is_other_form(one: str, other: str) -> bool:
    """Whether one value is written in two forms; « fevrier » for « février », or 1,90 for 1,9, is none."""
    words, figures = ([fold(re.sub(kept, "", text)) for text in (one, other)] for kept in (r"[\d\W]", r"\D"))
    return words[0] != words[1] or (figures[0] == figures[1] and fold(one) != fold(other))


def _outside(text: str, span: Span, values: Sequence[Found]) -> str:
    """What of a slice is no part of some values."""
    return "".join(
        text[n] for n in range(*span) if not any(start <= n < end for start, end, _ in values)
    ).strip()

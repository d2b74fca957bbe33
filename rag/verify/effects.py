"""What a change to a quote does: a negation dropped, a number changed, words cut without a sign."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from rag.text import Marker, fold, markers_in, read_words
from rag.types import EffectKind, Span
from rag.verify.same_values import Change, touching, valued
from rag.verify.types import Difference, Effect

FORM: frozenset[EffectKind] = frozenset({"spelling", "quote_marks", "punctuation"})
"""Changes that leave the words the sources' own."""

_RESTRICTION = re.compile(r"\s*qu(?:e|['’])\s*")
_CLAUSE_MARK = re.compile(r"[,;:.!?()–—](?!\d)")
_SHOWN_CUT = 4
"""Words left out are said to be so even when a marker is among them, from this many on."""
_REVERSING = re.compile(r"(?:in|im|il|ir|un|non|anti|des?|dis|mal|a)-?")


def effects_of(diff: Sequence[Difference], reordered: bool) -> list[Effect]:
    """What the changes of a diff do, one effect a kind."""
    sides = ["".join(getattr(item, side) for item in diff) for side in ("quoted", "actual")]
    found = [markers_in(side) for side in sides]
    values = [valued(side) for side in sides]
    at = [0, 0]
    changes: list[Change] = []
    for item in diff:
        spans = [(at[0], at[0] + len(item.quoted)), (at[1], at[1] + len(item.actual))]
        at = [span[1] for span in spans]
        if not _changes(item) or (item.announced and not denies(item.actual)):
            continue
        told = touching(values, spans, sides)
        other, same = told.other(), told.same()
        kept = [told.without(side, marks, every=bool(other)) for side, marks in enumerate(found)]
        touched = [_touched(marks, span, side) for marks, span, side in zip(kept, spans, sides, strict=True)]
        marked = [] if _is_respelt(item) else [*other, *same, *_marked(touched[0], touched[1])]
        changes += [change for change in marked or _plain(item) if change not in changes]
        if marked and item.op == "delete" and len(item.actual.split()) >= _SHOWN_CUT:
            changes.append(("cut", "", item.actual.strip()))
    if reordered or _is_permutation(diff):
        unmoved = ("cut", "added", "wording")
        changes = [c for c in changes if c[0] not in unmoved]
        moved = _all(diff, "quoted"), _all(diff, "actual")
        changes += [("order", *moved)] if any(map(read_words, moved)) else []
    return grouped(changes)


def _changes(item: Difference) -> bool:
    return item.op != "equal" and bool(item.quoted.strip() or item.actual.strip())


def _touched(marks: Sequence[Marker], span: Span, text: str) -> list[tuple[EffectKind, str]]:
    return [(m.kind, text[m.start : m.end]) for m in marks if m.start < span[1] and span[0] < m.end]


def _marked(
    quoted: Sequence[tuple[EffectKind, str]], actual: Sequence[tuple[EffectKind, str]]
) -> list[Change]:
    """The markers that only one side of a change has."""
    both = Counter((kind, fold(text)) for kind, text in quoted)
    both &= Counter((kind, fold(text)) for kind, text in actual)
    only = [[(k, t) for k, t in side if (k, fold(t)) not in both] for side in (quoted, actual)]
    kinds = dict.fromkeys(kind for side in only for kind, _ in side)
    return [(kind, *(" ".join(t for k, t in side if k == kind) for side in only)) for kind in kinds]  # type: ignore[misc]


def _is_respelt(item: Difference) -> bool:
    """Whether the words of both sides differ in case and accents only, if in anything."""
    one, other = ([fold(word.form) for word in read_words(text)] for text in (item.quoted, item.actual))
    return one == other


def _plain(item: Difference) -> list[Change]:
    """A change that touches no marker."""
    quoted, actual = item.quoted.strip(), item.actual.strip()
    one, other = ([word.form for word in read_words(text)] for text in (quoted, actual))
    kind: EffectKind
    if not one and not other:
        kind = "quote_marks" if any(mark in quoted + actual for mark in '«»“”"‘') else "punctuation"
    elif _is_respelt(item):
        kind = "spelling" if one != other else "punctuation"
    elif not other:
        kind = "added"
    elif not one:
        kind = "cut"
    else:
        kind = "negation" if _reverses(one, other) else "wording"
    return [(kind, quoted, actual)]


def _reverses(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether a prefix turns one word into its contrary."""
    if len(one) != 1 or len(other) != 1:
        return False
    short, long = sorted((fold(one[0]), fold(other[0])), key=len)
    return len(short) > 3 and long.endswith(short) and _REVERSING.fullmatch(long[: -len(short)]) is not None


def _is_permutation(diff: Sequence[Difference]) -> bool:
    """Whether the words that one side changes are those of the other."""
    changed = [item for item in diff if item.op != "equal" and not item.announced and not _is_respelt(item)]
    one, other = (
        Counter(fold(w.form) for item in changed for w in read_words(getattr(item, side)))
        for side in ("quoted", "actual")
    )
    return bool(one) and one == other


def _all(diff: Sequence[Difference], side: str) -> str:
    return " … ".join(t for item in diff if item.op != "equal" and (t := getattr(item, side).strip()))


def grouped(changes: Sequence[Change]) -> list[Effect]:
    """Changes as effects, one a kind."""
    found: list[Effect] = []
    for kind in dict.fromkeys(kind for kind, _, _ in changes):
        quoted = " … ".join(q for k, q, _ in changes if k == kind and q)
        actual = " … ".join(a for k, _, a in changes if k == kind and a)
        change: Any = "changed" if quoted and actual else "added" if quoted else "dropped"
        found.append(Effect(kind, change, quoted, actual))
    return found


def denies(omitted: str) -> bool:
    """Whether words left out deny, or restrict by « ne … que », a clause that goes on around them.

    Only the ends of what is left out belong to such clauses: up to the first mark of a clause, from the last.
    """
    parts = _CLAUSE_MARK.split(omitted)
    ends = {parts[0], parts[-1]}
    return any(
        _RESTRICTION.fullmatch(end) or any(marker.kind == "negation" for marker in markers_in(end))
        for end in ends
    )

"""What a check made of a claimed quote, and figures over many of them."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from evals.sets.claims import Case
from rag.text import read_words
from rag.verify import Verification

SHOWN_MOST = 3
"""Most words that the diff of a change of one word may mark, on either side."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a check made of a case."""

    case: Case
    found: Verification
    milliseconds: float

    @property
    def is_right(self) -> bool:
        """Whether the verdict is one of those expected."""
        return self.found.verdict in self.case.expected

    @property
    def is_false_exact(self) -> bool:
        """Whether words that the sources do not have are called exact."""
        exact = ("exact", "misattributed") if not self.case.attributed else ("exact",)
        return not self.case.is_true and self.found.verdict in exact

    @property
    def is_located(self) -> bool:
        """Whether a true passage is given that overlaps the one it was made from."""
        return any(
            piece.source.id == self.case.source
            and piece.start < self.case.end
            and self.case.start < piece.end
            for piece in self.found.pieces
        )

    @property
    def is_shown(self) -> bool:
        """Whether the diff marks the word that was changed, and little else."""
        changed = [item for item in self.found.diff if item.op != "equal"]
        quoted, actual = (
            _words(" ".join(getattr(item, s) for item in changed)) for s in ("quoted", "actual")
        )
        added, removed = _words(self.case.added), _words(self.case.removed)
        few = len(quoted) <= len(added) + SHOWN_MOST - 1 and len(actual) <= len(removed) + SHOWN_MOST - 1
        return few and set(added) - set(removed) <= set(quoted) and set(removed) - set(added) <= set(actual)

    @property
    def is_named(self) -> bool:
        """Whether the effect expected is named."""
        return any(effect.kind == self.case.effect for effect in self.found.effects)


def _words(text: str) -> list[str]:
    return [word.form for word in read_words(text)]


def figures(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Headline figures, figures by kind, and the cases that went wrong."""
    false = [o for o in outcomes if not o.case.is_true]
    one_word = [o for o in outcomes if o.case.is_one_word]
    true = [o for o in outcomes if o.case.is_true]
    return {
        "falsified": len(false),
        "false_exact": sum(o.is_false_exact for o in false),
        "one_word": len(one_word),
        "located_and_shown": _share([o.is_located and o.is_shown for o in one_word]),
        "true": len(true),
        "true_exact": _share([o.is_right and o.is_located for o in true]),
        "milliseconds": round(statistics.median(o.milliseconds for o in outcomes), 2),
        "kinds": {
            kind: _kind_figures([o for o in outcomes if o.case.kind == kind])
            for kind in dict.fromkeys(o.case.kind for o in outcomes)
        },
        "wrong": [_told(o) for o in outcomes if _is_wrong(o)],
    }


def _kind_figures(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    told = [o.is_named for o in outcomes if o.case.effect]
    one_word = [o.is_located and o.is_shown for o in outcomes if o.case.is_one_word]
    return {
        "cases": len(outcomes),
        "right": _share([o.is_right for o in outcomes]),
        "shown": _share(one_word),
        "named": _share(told),
    }


def _share(values: Sequence[bool]) -> float | None:
    return round(sum(values) / len(values), 4) if values else None


def _is_wrong(outcome: Outcome) -> bool:
    unseen = outcome.case.is_one_word and not (outcome.is_located and outcome.is_shown)
    unnamed = bool(outcome.case.effect) and not outcome.is_named
    return not outcome.is_right or outcome.is_false_exact or unseen or unnamed


def _told(outcome: Outcome) -> dict[str, Any]:
    case = outcome.case
    return {
        "kind": case.kind,
        "text": case.text,
        "verdict": outcome.found.verdict,
        "located": outcome.is_located,
        "removed": case.removed,
        "added": case.added,
        "effects": [effect.kind for effect in outcome.found.effects],
        "diff": [[d.op, d.quoted, d.actual] for d in outcome.found.diff if d.op != "equal"],
    }

"""Examples that the forms of the tools offer, taken from the corpus."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from rag.store import Snapshot
from rag.ui.among import choices
from rag.ui.call import Shown
from rag.ui.counter.view import known_sides
from rag.ui.debate import view as debate_view
from rag.ui.drill.view import any_side
from rag.ui.html import SideClasses
from rag.ui.verify import view as verify_view

EXAMPLE_LENGTH = (50, 170)
"""Shortest and longest sentence that is offered as an example, in characters."""
LOOKED_AT = 2000
"""Sentences that are looked at for an example."""

_NUMBER = re.compile(r"(?<![\w.,])[1-9]\d*")
_DENIAL = re.compile(r"\b(?:pas|jamais|not|never) ")


def offers(snapshot: Snapshot, classes: SideClasses, lang: Any) -> Shown:
    """What the forms take from the corpus: names and sides of sources, examples."""
    sides = snapshot.sides
    examples = _examples(snapshot)
    changed = next((new for text, _ in examples if (new := altered(text)) != text), None)
    sided = next(((text, side) for text, side in examples if side is not None), None)
    return {
        "names": verify_view.names(snapshot.heard.voices),
        "sides": {
            "rebut": debate_view.side_options(sides, lang),
            "counter": known_sides(sides, lang),
            "drill": any_side(sides, lang),
        },
        "among": choices(snapshot, classes, lang),
        "verify": verify_view.example(changed, lang) if changed else "",
        "rebut": debate_view.rebut_example(*sided, lang) if sided and len(sides) > 1 else "",
    }


def _examples(snapshot: Snapshot) -> list[tuple[str, str | None]]:
    """Sentences of a handy length with the side of each; those with a number first."""
    columns = snapshot.sentences
    lengths = columns["end"] - columns["start"]
    handy = (columns["quotable"] > 0) & (lengths >= EXAMPLE_LENGTH[0]) & (lengths <= EXAMPLE_LENGTH[1])
    found = [
        (snapshot.text_of("sentence", int(row)), snapshot.info_at(int(row)).side)
        for row in np.flatnonzero(handy)[:LOOKED_AT]
    ]
    whole = [(text, side) for text, side in found if text.rstrip().endswith(".") and "«" not in text]
    return sorted(whole or found, key=lambda item: not _NUMBER.search(item[0]))


def altered(sentence: str) -> str:
    """A sentence with one thing changed: a number, a denial, else its last long word left out."""
    if number := _NUMBER.search(sentence):
        return f"{sentence[: number.start()]}{int(number[0]) + 1}{sentence[number.end() :]}"
    if denial := _DENIAL.search(sentence):
        return sentence[: denial.start()] + sentence[denial.end() :]
    word = max(re.findall(r" [^\W\d_]{6,}", sentence), key=len, default="")
    return sentence.replace(word, "", 1) if word else sentence

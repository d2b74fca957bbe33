"""Which statements are on a motion, and which sources: by how near they are, and what the judge says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rag.brief.statements import ALIKE_MEANT, ALIKE_SAID, Row, Statement, Statements
from rag.debate import claim_of
from rag.search import BEARS, Judged, judge_nearest

PASSAGES = 30
"""With so many passages a motion is judged."""
SPOKEN_OF = 0.32
"""Where no statement is so near to the motion, the sources do not speak of it; the judge alone cannot tell:
« faut-il » is in many a sentence. Set by hand: motions on other subjects have .30 and less."""
NEAR, THERE = 0.27, 0.15
"""How near a statement is that is on the motion; one of a source that is about it, or that the judge holds to
bear on it."""


@dataclass(frozen=True, slots=True)
class OnMotion:
    """What is known of statements and a motion.

    Attributes:
        near: how near each statement is, by row.
        judged: what the judge says of those nearest, that bear on it.
        sources: numbers of those that are about it.
    """

    near: dict[Row, float]
    judged: dict[Row, Judged]
    sources: frozenset[int]

    def is_on(self, said: Sequence[Statement]) -> bool:
        """Whether statements of one meaning are on the motion."""
        if not self.sources:
            return False
        nearest = max(self.near[each.row] for each in said)
        there = any(each.source in self.sources or each.row in self.judged for each in said)
        return nearest >= (THERE if there else NEAR)


def on_motion(statements: Statements, motion: str) -> OnMotion:
    """How the statements stand to a motion."""
    index, claim = statements.sides.index, claim_of(motion)
    meant = np.asarray(index.encoder.get_query_embedding(motion), np.float32)
    said = np.asarray(index.word_encoder.get_text_embedding(claim), np.float32)
    near: dict[Row, float] = {}
    best: dict[int, float] = defaultdict(float)
    for row, (in_place, in_words) in statements.vectors.items():
        alike = in_place @ meant if len(in_place) == len(meant) else in_words @ said
        near[row] = ALIKE_MEANT * float(alike) + ALIKE_SAID * float(in_words @ said)
        source = statements.by_row[row].source
        best[source] = max(best[source], near[row])
    found = judge_nearest(index, statements.snapshot, claim, PASSAGES, voices=statements.sides.voices)
    judged = {each.row: each for each in found if each.bears >= BEARS / 2 and each.row in near}
    about = {source for source, nearness in best.items() if nearness >= SPOKEN_OF}
    if about:
        sure = (statements.by_row[row].source for row, each in judged.items() if each.bears >= BEARS)
        about |= {source for source in sure if best[source] >= NEAR}
    return OnMotion(near, judged, frozenset(about))

"""What the other sides say against each argument: the judge, asked for a bounded number of pairs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from rag.brief.arguments import Group
from rag.brief.statements import Statement, Statements
from rag.debate import may_contradict
from rag.search import Judged, judge_nearest
from rag.text import words_in
from rag.types import Progress

CLAIMS = 48
"""So many sentences are judged at most: the best of each argument, then the second of each, and so on."""
READ = 6
"""With so many passages of the other sides each."""
LIKELY, ALIKE, LEANS = 0.35, 0.33, 0.1
"""Least probability that a sentence is against an argument, least likeness of the two; how much less it
counts of one that leans on what stands before."""
SHARED, SHARED_MUCH, SURE = 0.15, 0.4, 0.7
"""Least share of an argument's words that what answers it has; of what names another side. Probability from
which any word in common is enough, as where it names the argument's side. Set by hand."""
ANSWERS, TOUCHES = 0.47, 0.4
"""Probability and half the likeness together, from which it answers the argument; from which it cannot be
said that nothing does. Set by hand, on debates made for it."""


@dataclass(frozen=True, slots=True)
class Clash:
    """A sentence that is against one of another side's.

    Attributes:
        said, against: the sentence, and the one that it is against.
        judged: what the judge says of it.
        score: how surely it answers.
    """

    said: Statement
    against: Statement
    judged: Judged
    score: float

    @property
    def answers(self) -> bool:
        """Whether it answers; else it only may."""
        return self.score >= ANSWERS and self.judged.likely >= LIKELY


def clashes(statements: Statements, groups: Sequence[Group], progress: Progress) -> list[Clash]:
    """What may be said against the arguments, the surest first.

    Args:
        statements: of all sides.
        groups: the arguments; the stronger ones of each side first.
        progress: called with the stage ``brief_answers``.
    """
    found: list[Clash] = []
    turns = zip_longest(*(group.said for group in groups))
    claims = [each for turn in turns for each in turn if each and not each.reports][:CLAIMS]
    for done, claim in enumerate(claims):
        progress("brief_answers", done, len(claims))
        found += _against(statements, claim)
    progress("brief_answers", len(claims), len(claims))
    return sorted(found, key=lambda each: (-each.score, each.said.row, each.against.row))


def _against(statements: Statements, claim: Statement) -> Iterator[Clash]:
    snapshot, sides = statements.snapshot, statements.sides
    others = frozenset(
        number
        for number, voice in enumerate(snapshot.heard.voices)
        if voice.side not in (None, claim.side) and sides.hears(number)
    )
    near = judge_nearest(sides.index, snapshot, claim.text, READ, side=claim.side, voices=others)
    share = sides.shares(claim.text, [each.row for each in near])
    for each in near:
        said = statements.by_row.get(each.row)
        if said is None or said.side == claim.side or said.reports or each.relation == "supports":
            continue
        if not _meets(statements, claim, said, each, share[each.row]):
            continue
        alike = float(statements.alike([said.row], [claim.row])[0, 0])
        score = each.likely + alike / 2 - LEANS * (not said.alone) - LEANS * (not claim.alone)
        if alike >= ALIKE and score >= TOUCHES:
            yield Clash(said, claim, each, score)


def _meets(statements: Statements, claim: Statement, said: Statement, judged: Judged, share: float) -> bool:
    """Whether a sentence speaks of what an argument speaks of, and can be against it."""
    sure = judged.certain and judged.likely >= SURE
    if judged.relation == "contradicts" and not may_contradict(claim.text, said.text, sure):
        return False
    if claim.lang != said.lang:
        return judged.certain
    named = {side for side in statements.sides if side != said.side and _names(said.text, side)}
    if named and claim.side not in named and not any(_names(claim.text, each) for each in named):
        return share >= SHARED_MUCH
    if claim.side in named or sure:
        return share > 0
    return share >= SHARED


def _names(text: str, side: str) -> bool:
    """Whether a text names a side, in its words."""
    said, named = ({word.rstrip("s") for word in words_in(each, "fr")} for each in (text, side))
    return bool(named) and named <= said

"""The brief of a debate: what must be known the night before, made of quotes.

What a language model adds, where there is one, is told apart: rag/brief/prose.py.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from rag.brief.answering import CLAIMS, Clash, clashes
from rag.brief.arguments import Group, grouped, merit
from rag.brief.by_heart import by_heart
from rag.brief.chronology import chronology
from rag.brief.figures import figures
from rag.brief.headings import phrase_of
from rag.brief.on_motion import on_motion
from rag.brief.questions import Asking
from rag.brief.statements import Statement, Statements
from rag.brief.terms import terms_for_one
from rag.brief.types import Answering, Argument, Brief, Position, Stance, Unanswered
from rag.debate import Sides, reasons_of
from rag.search import BEARS, EVERYBODY, Judged, Scope, cleaned
from rag.store import Index, Snapshot
from rag.text import language_of
from rag.types import Language, Progress, no_progress

OF_A_SIDE = 8
"""Most arguments of a side that are looked at."""
SHOWN = 6
"""Most arguments of a side in its position."""
ADDED = 2
"""So many more that clash with another side's."""
QUOTES = 3
"""Most quotes of an argument."""
ANSWERS = 16
"""Most answers, if no more arguments are answered."""
CLASHING = 0.2
"""How much stronger an argument is that another side answers, or that answers another's."""
CERTAIN, LIKELY = 0.6, 0.4
"""Score and probability of a clash from which it is held certain."""
CLEAR = 2.0
"""A side is divided where what it says for a motion is not so many times likelier than what it says against
it, or the other way round; as face to face has it."""


def make_brief(
    index: Index,
    motion: str = "",
    lang: Language | None = None,
    progress: Progress = no_progress,
    scope: Scope = EVERYBODY,
) -> Brief:
    """The brief of a motion, or of the whole debate.

    Args:
        index: with sources of two sides or more.
        motion: what is voted on; empty for the whole debate.
        lang: of the words around the quotes; the motion's own by default, without one that of most sources.
        progress: called with the stages ``brief_arguments``, ``brief_answers``, ``brief_figures`` and
            ``brief_questions``.
        scope: the only ones to hear.

    Raises:
        InputError: the motion is too long, or fewer than two sides speak of those to hear.
        UnknownSource: there is no such source.
        StoreError: there is no index.
    """
    text = cleaned(motion) if motion.strip() else ""
    return index.read(lambda snapshot: _Briefing(Sides(index, snapshot, scope), text, lang, progress).brief())


def _language(sides: Sides, motion: str) -> Language:
    """That of a motion; where its words do not tell, or there is none, that of most sources heard."""
    voices = enumerate(sides.snapshot.heard.voices)
    heard = {voice.id: voice.language for number, voice in voices if sides.hears(number)}
    english = sum(language == "en" for language in heard.values())
    usual: Language = "en" if 2 * english > len(heard) else "fr"
    usual_words = {"en": "the of and", "fr": "le de et"}[usual]
    return language_of(motion, [usual_words])


def _named(snapshot: Snapshot, scope: Scope) -> tuple[str, ...]:
    """Those who alone are heard, by their names."""
    titles = (info.title for info in snapshot.infos if info.id in scope.sources)
    return (*scope.sides, *scope.speakers, *titles)


class _Briefing:
    """Makes the brief of some sides in one snapshot."""

    def __init__(self, sides: Sides, motion: str, lang: Language | None, progress: Progress) -> None:
        self.sides, self.snapshot, self.motion, self.progress = sides, sides.snapshot, motion, progress
        self.lang: Language = lang or _language(sides, motion)
        self.statements = Statements(sides)

    def brief(self) -> Brief:
        self.progress("brief_arguments", 0, 1)
        motion = on_motion(self.statements, self.motion) if self.motion else None
        groups = grouped(self.statements, motion)
        about = self.statements.of_sources(motion.sources) if motion else self.statements
        looked_at = {
            side: [each for each in own if each.argues][: self._most()] for side, own in groups.items()
        }
        self.progress("brief_arguments", 1, 1)
        found = clashes(self.statements, [each for own in looked_at.values() for each in own], self.progress)
        shown = self._shown(groups, looked_at, found)
        headings = self._headings(shown)
        ids = {id(group): f"a{n}" for n, group in enumerate((g for own in shown.values() for g in own), 1)}
        of_row = {row: group for own in shown.values() for group in own for row in group.rows}
        self.progress("brief_figures", 0, 3)
        same = figures(about)
        self.progress("brief_figures", 1, 3)
        dated = chronology(about)
        self.progress("brief_figures", 2, 3)
        terms = terms_for_one(about)
        self.progress("brief_figures", 3, 3)
        answers = tuple(self._answers(found, of_row, ids))
        asking = Asking(self.statements, shown, found, same, self.lang)
        return Brief(
            motion=self.motion,
            lang=self.lang,
            sides=tuple(self.sides),
            among=_named(self.snapshot, self.sides.scope),
            positions=tuple(self._position(side, shown[side], ids, headings) for side in self.sides),
            answers=answers,
            unanswered=tuple(self._unanswered(shown, answers, ids)),
            figures=same,
            chronology=dated,
            terms=terms,
            questions=asking.questions(self.progress),
            by_heart=by_heart(self.statements, shown),
            unsided=self.sides.unsided,
        )

    def _most(self) -> int:
        return max(2, min(OF_A_SIDE, CLAIMS // 2 // len(self.sides.names)))

    def _shown(
        self,
        groups: Mapping[str, Sequence[Group]],
        looked_at: Mapping[str, Sequence[Group]],
        found: Sequence[Clash],
    ) -> dict[str, list[Group]]:
        """The arguments of each side that are shown: those that clash count more, and some are added."""
        sure = [each for each in found if each.answers]
        rows = {each.said.row for each in sure} | {each.against.row for each in sure}
        shown = {}
        for side, own in looked_at.items():
            for group in groups[side]:
                group.strength += CLASHING * bool(rows & group.rows)
            best = sorted(own, key=_by_strength)[:SHOWN]
            answering = [each for each in groups[side] if each not in best and rows & each.rows]
            shown[side] = sorted([*best, *sorted(answering, key=_by_strength)[:ADDED]], key=_by_strength)
        return shown

    def _headings(self, shown: Mapping[str, Sequence[Group]]) -> dict[int, str]:
        """The heading of each argument, by the row of its sentence that has it, which is made the first."""
        found: dict[int, str] = {}
        for group in (group for own in shown.values() for group in own):
            rows = [each.row for each in group.said]
            central = dict(zip(rows, self.statements.alike(rows, rows).mean(axis=1).tolist(), strict=True))
            made = {each.row: phrase_of(each.text, each.lang) for each in group.said}

            def worth(each: Statement) -> tuple[bool, bool, bool, float, int]:
                phrase, whole = made[each.row]  # noqa: B023 - called at once
                close = central[each.row] + merit(each) - len(phrase) / 300  # noqa: B023
                return phrase not in found.values(), each.alone, whole, close, -each.row

            best = max(group.said, key=worth)
            group.said = [best, *(each for each in group.said if each is not best)]
            found[best.row] = made[best.row][0]
        return found

    def _position(
        self, side: str, own: Sequence[Group], ids: Mapping[int, str], headings: Mapping[int, str]
    ) -> Position:
        arguments = tuple(
            Argument(
                id=ids[id(group)],
                side=side,
                heading=headings[group.said[0].row],
                quotes=tuple(self.statements.quote(each.row) for each in group.said[:QUOTES]),
                stance=_stance(group.bearing),
                strength=min(group.strength / 2, 1.0),
            )
            for group in own
        )
        stance = _stance([each for group in own for each in group.bearing]) if own else "silent"
        return Position(side, stance, arguments)

    def _answers(
        self, found: Sequence[Clash], of_row: Mapping[int, Group], ids: Mapping[int, str]
    ) -> Iterable[Answering]:
        """The surest clash of each two arguments; of two sentences that clash, the later one answers.

        The other way round it stands too where the argument had no answer else: each contradicts the other.
        The surest answer to each argument is there in any case: what stands unanswered has none.
        """
        made: dict[tuple[str, str], Clash] = {}
        turned: dict[tuple[str, str], Clash] = {}
        both = {(each.said.row, each.against.row) for each in found if each.answers}
        for each in found:
            by, to = of_row.get(each.said.row), of_row.get(each.against.row)
            if each.answers and by is not None and to is not None:
                kept = turned if self._is_reversed(each, both) else made
                kept.setdefault((ids[id(by)], ids[id(to)]), each)
        answered = {to for _, to in made}
        made |= {key: each for key, each in turned.items() if key[1] not in answered}
        first = {to: key for key in reversed(made) for to in key[1:]}
        more = [key for key in made if key not in first.values()][: max(ANSWERS - len(first), 0)]
        return [self._answering(*key, made[key]) for key in made if key in more or key in first.values()]

    def _answering(self, by: str, to: str, each: Clash) -> Answering:
        quote, answered = (self.statements.quote(said.row) for said in (each.said, each.against))
        certain = each.judged.certain and each.score >= CERTAIN and each.judged.likely >= LIKELY
        reasons = tuple(reasons_of(each.against.text, each.said.text))
        return Answering(by, to, each.judged.relation, each.judged.likely, certain, quote, answered, reasons)

    def _is_reversed(self, each: Clash, both: Collection[tuple[int, int]]) -> bool:
        """Whether two sentences that clash are the other way round: by their dates, else by what is surer."""
        if (each.against.row, each.said.row) not in both:
            return False
        dates = [self.snapshot.infos[said.source].date for said in (each.said, each.against)]
        if all(dates) and dates[0] != dates[1]:
            return dates[0] < dates[1]
        return each.said.row > each.against.row

    def _unanswered(
        self, shown: Mapping[str, Sequence[Group]], answers: Sequence[Answering], ids: Mapping[int, str]
    ) -> Iterable[Unanswered]:
        """The arguments to which no answer leads, the strongest first."""
        answered = {each.to for each in answers}
        free = [group for own in shown.values() for group in own if ids[id(group)] not in answered]
        for group in sorted(free, key=lambda each: (-each.strength, each.said[0].row)):
            yield Unanswered(ids[id(group)], tuple(side for side in self.sides if side != group.side))


def _by_strength(group: Group) -> tuple[float, int]:
    return -group.strength, min(group.rows)


def _stance(bearing: Sequence[Judged]) -> Stance:
    """How sentences stand to the motion, by what certainly bears it out or contradicts it."""
    votes = [each for each in bearing if each.certain and each.bears >= BEARS]
    yes = sum(each.likely for each in votes if each.relation == "supports")
    no = sum(each.likely for each in votes if each.relation == "contradicts")
    if not (yes or no):
        return "speaks"
    if yes >= CLEAR * no:
        return "for"
    return "against" if no >= CLEAR * yes else "divided"

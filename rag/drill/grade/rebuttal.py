"""What one's own side has against a sentence: its exact words, by what they do to it."""

from __future__ import annotations

from rag.drill.grade.meeting import best_meeting
from rag.drill.grade.quoted import misquotes, quotes_in, tells
from rag.drill.grade.sheet import Sheet
from rag.drill.grade.types import SURE, Grade, Mark, Reason
from rag.drill.types import overlap
from rag.search import BEARS, judge_text
from rag.types import Quote
from rag.verify import Verification


def grade_rebuttal(sheet: Sheet) -> Grade:
    """Grade what is set against a sentence: a quote of one's own side, exact and to the point."""
    quotes = quotes_in(sheet)
    wrong = misquotes(quotes)
    pieces = [piece for found in quotes if found.verdict == "exact" for piece in found.pieces]
    own = [piece for piece in pieces if piece.source.side == sheet.question.side]
    if not own:
        return _other_side(sheet, quotes, pieces[0], wrong) if pieces else _unquoted(sheet, quotes, wrong)
    for number, gold in enumerate(sheet.question.expected):
        if tells(sheet, quotes, gold):
            verdict: Mark = "partly" if wrong else "got"
            return sheet.graded(verdict, True, [Reason("verbatim"), *wrong], quotes=quotes, best=number)
    return _judged(sheet, quotes, own, wrong)


def _judged(sheet: Sheet, quotes: tuple[Verification, ...], own: list[Quote], wrong: list[Reason]) -> Grade:
    """Other words of one's own side: got where they contradict the sentence, in part where they weaken it."""
    found = max((judge_text(sheet.question.query, piece.text) for piece in own), key=lambda each: each.bears)
    hit = any(overlap(piece, gold) for piece in own for gold in sheet.question.expected)
    verdict: Mark = "partly" if hit else "missed"
    key = "short" if hit else "beside"
    if found.bears >= BEARS and found.relation != "supports":
        verdict = "got" if found.relation == "contradicts" and not wrong else "partly"
        key = "opposes" if found.relation == "contradicts" else "weakens"
    reasons = [Reason(key, source=own[0].source), *wrong]
    return sheet.graded(verdict, max(found.likely, 1 - found.bears) >= SURE, reasons, quotes=quotes)


def _other_side(sheet: Sheet, quotes: tuple[Verification, ...], piece: Quote, wrong: list[Reason]) -> Grade:
    return sheet.graded("missed", True, [Reason("other_side", source=piece.source), *wrong], quotes=quotes)


def _unquoted(sheet: Sheet, quotes: tuple[Verification, ...], wrong: list[Reason]) -> Grade:
    """An answer that quotes nothing is never got."""
    met = best_meeting(sheet)
    missed = met.verdict == "missed"
    reasons = wrong or [met.reason if missed else Reason("not_quoted")]
    verdict: Mark = "missed" if missed else "partly"
    return sheet.graded(verdict, missed and met.certain, reasons, quotes=quotes, best=met.number, met=met)

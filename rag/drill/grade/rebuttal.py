"""What one's own side has against a sentence: its exact words, the more so the better."""

from __future__ import annotations

from rag.drill.grade.likeness import Likeness, share_of
from rag.drill.grade.meaning import GOT, PARTLY
from rag.drill.grade.quoted import as_quote, misquotes, quotes_in, tells
from rag.drill.grade.sheet import Sheet
from rag.drill.grade.types import Grade, Mark, Reason
from rag.drill.types import overlap
from rag.verify import Verification


def grade_rebuttal(sheet: Sheet) -> Grade:
    """Grade what is set against a sentence: a quote of one's own side, exact and telling."""
    quotes = quotes_in(sheet) or as_quote(sheet)
    side = sheet.question.side
    pieces = [piece for found in quotes if found.verdict == "exact" for piece in found.pieces]
    own = [piece for piece in pieces if piece.source.side == side]
    wrong = misquotes(quotes)
    hits = [n for n, gold in enumerate(sheet.question.expected) if any(overlap(p, gold) for p in own)]
    told = [n for n in hits if tells(sheet, quotes, sheet.question.expected[n])]
    if hits:
        reasons = [Reason("verbatim" if told else "short"), *wrong]
        verdict: Mark = "got" if told and not wrong else "partly"
        return sheet.graded(verdict, True, reasons, quotes=quotes, best=(told or hits)[0])
    if own:
        reasons = [Reason("quoted_other", source=own[0].source), *wrong]
        return sheet.graded("partly", False, reasons, quotes=quotes)
    if pieces:
        reasons = [Reason("other_side", source=pieces[0].source), *wrong]
        return sheet.graded("missed", True, reasons, quotes=quotes)
    return _unquoted(sheet, quotes, wrong)


def _unquoted(sheet: Sheet, quotes: tuple[Verification, ...], wrong: list[Reason]) -> Grade:
    """An answer that quotes nothing is never got."""
    best, cover, nearness = Likeness(sheet).best()
    share = share_of(cover, nearness)
    key = "not_quoted" if share >= GOT else "near" if share >= PARTLY else "far"
    verdict: Mark = "missed" if key == "far" else "partly"
    return sheet.graded(
        verdict, False, wrong or [Reason(key)], quotes=quotes, best=best, cover=cover, nearness=nearness
    )

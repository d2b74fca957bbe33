"""A free answer: exact words of a passage; else what it means, and the number or date that is asked for."""

from __future__ import annotations

from collections.abc import Sequence

from rag.drill.grade.meeting import best_meeting
from rag.drill.grade.quoted import misquotes, quotes_in, tells
from rag.drill.grade.sheet import Sheet
from rag.drill.grade.types import Grade, Reason, fact_reason
from rag.text import Checked, compare, content_words, facts_in


def grade_meaning(sheet: Sheet) -> Grade:
    """Grade a free answer: got where it has the words of a passage, or its meaning."""
    quotes = quotes_in(sheet)
    wrong = misquotes(quotes)
    for number, gold in enumerate(sheet.question.expected):
        if not wrong and tells(sheet, quotes, gold):
            return sheet.graded("got", True, [Reason("verbatim")], quotes=quotes, best=number)
    met = best_meeting(sheet)
    verdict, certain, reason = met.verdict, met.certain, [met.reason]
    checked = compare(facts_in(sheet.asked_text(met.number)), sheet.answer, sheet.known())
    if not content_words(sheet.answer):
        verdict, certain, reason = "missed", False, [Reason("far")]
    elif verdict != "missed" and sheet.question.gap and met.contradicts:
        verdict, certain, reason = "missed", False, [Reason("contradicts")]  # as the whole sentence now says
    elif _is_other(checked):
        verdict, certain, reason = "missed", False, []
    elif verdict == "got" and wrong:
        verdict, certain = "partly", True
    told = [item for item in checked if item.status == "given" or (item.status == "changed" and not reason)]
    reasons = [*wrong, *reason, *map(fact_reason, told)]
    return sheet.graded(verdict, certain, reasons, facts=checked, quotes=quotes, best=met.number, met=met)


def _is_other(checked: Sequence[Checked]) -> bool:
    """Whether a passage has one number or date, and an answer another; of several nothing is concluded."""
    exact = [item for item in checked if item.kind != "name"]
    return [item.status for item in exact] == ["changed"]

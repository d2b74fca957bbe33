"""A question of the set: by the facts that its short answer is, unless that is quoted; else by meaning."""

from __future__ import annotations

from dataclasses import replace

from rag.drill.grade.fact import grade_fact, grade_facts, grade_words
from rag.drill.grade.meaning import grade_meaning
from rag.drill.grade.quoted import as_quote
from rag.drill.grade.sheet import Sheet
from rag.drill.grade.types import Grade, Reason
from rag.drill.types import overlap
from rag.text import compare, facts_in, terms


def grade_asked(sheet: Sheet) -> Grade:
    """By the facts that the short answer is, unless it is quoted; else by meaning."""
    if _repeats(sheet):
        return sheet.graded("missed", True, [Reason("repeated")])
    if sheet.question.hidden is None or _is_quoted(sheet):
        return grade_meaning(sheet)
    if sheet.question.hidden != "name":
        return grade_fact(sheet)
    checked = compare(facts_in(sheet.asked_text(0)), sheet.answer, sheet.known())
    names = tuple(item for item in checked if item.kind == "name")
    if not any(item.given for item in names):  # perhaps in another language
        return grade_words(sheet, ", ".join(item.expected for item in names))
    grade = grade_facts(sheet, names)
    return replace(grade, certain=grade.verdict == "got")


def _repeats(sheet: Sheet) -> bool:
    """Whether the answer says what the question says, and no more."""
    said, asked = (set(terms(text, "fr")) for text in (sheet.answer, sheet.question.query))
    return said == asked


def _is_quoted(sheet: Sheet) -> bool:
    """Whether the whole answer is a quote that has the short answer."""
    pieces = [piece for found in as_quote(sheet) for piece in found.pieces]
    return any(
        overlap(piece, gold) and piece.start <= first and last <= piece.end
        for gold in sheet.question.expected
        for first, last in gold.highlights
        for piece in pieces
    )

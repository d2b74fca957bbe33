"""A hidden fact: a number, a date, a name, quoted words; by what it is, in whatever words."""

from __future__ import annotations

from dataclasses import replace

from rag.drill.grade.meeting import best_meeting
from rag.drill.grade.sheet import Sheet
from rag.drill.grade.types import Grade, Mark, Reason, fact_reason
from rag.text import Checked, compare, content_words, facts_in, is_spelt, terms, words_in

LIKELY = 0.5
"""Other words than those asked for are held to mean the same where the judge holds that likelier than not."""


def grade_fact(sheet: Sheet) -> Grade:
    """Grade what fills a gap: a number or a date by what it is, other words as they are or as judged."""
    hidden, known = sheet.asked_text(0), sheet.known()
    wanted = [fact for fact in facts_in(hidden) if fact.kind == sheet.question.hidden or fact.kind != "name"]
    if sheet.question.hidden in ("number", "date") and wanted:
        return grade_facts(sheet, compare(wanted, sheet.answer, known))
    return grade_words(sheet, hidden)


def grade_facts(sheet: Sheet, checked: tuple[Checked, ...]) -> Grade:
    """Grade facts that were compared."""
    reasons = [fact_reason(item) for item in checked]
    statuses = {item.status for item in checked}
    verdict: Mark = "missed"
    if "given" in statuses and not statuses & {"missing", "changed"}:
        verdict = "partly" if "added" in statuses else "got"
        reasons = [r if r.key != "fact_added" else Reason("several", given=r.given) for r in reasons]
    elif statuses & {"given", "partly"}:
        verdict = "partly"
    return sheet.graded(verdict, True, reasons, facts=checked)


def grade_words(sheet: Sheet, hidden: str) -> Grade:
    """A name, or quoted words: word for word, inflected or a letter or two wrong; else as the judge says."""
    own = [word for word in words_in(hidden, "fr") if content_words(word)] or words_in(hidden, "fr")
    said = [word for word in own if _is_said(word, sheet)]
    family = sheet.question.hidden == "name" and own[-1] in said
    if said:
        got = len(said) == len(own) or family
        item = Checked("name", "given" if got else "partly", hidden, hidden if got else " ".join(said))
        exact = own[-1] in words_in(sheet.answer, "fr")
        return sheet.graded("got" if got else "partly", got and exact, [fact_reason(item)], facts=(item,))
    met = best_meeting(sheet)  # perhaps the same in other words, or in another language
    if met.verdict == "got" and met.said.relation == "supports" and met.said.likely >= LIKELY:
        return sheet.graded("got", False, [met.reason], best=met.number, met=met)
    item = Checked("name", "missing", hidden, "")
    if met.key == "contradicts":
        item = replace(item, status="changed", given=sheet.answer)
    certain = met.certain or (sheet.question.hidden == "name" and met.verdict == "missed")
    return sheet.graded("missed", certain, [fact_reason(item)], facts=(item,), met=met)


def _is_said(word: str, sheet: Sheet) -> bool:
    """Whether an answer has a word, misspelt or inflected perhaps."""
    language = sheet.question.source.language
    spoken = [other for each in ("fr", "en") for other in words_in(sheet.answer, each)]
    stems = set(terms(sheet.answer, language))
    return any(is_spelt(word, other) for other in spoken) or bool(stems.intersection(terms(word, language)))

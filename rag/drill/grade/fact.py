"""A hidden fact: a number, a date, a name, quoted words; by what it is, in whatever words."""

from __future__ import annotations

from rag.drill.grade.likeness import LIKE_WORD, SAME_WORD, Likeness
from rag.drill.grade.sheet import Sheet
from rag.drill.grade.types import Grade, Mark, Reason, fact_reason
from rag.text import Checked, compare, content_words, facts_in, is_spelt, words_in


def grade_fact(sheet: Sheet) -> Grade:
    """Grade what fills a gap: a number or a date by what it is, other words as they are."""
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
    """A name, or quoted words: word for word, a letter or two aside; else by what they mean."""
    own = [word for word in words_in(hidden, "fr") if content_words(word)] or words_in(hidden, "fr")
    spoken = [word for language in ("fr", "en") for word in words_in(sheet.answer, language)]
    said = [word for word in own if any(is_spelt(word, other) for other in spoken)]
    family = sheet.question.hidden == "name" and own[-1] in said
    item = Checked("name", "given" if len(said) == len(own) or family else "partly", hidden, " ".join(said))
    if said:
        got = item.status == "given"
        return sheet.graded(
            "got" if got else "partly",
            got and own[-1] in spoken,
            [fact_reason(Checked("name", item.status, hidden, hidden if got else item.given))],
            facts=(item,),
        )
    nearness = Likeness(sheet).nearness(hidden)
    missing = Checked("name", "missing", hidden, "")
    if nearness >= LIKE_WORD:  # perhaps the same in another language
        verdict: Mark = "got" if nearness >= SAME_WORD else "partly"
        reasons = [Reason("near" if verdict == "partly" else "meaning"), fact_reason(missing)]
        return sheet.graded(verdict, False, reasons, facts=(missing,), nearness=nearness)
    return sheet.graded("missed", True, [fact_reason(missing)], facts=(missing,), nearness=nearness)

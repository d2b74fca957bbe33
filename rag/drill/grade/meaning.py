"""A free answer: exact quotes of the passage, or how much it means of the same."""

from __future__ import annotations

import re

from rag.drill.grade.likeness import Likeness, share_of
from rag.drill.grade.quoted import as_quote, misquotes, quotes_in, tells
from rag.drill.grade.sheet import Sheet
from rag.drill.grade.types import Grade, Mark, Reason, fact_reason
from rag.text import compare, content_words, facts_in, markers_in, terms
from rag.verify import Verification

GOT, PARTLY = 0.6, 0.25
"""Share of a passage's meaning that an answer has, to be got, to be partly so."""
GOT_ABOUT = 0.45
"""The same, where a passage is asked for by its topic: its main point is enough."""
UNSURE = 0.12
"""So near to one of these, a verdict is uncertain."""
_LIMITS = ("condition", "modal", "hedge", "attribution")
_CLAUSES = re.compile(r"[,;:.!?]|\b(?:et|mais|or|car|and|but)\b")


def grade_meaning(sheet: Sheet) -> Grade:
    """Grade a free answer: got where it has the words of a passage; else by facts and meaning."""
    quotes = quotes_in(sheet)
    wrong, exact = misquotes(quotes), quotes or as_quote(sheet)
    for number, gold in enumerate(sheet.question.expected):
        if not wrong and tells(sheet, exact, gold):
            return sheet.graded("got", True, [Reason("verbatim")], quotes=exact, best=number, cover=1.0)
    return _by_meaning(sheet, exact, wrong)


def _by_meaning(sheet: Sheet, quotes: tuple[Verification, ...], wrong: list[Reason]) -> Grade:
    likeness = Likeness(sheet)
    best, cover, nearness = likeness.best()
    passage = sheet.asked_text(best)
    checked = compare(facts_in(passage), sheet.answer, sheet.known())
    changed = [fact_reason(item) for item in checked if item.status == "changed"]
    polarity = _polarity(sheet, passage)
    verdict, sure = _verdict(sheet, share_of(cover, nearness))
    if polarity:
        verdict, sure = _worse(verdict), False
    elif (changed or wrong) and verdict == "got":
        verdict, sure = "partly", True
    limits = _limits(sheet, passage) if verdict != "missed" else []
    reasons = [*changed, *wrong, *polarity]
    if not polarity:
        reasons.append(Reason({"got": "meaning", "partly": "near", "missed": "far"}[verdict]))
    kept = ("given", "partly", "added")
    reasons += [fact_reason(item) for item in checked if item.status in kept] + limits
    missing = likeness.missing(passage) if verdict != "got" else ""
    reasons += [Reason("words_missing", expected=missing)] if missing else []
    if sheet.question.kind == "asked":  # « oui »
        sure = sure and bool(content_words(sheet.answer))
    return sheet.graded(
        verdict, sure and not limits, reasons,
        facts=checked, quotes=quotes, best=best, cover=cover, nearness=nearness,
    )  # fmt: skip


def _verdict(sheet: Sheet, share: float) -> tuple[Mark, bool]:
    """What a share of the meaning is worth, and whether that is certain: « partly » never is."""
    least = GOT_ABOUT if sheet.question.kind in ("about", "asked") else GOT
    if share >= least:
        return "got", share >= least + UNSURE
    return ("partly", False) if share >= PARTLY else ("missed", share < PARTLY - UNSURE)


def _polarity(sheet: Sheet, passage: str) -> list[Reason]:
    """Whether one of the two denies and the other does not, in the clauses that they have in common."""
    texts = (_clauses_shared(sheet, passage), sheet.answer)
    denied = [[t[m.start : m.end] for m in markers_in(t) if m.kind == "negation"] for t in texts]
    if bool(denied[0]) == bool(denied[1]):
        return []
    return [Reason("polarity", given=" … ".join(denied[0] or denied[1]))]


def _clauses_shared(sheet: Sheet, passage: str) -> str:
    """The clauses of a passage that have most words of the answer."""
    language = sheet.question.source.language
    stems = set(terms(sheet.answer, language))
    clauses = _CLAUSES.split(passage)
    shared = [len(stems.intersection(terms(clause, language))) for clause in clauses]
    return " | ".join(c for c, count in zip(clauses, shared, strict=True) if count == max(shared))


def _limits(sheet: Sheet, passage: str) -> list[Reason]:
    """Conditions, modals and reserves of a passage of which the answer has none of the kind."""
    said = {marker.kind for marker in markers_in(sheet.answer)}
    found: dict[str, str] = {}
    for marker in markers_in(passage):
        if marker.kind in _LIMITS and marker.kind not in said:
            found.setdefault(marker.kind, passage[marker.start : marker.end])
    return [Reason("limit", expected=text, kind=kind) for kind, text in found.items()]


def _worse(verdict: Mark) -> Mark:
    return "partly" if verdict == "got" else "missed"

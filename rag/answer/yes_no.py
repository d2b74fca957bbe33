"""What a quote says to a question that yes or no would answer, where its words alone make that sure."""

from __future__ import annotations

import re
from typing import Literal

from rag.search import Question
from rag.text import is_denied, markers_in, segment

Said = Literal["yes", "no", "condition"]

_OPENED = re.compile(r"\W*(?:\*\*[^*]*\*\*\W*)?(?P<word>oui|yes|non|no)(?=\s*[,.;:!—–])", re.IGNORECASE)

_CLAUSES = re.compile(
    r"[,;:()«»“”—–]|\b(?:et|mais|or|car|qui|dont|où|parce|puisque|alors|tandis|si|and|but|which"
    r"|that|who|because"
    r"|while|since|if)\b",
    re.IGNORECASE,
)
"""What parts clauses: a negation in another one than the words of the question denies something else."""
_TWISTED = re.compile(
    r"\b(?:sans|without|nul|nulle|personne|nobody|que|qu|only|seule\w*|guère|hardly|unless)\b", re.I
)
"""A negation with one of these may affirm: « nul ne peut rouler sans permis »."""
_BUT = re.compile(r"[^\w]*(?:mais|but|enfin|sauf)\b", re.IGNORECASE)


def said_to(question: Question, text: str) -> Said | None:
    """Yes, no, or either under a condition; ``None`` where the words do not make it sure.

    That a sentence affirms the very words of a question is not enough for a yes: every other such sentence of
    the invented debates says no in some other way (« garderaient » for « perdront »).
    """
    if question.request.kind != "yes_no" or sum(len(each.sentences) for each in segment(text)) > 1:
        return None
    bounded = any(marker.kind == "condition" for marker in markers_in(text))
    clause = max(_CLAUSES.split(text), key=question.share_in)
    opened = _OPENED.match(text)
    if opened and not question.denies:
        if _BUT.search(text, opened.end()):
            return None
        affirmed = opened["word"].lower() in ("oui", "yes")
        if bounded or (affirmed and is_denied(text)):
            return "condition" if bounded else None
        return "yes" if affirmed else "no"
    if question.share_in(clause) < 1 or question.denies or _TWISTED.search(clause):
        return None
    if is_denied(clause):
        return None if bounded else "no"
    return "condition" if bounded else None

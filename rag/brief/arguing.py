"""How much a sentence looks like an argument rather than a notice, by its little words. Pure."""

from __future__ import annotations

import re

from rag.text import is_year, marks, values_in

_ARGUES = {"must": 0.16, "because": 0.18, "negation": 0.1, "only": 0.1, "all": 0.05, "whole": 0.04}
"""What the words that decide what a sentence claims (rag/text/assertion.py) tell of its arguing. By hand."""
_CONTRASTS = re.compile(
    r"\b(?:mais|pourtant|tandis que|alors que|plutôt que|au lieu de|plus (?:de|que)|moins (?:de|que)|fois"
    r"|seul|trop|pire|mieux|meilleure?s?|but|while|whereas|rather than|instead of|more|less|fewer|times|too"
    r"|worse|better|than|unfair|fair|juste|injuste|danger\w*|permet\w*|garanti\w*|menac\w*|threat\w*|protect\w*"
    r"|prot[eé]g\w*|coût\w*|cost\w*|risk\w*|risqu\w*|améliore\w*|improv\w*|doubl\w*|objecti\w*|refus\w*"
    r"|demand\w*|tu(?:e|ent|era|eront)|kill\w*|propos\w*)\b",
    re.IGNORECASE,
)
_REPORTS = re.compile(
    r"\b(?:on (?:nous|vous) \w+|prome[t]\w*|prétend\w*|agite(?:nt)?|se vantent?|claims?|claimed"
    r"|promises?|promised|would have us believe|pretends?)\b",
    re.IGNORECASE,
)
_TURNS = re.compile(r"\b(?:mais|pourtant|or|but|yet|while|whereas|tandis que|alors que)\b|;", re.IGNORECASE)
_WE = re.compile(r"(?:nous|je|we|I)\b", re.IGNORECASE)


def argues(text: str) -> float:
    """How much a sentence looks like an argument rather than a notice, 0 to 1; by its little words."""
    found = marks(text)
    score = 0.25 + sum(weight for name, weight in _ARGUES.items() if found[name])
    score += 0.14 * min(2, len(_CONTRASTS.findall(text)))
    values = [value for _, _, value in values_in(text)]
    score += 0.12 * any("-" not in value and len(value) > 1 and not is_year(value) for value in values)
    score -= 0.12 * any("-" in value for value in values) * (score < 0.5)
    score -= 0.08 * bool(found["hedge"])
    count = len(text.split())
    score -= 0.1 * (count > 35) + 0.1 * (count < 6)
    return min(max(score, 0.0), 1.0)


def reports(text: str) -> bool:
    """Whether a sentence only hands on what others promise or claim, and says nothing against it itself."""
    found = _REPORTS.search(text)
    return found is not None and not _TURNS.search(text, found.end()) and not _WE.match(text)

"""A motion, as debates put it, -> the claim that it makes: what is judged is a statement, not a question."""

from __future__ import annotations

import re

_END = r"\s*[?.!]*\s*$"
_FORMS: tuple[tuple[str, str], ...] = (
    (r"(?:(?:this|the) house (?:would|should|will|must)|thw) (.+?)", "We should {0}"),
    (r"(?:(?:this|the) house (?:believes|thinks|holds|considers)|thbt)(?: that)? (.+?)", "{0}"),
    (r"(?:(?:this|the) house (?:supports|welcomes|prefers)|ths|thp) (.+?)", "{0} is a good thing"),
    (r"(?:(?:this|the) house (?:regrets|opposes|rejects)|thr|tho) (.+?)", "{0} is a bad thing"),
    (
        r"cette (?:assemblée|chambre) (?:croit|pense|estime|considère|soutient|affirme) qu(?:e |['’])(.+?)",
        "{0}",
    ),
    (
        r"cette (?:assemblée|chambre) (?:veut|voudrait|souhaite|devrait|doit) (\w+(?:er|ir|re)\b.*?)",
        "Il faut {0}",
    ),
    (r"cette (?:assemblée|chambre) (\w*(?:di|ui|mett|batt|[^e]nd)r)ait (.+?)", "Il faut {0}e {1}"),
    (r"cette (?:assemblée|chambre) (\w{3,}[ei]r)ait (.+?)", "Il faut {0} {1}"),
    (r"cette (?:assemblée|chambre) (?:soutient|salue|approuve) (.+?)", "{0} : c’est une bonne chose"),
    (r"cette (?:assemblée|chambre) (?:regrette|rejette|désapprouve) (.+?)", "{0} : c’est une mauvaise chose"),
    (r"(?:nous )?(?:faut|faudrait)-il (.+?)", "Il faut {0}"),
    (r"(doit|devrait|peut|pourrait)-on (.+?)", "On {0} {1}"),
    (r"est-ce que (.+?)|est-ce qu['’](.+?)", "{0}"),
    (r"(.+?)\s*:\s*(?:une )?bonne(?: ou (?:une )?mauvaise)? idée", "{0} est une bonne idée"),
    (r"(.+?)\s*[:,–—-]\s*(?:a )?good(?: or (?:a )?bad)? idea", "{0} is a good idea"),
    (r"pour ou contre (.+?)|(.+?), pour ou contre", "{0} est une bonne idée"),
    (r"for or against (.+?)|(.+?), for or against", "{0} is a good idea"),
    (r"should (we|they|one|you) (.+?)", "{0} should {1}"),
)
_COMPILED = tuple((re.compile(f"(?:{form}){_END}", re.IGNORECASE), claim) for form, claim in _FORMS)


def claim_of(motion: str) -> str:
    """The claim that a motion makes; the motion itself where it is in none of the usual forms."""
    text = motion.strip()
    for form, claim in _COMPILED:
        if found := form.match(text[:1].lower() + text[1:]):
            parts = [part for part in found.groups() if part is not None]
            made = claim.format(*parts)
            return made[:1].upper() + made[1:]
    return motion

"""What stands among the words of a speaker and is none: « (Applaudissements.) », « — Très bien ! ». Pure."""

from __future__ import annotations

import re

from rag.text.labels import TIME
from rag.types import Span

_STIR = (
    r"(?:(?:très )?vi(?:fs|ves) |nouve(?:aux|lles) |longs |quelques |mêmes |nombreu(?:x|ses) |légers "
    r"|prolonged |loud |general |"
    r"some |more |further )*(?:applau|rires?\b|sourires|exclamations|protestations|mouvements?\b|murmures"
    r"|huées|brouhaha|"
    r"interruptions?\b|dénégations|approbations?\b|acquiescements|chahut|tumulte|claquements|marques|bruit"
    r"|silence\b|très bien|"
    r"laughter|laughs|cheers|cheering|crosstalk|inaudible|inaudibles|unintelligible|indistinct|pause\b"
    r"|soupirs?\b|musique\b|"
    r"music\b|hear, hear|chuckles?|sighs|gestes?\b|ovation|standing ovation|sonnerie|coupure|suspension)"
)
_LISTED = re.compile(rf"(?:{_STIR})", re.IGNORECASE)
_BRACKETED = re.compile(r"\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)|\[[^\[\]\n]*\]")
_SENTENCE_END = re.compile(r"[.!?…:»”\")\]*_]\s*$")
_WHOLE = re.compile(r"[\s*_–—-]*(?:\((?:[^()]|\([^()]*\))*\)|\[[^\[\]]*\])[\s.*_]*")
_CALLED = re.compile(r"[–—-]\s*(?![^!]*\s[–—-]\s)[^:.\n]{1,80}!+\s*")
_BARE = re.compile(rf"[*_«\s]*{_STIR}[^:!?]{{0,160}}?[.*_»\s]*", re.IGNORECASE)
_TIMES = re.compile(rf"(?:{TIME}[\s–—>-]*)+")
_DONE = (
    r"(?:adopté|rejeté|repouss|approuvé|retiré|maintenu|reporté|voté|mise? aux voix|carried|agreed"
    r"|defeated|rejected"
    r"|negatived|withdrawn)"
)
_EDITORS = re.compile(
    r"[(\[*_\s]*(?:"
    # the sitting
    r"(?:la|l['’])\s*(?:séance|réunion|audience|audition|émission|entretien|débat|session)\b[^.]{0,60}?\s"
    r"(?:est|a été) (?:levée?|close?|suspendue?|reprise?|ouverte?|suivie?)\b(?! par )"
    r"|(?:reprise|suspension|clôture|ouverture|fin) d(?:e la |e l['’]|u |['’])\s*(?:séance|réunion"
    r"|entretien|transcription|débat"
    r"|enregistrement|audition|interview)"
    r"|several hon\.? members rose|l['’]incident est clos|het incident is"
    r"|avant (?:de lever|de clore|la clôture)|la parole est (?:donnée|laissée) (?:au public|à la salle)"
    r"|le public (?:demande|quitte|se lève)|(?:the )?(?:house|senate|committee|sitting|meeting|hearing"
    r"|court) "
    r"(?:was |is |stands? )?(?:adjourn|closed|rose\b|concluded|in recess|divided|suspended|resumed)"
    r"|adjourned\b"
    r"|whereupon\b|sitting suspended|end of (?:the )?(?:transcript|interview|recording|meeting)"
    # what is voted
    r"|votes?\s*:|(?:résultat du )?(?:vote|scrutin) (?:public|à main levée)|mise? aux voix"
    r"|(?:les? |la |l['’])(?:(?:sous-)?amendements?|articles?|motions?|délibérations?|avis|propositions?"
    r"|projets?|vœux?"
    rf"|résolutions?|textes?|ensemble|subventions?)\b[^.!?]{{0,160}}?\b(?:est|sont|n['’]est"
    rf"|ne sont)\s(?:[\w’',]+\s){{0,6}}?{_DONE}"
    r"|(?:le|la|l['’])\s*(?:conseil|assemblée|commission|chambre|sénat|comité)(?:\s\w+)?\s(?:passe|procède"
    r"|adopte|vote|approuve"
    r"|rejette|prend acte|se prononce|délibère)\b"
    rf"|(?:the )?(?:motion|amendment|resolution|clause|bill)s?\b[^.!?]{{0,80}}?\b(?:was|were|is"
    rf"|are) (?:\w+ ){{0,2}}?{_DONE}"
    r"|question (?:put|agreed)|motion made\b|amendments? (?:proposed|made)|bill (?:read|accordingly|reported)"
    r"|clauses? \d+ (?:ordered|accordingly)|ordered,|resolved,"
    # the publication
    r"|propos recueillis|entretien (?:réalisé|mené|recueilli)|interview (?:by|réalisée|conducted)"
    r"|transcri(?:ption|pt|bed) (?:by|par|:)|le direct(?:eur|rice) (?:du|des) (?:service|compte)"
    r"|copyright\b|©|source\s*:"
    r"|crédits?\s*:|(?:note de la|ndlr|nda)\b|(?:note|nota|remarque|précision|photo|légende"
    r"|présents?|excusés?|absents?|décision|décisions|action|date|lieu|prochaine réunion)\s*:"
    r"|pour en savoir plus|à lire aussi|l['’]ordre du jour est épuisé)",
    re.IGNORECASE,
)
_ITALIC = re.compile(r"(?P<mark>[*_])(?![*_\s])[^*_]+(?P=mark)")


def is_aside(text: str) -> bool:
    """Whether a whole paragraph is a stage direction, an interruption, or a time."""
    return any(shape.fullmatch(text) for shape in (_WHOLE, _CALLED, _TIMES)) or (
        len(text) <= 160 and _BARE.fullmatch(text) is not None
    )


def is_editors(text: str) -> bool:
    """Whether a paragraph ends what a speaker says: the sitting is over, or it is the editor's."""
    return _EDITORS.match(text) is not None or _ITALIC.fullmatch(text) is not None


def asides_in(text: str, start: int, end: int) -> list[Span]:
    """The stage directions in brackets within the words of a speaker: no part of a sentence."""
    found: list[Span] = []
    for match in _BRACKETED.finditer(text, start, end):
        inner = match.group()[1:-1].strip(" *_")
        listed = _LISTED.match(inner) is not None
        alone = inner[:1].isupper() and inner[-1:] in ".!?…" and len(inner) > 1
        if not listed and not alone:
            continue
        until = match.end()
        closing = _CLOSING.match(text, until, end)
        if closing and listed:
            until += len(closing.group().rstrip())
        before = text[max(start, match.start() - _SIGHT) : match.start()]
        opens = not before.strip() or _SENTENCE_END.search(before) is not None
        after = text[until : min(end, until + _SIGHT)].lstrip()[:1]
        goes_on = after.islower() or (after != "" and after in ",;.:")
        if (opens or listed) and not goes_on:
            found.append((match.start(), until))
    return found


_CLOSING = re.compile(r"\s*\.?(?=\s*\Z|\s+[A-ZÀ-ÖØ-Þ«“(\[—–])")
_SIGHT = 40
"""So far around brackets is looked, in characters."""

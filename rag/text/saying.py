"""How a text says whose words it hands on: « selon le maire », « …, a dit M. Dupont », « Dupont : … ». Pure.

Rules of French and English. They know no document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rag.types import Span

SAYS = (
    r"(?:dit|disent|disait|déclare\w*|affirm\w+|écri\w+|annonce\w*|précise\w*|prévoi\w+|soutien\w+|assure\w*"
    r"|promet\w*|stipule\w*|proclame\w*|indique\w*|reconnaît|reconnaissent|admet\w*|prétend\w*|rappelle\w*"
    r"|souligne\w*|parle\w*|évoque\w*|dénonce\w*|conclut|explique\w*|says?|said|states?|stated|claim\w*|writes?|wrote"
    r"|declares?|declared|announce\w*|assert\w*|argue\w*|admits?|admitted|promise\w*|speaks? of)"
)
"""Verbs that hand on what somebody says."""
_MORE_SAYS = (
    r"(?:ajoute|répond|répète|martèle|estime|confie|insiste|poursuit|observe|raconte|rétorque|réplique|avertit"
    r"|prévient|plaide|résume|regrette|déplore|avoue|confirme|jure|garantit|adds?|added|repl(?:ies|ied)"
    r"|answer(?:s|ed)|warn(?:s|ed)|explain(?:s|ed)|insist(?:s|ed)|repeat(?:s|ed)|told|maintain(?:s|ed))"
)
_PARTICIPLE = (
    r"(?:dit|déclaré|affirmé|écrit|annoncé|précisé|prévu|soutenu|assuré|promis|stipulé|proclamé|indiqué|reconnu"
    r"|admis|prétendu|rappelé|souligné|évoqué|dénoncé|conclu|expliqué|ajouté|répondu|répété|lancé|martelé|estimé"
    r"|jugé|confié|insisté|poursuivi|noté|observé|raconté|rétorqué|répliqué|averti|prévenu|plaidé|tranché|résumé"
    r"|commenté|regretté|déploré|avoué|confirmé|juré|garanti|glissé|avancé|written)"
)
_HAS = r"(?:a|ont|avait|avaient|aurait|auraient|has|have|had)"
SPEAKS = (
    rf"(?:(?:nous |vous |lui |leur |le |a |ont |has |have |l['’])*(?:{SAYS}|{_MORE_SAYS})"
    rf"|(?:(?:nous |vous |lui |leur )|l['’])?{_HAS}\s+(?:\w+\s+)?{_PARTICIPLE})(?!\w)"
)
"""Such a verb, in the perfect as well: « l’a déclaré », « nous a souvent dit »."""
TITLE = r"(?-i:MM?\.|Mmes?\b\.?|Mlles?\b\.?|M[er]\b\.?|Mrs\b\.?|Ms\b\.?|Dr\b\.?|Pr\b\.?|Sir\b|Lord\b)"
ROLE = (
    r"(?:(?:vice-|co-)?président\w*|ministre\w*|maire|préfet|préfète|député\w*|sénat(?:eur|rice)s?|porte-parole"
    r"|général|colonel|capitaine|amiral|secrétaire\w*|direct(?:eur|rice)|rapporteur\w*|juge|chancel\w+|roi|reine"
    r"|pape|syndicat\w*|gouvernement|opposition|minister|mayor|president|spokes\w+|general|senator|secretary"
    r"|director|chair\w*|judge|government|chancellor)"
)
"""What speakers are called by; a few, for labels such as « Le ministre : »."""
_PARTICLE = r"(?:(?:de|du|des|la|le|van|von|der|of|the)\s+|[dl]['’])"
_PROPER = rf"(?:{_PARTICLE}*(?-i:[A-ZÀ-ÖØ-Þ])[\w’-]*\.?)"
PERSON = rf"(?:{TITLE}\s+)?{_PROPER}(?:\s+{_PROPER}){{0,4}}"
_THE = r"(?:(?:le|la|les|the)\s+|l['’])"
ROLED = rf"{_THE}?(?:vice-)?{ROLE}(?:\s+(?:adjointe?|déléguée?|générale?|{_PARTICLE}+[\w’-]+)){{0,4}}"
"""Somebody by what they are: « la ministre déléguée de l’Intérieur »."""
LABEL = rf"(?:{ROLED}(?:\s+{PERSON})?|{_THE}?{PERSON})"
"""Who speaks, before a colon."""

NAMED = r"(?:(?-i:\bMM?|\bM[er]|\bMrs|\bMs|\bDr|\bPr|\b[A-Z])\.\s?|[^,.;:!?«»“”\"\n()])"
"""A character of a name, with the point of « M. »."""
ACCORDING = r"(?:selon|d['’]après|according to|in the words of)"
_BEFORE = (
    re.compile(
        r"(?:\b(?:selon|d['’]après|suivant|according to|in the words of"
        rf"|comme (?:{SPEAKS})|as (?:stated|written|said) (?:in|by))|^pour)\s+"
        r"(?P<name>[^,:;«“\"]{2,90}?)\s*[,:]?\s*$",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?:^|[,;:]\s*)(?:mais |et |or |donc |as |but |and )?(?P<name>[^,:;«“\"]{2,90}?)"
        rf"(?:\s*,[^,:;«“\"]{{2,60}},)?\s+{SPEAKS}[^«“\".!?:]{{0,60}}:?\s*$",
        re.IGNORECASE,
    ),
    re.compile(rf"^[\s*_>–—-]*(?P<name>{LABEL})[*_]*\s*[:–—-][*_]*\s*$", re.IGNORECASE),
)
_CLOSED = r"^[\s»”\"’'›,]*"
_AFTER = (
    re.compile(
        rf"{_CLOSED}(?:selon|d['’]après|according to|(?:comme |as )?{SPEAKS})\s+"
        rf"(?P<name>{NAMED}{{2,90}}?)\s*(?:[,.;:!?»«“\"\n(]|$)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{_CLOSED}(?:a-t-(?:il|elle|on)|ont-(?:ils|elles))\s+{_PARTICIPLE}\b(?P<name>)", re.IGNORECASE
    ),
    re.compile(
        rf"{_CLOSED}(?P<name>(?:the\s+|(?-i:[A-Z])){NAMED}{{1,60}}?)\s+"
        r"(?:said|says|stated|declared|wrote|writes|added|replied|claimed|argued)\s*(?:[.;!?\n]|$)",
        re.IGNORECASE,
    ),
    re.compile(rf"{_CLOSED}[.\s]*[–—-]\s*(?P<name>{LABEL})\s*(?:[.(\n]|$)", re.IGNORECASE),
    re.compile(r"^[\s»”\"’]*\((?P<name>[^()]{2,90})\)"),
)
_ENDS_OPEN = re.compile(r"(?:[:,–—-]|\b(?:que|that)|\bqu['’])\s*$", re.IGNORECASE)
"""What an introduction ends with that hands on nothing but what follows."""
_UNMARKED = (
    re.compile(rf"\s*{ACCORDING}\s+(?P<name>{NAMED}{{2,80}}?)\s*,\s+(?P<rest>.+)", re.IGNORECASE | re.DOTALL),
    re.compile(
        rf"\s*(?P<name>{NAMED}{{2,80}}?)\s+{SPEAKS}(?:\s+\w+(?:ment|ly))?\s*:\s*(?P<rest>.+)",
        re.IGNORECASE | re.DOTALL,
    ),
    re.compile(
        rf"(?P<rest>.+?)\s*,\s+(?:{ACCORDING}|{SPEAKS})\s+(?P<name>{NAMED}{{2,80}}?)\s*[.!]?\s*",
        re.IGNORECASE | re.DOTALL,
    ),
)
_NOBODY = re.compile(r"\s*(?:toute?s?\b|les?\s+cas\b|the\s+case\b|qu(?:[ei]\b|['’]))", re.IGNORECASE)
"""« Selon toute vraisemblance », « selon les cas »."""
_ARTICLE = re.compile(r"(?:l[ae]s?|l['’]|the|une?|et|mais|M)", re.IGNORECASE)
PRONOUN = re.compile(r"(?:ils?|elles?|on|qui|nous|je|vous|cela|ce|it|he|she|they|we|who|that)", re.IGNORECASE)
DENIED = re.compile(r"\b(?:ne|not|never|cannot)\b|\bn['’]|n['’]t\b", re.IGNORECASE)
_ABBREVIATED = (
    r"(?<!\bM)(?<!\bMM)(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bMme)(?<!\bDr)(?<!\bPr)(?<!\bSt)(?<!\b[A-Z])"
)
_SENTENCE_BREAK = re.compile(rf"(?:{_ABBREVIATED}[.]|[!?…»”])\s|\n")
_OPENING = re.compile(r"(?:\s|[«“„\"‹‘]|(?<!\w)')+$")
REACH = 160
"""How far from a quote its attribution may stand, in characters."""


@dataclass(frozen=True, slots=True)
class HandedOn:
    """A text that is nothing but words and whose words they are.

    Attributes:
        span: of the words.
        named: whose they are; empty for a pronoun.
        sure: the words that introduce them claim nothing besides: « X a dit : ».
    """

    span: Span
    named: str
    sure: bool


def opened(before: str) -> str:
    """What stands before a quote, without the marks that open it."""
    return _OPENING.sub("", before)


def named_around(text: str, start: int, end: int) -> str:
    """Whose words a slice of a speech is said to be, in the speech's words; empty when it is not said."""
    before = opened(text[max(0, start - REACH) : start])
    before = before[max((m.end() for m in _SENTENCE_BREAK.finditer(before)), default=0) :].strip()
    after = text[end : end + REACH]
    found = [*(p.search(before) for p in _BEFORE), *(p.search(after) for p in _AFTER)]
    return next((_name(match) for match in found if match and not DENIED.search(match.group())), "")


def _name(match: re.Match[str]) -> str:
    name = match["name"].strip()
    return "" if PRONOUN.fullmatch(name) or _ARTICLE.fullmatch(name) else name


def handed_on(text: str, marked: Span) -> HandedOn | None:
    """What a text between quote marks hands on, where it is nothing but that and whose words they are.

    Args:
        text: any text.
        marked: the slice between the marks.
    """
    start, end = marked
    before, after = opened(text[:start]), text[end:]
    found = [*(p.match(before.strip()) for p in _BEFORE), *(p.match(after) for p in _AFTER)]
    around = [match for match in found if match]
    if not around or any(DENIED.search(match.group()) for match in around):
        return None
    sure = bool(_ENDS_OPEN.search(before)) or not re.search(r"\w", before)
    return HandedOn(marked, named_around(text, start, end) or _name(around[0]), sure)


def introduced(text: str) -> Iterator[HandedOn]:
    """What a text without quote marks may hand on: « Selon X, … », « X a déclaré : … », « …, a dit X »."""
    for pattern in _UNMARKED:
        found = pattern.fullmatch(text)
        if not found or not re.search(r"\w", found["rest"]):
            continue
        around = text[: found.start("rest")] + text[found.end("rest") :]
        if not DENIED.search(around) and not _NOBODY.match(found["name"]):
            yield HandedOn(found.span("rest"), _name(found), sure=False)

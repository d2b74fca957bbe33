"""What a question asks for and what a sentence offers, told from words alone. Pure; French and English."""

from __future__ import annotations

import re

from rag.text.analyzer import content_words
from rag.text.lexicon import MONTHS

_MONTHS = "|".join((*MONTHS["fr"], *MONTHS["en"]))
_OFFERS: dict[str, re.Pattern[str]] = {
    "person": re.compile(
        r"\b(?:président|ministre|roi|reine|général|secrétaire|chef|directeur|M\.|Mme|pape|empereur|"
        r"president|minister|king|queen|secretary|leader|director|Mr|Mrs)\b|[a-zà-ÿ,’'] [A-ZÉÀ][\w’-]+ [A-Z]"
    ),
    "time": re.compile(
        rf"\b(?:{_MONTHS})\b|\b(?:1[0-9]|20)\d\d\b|\bsiècles?\b|\bcentur|\b(?:dès|lors|avant|après|"
        r"depuis|jusqu|lorsque|quand|when|until|since|after|before|once|as soon as)\b",
        re.IGNORECASE,
    ),
    "number": re.compile(
        r"\d|\b(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|vingt|cent|mille|milliers?|millions?|"
        r"milliards?|dizaines?|centaines?|moitié|tiers|quart|two|three|four|five|six|seven|eight|nine|ten|"
        r"hundreds?|thousands?|half|billions?)\b",
        re.IGNORECASE,
    ),
    "place": re.compile(
        r"\b(?:à|en|au|aux|dans|sur|in|at|near|chez|vers)\s(?:l’|l'|la |le |les |the )?[A-ZÉÀÎ]|\b(?:ville|"
        r"pays|région|quartier|siège|city|country|region|headquarters)\b"
    ),
    "cause": re.compile(
        r"\b(?:parce|car|puisque|afin|pour que|en raison|grâce|à cause|permet|vis[ea]|objectif|but|because|"
        r"since|in order|due to|so that|therefore|donc)\b|\bpour \w+(?:er|ir|re)\b",
        re.IGNORECASE,
    ),
}
_EXPECTS: dict[str, re.Pattern[str]] = {
    "person": re.compile(
        r"\bqui\b|quels? (?:est|sont) (?:le nom|les noms)|\bwho(?:m|se)?\b|\bnom\b", re.IGNORECASE
    ),
    "time": re.compile(
        r"\bquand\b|quelles? (?:date|année|époque|période)|quels? (?:jour|mois|moment|siècle)|\bwhen\b|"
        r"(?:what|which) (?:year|date|day|month|century)|\bdate\b|à partir de quand|depuis quand|how long|"
        r"combien de temps",
        re.IGNORECASE,
    ),
    "number": re.compile(
        r"\bcombien\b|quels? (?:nombre|montant|pourcentage|âge|prix|chiffre|effectif)|quelles? (?:part|somme|"
        r"quantité|taille|proportion|surface|distance)|\bhow (?:many|much|old|far|big|large|tall)\b|"
        r"\bnumber\b|\bnombre\b|\beffectifs?\b|\bpercentage\b",
        re.IGNORECASE,
    ),
    "place": re.compile(
        r"(?<!\w)où\b|quels? (?:pays|lieu|endroit|continent|quartier)|quelles? (?:ville|région|île)|"
        r"\bwhere\b|(?:what|which) (?:country|city|place|region|town)|\blieu\b",
        re.IGNORECASE,
    ),
    "cause": re.compile(
        r"\bpourquoi\b|quelles? (?:raison|cause)|quels? (?:but|objectif|motif)|\bwhy\b|\bwhat (?:for|reason|"
        r"caused|is the (?:aim|goal|purpose))|\bbut de\b|\bpurpose\b",
        re.IGNORECASE,
    ),
}
CUES = tuple(_OFFERS)


def cues_offered(sentence: str) -> int:
    """Bit mask of the kinds of answer (:data:`CUES`) that a sentence could hold."""
    return sum(1 << bit for bit, cue in enumerate(CUES) if _OFFERS[cue].search(sentence))


def cues_expected(question: str) -> int:
    """Bit mask of the kinds of answer that a question asks for."""
    return sum(1 << bit for bit, cue in enumerate(CUES) if _EXPECTS[cue].search(question))


_FOCUS = re.compile(
    r"(?:\b(?:quel(?:le)?s?|combien|which|what|how (?:many|much))\b)"
    r"(?:\W+(?:est|sont|était|étaient|fut|furent|sera|seront|serait|seraient|is|are|was|were|will|would|be|"
    r"le|la|les|l|un|une|des|the|a|an|de|du|d|of|type|sorte|genre|kind|sort)\b)*\W+(?P<noun>[^\W\d_]+(?:-[^\W\d_]+)*)",
    re.IGNORECASE,
)
"""What a question asks for by name: the noun after *quel*, *combien de*, *which*, *how many*."""
_KINDS_NAMED = sum(1 << CUES.index(name) for name in ("person", "time", "place"))
"""Kinds of answer that do not repeat the noun that asks for them: *quel pays*, *quelle année*."""
_NAME = re.compile(
    r"(?<=[^\s.!?:«“\"(–—-])[\s’'-]+(?P<name>[A-ZÀ-ÖØ-Þ][^\W\d_]+(?:[-\u2010\u2011][^\W\d_]+)*)"
)
"""A capitalised word that does not begin a sentence."""
_QUESTION_WORD = re.compile(
    r"\b(?:qui|que|qu|quoi|quel(?:le)?s?|quand|combien|comment|pourquoi|lequel|laquelle|lesquel(?:le)?s|who|whom|whose|"
    r"what|which|when|where|why|how)\b|(?<!\w)où\b",
    re.IGNORECASE,
)
_WHETHER = re.compile(
    r"^\W*(?:est-ce|is|are|was|were|does|do|did|will|would|has|have|had|can|could|should|may|might|must)\b"
    r"|\w-(?:t-)?(?:il|elle|ils|elles|on|ce)\b",
    re.IGNORECASE,
)


def focus(question: str) -> list[str]:
    """The content word that names what is asked for (*général* in *quel général commande ?*), if any."""
    found = None if cues_expected(question) & _KINDS_NAMED else _FOCUS.search(question)
    return content_words(question[found.start("noun") :])[:1] if found else []


def names(question: str) -> list[str]:
    """The content words of a question that are written as names."""
    found = (match["name"] for match in _NAME.finditer(question))
    return [word for name in found for word in content_words(name)]


def asks_whether(question: str) -> bool:
    """Whether yes or no would answer."""
    found = _WHETHER.search(question)
    return bool(found and not _QUESTION_WORD.search(question[: found.start()]))


def asks_nothing(question: str) -> bool:
    """Whether it is not put as a question: keywords, an order, small talk."""
    return not _QUESTION_WORD.search(question) and not _WHETHER.search(question)

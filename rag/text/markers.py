"""The small words that decide what a sentence claims: negations, numbers, modals, hedges.

Rules of French and English, for telling what a change to a quote does and what a cut would drop. A rule errs
on the side of naming too much: a reader sees the words themselves beside it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rag.text.analyzer import is_stopword
from rag.text.folding import fold
from rag.text.lexicon import DAYS, MONTHS
from rag.types import EffectKind


@dataclass(frozen=True, slots=True)
class Marker:
    """A word or phrase, by its slice of a text, that changes what the text claims."""

    kind: EffectKind
    start: int
    end: int


_MONTHS = "|".join("May" if name == "may" else name for name in (*MONTHS["fr"], *MONTHS["en"]))
_DAYS = "|".join(DAYS)
_A = "['’ʼ]"
_NUMERAL = r"\d+(?:[\s.,]\d+)*"
_COUNTS = (
    "deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingt|trente|quarante"
    "|cinquante|soixante|cents?|mille|millions?|milliards?|milliers?|dizaines?|douzaines?|vingtaines?"
    "|centaines?|moitié|tiers|quarts?|double|triple|two|three|four|five|seven|eight|nine|ten|eleven|twelve"
    "|twenty|thirty|forty|fifty|sixty|hundreds?|thousands?|billions?|dozens?|half|twice|third"
)
_OF_A_NUMBER = rf"(?=(?: ?(?:an?|one|the|la|une?|some))?(?:{_A}| ){{0,2}}(?:\d|quarter|{_COUNTS}))"
_NO_MARKER = (
    rf"no(?=\. ?\d)|no(?= ?\d[\d.,]*(?![\d.,]| ?\w))"  # « No. 5 »
    r"|(?:un|le|du|au|ce|son|ses|ces|nos|vos|leurs?|les|des|deux|trois|quelques|chaque|(?:à )?grands?|petits?"
    r"|premiers?|faux|bons?|nouveaux?) pas|pas à pas|pas-de-\w+"
    r"|sans (?:aucun |nul )?(?:conteste|cesse|relâche|précédent|faille|délai|tarder)|sans (?:aucun|nul) doute"
    r"|without (?:(?:a|any) )?(?:doubt|delay|fail)|non seulement|not only|(?:ou non|or not)(?= ?[.,;:!?)]|$)"
    rf"|n{_A}est-ce pas"
    rf"|si bien qu(?:e|{_A})|(?:même|comme) si|as if|quand même|at once|once (?:again|more)"
    r"|(?:dès|aussitôt) que possible|as soon as possible|le plus \w+ possible"
    r"|(?:match(?:e?s)?|bulletins?|votes?|scores?) (?:blancs? (?:et|ou) )?nuls?"
    r"|claims?(?= (?:about|to|on|for|against|of|over)\b)"
    r"|(?<=the )will|(?<=free )will|(?<=political )will|(?<=good )will"
)
"""What looks like a marker and is none."""
_PATTERNS: tuple[tuple[EffectKind | None, str], ...] = (
    (None, _NO_MARKER),
    ("hedge", r"sans doute|no doubt"),
    ("hedge", r"peut-être|le cas échéant|mais pas uniquement|but not only|in principle|en principe"),
    (
        "condition",
        r"à (?:la )?(?:seule )?condition|sous (?:la )?(?:seule )?(?:condition|réserve)|à moins|pourvu"
        rf"|sauf|hormis|dès (?:lors|que|qu{_A})|(?:au|en|dans le|dans les) cas|tant qu(?:e|{_A})"
        rf"|à la demande|s{_A}(?=ils?\b)|si|lorsqu(?:e|{_A})|quand|if|unless|provided|except|as long as"
        r"|subject to|once|until|when|whenever|in (?:the )?(?:case|event)|at the request|on condition",
    ),
    ("scope", rf"(?:ne |n{_A})\w+(?: \w+)? qu(?:e\b|{_A})"),
    (
        "negation",
        rf"ne|n{_A}|non|pas|jamais|aucune?|ni|nul(?:le)?s?|rien|sans|guère|nullement|aucunement"
        rf"|personne ne|not|no|never|none|nothing|nobody|neither|nor|without|cannot|\w+n{_A}t|hardly"
        r"|refus\w+|nowhere",
    ),
    (
        "modal",
        r"peu(?:t|vent)|pouvai(?:t|ent)|pourr(?:a|ont|ai(?:t|ent|s)|i?ons)|puiss(?:e|ent)|pouvons"
        r"|doi(?:t|vent)|devr(?:a|ont|ai(?:t|ent|s)|i?ons)|devai(?:t|ent)|devons|fau(?:t|dra|drait)"
        r"|veu(?:t|lent)|voudrai(?:t|ent)|sembl(?:e|ent|ait|aient)|(?-i:may)|might|can|could|should|would"
        r"|must|shall|will|ought",
    ),
    ("date", rf"(?:{_NUMERAL}(?:er)?\s+)?(?:{_MONTHS})(?:\s+\d{{1,4}})*|{_DAYS}|(?:1[6-9]|20)\d\d"),
    ("date", rf"hier|demain|aujourd{_A}hui|yesterday|tomorrow|today|tonight"),
    (
        "number",
        rf"{_NUMERAL}|{_COUNTS}",
    ),
    (
        "attribution",
        rf"selon|d{_A}après|prétend(?:u\w*|ent)?|dit-on|soi-disant|according to|claim(?:s|ed)?"
        r"|alleged(?:ly)?|reported(?:ly)?|so-called",
    ),
    (
        "hedge",
        rf"notamment|probablement|vraisemblablement|environ|près d(?:[eu]|{_A}){_OF_A_NUMBER}|presque"
        r"|quasi(?:ment)?|plutôt|apparemment|éventuel(?:le)?(?:ment|s)?|possible(?:ment|s)?"
        r"|entre autres|parfois|souvent|certaine?s|perhaps|maybe|probably|likely|nearly|almost"
        rf"|(?:about|around){_OF_A_NUMBER}|roughly|apparently|notably|among others|some|often|sometimes"
        r"|possibly|partly|en partie|partiellement|progressivement",
    ),
    (
        "scope",
        r"tous|toutes|tout|toute|chaque|seule?s?|seulement|uniquement|entièrement|totalement|toujours"
        r"|au moins|au plus|jusqu|plus|moins|essentiellement|every|all|only|always|entirely|at least"
        r"|at most|more|less|most|whole|any",
    ),
    # verbs in the conditional, not nouns such as « extrait »
    ("modal", r"(?!(?:at|ex|por|re|abs|dis|sous)?traits?\b)\w{2,}rai(?:t|ent)"),
)
_MARKER = re.compile(
    "|".join(
        rf"(?P<_{n}>(?<!\w)(?<![^\W\d]-)(?:{pattern})(?:(?<={_A})|(?!\w)))"
        for n, (_, pattern) in enumerate(_PATTERNS)
    ),
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<!^)(?<![.!?…:«“\"\n]\s)(?<![.!?…:«“\"\n])(?<!\w)[A-ZÀ-Ý][\w-]*|\b[A-ZÀ-Ý]{2,}\w*\b")


_DENIED = re.compile(
    rf"\b(?:ne|not|no|never|nobody|nothing|none|jamais|aucune?|cannot|without|sans)\b|\bn{_A}|n{_A}t\b",
    re.IGNORECASE,
)


def is_denied(text: str) -> bool:
    """Whether a sentence denies something."""
    return _DENIED.search(text) is not None


_EACH_DENIAL = re.compile(
    rf"\b(?:ne|sans|not|no|never|nobody|nothing|none|cannot|without)\b|\bn{_A}|n{_A}t\b", re.IGNORECASE
)


def denials(text: str) -> int:
    """How often a sentence denies something; « ne … jamais » is once."""
    return len(_EACH_DENIAL.findall(text))


@lru_cache(256)
def markers_in(text: str) -> tuple[Marker, ...]:
    """The markers of a text, in order; names are words with a capital inside a sentence."""
    spaced = re.sub(r"\s", " ", text)
    matches = ((_PATTERNS[int(str(match.lastgroup)[1:])][0], match) for match in _MARKER.finditer(spaced))
    found = [Marker(kind, *match.span()) for kind, match in matches if kind is not None]
    names = [
        Marker("name", match.start(), match.end())
        for match in _NAME.finditer(spaced)
        if not is_stopword(fold(match.group()))
    ]
    return tuple(sorted([*found, *names], key=lambda marker: (marker.start, marker.kind)))


_PREFIX = re.compile(
    r"(?:non|sans|no|not|never)[-\u2010\u2011](?!one\b)(?=\w)|non[\s*_]+(?=[a-zà-ÿ])", re.IGNORECASE
)
_CLAUSE = re.compile(r"[\w*_)]\s*[*_]*$")
_BE = re.compile(r"\b(?:est|sont|sera|seront|étai(?:t|ent)|is|are|was|were|be)\s+[*_]*$", re.IGNORECASE)


def negated_word(text: str, marker: Marker) -> int | None:
    """Where the word is that a negation belongs to (« États non européens »); ``None`` if it denies more."""
    found = _PREFIX.match(text, marker.start) if marker.kind == "negation" else None
    if found is None:
        return None
    if found.group()[-1] in "-\u2010\u2011":
        return found.end()
    word = re.match(r"\w+", text[found.end() :])
    before = text[: marker.start]
    if word is None or is_stopword(fold(word.group())) or not _CLAUSE.search(before) or _BE.search(before):
        return None
    return found.end()

"""The small words that decide what a sentence claims: negations, numbers, modals, hedges.

Rules of French and English, for telling what a change to a quote does and what a cut would drop. A rule errs
on the side of naming too much: a reader sees the words themselves beside it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rag.text.analyzer import fold, is_stopword
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
_PATTERNS: tuple[tuple[EffectKind, str], ...] = (
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
        r"|veu(?:t|lent)|voudrai(?:t|ent)|sembl(?:e|ent|ait|aient)|may|might|can|could|should|would"
        r"|must|shall|will|ought",
    ),
    ("date", rf"(?:{_NUMERAL}(?:er)?\s+)?(?:{_MONTHS})(?:\s+\d{{1,4}})*|{_DAYS}|(?:1[6-9]|20)\d\d"),
    ("date", rf"hier|demain|aujourd{_A}hui|yesterday|tomorrow|today|tonight"),
    (
        "number",
        rf"{_NUMERAL}|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze"
        r"|seize|vingt|trente|quarante|cinquante|soixante|cents?|mille|millions?|milliards?|milliers?"
        r"|dizaines?|douzaines?|vingtaines?|centaines?|moitié|tiers|quarts?|double|triple|two|three"
        r"|four|five|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|hundreds?"
        r"|thousands?|billions?|dozens?|half|twice|third",
    ),
    (
        "attribution",
        rf"selon|d{_A}après|prétend(?:u\w*|ent)?|dit-on|soi-disant|according to|claim(?:s|ed)?"
        r"|alleged(?:ly)?|reported(?:ly)?|so-called",
    ),
    (
        "hedge",
        r"notamment|probablement|vraisemblablement|sans doute|environ|près d[eu]|presque"
        r"|quasi(?:ment)?|plutôt|apparemment|éventuel(?:le)?(?:ment|s)?|possible(?:ment|s)?"
        r"|entre autres|parfois|souvent|certaine?s|perhaps|maybe|probably|likely|about|nearly|almost"
        r"|roughly|around|apparently|notably|among others|some|often|sometimes|possibly|partly"
        r"|en partie|partiellement|progressivement",
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


@lru_cache(256)
def markers_in(text: str) -> tuple[Marker, ...]:
    """The markers of a text, in order; names are words with a capital inside a sentence."""
    spaced = re.sub(r"\s", " ", text)
    found = [
        Marker(_PATTERNS[int(str(match.lastgroup)[1:])][0], match.start(), match.end())
        for match in _MARKER.finditer(spaced)
    ]
    names = [
        Marker("name", match.start(), match.end())
        for match in _NAME.finditer(spaced)
        if not is_stopword(fold(match.group()))
    ]
    return tuple(sorted([*found, *names], key=lambda marker: (marker.start, marker.kind)))

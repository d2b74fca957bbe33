"""A sentence -> a phrase that can stand over others: its main clause, in its own words. Pure."""

from __future__ import annotations

import re

from rag.brief.alone import stands_alone
from rag.text import plain
from rag.types import Language

LONGEST = 110
"""Of a phrase, in characters."""
WORDS_LEAST = 4
"""Fewest words of what is left of a sentence."""

_ASIDE = re.compile(
    r"\s*\([^()]*\)|,\s(?:où|qui|dont|lesquel\w+|which|who|whose|where)\s[^,;:]{3,90},(?=\s)"
    r"|,\s(?:selon|d['’]après|according to)\s[^,;:]{3,60}(?=[.,]|$)",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"(?:mais|et|or|donc|car|ainsi|pourtant|cependant|toutefois|en effet|de plus|en outre|par ailleurs"
    r"|au contraire|à l['’]inverse|but|and|so|yet|however|moreover|furthermore|thus|besides)\b,?\s+",
    re.IGNORECASE,
)
_LABEL = re.compile(r"(?!(?:M|MM|Mr|Mrs|Ms|Dr|Mme|Pr|St)\.)[\w'’]+(?:,? [\w'’]+)?[.?!]\s+(?=[A-ZÀ-Ý])")
"""« L’emploi ? », “Next, money.”: what only says of what the sentence after it is."""
_CUTS = re.compile(
    r"\s*;\s|\s[–—-]\s|,\s(?=(?:qui|dont|où|ce qu\w*|soit|car|tandis que|alors que|et|pour|afin|parce"
    r"|puisque|même|which|who|whose|where|because|while|whereas|and|so|as|since|for|according|with)\b)"
    r"|\s(?=(?:car|parce qu\w*|puisqu\w*|afin de|alors qu\w*|tandis qu\w*|because|whereas|so that)\b)",
    re.IGNORECASE,
)
"""Where a phrase may end: what follows adds to it, and takes nothing back, as « mais », « sauf » would."""
_TURN = re.compile(r"[,;]\s(?:mais|pourtant|but|yet)\s", re.IGNORECASE)
_TAKES_BACK = re.compile(
    r"\b(?:mais|pourtant|sauf|sous réserve|à condition|but|yet|unless|except|provided)\b", re.IGNORECASE
)
_WE_SAY = re.compile(
    r"(?:nous|on|we)\s[^,;:]{0,50}?(?:confirm|réaffirm|soulign|rappel|affirm|estim|pens|croy|considér|déclar"
    r"|constat|believ|think|argu|not|insist|stress|maintain|sa)[a-zéè]*(?:\s\w+ment)?\s(?:que\s|qu['’]|that\s)",
    re.IGNORECASE,
)
"""« Nous avons souligné que »: what follows is what is said."""
_END = re.compile(r"[\s.,;:!…]+$")
_MARKS = re.compile(r"[«“]\s?|\s?[»”]|\"")
_SMALL = re.compile(
    r"(?:de|du|des|d|à|au|aux|en|le|la|les|l|un|une|et|ou|que|qui|pour|par|sur|dans|avec|sans|the|a|an|of|to|in|on|at"
    r"|for|and|or|that|which|by|with|from|is|are|est|sont|ne|n|se|s|qu|notre|nos|leurs?|son|sa|ses|its|their|our)",
    re.IGNORECASE,
)


def phrase_of(sentence: str, lang: Language) -> tuple[str, bool]:
    """What a sentence says as a phrase of one line, and whether it is whole, not cut off in its middle.

    Args:
        sentence: of a source.
        lang: its language.
    """
    text = _MARKS.sub("", plain(sentence))
    for leading in (_LABEL, _OPENS, _WE_SAY):
        found = leading.match(text)
        text = text[found.end() :] if found else text
    text = _capital(_END.sub("", _ASIDE.sub("", text)))
    if len(text) <= LONGEST:
        return text, True
    for mark in _TURN.finditer(text):  # what it says against what it grants
        rest = _capital(text[mark.end() :])
        if len(rest) <= LONGEST and len(rest.split()) > WORDS_LEAST and stands_alone(f"{rest}.", lang):
            return rest, True
    takes_back = _TAKES_BACK.search(text)
    ends = [match for match in _CUTS.finditer(text) if not takes_back or ";" in match.group()]
    fitting = [
        match.start()
        for match in ends
        if match.start() <= LONGEST and len(text[: match.start()].split()) >= WORDS_LEAST
    ]
    if fitting:
        return _END.sub("", text[: fitting[-1]]), True
    return _cut_short(text) + ("\u00a0…" if lang == "fr" else " …"), False


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _cut_short(text: str) -> str:
    """The first words, none at the end that only introduces another."""
    words = text[: LONGEST - 10].rsplit(" ", 1)[0].split(" ")
    while len(words) > WORDS_LEAST and _SMALL.fullmatch(re.split(r"['’]", words[-1])[0]):
        words.pop()
    return _END.sub("", " ".join(words))

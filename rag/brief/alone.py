"""Whether a sentence is understood alone, as far as its words tell. Pure."""

from __future__ import annotations

import re

from rag.types import Language

_LEANS = {
    "fr": re.compile(
        r"(?:[«“\"(–—-]\s*)?(?:mais|et|or|donc|car|ainsi|aussi|alors|puis|ensuite|enfin|pourtant|cependant"
        r"|toutefois|néanmoins|en effet|par ailleurs|de plus|en outre|au contraire|par conséquent"
        r"|à l['’]inverse|il(?! (?:faut|faudr\w+|fallait|y a|y avait|y aura|s['’]agit|est (?:temps|urgent)))"
        r"|ils|elles?|celui|celle|ceux|celles|ceci|cela|ça|c['’]|ce|cet|cette|ces|son|sa|ses|leurs?|lui|eux|y|en"
        r"|le tout|l['’]une?|tous|toutes|aucun d['’]eux|ni l['’]un|d['’]autres?|d['’]abord|autre|à cela"
        r"|pour cela|pour ce prix|tel(?:le)?s?|les deux|le premier|la première|le second|la seconde)\b",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"(?:[“\"(–—-]\s*)?(?:but|and|or|so|yet|nor|thus|then|therefore|however|moreover|furthermore|also"
        r"|instead|besides|in addition|by contrast|on the contrary|nevertheless|as a result|for example"
        r"|for instance|he|she|it(?! is time| is (?:un)?fair to| is wrong to)|they|them"
        r"|this(?! (?:house|year))|that|these|those|such|its|his|her|their"
        r"|there(?! (?:is|are|was|were|will))|here|both|neither|either"
        r"|the former|the latter|the first|the second|the other|others?|another|one of them"
        r"|all of (?:them|this))\b",
        re.IGNORECASE,
    ),
}
"""What opens a sentence that leans on the one before."""
_INSIDE = {
    "fr": re.compile(
        r"\b(?:celle-ci|celui-ci|ceux-ci|celles-ci|cela|ci-dessus|ci-dessous|de ce|dans ce|sur ce|pour ce|-là"
        r"|(?<!\bà )(?:cet|cette|ces)(?! (?:année|semaine|jours|termes))|alors(?! que| qu['’])"
        r"|(?:[nmlt]|qu)['’]en|l['’](?:a|ont|avait|avaient|aura|auront)|les (?:a|ont|avait)"
        r"|précise-t-\w+|dit-\w+|d['’]entre (?:eux|elles))\b",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\b(?:above|below|(?:this|these|those)(?! (?:year|week|house))|do(?:es)? so|did so|of them|the same"
        r"|(?:of|in|at|by|to|for|on) that(?! (?:the|a|an|no|it|they|we)\b))\b",
        re.IGNORECASE,
    ),
}
"""What leans on it further on."""
_WHERE_THERE = {
    "fr": re.compile(r",\s(?:ils?|elles?)\s", re.IGNORECASE),
    "en": re.compile(r",\s(?:it|they|he|she)\s", re.IGNORECASE),
}
_LABELLED = re.compile(r"(?!(?:M|MM|Mr|Mrs|Ms|Dr|Mme|Pr|St)\.)[\w'’-]+[.?!]\s")
"""« Faux. », with what it answers before it."""
_ENDS = re.compile(r"[.!?…][»”\")\]]?\s*$")


def stands_alone(text: str, lang: Language) -> bool:
    """Whether nothing in a sentence leans on what stands before it, as far as its words tell."""
    begins = text.lstrip('«“"( \u00a0\u202f')[:1]
    if not (begins.isupper() or begins.isdigit()) or not _ENDS.search(text):
        return False
    if _LABELLED.match(text):
        return False
    first = text.split(",")[0]
    led = len(first) < 40 and _WHERE_THERE[lang].search(text[: len(first) + 8]) is not None
    return not (_LEANS[lang].match(text) or _INSIDE[lang].search(text) or led) and _is_closed(text)


def _is_closed(text: str) -> bool:
    """Whether quote marks and brackets of a text are pairs."""
    pairs = (("«", "»"), ("“", "”"), ("(", ")"), ("[", "]"))
    return all(text.count(one) == text.count(other) for one, other in pairs) and text.count('"') % 2 == 0

"""Questions that a sentence answers, made of its own words; no model, no document. Pure.

Few patterns, each grammatical wherever it fits: what fits none makes no question.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from rag.text.clauses import Clause, Gender
from rag.text.numerals import numbers_in
from rag.text.tags import tokenise
from rag.text.verbs import verb_of
from rag.types import Language

AskedFor = Literal["number", "reason", "who", "stance", "date"]
GenderOf = Callable[[str], Gender | None]
"""The gender of a French noun, as far as it is known."""

REST_MAX = 75
"""Longest part of a sentence that a question has besides its subject and verb, in characters."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and what it asks for."""

    kind: AskedFor
    question: str


_CUT = re.compile(
    r",(?!\d)| (?:contre|au lieu d[eu]|soit|dont|parce qu|car|puisque|tandis qu|alors qu|mais|afin d|because"
    r"|but|whereas|although|instead of|compared)\b",
    re.IGNORECASE,
)
_AND = re.compile(r" (?:et|ou|and|or) ")
UNCLEAR = frozenset(
    "je nous vous me te moi mon ma mes notre nos votre vos ton ta tes il elle ils elles lui leur "
    "leurs eux on cela ceci ca celui celle ceux celles ici y ce ces cet cette suivant suivante "
    "suivants suivantes precedent precedente precedents precedentes autre autres meme i we you he she "
    "it they them him us my our your her his its their this these those here there one ones "
    "other others same m' j' t' c' son sa ses two aussi egalement pourtant donc ainsi enfin also "
    "however therefore then such".split()
)
"""Words that stand for what was said before."""
_DEICTIC = re.compile(
    r"\b(?:cette|ce|cet) (?:année|mois|été|hiver|automne|printemps)\b|\bthis (?:year|month|summer|winter)\b"
)
_NO_END = "depPRtQfvV&aT"
"""No question ends with a word of one of these tags."""
_PARTICLES = frozenset("out up down off away back".split())
"""But with these of English verbs."""
_OPENS_CLAUSE = frozenset(
    "que qu' qu’ qui dont où si avant après pour that which who before after if to".split()
)
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")


_ASIDE = re.compile(
    r"(?<![\w-])(?:d['’]ailleurs|toutefois|cependant|pourtant|également|donc|d['’]abord|ensuite|alors"
    r"|au plus tard|however|also|therefore|though) ?(?![\w-])",
    re.IGNORECASE,
)
"""Words that tie a sentence to others, and are no part of it."""


def clean_rest(rest: str, after: str, lang: Language) -> str | None:
    """What a question can keep of the end of a sentence; ``None`` where it would not be whole or clear.

    Args:
        rest: the end of the ``rest`` of its clause.
        after: what follows that (:class:`rag.text.clauses.Clause`).
        lang: of the sentence.
    """
    kept = rest
    cut = _CUT.search(f" {rest}")
    if cut:
        kept = rest[: max(0, cut.start() - 1)]
    elif after[:1] in set('«“?"'):
        return None
    for match in _AND.finditer(kept):
        following = tokenise(kept[match.end() :])
        if any(verb_of(kept[match.end() :][t.start : t.end].lower(), lang) for t in following):
            kept = kept[: match.start()]
            break
    kept = without_asides(kept)
    if not kept:
        return ""
    tokens = tokenise(kept)
    said = {token.word for token in tokenise(_DEICTIC.sub("", kept))}
    if len(kept) > REST_MAX or not tokens or said & UNCLEAR:
        return None
    if tokens[-1].tag in _NO_END and tokens[-1].word not in _PARTICLES:
        return None
    if any(not _YEAR.fullmatch(kept[a:b]) for a, b, _ in numbers_in(kept)):
        return None  # it would tell a part of the answer
    return kept


def without_asides(text: str) -> str:
    """A text without words that tie it to others: « toutefois », “also”."""
    return _ASIDE.sub("", text).strip()


_EMPTY_LEAD = re.compile(
    r"(?:En (?:effet|outre|revanche|conséquence|réalité|fait|somme|conclusion|résumé|clair|droit|principe"
    r"|retour|plus|bref|pratique|particulier)|In (?:fact|addition|short|return|practice|principle|particular"
    r"|the end|all)|Au (?:contraire|fond|total|moins|reste|demeurant|final)|After all|At first|At least"
    r"|On (?:balance|paper))$"
)


def lead_of(clause: Clause) -> str | None:
    """When or where, as it stands in front of a question; ``None`` where that is unclear."""
    lead = clause.lead.rstrip(", ")
    if not lead or _EMPTY_LEAD.fullmatch(lead):
        return ""
    said = {token.word for token in tokenise(_DEICTIC.sub("", lead.lower()))}
    return None if said & UNCLEAR else clause.lead


def worded(lead: str, question: str) -> str:
    """A question after what stands in front of it, without its mark."""
    whole = " ".join(f"{lead}{question}".split())
    return re.sub(r"(?<=\w)'(?=\w)", "’", whole[:1].upper() + whole[1:])


def is_simple(rest: str, lang: Language) -> bool:
    """Whether the end of a sentence has no clause of its own, to which a date might belong."""
    tokens = tokenise(rest)
    words = [rest[token.start : token.end].lower() for token in tokens]
    nouns = {at + 1 for at, token in enumerate(tokens) if token.tag in "de"}
    verbs = [verb for at, word in enumerate(words) if at not in nouns and (verb := verb_of(word, lang))]
    return not any(word in _OPENS_CLAUSE for word in words) and all(verb.base for verb in verbs)


def number_at(text: str) -> tuple[int, str] | None:
    """Where the number ends that a text opens with, and its value; ``None`` where it opens with none."""
    for start, end, value in numbers_in(text):
        if start == 0 and not value.startswith("~") and "/" not in value:
            return end, value
    return None


def each(*found: Asked | None) -> Iterator[Asked]:
    """Those there are."""
    return (asked for asked in found if asked)

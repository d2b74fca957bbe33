"""Who says the words of a slice, as the text around it tells; and whether two names are one person's. Pure.

Rules of French and English. Where they do not tell for certain they say nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from rag.text.analyzer import is_stopword
from rag.text.folding import fold
from rag.text.quotation import quoted_spans
from rag.text.saying import (
    ACCORDING,
    DENIED,
    LABEL,
    NAMED,
    REACH,
    ROLE,
    SPEAKS,
    TITLE,
    named_around,
)
from rag.types import Span


@dataclass(frozen=True, slots=True)
class Told:
    """What a text tells of who says some of its words.

    Attributes:
        name: as it is written.
        holds: whether they are that speaker's words; else it says that they are not, or that the speaker is
            wrong there.
        at: where it says so, in code points.
        sure: it is certain that this is a name.
    """

    name: str
    holds: bool
    at: int
    sure: bool = True


_N = rf"(?P<name>{NAMED}{{2,80}}?)"
_OPENS = r"(?:^|[,;:(–—]\s*|\b(?:mais|et|car|but|and|que|that)\s+|\bqu['’])"
_THAT = r"(?:que\b|qu['’]|that\b)\s*"
_AGAINST = (
    r"(?:contrairement à|à l['’]inverse de|n['’]en déplaise à|quoi qu['’]en (?:dise|disent|pense)|malgré"
    r"|contrary to|unlike|whatever)"
)
_WRONG = (
    r"(?:se trompe(?:nt)?|s['’]est trompée?|ment(?:ent)?|a menti|(?:a|ont|avait) tort|fait erreur|se fourvoie"
    r"|(?:is|are|was|were) (?:wrong|mistaken)|lies?|lied|errs?)"
)
_DENIES = (
    r"(?:nie(?:nt)?|dément(?:ent)?|conteste(?:nt)?|réfute(?:nt)?|a (?:nié|démenti|contesté|réfuté)"
    r"|den(?:y|ies|ied)|disputes?)"
)
_NEVER = r"(?:(?:ne\s+|n['’])[\w’' ]{1,30}?|(?:has |have |had )?never |did not |does not )"
_TO_SAY = (
    r"(?:dire|affirmer|prétendre|déclarer|soutenir|croire|écrire|say|claim|state|saying|claiming|\w+ant)"
)
_WHAT = r"(?:ce\s+qu(?:e\s+|['’])|what\s+)"
_REST = r"(?P<rest>.+)"
_PATTERNS: tuple[tuple[bool, str], ...] = (
    (True, rf"\b{ACCORDING}\s+{_N},\s+{_REST}"),
    (True, rf"{_OPENS}{_N}\s+{SPEAKS}(?:\s+(?:\w+(?:ment|ly)|bien))?\s*(?::|{_THAT})\s*{_REST}"),
    (
        True,
        rf"{_OPENS}{_N}\s+{_WRONG}\s+(?:(?:quand|lorsqu['’]|when)\s*\w+\s+{SPEAKS}"
        rf"|(?:en |de |à |d['’]|in |to )\s*{_TO_SAY})\s+{_THAT}{_REST}",
    ),
    (False, rf"{_OPENS}{_N}\s+{_WRONG}\s*[:;,–—]\s*{_REST}"),
    (False, rf"{_OPENS}{_N}\s+{_DENIES}\s+{_THAT}{_REST}"),
    (
        False,
        rf"{_OPENS}{_N}\s+{_NEVER}\w+\s+(?:pas\s+|jamais\s+)?(?:dit\s+|affirmé\s+|déclaré\s+)?{_THAT}{_REST}",
    ),
    (
        False,
        rf"\b{_AGAINST}\s+(?:(?:ce\s+qu(?:e\s+|['’])|what\s+)(?:{SPEAKS}\s+)?)?{_N}(?:\s+{SPEAKS})?,\s*{_REST}",
    ),
    (True, rf"(?P<before>.+?),?\s+{ACCORDING}\s+{_N}(?=[,.;:!?)]|$)"),
    (True, rf"(?P<before>.+?),\s+{SPEAKS}\s+{_N}(?=[,.;:!?)]|$)"),
    (
        False,
        rf"(?P<before>.+?),?\s+{_AGAINST}\s+(?:{_WHAT}(?:{SPEAKS}\s+)?)?{_N}(?=[,.;:!?)]|$)",
    ),
)
_FOUND = tuple((holds, re.compile(pattern, re.IGNORECASE | re.DOTALL)) for holds, pattern in _PATTERNS)
_WIDE = 300
"""So far around the words the sentence is read, in characters."""
_TURN = re.compile(
    r";|\s[–—]\s|,\s+(?:mais|alors que|tandis que|car|puisque|but|while|whereas|because|since)\b",
    re.IGNORECASE,
)
"""Where what somebody is said to say may end, or begin."""
_LABEL = re.compile(LABEL, re.IGNORECASE)
_LABELLED = re.compile(rf"[\s>*_–—-]*(?P<name>{LABEL})[*_]*\s*:[*_]*\s", re.IGNORECASE)
_SURE = re.compile(rf"{TITLE}|\b{ROLE}\b", re.IGNORECASE)


def speakers_told(text: str, sentence: Span, start: int, end: int) -> Iterator[Told]:
    """What a paragraph tells of who says a slice of it.

    Args:
        text: the paragraph.
        sentence: slice of the sentence, or sentences, that hold the slice.
        start, end: the slice.
    """
    label = _LABELLED.match(text)
    if label and label.end() <= start:
        yield Told(label["name"].strip(), True, label.start("name"), _is_sure(label["name"]))
    for begin, until in quoted_spans(text):
        if begin <= start and end <= until and (name := named_around(text, begin, until)):
            at = text.find(name, max(0, begin - REACH))
            yield Told(name, True, at if at >= 0 else begin)
    sentence = max(sentence[0], start - _WIDE), min(sentence[1], end + _WIDE)
    own = text[slice(*sentence)]
    for holds, pattern in _FOUND:
        for found in pattern.finditer(own):
            span = _scope(own, found)
            around = own[slice(*_around(found))]
            within = span[0] <= start - sentence[0] and end - sentence[0] <= span[1]
            if within and not (holds and DENIED.search(around)):
                yield Told(found["name"].strip(), holds, sentence[0] + found.start("name"))


def _around(found: re.Match[str]) -> Span:
    """The words that tell."""
    if "rest" in found.re.groupindex:
        return found.start(), found.start("rest")
    return found.end("before"), found.end()


def _scope(text: str, found: re.Match[str]) -> Span:
    """What the words that tell are about: the clauses next to them."""
    if "rest" in found.re.groupindex:
        start, end = found.span("rest")
        turn = _TURN.search(text, start, end)
        return start, turn.start() if turn else end
    start, end = found.span("before")
    turns = [turn.end() for turn in _TURN.finditer(text, start, end)]
    return (turns[-1] if turns else start), end


_OF = re.compile(
    r"(?:porte-parole|spokes\w+|avocate?s?|conseill\w+|proches?|entourage|équipe|cabinet|camp|parti|ministère|fils"
    r"|fille|épou\w+|frère|sœur|office|lawyers?|aides?|team)\s+(?:de|du|des|of)\b|\b(?:porte-parole|avocate?|proche"
    r"|entourage|cabinet|camp|parti)\s+d['’]",
    re.IGNORECASE,
)
"""« Le porte-parole de M. Dupont » is not M. Dupont."""
_TRAILING = re.compile(rf"\s+(?:{_WRONG}|qui|who)\b.*", re.IGNORECASE | re.DOTALL)
_OFFICE = re.compile(
    rf"\b(?!général|colonel|capitaine|amiral){ROLE}\s+(?:de\s+|du\s+|des\s+|d['’]|of\s+)(?:la\s+|l['’]|the\s+)?[\w’-]+",
    re.IGNORECASE,
)
"""« La maire de Paris » is named Paris no more than the minister is by what is theirs."""
_WOMAN = re.compile(r"\b(?:Mmes?|Mlles?|Madame|Mrs|Ms)\b")
_MAN = re.compile(r"\b(?:MM?\.|Monsieur|Mr\b)")


def is_same_person(one: str, other: str) -> bool | None:
    """Whether two names are those of one speaker; ``None`` where they do not tell.

    « M. Dupont » is Jean Dupont, and not M. Martin; whether he is the minister, the names do not tell.
    """
    names = [_TRAILING.sub("", name.strip()) for name in (one, other)]
    if any(_OF.search(name) for name in names):
        return True if fold(names[0]) == fold(names[1]) else None
    known = [_proper(name) for name in names]
    if not all(known):
        roles = [_roles(name) for name in names]
        return True if roles[0] and roles[0] == roles[1] and not any(known) else None
    if not all(_LABEL.fullmatch(name) for name in names):
        return None
    if known[0][-1] == known[1][-1]:
        if are_apart(*names):
            return None
        given = [{word[:1] for word in words[:-1]} for words in known]
        return not all(given) or bool(given[0] & given[1])
    return False if all(map(_is_sure, names)) and not set(known[0]) & set(known[1]) else None


def are_apart(one: str, other: str) -> bool:
    """Whether one name is a woman's, and the other a man's."""
    return any(_WOMAN.search(a) and _MAN.search(b) for a, b in ((one, other), (other, one)))


@lru_cache(4096)  # of each name in many questions
def own_name(name: str) -> tuple[str, ...]:
    """The words that are a speaker's own, folded; of one who has no name, those of what they are."""
    return tuple(_proper(name) or _roles(re.sub(TITLE, " ", name)))


def own_words(name: str) -> list[str]:
    """The words that are a person's own in a name with a title or an office, folded; else none."""
    return _proper(name) if _SURE.search(name) and _LABEL.fullmatch(name) else []


def _is_sure(name: str) -> bool:
    """Whether a name is certainly a person's: « Paris affirme que » may hand on what its mayor says."""
    return _SURE.search(name) is not None or len(_proper(name)) > 1


def _proper(name: str) -> list[str]:
    """The words of a name that are a person's own, folded."""
    words = re.findall(r"[^\W\d_][\w-]*", _SURE.sub(" ", _OFFICE.sub(" ", name)))
    return [fold(word) for word in words if word[0].isupper() and not is_stopword(fold(word))]


def _roles(name: str) -> list[str]:
    return [
        word for word in re.findall(r"[^\W\d_][\w-]*", fold(name)) if not is_stopword(word) and len(word) > 1
    ]

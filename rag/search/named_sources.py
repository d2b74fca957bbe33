"""Which sources a name means, and whom a question is put to."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

from rag.catalogue import date
from rag.text import LANGUAGES, PRONOUN, SAYS, fold, terms
from rag.types import SourceInfo

_THINKS = (
    rf"(?:{SAYS}|pens\w+|croi(?:t|ent|re)|estim\w+|considèr\w+|jug(?:e|ent|er)|crain\w+|reproch\w+"
    r"|critiqu(?:e|ent|er)|répond\w*|veu(?:t|lent)|souhaite\w*|propose\w*|demande\w*|attend\w*|voi(?:t|ent)"
    r"|say|state|claim|write|declare|announce|assert|argue|admit|promise|think\w*|believ\w+|consider\w*"
    r"|fears?|critici[sz]\w+|wants?|expects?|propos\w+|calls?|sees?|mentions?)"
)
_DETERMINED = r"(?:l[ea]s?\s+|l['’]|ce(?:tte)?\s+|the\s+|this\s+)"
_ASKED_OF = (
    re.compile(
        r"\b(?:selon|d['’]après|according to|in the (?:words|view|eyes|opinion) of|aux yeux d(?:e|u|es)"
        r"|du point de vue d(?:e|u|es)|in)\s+"
        r"(?P<name>[^,;:?.!]{2,60}?)(?=\s+(?:et|and)\s|[,;:?.!]|$)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?<![\w’'])(?P<name>{_DETERMINED}[\w-]+(?:\s+(?:d(?:e|u|es)\s+|of\s+)?[\w-]+)?)\s+"
        rf"(?:ne\s+|n['’])?{_THINKS}(?![\w’'])",
        re.IGNORECASE,
    ),
    re.compile(rf"\b{_THINKS}\s+(?P<name>{_DETERMINED}[\w-]+)", re.IGNORECASE),
)
_KIND = (
    r"(?P<name>d[ée]claration|commentaire|commentary|communiqu[ée]|rapport|report|tribune|[ée]ditorial|lettre|letter"
    r"|discours|speech|motion|article|loi|law|d[ée]lib[ée]ration|r[ée]solution|tract|leaflet|statement|arr[êe]t[ée]"
    r"|d[ée]cret|decree|manifeste|manifesto|p[ée]tition|billet|entretien|interview)(?![\w-])"
)
_DOCUMENT = (
    re.compile(rf"\b(?:dans|in|auteure?s? d[eu]|authors? of)\s+(?:{_DETERMINED})?{_KIND}", re.IGNORECASE),
    re.compile(rf"\b(?:does|do|did|is|are|has|would|will)\s+{_DETERMINED}{_KIND}", re.IGNORECASE),
    re.compile(
        rf"{_DETERMINED}{_KIND}\s+(?:ne\s+|n['’]|en\s+|y\s+)*\w+-(?:t-)?(?:il|elle)s?\b", re.IGNORECASE
    ),
)
"""A sort of document where something stands, or that does what is asked about."""
_TRANSLATED = (
    "commentary commentaire, statement déclaration, report rapport, letter lettre, speech discours, law loi, "
    "leaflet tract, decree décret, interview entretien, petition pétition, manifesto manifeste, "
    "editorial éditorial, critics critique"
)
_OTHER_LANGUAGE = {
    one: other for pair in _TRANSLATED.split(", ") for one, other in (pair.split(), pair.split()[::-1])
}


def names_asked(question: str) -> tuple[str, ...]:
    """By what names a question is put to sources or sides, as far as its words tell.

    « Que dit le commentaire de… ? », « selon la Coalition », « dans la déclaration », « what does the
    declaration expect »: whatever says or thinks something, and a sort of document where something stands or
    that does something.
    """
    names = [m["name"] for pattern in (*_ASKED_OF, *_DOCUMENT) for m in pattern.finditer(question)]
    bare = [re.sub(rf"^{_DETERMINED}", "", name, flags=re.IGNORECASE) for name in names]
    names += [other for name in bare if (other := _OTHER_LANGUAGE.get(name.lower()))]
    return tuple(name for name in names if not PRONOUN.fullmatch(name))


def sources_asked(names: Sequence[str], infos: Sequence[SourceInfo]) -> frozenset[int]:
    """Numbers of the sources that some names mean; none where they mean all, which tells nothing."""
    found = frozenset[int]().union(*(sources_named(name, infos) for name in names))
    return found if len(found) < len(infos) else frozenset()


def sources_named(name: str, infos: Sequence[SourceInfo]) -> frozenset[int]:
    """Numbers of the sources that a name means; none when no source has such a name.

    A name may be an id, a title or a side, or some of their words: « la Déclaration », « le commentaire »,
    « la Coalition ». Words that all sources share, and words that none has, tell nothing.
    """
    whole = fold(name).strip()
    same = {
        number
        for number, info in enumerate(infos)
        if whole in {fold(text) for text in (info.id, info.title, info.side or "") if text}
    }
    if same:
        return frozenset(same)
    words = _name_words(name)
    owned = [_words_of(info) for info in infos]
    spread = Counter(word for own in owned for word in own)
    worth = {word: math.log(1 + len(infos) / spread[word]) for word in words if spread[word]}
    if not words or 2 * len(worth) < len(words):
        return frozenset()
    scores = [sum(worth.get(word, 0.0) for word in own) for own in owned]
    best = max(scores)
    everywhere = sum(worth[word] for word in worth if spread[word] == len(infos) > 1)
    if best <= everywhere:
        return frozenset()
    return frozenset(number for number, score in enumerate(scores) if score >= best - 1e-9)


def _words_of(info: SourceInfo) -> frozenset[str]:
    """All that a source may be called by."""
    spoken = " ".join(date(info.date, lang) for lang in ("fr", "en"))
    named = re.sub(r"[_\W]+", " ", f"{info.id} {info.kind}")
    return _name_words(f"{named} {info.title} {info.side or ''} {spoken}")


def _name_words(text: str) -> frozenset[str]:
    return frozenset(
        term for lang in LANGUAGES for term in terms(text, lang) if lang == "fr" or len(term) > 3
    )

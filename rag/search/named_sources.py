"""Which sources a name means: an id, a title, a side, or some of their words."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from rag.catalogue import date
from rag.text import LANGUAGES, content_words, fold, is_spelt, persons_in, terms
from rag.types import SourceInfo, Voice

_SIGNED = re.compile(
    r"\b(?:de(?= l['’]| la )|du|des|d['’]|of|by|from)\s*(?P<name>[^,;:–—«“(]{3,60})", re.IGNORECASE
)
OPENING = 2
"""A title is called by so many of its first words that mean something."""
SPELT_MIN = 6
"""Shorter words are not taken for others."""
_folded = lru_cache(1 << 15)(fold)
"""Names of sources are looked at in every question."""
_ARTICLE = re.compile(r"^(?:(?:l[ea]s?|the|ce|cette|this)\s+|l['’])(?=\w)", re.IGNORECASE)


def sources_named(name: str, infos: Sequence[SourceInfo]) -> frozenset[int]:
    """Numbers of the sources that a name means; none when no source has such a name.

    A name may be an id, a title or a side, or some of their words: « la Déclaration », « le commentaire »,
    « la Coalition ». Words that all sources share, and words that none has, tell nothing.
    """
    name = _ARTICLE.sub("", name.strip())
    whole = fold(name)
    same = {
        number
        for number, info in enumerate(infos)
        if whole in {_folded(text) for text in (info.id, info.title, info.side or "") if text}
    }
    if same:
        return frozenset(same)
    called = {(info.id, info.side): _words_of(info) for info in {(i.id, i.side): i for i in infos}.values()}
    owned = [called[info.id, info.side] for info in infos]
    spread = Counter(word for own in owned for word in own)
    words = {_as_spelt(word, spread) for word in _name_words(name)}
    worth = {word: math.log(1 + len(infos) / spread[word]) for word in words if spread[word]}
    if not words or 2 * len(worth) < len(words):
        return frozenset()
    scores = [sum(worth.get(word, 0.0) for word in own) for own in owned]
    best = max(scores)
    everywhere = sum(worth[word] for word in worth if spread[word] == len(infos) > 1)
    if best <= everywhere:
        return frozenset()
    return frozenset(number for number, score in enumerate(scores) if score >= best - 1e-9)


_OF = "de "
"""Before a name it begins no sentence, and its capital tells that it is one."""


def speakers_named(name: str, voices: Sequence[SourceInfo]) -> frozenset[int]:
    """Numbers of the voices of a speaker who goes by a name: « M. Costa » is Jean Costa, and COSTA."""
    spoken = {
        n: voice.speaker for n, voice in enumerate(voices) if isinstance(voice, Voice) and voice.speaker
    }
    name = _ARTICLE.sub("", name.strip())
    name = name if any(map(str.isupper, name)) else name.title()
    mentions = persons_in(f"{_OF}{name}", list(spoken.values()))
    whole = (meant for span, meant in mentions if span == (len(_OF), len(_OF) + len(name)))
    numbers = list(spoken)
    return frozenset(numbers[at] for at in next(whole, frozenset()))


def is_called(info: SourceInfo, name: str) -> bool:
    """Whether a source is called by every word of a name: its side, its id or the first words of its title.

    The others of a title may name whom it is written to.
    """
    opening = " ".join(content_words(info.title)[:OPENING])
    bare = _ARTICLE.sub("", name.strip())
    for own in map(_name_words, (info.side or "", re.sub(r"[_\W]+", " ", f"{info.id} {info.kind}"), opening)):
        read = [{_as_spelt(word, own) for word in terms(bare, lang)} for lang in LANGUAGES]
        if any(words and words <= own for words in read):
            return True
    return False


def signed(info: SourceInfo) -> str:
    """By whom a document is, as its title says: « l’Union des salariés » of a letter of theirs; or empty."""
    if isinstance(info, Voice) and info.speaker:
        return info.speaker
    found = _SIGNED.search(info.title)
    return found["name"].strip() if found else ""


def _as_spelt(word: str, known: Iterable[str]) -> str:
    """A word as it is spelt among those known: « oposition », “government” for « gouvernement »."""
    if word in known or len(word) < SPELT_MIN:
        return word
    return next((other for other in known if len(other) >= SPELT_MIN and is_spelt(word, other)), word)


def _words_of(info: SourceInfo) -> frozenset[str]:
    """All that a source may be called by."""
    spoken = " ".join(date(info.date, lang) for lang in ("fr", "en"))
    named = re.sub(r"[_\W]+", " ", f"{info.id} {info.kind}")
    return _name_words(f"{named} {info.title} {info.side or ''} {spoken}")


@lru_cache(1 << 14)
def _name_words(text: str) -> frozenset[str]:
    return frozenset(
        term for lang in LANGUAGES for term in terms(text, lang) if lang == "fr" or len(term) > 3
    )

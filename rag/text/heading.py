"""A short phrase of a sentence's own words to stand over it as a heading: a noun phrase, or a clause. Pure.

A heading is no quote: marks of emphasis and what numbers a sentence are left out, it begins with a capital,
and where it is cut short an ellipsis says so. It is never a lone word.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence

from rag.text.analyzer import content_words, terms
from rag.text.clauses import plain
from rag.text.tags import Token, tokenise
from rag.text.verbs import verb_of
from rag.types import Language, Span

HEADING_MOST = 72
"""Longest heading, in characters, without its ellipsis."""
HEADING_LEAST = 24
"""A clause that is cut short keeps at least so many."""
WORDS_LEAST = 2
"""Words that mean something in a heading, at least."""

_LEAD = re.compile(
    r"(?:(?:Mais|Et|Or|Ainsi|Enfin|Bref|Certes|De plus|En outre|En effet|En revanche|Par ailleurs|Cependant"
    r"|Toutefois|Pourtant|Surtout|D['’]abord|Au contraire|But|And|So|Yet|However|Moreover|Furthermore"
    r"|In addition|In fact|Indeed|Finally|First|Also|Instead|Therefore)\b,? )+(?=\S)"
)
"""What ties a sentence to the one before, and says nothing itself."""
_BOUNDARY = re.compile(
    r"\s*[,;:(–—](?=\s|$)|\s(?=(?:qui|dont|où|mais|car|parce qu|puisqu|afin d|alors qu|tandis qu|et|ou|who"
    r"|which|because|but|whereas|while|and|or|so that)\b)"
)
_LIMITS = re.compile(
    r"[\s,;:(–—]*(?:si|s['’]il|sauf|sinon|hormis|excepté|à moins|à condition|tant que|pourvu|lorsqu|quand"
    r"|seulement|que|qu['’]|if|unless|except|provided|only|when|until|than)\b",
    re.IGNORECASE,
)
"""What limits the words before: a heading that ends in front of it would say too much."""
_DEFINITE = frozenset("le la les l' the".split())
_LINKS = frozenset("de du des d' of pour for sur on contre against".split())
_NOUNS = "wLGOCKb"
_FURTHER = {"fr": "KC", "en": "wKGLC"}
_NO_END = "depPRtQfvVaJ&n"
"""No heading is cut short after a word of one of these tags, nor after a number that counts something."""
_INFINITIVE = re.compile(r"\w{2,}(?:er|ir|re)")


def heading_of(sentence: str, lang: Language, others: Sequence[str] = (), taken: Container[str] = ()) -> str:
    """A phrase of a sentence's own words: what it speaks of, else what it says, cut short where it is long.

    Args:
        sentence: as it stands.
        lang: its language.
        others: sentences on the same; what these speak of too goes before.
        taken: headings that are in use already.
    """
    text = plain(sentence).strip(' \u00a0.;:,«»“”"')
    phrase = _shared(text, lang, others, taken) if others else None
    return phrase or _capital(_clause(_LEAD.sub("", text)))


def _shared(text: str, lang: Language, others: Sequence[str], taken: Container[str]) -> str | None:
    """The noun phrase of a text that others have most words of; ``None`` where there is none."""
    known = {stem for other in others for stem in terms(other, lang)}
    found: list[tuple[int, int, str]] = []
    for start, end in noun_phrases(text, lang):
        phrase = _capital(text[start:end])
        common = len(known & set(terms(phrase, lang)))
        if common and phrase not in taken:
            found.append((-common, start, phrase))
    return min(found)[2] if found else None


def noun_phrases(text: str, lang: Language) -> Iterator[Span]:
    """Noun phrases of two or more words that mean something, with a definite article, as slices in order.

    « Le coût pour les petites entreprises », “the price of the toll bridge”.
    """
    tokens = tokenise(text)
    for at, token in enumerate(tokens):
        if token.word in _DEFINITE and (at == 0 or tokens[at - 1].tag not in "de"):
            end = _whole(text, tokens, at, lang)
            span = (token.start, tokens[end - 1].end)
            if end and span[1] - span[0] <= HEADING_MOST and _says_enough(text[slice(*span)]):
                yield span


def _whole(text: str, tokens: Sequence[Token], at: int, lang: Language) -> int:
    """Where the noun phrase ends whose article stands at a token, with its complements; 0 for none."""
    end = _core(text, tokens, at + 1, lang)
    while end and end < len(tokens) and _links(tokens, end):
        inner = end + 1
        has_article = inner < len(tokens) and tokens[inner].word in _DEFINITE
        further = _core(text, tokens, inner + has_article, lang)
        is_verb = further and not has_article and _INFINITIVE.fullmatch(tokens[inner].word)
        if not further or (is_verb and lang == "fr" and tokens[end].word != "du"):
            return 0 if tokens[end].tag == "e" else end
        end = further
    return end if end and not _goes_on(text, tokens, end, lang) else 0


def _core(text: str, tokens: Sequence[Token], at: int, lang: Language) -> int:
    """Where adjectives in front, a noun and what belongs to it end; 0 where no noun is there."""
    while at < len(tokens) and tokens[at].tag == "J":
        at += 1
    if at >= len(tokens) or tokens[at].tag not in _NOUNS or len(tokens[at].word) < 3:
        return 0
    at += 1
    while at < len(tokens) and tokens[at].tag in _FURTHER[lang] and not _is_verb(text, tokens[at]):
        at += 1
    if lang == "fr" and at + 1 < len(tokens) and tokens[at].tag == "w" and _is_verb(text, tokens[at + 1]):
        at += 1  # « la zone réservée ouvrira »
    return at


def _links(tokens: Sequence[Token], at: int) -> bool:
    """Whether a token ties a complement to a noun: « de », « pour »; « à » of « la zone à trafic limité »."""
    if tokens[at].word == "a" and tokens[at].tag == "p":
        return at + 1 < len(tokens) and tokens[at + 1].tag == "w"
    return tokens[at].word in _LINKS


def _goes_on(text: str, tokens: Sequence[Token], at: int, lang: Language) -> bool:
    """Whether the words at a token belong to the noun phrase before them."""
    if at >= len(tokens) or _is_verb(text, tokens[at]):
        return False
    is_adjective = at > 1 and tokens[at - 1].tag == "K"  # « la loi relative à … »
    more = "KCSn'-·GO<&" if lang == "fr" else "wKCSn'-·GO<&"
    return tokens[at].tag in more or (is_adjective and tokens[at].tag in "pP")


def _is_verb(text: str, token: Token) -> bool:
    shape = text[token.start : token.end].lower()
    return verb_of(shape, "fr") is not None or verb_of(shape, "en") is not None


def _clause(text: str) -> str:
    """A sentence where it is short, else the longest beginning that can stand alone, with an ellipsis."""
    if len(text) <= HEADING_MOST:
        return text
    ends = [found.start() for found in _BOUNDARY.finditer(text) if found.start() <= HEADING_MOST]
    least = text.find(",") + 1 if tokenise(text)[0].tag in "pPRt" else 0  # more than when or where
    for end in reversed(ends):
        if end >= max(HEADING_LEAST, least) and _can_end(text, end) and _says_enough(text[:end]):
            return f"{text[:end].rstrip(' ,;:')}…"
    cut = [token.end for token in tokenise(text) if token.end <= HEADING_MOST and token.tag not in _NO_END]
    return f"{text[: cut[-1] if cut else HEADING_MOST].rstrip(' ,;:')}…"


def _can_end(text: str, end: int) -> bool:
    """Whether nothing that limits the words before follows, and no mark stays open."""
    before = text[:end]
    is_open = any(before.count(a) != before.count(b) for a, b in ("«»", "“”", "()"))
    return not is_open and not _LIMITS.match(text, end)


def _says_enough(text: str) -> bool:
    return len(content_words(text)) >= WORDS_LEAST


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

"""What a speech quotes: passages between quote marks, and whose words it says they are."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rag.lexical import LANGUAGES, fold, terms
from rag.segment import is_quotable, segment
from rag.types import SourceInfo, Span
from rag.words import date

_PAIRS = {"«": "»", "“": "”", "„": "“”", "‹": "›", '"': '"'}
_PARAGRAPH_END = re.compile(r"\n\s*\n|\Z")
_SENTENCE_BREAK = re.compile(r"[.!?…»”]\s|\n")
_DENIED = re.compile(r"\b(?:ne|not|never|cannot)\b|\bn['’]|n['’]t\b", re.IGNORECASE)
_PRONOUN = re.compile(
    r"(?:ils?|elles?|on|qui|nous|je|vous|cela|ce|it|he|she|they|we|who|that)", re.IGNORECASE
)
_OPENING = ' \u00a0\u202f«“„"‹'
REACH = 160
"""How far from a quote its attribution may stand, in characters."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A stretch of a speech that is to be checked.

    Attributes:
        start, end: its slice of the speech, without the quote marks.
        quoted: whether quote marks stand around it; otherwise it is a sentence of the speaker's.
        named: whose words the speech says they are; empty when it does not.
    """

    start: int
    end: int
    quoted: bool
    named: str


def claims(speech: str, sentences: bool = False) -> list[Claim]:
    """What a speech quotes, in order.

    Args:
        speech: any text.
        sentences: take its sentences outside quote marks as well.
    """
    quoted = quoted_spans(speech)
    found = [Claim(start, end, True, named_around(speech, start, end)) for start, end in quoted]
    if sentences:
        found += [
            Claim(start, end, False, "")
            for passage in segment(speech)
            for unit in passage.sentences
            for start, end in _outside(speech, (unit.start, unit.end), quoted)
        ]
    return sorted(found, key=lambda claim: claim.start)


def _outside(speech: str, unit: Span, quoted: Iterable[Span]) -> list[Span]:
    """A sentence that holds no quoted words; what holds some is the speaker's way of quoting them."""
    touched = any(start < unit[1] and unit[0] < end for start, end in quoted)
    return [] if touched or not is_quotable(speech, *unit) else [unit]


def quoted_spans(text: str) -> list[Span]:
    """The outermost quoted passages of a text, without their marks.

    Marks inside quotes may be of any shape. A quote that is not closed ends with its paragraph, or where
    another opens; a mark that closes nothing is passed over.
    """
    found: list[Span] = []
    for begin, end in _paragraphs(text):
        found += _quoted_in(text, begin, end)
    return [_bare(text, span) for span in found if is_quotable(text, *span)]


def _paragraphs(text: str) -> Iterable[Span]:
    begin = 0
    while begin < len(text):
        match = _PARAGRAPH_END.search(text, begin)
        assert match is not None  # the end of the text is one
        yield begin, match.start()
        begin = max(match.end(), begin + 1)


def _quoted_in(text: str, begin: int, end: int) -> list[Span]:
    closed: list[Span] = []
    stack: list[tuple[str, int]] = []
    for position in range(begin, end):
        mark = text[position]
        opened = next((n for n in range(len(stack) - 1, -1, -1) if mark in _PAIRS[stack[n][0]]), None)
        if opened is not None and not _opens(text, position, mark):
            closed.append((stack[opened][1], position))  # with it ends what was left open inside
            del stack[opened:]
        elif mark in _PAIRS:
            stack.append((mark, position + 1))
    outermost = [span for span in closed if not any(a < span[0] and span[1] < b for a, b in closed)]
    borders = [*(start for _, start in stack), *(start for start, _ in outermost), end + 1]
    unclosed = [(start, min(border for border in borders if border > start) - 1) for _, start in stack]
    return sorted([*outermost, *unclosed])


def _opens(text: str, position: int, mark: str) -> bool:
    """Whether a mark that may open or close opens: a word stands right after it, none before."""
    if mark not in '"“':
        return False
    before = text[position - 1] if position else " "
    after = text[position + 1 : position + 2]
    return (before.isspace() or before in "([’'«—–-") and after != "" and not after.isspace()


def _bare(text: str, span: Span) -> Span:
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


# --- whose words ----------------------------------------------------------------------------------

SAYS = (
    r"(?:dit|disent|disait|déclare\w*|affirm\w+|écri\w+|annonce\w*|précise\w*|prévoi\w+|soutien\w+|assure\w*"
    r"|promet\w*|stipule\w*|proclame\w*|indique\w*|reconnaît|reconnaissent|admet\w*|prétend\w*|rappelle\w*"
    r"|souligne\w*|parle\w*|évoque\w*|dénonce\w*|conclut|explique\w*|says?|said|states?|stated|claim\w*|writes?|wrote"
    r"|declares?|declared|announce\w*|assert\w*|argue\w*|admits?|admitted|promise\w*|speaks? of)"
)
"""Verbs that hand on what somebody says."""
_BEFORE = (
    re.compile(
        r"(?:\b(?:selon|d['’]après|suivant|according to|in the words of|comme l['’ea]?\s?(?:dit|écrit|affirme"
        r"|rappelle|indique|annonce)|as (?:stated|written|said) (?:in|by))|^pour)\s+"
        r"(?P<name>[^,:;«“\"]{2,90}?)\s*[,:]?\s*$",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?:^|[,;:]\s*)(?:mais |et |or |donc |as |but |and )?(?P<name>[^,:;«“\"]{2,90}?)\s+"
        rf"(?:nous |l['’]|le |a |ont |has |have )*{SAYS}\b[^«“\".!?]{{0,60}}$",
        re.IGNORECASE,
    ),
)
_AFTER = (
    re.compile(
        rf"^[\s»”\"’,]*(?:selon|d['’]après|according to|(?:comme |as )?(?:l['’]|le |a )?{SAYS})\s+"
        r"(?P<name>[^,.;:!?«“\"]{2,90}?)\s*(?:[,.;:!?»«“\"\n]|$)",
        re.IGNORECASE,
    ),
    re.compile(r"^[\s»”\"’]*\((?P<name>[^()]{2,90})\)"),
)


def named_around(text: str, start: int, end: int) -> str:
    """Whose words a slice of a speech is said to be, in the speech's words; empty when it is not said."""
    before = text[max(0, start - REACH) : start].rstrip(_OPENING)
    before = before[max((m.end() for m in _SENTENCE_BREAK.finditer(before)), default=0) :].strip()
    after = text[end : end + REACH]
    found = [*(p.search(before) for p in _BEFORE), *(p.search(after) for p in _AFTER)]
    name = next((match["name"].strip() for match in found if match and not _DENIED.search(match.group())), "")
    return "" if _PRONOUN.fullmatch(name) else name


def attributed_quote(text: str) -> tuple[Span, str] | None:
    """The quote in a text that is nothing but one quote and whose words it is, and that name."""
    spans = quoted_spans(text)
    if len(spans) != 1:
        return None
    start, end = spans[0]
    named = named_around(text, start, end)
    before, after = text[:start], text[end:]
    around = [*(p.match(before.rstrip(_OPENING)) for p in _BEFORE), *(p.match(after) for p in _AFTER)]
    bare = not is_quotable(before, 0, len(before)) or not is_quotable(after, 0, len(after))
    return ((start, end), named) if named and bare and any(around) else None


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


def sources_asked(question: str, infos: Sequence[SourceInfo]) -> frozenset[int]:
    """Numbers of the sources that a question is put to by name; none where it is put to all.

    « Que dit le commentaire de… ? », « selon la Coalition », « dans la déclaration », « what does the
    declaration expect »: a source is meant by whatever it may be called where something is said or thought,
    or by a sort of document that its title has where something stands in one or is done by one. A name that
    all sources have, or none, tells nothing.
    """
    names = [m["name"] for pattern in (*_ASKED_OF, *_DOCUMENT) for m in pattern.finditer(question)]
    bare = [re.sub(rf"^{_DETERMINED}", "", name, flags=re.IGNORECASE) for name in names]
    names += [other for name in bare if (other := _OTHER_LANGUAGE.get(name.lower()))]
    meant = [sources_named(name, infos) for name in names if not _PRONOUN.fullmatch(name)]
    found = frozenset[int]().union(*meant)
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

"""The subject, the verb and the rest of a plain sentence, where rules tell them for certain. Pure.

For making questions of sentences (rag/text/asking.py). What does not begin with a subject of a known shape,
followed by a verb of the tables (rag/text/verbs.py), has no clause: none is better than a wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rag.text.numerals import numbers_in
from rag.text.tags import Token, tokenise
from rag.text.verbs import Verb, verb_of
from rag.types import Language

Gender = Literal["m", "f"]

_HEADS = frozenset("wKGLTOCSksAz%b")
"""Tags of words that a noun may have: rag/text/tags.py."""
_FRENCH_LINKS = frozenset("de d' du des a au aux en sur dans contre sans par".split())
_ENGLISH_LINKS = frozenset("of for in on at".split())
"""Words that go on with a subject."""
_POINTING = frozenset(
    "its his her their my our your notre nos votre vos mon ma mes son sa ses leur leurs ce cet cette "
    "ces this that these those".split()
)
"""Determiners that point to what a question alone would not have: whose, which."""
_LEAD = {
    "fr": re.compile(
        r"(?P<lead>(?:En|Depuis|Dès|Au|À la|Avant|Après|Dans|Chaque|Lors d[eu’'])\s?[^,;:.]{1,30}"
        r"|Le \d{1,2}(?:er)? \w+(?: \d{4})?|L['’]an (?:dernier|passé|prochain)|L['’]année dernière"
        r"|Cette année|Aujourd['’]hui), "
    ),
    "en": re.compile(
        r"(?P<lead>(?:In|Since|Between|From|After|Before|During|At|On|Under|By)\s[^,;:.]{1,30}"
        r"|(?:Last|This|Next|Each|Every) (?:year|month|week|winter|summer|spring|autumn|night)|Today), "
    ),
}
"""When and where, before the subject; not « Pour elle, »."""
_EMPHASIS = re.compile(r"\*+|(?<!\w)_+|_+(?!\w)")
_HEADED = re.compile(r"^(?:\*\*[^*]{1,80}[.:?]\*\*|\*\*?\d+\.[^*]*\*\*|\d+[.)]|[-–—•])\s+")
_STOP = re.compile(r"[;:(«»“”\"–—?…]|\.(?=\s)|[.!]\s*$")
"""What follows one of these is not needed for a question; what a sentence has before must be whole."""
_CLITIC = re.compile(r"(?:ne|n['’]|se|s['’]|y|en|lui|leur|l['’])", re.IGNORECASE)
_MASCULINE = frozenset("le un m. m monsieur".split())
_FEMININE = frozenset("la une mme mme. mlle madame".split())
_PLURAL = frozenset("les des mm. mmes".split())


@dataclass(frozen=True, slots=True)
class Subject:
    """What a sentence is about, by its words, as inside a sentence.

    Attributes:
        gender: of a French one; ``None`` where it does not tell.
        head: its noun; the last of an English one.
        named: whether it is a person's or other's name, or an office such as « le préfet ».
    """

    text: str
    plural: bool
    gender: Gender | None
    head: str
    named: bool


@dataclass(frozen=True, slots=True)
class Clause:
    """A plain sentence.

    Attributes:
        lead: when or where, before the subject, with its comma; mostly empty.
        before: the little words between subject and verb, with what separates them from it: « ne ».
        verb: as it stands.
        rest: what follows, up to the first mark that a question can end at; never with such a mark.
        after: what follows that.
    """

    lead: str
    subject: Subject
    before: str
    verb: str
    form: Verb
    rest: str
    after: str


def plain(sentence: str) -> str:
    """A sentence without marks of emphasis and what numbers or heads it."""
    return " ".join(_EMPHASIS.sub("", _HEADED.sub("", sentence.strip())).split())


def clause_in(sentence: str, lang: Language, counted: bool = False) -> Clause | None:
    """The clause that a sentence begins with; ``None`` where it has none of a known shape.

    Args:
        counted: take one whose subject begins with a number instead, « 140 places seront peintes »; the
            number is left out of the subject.
    """
    text = plain(sentence)
    found = _LEAD[lang].match(text)
    lead, body = (found["lead"] + ", ", text[found.end() :]) if found else ("", text)
    stop = _STOP.search(body)
    after = body[stop.start() :] if stop else ""
    body = body[: stop.start()] if stop else body
    begin = _past_number(body) if counted else 0
    tokens = tokenise(body, begin)
    if not tokens or (counted and (not begin or tokens[0].tag not in _HEADS | {"u", "J"})):
        return None
    end = _phrase_end(tokens, 1 if counted else _start_end(tokens, lang), body, lang)
    if not end or end >= len(tokens) or any(token.word in _POINTING for token in tokens[:end]):
        return None
    verb = end
    while lang == "fr" and verb < len(tokens) - 1 and _CLITIC.fullmatch(_shape(body, tokens[verb])):
        verb += 1
    form = verb_of(_shape(body, tokens[verb]).lower(), lang)
    subject = _subject_of(body, tokens[:end], lang, form, counted)
    if form is None or form.plural not in (None, subject.plural) or subject.head.endswith(("self", "selves")):
        return None
    a, b = tokens[verb].start, tokens[verb].end
    if body[b : b + 1] == "-":
        return None
    before = body[tokens[end].start : a]
    return Clause(lead, subject, before, body[a:b], form, body[b:].strip(), after)


_ABOUT = re.compile(
    r"(?:(?:environ|près de|plus de|quelque|au moins|some|about|nearly|almost|around|more than|over"
    r"|at least) )?",
    re.IGNORECASE,
)


def _past_number(text: str) -> int:
    """Where the words begin that the number counts with which a text opens; 0 where it opens with none."""
    about = _ABOUT.match(text)
    at = about.end() if about else 0
    for start, end, value in numbers_in(text):
        if start == at and value.replace(".", "").isdigit():
            of = re.compile(r"\s+(?:d[e']\s?|d’)?").match(text, end)
            return of.end() if of else 0
    return 0


def _start_end(tokens: Sequence[Token], lang: Language) -> int:
    """Where the name, or the determiner and the noun, end with which a sentence begins; 0 for neither."""
    return _name(tokens) or _core(tokens, lang)


def _phrase_end(tokens: Sequence[Token], end: int, text: str, lang: Language) -> int:
    """Where the subject ends that has begun: before the verb; 0 where something else comes first.

    « Le colonel Hullin », « la taxe sur les sucres »; “the governors of the school”.
    """
    links = _FRENCH_LINKS if lang == "fr" else _ENGLISH_LINKS
    further = "KC" if lang == "fr" else "wKGLTC"
    while end and end < len(tokens) and not _verb_at(tokens, end, text, lang):
        token = tokens[end]
        if token.tag in further and not (token.tag == "w" and tokens[end - 1].tag == "C"):
            end += 1
        elif token.word in links:
            inner = end + 1
            inner += inner < len(tokens) and tokens[inner].tag == "d"
            end = inner + 1 if inner < len(tokens) and tokens[inner].tag in _HEADS else 0
        else:
            end = 0
    return end


def _core(tokens: Sequence[Token], lang: Language) -> int:
    """A determiner, an adjective that stands in front, a noun."""
    if not tokens or (tokens[0].tag != "d" and tokens[0].word != "des") or tokens[0].word in _POINTING:
        return 0
    end = 1
    while end < len(tokens) and tokens[end].tag in ("J" if lang == "fr" else "JO"):
        end += 1
    if end < len(tokens) and tokens[end].tag in _HEADS:
        return end + 1
    return end if lang == "en" and end > 1 else 0


def _name(tokens: Sequence[Token]) -> int:
    """A title and names, or two names; a single capital at the beginning tells too little."""
    end = 0
    while end < min(len(tokens), 5) and tokens[end].tag in ("TCSIx" if end == 0 else "CSIx"):
        end += 1
    tags = [token.tag for token in tokens[:end]]
    return end if len(tags) >= 2 and tags[-1] in "CS" and tags[0] in "TSC" else 0


def _verb_at(tokens: Sequence[Token], at: int, text: str, lang: Language) -> bool:
    """Whether a verb stands at a token, after the little words that may precede one."""
    while lang == "fr" and at < len(tokens) - 1 and _CLITIC.fullmatch(_shape(text, tokens[at])):
        at += 1
    shape = _shape(text, tokens[at]).lower()
    if verb_of(shape, lang) is None:
        return False
    if lang == "fr" or at + 1 >= len(tokens):
        return True
    following = _shape(text, tokens[at + 1]).lower()
    return verb_of(following, lang) is None or tokens[at].tag == "v"  # “the council plans were rejected”


def _subject_of(
    text: str, tokens: Sequence[Token], lang: Language, form: Verb | None, counted: bool
) -> Subject:
    first = tokens[0]
    shape = _shape(text, first)
    words = text[first.start : tokens[-1].end]
    named = not counted and (first.tag in "TSC" or (len(tokens) > 1 and tokens[1].tag == "T"))
    if first.tag in "de" or (first.tag == "T" and first.word not in _TITLES):
        words = shape.lower() + text[first.end : tokens[-1].end]
    noun = _shape(text, _head(tokens, lang, first.tag in "TSC")).lower()
    low = shape.lower()
    if lang == "fr":
        plural = counted or low in _PLURAL
        gender: Gender | None = "m" if low in _MASCULINE else "f" if low in _FEMININE else None
        return Subject(words, plural, gender, noun, named)
    plural = counted or (not named and low not in {"a", "an"} and is_plural(noun))
    if form and form.plural is not None and noun in _EITHER:
        plural = form.plural
    return Subject(words, plural, None, noun, named)


_TITLES = frozenset("m. mme mm. mmes mlle mr mrs ms dr lord sir me".split())
_EITHER = frozenset("council government committee party company union trust board team group club".split())
"""English nouns whose verb is of either number."""


def _head(tokens: Sequence[Token], lang: Language, is_name: bool) -> Token:
    end = next((n for n, token in enumerate(tokens) if n and token.tag in "epP"), len(tokens))
    inner = [token for token in tokens[:end] if token.tag not in "deJ"] or [tokens[0]]
    return inner[0] if lang == "fr" and not is_name else inner[-1]


def is_plural(noun: str) -> bool:
    """Whether an English noun in lower case is of the plural."""
    if noun in {"people", "children", "women", "men", "police", "cattle", "sheep"}:
        return True
    return noun.endswith("s") and not noun.endswith(("ss", "us", "is")) and noun not in {"news", "gas", "bus"}


def _shape(text: str, token: Token) -> str:
    return text[token.start : token.end]

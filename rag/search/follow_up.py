"""A question that follows others of a conversation, put in full.

What it names takes the place of its counterpart: « Que dit l’opposition de la prime ? », « Et le
gouvernement ? » is « Que dit le gouvernement de la prime ? ». What it leaves out is kept. Rules of French and
English over the tags of rag/text/tags.py; which reading is meant is for the ranker to tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.search.addressed import mentions_in, sides_in
from rag.search.named_sources import sources_named, speakers_named
from rag.search.phrasing import flat
from rag.search.request import bare_of, commands
from rag.text import FRENCH, facts_in, fold, language_of, terms, tokenise, words_in
from rag.types import SourceInfo, Span

_OPENED = re.compile(
    r"(?:(?:ok|d['’]accord|bien|oui|non|yes|no)\b[\s,]*)?"
    r"(?P<by>et|and|mais|but|ou|or|alors|so|quid d(?:e|u|es)|qu['’]en est-il d(?:e|u|es)|what about"
    r"|how about)\b[\s,]*",
    re.IGNORECASE,
)
"""What opens a question that leans on the one before."""
_TIMES = frozenset("soir matin nuit midi journee week-end weekend morning evening night afternoon".split())
"""Nouns that say when."""
_ASKING = re.compile(
    r"\b(?:qui|que|quoi|quel\w*|quand|où|comment|pourquoi|combien|lesquel\w+|laquelle|lequel"
    r"|who\w*|what|which|when|where|why|how)\b|\bqu['’]",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"\s*,\s*(?:qu['’]en (?:\w+-(?:t-)?(?:il|elle|on)s?)|que \w+-(?:t-)?(?:il|elle|on)s?|(?:ils?"
    r"|elles?) \w+ quoi"
    r"|(?:what|how) do(?:es)? (?:they|he|she|it) \w+(?: (?:of|about) it)?)\s*$",
    re.IGNORECASE,
)
"""« Et la mairie, qu’en dit-elle ? »: no more than the name."""
_BY = re.compile(
    r"(?:(?:du|sur le) c[ôo]té (?:d(?:e|u|es)\s+|de l['’])|(?:pour|chez|selon|d['’]après|suivant"
    r"|according to|for|with)\s+)",
    re.IGNORECASE,
)
"""With these a name is said to be asked."""
_SAID_BY = ("selon", "d'", "d’", "suivant", "according", "du c", "sur le c")
_ANAPHORA = frozenset(
    "il elle ils elles eux lui leur leurs celui celle ceux celles cela ca ce cette ces y en la-bas "
    "it they them he she him her his its their this that these those there one ones".split()
)
_PERSONAL = frozenset(
    "il elle ils elles eux lui leur leurs ca it they them he she him her his hers its their theirs".split()
)
"""Those of the words above that mean nothing without what was said before."""
_INVERTED = re.compile(r"(?P<before>.*?)(?P<verb>[^\W\d_]+)-(?:t-)?(?:ils?|elles?)\b", re.IGNORECASE)
_DETERMINER = re.compile(
    r"\b(?:le|la|les|l|des|du|un|une|ce|cet|cette|ces|mon|ton|son|sa|ses|leurs?|nos|notre|vos|votre"
    r"|chaque|tous)\b",
    re.IGNORECASE,
)
_CAPITALISED = re.compile(r"\b[A-ZÀ-ÖØ-Þ][^\W\d_]+")
_NOBODYS = frozenset(
    "disent dit parle parlent mentionnent évoquent expliquent pensent faut faudra faudrait fallait "
    "convient suffit "
    "vaut existe reste agit".split()
)
"""« Que disent-ils des taxis ? »: the sources do; « Faut-il… ? »: nobody does."""
FULL = 4
"""So many words that mean something make a question full in itself, though it begins with « et »."""
_IMPERSONAL = re.compile(
    r"\by a-t-il\b|\bil (?:y a\w*|y aura\w*|fau\w+|s['’]agi\w+|convient|suffit|vaut mieux|est (?:vrai"
    r"|possible|prévu))"
    r"|\b(?:is|was) it (?:true|possible|right|necessary)|\bit is (?:true|possible|right|necessary)",
    re.IGNORECASE,
)
_FURTHER = re.compile(
    r"\b(?:d['’]autres?|quoi d['’]autre|autres?|else|other|others|besides|en dehors|outre)\b", re.IGNORECASE
)
_CONTRARY = re.compile(
    r"\b(?:contraire|conteste\w*|réfute\w*|pas d['’]accord|en face|redire|qui (?:en )?doute\w*|doubts?"
    r"|objecte\w*"
    r"|disagree\w*|disputes?|(?:says?|said|thinks?) otherwise|(?:say|said|objections?) against"
    r"|dit(?:-on)? contre"
    r"|contre (?:ça|cela|lui|elle|eux)|sont contre|(?:lui|leur) répond\w*|répond-on|les autres,? (?:qu"
    r"|que|ils|en)"
    r"|the others (?:think|say))(?!\w)",
    re.IGNORECASE,
)


_WHY = re.compile(r"(?:mais )?(?:pourquoi|pour quelles? raisons?|why|for what reasons?)\W*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question beside the one that it follows.

    Attributes:
        asked: as it is.
        previous: the question before it, in full.
        anchor: the last question before it that is full in itself; the one before, or what that leans on.
        rewritten: itself in full.
        named: what it names, where that is all that it says; empty otherwise.
        replaced: whether something named takes the place of its counterpart; else all of the one before is
            kept.
        leans: whether it means little without it, as far as its words tell.
        further: whether it asks for others than were given.
        contrary: whether it asks what is said against what was given.
        why: whether it asks for the reason alone.
    """

    asked: str
    previous: str
    anchor: str
    rewritten: str
    named: str
    replaced: bool
    leans: bool
    further: bool
    contrary: bool
    why: bool

    @property
    def joint(self) -> str:
        """Both questions: what stands between them leans on the first as well."""
        return f"{self.anchor} {self.asked}"


def follow(asked: str, history: Sequence[str], infos: Sequence[SourceInfo]) -> FollowUp | None:
    """Put a question in full; ``None`` where there is none before it.

    Args:
        asked: on one line.
        history: the questions before it, oldest first.
        infos: of the sources, whose names may stand in it.
    """
    found: FollowUp | None = None
    for text in (*(each.strip() for each in history if each.strip()), asked):
        found = _after(text, found, infos)
    return found if found and found.previous else None


def _after(asked: str, before: FollowUp | None, infos: Sequence[SourceInfo]) -> FollowUp:
    """A question after another, of which one is kept that is full in itself."""
    if before is None:
        return FollowUp(asked, "", asked, asked, "", False, False, False, False, False)
    previous = before.rewritten if before.leans else before.asked
    anchor = before.anchor if before.leans and not before.replaced else previous
    opened = _OPENED.match(asked)
    said = asked[opened.end() :] if opened else asked
    fragment = fragment_of(said)
    further = _FURTHER.search(said) is not None
    rewritten = replaced_in(anchor, fragment, infos) if fragment and not further else None
    content = terms(asked, language_of(asked, [previous]))
    said_before = set(words_in(_without_subject_doubled(asked), "fr"))
    points = bool(said_before & _PERSONAL or (said_before & _ANAPHORA and len(content) < 4))
    full = len(content) >= FULL or len(sides_in(asked, infos)) > 1
    return FollowUp(
        asked,
        previous,
        rewritten or anchor,
        rewritten or _one_after_the_other(anchor, asked),
        fragment,
        rewritten is not None,
        bool((opened and not full) or fragment or len(content) < 2 or points),
        further,
        _CONTRARY.search(said) is not None,
        _WHY.match(said) is not None,
    )


def _one_after_the_other(previous: str, asked: str) -> str:
    return f"{previous}{' — ' if previous[-1:].isalnum() else ' '}{asked}"


def fragment_of(said: str) -> str:
    """What is named, in a question without a verb or a question word: « le gouvernement », « en 2028 ».

    The verb that says what is wanted (« Résume le plan ») may be tagged as a noun.
    """
    bare = _TAIL.sub("", said.rstrip(" ?!.…\u00a0\u202f"))
    by = _BY.match(bare)
    tokens = tokenise(bare[by.end() :] if by else bare)
    if commands(flat(bare_of(said))):
        return ""
    if not tokens or len(tokens) > 9 or _ASKING.search(bare) or any(t.tag in "vV" for t in tokens):
        return ""
    if re.search(r"-(?:t-)?(?:ils?|elles?|on|ce)\b|\barguments?\b", bare) or tokens[0].tag == "f":
        return ""
    return bare.strip()


def replaced_in(previous: str, fragment: str, infos: Sequence[SourceInfo]) -> str | None:
    """A question with what a fragment names in the place of its counterpart."""
    by = _BY.match(fragment)
    name = fragment[by.end() :] if by else fragment
    if by and re.search(r"(?:du|des)\s+$", by[0]):
        name = ("le " if by[0].rstrip().endswith("du") else "les ") + name
    elif by and re.search(r"l['’]$", by[0]):
        name = "l’" + name
    leads = tokenise(name)[0].tag if name else ""
    if (leads not in "pP" and is_voice(name, infos)) or (by and by[0].lower().startswith(_SAID_BY)):
        return _voiced(previous, name, infos)
    for counterpart in (_moment, _complement, _noun):
        found = counterpart(previous, fragment)
        if found:
            return tidied(found)
    return None


def is_voice(name: str, infos: Sequence[SourceInfo]) -> bool:
    """Whether a name is a source's, a side's or a person's."""
    if sources_named(name, infos) or speakers_named(name, infos):
        return True
    tokens = tokenise(name)
    return bool(tokens) and tokens[0].tag == "T" and any(t.tag in "CS" for t in tokens[1:])


def _voiced(previous: str, name: str, infos: Sequence[SourceInfo]) -> str:
    mention = next(iter(mentions_in(previous)), None)
    if mention is None:
        mention = next((m for m in named_in(previous, infos)), None)
    if mention is not None:
        start, end = mention
        return tidied(f"{_bared(previous[:start])}{name}{_agreeing(previous[end:], name)}")
    by = "according to" if language_of(previous) == "en" else "selon"
    return tidied(_appended(previous, f"{by} {name}"))


def _bared(text: str) -> str:
    """Words before a name, without the article that its preposition has taken in: « du » is « de »."""
    taken = re.search(
        r"(?P<of>\b(?:du|des|de la|de l['’]))\s*$|\b(?:aux?|à la|à l['’])\s*$", text, re.IGNORECASE
    )
    return f"{text[: taken.start()]}{'de' if taken['of'] else 'à'} " if taken else text


def _agreeing(text: str, name: str) -> str:
    """Words after a name, the pronoun that doubles it of its gender."""
    if re.match(r"(?:la|mme)\b", name, re.IGNORECASE):
        return re.sub(r"-(t-)?il\b", r"-\1elle", text, count=1)
    return re.sub(r"-(t-)?elle\b", r"-\1il", text, count=1) if re.match(r"(?:le|m\.)", name, re.I) else text


def named_in(text: str, infos: Sequence[SourceInfo]) -> Iterator[Span]:
    """Persons, sources and sides that a text names, with their articles."""
    for match in re.finditer(
        r"(?:(?:M|MM|Mme|Mmes|Mr|Mrs|Ms|Dr|Me|Pr)\.?\s+|le docteur |la professeure |professor )?"
        r"[A-ZÀ-ÖØ-Þ][\w’'-]*(?:\s+(?:de |du |d['’])?[A-ZÀ-ÖØ-Þ][\w’'-]*)*",
        text,
    ):
        if match.start() and fold(match[0]) not in FRENCH:
            yield match.span()


def _moment(previous: str, fragment: str) -> str | None:
    """A date or a year in the place of another."""
    new = [fact for fact in facts_in(fragment) if fact.kind == "date" or _is_year(fact.text)]
    if not new:
        return None
    old = [fact for fact in facts_in(previous) if fact.kind == "date" or _is_year(fact.text)]
    if not old:
        return _appended(previous, fragment)
    start = re.sub(r"(?:\b(?:en|in|on|le|since|depuis|by)\s+)?$", "", previous[: old[0].start], flags=re.I)
    return f"{start}{fragment}{previous[old[0].end :]}"


def _is_year(text: str) -> bool:
    return re.fullmatch(r"(?:1[6-9]|20)\d\d", text) is not None


def _complement(previous: str, fragment: str) -> str | None:
    """A place, a group, a condition in the place of another that the same preposition introduces."""
    first = tokenise(fragment)[0]
    if first.tag not in "pPtRe":
        return None
    tokens = tokenise(previous)
    for number in range(len(tokens) - 1, 0, -1):
        if _same_preposition(tokens[number].word, first.word):
            last = number + 1
            while last < len(tokens) and tokens[last].tag not in "pPtvVf.,;":
                last += 1
            if last > number + 1:
                return f"{previous[: tokens[number].start]}{fragment}{previous[tokens[last - 1].end :]}"
    return _appended(previous, fragment)


def _same_preposition(one: str, other: str) -> bool:
    same = [{"a", "au", "aux"}, {"de", "d'", "du", "des"}, {"in", "at", "on"}]
    return one == other or any(one in each and other in each for each in same)


def _noun(previous: str, fragment: str) -> str | None:
    """A thing in the place of the last thing that the question names."""
    named = tokenise(fragment)
    if named[0].tag not in "dCSOGLnT":
        return None
    if any(token.word in _TIMES or token.tag in "jz" for token in named):
        return _appended(previous, fragment)
    tokens = tokenise(previous)
    tags = "".join(token.tag for token in tokens)
    groups = list(re.finditer(r"d?[JKwOCSGLTInu]+(?:ed?[JKwOCSGLTInu]+)*", tags))
    if not groups:
        return None
    proper = [each for each in groups if set("CSO") & set(each[0])]
    first, last = (proper if proper and any(t.tag in "CSO" for t in named) else groups)[-1].span()
    return f"{previous[: tokens[first].start]}{fragment}{previous[tokens[last - 1].end :]}"


def _appended(previous: str, words: str) -> str:
    bare = previous.rstrip(" ?\u00a0\u202f")
    return f"{bare}, {words}{previous[len(bare) :]}"


def tidied(text: str) -> str:
    """With the contractions of French."""
    text = re.sub(r"\b(combien) d(?:e |['’])(?:les? |la |l['’])", r"\1 de ", text, flags=re.IGNORECASE)
    for pattern, contracted in (
        (r"\bde le (?=\w)", "du "),
        (r"\bde les ", "des "),
        (r"\bà le ", "au "),
        (r"\bà les ", "aux "),
        (r"\bd['’](?=l[ea] |les |l['’])", "de "),
        (r"\bdu l['’]", "de l’"),
    ):
        text = re.sub(pattern, contracted, text)
    return re.sub(r"\s+", " ", text)


def _without_subject_doubled(question: str) -> str:
    """The question without a pronoun that stands for nothing said before.

    In « Les taxis seront-ils exemptés ? » it repeats the subject; in « Que disent-ils des taxis ? » it is
    the sources.
    """
    question = _IMPERSONAL.sub(" ", question)
    found = _INVERTED.match(question)
    if not found:
        return question
    before = found["before"]
    named = any(fold(name) not in FRENCH for name in _CAPITALISED.findall(before))
    doubled = named or _DETERMINER.search(before) or found["verb"].lower() in _NOBODYS
    return before + question[found.end() :] if doubled else question

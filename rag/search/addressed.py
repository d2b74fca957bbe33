"""Whom a question is put to, and about whom it is: names of sources, sides and persons in it, told apart.

« Selon la Coalition », « la position de l’opposition », « que dit le rapport » ask a voice; « que
reproche-t-on à la Coalition », “an argument against the Coalition” are about a side, and the others answer. A
name that is neither, as in « La Coalition veut-elle la paix ? », asks nobody in particular. Those who speak
in a source, « M. Costa », are read as sides are: a word with an article stands for them (spoken_of.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rag.search.named_sources import is_called, sources_named
from rag.search.spoken_of import SpokenOf
from rag.text import PRONOUN, SAYS, content_words, fold, is_stopword, words_in
from rag.types import SourceInfo, Span

_THINKS = (
    rf"(?:{SAYS}|pens\w+|croi(?:t|ent|re)|estim\w+|considèr\w+|jug(?:e|ent|er)|crain\w+|reproch\w+"
    r"|critiqu(?:e|ent|er)|répond\w*|objecte\w*|réplique\w*|oppose\w*|veu(?:t|lent)|souhaite\w*|propose\w*"
    r"|demande\w*|réclame\w*|attend\w*|voi(?:t|ent)|défend\w*"
    r"|say|state|claim|write|declare|announce|assert|argue|admit|promise|think\w*|believ\w+|consider\w*"
    r"|fears?|critici[sz]\w+|reproach\w*|object\w*|reply|replies|answers?|wants?|expects?|propos\w+"
    r"|demands?|ask|asks"
    r"|calls?|sees?|mentions?)"
)
_ARTICLE = r"(?:l[ea]s?\s+|l['’]|ce(?:tte)?\s+|the\s+|this\s+)"
_OF = r"(?:du\s+|des\s+|de\s+l['’]\s*|de\s+la\s+|de\s+|d['’]|of\s+)"
_TO = r"(?:aux?\s+|à\s+l['’]\s*|à\s+la\s+|à\s+|chez\s+)"
_NAME = rf"{_ARTICLE}[\w-]+(?:\s+(?:{_OF})?[\w’'-]+)?"
_FREE = r"[^,;:?.!]{2,60}?"
_ENDS = r"(?=\s+(?:et|and|sur|à propos|concernant|quant|on|about)\s|\s*[,;:?.!]|\s*$)"


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


_BY = (
    _pattern(
        r"(?P<phrase>,?\s*\b(?:selon|d['’]après|according to|in the (?:words|view|eyes|opinion) of|aux yeux"
        rf"\s+{_OF}|du point de vue\s+{_OF})\s*(?P<name>{_FREE})){_ENDS}"
    ),
    _pattern(
        r"\b(?:positions?|avis|opinions?|point de vue|attitude|réponses?|arguments?|discours|views?"
        r"|stance)\b"
        rf"(?P<phrase>\s+{_OF}(?P<name>{_FREE}))(?=\s+(?:sur|à propos|à l['’]égard|concernant|quant"
        rf"|contre|pour|face|on|about|regarding|against|for|towards?)\b)"
    ),
    _pattern(
        r"\b(?P<phrase>(?:the\s+)?(?P<name>[\w’-]+(?:\s+[\w-]+)?)['’]s?\s+)"
        r"(?:position|view|views|stance|arguments?|answer|reply|case)\b"
    ),
)
"""Whose words are asked for; ``phrase`` only says so, and the question is the same without it."""
_AND = _pattern(rf"\s+(?:et|and|ou|or)\s+(?:selon\s+|according to\s+)?(?P<name>{_ARTICLE}[\w-]+)")
_SAYING = (
    _pattern(rf"(?<![\w’'])(?P<name>{_NAME})\s+(?:ne\s+|n['’])?{_THINKS}(?![\w’'])"),
    _pattern(rf"\b{_THINKS}\s+(?P<name>(?:l[ea]s?\s+|l['’])[\w-]+)(?![\w-]|\s+(?:et|and)\s)"),
)
"""Who says or wants something: the subject of the question."""
_QUESTIONED = _pattern(
    r"^\W*(?:(?:et|and|mais|but|alors|so)\s+)?(?:qu['’e]|quel|quoi|comment|pourquoi|où|quand|combien"
    r"|de quoi|à quoi"
    r"|sur quoi|what|how|why|which|where|when|whom)"
)
"""« Que veut X ? » asks X; « X veut-il… ? » is about X."""
_DOCUMENT_KIND = (
    r"(?P<name>d[ée]claration|commentaire|commentary|communiqu[ée]|rapport|report|tribune|[ée]ditorial"
    r"|lettre|letter"
    r"|discours|speech|motion|article|loi|law|d[ée]lib[ée]ration|r[ée]solution|tract|leaflet|statement"
    r"|arr[êe]t[ée]"
    r"|d[ée]cret|decree|manifeste|manifesto|p[ée]tition|billet|entretien|interview)(?![\w-])"
)
_DOCUMENT = (
    _pattern(rf"\b(?:dans|in|auteure?s? d[eu]|authors? of)\s+(?:{_ARTICLE})?{_DOCUMENT_KIND}"),
    _pattern(
        rf"\b(?:what|which|how|why|whom?|when|where)\b.*\b(?:does|do|did|is|are|has|would"
        rf"|will)\s+{_ARTICLE}{_DOCUMENT_KIND}"
    ),
    _pattern(rf"\b(?:does|do|did)\s+{_ARTICLE}{_DOCUMENT_KIND}\s+{_THINKS}\b"),
    _pattern(rf"{_ARTICLE}{_DOCUMENT_KIND}\s+(?:ne\s+|n['’]|en\s+|y\s+)*{_THINKS}-(?:t-)?(?:il|elle)s?\b"),
)
_AGAINST = (
    _pattern(
        rf"\b(?:contre|à l['’]encontre\s+{_OF}|à l['’]égard\s+{_OF}|against)\s*(?P<name>{_FREE}){_ENDS}"
    ),
    _pattern(
        r"\b(?:reproche|objecte|oppose|rétorque|répond)-t-on\s+(?:(?:donc|toujours|encore)\s+)?"
        rf"{_TO}(?P<name>{_FREE}){_ENDS}"
    ),
    _pattern(rf"\bon\s+(?:reproche|objecte|oppose|rétorque|répond)\s+{_TO}(?P<name>{_FREE}){_ENDS}"),
    _pattern(
        rf"(?<!que )\b(?:critiques?|reproches?|griefs?|objections?|accusations?"
        rf"|torts?)\b[^,;:?.!]*?\s+(?:{_TO}|{_OF})"
        rf"(?P<name>{_FREE}){_ENDS}"
    ),
    _pattern(rf"\b(?:critique|accuse|blâme|dénonce)-t-on\s+(?P<name>{_FREE}){_ENDS}"),
    _pattern(rf"\bon\s+(?:critique|accuse|blâme)\s+(?P<name>{_FREE}){_ENDS}"),
    _pattern(
        r"\b(?:adversaires?|opposants?|détracteurs?|contradicteurs?|ennemis)\s+"
        rf"{_OF}(?P<name>{_FREE}){_ENDS}"
    ),
    _pattern(
        r"\b(?:critics?|opponents?|detractors?|adversar(?:y|ies)|critici[sz]ms?|objections?"
        r"|reproach(?:es)?)\s+"
        rf"(?:of|to|against|with)\s+(?P<name>{_FREE}){_ENDS}"
    ),
    _pattern(
        rf"\b(?:is|are|was|were)\s+(?P<name>{_FREE})\s+(?:accused|criticis\w+|criticiz\w+|blamed"
        rf"|reproached|faulted)"
    ),
    _pattern(r"\b(?P<name>[\w’-]+(?:\s+[\w-]+)?)['’]s?\s+(?:critics|opponents|detractors|adversaries)\b"),
)
"""Of whom others say something: those answer."""
_ATTACKS = _pattern(
    r"\b(?:arguments?|critiqu\w*|reproch\w*|objec\w*|griefs?|accus\w*|torts?|plai\w+|preuves?|case"
    r"|evidence|said|say"
    r"|dit|dire|disent|oppos\w*|répond|rétorque|blâm\w*|dénonce|adversaires?|contradicteurs?"
    r"|détracteurs?|ennemis"
    r"|critici\w*|critics?|detractors?|adversar\w+|blamed|reproach\w*|faulted)\b"
)
_FOR = _pattern(
    rf"\b(?:arguments?|plai\w+|case|evidence|points?|reasons?|raisons?)\b[^,;:?.!]*?\s(?:pour"
    rf"|en faveur\s+{_OF}|for|in favou?r of)"
    rf"\s*(?P<name>{_FREE}){_ENDS}"
)
"""An argument for a side is its own."""
_STANCE = _pattern(r"\barguments?\b[^,;:?.!]*?\s(?P<stance>pour|contre|for|against|en faveur|in favou?r)\b")
_BOTH = _pattern(r"\b(?:pour|for) (?:et|ou|and|or) (?:le )?(?:contre|against)\b")
_FAVOUR = ("pour", "for ", "partisan", "favorable", "supporter")
_OPPOSITION = ("contre", "against", "oppos", "adversaire")
"""How a side's name begins that is for, or against, what is debated."""
_GIVING = frozenset(
    "give find donne donne-moi donnez trouve trouve-moi cite cite-moi contre against faveur favour".split()
)
"""What is left of a question for arguments on nothing in particular."""
_LEADS = _pattern(
    r"(?:contre|against|aux?|à|chez|de|du|des|of|to|with|d['’]|à l['’]encontre d[eu])?\s*"
    r"(?:l[ea]s?\s+|l['’]|the\s+)?$"
)
"""What stands before the name of whom a question is about, and goes with it."""


@dataclass(frozen=True, slots=True)
class Addressed:
    """Whom a question is put to.

    Attributes:
        voice: numbers of those whose words are asked for; none where it asks nobody in particular.
        about: numbers of those of whom others, or the voice, say something.
        text: the question without the words that only say who is asked.
        bare: without the name of those whom it is about either; empty where nothing is left to ask about.
        aims: whether it asks what is said against them.
    """

    voice: frozenset[int]
    about: frozenset[int]
    text: str
    bare: str
    aims: bool = False


def addressed(question: str, infos: Sequence[SourceInfo]) -> Addressed:
    """Whom a question is put to, and about whom it is, of some sources or voices."""
    spoken_of = SpokenOf.read(question, infos)
    found = _addressed(spoken_of.text, infos, spoken_of)
    return replace(found, text=spoken_of.named(found.text), bare=spoken_of.named(found.bare))


def _addressed(question: str, infos: Sequence[SourceInfo], spoken_of: SpokenOf) -> Addressed:
    removed: list[Span] = []
    voice: frozenset[int] = frozenset()
    for match in _matches(_BY, question):
        meant = _meant(match["name"], infos, spoken_of)
        also = _AND.match(question, match.end())
        others = _meant(also["name"], infos, spoken_of) - meant if also else frozenset()
        if meant and others:
            voice |= meant | others  # both are asked, and all words stay
        elif meant:
            voice, removed = voice | meant, [*removed, match.span("phrase")]
    for name in _said_by(question):
        voice |= _meant(name, infos, spoken_of)
    about = frozenset[int]()
    if not voice:
        voice = _for_or_against(question, infos)
    if not voice and (favoured := _FOR.search(question)):
        voice = _sided(favoured["name"], infos, spoken_of)
    named: list[Span] = []
    aims = _ATTACKS.search(question) is not None
    if voice and aims:
        named_sides = sides_in(question, infos) - {infos[number].side for number in voice}
        about = frozenset(number for number, info in enumerate(infos) if info.side in named_sides)
        about |= spoken_of.all - voice
    for match in _matches(_AGAINST, question) if not voice and aims else ():
        if meant := _sided(match["name"], infos, spoken_of):
            leads = _LEADS.search(question[: match.start("name")])
            about, start = about | meant, leads.start() if leads else match.start("name")
            named.append((start, match.end("name")))
    bare = _without(question, named[:1])
    left = {fold(word) for word in content_words(_ATTACKS.sub(" ", bare))} - _GIVING
    left -= {word for number in voice | about for word in _called(infos[number])} | spoken_of.words
    text = _without(question, removed)
    return Addressed(_some(voice, infos), _some(about, infos), text, bare if left else "", aims)


def _meant(name: str, infos: Sequence[SourceInfo], spoken_of: SpokenOf) -> frozenset[int]:
    return spoken_of.meant(name) or sources_named(name, infos)


def _called(info: SourceInfo) -> set[str]:
    """Words by which a source is asked or spoken of."""
    return {fold(word) for word in content_words(f"{info.side or ''} {info.id} {info.title}")}


def sides_in(question: str, infos: Sequence[SourceInfo]) -> frozenset[str]:
    """The sides that a question names, by their whole names."""
    said = f" {' '.join(words_in(question, 'fr'))} "
    found = set()
    for side in {info.side for info in infos if info.side}:
        name = " ".join(words_in(side, "fr"))
        before = ("le ", "du ", "au ", "the ") if is_stopword(name) else ("",)  # « le Pour », not « pour »
        if any(f" {article}{name} " in said for article in before):
            found.add(side)
    return frozenset(found)


def mentions_in(question: str) -> list[Span]:
    """Where the names stand by which a question is put to somebody, those that say so plainly first."""
    patterns = (*_BY, *_SAYING, *_DOCUMENT)
    return [match.span("name") for match in _matches(patterns, question)]


def _some(numbers: frozenset[int], infos: Sequence[SourceInfo]) -> frozenset[int]:
    """Sources that are meant; none where all are, which tells nothing."""
    return numbers if len(numbers) < len(infos) else frozenset()


def _matches(patterns: Sequence[re.Pattern[str]], text: str) -> Iterator[re.Match[str]]:
    for pattern in patterns:
        for match in pattern.finditer(text):
            if not PRONOUN.fullmatch(match["name"].strip()):
                yield match


def _said_by(question: str) -> Iterator[str]:
    """Names of what says or thinks something, and sorts of document where something stands."""
    saying = _SAYING if _QUESTIONED.match(question) else ()
    for match in (*_matches(saying, question), *_matches(_DOCUMENT, question)):
        yield match["name"]
        if other := _OTHER_LANGUAGE.get(re.sub(rf"^{_ARTICLE}", "", match["name"], flags=re.I).lower()):
            yield other


def _for_or_against(question: str, infos: Sequence[SourceInfo]) -> frozenset[int]:
    """The sides that are for or against what is debated, as they call themselves."""
    stance = _STANCE.search(question)
    if not stance or _BOTH.search(question):
        return frozenset()
    opens = _OPPOSITION if fold(stance["stance"]) in ("contre", "against") else _FAVOUR
    return frozenset(n for n, info in enumerate(infos) if fold(info.side or "").startswith(opens))


def _sided(name: str, infos: Sequence[SourceInfo], spoken_of: SpokenOf) -> frozenset[int]:
    """Those who are called by every word of a name: « la Coalition », not what it did."""
    if persons := spoken_of.meant(name):
        return persons
    meant = sources_named(name, infos)
    return frozenset(n for n in meant if is_called(infos[n], name))


def _without(question: str, spans: Sequence[Span]) -> str:
    for start, end in sorted(spans, reverse=True):
        question = question[:start] + question[end:]
    left = re.sub(r"^[\s,]+", "", re.sub(r"\s+", " ", question))
    return left[:1].upper() + left[1:] if spans else question


_TRANSLATED = (
    "commentary commentaire, statement déclaration, report rapport, letter lettre, speech discours, law "
    "loi, "
    "leaflet tract, decree décret, interview entretien, petition pétition, manifesto manifeste, "
    "editorial éditorial, critics critique"
)
_OTHER_LANGUAGE = {
    one: other for pair in _TRANSLATED.split(", ") for one, other in (pair.split(), pair.split()[::-1])
}

"""Tokens of a text, each with a tag that says what kind of word it is. Pure.

A text is cut into tokens, each with a one-letter *tag*; a kind of span is a regular expression over the
tags, so that no span begins or ends inside a word or a number. The tables know French and English, and no
document.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rag.text.analyzer import is_stopword
from rag.text.folding import fold
from rag.text.lexicon import DAYS, MONTHS, TENS, UNITS

_W = r"[\w\u0300-\u036f\u00ad\u200b-\u200d\u2060]"
_TOKEN = re.compile(
    rf"(?<!{_W})(?:\d{{1,3}}(?:[ \u00a0\u202f\u2009.,’']\d{{3}})+(?:[.,]\d+)?|\d+(?:[.,]\d+)*)(?!{_W}|[.,]\d)"
    rf"|(?<!{_W})(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)['’](?={_W})"
    rf"|(?<!{_W})(?-i:MM?|Mmes?|Mlles?|M[re]|Mrs|Ms|Dr|Pr|St)\.(?=\s)"
    rf"|{_W}+(?:[-\u2010\u2011]{_W}+|['’](?!s\b){_W}+)*"
    rf"|['’]s(?!{_W})|\S",
    re.IGNORECASE,
)

_TABLE = {
    # little words: determiners, « de », prepositions, « par », conjunctions, verbs, all the others
    "d": "le la les l' un une cet cette ces ce son sa ses leur leurs mon ma mes notre nos votre vos the "
    "an this these those his her its our your my",
    "e": "de d' du des of",
    "p": "à au aux en dans sur sous avec chez vers entre contre sans parmi hors devant derrière in at on "
    "with near into to from between against among within under over",
    "P": "pour for",
    "R": "par by per",
    "&": "et ou and or ni &",
    "v": "est sont était étaient sera seront serait seraient fut furent être été ont avait avaient aura "
    "auront aurait auraient eut avoir a is are was were be been being has have having had will would can "
    "could must shall should peut peuvent pouvait doit doivent devait fait font va vont do does did",
    "f": "qui que qu' quoi dont où lequel laquelle lesquels lesquelles auquel duquel il elle ils elles on "
    "nous vous je tu se s' ne n' pas non y lui eux moi me te m' t' j' c' cela ceci ça si comme ainsi "
    "aussi alors mais donc car parce puisque puisqu' tandis tout tous toute toutes très bien même mêmes "
    "également notamment who whom whose which that what where why how it he she they we you i not as than "
    "also only such so but because if while then there here afin déjà encore toujours jamais combien quel "
    "quelle quels quelles pourquoi comment puis enfin ensuite cependant pourtant toutefois however",
    # of numbers and dates
    "a": "environ près plus moins quelque quelques about nearly almost around approximately more less least",
    "b": "million millions milliard milliards billion billions trillion trillions millier milliers "
    "dizaine dizaines douzaine vingtaine trentaine quarantaine cinquantaine centaine centaines moitié "
    "tiers quart quarts hundreds thousands dozen dozens half",
    "%": "percent km m cm mm kg g t l ha kwh mwh gwh twh kw mw gw",
    "q": "cube cubes carré carrés carrée carrées",
    "t": "depuis avant après dès jusqu' jusque pendant durant lors partir until till since before after "
    "during",
    "Q": "lorsque lorsqu' quand when once",
    "k": "fin début mi milieu mid late early end beginning courant",
    "j": " ".join(DAYS) + " hier demain aujourd'hui yesterday today tomorrow",
    "z": "printemps automne hiver spring summer autumn winter noël pâques christmas easter",
    "m": " ".join(MONTHS["fr"]),
    "M": " ".join(MONTHS["en"]),
    "s": "siècle siècles century centuries millénaire millennium",
    "A": "année années an",
    "u": "ans mois semaine semaines jour jours heure heures minute minutes seconde secondes décennie "
    "décennies trimestre trimestres week weeks month months year years day days hour hours seconds decade "
    "decades",
    "H": "h",
    # of names: titles, groups of people, places, particles, adjectives that stand in front
    "T": "m. mm. mme. mr. mrs. ms. dr. pr. st. me. mmes. mlle. mlles. président présidente ministre "
    "ministres roi reine général secrétaire chef directeur directrice mme mr mrs ms dr pape empereur "
    "impératrice prince princesse comte duc duchesse baron lord sir maire professeur docteur juge avocat "
    "avocate député députée sénateur sénatrice gouverneur colonel capitaine commandant lieutenant "
    "maréchal amiral cardinal évêque archevêque sultan calife ambassadeur ambassadrice commissaire "
    "porte-parole historien historienne philosophe écrivain poète peintre acteur actrice chanteur "
    "chanteuse vice-président vice-présidente rapporteur président-directeur président ingénieur "
    "économiste president vice-president minister king queen secretary leader director chairman "
    "chairwoman chair mayor professor pope emperor governor captain judge senator spokesman spokeswoman "
    "spokesperson chancellor chancelier chancelière monsieur madame rapporteur economist",
    "G": "gouvernement parlement assemblée sénat conseil comité commission tribunal cour armée armées "
    "forces police peuple parti partis syndicat syndicats état états pays membres nations alliés "
    "habitants citoyens experts scientifiques chercheurs agence ministère autorités autorité entreprise "
    "entreprises société association associations groupe groupement banque fonds ligue organisation union "
    "république royaume empire église fédération collectif chambre institut office observatoire coalition "
    "alliance government parliament assembly senate council committee court army party state states "
    "members countries agency ministry authorities authority company companies voters residents bank fund "
    "league organisation organization republic kingdom church federation collective chamber institute",
    "L": "ville région quartier rue place avenue siège capitale île commune village province département "
    "vallée montagne fleuve rivière lac mer océan côte palais château hôtel université école hôpital "
    "centre gare port aéroport usine base musée city town region district street capital island valley "
    "river lake sea coast palace castle university school hospital station airport headquarters museum",
    "x": "van von der den ibn ben bin al el da di dos",
    "J": "nouveau nouveaux nouvelle nouvelles grand grands grande grandes petit petits petite petites "
    "autre autres premier première premiers premières dernier dernière derniers dernières jeune jeunes "
    "new other additional further small large great young vice ancien ancienne former prime deputy",
}
_TAG_OF = {word: tag for tag, words in _TABLE.items() for word in words.split()}
_UNACCENTED = {fold(word): tag for word, tag in _TAG_OF.items() if fold(word) not in _TAG_OF}
_NUMBER_WORDS = frozenset(
    [*UNITS["fr"][2:], *UNITS["en"][2:], *TENS, "cent", "cents", "mille", "hundred", "thousand"]
)
_IN_NUMBERS = _NUMBER_WORDS | {"et", "un", "une", "and", "one"}
_MARKS = {"«": "<", "“": "<", "»": ">", "”": ">", "(": "(", "[": "(", ")": ")", "]": ")", ",": ",", "/": "/"}
_MARKS |= dict.fromkeys("-–—−", "-") | dict.fromkeys("%€$£‰°", "%") | dict.fromkeys(".!?…", ".")
_MARKS |= dict.fromkeys(";:", ";")
_YEAR = re.compile(r"(?:1\d|20)\d\ds?")
_CLOCK = re.compile(r"\d{1,2}h(?:\d\d)?")
_ORDINAL = re.compile(r"\d+(?:er|ere|re|e|eme|nd|nde|st|rd|th)|[ivxlc]{1,6}(?:e|er|eme)")
_FINITE = re.compile(r"\w{3,}(?:[ei]?ront|[ei]rait|[ei]raient|aient|[eiu]rent)|\w{4,}(?:era|ait)")
_ADJECTIVE = re.compile(
    r"\w{2,}(?:ales?|al|aux|els?|elles?|ens?|ennes?|aise?s?|oise?s?|aine?s?|ifs?|ives?|iques?|aires?|ees?|eux"
    r"|euses?|ables?|ibles?|ian|ic|ish)"
)
_NO_NAME = re.compile(r"\w+(?:ment|ant|ée?s?|ly|ing|ed)")
_OPENING = ".;<(-·"
"""After one of these tags, a capital letter says nothing."""

CONTENT = frozenset("wKOCSTGLJInoybuzq%VAHkmsjM")
"""Tags of the words that carry meaning."""
_AROUND = 64
"""How far beyond a slice is looked for the words that it cuts, in characters."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number or a mark: its place in the text, its folded form, its tag."""

    start: int
    end: int
    word: str
    tag: str


def tokenise(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The tokens that lie whole in a slice of a text, placed in the text."""
    end = len(text) if end is None else end
    tokens: list[Token] = []
    for match in _TOKEN.finditer(text, max(0, start - _AROUND), min(len(text), end + _AROUND)):
        if start <= match.start() and match.end() <= end:
            shape, before = match.group(), tokens[-1] if tokens else None
            word = _folded(shape)
            tokens.append(Token(match.start(), match.end(), word, _tag(shape, word, before)))
    return tokens


_folded = lru_cache(maxsize=100_000)(fold)


def _tag(shape: str, word: str, before: Token | None) -> str:
    if not any(character.isalnum() for character in shape):
        return _MARKS.get(shape, "·")
    if word == "'s":
        return "'"
    if shape[0].isdigit():
        return _number_tag(word)
    if word == "cent" and before is not None and before.word in {"pour", "per"}:
        return "%"
    if word in _NUMBER_WORDS or ("-" in word and _IN_NUMBERS.issuperset(word.split("-"))):
        return "n"
    lower = shape.lower().replace("’", "'")
    known = _TAG_OF.get(lower) or _UNACCENTED.get(lower, "")
    return _capital_tag(lower, word, known, before) if shape[0].isupper() else _lower_tag(word, known, before)


def _number_tag(word: str) -> str:
    if _YEAR.fullmatch(word):
        return "y"
    return "o" if _ORDINAL.fullmatch(word) else "H" if _CLOCK.fullmatch(word) else "n"


def _capital_tag(lower: str, word: str, known: str, before: Token | None) -> str:
    if known in set("GL"):
        return "O"
    if known and known not in "JKwxuq%":
        return known
    if _ORDINAL.fullmatch(word):
        return "o"
    if len(word) == 1:
        return "I"
    if before is None or before.tag in _OPENING:
        return "f" if is_stopword(word) else "w" if _NO_NAME.fullmatch(lower) else "S"
    return "C"


def _lower_tag(word: str, known: str, before: Token | None) -> str:
    if known == "M":  # months have a capital in English; "may" is a verb
        return "v" if word == "may" else "w"
    if known == "%" and (before is None or before.tag not in "nybo%/"):
        return "w"
    if known:
        return known
    if _FINITE.fullmatch(word):
        return "V"
    return "f" if is_stopword(word) else "K" if _ADJECTIVE.fullmatch(word) else "w"

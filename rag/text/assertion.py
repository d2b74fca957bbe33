"""What a sentence claims, as far as little words tell: whose words, which numbers, reservations. Pure.

Rules of French and English for checking a sentence against a quote (rag/llm/support.py). They know no
document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rag.text.analyzer import words_in
from rag.text.folding import fold
from rag.text.lexicon import MONTHS, UNITS
from rag.text.markers import markers_in, negated_word
from rag.text.saying import SAYS


@dataclass(frozen=True, slots=True)
class Attributed:
    """A sentence with whose words it says they are.

    Attributes:
        speaker: as it was said; empty when it was not.
        rest: the sentence without that.
        verb: that says so, such as « affirme »; empty where none does.
    """

    speaker: str
    rest: str
    verb: str = ""


_SAID = r"selon|d['’]après|according to|in the words of|as (?:stated|said|written) (?:in|by)"
_OPENING = re.compile(
    rf"(?:{_SAID}|suivant|pour)\s+(?P<name>[^,:;]{{2,140}}?)\s*[,:]\s*(?P<rest>.+)", re.IGNORECASE
)
_LABELLED = re.compile(r"(?P<name>[^,:;()]{2,140}\([^()]{1,80}\))\s*:\s*(?P<rest>.+)")
"""« Tract (Nageurs) : la piscine ferme », as the sentences shown to a model begin."""
_CLOSING = re.compile(rf"(?P<rest>.+?),?\s+(?:{_SAID})\s+(?P<name>[^,:;]{{2,140}}?)\s*[.!?]*", re.IGNORECASE)
_SAYING = re.compile(
    rf"(?P<name>[^,:;]{{2,140}}?)\s+(?:(?:a|ont|has|have)\s+)?(?P<verb>{SAYS})(?:\s+\w+ment|\s+\w+ly)?\s+"
    r"(?:qu(?:e\s+|['’])|that\s+)(?P<rest>.+)",
    re.IGNORECASE,
)


def attributed(sentence: str) -> Attributed:
    """Whose words a sentence says it hands on, and what it hands on."""
    for pattern in (_OPENING, _LABELLED, _SAYING, _CLOSING):
        found = pattern.fullmatch(sentence)
        if found and words_in(found["rest"], "fr"):
            verb = found["verb"] if pattern is _SAYING else ""
            return Attributed(found["name"].strip(), found["rest"].strip(), verb)
    return Attributed("", sentence)


_ATOMS = (
    {
        fold(name): f"month {n}"
        for names in MONTHS.values()
        for n, name in enumerate(names, start=1)
        if name != "may"
    }
    | {name: str(n) for names in UNITS.values() for n, name in enumerate(names) if 2 <= n <= 16}
    | {
        name: name_of
        for name_of, names in {
            "20": "vingt twenty", "30": "trente thirty", "40": "quarante forty", "50": "cinquante fifty",
            "60": "soixante sixty", "hundred": "cent cents hundred hundreds centaine centaines",
            "thousand": "mille millier milliers thousand thousands", "million": "million millions",
            "billion": "milliard milliards billion billions", "dozen": "douzaine douzaines dozen dozens",
            "half": "moitie half", "third": "tiers", "double": "double twice", "triple": "triple",
        }.items()
        for name in names.split()
    }
)  # fmt: skip
_MAY = re.compile(r"\b\d{1,2}(?:st|nd|rd|th)? May\b|\bMay \d")
_PERCENT = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?=(%|\bpour cent\b|\bpercent\b))")


def atom(word: str) -> str | None:
    """What number or month a folded word says, the same in both languages; ``None`` for none."""
    if ordinal := re.fullmatch(r"(\d+)(?:st|nd|rd|th|er|e|eme)?", word):
        return ordinal[1]
    return word if word[0].isdigit() else _ATOMS.get(word)


def numbers(text: str) -> dict[str, str]:
    """The numbers and months of a text, the same in both languages, with the words that say them."""
    found: dict[str, str] = {}
    for word in words_in(text, "fr"):
        if (number := atom(word)) is not None:
            found.setdefault(number, word)
    if _MAY.search(text):
        found.setdefault("month 5", "May")
    for joined, count in _PERCENT.findall(text):
        found.setdefault(f"{joined} percent", f"{joined} {count}")
    if "thousand" in found and any(re.fullmatch(r"[1-9]\d{0,2}000", number) for number in found):
        found.pop("thousand")
    return found


_ROUGHLY = re.compile(
    r"\b(?:environ|pres|presque|quasi|quasiment|quelque|quelques|plus|moins|davantage|jusqu|autour"
    r"|approximativement|about|around|nearly|almost|roughly|approximately|over|under|more|less|least"
    r"|most|up|some|than|nearing)\b"
)
_BEFORE_NUMBER = 4
"""So many words before a number may make it rough: « at least one of the »."""


def rough_numbers(text: str) -> dict[str, bool]:
    """The numbers of a text, and whether words such as « près de » make each of them rough."""
    said = words_in(text, "fr")
    found: dict[str, bool] = {}
    for at, word in enumerate(said):
        if (number := atom(word)) is not None:
            before = " ".join(said[max(0, at - _BEFORE_NUMBER) : at])
            found[number] = found.get(number, False) or bool(_ROUGHLY.search(before))
    return found


_OF_MARKERS: dict[str, re.Pattern[str]] = {  # of those that rag/text/markers.py finds
    "possible": re.compile(
        r"peu(?:t|vent)|pouv\w+|pourr\w+|puiss\w+|sembl\w+|may|might|can|could|would|seems?|\w{2,}rai(?:t"
        r"|ent)",
        re.IGNORECASE,
    ),
    "must": re.compile(r"doi(?:t|vent)|dev(?:r\w+|ons|ai\w+)|fau\w+|must|should|shall|ought", re.IGNORECASE),
    "only": re.compile(r"(?:ne |n['’]).*|seule?s?|seulement|uniquement|essentiellement|only", re.IGNORECASE),
    "all": re.compile(r"tou(?:s|tes|jours)|every|all|always|entirely|entièrement|totalement", re.IGNORECASE),
}
_PHRASES: dict[str, re.Pattern[str]] = {
    "negation": re.compile(
        r"\b(?:faux|fausse(?:ment)?|mensong\w*|nie(?:nt)?|démen\w+|prétend(?:u|ue)ment|false(?:ly)?|untrue"
        r"|lies?|den(?:y|ies|ied)|fail(?:s|ed|ing)? to|failure to|unable to|excluding|à l['’]exclusion"
        r"|faute de|dépourvue?s?|absence d[e'’]|lack(?:s|ed|ing)?)\b",
        re.IGNORECASE,
    ),
    "only": re.compile(r"\bse born\w+|\bmerely\b|\bsolely\b|\bsimple(?:ment)?\b", re.IGNORECASE),
    "whole": re.compile(
        r"\b(?:ensemble d|intégral\w*|chaque|chacune?|tout|toute|toutes|tous|entier\w*|entière\w*|demeur\w*"
        r"|reste\w*|encore|permanent\w*|jamais|aucune?|nulle?|each|any|whole|entire\w*|every|all|still"
        r"|remain\w*|never|no)\b",
        re.IGNORECASE,
    ),
    "regardless": re.compile(
        r"\b(?:même si|même en|quel(?:le)?s? que soi\w+|sans condition|inconditionnel\w*|quoi qu|even if"
        r"|even when|whatever|regardless|whether or not|unconditional\w*|no matter)\b",
        re.IGNORECASE,
    ),
    "because": re.compile(
        r"\b(?:parce qu\w*|à cause d\w+|en raison d\w+|du fait d\w+|grâce à|faute d\w*|puisqu\w*|because"
        r"|owing to|due to|thanks to|as a result of|since it|so that|in order to|the fruit of|le fruit de"
        r"|caused by)\b",
        re.IGNORECASE,
    ),
}
_NOTHING_BUT = re.compile(r"\bnothing but\b", re.IGNORECASE)
_OPPOSITES = (
    (
        r"augment\w*|increas\w*|ris(?:e|es|ing|en)|rose|hauss\w*|gr(?:ow|ew)\w*|accroî\w*|accru\w*"
        r"|progress(?:e|ent|é)|climb\w*|add(?:s|ed)?|ajout\w*|ouv(?:re|rir|ert)\w*|cré(?:e|er|é)",
        r"diminu\w*|rédui\w*|baiss\w*|decreas\w*|reduc\w*|f[ae]ll\w*|drop\w*|declin\w*|recul\w*|chut\w*"
        r"|shr[aiu]nk\w*|scrap\w*|cut(?:s|ting)?|supprim\w*|ferm(?:e|er|é)\w*",
    ),
    (
        r"accept\w*|approuv\w*|approv\w*|ratifi\w*|adopt\w*",
        r"rejet\w*|refus\w*|reject\w*|declin\w*|repouss\w*",
    ),
    (r"autoris\w*|permet\w*|allow\w*|authori[sz]\w*", r"interdi\w*|prohib\w*|forbid\w*|bann?(?:ed|s)?"),
    (r"souti\w*|soute\w*|appu\w*|support\w*|favou?r\w*", r"oppos\w*|combat\w*|contre|against"),
    (r"avant|before", r"après|after|dès"),
    (
        r"début\w*|commenc\w*|begin\w*|start\w*|continu\w*|poursui\w*|maint\w*|keep\w*",
        r"cess(?:e|ent|era|eront|er|é)|renonc\w*|interromp\w*|arrêt\w*|stop\w*|ceas\w*|halt\w*|abandon\w*"
        r"|end(?:s|ed|ing)?",
    ),
    (r"gagn\w*|vict\w*|w[io]ns?", r"perd\w*|défait\w*|los(?:e|es|t|ing)|defeat\w*"),
    (r"paix|peace\w*", r"guerres?|wars?"),
    (r"ami\w*|alli\w*|friend\w*|ally|allies", r"ennemi\w*|adversair\w*|enem\w*|foes?"),
    (
        r"limité\w*|modéré\w*|faibles?|limited|small|modest|slight\w*",
        r"boulevers\w*|énorme\w*|massi\w*|huge|great\w*",
    ),
    (r"inclu\w*|représenté\w*|particip\w*|includ\w*|represented", r"exclu\w*|écart\w*|exclud\w*|kept out"),
    (r"meilleur\w*|améliora\w*|better|improv\w*", r"pire\w*|aggrav\w*|dégrad\w*|worse\w*|deteriorat\w*"),
    (r"gratuit\w*|free", r"payant\w*|paid|charg\w*"),
    (
        r"publi(?:c|que|cs|ques|er|é)\w*|public\w*",
        r"secr[eè]t\w*|confidentiel\w*|privé\w*|secret\w*|private\w*",
    ),
)
"""Words and their contraries: the encoder finds them alike."""
_CONTRARY = [tuple(re.compile(rf"\b(?:{side})\b", re.IGNORECASE) for side in pair) for pair in _OPPOSITES]


def marks(text: str) -> dict[str, list[str]]:
    """The words of a text that decide what it claims, by group."""
    found: dict[str, list[str]] = {
        name: [] for name in ("hedge", "condition", "attribution", *_OF_MARKERS, *_PHRASES)
    }
    plain = _NOTHING_BUT.sub("only", text)
    for name, pattern in _PHRASES.items():
        found[name] += [match.group() for match in pattern.finditer(plain)]
    for marker in markers_in(plain):
        said = plain[marker.start : marker.end]
        if negated_word(plain, marker) is not None:
            continue  # « non européens »: no clause is denied
        if marker.kind in ("negation", "hedge", "condition", "attribution"):
            found[marker.kind].append(said)
        elif marker.kind in ("modal", "scope"):
            for name, pattern in _OF_MARKERS.items():
                if pattern.fullmatch(said):
                    found[name].append(said)
    return found


def contraries(one: str, other: str) -> Iterator[str]:
    """Words of a text of which another has the contrary, and not the words."""
    for pair in _CONTRARY:
        for this, that in (pair, pair[::-1]):
            said = this.search(one)
            if said and not this.search(other) and that.search(other) and not that.search(one):
                yield said.group()

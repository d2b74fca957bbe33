"""Questions that ask a French sentence for its number: « Combien de », « Quel est », « À combien ». Pure."""

from __future__ import annotations

import re

from rag.text.asking_parts import Asked, GenderOf, clean_rest, lead_of, number_at, worded
from rag.text.clauses import Clause, Gender
from rag.text.french import elided, inverted
from rag.text.tags import tokenise

_ABOUT = re.compile(
    r"(?:(?:environ|près de|plus de|quelque|au moins|déjà|encore|aujourd['’]hui|désormais) )+"
)
_MONEY = re.compile(r"(?:d['’]\s?|de )?(?P<unit>euros?|€|couronnes|francs|dollars|livres)(?!\w)")
_SCALED = re.compile(r"(?:millions?|milliards?)$")
_COUNTED = re.compile(
    r"(?:euros|habitants|personnes|tonnes|kilos|couronnes|francs|dollars|mètres|visiteurs|arbres)\b"
)
_COSTS = re.compile(r"(?:coût|rapport)(?:e|era|erait|ait|a|ent|eront|eraient|aient)")
_LASTS = re.compile(r"dur(?:e|era|erait|ait|a|ent|eront|eraient|aient)")
_MODALS = re.compile(r"(?:doi|peu|veu|devr|pourr|voudr|compte|souhaite|prévoi|va\b|vont)\w*")
_CURRENCIES = frozenset(["", "euros", "couronnes", "francs", "dollars", "livres"])
_SUMS = frozenset(
    "coût prix budget dépense déficit somme montant facture dette recette tarif loyer salaire".split()
)
_TIMES = frozenset("mois jours semaines heures minutes années".split())
_NO_NOUNS = frozenset(
    "ans an fois h pour seulement autres d'entre entre heures points point minutes questions raisons "
    "choses exemples mots propositions principes reponses remarques conditions etapes".split()
)
_TO_BE = frozenset("est sont sera seront était étaient serait seraient fut furent".split())
_TO_HAVE = frozenset("a ont avait avaient aura auront aurait auraient eut".split())


def _noun_after(text: str) -> tuple[str, str] | None:
    """The noun that a number in front of a text counts, as after « combien de », and what follows it."""
    tokens = tokenise(text)
    end = 0
    while end < len(tokens):
        tag = tokens[end].tag
        if (tag in "wKGLTkSCOu" and end == 0) or (tag in "Kq" and end > 0):
            end += 1
        elif tag == "e" and end and tokens[end].word in {"de", "d'"} and end + 1 < len(tokens):
            if tokens[end + 1].tag not in "wKGL":
                break
            end += 2
        else:
            break
    if not end or tokens[0].word in _NO_NOUNS or not re.fullmatch(r"[^\W\d_]+[sx]", _first_word(text)):
        return None
    return text[: tokens[end - 1].end], text[tokens[end - 1].end :].strip()


def _first_word(text: str) -> str:
    return re.split(r"[\s,.]", text, maxsplit=1)[0]


def _counted(text: str) -> tuple[str, str, str] | None:
    """Of « 12 millions d’euros par an »: the value, « euros », « par an »."""
    about = _ABOUT.match(text)
    text = text[about.end() :] if about else text
    number = number_at(text)
    if number is None:
        return None
    end, value = number
    following = text[end:].strip()
    money = _MONEY.match(following)
    if money:
        unit = "euros" if money["unit"] in {"€", "euro"} else money["unit"]
        return value, unit, following[money.end() :].strip()
    if value.endswith("%"):
        part = re.match(r"(?P<of>d(?:es |u |e la |e l['’]|e |['’]))", following)
        return (value, "%", following) if part else None
    if _SCALED.search(text[:end].strip()):
        following = re.sub(r"^(?:d['’]|de )", "", following)
        if not following or tokenise(following)[0].tag in "pPR,":
            return value, "", following  # « 12 millions »: of money, where a verb says so
        if not _COUNTED.match(following):
            return None
    noun = _noun_after(following)
    return (value, *noun) if noun and float(value) != 1 else None


def quantity(clause: Clause, gender: Gender | None, gender_of: GenderOf) -> Asked | None:
    """« La ville emploie 40 agents » -> « Combien d’agents la ville emploie-t-elle ? »."""
    lead, verb = lead_of(clause), clause.verb.lower()
    if lead is None or clause.before:
        return None
    participle = re.match(r"(?P<word>\w{2,}[éiu])e?s? ", clause.rest) if verb in _TO_HAVE else None
    doing = re.match(r"\w+(?:er|ir|re) ", clause.rest) if _MODALS.fullmatch(verb) else None
    between = participle or doing
    level = _level(clause, gender, lead)
    if level:
        return level
    counted = _counted(clause.rest[between.end() :] if between else clause.rest)
    rest = clean_rest(counted[2], clause.after, "fr") if counted else None
    if counted is None or rest is None or re.match(r"(?:de|en) (?:plus|moins)\b", rest):
        return None
    unit, said = counted[1], f"{verb} {participle['word']}" if participle else verb
    subject = clause.subject.text
    costs = _COSTS.fullmatch(verb) or (participle and participle["word"] in {"coûté", "rapporté"})
    if costs:
        return (
            Asked("number", worded(lead, f"combien {said} {subject} {rest}")) if unit in _CURRENCIES else None
        )
    if _LASTS.fullmatch(verb) or (participle and participle["word"] == "duré"):
        return Asked("number", worded(lead, f"combien de temps {said} {subject} {rest}"))
    asking = inverted(clause, gender)
    if not unit or (rest and tokenise(rest)[0].tag in "wKq"):
        return None
    if (unit in _CURRENCIES and clause.subject.head in _SUMS) or (unit in _TIMES and not doing):
        return None
    if asking is None or verb in _TO_BE or verb in {"reste", "passe", "paraît", "semble", "dit", "disent"}:
        return None
    agreeing = ""
    if participle:
        own = gender_of(unit.split()[0].lower())
        if own is None or unit == "%":
            return None
        agreeing = participle["word"] + ("es" if own == "f" else "s")
    elif doing:
        agreeing = doing[0].strip()
    if unit == "%":
        return Asked("number", worded(lead, f"quel pourcentage {rest} {asking} {agreeing}")) if rest else None
    return Asked("number", worded(lead, f"combien {elided('de', unit)} {asking} {agreeing} {rest}"))


_LEVEL = re.compile(r"(?:de |à )(?:environ |près de |plus de )?(?=\d)")
_SET = re.compile(r"(?P<word>fixée?s?|estimée?s?|évaluée?s?|chiffrée?s?|limitée?s?|plafonnée?s?) (?=à \d)")


def _level(clause: Clause, gender: Gender | None, lead: str) -> Asked | None:
    """« Le budget est de 2 millions » -> « Quel est le budget ? »; « est fixé à » -> « À combien … ? »."""
    verb, rest = clause.verb.lower(), clause.rest
    if verb not in _TO_BE or clause.subject.named:
        return None
    fixed = _SET.match(rest)
    at = _LEVEL.match(rest[fixed.end() :] if fixed else rest)
    if not at or (not fixed and not rest.startswith("de")):
        return None
    following = (rest[fixed.end() :] if fixed else rest)[at.end() :]
    number = number_at(following)
    if number is None:
        return None
    following = re.sub(
        r"^\s*(?:(?:d['’]|de )?(?:euros?|€|ans|mois|jours|heures|mètres|tonnes|kilomètres))(?!\w)",
        "",
        following[number[0] :],
    )
    kept = clean_rest(following.strip(), clause.after, "fr")
    if kept is None or (kept and tokenise(kept)[0].tag not in "pPt"):
        return None
    if fixed:
        asking = inverted(clause, gender)
        return Asked("number", worded(lead, f"à combien {asking} {fixed['word']} {kept}")) if asking else None
    definite = re.match(r"(?:le|la|l['’]|les) ?", clause.subject.text)
    if gender is None or not definite or not (kept or " " in clause.subject.text[definite.end() :]):
        return None  # « Quel est le budget ? » does not tell of what
    which = "quel" + ("le" if gender == "f" else "") + ("s" if clause.form.plural else "")
    return Asked("number", worded(lead, f"{which} {verb} {clause.subject.text} {kept}"))


def how_many_are(clause: Clause) -> Asked | None:
    """« 140 places ont été peintes en 2022 » -> « Combien de places ont été peintes en 2022 ? »."""
    lead, rest = lead_of(clause), clean_rest(clause.rest, clause.after, "fr")
    if (
        lead is None
        or not rest
        or clause.verb.lower() in {"sont", "étaient"}
        or clause.subject.head in _NO_NOUNS
    ):
        return None
    money = _MONEY.match(clause.subject.text)
    unit = clause.subject.text if not money or money["unit"] != "€" else "euros"
    return Asked("number", worded(lead, f"combien {elided('de', unit)} {clause.before}{clause.verb} {rest}"))


_THERE = re.compile(r"Il y (?P<verb>a|avait|aura|aurait) (?P<rest>.+?)(?P<after>[;:(«“].*|[.!?]\s*)?$")


def there_are(sentence: str) -> Asked | None:
    """« Il y a 730 chiens dans le massif » -> « Combien de chiens y a-t-il dans le massif ? »."""
    found = _THERE.match(sentence)
    counted = _counted(found["rest"]) if found else None
    if not found or not counted or counted[1] == "%" or not counted[2]:
        return None
    rest = clean_rest(counted[2], found["after"] or "", "fr")
    if not rest or tokenise(rest)[0].tag not in "p":
        return None
    link = "-il" if found["verb"].endswith("t") else "-t-il"
    return Asked("number", worded("", f"combien {elided('de', counted[1])} y {found['verb']}{link} {rest}"))

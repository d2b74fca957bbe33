"""What kind of words a question asks for: a number, a date, a name, a place, a reason. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from rag.text.analyzer import fold
from rag.text.cues import CUES, asks_whether, cues_expected
from rag.text.tags import CONTENT, Token, tokenise

Kind = Literal[
    "number", "duration", "time", "person", "place", "where", "name", "cause", "manner", "thing", "nothing"
]
"""``place`` is a place with a name (« quelle ville »), ``where`` any; ``nothing`` for « Est-ce que… ? »."""

_NOUNS: dict[Kind, str] = {
    "duration": "durée duration",
    "number": "nombre montant prix coût coûts somme budget salaire valeur chiffre effectif effectifs part "
    "pourcentage proportion proportions taux quantité âge taille hauteur longueur largeur profondeur "
    "altitude distance surface superficie poids masse vitesse température capacité puissance production "
    "population fréquence number amount price cost share percentage rate value salary total age size "
    "height length width depth distance weight speed temperature capacity frequency",
    "time": "date dates année années époque période périodes jour jours mois moment siècle siècles heure "
    "décennie year years day month century time decade period",
    "place": "pays ville villes lieu lieux endroit continent quartier région régions île îles fleuve "
    "rivière mer océan capitale département province commune communes village adresse country countries "
    "city cities town towns region regions island river capital village",
    "person": "personne personnes personnage personnages personnalité personnalités homme femme auteur "
    "auteurs président présidente ministre roi reine général secrétaire chef directeur directrice pape "
    "empereur prince princesse maire professeur amiral maréchal dirigeant dirigeants acteur acteurs "
    "actrice joueur joueurs entraîneur chanteur écrivain philosophe peintre historien père mère frère "
    "frères sœur fils fille épouse mari entreprise groupe société organisme institution autorité person "
    "people author president minister king queen secretary leader director actor player official company "
    "organisation organization body",
    "cause": "raison raisons cause causes but buts objectif objectifs motif motifs rôle mission missions "
    "fonction reason reasons goal goals aim aims purpose role objective objectives",
    "name": "nom noms surnom titre pseudonyme appellation slogan devise name names nickname title",
}
_KIND_OF = {fold(word): kind for kind, words in _NOUNS.items() for word in words.split()}

_SIZE = "m km cm mm metre metres meter meters kilometre kilometres kilometer kilometers foot feet miles"
_UNITS = {
    "pourcentage proportion proportions part taux percentage share rate": "% percent moitie tiers quart half",
    "cout couts coute coutera coutent prix montant budget salaire somme valeur paie payer euros price "
    "cost costs amount salary value pay paid": "€ $ £ euro euros dollar dollars franc francs livre livres "
    "pounds",
    "hauteur longueur largeur distance profondeur altitude taille height length width depth tall high": _SIZE,
    "surface superficie area": "ha hectare hectares acres km2 m2 km² m² metres kilometres",
    "poids masse weight": "kg g t tonne tonnes kilogramme kilogrammes gramme grammes tons",
    "age old": "an ans annee annees mois year years months",
    "temperature": "° degre degres degrees",
}
_UNITS_OF = {word: frozenset(units.split()) for words, units in _UNITS.items() for word in words.split()}

_ALIKE = (
    "a au aux|de d' du des from|dans en in|par by|sur on|contre against|avec with|pour for|entre "
    "between|sous under|chez|vers"
).split("|")
_PREPOSITIONS = {word: frozenset(group.split()) for group in _ALIKE for word in group.split()}
_LOCATIVE = frozenset("a au aux dans en sur sous chez pres in at on near".split())
_USUAL = {"person": "par by", "cause": "pour for"}

_WHO = frozenset("qui who whom whose".split())
_WHAT = frozenset("que qu' quoi what".split())
_WHICH = frozenset(
    "quel quelle quels quelles lequel laquelle lesquels lesquelles auquel duquel which what".split()
)
_OTHERS: dict[str, Kind] = {
    "combien": "number",
    "quand": "time",
    "when": "time",
    "ou": "where",
    "where": "where",
    "pourquoi": "cause",
    "why": "cause",
    "comment": "manner",
    "how": "manner",
}
_AFTER_HOW: dict[str, Kind] = {"long": "duration"}
_AFTER_HOW |= dict.fromkeys("many much old far big large tall high often deep".split(), "number")

_SORTS = frozenset("type types sorte sortes genre genres espece kind kinds sort sorts".split())

_SENTENCE = re.compile(r"[^?!.]+[?!.]*")
_NAMING = re.compile(r"\b(?:appel|nomm|surnomm|baptis|intitul|called|named)", re.IGNORECASE)
_SERVING = re.compile(r"\b(?:ser[tv]|destin|used for|for\s*\?)", re.IGNORECASE)
_LASTING = re.compile(r"\s*(?:de temps|d['’]années|de mois|de jours|d['’]heures)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a question asks for.

    Attributes:
        kind: what sort of words answer.
        head: the first words after the interrogative, folded: « soldats » in « Combien de soldats… ».
        prepositions: those likely before the answer, folded.
        units: folded words that the number has which answers, if only some have.
    """

    kind: Kind
    head: tuple[str, ...] = ()
    prepositions: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()


def wanted(question: str) -> Wanted:
    """What the last interrogative of a question asks for; without one, what its nouns tell."""
    for match in reversed(list(_SENTENCE.finditer(question))):
        tokens = tokenise(match.group())
        place = _interrogative(match.group(), tokens)
        if place is not None:
            return _asked_at(match.group(), tokens, place)
    if asks_whether(question):
        return Wanted("nothing")
    tokens = [token for token in tokenise(question) if token.tag in CONTENT]
    kinds = (_KIND_OF[token.word] for token in tokens if token.word in _KIND_OF)
    kind = next(kinds, _by_cue(question) or "thing")
    return Wanted(kind, tuple(token.word for token in tokens[:1]), _prepositions(kind, ""), _units(tokens))


def _interrogative(sentence: str, tokens: Sequence[Token]) -> int | None:
    """Number of the main interrogative: the first that opens the sentence or a clause, else the last."""
    others: list[int] = []
    for number, token in enumerate(tokens):
        if not _may_ask(sentence, number, token):
            continue
        leads = _leads(tokens[:number])
        if token.word in {"que", "qu'"} and (
            not leads or (number and tokens[number - 1].word.endswith("ce"))
        ):
            continue  # a conjunction, or « est-ce que »
        if leads:
            return number
        others.append(number)
    if asks_whether(sentence):  # « Restera-t-il un filet qui coule ? »
        return None
    best = [number for number in others if tokens[number].word != "qui"] or others
    return best[-1] if best else None


def _may_ask(sentence: str, number: int, token: Token) -> bool:
    if token.word == "ou":  # « où », also without its accent where it opens the sentence
        return sentence[token.start : token.end].lower() == "où" or number == 0
    return token.word in _OTHERS or token.word in _WHO | _WHAT | _WHICH


def _leads(before: Sequence[Token]) -> bool:
    """Whether only little words stand before, back to the beginning or to a comma."""
    for token in reversed(before):
        if token.tag in ",-;":
            return True
        if token.tag in CONTENT:
            return False
    return True


def _asked_at(sentence: str, tokens: Sequence[Token], place: int) -> Wanted:
    after = [token for token in tokens[place + 1 :] if token.tag in CONTENT and token.tag != "J"]
    head = [token.word for token in after if token.word not in _SORTS]
    kind = _kind(tokens[place].word, sentence[tokens[place].end :], head, tokens[place + 1 :])
    own = tokens[place - 1].word if place else ""
    return Wanted(kind, tuple(head[:1]), _prepositions(kind, own), _units(tokens))


def _kind(word: str, rest: str, head: Sequence[str], after: Sequence[Token]) -> Kind:
    if _NAMING.search(rest[:30]):
        return "name"
    if word in _WHAT and _SERVING.search(rest[:40]):
        return "cause"
    if word == "combien" and _LASTING.match(rest):
        return "duration"
    if word == "how" and after and after[0].word in _AFTER_HOW:
        return _AFTER_HOW[after[0].word]
    if word in _OTHERS:
        return _OTHERS[word]
    if word in _WHO:
        about = [token.tag for token in after if token.tag not in "dve."]
        return "thing" if about and set(about) <= set("CSIT") else "person"  # « Qui est Jean Monnet ? »
    if word in _WHICH and head:
        return _KIND_OF.get(head[0]) or _by_cue(f"{word} {head[0]}") or "thing"
    return "thing"


def _by_cue(text: str) -> Kind | None:
    """The kind that the ranker's cues tell."""
    bits = cues_expected(text)
    kinds: tuple[Kind, ...] = ("number", "time", "place", "cause", "person")
    return next((kind for kind in kinds if bits >> CUES.index(kind) & 1), None)


def _prepositions(kind: Kind, own: str) -> frozenset[str]:
    """Those like the one before the interrogative; without one, those that its kind of answer often has."""
    if kind in {"place", "where"} and (own in _LOCATIVE or own not in _PREPOSITIONS):
        return _LOCATIVE
    return _PREPOSITIONS.get(own) or frozenset(_USUAL.get(kind, "").split())


def _units(tokens: Iterable[Token]) -> frozenset[str]:
    return frozenset[str]().union(*(_UNITS_OF.get(token.word, frozenset()) for token in tokens))

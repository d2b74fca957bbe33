"""Facts to be asked for: each stands in one sentence, and no other fact answers its question."""

from __future__ import annotations

import random
from dataclasses import dataclass

from evals.sets.written.prose import MONTHS, capital, joined
from evals.sets.written.words import Language, lexicon

_SAID = {
    "fr": {
        "spent": (
            "La ville de {place} a consacré {amount} millions d’euros à {purpose} en {year}.",
            "Combien de millions d’euros ont été consacrés en {year} à {purpose} par la ville de {place} ?",
        ),
        "share": (
            "À {place}, {amount} % des habitants approuvent {purpose}, d’après l’enquête de {year}.",
            "D’après l’enquête de {year}, quelle part des habitants de {place} approuve {purpose} ?",
        ),
        "head": (
            "Depuis {year}, c’est {person} qui préside {body} de {place}.",
            "Par qui est présidé {body} de {place} ?",
        ),
        "opened": (
            "{body} de {place} a ouvert ses portes le {day} {month} {year}.",
            "À quelle date a ouvert {body} de {place} ?",
        ),
    },
    "en": {
        "spent": (
            "The town of {place} spent {amount} million pounds on {purpose} in {year}.",
            "In {year}, how many million pounds were spent on {purpose} by the town of {place}?",
        ),
        "share": (
            "In {place}, {amount}% of residents approve of {purpose}, the {year} survey found.",
            "According to the {year} survey, what share of residents approve of {purpose} in {place}?",
        ),
        "head": (
            "Since {year}, {body} of {place} has been chaired by {person}.",
            "Who chairs {body} of {place}?",
        ),
        "opened": (
            "{body} of {place} opened its doors on {day} {month} {year}.",
            "On what date did {body} of {place} open?",
        ),
    },
}
"""The sentence, and the question in another order of words."""
_PURPOSES = {
    "fr": "la rénovation des écoles|la réfection des trottoirs|l’éclairage public|la collecte des déchets"
    "|l’accueil des familles|la vidéosurveillance|la piscine municipale|les pistes cyclables"
    "|la voirie communale|le chauffage des gymnases|la restauration du clocher|la plantation d’arbres"
    "|les transports scolaires|l’aide aux associations|la lutte contre les crues|le logement étudiant"
    "|la fête annuelle|les crèches|la protection du littoral"
    "|l’achat de tramways|la numérisation des archives|le marché couvert",
    "en": "school repairs|new pavements|street lighting|waste collection|family services|traffic cameras"
    "|the public pool|cycle lanes|road upkeep|heating sports halls|restoring the steeple|planting trees"
    "|school buses|grants to charities|flood defences|student housing|the yearly fair|nurseries"
    "|coastal protection|buying trams|scanning the archives|the covered market",
}
_BODIES = {
    "fr": "le conservatoire|le théâtre|le musée|le port|le syndicat des eaux|le comité des fêtes"
    "|le centre social|le lycée agricole|le tribunal|le laboratoire|le planétarium|le fonds de solidarité"
    "|le club nautique|le haras|le jardin botanique|le festival"
    "|le dispensaire|le parc naturel|le vélodrome|le conseil des sages",
    "en": "the conservatory|the theatre|the museum|the port|the water board|the fair committee"
    "|the community centre|the farming college|the court|the laboratory|the planetarium|the relief fund"
    "|the sailing club|the stud farm|the botanic garden|the festival"
    "|the clinic|the nature park|the velodrome|the elders’ council",
}


@dataclass(frozen=True, slots=True)
class Fact:
    """A sentence and the question that it answers."""

    sentence: str
    question: str


class Facts:
    """Makes facts whose questions differ: none is made twice."""

    def __init__(self) -> None:
        self._taken: set[tuple[object, ...]] = set()

    def made(self, language: Language, draw: random.Random) -> Fact:
        """One more; its place is of those of the corpus, so that others stand beside it."""
        kind = draw.choice(tuple(_SAID[language]))
        by_place = kind in ("head", "opened")
        while True:
            place = draw.choice(lexicon(language).places.things)
            what = draw.choice((_BODIES if by_place else _PURPOSES)[language].split("|"))
            year = draw.randint(1975, 2025)
            key = (language, kind, place, what, 0 if by_place else year)
            if key not in self._taken:
                break
        self._taken.add(key)
        fill = {
            "place": place, "body": what, "purpose": what, "year": year,
            "person": lexicon(language).people.drawn(draw), "amount": _amount(language, kind, draw),
            "day": draw.randint(2, 28), "month": draw.choice(MONTHS[language]),
        }  # fmt: skip
        sentence, question = (form.format_map(fill) for form in _SAID[language][kind])
        return Fact(capital(joined(sentence)), capital(joined(question)))


def _amount(language: Language, kind: str, draw: random.Random) -> str:
    if kind == "share":
        return str(draw.randint(3, 97))
    mark = "," if language == "fr" else "."
    return f"{draw.randint(2, 98)}{mark}{draw.randint(1, 9)}"

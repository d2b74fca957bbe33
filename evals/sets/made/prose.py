"""Paragraphs by rule, from a seed: no two alike, full of what misleads readers of files."""

from __future__ import annotations

import random
import re
from typing import Literal

_FILL = {
    "fr": {
        "town": "Saint-Étienne|Clermont-Ferrand|Villeneuve-d’Ascq|Aix-les-Bains|Châlons-en-Champagne|Quimper"
        "|La Roche-sur-Yon|Montreuil|Fontainebleau|Décines-Charpieu",
        "who": "la commission d’enquête|le Conseil économique et social|la Cour des comptes"
        "|l’opposition municipale|Mme {c:FERRAND}|M. {c:D’AUBIGNY}|le rapporteur général|l’intercommunalité"
        "|la sous-préfète|le vice-président",
        "what": "la rénovation énergétique des écoles|la prime d’activité|les transports interurbains"
        "|la vidéosurveillance|l’assainissement des eaux usées|le co-développement franco-allemand"
        "|la lutte contre l’artificialisation|les cantines biologiques|l’hébergement d’urgence"
        "|la gestion des digues|le chauffage collectif",
        "says": "estime que|affirme sans détour que|a reconnu que|conteste l’idée que|rappelle toutefois que",
        "verb": "a coûté|devrait rapporter|a mobilisé|représente|aurait exigé",
        "unit": "millions d’euros|milliards de francs|tonnes de CO{_2}|km{^2} de forêts|m{^3} d’eau|logements"
        "|kW·h par habitant|postes d’enseignants",
        "why": "faute d’entretien|en dépit des avertissements|à l’issue d’une concertation inachevée"
        "|au bénéfice des quartiers périphériques|sans évaluation préalable|malgré un déficit chronique",
    },
    "en": {
        "town": "Stoke-on-Trent|Kingston upon Hull|Weston-super-Mare"
        "|Aberdeen|Newcastle|Bath|Derry|Milton Keynes",
        "who": "the select committee|the Treasury|the shadow minister|Mrs {c:OKONKWO}|Sir {c:HARTLEY}"
        "|the vice-chancellor|the watchdog|the parish council|the ombudsman",
        "what": "the low-emission zone|flood defences|the winter fuel allowance|state-funded childcare"
        "|the offshore wind farms|cross-border policing|affordable housing|the refurbishment of schools",
        "says": "argues that|flatly denies that|has conceded that|insists that|warned last week that",
        "verb": "cost|would save|has absorbed|accounts for|could have financed",
        "unit": "million pounds|billion dollars|tonnes of CO{_2}|km{^2} of woodland|m{^3} of water|homes"
        "|teaching posts|kilowatt-hours",
        "why": "for want of maintenance|despite repeated warnings|without any prior assessment"
        "|at the expense of outlying districts|in spite of a chronic deficit",
    },
}
_SAID = {
    "fr": [
        "En {year}, {who} {says} {what} {verb} {n} {unit}, {why}.",
        "Le {day} mai {year}, {what} {verb} {n} {unit} à {town}, soit {p} % de plus qu’en {before}.",
        "Selon l’article {art}, n° {k}, du {c:XIX}{^e} siècle, {who} {says} le 1{^er} alinéa vaut à {town}.",
        "À {town}, {p} % des habitants approuvent {what} ; {q} % s’y opposent, {why}.",
        "« Rien ne justifie {n} {unit} pour {what} », {says_short} {who} à {town}.",
        "Faut-il renoncer à {what} ? Non : {who} {says} {n} {unit} suffiraient d’ici à {after}.",
        "{*Sur le fond.*} À {town}, {what} {verb_now} {p} % du budget, dont {n} {unit} depuis {before}.",
        "La différence, {k} × 10{^6} euros, n’efface pas {n} {unit} que {who} reproche à {town}.",
        "D’une efficacité affaiblie, {what} offre des flux difficiles à officialiser : {n} {unit} en {year}.",
    ],
    "en": [
        "In {year}, {who} {says} {what} {verb} {n} {unit}, {why}.",
        "On {day} May {year}, {what} {verb} {n} {unit} in {town}, up {p}% on {before}.",
        "Under section {art} of the Act, {who} {says} the 19{^th}-century rule still applies in {town}.",
        "In {town}, {p}% of residents back {what}; {q}% oppose it, {why}.",
        "“Nothing justifies {n} {unit} for {what},” {says_short} {who} in {town}.",
        "Should {what} be scrapped? No: {who} {says} {n} {unit} would be enough by {after}.",
        "{*On the merits.*} In {town}, {what} took only {p}% of the budget, {n} {unit} of it since {before}.",
        "The gap, some {k} × 10{^6} pounds, does not cancel the {n} {unit} that {who} puts down to {what}.",
        "An efficient office affords a different flow: {what} {verb} {n} {unit} in {year}.",
    ],
}
_WITH_NOTE = {
    "fr": [
        "La dépense consacrée à {what} atteint {n}{n:{note}} {unit}, {why}.",
        "On a dit que {what} coûtait trop à {town}.{n:{note}} Le débat reste ouvert : {n} {unit} manquent.",
        "À {town}, {who}{n:{note}} {says} {what} {verb} {n} {unit}.",
    ],
    "en": [
        "Spending on {what} stands at {n}{n:{note}} {unit}, {why}.",
        "It was said that {what} cost {town} too much.{n:{note}} The debate goes on: {n} {unit} are missing.",
        "In {town}, {who}{n:{note}} {says} {what} {verb} {n} {unit}.",
    ],
}
_NOTES = {
    "fr": "Cour des comptes, rapport n° {k}, {year}, p. {art} : {what}, {n} d’après {who2}.",
    "en": "National Audit Office, report {k}, {year}, p. {art}: {what}, {n} according to {who2}.",
}


_HIGH = re.compile(r"(?<=«) | (?=[»%;:?!])")
"""Where French has a space that no line ends at."""
_GAP = re.compile(r"\{([a-z]\w*)\}")


class Writer:
    """Writes paragraphs.

    Args:
        language: of what is written.
        seed: the same seed, the same words.
    """

    def __init__(self, language: Literal["fr", "en"], seed: int) -> None:
        self.language = language
        self.draw = random.Random(f"{language} {seed}")

    def sentence(self) -> str:
        """A sentence without note."""
        return self._filled(self.draw.choice(_SAID[self.language]))

    def noted(self, long: int = 1) -> str:
        """A sentence with a note, of some sentences."""
        note = " ".join(self._plain(self._filled(_NOTES[self.language])) for _ in range(long))
        return self._filled(self.draw.choice(_WITH_NOTE[self.language])).replace("{note}", note)

    def paragraph(self, sentences: int = 3, noted: bool = False, long: int = 1) -> str:
        """A paragraph, of which the last sentence but one may have a note."""
        told = [self.sentence() for _ in range(sentences)]
        if noted:
            told.insert(max(0, sentences - 1), self.noted(long))
        return " ".join(told)

    def title(self) -> str:
        """A heading."""
        before = {"fr": "Ce que {what} change à {town}", "en": "What {what} means for {town}"}
        return self._plain(self._filled(before[self.language]))

    def number(self) -> str:
        """A number in one of the forms that are printed."""
        draw = self.draw
        whole = draw.randint(2, 99)
        forms = [str(whole), f"{draw.randint(2, 980)}"]
        if self.language == "fr":
            forms += [f"{whole},{draw.randint(1, 9)}", f"{whole}\u202f{draw.randint(100, 999)}"]
            forms += [f"{whole}\u00a0{draw.randint(100, 999)}\u00a0{draw.randint(100, 999)}"]
        else:
            forms += [f"{whole}.{draw.randint(1, 9)}", f"{whole},{draw.randint(100, 999)}"]
        return draw.choice(forms)

    def _filled(self, said: str) -> str:
        draw, year = self.draw, self.draw.randint(1990, 2025)
        fill = {name: draw.choice(words.split("|")) for name, words in _FILL[self.language].items()}
        french = self.language == "fr"
        filled = fill | {
            "who2": draw.choice(("l’Insee", "la Dares") if french else ("the ONS", "the OBR")),
            "says_short": draw.choice(("assure", "martèle") if french else ("said", "declared")),
            "verb_now": draw.choice(("représente", "pèse")),
            "year": str(year),
            "before": str(year - draw.randint(2, 9)),
            "after": str(year + draw.randint(2, 9)),
            "day": str(draw.randint(2, 28)),
            "art": str(draw.randint(10, 400)),
            "k": str(draw.randint(3, 60)),
            "p": str(draw.randint(2, 97)),
            "q": str(draw.randint(2, 97)),
            "n": self.number(),
            "note": "{note}",
        }
        told = _GAP.sub(lambda gap: filled[gap[1]], said)
        return _HIGH.sub("\u00a0", told) if french else told

    @staticmethod
    def _plain(text: str) -> str:
        return (
            text.replace("{c:", "")
            .replace("{_2}", "₂")
            .replace("{^2}", "²")
            .replace("{^3}", "³")
            .replace("}", "")
        )

"""Sittings and interviews made by rule, in the forms in which they are printed; who speaks is known."""

from __future__ import annotations

import random
import textwrap
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

SAID = {
    "fr": [
        "Nous avons dépensé {n} millions d’euros pour le pont de {v}.",
        "Je voterai contre ce texte, car il oublie les {n} communes du plateau de {v}.",
        "Le rapport de M. Lenoir le dit : {n} emplois sont menacés à {v}.",
        "Vous aviez promis {n} logements (c’était en 2019) et {v} n’en a vu aucun.",
        "Il y a {n} ans, la ville de {v} a fait un autre choix.",
        "« Rien ne presse », disait-on à {v} ; {n} familles attendent encore.",
        "La région de {v} comptait {n} médecins l’an dernier.",
        "Les usines de {v} ont trois défauts : le bruit, la fumée, et {n} camions par jour.",
    ],
    "en": [
        "We have spent {n} million pounds on the bridge at {v}.",
        "I shall vote against this Bill, for it forgets the {n} parishes around {v}.",
        "The report by Mr Black says so: {n} jobs are at risk in {v}.",
        "You promised {n} homes (that was in 2019) and {v} has seen none of them.",
        "Some {n} years ago the town of {v} chose otherwise.",
        "“There is no hurry,” they said in {v}; {n} families are still waiting.",
        "The county of {v} had {n} doctors last year.",
    ],
}
ASKED = {
    "fr": [
        "Combien cela coûtera-t-il à {v}, et pour {n} ans ?",
        "Pourquoi {n} habitants de {v} refusent-ils ?",
    ],
    "en": ["How much will it cost {v}, and for {n} years?", "Why do {n} people of {v} refuse?"],
}
TOWNS = "Valbrune Morvère Lanvers Corbelande Sarmiers Kerhir Roquebrune Ostrelle Brémont Sauvecombe".split()
FLOOR = {"fr": "La parole est à {name}.", "en": "I call {name}."}
STIR = {
    "fr": [
        "(Applaudissements sur plusieurs bancs.)",
        "(Rires.)",
        "(Exclamations à gauche. – M. Roy proteste.)",
    ],
    "en": ["[Laughter.]", "(Applause.)", "[Interruption.]"],
}
CALLS = {
    "fr": ["C’est faux !", "Très bien !", "Et les {n} de {v} !"],
    "en": ["That is wrong!", "Hear, hear!"],
}


@dataclass(frozen=True)
class Form:
    """How a document prints who speaks.

    Attributes:
        lang: of the words.
        people: labels of each speaker, the fullest first, and the name that is right; asked for in turn.
        print_: a label and the words after it, as lines.
        chair, asks: numbers of those who give the floor, and who ask.
        stirred, called, headed: has stage directions, interruptions by name, headings.
    """

    lang: str
    people: list[tuple[list[str], str]]
    print_: Callable[[str, str], str]
    chair: int | None = None
    asks: int | None = None
    stirred: bool = True
    called: bool = True
    headed: bool = True
    crowd: str = ""
    wrapped: int = 0
    apart: str = "\n\n"
    before: str = ""
    after: str = ""


@dataclass
class Sitting:
    """A text and whose words each of its sentences is; ``None`` for what nobody says."""

    text: str
    said: list[tuple[str, str | None]] = field(default_factory=list)


def sitting(form: Form, seed: int) -> Sitting:
    """A document of some thirty turns."""
    chance = random.Random(seed)
    made = _Maker(form, chance)
    made.write()
    joined = form.apart.join(made.lines)
    if form.wrapped:
        joined = "\n\n".join(
            textwrap.fill(p, form.wrapped, break_on_hyphens=False) for p in joined.split("\n\n")
        )
    return Sitting(form.before + joined + form.after, made.said)


class _Maker:
    def __init__(self, form: Form, chance: random.Random) -> None:
        self.form, self.chance = form, chance
        self.lines: list[str] = []
        self.said: list[tuple[str, str | None]] = []
        self.seen: set[int] = set()
        self.used: set[str] = set()

    def fresh(self, shapes: Iterable[str]) -> str:
        """A sentence that the document has not yet."""
        shapes = list(shapes)
        while True:
            text = self.chance.choice(shapes).format(
                n=self.chance.randint(3, 990), v=self.chance.choice(TOWNS)
            )
            if text not in self.used:
                self.used.add(text)
                return text

    def write(self) -> None:
        form = self.form
        others = [n for n in range(len(form.people)) if n not in (form.chair, form.asks)]
        for number in range(14):
            who = others[number % len(others)]
            if form.headed and number % 5 == 0:
                heading = f"{'Article' if form.lang == 'fr' else 'Clause'} {number + 1}"
                self.lines.append(heading)
            if form.chair is not None:
                name = form.people[who][0][0].split("(")[0].rstrip(" :.—")
                self.turn(form.chair, [[FLOOR[form.lang].format(name=f"{name} {number}")]])
            if form.asks is not None:
                self.turn(form.asks, [[self.fresh(ASKED[form.lang])]])
            words = [self.words(self.chance.randint(1, 3)) for _ in range(self.chance.choice((1, 1, 2, 3)))]
            self.turn(who, words, stirred=form.stirred and number % 3 == 1)
            if form.called and number % 4 == 2:
                other = next(n for n in others if n != who)
                self.turn(other, [[self.fresh(CALLS[form.lang][2:] or ["No, {v}, no!"])]])
            if form.crowd and number % 4 == 3:
                self.lines.append(form.print_(form.crowd, CALLS[form.lang][1]))

    def words(self, many: int) -> list[str]:
        return [self.fresh(SAID[self.form.lang]) for _ in range(many)]

    def turn(self, who: int, paragraphs: list[list[str]], stirred: bool = False) -> None:
        labels, name = self.form.people[who]
        label = labels[0] if who not in self.seen else self.chance.choice(labels)
        self.seen.add(who)
        for at, sentences in enumerate(paragraphs):
            text = " ".join(sentences)
            if stirred and at == len(paragraphs) - 1:
                text += " " + self.chance.choice(STIR[self.form.lang])
            self.lines.append(self.form.print_(label, text) if at == 0 else text)
            self.said += [(sentence, name) for sentence in sentences]


def _after(mark: str) -> Callable[[str, str], str]:
    return lambda label, words: f"{label}{mark}{words}"


_FRENCH = [
    (["M. Jean Costa"], "M. Jean Costa"),
    (["Mme Anne-Marie Le Goff"], "Mme Anne-Marie Le Goff"),
    (["M. Paul d’Aubigny"], "M. Paul d’Aubigny"),
]
_MINISTER = (["M. Luc Ferrand, ministre de l’énergie", "M. Luc Ferrand, ministre"], "M. Luc Ferrand")
_LOUD = [
    (["M. COSTA", "M. COSTA (interrompant)"], "M. Costa"),
    (["MME FERRAND", "MME FERRAND, à M. Costa"], "Mme Ferrand"),
    (["M. LE GOFF"], "M. Le Goff"),
]
_CHAIR = (["Mme la présidente"], "Mme la présidente")
_BARE = [
    (["Jean Costa"], "Jean Costa"),
    (["Anne Ferrand"], "Anne Ferrand"),
    (["Ursula von der Leyen"], "Ursula von der Leyen"),
]


def _with(people: list[tuple[list[str], str]], tail: str) -> list[tuple[list[str], str]]:
    return [([label + tail for label in labels], name) for labels, name in people]


def _emphasised(label: str, words: str) -> str:
    return f"**{label}.** — {words}"


def _timed(label: str, words: str) -> str:
    return f"[00:12:03] {label}: {words}"


FORMS: dict[str, Form] = {
    "assemblée": Form(
        "fr",
        [_CHAIR, *_FRENCH, _MINISTER],
        _after(". "),
        chair=0,
        crowd="Plusieurs députés du groupe LR",
        before="Présidence de Mme Anne Roux\n\n",
        after="\n\n(La séance est levée à vingt heures.)\n\nLe compte rendu",
    ),
    "sénat": Form("fr", [(["M. le président"], "M. le président"), *_FRENCH], _after(". "), chair=0),
    "conseil": Form("fr", [_CHAIR, *_LOUD], _after(" : "), chair=0, crowd="Plusieurs voix"),
    "conseil plié": Form(
        "fr", [(["LE PRÉSIDENT"], "Le président"), *_LOUD], _after(" : "), chair=0, wrapped=78
    ),
    "emphase": Form("fr", [_CHAIR, *_FRENCH], _emphasised, chair=0),
    "tirets": Form("fr", [(["Le président"], "Le président"), *_FRENCH], _after(". — "), chair=0),
    "tirets seuls": Form("fr", [(["Journaliste"], "Journaliste"), *_FRENCH[:2]], _after(" — "), asks=0),
    "Strasbourg": Form(
        "fr",
        [
            (["Le Président"], "Le Président"),
            *[([f"{a[0]}, au nom du groupe PPE", a[0]], n) for a, n in _BARE],
        ],
        _after(". – "),
        chair=0,
    ),
    "Québec": Form(
        "fr",
        [(["Le Président"], "Le Président"), (["M. Costa"], "M. Costa"), (["Mme Roux"], "Mme Roux")],
        _after(": "),
        chair=0,
        crowd="Des voix",
    ),
    "Belgique": Form("fr", _with(_BARE, " (PS)"), lambda label, words: f"01.02 {label}: {words}"),
    "Suisse": Form(
        "fr",
        [
            (["Costa Jean (S, VD)", "Costa Jean, pour la commission"], "Costa Jean"),
            (["Roux Anne (V, GE)"], "Roux Anne"),
        ],
        _after(": "),
        stirred=False,
        called=False,
    ),
    "entretien": Form(
        "fr",
        [(["Le Monde"], "Le Monde"), (["Jean Costa", "J. C."], "Jean Costa")],
        _after(" : "),
        asks=0,
        headed=False,
        called=False,
        stirred=False,
    ),
    "Q et R": Form("fr", [(["Q"], "Q"), (["R"], "R")], _after(". "), asks=0, headed=False, called=False),
    "question": Form(
        "fr",
        [(["Question"], "Question"), (["Tova Roux"], "Tova Roux")],
        _after(" : "),
        asks=0,
        headed=False,
        called=False,
    ),
    "table ronde": Form("fr", [(["Le modérateur"], "Le modérateur"), *_BARE], _after(" : "), asks=0),
    "ligne à part": Form(
        "fr", [_CHAIR, *_FRENCH], lambda label, words: f"{label}\n\n{words}", chair=0, called=False
    ),
    "sous-titres": Form(
        "fr",
        [(["ANNA"], "Anna"), (["PAUL"], "Paul")],
        _after(" : "),
        asks=0,
        headed=False,
        called=False,
        stirred=False,
        apart="\n",
    ),
    "Hansard": Form(
        "en",
        [
            (["Mr Speaker"], "Mr Speaker"),
            (["Sir Keir Hall (Holborn and St Pancras) (Lab)", "Keir Hall"], "Sir Keir Hall"),
            (["Jane Smith (Ashford) (Con)", "Jane Smith"], "Jane Smith"),
        ],
        lambda label, words: f"{label}\n\n{words}",
        chair=0,
        called=False,
        stirred=False,
    ),
    "Lords": Form(
        "en",
        [(["The Chair"], "The Chair"), (["Mr SMITH"], "Mr Smith"), (["Mrs O’BRIEN"], "Mrs O’Brien")],
        _after(": "),
        chair=0,
        crowd="Several hon. Members",
    ),
    "Ottawa": Form(
        "en",
        [
            (["The Speaker"], "The Speaker"),
            (["Hon. Jean Costa (Minister of Finance, Lib.)", "Hon. Jean Costa"], "Hon. Jean Costa"),
            (["Ms. Anne Roux (Laval, BQ)", "Ms. Anne Roux"], "Ms. Anne Roux"),
        ],
        _after(": "),
        chair=0,
        crowd="Some hon. members",
    ),
    "Congress": Form(
        "en",
        [
            (["The SPEAKER pro tempore"], "The Speaker pro tempore"),
            (["Mr. SMITH of Texas", "Mr. SMITH"], "Mr. Smith of Texas"),
            (["Ms. ROE"], "Ms. Roe"),
        ],
        _after(". "),
        chair=0,
        crowd="",
        called=False,
    ),
    "court": Form(
        "en",
        [(["THE COURT"], "The Court"), (["MR. SMITH"], "Mr. Smith"), (["THE WITNESS"], "The Witness")],
        _after(": "),
        called=False,
        headed=False,
    ),
    "Q and A": Form("en", [(["Q"], "Q"), (["A"], "A")], _after(": "), asks=0, headed=False, called=False),
    "numbers": Form(
        "en", [(["SPEAKER 1"], "Speaker 1"), (["SPEAKER 2"], "Speaker 2")], _timed, headed=False, called=False
    ),
    "first names": Form(
        "en", [(["Anna"], "Anna"), (["Tom"], "Tom")], _timed, asks=0, headed=False, called=False
    ),
}

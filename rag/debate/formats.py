"""How long each speech of a debate is: the usual formats, told once.

Times are those usual at tournaments, where rules vary: the page lets each be changed. British Parliamentary
as at the world championships, seven minutes of which the first and the last are protected from questions;
Lincoln-Douglas and Policy as in American schools; débat à la française as student clubs hold it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from rag.types import Language

Kind = Literal["speech", "questions"]
Names = dict[Language, str]


@dataclass(frozen=True, slots=True)
class Slot:
    """A part of a debate.

    Attributes:
        names: in each language.
        minutes: how long it is.
        protected: so many minutes at its beginning, and as many at its end, without questions.
        kind: a speech, or questions to who has spoken.
    """

    names: Names
    minutes: float
    protected: float = 0
    kind: Kind = "speech"


@dataclass(frozen=True, slots=True)
class Format:
    """A format of debate.

    Attributes:
        name: in scripts.
        names: in each language.
        slots: in order.
        preparation: whose, and minutes of it, to be taken between speeches or before.
    """

    name: str
    names: Names
    slots: tuple[Slot, ...]
    preparation: tuple[tuple[Names, float], ...] = ()


_BOTH: tuple[Names, ...] = (
    {"fr": "Affirmative", "en": "Affirmative"},
    {"fr": "Négative", "en": "Negative"},
)


def _speeches(minutes: float, protected: float, *names: tuple[str, str]) -> tuple[Slot, ...]:
    return tuple(Slot({"fr": fr, "en": en}, minutes, protected) for fr, en in names)


def _questions(minutes: float, fr: str, en: str) -> Slot:
    return Slot({"fr": f"Questions : {fr}", "en": f"Cross-examination: {en}"}, minutes, kind="questions")


def _in_pairs(*names: tuple[str, str]) -> tuple[Slot, ...]:
    """Constructive speeches of Policy, each followed by questions from the other team."""
    slots: list[Slot] = []
    for speech, (fr, en) in zip(_speeches(8, 0, *names), names, strict=True):
        slots += [speech, _questions(3, fr, en)]
    return tuple(slots)


FORMATS: tuple[Format, ...] = (
    Format("free", {"fr": "Libre", "en": "Free"}, _speeches(5, 0, ("Discours", "Speech"))),
    Format(
        "british",
        {"fr": "Parlementaire britannique", "en": "British Parliamentary"},
        _speeches(
            7,
            1,
            ("Premier ministre", "Prime Minister"),
            ("Chef de l’opposition", "Leader of the Opposition"),
            ("Vice-premier ministre", "Deputy Prime Minister"),
            ("Adjoint du chef de l’opposition", "Deputy Leader of the Opposition"),
            ("Membre du gouvernement", "Member of Government"),
            ("Membre de l’opposition", "Member of Opposition"),
            ("Conclusion du gouvernement", "Government Whip"),
            ("Conclusion de l’opposition", "Opposition Whip"),
        ),
        (({"fr": "Avant le débat", "en": "Before the debate"}, 15),),
    ),
    Format(
        "lincoln-douglas",
        {"fr": "Lincoln-Douglas", "en": "Lincoln-Douglas"},
        (
            Slot({"fr": "Exposé, affirmative", "en": "Affirmative constructive"}, 6),
            _questions(3, "l’affirmative répond", "the affirmative answers"),
            Slot({"fr": "Exposé, négative", "en": "Negative constructive"}, 7),
            _questions(3, "la négative répond", "the negative answers"),
            Slot({"fr": "Première réfutation, affirmative", "en": "First affirmative rebuttal"}, 4),
            Slot({"fr": "Réfutation, négative", "en": "Negative rebuttal"}, 6),
            Slot({"fr": "Seconde réfutation, affirmative", "en": "Second affirmative rebuttal"}, 3),
        ),
        tuple((names, 4) for names in _BOTH),
    ),
    Format(
        "policy",
        {"fr": "Policy", "en": "Policy"},
        (
            *_in_pairs(
                ("Premier exposé, affirmative", "First affirmative constructive"),
                ("Premier exposé, négative", "First negative constructive"),
                ("Second exposé, affirmative", "Second affirmative constructive"),
                ("Second exposé, négative", "Second negative constructive"),
            ),
            *_speeches(
                5,
                0,
                ("Première réfutation, négative", "First negative rebuttal"),
                ("Première réfutation, affirmative", "First affirmative rebuttal"),
                ("Seconde réfutation, négative", "Second negative rebuttal"),
                ("Seconde réfutation, affirmative", "Second affirmative rebuttal"),
            ),
        ),
        tuple((names, 8) for names in _BOTH),
    ),
    Format(
        "french",
        {"fr": "Débat à la française", "en": "French debate"},
        _speeches(
            5,
            0.5,
            ("Introduction, affirmative", "Introduction, affirmative"),
            ("Introduction, négative", "Introduction, negative"),
            ("Deuxième oratrice ou orateur, affirmative", "Second speaker, affirmative"),
            ("Deuxième oratrice ou orateur, négative", "Second speaker, negative"),
            ("Troisième oratrice ou orateur, affirmative", "Third speaker, affirmative"),
            ("Troisième oratrice ou orateur, négative", "Third speaker, negative"),
            ("Conclusion, affirmative", "Conclusion, affirmative"),
            ("Conclusion, négative", "Conclusion, negative"),
        ),
        (({"fr": "Avant le débat", "en": "Before the debate"}, 15),),
    ),
)


def formats_as_json(lang: Language) -> list[dict[str, Any]]:
    """The formats in one language, times in seconds, as the page's timer takes them."""
    return [
        {
            "name": each.name,
            "title": each.names[lang],
            "slots": [
                {
                    "title": slot.names[lang],
                    "kind": slot.kind,
                    "seconds": round(60 * slot.minutes),
                    "protected": round(60 * slot.protected),
                }
                for slot in each.slots
            ],
            "preparation": [
                {"title": names[lang], "seconds": round(60 * minutes)} for names, minutes in each.preparation
            ],
        }
        for each in FORMATS
    ]

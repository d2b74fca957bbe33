"""What single sentences tell: whether they stand alone, argue, hand on; what they say, and when."""

from __future__ import annotations

import numpy as np
import pytest

from rag.brief.alone import stands_alone
from rag.brief.arguing import argues, reports
from rag.brief.chronology import dates_of
from rag.brief.groups import groups_of
from rag.brief.headings import LONGEST, phrase_of
from rag.types import Language


@pytest.mark.parametrize(
    ("text", "lang", "alone"),
    [
        ("La ligne coûtera 286 millions d’euros.", "fr", True),
        ("Il faut agir maintenant, car la ville grandit.", "fr", True),
        ("Elle sera de 286 millions d’euros.", "fr", False),
        ("Mais un bus transporte 120 personnes.", "fr", False),
        ("Le bureau d’études l’a écarté en 2023.", "fr", False),
        ("Sans stationnement, ils iront ailleurs.", "fr", False),
        ("Un projet de cette taille ne se décide pas ainsi.", "fr", False),
        ("« Nous refusons tout.", "fr", False),
        ("There is no shore power at the quay.", "en", True),
        ("They do not use the sewage works.", "en", False),
        ("A town cannot absorb a crowd of that size.", "en", False),
        ("a lower-case item", "en", False),
        ("Faux. La loi ne le prévoit pas.", "fr", False),
        ("M. Astier ne votera pas contre la régie.", "fr", True),
    ],
)
def test_what_leans_on_what_stands_before(text: str, lang: Language, alone: bool) -> None:
    assert stands_alone(text, lang) is alone


@pytest.mark.parametrize(
    ("text", "lang", "phrase"),
    [
        ("Mais un bus articulé transporte 120 personnes.", "fr", "Un bus articulé transporte 120 personnes"),
        ("Nous avons confirmé que la paix doit être juste.", "fr", "La paix doit être juste"),
        (
            "Elle dit « avant la fin du mois » et elle part.",
            "fr",
            "Elle dit avant la fin du mois et elle part",
        ),
        ("La mairie promet 32 000 voyageurs par jour.", "fr", "La mairie promet 32 000 voyageurs par jour"),
        (
            "La mairie promet de replanter neuf cents arbres le long des quais de la ville basse, "
            "mais un jeune arbre ne rafraîchit rien avant vingt-cinq ans.",
            "fr",
            "Un jeune arbre ne rafraîchit rien avant vingt-cinq ans",
        ),
        (
            "Les quartiers du nord, où un ménage sur trois n’a pas de voiture, seront reliés à l’hôpital.",
            "fr",
            "Les quartiers du nord seront reliés à l’hôpital",
        ),
        (
            "Cost. Ships keep their engines running all day and all night while they are docked at the old "
            "quay, because there is no shore power.",
            "en",
            "Ships keep their engines running all day and all night while they are docked at the old quay",
        ),
    ],
)
def test_a_sentence_as_a_phrase(text: str, lang: Language, phrase: str) -> None:
    assert phrase_of(text, lang) == (phrase, True)


def test_what_takes_back_is_not_cut_off_unseen() -> None:
    text = "We shall accept the levy that the council wants to introduce in the harbour of the town next year"
    phrase, whole = phrase_of(f"{text}, unless it is more than two pounds for each of the passengers.", "en")
    assert not whole
    assert phrase.endswith(" …") and len(phrase) <= LONGEST


def test_arguments_and_notices() -> None:
    assert argues("Il faut un bus, car le train est trop cher.") > argues(
        "La réunion a eu lieu le 3 mai 2024."
    )
    assert reports("The council promises two million passengers a year.")
    assert not reports("The council promises a million, but nobody believes it.")
    assert not reports("We promise to plant a hundred trees.")


@pytest.mark.parametrize(
    ("text", "told", "dates"),
    [
        ("Le 3 février 2025, puis en mars 2026.", "", ["2025-02-03", "2026-03"]),
        ("Rents have risen since 2019.", "", ["2019"]),
        ("The ship carries 2019 passengers.", "", []),
        ("Le conseil votera le 22 mai.", "2024-04-29", []),
        ("Le 8 août dernier, des poissons sont morts.", "2024-04-29", ["2023-08-08"]),
        ("It closed on 31 March last.", "2024-06-10", ["2024-03-31"]),
        ("Le 8 août dernier, des poissons sont morts.", "2024", []),
        ("Le 8 août dernier, des poissons sont morts.", "", []),
    ],
)
def test_dates_that_are_sure(text: str, told: str, dates: list[str]) -> None:
    assert [date for _, date in dates_of(text, told)] == dates


def test_groups() -> None:
    alike = np.array(
        [[1, 0.9, 0.1, 0.4], [0.9, 1, 0.1, 0.2], [0.1, 0.1, 1, 0.5], [0.4, 0.2, 0.5, 1]], np.float32
    )
    assert groups_of(alike) == [[0, 1], [2, 3]]
    assert groups_of(np.ones((20, 20), np.float32)) == [list(range(n, min(n + 8, 20))) for n in (0, 8, 16)]
    assert groups_of(np.zeros((0, 0), np.float32)) == []

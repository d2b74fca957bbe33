"""Who says some words, as the text around them tells; whether two names are one person's."""

from __future__ import annotations

import pytest

from rag.text.speakers import is_same_person, speakers_told


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("M. Dupont", "Jean Dupont", True),
        ("le général d’Aubigny", "le général Jean-Baptiste d’Aubigny", True),
        ("Dupont", "le maire Dupont", True),
        ("DUPONT", "M. Dupont", True),
        ("J. Dupont", "Jean Dupont", True),
        ("Le maire", "le maire", True),
        ("M. Dupont se trompe quand il", "Dupont", True),
        ("Jean Dupont", "Paul Dupont", False),
        ("M. Dupont", "M. Martin", False),
        ("Mme Lebrun", "le général d’Aubigny", False),
        ("M. Dupont", "Mme Dupont", None),
        ("M. Dupont", "le maire", None),
        ("M. Dupont", "le maire de Paris", None),
        ("M. Dupont", "le porte-parole de M. Dupont", None),
        ("le maire", "le préfet", None),
        ("le maire", "le maire de Lyon", None),
        ("M. Dupont", "Paris", None),
        ("l’Insee", "l’OCDE", None),
        ("Emmanuel", "Emmanuel Martin", None),
    ],
)
def test_names_of_one_person(one: str, other: str, same: bool | None) -> None:
    assert is_same_person(one, other) is same
    assert is_same_person(other, one) is same


WORDS = "le pont fermera"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Selon M. Roy, le pont fermera.", [("M. Roy", True)]),
        ("M. Roy a dit que le pont fermera.", [("M. Roy", True)]),
        ("M. Roy affirme : le pont fermera.", [("M. Roy", True)]),
        ("« On le sait, le pont fermera », a dit M. Roy.", [("M. Roy", True)]),
        ("Et le pont fermera, selon M. Roy.", [("M. Roy", True)]),
        ("M. Roy : le pont fermera, hélas. Et tôt.", [("M. Roy", True)]),
        ("M. Roy se trompe : le pont fermera.", [("M. Roy", False)]),
        ("M. Roy a tort de dire que le pont fermera.", [("M. Roy", True)]),
        ("M. Roy conteste que le pont fermera.", [("M. Roy", False)]),
        ("M. Roy n’a jamais dit que le pont fermera.", [("M. Roy", False)]),
        ("N’en déplaise à M. Roy, le pont fermera.", [("M. Roy", False)]),
        ("Mr. Roy lied: le pont fermera.", [("Mr. Roy", False)]),
        # the words are not those that the text hands on
        ("Selon M. Roy, il pleut, mais le pont fermera.", []),
        ("Selon M. Roy, il pleut. Donc le pont fermera.", []),
        ("M. Roy a dit « non », car le pont fermera.", []),
        ("Ici le pont fermera, car il pleut, selon M. Roy.", []),
        ("M. Roy ne dit pas où le pont fermera.", []),
        ("Le pont : le pont fermera.", []),
    ],
)
def test_who_is_told_to_say_the_words(text: str, told: list[tuple[str, bool]]) -> None:
    start = text.lower().rindex(WORDS)
    begin = text.index("Donc") if "Donc" in text else 0
    found = list(speakers_told(text, (begin, len(text)), start, start + len(WORDS)))
    assert list(dict.fromkeys((one.name, one.holds) for one in found)) == told
    assert all(text[one.at :].startswith(one.name) for one in found)

from __future__ import annotations

import pytest

from rag.answer.naming import named_side
from rag.types import Language

TEXTS = ["Le port a voté. Selon Cimaltis, la digue tient ; l’exploitant et les Amis du bronze approuvent."]


@pytest.mark.parametrize(
    ("side", "lang", "name", "plural"),
    [
        ("Mairie", "fr", "la mairie", False),
        ("Gouvernement", "fr", "le gouvernement", False),
        ("Exploitant", "fr", "l’exploitant", False),
        ("Port", "fr", "le port", False),
        ("Opposants à la loi", "fr", "les opposants à la loi", True),
        ("Ville d'Aigremont", "fr", "la ville d’Aigremont", False),
        ("Cimaltis", "fr", "Cimaltis", False),
        ("Pour le pont", "fr", "les partisans du pont", True),
        ("Contre l'ours", "fr", "les opposants à l’ours", True),
        ("Government", "en", "the government", False),
        ("Supporters of the Bill", "en", "the supporters of the Bill", True),
        ("Against the premium", "en", "the opponents of the premium", True),
    ],
)
def test_a_side_is_named_as_people_do(side: str, lang: Language, name: str, plural: bool) -> None:
    found = named_side(side, lang, TEXTS)
    assert found is not None
    assert (found.name, found.plural) == (name, plural)


@pytest.mark.parametrize(
    ("side", "lang"), [("Fin des cages", "fr"), ("Zog", "fr"), ("Majorité et opposition", "fr"), ("«»", "en")]
)
def test_a_side_of_which_nothing_tells_is_not_named(side: str, lang: Language) -> None:
    assert named_side(side, lang, TEXTS) is None


def test_a_named_side_stands_beside_other_words() -> None:
    found = named_side("Opposants", "fr", [])
    assert found is not None
    assert (found.of, found.to) == ("des opposants", "aux opposants")

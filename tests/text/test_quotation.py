"""What a speech quotes, and whose words it says they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.search.named_sources import sources_named
from rag.text.quotation import claims, quoted_spans
from rag.types import SourceInfo


def quoted(speech: str) -> list[str]:
    return [speech[start:end] for start, end in quoted_spans(speech)]


@pytest.mark.parametrize(
    ("speech", "expected"),
    [
        ("Il dit « la paix » puis “la guerre”.", ["la paix", "la guerre"]),
        ('Il dit "la paix", puis "la guerre".', ["la paix", "la guerre"]),
        ("Un « mot “dans” un « autre » » encore.", ["mot “dans” un « autre »"]),
        ("Un « mot “jamais fermé » et la suite « b ».", ["mot “jamais fermé", "b"]),
        ("« Ouvert sans fin. Puis « b » et c.\n\nEt « d ».", ["Ouvert sans fin. Puis", "b", "d"]),
        ("Fermé sans début » puis « b ».", ["b"]),
        ("„deutsch“ et ‹ court ›", ["deutsch", "court"]),
        ("Il dit 'l'eau n'a jamais monté' et 'non'.", ["l'eau n'a jamais monté"]),
        ('Il dit ‘l’eau n’a jamais monté’ et "non".', ["l’eau n’a jamais monté", "non"]),
        ("He said 'we go' and the workers' union left.", ["we go"]),
        ("'The workers' union is lost' he said.", ["The workers' union is lost"]),
        ("In the '90s the workers' rights were 'gone'", []),
        ("« a 'b c » d'", ["a 'b c"]),
        ("rien du tout", []),
        ("« … » et « »", []),
    ],
)
def test_quoted_passages(speech: str, expected: list[str]) -> None:
    assert quoted(speech) == expected


@given(st.text("ab «»“”„\"‹›\n.'", max_size=60))
def test_whatever_the_marks_spans_are_apart_and_in_order(speech: str) -> None:
    borders = [border for span in quoted_spans(speech) for border in span]
    assert borders == sorted(borders)


@pytest.mark.parametrize(
    ("speech", "named"),
    [
        ("Selon la Note du préfet, « le pont fermera ».", "la Note du préfet"),
        ("D’après le maire : « le pont fermera »", "le maire"),
        ("Le préfet affirme que « le pont fermera ».", "Le préfet"),
        ("On le sait, la Note dit bien : « le pont fermera ».", "la Note"),
        ("« Le pont fermera », affirme la Note.", "la Note"),
        ("« Le pont fermera » (Note, p. 2)", "Note, p. 2"),
        ("According to the Report, “the bridge will close”.", "the Report"),
        ("The Report says that “the bridge will close”.", "The Report"),
        ("M. Dupont a déclaré : « le pont fermera ».", "M. Dupont"),
        ("Il pleut. Mme Roy l’a dit : « le pont fermera ».", "Mme Roy"),
        ("« Le pont fermera », a dit M. J. Dupont.", "M. J. Dupont"),
        ("Dupont : « le pont fermera ».", "Dupont"),
        ("La ministre des Ports : « le pont fermera ».", "La ministre des Ports"),
        ("Trois mesures sont prévues : « le pont fermera ».", ""),
        ("La Note ne dit pas « le pont fermera ».", ""),
        ("Dupont n’a pas dit : « le pont fermera ».", ""),
        ("Il a dit « le pont fermera ».", ""),
        ("Selon la Note, tout va bien. « Le pont fermera ».", ""),
        ("« Le pont fermera ».", ""),
    ],
)
def test_whose_words_they_are_said_to_be(speech: str, named: str) -> None:
    (claim,) = claims(speech)
    assert claim.named == named


def test_sentences_outside_quotes_by_choice() -> None:
    speech = "Le pont fermera lundi matin. Le maire dit « non merci ». Tout le monde est content."
    assert [speech[c.start : c.end] for c in claims(speech)] == ["non merci"]
    found = claims(speech, sentences=True)
    assert [(speech[c.start : c.end], c.quoted) for c in found] == [
        ("Le pont fermera lundi matin.", False),
        ("non merci", True),
        ("Tout le monde est content.", False),
    ]


def info(id: str, title: str, side: str | None, date: str = "", kind: str = "") -> SourceInfo:
    return SourceInfo(id, f"{id}.md", title, side, date, "fr", "", kind, (), "", 0)


CORPUS = [
    info("note-2024", "Note du préfet sur le pont", "État", "2024-03-05", "note"),
    info("tract", "Non à la fermeture du pont", "Riverains", kind="tract"),
    info("lettre", "Lettre ouverte des commerçants du pont", "Riverains"),
]


@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        ("note-2024", {0}),
        ("la Note", {0}),
        ("la note du préfet", {0}),
        ("la note du 5 mars 2024", {0}),
        ("Riverains", {1, 2}),
        ("les riverains", {1, 2}),
        ("le tract", {1}),
        ("la lettre ouverte", {2}),
        ("le pont", set()),
        ("le ministre", set()),
        ("la note de la cour des comptes européenne", set()),
        ("", set()),
    ],
)
def test_names_of_sources(name: str, numbers: set[int]) -> None:
    assert sources_named(name, CORPUS) == numbers


def test_the_name_of_the_only_source() -> None:
    assert sources_named("la note", CORPUS[:1]) == {0}

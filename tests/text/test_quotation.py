"""What a speech quotes, and whose words it says they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.search.named_sources import names_asked, sources_asked, sources_named
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
        ("La Note ne dit pas « le pont fermera ».", ""),
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


# --- who is asked ---------------------------------------------------------------------------------


def info(name: str, title: str, side: str | None) -> SourceInfo:
    return SourceInfo(name, f"{name}.md", title, side, "", "fr", "", "", (), "0" * 64, 100)


INFOS = (
    info("a", "Déclaration du port", "Mairie"),
    info("b", "Tract des pêcheurs", "Pêcheurs"),
    info("c", "Lettre ouverte", "Pêcheurs"),
)


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Que dit la déclaration des quais ?", {0}),
        ("La déclaration parle-t-elle des quais ?", {0}),
        ("What does the declaration expect from the crews?", {0}),
        ("What does the leaflet say about the quays?", {1}),
        ("Selon les Pêcheurs, qui paiera ?", {1, 2}),
        ("Qui paiera, d’après la Mairie ?", {0}),
        ("Que pense la Mairie des quais ?", {0}),
        ("Is the quay mentioned in the letter?", {2}),
        ("Qui est l’auteur du tract ?", {1}),
        ("Que trouve-t-on dans la lettre ?", {2}),
        ("Les pêcheurs ont-ils signé la déclaration ?", set()),
        ("Que fera la Mairie des quais ?", set()),
        ("Combien de pêcheurs partiront ?", set()),
        ("Qui paiera, selon le tract, selon la lettre et selon la déclaration ?", set()),
        ("Que dit-il des quais ?", set()),
        ("Selon le préfet, qui paiera ?", set()),
        ("", set()),
    ],
)
def test_a_question_may_name_the_sources_that_it_is_put_to(question: str, asked: set[int]) -> None:
    assert sources_asked(names_asked(question), INFOS) == asked

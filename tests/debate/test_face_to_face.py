"""Sides face to face, on two invented documents about wolves and on the shipped ones."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from rag import Assistant, Index, load_settings, sync
from rag.debate.debate import Debate
from rag.debate.echoes import ECHOES
from rag.debate.face_to_face import Face, Point
from rag.debate.forms import face_as_json, face_as_text
from rag.types import Quote


def named(face: Face, name: str) -> Point:
    return next(point for point in face.points if point.name == name)


def says(quotes: tuple[Quote, ...], words: str) -> bool:
    return any(words in quote.text for quote in quotes)


def paired(point: Point, one: str, other: str) -> bool:
    texts = [{pair.one.text, pair.other.text} for pair in point.pairs]
    return any(any(one in t for t in pair) and any(other in t for t in pair) for pair in texts)


def test_the_shipped_documents_on_peace_and_war(shipped: Assistant) -> None:
    face = Debate(shipped.index).face("paix ou guerre")
    assert [point.name for point in face.points] == ["paix", "guerre"]
    peace, war = face.points
    assert paired(peace, "paix juste et durable", "La France n’agit pas pour la paix")
    assert war.cells["Coalition"] == ()
    assert says(war.cells["Critique"], "guerre de repartage")
    echoes = {echo.quote.text: echo.found.verdict for echo in face.echoes}
    assert (echoes["hubs"], echoes["convergence opérationnelle"]) == ("absent", "absent")
    assert echoes["Coalition des volontaires"] == "exact"


def test_invented_documents_on_a_motion(debate: Debate) -> None:
    face = debate.face("Le loup et les brebis")
    assert face.sides == ("Bergers", "Préfecture")
    assert paired(named(face, "loup"), "enrichit la forêt", "n’enrichit rien")
    assert paired(named(face, "brebis"), "sera indemnisée", "n’a été indemnisée")


def test_no_quote_faces_more_than_two(shipped: Assistant) -> None:
    for point in Debate(shipped.index).face("paix, garanties et soldats").points:
        facing = Counter(quote for pair in point.pairs for quote in (pair.one, pair.other))
        more, fewer = sorted(point.cells, key=lambda side: -len(point.cells[side]))
        assert all(facing[quote] <= 1 for quote in point.cells[more])
        assert all(facing[quote] <= 2 for quote in point.cells[fewer])


def test_a_motion_finds_words_that_mean_the_same_in_the_other_language(debate: Debate) -> None:
    assert paired(named(debate.face("wolf"), "wolf"), "enrichit la forêt", "n’enrichit rien")


def test_a_point_is_written_as_the_sources_write_it(shipped: Assistant) -> None:
    names = [point.name for point in Debate(shipped.index).face().points]
    assert "Russie" in names
    assert "paix" in names


def test_silence_is_shown_as_silence(debate: Debate) -> None:
    (point,) = debate.face("les touristes").points
    assert says(point.cells["Bergers"], "touristes")
    assert point.cells["Préfecture"] == ()
    data = face_as_json(debate.face("les touristes"))
    assert data["points"][0]["silent_sides"] == ["Préfecture"]
    assert "Préfecture\u00a0: n’en dit rien." in face_as_text(debate.face("les touristes"))
    assert debate.face("la fiscalité des plateformes pétrolières offshore").points == () or all(
        not quotes or len(quotes) < 3 for p in debate.face("offshore").points for quotes in p.cells.values()
    )


def test_without_a_motion_the_points_that_both_sides_touch(debate: Debate) -> None:
    face = debate.face()
    assert {"brebis", "loup"} & {point.name for point in face.points}
    for point in face.points:
        assert all(point.cells.values())
        assert point.pairs
    assert {echo.quote.text: echo.found.verdict for echo in face.echoes} == {
        "tirs de défense": "exact", "cohabitation": "absent",
    }  # fmt: skip
    shown = [quote.start for point in face.points for quote in point.cells["Bergers"]]
    assert len(shown) == len(set(shown))


@pytest.mark.parametrize(
    ("motion", "points"),
    [
        ("Faut-il tirer sur les loups ?", ["loups"]),
        ("La Préfecture doit protéger les brebis", ["Préfecture", "brebis"]),
        ("loup", ["loup"]),
        ("Faut-il supprimer les ZFE ?", []),
        ("Doit-on exporter le pétrole ?", []),
    ],
)
def test_points_are_the_things_that_a_motion_is_about(motion: str, points: list[str], debate: Debate) -> None:
    assert [point.name for point in debate.face(motion).points] == points


def test_words_of_one_stem_are_not_one_thing(shipped: Assistant) -> None:
    assert "capitalisme" not in [point.name for point in Debate(shipped.index).face().points]


def test_words_that_only_one_side_quotes_are_absent_from_the_others(shipped: Assistant) -> None:
    text = face_as_text(Debate(shipped.index).face("paix"))
    assert "Absent chez les autres" in text
    assert "ces mots ne sont pas dans les sources" not in text


def test_of_many_quoted_words_those_on_the_motion_are_looked_for_first(tmp_path: Path) -> None:
    folder = tmp_path / "docs"
    for side in ("Mairie", "Opposants"):
        (folder / side).mkdir(parents=True)
    many = " ".join(f"On nous parle ici de « projet numéro {n} » sans rien dire." for n in range(60))
    text = f"{many} Le pont serait une « folie douce » selon eux."
    (folder / "Opposants" / "tract.txt").write_text(text, encoding="utf-8")
    (folder / "Mairie" / "avis.txt").write_text("Le pont sera construit avant la fin de l’année.", "utf-8")
    index = Index(load_settings(corpus=folder, store=tmp_path / "store"))
    sync(index)
    echoes = Debate(index).face("le pont").echoes
    index.close()
    assert len(echoes) == ECHOES
    assert "folie douce" in {echo.quote.text for echo in echoes}
